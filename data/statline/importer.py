"""One import: which tables changed, fetch them, make a release of all, and put it in use at once or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from pydantic import ValidationError

from data import regions, release, release_files, releases
from data.catalogue import Extension, Message, extend
from data.clean import FIGURE, ORIGIN
from data.errors import DataError
from data.files import read_csv, read_toml
from data.news import OURS
from data.release_files import TABLES, Content
from data.releases import Changes, Manifest
from data.revisions import HISTORY
from data.schema import KEY
from data.statline import combine, declared
from data.statline.client import Metadata, NotThere, Properties, Service, one_chunk, read_pages
from data.statline.declared import StatLine
from data.statline.mapping import Mapper, Part, Texts

WORK = "werk"
AT_ONCE = 2
"""How many tables are fetched at the same time: polite, and as many as two cores can read."""
ROOT = Path(__file__).parents[2]


class Progress:
    """What an import tells while it runs; this one tells nothing."""

    def start(self, total: int) -> None:
        """So many observations are to be fetched."""

    def step(self, rows: int) -> None:
        """So many more have come in."""

    def say(self, line: str) -> None:
        """A line for the administrator."""

    def stop(self) -> None:
        """Fetching has ended, in whatever way."""


@dataclass(frozen=True)
class Job:
    """What is asked of an import.

    Attributes:
        root: the folder of releases.
        service: makes a client of the service; called once for each thread.
        tables: ids of the tables to renew; all that are declared when empty.
        since: only tables that were changed on this day or later.
        dry: only look, change nothing.
        today: for the name of the release.
    """

    root: Path
    service: Callable[[], Service]
    tables: tuple[str, ...] = ()
    since: date | None = None
    dry: bool = False
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


@dataclass(frozen=True)
class _Plan:
    """Which tables to fetch, and which to take over from the release in use."""

    fetch: tuple[Properties, ...]
    keep: tuple[releases.Table, ...]


def refresh(job: Job, progress: Progress | None = None) -> str:
    """Run an import.

    Returns:
        What was done, in one line.

    Raises:
        DataError: nothing was changed; the message names the table and the reason in one line.
    """
    progress = progress or Progress()
    try:
        if job.dry:
            return _look(job, progress)
        with releases.lock(job.root):
            for name in releases.clean(job.root):
                progress.say(f"Opgeruimd: {name}, dat half af was.")
            return _run(job, progress)
    except OSError as error:
        reason = "de schijf is vol" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else str(error)
        raise DataError(f"de levering is niet te schrijven: {reason}; de vorige blijft in gebruik") from None


def _run(job: Job, progress: Progress) -> str:
    embedded = release.load()
    statline = declared.load(embedded.catalogue)
    old = _old(job.root, progress)
    plan = _plan(job, statline, old, progress)
    mark = fingerprint_of_program()
    if not plan.fetch and old and (old.herkomst == mark or job.tables or job.since):
        return f"Geen tabel is gewijzigd; levering {old.naam} blijft in gebruik."
    if not plan.fetch and not plan.keep:
        return "Er is niets op te halen; er verandert niets."
    fetched = _fetch(job, plan.fetch, progress)
    for table in plan.keep:
        folder = releases.folder_of(job.root, old.naam if old else "") / TABLES
        fetched[table.id] = (_kept_metadata(folder, table.id), None)
    name = releases.free_name(job.root, f"statline-{job.today.isoformat()}")
    building = releases.begin(job.root, name)
    try:
        manifest = _build(job, building, name, embedded, statline, fetched, old, mark, progress)
        releases.put_in_place(job.root, building, manifest)
        release.load_imported(
            job.root, name
        )  # what cannot be loaded never is in use; and whoever takes it up finds it ready
        releases.use(job.root, name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    shutil.rmtree(job.root / WORK, ignore_errors=True)
    pruned = releases.prune(job.root)
    release.tidy(job.root)
    for gone in pruned:
        progress.say(f"Verwijderd: levering {gone} (er blijven {releases.KEEP} leveringen bewaard).")
    for line in manifest.meldingen:
        progress.say(f"Let op: {line}")
    changes = manifest.wijzigingen
    return (
        f"Levering {name} is in gebruik: {_number(manifest.cijfers)} cijfers uit {len(manifest.tabellen)} tabellen; "
        f"{_number(changes.nieuw)} nieuw, {_number(changes.herzien)} herzien, {_number(changes.vervallen)} vervallen."
    )


# --- what is to be done ---


def _old(root: Path, progress: Progress) -> Manifest | None:
    """The manifest of the release in use, if it is whole; a damaged one is made anew, from all tables."""
    name = releases.in_use(root)
    if not name:
        return None
    try:
        return releases.verify(releases.folder_of(root, name))
    except DataError as error:
        progress.say(f"Let op: {error}; alle tabellen worden opnieuw opgehaald.")
        return None


def _plan(job: Job, statline: StatLine, old: Manifest | None, progress: Progress) -> _Plan:
    """Ask each table when it was changed."""
    if unknown := set(job.tables) - set(statline.by_id):
        raise DataError(f"onbekende tabel {', '.join(sorted(unknown))}: bekend zijn {', '.join(statline.by_id)}")
    have = {table.id: table for table in old.tabellen} if old else {}
    service = job.service()
    fetch, keep = [], []
    for spec in statline.tabel:
        if job.tables and spec.id not in job.tables:
            keep += [have[spec.id]] if spec.id in have else []
            continue
        try:
            properties = service.properties(spec.id)
        except NotThere:
            if not spec.optioneel:
                raise
            progress.say(f"{spec.id}: bestaat niet op de dienst; overgeslagen.")
            keep += [have[spec.id]] if spec.id in have else []
            continue
        day = properties.modified[:10]
        if spec.id in have and have[spec.id].stand == properties.stand:
            progress.say(f"{spec.id}: niet gewijzigd sinds {day}.")
            keep.append(have[spec.id])
        elif job.since and day < job.since.isoformat():
            here = spec.id in have
            progress.say(f"{spec.id}: gewijzigd op {day}, voor {job.since}; {'blijft' if here else 'overgeslagen'}.")
            keep += [have[spec.id]] if here else []
        else:
            progress.say(f"{spec.id}: gewijzigd op {day}, {_number(properties.count)} waarnemingen.")
            fetch.append(properties)
    return _Plan(tuple(fetch), tuple(keep))


def _look(job: Job, progress: Progress) -> str:
    """What an import would do, from properties and metadata only; nothing is written."""
    embedded = release.load()
    statline = declared.load(embedded.catalogue)
    try:
        name = releases.in_use(job.root)
        old = releases.read_manifest(releases.folder_of(job.root, name)) if name else None
    except DataError as error:
        progress.say(f"Let op: {error}")
        old = None
    plan = _plan(job, statline, old, progress)
    service = job.service()
    mapper = Mapper(statline, embedded.catalogue, embedded.regions)
    for properties in plan.fetch:
        mapper.look(service.metadata(properties))
    for line in mapper.added.told:
        progress.say(f"Let op: {line}")
    count = sum(properties.count for properties in plan.fetch)
    return f"Proef: {len(plan.fetch)} tabellen op te halen, {_number(count)} waarnemingen. Er is niets gewijzigd."


def fingerprint_of_program() -> str:
    """A fingerprint of all that is declared and embedded: with another one the same tables give another release."""
    digest = hashlib.sha256(f"{releases.FORMAT}".encode())
    folders = [release.FOLDER / name for name in ("catalogue", "regions", "sources", "statline")]
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".csv", ".toml", ".py")):
        digest.update(path.relative_to(release.FOLDER).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


# --- fetching ---


def _fetch(job: Job, wanted: Sequence[Properties], progress: Progress) -> dict[str, tuple[Metadata, Path | None]]:
    """Fetch tables, a few at a time.

    Returns:
        By table its metadata, and the folder with its pages.
    """
    if not wanted:
        return {}
    work = job.root / WORK
    work.mkdir(parents=True, exist_ok=True)
    for folder in work.iterdir():
        if folder.name not in {properties.id for properties in wanted}:
            shutil.rmtree(folder, ignore_errors=True)
    progress.start(sum(properties.count for properties in wanted))
    stopped = threading.Event()

    def step(rows: int) -> None:
        if stopped.is_set():
            raise DataError("afgebroken, omdat een andere tabel niet te halen is")
        progress.step(rows)

    out: dict[str, tuple[Metadata, Path | None]] = {}
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="tabel")
    try:
        # The largest first, so that the last one to end is a small one.
        ordered = sorted(wanted, key=lambda properties: -properties.count)
        running = [pool.submit(_fetch_one, job, properties, work / properties.id, step) for properties in ordered]
        for each in as_completed(running):
            metadata = each.result()
            out[metadata.properties.id] = (metadata, work / metadata.properties.id)
    finally:
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)
        progress.stop()
    return out


def _fetch_one(job: Job, properties: Properties, folder: Path, step: Callable[[int], None]) -> Metadata:
    """Fetch one table; when CBS changes it meanwhile, once again from the beginning."""
    service = job.service()
    for _ in range(2):
        metadata = service.metadata(properties)
        service.observations(metadata, folder, step)
        again = service.properties(properties.id)
        if again.stand == properties.stand:
            return metadata
        properties = again
    raise DataError(f"{properties.id}: de tabel verandert terwijl zij wordt opgehaald; probeer het later opnieuw")


# --- making the release ---


def _build(
    job: Job,
    building: Path,
    name: str,
    embedded: release.Release,
    statline: StatLine,
    fetched: dict[str, tuple[Metadata, Path | None]],
    old: Manifest | None,
    mark: str,
    progress: Progress,
) -> Manifest:
    """Write all files of the new release and return its manifest."""
    tables = building / TABLES
    tables.mkdir()
    before = releases.folder_of(job.root, old.naam) if old else None
    mapper = Mapper(statline, embedded.catalogue, embedded.regions)
    of_tables: list[tuple[str, int, Part]] = []
    described = []
    for position, spec in enumerate(statline.tabel):
        if spec.id not in fetched:
            continue
        metadata, pages = fetched[spec.id]
        path = tables / f"{spec.id}.parquet"
        if pages is None:
            assert before
            _link(before / TABLES / path.name, path)
            rows = one_chunk(pq.read_table(path))
        else:
            rows = read_pages(pages)
            pq.write_table(rows, path, compression="zstd")
        (tables / f"{spec.id}.json").write_text(metadata.model_dump_json(), encoding="utf-8")
        of_tables.append((metadata.properties.modified, -position, mapper.table(metadata, rows)))
        described.append(
            releases.Table(id=spec.id, titel=metadata.properties.title, gewijzigd=metadata.properties.modified,
                           stand=metadata.properties.stand, waarnemingen=metadata.properties.count,
                           ontvangen=len(rows))
        )  # fmt: skip
        if len(rows) != metadata.properties.count:
            mapper.added.tell(
                f"{spec.id}: {len(rows)} waarnemingen ontvangen, volgens de tabel {metadata.properties.count}"
            )
        progress.say(f"{spec.id}: {_number(len(rows))} waarnemingen gelezen.")
        del rows
    texts = mapper.texts
    of_tables.sort(key=lambda each: each[:2], reverse=True)
    statline_part = combine.join([part for _, _, part in of_tables])
    own = combine.part_of(release_files.as_table(embedded.figures, [*FIGURE, *ORIGIN]), texts)
    every = combine.part_of(release_files.as_table(embedded.observations, [*FIGURE, *ORIGIN]), texts)
    of_tables.clear()
    totals = combine.totals(combine.join([statline_part, every]), texts)
    first, place = combine.first_of_each(statline_part, texts)
    for line in combine.contradictions(statline_part, first, place, texts):
        mapper.added.tell(line)
    del place
    statline_part = combine.take(statline_part, first)
    # StatLine wins where both have a figure: it stands first.
    both = combine.join([statline_part, own])
    first, _ = combine.first_of_each(both, texts)
    new = combine.take(both, first)
    del both, statline_part
    known = mapper.added.extension
    catalogue = extend(embedded.catalogue, known)
    more_regions = [*mapper.added.regions.values()]
    places = regions.extend(embedded.regions, more_regions, release_files.REGIONS).by_code
    previous, dates, history, messages, old_places = _previous(before, embedded, own, texts)
    ours = np.array([OURS.fullmatch(text) is not None for text in texts.of("bron")])
    difference = combine.compare(previous, new, texts, ours)
    changed = combine.history_of(
        difference, previous, new, texts, (dates, combine.dates_of(catalogue.sources)), old_places.by_code | places
    )
    history = _one_history(embedded.history, history, changed)
    changes = Changes(nieuw=difference.new, herzien=len(difference.revised), vervallen=len(difference.withdrawn))
    del previous
    messages.append(_message(name, job.today, changes, described, first=before is None))
    extension = Extension(known.sources, known.measures, known.categories, messages, known.maten, known.kenmerken)
    content = Content(combine.figures(new, texts, places), totals, history, extension, more_regions)
    count = len(new)
    del new
    release_files.write(building, content)
    return Manifest(
        formaat=releases.FORMAT, naam=name, gemaakt=datetime.now(UTC), programma=_version(), ingebouwd=embedded.name,
        herkomst=mark, vorige=old.naam if old else "", cijfers=count, tabellen=tuple(described), wijzigingen=changes,
        meldingen=tuple(mapper.added.told), bestanden=releases.files_in(building),
    )  # fmt: skip


def _previous(
    before: Path | None, embedded: release.Release, own: Part, texts: Texts
) -> tuple[Part, dict[str, str], pd.DataFrame, list[Message], regions.Regions]:
    """The figures of the release before (the embedded ones when there is none), and what is known of them."""
    dates = combine.dates_of(embedded.catalogue.sources)
    if before is None:
        return own, dates, embedded.history.iloc[:0], [], embedded.regions
    more = release_files.read_extension(before)
    dates |= combine.dates_of({source.id: source for source in more.sources})
    places = regions.extend(embedded.regions, read_csv(before / release_files.REGIONS), release_files.REGIONS)
    part = combine.part_of(release_files.read_figures(before), texts)
    return part, dates, release_files.read_history(before), [*more.messages], places


def _one_history(*histories: pd.DataFrame) -> pd.DataFrame:
    """Revision histories as one, each replacement once, the oldest history first."""
    there = [history for history in histories if len(history)]
    if not there:
        return pd.DataFrame(columns=HISTORY)
    same = [*KEY, "oud_waarde", "oud_teken", "nieuw_waarde", "nieuw_teken", "nieuw_bron", "nieuw_publicatiedatum"]
    return pd.concat(there, ignore_index=True).drop_duplicates(same, ignore_index=True)


def _message(name: str, today: date, changes: Changes, tables: Sequence[releases.Table], *, first: bool) -> Message:
    """The news of a release."""
    names = ", ".join(f"{table.id} (stand {combine.date_text(table.gewijzigd)})" for table in tables)
    begin = "De eerste levering met tabellen van StatLine" if first else "Een nieuwe levering van StatLine"
    text = (
        f"{begin}: {_number(changes.nieuw)} nieuwe, {_number(changes.herzien)} herziene en "
        f"{_number(changes.vervallen)} vervallen cijfers. De tabellen zijn {names}."
    )
    return Message(id=name, datum=today, titel="Nieuwe cijfers van StatLine", tekst=text)


def _kept_metadata(folder: Path, table: str) -> Metadata:
    try:
        return Metadata.model_validate_json((folder / f"{table}.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise DataError(f"{table}: de bewaarde metadata is niet te lezen ({type(error).__name__})") from None


def _link(source: Path, target: Path) -> None:
    """The same file in another folder; a copy where the disk cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _version() -> str:
    try:
        return str(read_toml(ROOT / "pyproject.toml")["project"]["version"])
    except (DataError, KeyError):
        return "onbekend"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
