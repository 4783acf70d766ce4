"""Imported releases on disk: which there are, which one is used, put in place and rolled back at once or not at all.

A folder of releases (the setting IMPACTMONITOR_DATA) holds

    leveringen/<name>/   a release: its files (data.release_files) and manifest.json, which lists them; never changed
    leveringen/.nieuw-*  one that is being made, or was left half-made: never used, removed by the next import
    huidig               the name of the release in use, replaced in one step
    werk/                pages that an import has fetched already
    slot                 held by the one import that runs

A reader needs no lock: it reads `huidig`, then a folder that does not change any more.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import DataError

FORMAT = 1
RELEASES = "leveringen"
CURRENT = "huidig"
MANIFEST = "manifest.json"
LOCK = "slot"
HALF_MADE = ".nieuw-"
KEEP = 3
NAME = r"^[a-z0-9][a-z0-9-]{0,60}$"
_PIECE = 1 << 20


class _Fixed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Table(_Fixed):
    """A StatLine table of a release: when CBS changed it, how many observations it said and gave.

    `stand` changes whenever the table does; an import skips a table that is as it was.
    """

    id: str
    titel: str
    gewijzigd: str
    stand: str
    waarnemingen: int
    ontvangen: int


class File(_Fixed):
    """The size and the checksum (SHA-256) of a file of a release."""

    bytes: int
    sha256: str


class Changes(_Fixed):
    """How many figures differ from those of the release before."""

    nieuw: int = 0
    herzien: int = 0
    vervallen: int = 0


class Manifest(_Fixed):
    """What a release is and holds.

    Attributes:
        formaat: version of the form on disk (FORMAT); a newer one is not read.
        naam: of the release; also that of its folder.
        gemaakt: when it was made (ISO 8601, UTC).
        programma: version of the program that made it.
        ingebouwd: name of the embedded release that its other figures come from.
        herkomst: fingerprint of what the program declares and embeds; with another one it is made anew.
        vorige: the release that was in use when this one was made; '' for the embedded one.
        cijfers: how many current figures it has.
        tabellen: the StatLine tables.
        wijzigingen: what changed since `vorige`.
        meldingen: what the import had to report, in Dutch.
        bestanden: every other file in the folder.
    """

    formaat: int
    naam: str = Field(pattern=NAME)
    gemaakt: datetime
    programma: str
    ingebouwd: str
    herkomst: str = ""
    vorige: str = ""
    cijfers: int
    tabellen: tuple[Table, ...] = ()
    wijzigingen: Changes = Changes()
    meldingen: tuple[str, ...] = ()
    bestanden: dict[str, File]


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a release.

    Raises:
        DataError: it is not there, is no manifest, is of a newer form, or names another folder.
    """
    where = f"levering {folder.name}"
    try:
        text = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise DataError(f"{where}: {MANIFEST} ontbreekt") from None
    except OSError as error:
        raise DataError(f"{where}: {MANIFEST} is niet te lezen ({type(error).__name__})") from None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        newer = _newer(text)
        reason = newer or f"{MANIFEST} klopt niet ({error.errors()[0]['msg']})"
        raise DataError(f"{where}: {reason}") from None
    if manifest.formaat != FORMAT:
        raise DataError(f"{where}: {_newer(text) or f'formaat {manifest.formaat} is niet te lezen'}")
    if manifest.naam != folder.name:
        raise DataError(f"{where}: {MANIFEST} hoort bij levering {manifest.naam}")
    return manifest


def _newer(manifest: bytes) -> str:
    """The reason when a manifest is of a newer form than this program knows; '' otherwise."""

    class Form(BaseModel):
        formaat: int

    try:
        form = Form.model_validate_json(manifest).formaat
    except ValidationError:
        return ""
    return f"formaat {form} is nieuwer dan dit programma kent ({FORMAT})" if form > FORMAT else ""


def verify(folder: Path, only: Iterable[str] = ()) -> Manifest:
    """Check that a release is whole: its manifest, and the size and checksum of its files.

    Args:
        folder: of the release.
        only: the files to check; all that the manifest names when empty.

    Raises:
        DataError: the first fault found.
    """
    manifest = read_manifest(folder)
    for name in [*only] or manifest.bestanden:
        if name not in manifest.bestanden:
            raise DataError(f"levering {folder.name}: {name} staat niet in {MANIFEST}")
        try:
            found = fingerprint(folder / name)
        except OSError as error:
            kind = "ontbreekt" if isinstance(error, FileNotFoundError) else f"niet te lezen ({type(error).__name__})"
            raise DataError(f"levering {folder.name}: {name} {kind}") from None
        if found != manifest.bestanden[name]:
            raise DataError(f"levering {folder.name}: {name} is beschadigd (controlegetal anders)")
    return manifest


def fingerprint(path: Path) -> File:
    """The size and checksum of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as handle:
        while piece := handle.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return File(bytes=size, sha256=digest.hexdigest())


# --- which there are ---


def folder_of(root: Path, name: str) -> Path:
    """The folder of a release."""
    return root / RELEASES / name


def names(root: Path) -> list[str]:
    """The releases that have a readable manifest, in the order in which they were made."""
    found = []
    for folder in sorted(_folders(root)):
        try:
            found.append((read_manifest(folder).gemaakt, folder.name))
        except DataError:
            continue
    return [name for _, name in sorted(found)]


def _folders(root: Path) -> list[Path]:
    try:
        return [each for each in (root / RELEASES).iterdir() if each.is_dir() and not each.name.startswith(".")]
    except OSError:
        return []


def in_use(root: Path) -> str:
    """The name of the release in use; '' for none, so that the embedded figures serve.

    Raises:
        DataError: `huidig` is there and cannot be read.
    """
    try:
        return (root / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{CURRENT}: niet te lezen ({type(error).__name__})") from None


def candidates(root: Path) -> list[str]:
    """What can serve, the best first: the release in use, then the others, the newest first."""
    try:
        current = in_use(root)
    except DataError:
        current = ""
    others = [name for name in reversed(names(root)) if name != current]
    return [current, *others] if current else others


def before(root: Path, name: str) -> str:
    """The release that was made before another one; '' for none."""
    made = names(root)
    return made[made.index(name) - 1] if name in made and made.index(name) else ""


# --- changing ---


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Hold the lock of the folder; the system lets go of it when the process ends, however that happens.

    Raises:
        DataError: another process holds it, or the folder cannot be written in.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle = (root / LOCK).open("a")
    except OSError as error:
        raise DataError(f"de map met leveringen is niet te gebruiken ({error.strerror or error})") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DataError("er loopt al een import of een terugdraaiing in deze map") from None
        yield


def begin(root: Path, name: str) -> Path:
    """Make the folder in which a new release is built; it is no release until `put_in_place`."""
    folder = root / RELEASES / f"{HALF_MADE}{name}"
    folder.mkdir(parents=True)
    return folder


def free_name(root: Path, wanted: str) -> str:
    """The name that is wanted, with a number behind it when there is such a release already."""
    taken = {folder.name for folder in _folders(root)}
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if name not in taken)


def files_in(building: Path) -> dict[str, File]:
    """The files of a release that is being made, by their path in its folder, as its manifest lists them."""
    paths = sorted(path for path in building.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(building).as_posix(): fingerprint(path) for path in paths}


def put_in_place(root: Path, building: Path, manifest: Manifest) -> Path:
    """Turn what was built into a release: all files on the disk, checked, then one rename. It is not yet in use.

    Raises:
        DataError: what was written does not read back as it was written.
        OSError: the disk is full or fails.
    """
    with (building / MANIFEST).open("w", encoding="utf-8") as handle:
        handle.write(manifest.model_dump_json(indent=1))
    for path in building.rglob("*"):
        if path.is_file():
            _flush(path)
    for name, expected in manifest.bestanden.items():
        if fingerprint(building / name) != expected:
            raise DataError(f"levering {manifest.naam}: {name} is anders teruggelezen dan geschreven")
    folder = folder_of(root, manifest.naam)
    building.rename(folder)
    _flush(folder.parent)
    return folder


def use(root: Path, name: str) -> None:
    """Put a release in use, in one step.

    Raises:
        DataError: it is not whole.
        OSError: the disk is full or fails; the one in use stays.
    """
    verify(folder_of(root, name))
    beside = root / f"{CURRENT}.nieuw"
    beside.write_text(f"{name}\n", encoding="utf-8")
    _flush(beside)
    beside.replace(root / CURRENT)
    _flush(root)


def rollback(root: Path, name: str = "") -> str:
    """Put an earlier release in use again: the one named, or the one made before the one in use.

    Returns:
        The name of the release that is now in use.

    Raises:
        DataError: there is none, or it is not whole; the one in use stays.
    """
    current = in_use(root)
    if name and name not in names(root):
        raise DataError(f"levering {name} is er niet: {', '.join(names(root)) or 'er is er geen'}")
    earlier = name or before(root, current)
    if not earlier:
        raise DataError(f"er is geen levering van voor {current}" if current else "er is geen levering in gebruik")
    use(root, earlier)
    return earlier


def clean(root: Path) -> list[str]:
    """Remove what an interrupted import left half-made, and say what was removed. Only under the lock."""
    left = [each for each in (root / RELEASES).glob(f"{HALF_MADE}*") if each.is_dir()]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    (root / f"{CURRENT}.nieuw").unlink(missing_ok=True)
    return [folder.name.removeprefix(HALF_MADE) for folder in left]


def prune(root: Path, keep: int = KEEP) -> list[str]:
    """Remove the oldest releases, so that `keep` remain; never the one in use. Only under the lock."""
    current = in_use(root)
    old = [name for name in names(root)[:-keep] if name != current]
    for name in old:
        # Out of sight first: a folder that is half removed must not look like a release.
        gone = root / RELEASES / f"{HALF_MADE}{name}-weg"
        folder_of(root, name).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    return old


def _flush(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
