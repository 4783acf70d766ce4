"""What the API tells about the release besides its figures: each resource as its model, with links."""

from __future__ import annotations

from flask import request

from components.address import address
from data import catalogue, inhabitants, periods
from data.catalogue import VIEWS
from data.kept import per_release
from data.query import known
from data.regions import Region
from data.release import Release
from data.text import slugify
from pages.api import models

ROOT = "api/v1"


def link(path: str, query: dict[str, str] | None = None) -> str:
    """The whole address of a path of this site."""
    return request.host_url.rstrip("/") + address(path, query)


def own(path: str, query: dict[str, str] | None = None) -> str:
    """The whole address of a path of the API."""
    return link(f"{ROOT}/{path}", query)


def theme(release: Release, theme: catalogue.Theme) -> models.Theme:
    """A theme."""
    inside = [i.slug for i in release.catalogue.of_theme(theme.id)]
    links = {"self": own(f"themas/{theme.id}"), "pagina": link("", None) + f"#{theme.id}"}
    links |= {f"indicator:{slug}": own(f"indicatoren/{slug}") for slug in inside}
    return models.Theme(id=theme.id, titel=theme.titel, inleiding=theme.inleiding, indicatoren=inside, links=links)


def indicator(release: Release, indicator: catalogue.Indicator) -> models.Indicator:
    """An indicator."""
    slug = indicator.slug
    links = {
        "self": own(f"indicatoren/{slug}"),
        "cijfers": own("cijfers", {"indicator": slug}),
        "csv": own("cijfers", {"indicator": slug, "formaat": "csv"}),
        "jsonstat": own("cijfers", {"indicator": slug, "formaat": "jsonstat"}),
    }
    links |= {f"thema:{name}": own(f"themas/{name}") for name in indicator.themas}
    links |= {f"pagina:{view}": link(view, {"indicator": slug}) for view in VIEWS if view in indicator.views}
    measures = [release.catalogue.measures[maat] for maat in indicator.maten]
    return models.Indicator(
        id=slug,
        titel=indicator.titel,
        themas=list(indicator.themas),
        weergaven=list(indicator.views),
        definitie=indicator.definitie,
        let_op=list(indicator.let_op),
        maten=[models.Measure(id=m.slug, naam=m.maat, soort=m.soort, definitie=m.definitie) for m in measures],
        uitsplitsingen=[_breakdown(release, slug, kenmerk) for kenmerk in indicator.kenmerken],
        overlap=indicator.overlap,
        breuken=[models.Break(periode=b.periode, reden=b.reden) for b in indicator.breuken],
        vindplaats=indicator.vindplaats,
        cijfers=len(release.by_indicator[slug]),
        links=links,
    )


def _breakdown(release: Release, slug: str, kenmerk: str) -> models.Breakdown:
    members = release.catalogue.members.get((slug, kenmerk), {}).values()
    return models.Breakdown(
        id=slugify(kenmerk),
        naam=kenmerk,
        categorieen=[
            models.Category(id=c.slug, naam=c.categorie, onderdeel_van=slugify(c.ouder) or None) for c in members
        ],
    )


def region(release: Release, region: Region) -> models.Region:
    """A region."""
    links = {"self": own(f"regios/{region.code}"), "cijfers": own("cijfers", {"regio": region.code})}
    if region.parent:
        links["ouder"] = own(f"regios/{region.parent}")
    return models.Region(
        code=region.code,
        naam=region.name,
        niveau=region.level_name,
        geldig_van=region.first_year,
        geldig_tot=region.last_year,
        gewijzigd=region.changed,
        ouder=region.parent or None,
        inwoners=[
            models.Inhabitants(jaar=p.year, inwoners=p.inhabitants, bronnen=list(p.sources))
            for p in _populations(release).get(region.code, ())
        ],
        opmerking=region.remark,
        links=links,
    )


@per_release
def _populations(release: Release) -> dict[str, list[inhabitants.Population]]:
    out: dict[str, list[inhabitants.Population]] = {}
    for (code, _), population in sorted(release.regions.inhabitants.by_key.items()):
        out.setdefault(code, []).append(population)
    return out


def period(code: str) -> models.Period:
    """A period."""
    read = periods.period(code)
    links = {"cijfers": own("cijfers", {"periode": code})}
    return models.Period(code=code, naam=read.label, soort=read.kind, begin=read.start, links=links)


def sources(release: Release) -> dict[str, models.Source]:
    """All sources by id: of the figures, and of the inhabitants of regions."""
    out = {
        s.id: models.Source(
            id=s.id, uitgever=s.uitgever, titel=s.titel, tabel=s.tabel, publicatiedatum=s.publicatiedatum,
            adres=s.adres, statusregel=s.statusregel, licentie=s.licentie, ontleend_aan=s.ontleend_aan,
            links={"self": own(f"bronnen/{s.id}"), "cijfers": own("cijfers", {"bron": s.id})},
        )
        for s in release.catalogue.sources.values()
    }  # fmt: skip
    for each in release.regions.inhabitants.sources.values():
        out[each.id] = models.Source(
            id=each.id, uitgever=each.uitgever, titel=each.titel, tabel="", publicatiedatum="", adres=each.adres,
            statusregel="", licentie=each.licentie, ontleend_aan=each.ontleend_aan,
            links={"self": own(f"bronnen/{each.id}")},
        )  # fmt: skip
    return out


def names(release: Release) -> dict[str, list[str]]:
    """What may stand in each parameter that takes names, for the description."""
    out = {name: list(values) for name, values in known(release).items()}
    themes = [theme.id for theme in release.catalogue.themes]
    return out | {"thema": themes}
