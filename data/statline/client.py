"""The CBS service in OData v4 form: what a table is and says, and its observations, page by page.

Pages are kept as they come in, with their checksum, in a folder of the table: an import that breaks off goes on where
it was. What the service answers is checked; what cannot be is a DataError that names the table.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import requests
from pydantic import BaseModel, ConfigDict, ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter
from tenacity.wait import wait_base

from data.errors import DataError

TIMEOUT = (10, 120)
ATTEMPTS = 5
WAIT = wait_exponential_jitter(initial=1, max=20)
AGENT = "impactmonitor (importeert de tabellen over Veilig Thuis)"
LEAST = 0.99
"""The part of the observations that a table says it has which must come in; fewer is no table."""
FIXED = ("Id", "Measure", "ValueAttribute", "Value", "StringValue")
STATE = "stand.json"
PATH = "/odata/v1/CBS"
"""Where the tables are below a host, when only that is given."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Properties(_Kept):
    """What a table says of itself. `stand` changes whenever the table does."""

    id: str
    title: str
    modified: str
    count: int
    stand: str


class Code(_Kept):
    """A measure, a member of a dimension, or a group of these; `group` is the id of its group."""

    id: str
    title: str
    description: str = ""
    group: str = ""
    unit: str = ""
    decimals: int = 0
    status: str = ""


class Dimension(_Kept):
    """A dimension; `id` is also the name of its column in the observations."""

    id: str
    title: str
    kind: str
    codes: tuple[Code, ...]
    groups: tuple[Code, ...]


class Metadata(_Kept):
    """All that a table says about its observations."""

    properties: Properties
    measures: tuple[Code, ...]
    measure_groups: tuple[Code, ...]
    dimensions: tuple[Dimension, ...]


class _Page(_Kept):
    address: str
    file: str
    rows: int
    sha256: str


class _State(_Kept):
    """How far the fetching of a table is. `next`: address of the page to fetch; '' when all are there."""

    stand: str
    pages: tuple[_Page, ...] = ()
    next: str


class _Passing(Exception):
    """A failure of the service that may be over a moment later."""


class Service:
    """The service at an address, or at a host where it stands under the path of CBS. Use one for each thread."""

    def __init__(self, base: str, wait: wait_base = WAIT, attempts: int = ATTEMPTS) -> None:
        self._base = base.rstrip("/")
        self._sure = bool(urlsplit(base).path.strip("/"))
        self._session = requests.Session()
        self._session.headers.update({"Accept": "application/json", "User-Agent": AGENT})
        self._retrying = Retrying(
            retry=retry_if_exception_type(_Passing), stop=stop_after_attempt(attempts), wait=wait, reraise=True
        )

    def properties(self, table: str) -> Properties:
        """What the table says of itself: title, date of change, number of observations.

        Raises:
            DataError: the service does not answer, or not so.
            NotThere: the service has no such table.
        """
        answer = self._json(table, self._address(table, "Properties"))
        rows = answer.get("value")
        found = _lower(rows[0] if isinstance(rows, list) and rows else answer)
        try:
            modified = str(found.get("observationsmodified") or found["modified"])
            return Properties(
                id=table,
                title=" ".join(str(found["title"]).split()),
                modified=modified,
                count=int(found["observationcount"]),
                stand=f"{found.get('modified')} {found.get('observationsmodified')} {found['observationcount']}",
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{table}: Properties is niet te begrijpen ({type(error).__name__}: {error})") from None

    def metadata(self, properties: Properties) -> Metadata:
        """Measures, dimensions and their members.

        Raises:
            DataError: the service does not answer, or not so.
        """
        table = properties.id
        dimensions = []
        for row in self._list(table, "Dimensions"):
            name = _text(table, row, "identifier")
            kind = str(row.get("kind") or "Dimension")
            codes = self._codes(table, f"{name}Codes")
            groups = self._codes(table, f"{name}Groups", needed=False)
            title = str(row.get("title") or name).strip()
            dimensions.append(Dimension(id=name, title=title, kind=kind, codes=codes, groups=groups))
        return Metadata(
            properties=properties,
            measures=self._codes(table, "MeasureCodes"),
            measure_groups=self._codes(table, "MeasureGroups", needed=False),
            dimensions=tuple(dimensions),
        )

    def observations(self, metadata: Metadata, folder: Path, told: Callable[[int], None] = lambda rows: None) -> int:
        """Fetch the observations of a table into a folder, page by page; pages that are there already stay.

        Args:
            metadata: of the table.
            folder: of this table in the working folder.
            told: is called with the number of rows of each page, also of one that was there.

        Returns:
            How many observations there are; `read_pages` reads them.

        Raises:
            DataError: the service does not answer, or not so, or gives far fewer than it says it has.
            OSError: the disk is full or fails.
        """
        table = metadata.properties.id
        columns = [*FIXED, *(dimension.id for dimension in metadata.dimensions)]
        state = self._resumed(metadata, folder)
        for page in state.pages:
            told(page.rows)
        while state.next:
            if state.next in {page.address for page in state.pages}:
                raise DataError(f"{table}: de volgende bladzijde verwijst terug naar een vorige")
            answer = self._json(table, state.next)
            where = f"{table}: bladzijde {len(state.pages) + 1}"
            rows = _page(where, answer, columns)
            file = f"{len(state.pages):05d}.parquet"
            pq.write_table(rows, folder / file, compression="zstd")
            page = _Page(address=state.next, file=file, rows=len(rows), sha256=_digest(folder / file))
            following = answer.get("@odata.nextLink") or ""
            if not isinstance(following, str) or not (not following or following.startswith(("http://", "https://"))):
                raise DataError(f"{where}: @odata.nextLink is geen adres")
            state = _State(stand=state.stand, pages=(*state.pages, page), next=following)
            _keep(folder, state)
            told(len(rows))
        count, said = sum(page.rows for page in state.pages), metadata.properties.count
        if count < LEAST * said:
            shutil.rmtree(folder, ignore_errors=True)
            raise DataError(f"{table}: {count} waarnemingen ontvangen, de tabel zegt er {said} te hebben")
        return count

    def _resumed(self, metadata: Metadata, folder: Path) -> _State:
        """How far an earlier import came, with the pages that are still whole; else a beginning."""
        properties = metadata.properties
        begin = _State(stand=properties.stand, next=self._address(properties.id, "Observations"))
        try:
            state = _State.model_validate_json((folder / STATE).read_bytes())
        except (OSError, ValidationError):
            state = None
        # The addresses of the pages say which service they came from.
        if state is None or state.stand != properties.stand or not (state.pages and
                                                                   state.pages[0].address == begin.next):  # fmt: skip
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            return begin
        for number, page in enumerate(state.pages):
            path = folder / page.file
            if not path.is_file() or _digest(path) != page.sha256:
                return _State(stand=state.stand, pages=state.pages[:number], next=page.address)
        return state

    def _codes(self, table: str, name: str, needed: bool = True) -> tuple[Code, ...]:
        return tuple(
            Code(
                id=_text(table, row, "identifier"),
                title=" ".join(str(row.get("title") or _text(table, row, "identifier")).split()),
                description=str(row.get("description") or "").strip(),
                group=str(next((row[key] for key in ("measuregroupid", "dimensiongroupid", "parentid") if row.get(key)),
                               "")).strip(),
                unit=str(row.get("unit") or "").strip(),
                decimals=_decimals(row.get("decimals")),
                status=str(row.get("status") or "").strip(),
            )
            for row in self._list(table, name, needed)
        )  # fmt: skip

    def _list(self, table: str, name: str, needed: bool = True) -> list[dict[str, Any]]:
        """All rows of an entity set, whatever the number of pages, their keys in lower case."""
        out: list[dict[str, Any]] = []
        address: Any = self._address(table, name)
        seen: set[str] = set()
        while isinstance(address, str) and address and address not in seen:
            seen.add(address)
            try:
                answer = self._json(table, address)
            except NotThere:
                if needed:
                    raise DataError(f"{table}: {name} ontbreekt") from None
                return []
            rows = answer.get("value")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise DataError(f"{table}: {name} heeft geen rijen")
            out += map(_lower, rows)
            address = answer.get("@odata.nextLink")
        if needed and not out:
            raise DataError(f"{table}: {name} is leeg")
        return out

    def _address(self, table: str, name: str) -> str:
        """The address of an entity set; the first time it is looked where the tables are."""
        if not self._sure:
            self._sure = True
            below = f"{self._base}{PATH}"
            if not self._has(self._base, table) and self._has(below, table):
                self._base = below
        return f"{self._base}/{table}/{name}"

    def _has(self, base: str, table: str) -> bool:
        try:
            self._json(table, f"{base}/{table}/Properties")
        except NotThere:
            return False
        return True

    def _json(self, table: str, address: str) -> dict[str, Any]:
        """Fetch an address, again and again a while if need be.

        Raises:
            DataError: it does not answer, or not with an object in JSON.
            NotThere: it does not exist.
        """
        try:
            found: dict[str, Any] = self._retrying(self._once, table, address)
            return found
        except _Passing as error:
            raise DataError(f"{table}: {error} ({_tail(address)}, {self._retrying.statistics['attempt_number']} keer "
                            "geprobeerd)") from None  # fmt: skip

    def _once(self, table: str, address: str) -> dict[str, Any]:
        try:
            answer = self._session.get(address, timeout=TIMEOUT)
            body = answer.content
        except requests.exceptions.RequestException as error:
            raise _Passing(_why(error)) from None
        if answer.status_code == 404:
            raise NotThere(f"{table}: bestaat niet op de dienst (HTTP 404, {_tail(address)})")
        if answer.status_code == 429 or answer.status_code >= 500:
            raise _Passing(f"de dienst antwoordt met HTTP {answer.status_code}")
        if answer.status_code != 200:
            raise DataError(f"{table}: de dienst antwoordt met HTTP {answer.status_code} ({_tail(address)})")
        try:
            found = json.loads(body, parse_constant=_no_number)
        except ValueError:
            raise _Passing("het antwoord is geen geldige JSON") from None
        if not isinstance(found, dict):
            raise _Passing("het antwoord is geen object")
        return found


class NotThere(DataError):
    """The service does not have it."""


def read_pages(folder: Path) -> pa.Table:
    """The observations that were fetched into a folder; texts as dictionaries, without spaces around them.

    Raises:
        DataError: an observation came twice, so that pages overlap.
    """
    state = _State.model_validate_json((folder / STATE).read_bytes())
    parts = [pq.read_table(folder / page.file) for page in state.pages]
    whole = one_chunk(pa.concat_tables(parts))
    if len(whole) and pc.count_distinct(whole.column("Id")).as_py() != len(whole):
        raise DataError(f"{folder.name}: waarnemingen zijn dubbel ontvangen (Id komt meer dan eens voor)")
    return whole


def one_chunk(table: pa.Table) -> pa.Table:
    """A table of which every column is one piece, with one dictionary."""
    return table.unify_dictionaries().combine_chunks()


def _page(where: str, answer: dict[str, Any], columns: Sequence[str]) -> pa.Table:
    """A page as columns; only the last one may be empty.

    Raises:
        DataError: a column is missing, or holds something else than it should.
    """
    rows = answer.get("value")
    if not isinstance(rows, list):
        raise DataError(f"{where}: heeft geen rijen")
    kinds = {"Id": pa.int64(), "Value": pa.float64()}
    arrays = []
    for name in columns:
        try:
            array = pa.array([row[name] for row in rows], kinds.get(name, pa.string()))
        except KeyError:
            if name != "StringValue":
                raise DataError(f"{where}: kolom {name} ontbreekt") from None
            array = pa.nulls(len(rows), pa.string())
        except (TypeError, pa.ArrowException):
            raise DataError(f"{where}: kolom {name} heeft een waarde die daar niet hoort") from None
        if name not in kinds:
            array = _stripped(array)
        elif name == "Id" and array.null_count:
            raise DataError(f"{where}: een waarneming heeft geen Id")
        arrays.append(array)
    return pa.table(arrays, names=list(columns))


def _stripped(array: pa.Array) -> pa.DictionaryArray:
    """Texts as a dictionary, without the spaces that older tables put behind codes; none is ''."""
    encoded = array.fill_null("").dictionary_encode()
    plain = pc.utf8_trim_whitespace(encoded.dictionary)
    if plain.equals(encoded.dictionary):
        return encoded
    return pa.DictionaryArray.from_arrays(encoded.indices, plain).dictionary_decode().dictionary_encode()


def _keep(folder: Path, state: _State) -> None:
    """Write how far it is, in one step, so that a kill leaves the old or the new state."""
    beside = folder / f"{STATE}.nieuw"
    beside.write_text(state.model_dump_json(), encoding="utf-8")
    beside.replace(folder / STATE)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _lower(row: Any) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in row.items()} if isinstance(row, dict) else {}


def _text(table: str, row: dict[str, Any], name: str) -> str:
    value = str(row.get(name) or "").strip()
    if not value:
        raise DataError(f"{table}: {name} ontbreekt in de metadata")
    return value


def _decimals(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= 6 else 0


def _no_number(text: str) -> float:
    raise ValueError(text)


def _tail(address: str) -> str:
    return "/".join(address.split("?")[0].rstrip("/").split("/")[-2:])


def _why(error: requests.exceptions.RequestException) -> str:
    if isinstance(error, requests.exceptions.Timeout):
        return "de dienst antwoordt niet op tijd"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return "de verbinding brak af voordat het antwoord er was"
    if isinstance(error, requests.exceptions.ConnectionError):
        return "geen verbinding met de dienst, of zij brak af"
    return f"de dienst is niet te bereiken ({type(error).__name__})"
