"""What codes stand for: by title, with small differences in writing, and never by a guess that is not reported."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from data.errors import DataError
from data.release import Release
from data.statline import declared, titles
from data.statline.client import Code, Dimension, Metadata, Properties
from data.statline.mapping import Mapper, Part

PERIODS = (
    Code(id="2023JJ00", title="2023**", status="NaderVoorlopig"), Code(id="2024HJ01", title="2024 1e halfjaar*"),
    Code(id="2022JJ00", title="2022", status="Definitief"), Code(id="2021X000", title="2021, ooit"),
    Code(id="2020JJ00", title="2020", status="Bijna klaar"),
)  # fmt: skip
PLACES = (Code(id="NL01", title="Nederland"), Code(id="ZZ12", title="Gene Zijde (ZZ)"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gestarte adviezen", "  gestarte   Adviezen. "), ("1.2 Gestarte adviezen", "Gestarte adviezen"),
        ("Beëindigd", "Beeindigd"), ("Duur geweld: > 1 jaar,< 5 jaar", "Duur geweld: > 1 jaar, < 5 jaar"),
        ("Gezondheidszorg & welzijn", "Gezondheidszorg en welzijn"),
    ],
)  # fmt: skip
def test_differences_in_writing_that_are_none(one: str, other: str) -> None:
    assert titles.key(one) == titles.key(other)


@pytest.mark.parametrize(("one", "other"), [("> 1 jaar", "< 1 jaar"), ("1e melding", "2e melding"), ("a", "b")])
def test_differences_that_matter(one: str, other: str) -> None:
    assert titles.key(one) != titles.key(other)


@pytest.mark.parametrize(
    ("unit", "title", "expected"),
    [
        ("aantal", "Ontvangen meldingen", "aantal"), ("", "Ontvangen meldingen", "aantal"),
        ("%", "Ontvangen meldingen", "%"), ("procent", "", "%"), ("", "Ontvangen meldingen (%)", "%"),
        ("per 100 000 inwoners", "", titles.PER_100_000), ("aantal per 100.000 inwoners", "", titles.PER_100_000),
        ("per 100\u00a0000 inwoners", "", titles.PER_100_000),
        ("aantal", "Meldingen per 100 000 inwoners", titles.PER_100_000),
        ("per 1 000 inwoners", "", "per 1 000 inwoners"), ("uur", "", "uur"),
    ],
)  # fmt: skip
def test_units(unit: str, title: str, expected: str) -> None:
    assert titles.unit_of(unit, title) == expected


def test_a_title_that_was_cut_short_counts_when_only_one_begins_so() -> None:
    known = {"Mishandeling kind: emotionele mishandeling": 1, "Mishandeling kind: emotionele verwaarlozing": 2}
    assert titles.find("Mishandeling kind: emotionele mish...", known) == 1
    assert titles.find("Mishandeling kind: emotionele ...", known) is None
    assert titles.find("Mishandeling kind: emotionele", known) is None


def test_titles_of_one_list_do_not_run_together(release: Release) -> None:
    statline = declared.load(release.catalogue)
    mapper = Mapper(statline, release.catalogue, release.regions)
    for dimension in statline.dimensie:
        seen: dict[str, object] = {}
        for text, member in mapper._labels(dimension).items():
            assert seen.setdefault(titles.key(text), member) == member, text


def mapped(
    release: Release, measures: list[Code], members: list[Code] = (), *, title: str = "Aard van het geweld",
    table: str = "84852NED", marks: tuple[tuple[float | None, str, str], ...] = ((5.0, "None", ""),),
    groups: tuple[Code, ...] = (), measure_groups: tuple[Code, ...] = (),
) -> tuple[Part, Mapper]:  # fmt: skip
    """All measures, members, places and periods of a made table, with each of the marks."""
    dimensions = [
        Dimension(id="RegioS", title="Regio's", kind="GeoDimension", codes=PLACES, groups=()),
        Dimension(id="Perioden", title="Perioden", kind="TimeDimension", codes=PERIODS, groups=()),
    ]
    if members:
        dimensions.append(Dimension(id="D", title=title, kind="Dimension", codes=tuple(members), groups=groups))
    rows = [
        {"Measure": m.id, "RegioS": place.id, "Perioden": time.id, "D": d.id, "Value": value, "ValueAttribute": mark,
         "StringValue": text}
        for m in measures for place in PLACES for time in PERIODS for d in (members or [Code(id="", title="")])
        for value, mark, text in marks
    ]  # fmt: skip
    texts = ["Measure", "RegioS", "Perioden", "ValueAttribute", "StringValue", *(["D"] if members else [])]
    columns = {name: pa.array([row[name] for row in rows]).dictionary_encode() for name in texts}
    columns |= {"Id": pa.array(range(len(rows))), "Value": pa.array([row["Value"] for row in rows], pa.float64())}
    properties = Properties(id=table, title="Een tabel", modified="2026-01-02T03:04:05", count=len(rows), stand="1")
    metadata = Metadata(properties=properties, measures=tuple(measures), measure_groups=measure_groups,
                        dimensions=tuple(dimensions))  # fmt: skip
    mapper = Mapper(declared.load(release.catalogue), release.catalogue, release.regions)
    return mapper.table(metadata, pa.table(columns)), mapper


def texts(part: Part, mapper: Mapper, column: str) -> list[str]:
    names = mapper.texts.of(column)
    return [names[number] for number in part.columns[column].tolist()]


RECEIVED = Code(id="M1", title="Ontvangen meldingen", unit="aantal")


def test_status_and_period(release: Release) -> None:
    part, mapper = mapped(release, [RECEIVED])
    found = set(zip(texts(part, mapper, "periode"), texts(part, mapper, "status"), strict=True))
    assert found == {
        ("2023JJ00", "nader voorlopig"), ("2024HJ01", "voorlopig"), ("2022JJ00", "definitief"),
        ("2020JJ00", "onbekend"),
    }  # fmt: skip
    told = "\n".join(mapper.added.told)
    assert "periode '2021X000' (2021, ooit) is niet te lezen; 2 waarnemingen vallen weg" in told
    assert "periode '2020' heeft een onbekende status 'Bijna klaar'" in told


def test_marks_become_signs_and_what_is_suppressed_is_never_a_number(release: Release) -> None:
    marks = (
        (5.0, "None", ""),
        (None, "Impossible", ""),
        (None, ".", ""),
        (None, "Confidential", ""),
        (0.0, "Impossible", ""),
        (None, "None", ""),
        (None, "None", "x"),
        (None, "Vreemd", ""),
        (7.0, "Geschat", ""),
    )
    part, mapper = mapped(release, [RECEIVED], marks=marks)
    signs = texts(part, mapper, "teken")[: len(marks)]
    values = part.columns["waarde"][: len(marks)]
    assert signs == ["", "leeg", ".", "x", "leeg", ".", "x", "Vreemd", "Geschat"]
    assert [None if np.isnan(v) else v for v in values] == [5.0, None, None, None, None, None, None, None, 7.0]
    told = "\n".join(mapper.added.told)
    assert "onbekende aanduiding 'Vreemd'" in told
    assert "onbekende aanduiding 'Geschat'" in told
    assert "waarnemingen met een getal én 'Impossible': het getal telt niet" in told


def test_a_region_of_a_kind_that_nobody_knows(release: Release) -> None:
    part, mapper = mapped(release, [RECEIVED])
    assert set(texts(part, mapper, "regio_code")) == {"NL01", "ZZ12"}
    assert (mapper.added.regions["ZZ12"]["naam"], mapper.added.regions["ZZ12"]["niveau"]) == ("Gene Zijde", "OV")


def test_members_that_look_alike_do_not_share_a_category(release: Release) -> None:
    members = [Code(id="a", title="Totaal"), Code(id="b", title="Kindermishandeling"),
               Code(id="c", title="kindermishandeling"), Code(id="d", title="Totaal anders")]  # fmt: skip
    part, mapper = mapped(release, [RECEIVED], members)
    assert set(zip(texts(part, mapper, "kenmerk"), texts(part, mapper, "categorie"), strict=True)) == {
        ("Totaal", "Totaal"), ("Aard van het geweld", "Kindermishandeling"),
        ("Aard van het geweld", "kindermishandeling (c)"), ("Aard van het geweld", "Totaal anders (d)"),
    }  # fmt: skip


def test_the_group_of_a_member_says_which_breakdown_it_belongs_to(release: Release) -> None:
    groups = (Code(id="1", title="Organisatie adviesvrager/melder"), Code(id="2", title="Duur van het geweld"))
    members = [Code(id="a", title="Onbekend", group="1"), Code(id="b", title="Onbekend", group="2"),
               Code(id="c", title="Vereniging", group="1")]  # fmt: skip
    part, mapper = mapped(release, [RECEIVED], members, title="Kenmerken adviezen/meldingen", groups=groups)
    assert set(zip(texts(part, mapper, "indicator"), texts(part, mapper, "kenmerk"), texts(part, mapper, "categorie"),
                   strict=True)) == {
        ("type-adviesvrager-melder", "Organisatie", "Onbekend"),
        ("duur-van-het-geweld", "Duur van het geweld", "Onbekend"),
        ("type-adviesvrager-melder", "Organisatie", "Vereniging"),
    }  # fmt: skip


def test_a_dimension_with_another_title_is_known_by_its_members_and_reported(release: Release) -> None:
    members = [Code(id="a", title="Totaal"), Code(id="b", title="Kindermishandeling"),
               Code(id="c", title="(Ex-)Partnergeweld")]  # fmt: skip
    part, mapper = mapped(release, [RECEIVED], members, title="Vormen")
    assert "Aard van het geweld" in texts(part, mapper, "kenmerk")
    assert any("dimensie 'Vormen' is niet bekend; haar leden zijn die van" in line for line in mapper.added.told)


def test_a_dimension_that_nobody_knows_becomes_a_breakdown(release: Release) -> None:
    members = [Code(id="a", title="Totaal"), Code(id="b", title="Ochtend"), Code(id="c", title="Avond")]
    part, mapper = mapped(release, [RECEIVED], members, title="dagdeel")
    assert set(texts(part, mapper, "kenmerk")) == {"Totaal", "Dagdeel"}
    assert mapper.added.kenmerken == {"acuut-en-of-structureel-onveilig": ["Dagdeel"]}


def test_a_measure_in_a_group_is_known_by_both_titles(release: Release) -> None:
    groups = (Code(id="g", title="Actieve casussen"),)
    measures = [Code(id=f"K{n}", title=title, group="g") for n, title in enumerate(("Totaal", "Gestart", "Gesloten"))]
    part, mapper = mapped(release, [RECEIVED, *measures], measure_groups=groups)
    assert set(texts(part, mapper, "maat")) == {
        "Ontvangen meldingen", "Actieve casussen", "Gestarte casussen", "Gesloten casussen"
    }  # fmt: skip


def test_a_rate_is_never_taken_for_a_number(release: Release) -> None:
    rate = Code(id="M2", title="Ontvangen meldingen", group="g")
    part, mapper = mapped(release, [RECEIVED, rate], measure_groups=(Code(id="g", title="Per 100 000 inwoners"),))
    assert set(zip(texts(part, mapper, "kolom"), texts(part, mapper, "eenheid"), strict=True)) == {
        ("Ontvangen meldingen", "aantal"), ("Ontvangen meldingen", "per 100.000 inwoners")
    }  # fmt: skip


def test_a_measure_that_looks_like_a_needed_one_is_named(release: Release) -> None:
    with pytest.raises(DataError, match=r"^84852NED: maat 'Ontvangen meldingen' ontbreekt \(wel: 'Ontvangen melding'"):
        mapped(release, [Code(id="M1", title="Ontvangen melding", unit="aantal")])


def test_a_negative_number_is_refused(release: Release) -> None:
    with pytest.raises(DataError, match="84852NED: er staat een negatief of oneindig getal in"):
        mapped(release, [RECEIVED], marks=((-5.0, "None", ""),))
