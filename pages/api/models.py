"""What the API takes and gives, as pydantic models: they check what comes in, and describe both in OpenAPI.

Names are Dutch and stay as they are as long as the version is v1. What may be asked for by name depends on the
release: data.query checks that, and v1.description puts the names into the description.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from data.query import Filters

PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 1_000, 10_000, 1_000_000
MANY = 200
EARLIEST, LATEST = 1900, 2100


def _split(given: Any) -> Any:
    """Values that come as a list, as one text with commas, or both."""
    return [part for each in given for part in str(each).split(",")] if isinstance(given, list) else given


def _digits(given: Any) -> Any:
    """A whole number in plain digits; pydantic alone would also take 1.0 and 1_0."""
    if isinstance(given, str) and not re.fullmatch("[0-9]{1,9}", given):
        raise ValueError("geen heel getal")
    return given


Names = Annotated[list[str], Field(max_length=MANY), BeforeValidator(_split)]
PageNumber = Annotated[int, Field(ge=1, le=LAST_PAGE), BeforeValidator(_digits)]
PageSize = Annotated[int, Field(ge=1, le=MOST_PER_PAGE), BeforeValidator(_digits)]
Year = Annotated[int, Field(ge=EARLIEST, le=LATEST), BeforeValidator(_digits)]


class Asked(BaseModel):
    """The parameters of a request; one that is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Asked):
    """A request without parameters."""


class Paged(Asked):
    """A request for a page of a long list."""

    pagina: PageNumber = Field(1, description="Welke pagina.")
    per_pagina: PageSize = Field(PER_PAGE, description="Hoeveel rijen op een pagina.")

    @property
    def start(self) -> int:
        """How many rows come before the page."""
        return (self.pagina - 1) * self.per_pagina

    @property
    def pages_asked(self) -> bool:
        """Whether a page was asked for by name."""
        return not self.model_fields_set.isdisjoint({"pagina", "per_pagina"})

    @property
    def filters(self) -> Filters:
        """The filters among the parameters."""
        given = self.model_dump()
        return Filters(**{name: tuple(dict.fromkeys(given[name])) for name in Filters.__annotations__ if name in given})


class AskedFigures(Paged):
    """A request for figures."""

    indicator: Names = Field([], description="Indicator: ook de cijfers waarnaar zij verwijst. Zie /indicatoren.")
    maat: Names = Field([], description="Maat, bijvoorbeeld gestarte-adviezen. Zie /indicatoren/{indicator}.")
    kenmerk: Names = Field([], description="Uitsplitsing, of totaal. Zie /indicatoren/{indicator}.")
    categorie: Names = Field([], description="Categorie van een uitsplitsing. Zie /indicatoren/{indicator}.")
    regio: Names = Field([], description="Code van een regio, bijvoorbeeld NL01, PV22 of VT02. Zie /regios.")
    niveau: Names = Field([], description="Niveau van de regio's.")
    periode: Names = Field([], description="Periode in CBS-code, bijvoorbeeld 2023JJ00. Zie /perioden.")
    eenheid: Names = Field([], description="Eenheid van de waarde.")
    status: Names = Field([], description="Status van het cijfer.")
    bron: Names = Field([], description="Bron van het cijfer. Zie /bronnen.")
    formaat: Literal["json", "csv", "jsonstat"] | SkipJsonSchema[None] = Field(
        None,
        description="Vorm van het antwoord; zonder dit beslist de header Accept. CSV en JSON-stat geven alle "
        "cijfers in één keer, behalve met pagina of per_pagina.",
    )


class AskedRevisions(Paged):
    """A request for replaced values."""

    indicator: Names = Field([], description="Indicator. Zie /indicatoren.")
    regio: Names = Field([], description="Code van een regio. Zie /regios.")
    periode: Names = Field([], description="Periode in CBS-code. Zie /perioden.")


class AskedRegions(Asked):
    """A request for regions."""

    niveau: Names = Field([], description="Niveau van de regio's.")
    jaar: Year | SkipJsonSchema[None] = Field(None, description="Alleen regio's die in dit jaar eigen cijfers hebben.")


class OfIndicator(BaseModel):
    """The indicator in a path."""

    indicator: str = Field(description="Korte naam van een indicator.")


class OfTheme(BaseModel):
    """The theme in a path."""

    thema: str = Field(description="Korte naam van een thema.")


class OfRegion(BaseModel):
    """The region in a path."""

    regio: str = Field(description="Code van een regio.")


class OfSource(BaseModel):
    """The source in a path."""

    bron: str = Field(description="Id van een bron.")


# --- answers ---


class Answer(BaseModel):
    """Base of what the API gives; the words for developers above a class stay out of the description."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("description", None) and None)


Links = Annotated[dict[str, str], Field(description="Adressen van wat hierbij hoort.")]


class Start(Answer):
    """The beginning: what there is."""

    naam: str
    versie: str
    levering: str = Field(description="Naam van de levering van de cijfers.")
    verschenen: str | None = Field(description="Dag waarop de levering verscheen, als die bekend is.")
    cijfers: int = Field(description="Aantal cijfers.")
    links: Links


class Theme(Answer):
    """A theme with its indicators."""

    id: str
    titel: str
    inleiding: str
    indicatoren: list[str]
    links: Links


class Themes(Answer):
    """All themes."""

    levering: str
    themas: list[Theme]
    links: Links


class Measure(Answer):
    """A measure of an indicator."""

    id: str
    naam: str
    soort: Literal["stroom", "stand"] = Field(description="Telt wat er gebeurt (stroom) of wat er is (stand).")
    definitie: str


class Category(Answer):
    """A category of a breakdown."""

    id: str
    naam: str
    onderdeel_van: str | None = Field(description="De categorie die door deze wordt verfijnd.")


class Breakdown(Answer):
    """A breakdown of an indicator."""

    id: str
    naam: str
    categorieen: list[Category]


class Break(Answer):
    """From this period on the figures are counted in another way."""

    periode: str
    reden: str


class Indicator(Answer):
    """An indicator, with what its figures can be filtered by."""

    id: str
    titel: str
    themas: list[str]
    weergaven: list[str]
    definitie: str
    let_op: list[str]
    maten: list[Measure]
    uitsplitsingen: list[Breakdown]
    overlap: bool = Field(description="Of een geval bij meer categorieën kan tellen; tel ze dan niet op.")
    breuken: list[Break]
    vindplaats: str
    cijfers: int = Field(description="Aantal cijfers in deze levering.")
    links: Links


class Indicators(Answer):
    """All indicators."""

    levering: str
    indicatoren: list[Indicator]
    links: Links


class Inhabitants(Answer):
    """The inhabitants of a region on 1 January of a year."""

    jaar: int
    inwoners: int
    bronnen: list[str]


class Region(Answer):
    """A region, and the years to which it belongs."""

    code: str
    naam: str
    niveau: str
    geldig_van: int | None = Field(description="Eerste jaar met eigen cijfers; leeg als dat niet begrensd is.")
    geldig_tot: int | None = Field(description="Laatste jaar met eigen cijfers; leeg als dat niet begrensd is.")
    gewijzigd: int | None = Field(description="Jaar vanaf wanneer de code voor een ander gebied staat.")
    ouder: str | None = Field(description="Code van het gebied waar de regio bij hoort, als dat bekend is.")
    inwoners: list[Inhabitants]
    opmerking: str
    links: Links


class Regions(Answer):
    """All regions asked for."""

    levering: str
    regios: list[Region]
    links: Links


class Period(Answer):
    """A period with figures."""

    code: str
    naam: str
    soort: str
    begin: str = Field(description="Eerste dag.")
    links: Links


class Periods(Answer):
    """All periods with figures."""

    levering: str
    perioden: list[Period]
    links: Links


class Source(Answer):
    """A publication that figures come from."""

    id: str
    uitgever: str
    titel: str
    tabel: str
    publicatiedatum: str = Field(description="Zo precies als bekend: 2020, 2020-04-28 of leeg.")
    adres: str
    statusregel: str
    licentie: str
    ontleend_aan: str
    links: Links


class Sources(Answer):
    """All sources."""

    levering: str
    bronnen: list[Source]
    links: Links


Value = float | int | None


class Counted(Answer):
    """What a value is about: of what, where and when."""

    indicator: str
    maat: str
    kenmerk: str
    categorie: str
    regio_code: str
    regio_naam: str
    regio_niveau: str
    periode: str


class Figure(Counted):
    """One published figure, as in cijfers.csv."""

    waarde: Value = Field(description="Leeg als de bron geen getal geeft. Dat is nooit 0: zie teken.")
    eenheid: str
    teken: str = Field(description="Teken van de bron: . x - of leeg; of een woord bij het getal, zoals ruim.")
    status: str
    bron: str


class Figures(Answer):
    """A page of figures."""

    levering: str
    totaal: int = Field(description="Hoeveel cijfers er op alle pagina's samen staan.")
    pagina: int
    per_pagina: int
    cijfers: list[Figure]
    links: Links


class Revision(Counted):
    """A value that a newer publication replaced."""

    eenheid: str
    oud_waarde: Value
    oud_teken: str
    oud_status: str
    oud_bron: str
    oud_publicatiedatum: str
    oud_eerste_publicatiedatum: str
    nieuw_waarde: Value
    nieuw_teken: str
    nieuw_status: str
    nieuw_bron: str
    nieuw_publicatiedatum: str
    reden: str


class Revisions(Answer):
    """A page of replaced values."""

    levering: str
    totaal: int
    pagina: int
    per_pagina: int
    revisies: list[Revision]
    links: Links


class JsonStat(BaseModel):
    """A JSON-stat dataset; its parts are described at json-stat.org."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.pop("description", None) and None)

    version: Literal["2.0"]
    class_: Literal["dataset"] = Field(alias="class")
    label: str
    href: str
    source: str
    note: list[str]
    id: list[str]
    size: list[int]
    role: dict[str, list[str]]
    dimension: dict[str, Any]
    value: dict[str, float | int]
    status: dict[str, str]
    extension: dict[str, Any]


class Problem(Answer):
    """Why a request is refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
