"""The entry for a data catalogue: DCAT-AP-NL 3.0, so that data.overheid.nl and others can harvest the dataset.

What is mandatory stands in https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/ and, below it, in DCAT-AP 3.0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from components.address import address
from components.downloads import CSV, FILES, File
from components.shell import NAME
from components.workbook import XLSX
from data import periods
from data.kept import per_release
from data.release import Release
from data.report import published

EU = "http://publications.europa.eu/resource/authority/"
LICENCE = "http://creativecommons.org/licenses/by/4.0/deed.nl"
RIGHTS = (
    "De cijfers van het CBS vallen onder CC BY 4.0, met het CBS als bron. Losse feiten van andere organisaties: noem "
    "de organisatie die ze publiceerde. De licentie van elke bron staat in de lijst van bronnen."
)
ABOUT = (
    "Gepubliceerde cijfers over huiselijk geweld, kindermishandeling en het werk van Veilig Thuis, voor Nederland en "
    "regio's, met teken, status en bron bij elk cijfer. Niets is berekend of aangevuld. Dit is geen product van het "
    "CBS."
)
KEYWORDS = ("huiselijk geweld", "kindermishandeling", "Veilig Thuis", "jeugdbescherming", "veiligheid", "statistiek")
THEMES = ("SOCI", "JUST", "GOVE")
FORMATS = {
    CSV: ("CSV", "text/csv"),
    XLSX: ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
ZIPPED = ("GZIP", "application/gzip")
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Name in the address -> its media type and what rdflib calls it.
FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", ""),
    "rdf": ("application/rdf+xml", "pretty-xml"),
}
Node = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who publishes this site; what is not set is told of the site itself, and nobody is made up.

    Attributes:
        name: of the organisation; '' for unknown.
        uri: that names it in a register of organisations; '' for none.
        contact: where to ask, `mailto:...` or `https://...`; '' for the page of accountability.
    """

    name: str = ""
    uri: str = ""
    contact: str = ""


def written(release: Release, site: str, publisher: Publisher, form: str) -> bytes:
    """The entry in a form.

    Args:
        release: what it describes.
        site: scheme and host of this site.
        publisher: who publishes the site.
        form: a key of FORMS.
    """
    told = json.dumps(description(release, site, publisher), ensure_ascii=False, indent=1)
    return told.encode() if form == "jsonld" else _in_rdf(told, FORMS[form][1])


@lru_cache(maxsize=8)
def _in_rdf(told: str, form: str) -> bytes:
    """JSON-LD in another form. The parser of rdflib for it warns that it is out of date, hence these few lines."""
    from rdflib import RDF, BNode, Graph, Literal, URIRef  # only who harvests needs it: it is not loaded at the start

    graph = Graph()

    def name(short: str) -> URIRef:
        prefix, _, local = short.partition(":")
        return URIRef(CONTEXT[prefix] + local)

    def add(node: Any) -> Any:
        if isinstance(node, str):
            return Literal(node)
        if "@value" in node:
            kind = name(node["@type"]) if "@type" in node else None
            return Literal(node["@value"], lang=node.get("@language"), datatype=kind)
        subject = URIRef(node["@id"]) if "@id" in node else BNode()
        for key, values in node.items():
            for value in values if isinstance(values, list) else [values]:
                if key == "@type":
                    graph.add((subject, RDF.type, name(value)))
                elif key != "@id":
                    graph.add((subject, name(key), add(value)))
        return subject

    for prefix, uri in CONTEXT.items():
        graph.bind(prefix, uri)
    for entry in json.loads(told)["@graph"]:
        add(entry)
    return graph.serialize(format=form, encoding="utf-8")


def description(release: Release, site: str, publisher: Publisher) -> Node:
    """The entry as JSON-LD: a catalogue with the dataset, its files, and the API that serves it."""

    def at(path: str = "") -> str:
        return site + address(path)

    base = at("catalogus")
    owner = publisher.uri or f"{base}#uitgever"
    contact: Node = {
        "@id": f"{base}#contact",
        "@type": "vcard:Kind",
        "vcard:fn": publisher.name or f"{NAME}, {site}",
        "vcard:hasEmail" if publisher.contact.startswith("mailto:") else "vcard:hasURL": _link(
            publisher.contact or at("verantwoording")
        ),
    }
    shared = {
        "dct:publisher": _link(owner),
        "dcat:contactPoint": _link(contact["@id"]),
        "dct:language": _link(f"{EU}language/NLD"),
        "dcat:theme": [_link(f"{EU}data-theme/{theme}") for theme in THEMES],
    } | _dated(release)
    open_to_all = {
        "dct:accessRights": _link(f"{EU}access-right/PUBLIC"),
        "dcat:keyword": [_dutch(word) for word in KEYWORDS],
    }
    makers = sorted({source.uitgever for source in release.catalogue.sources.values()})
    dataset: Node = {
        "@id": f"{base}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{base}#dataset",
        "dct:title": _dutch(f"{NAME}: cijfers"),
        "dct:description": _dutch(ABOUT),
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": _dutch(maker)} for maker in makers],
        "dct:spatial": _link(f"{EU}country/NLD"),
        "dct:temporal": _span(release),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _dutch("Elk cijfer noemt zijn bron.")},
        "dcat:version": release.name,
        "dcat:landingPage": _document(at()),
        "foaf:page": [_document(at("verantwoording")), _document(at("toelichting"))],
        "dcat:distribution": [
            *(_file(file, at(f"download/{file.name}"), base, release) for file in FILES if not file.form),
            _file_of_api(at("api/v1/cijfers"), base, release),
        ],
    }
    service: Node = {
        "@id": f"{base}#api",
        "@type": "dcat:DataService",
        "dct:identifier": f"{base}#api",
        "dct:title": _dutch(f"{NAME}: open API"),
        "dct:description": _dutch("Dezelfde cijfers, te filteren en per pagina, als JSON, CSV en JSON-stat."),
        "dcat:endpointURL": _link(at("api/v1/")),
        "dcat:endpointDescription": _link(at("api/v1/openapi.json")),
        "dcat:servesDataset": _link(dataset["@id"]),
        "dct:license": _link(LICENCE),
        "dct:creator": _link(owner),
        "foaf:page": _document(at("api")),
    }
    catalog: Node = {
        "@id": f"{base}#catalogus",
        "@type": "dcat:Catalog",
        "dct:title": _dutch(f"Catalogus van {NAME}"),
        "dct:description": _dutch("De dataset en de API van dit dashboard."),
        "foaf:homepage": _document(at()),
        "dct:license": _link(LICENCE),
        "dct:creator": _link(owner),
        "dcat:dataset": _link(dataset["@id"]),
        "dcat:service": _link(service["@id"]),
    }
    agent: Node = {
        "@id": owner,
        "@type": "foaf:Agent",
        "foaf:name": _dutch(publisher.name or f"Beheerder van het dashboard op {site}"),
    }
    entries = [catalog | shared, dataset | shared | open_to_all, service | shared | open_to_all, agent, contact]
    return {"@context": CONTEXT, "@graph": entries}


def _link(at: str) -> Node:
    return {"@id": at}


def _document(at: str) -> Node:
    return {"@id": at, "@type": "foaf:Document"}


def _dutch(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def _day(day: str) -> Node:
    return {"@value": day, "@type": "xsd:date"}


def _dated(release: Release) -> Node:
    """When the release appeared, where that is known."""
    appeared = published(release)
    return {"dct:modified": _day(appeared.isoformat())} if appeared else {}


@per_release
def _years(release: Release) -> tuple[int, int]:
    """The first and last year that the figures are about."""
    found = [periods.period(code) for code in release.store.table.text["periode"].names]
    ends = [int(p.code[-4:]) if p.kind == "reeks jaren" else p.year for p in found]
    return min(p.year for p in found), max(ends)


def _span(release: Release) -> Node:
    first, last = _years(release)
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(f"{first}-01-01"),
        "dcat:endDate": _day(f"{last}-12-31"),
    }


def _distribution(name: str, title: str, base: str, release: Release) -> Node:
    return {
        "@id": f"{base}#{name}",
        "@type": "dcat:Distribution",
        "dct:title": _dutch(title),
        "dct:license": _link(LICENCE),
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _dutch(RIGHTS)},
        "dct:language": _link(f"{EU}language/NLD"),
    } | _dated(release)


def _file(file: File, at: str, base: str, release: Release) -> Node:
    format, media = FORMATS.get(file.mime, ZIPPED)
    return _distribution(file.name, file.title, base, release) | {
        "dct:description": _dutch(file.text),
        "dcat:accessURL": _link(at),
        "dcat:downloadURL": _link(at),
        "dct:format": _link(f"{EU}file-type/{format}"),
        "dcat:mediaType": _link(f"https://www.iana.org/assignments/media-types/{media}"),
    }


def _file_of_api(at: str, base: str, release: Release) -> Node:
    return _distribution("cijfers.json", "Cijfers per pagina, uit de API", base, release) | {
        "dcat:accessURL": _link(at),
        "dcat:accessService": _link(f"{base}#api"),
        "dct:format": _link(f"{EU}file-type/JSON"),
        "dcat:mediaType": _link("https://www.iana.org/assignments/media-types/application/json"),
    }
