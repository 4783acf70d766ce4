"""The entry for data catalogues: read by rdflib, with all that DCAT-AP-NL 3.0 makes mandatory."""

from __future__ import annotations

import re
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Literal, Node

from data.release import Release

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
EU = "http://publications.europa.eu/resource/authority/"
# The lower bounds of the SHACL shapes of DCAT-AP-NL 3.0.0 (Geonovum, shapes/300/dcat-ap-nl-SHACL.ttl) together with
# those of DCAT-AP 3.0, on which they build.
MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.dataset],
    DCAT.Dataset: [
        DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.publisher, DCTERMS.creator,
        DCTERMS.accessRights, DCAT.contactPoint, DCAT.theme,
    ],
    DCAT.Distribution: [DCAT.accessURL, DCTERMS.license],
    DCAT.DataService: [
        DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.publisher, DCTERMS.accessRights,
        DCTERMS.license, DCAT.contactPoint, DCAT.endpointURL, DCAT.endpointDescription, DCAT.theme,
    ],
    FOAF.Agent: [FOAF.name],
    VCARD.Kind: [VCARD.fn],
}  # fmt: skip
# What the same shapes allow at most once.
SINGLE = {
    DCAT.Dataset: [DCAT.contactPoint, DCTERMS.identifier, DCAT_VERSION, DCTERMS.publisher],
    DCAT.Distribution: [DCAT.accessService, DCAT.accessURL, DCAT.downloadURL, DCTERMS.license],
    DCAT.DataService: [
        DCAT.contactPoint, DCTERMS.creator, DCAT.endpointURL, DCAT.endpointDescription, DCTERMS.identifier,
        DCTERMS.modified, DCTERMS.publisher,
    ],
    DCAT.Catalog: [DCAT.contactPoint, DCTERMS.publisher],
}  # fmt: skip
# Values from the lists that the profile prescribes.
LISTS = {
    DCTERMS.accessRights: f"{EU}access-right/PUBLIC",
    DCAT.theme: f"{EU}data-theme/[A-Z]{{4}}",
    DCTERMS.language: f"{EU}language/NLD",
    DCTERMS.format: f"{EU}file-type/[A-Z]+",
    DCTERMS.spatial: f"{EU}country/NLD",
    DCTERMS.license: r"http://creativecommons\.org/licenses/by/4\.0/deed\.nl",
    DCAT.mediaType: "https://www.iana.org/assignments/media-types/[a-z]+/.+",
}


@pytest.fixture(scope="module")
def graph(client: FlaskClient) -> Graph:
    answer = client.get("/catalogus.ttl")
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    return Graph().parse(data=answer.text, format="turtle")


def all_of(graph: Graph, kind: Node) -> list[Node]:
    found = sorted(graph.subjects(RDF.type, kind))
    assert found, kind
    return found


def test_everything_mandatory_is_there(graph: Graph) -> None:
    for kind, properties in MANDATORY.items():
        for thing in all_of(graph, kind):
            for each in properties:
                assert list(graph.objects(thing, each)), (thing, each)


def test_nothing_is_there_twice_that_may_be_once(graph: Graph) -> None:
    for kind, properties in SINGLE.items():
        for thing in all_of(graph, kind):
            for each in properties:
                assert len(list(graph.objects(thing, each))) <= 1, (thing, each)


def test_values_come_from_the_prescribed_lists(graph: Graph) -> None:
    for name, pattern in LISTS.items():
        values = list(graph.objects(None, name))
        assert values, name
        for value in values:
            assert isinstance(value, URIRef)
            assert re.fullmatch(pattern, str(value)), value


def test_dates_are_dates_and_words_are_dutch(graph: Graph) -> None:
    for name in (DCTERMS.modified, DCAT.startDate, DCAT.endDate):
        assert {value.datatype for value in graph.objects(None, name) if isinstance(value, Literal)} == {XSD.date}
    for name in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        assert {value.language for value in graph.objects(None, name) if isinstance(value, Literal)} == {"nl"}


def test_every_file_is_there(graph: Graph, client: FlaskClient) -> None:
    for distribution in all_of(graph, DCAT.Distribution):
        for at in graph.objects(distribution, DCAT.accessURL):
            answer = client.get(str(at).removeprefix("http://localhost"))
            assert answer.status_code == 200
            (media,) = graph.objects(distribution, DCAT.mediaType)
            assert str(media).endswith(f"/{answer.mimetype}")
    (described,) = graph.objects(None, DCAT.endpointDescription)
    assert client.get(str(described).removeprefix("http://localhost")).json["openapi"].startswith("3.")


def test_the_makers_are_those_of_the_sources(graph: Graph, release: Release) -> None:
    (dataset,) = all_of(graph, DCAT.Dataset)
    makers = {str(graph.value(maker, FOAF.name)) for maker in graph.objects(dataset, DCTERMS.creator)}
    assert makers == {source.uitgever for source in release.catalogue.sources.values()}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own reader of JSON-LD
def test_the_forms_say_the_same(graph: Graph, client: FlaskClient) -> None:
    for name, form in (("jsonld", "json-ld"), ("rdf", "xml")):
        assert isomorphic(Graph().parse(data=client.get(f"/catalogus.{name}").text, format=form), graph)
    assert client.get("/catalogus.xls").status_code == 404


def test_nobody_is_made_up_as_publisher(graph: Graph) -> None:
    (dataset,) = all_of(graph, DCAT.Dataset)
    publisher, contact = graph.value(dataset, DCTERMS.publisher), graph.value(dataset, DCAT.contactPoint)
    assert "Beheerder" in str(graph.value(publisher, FOAF.name))
    assert str(graph.value(contact, VCARD.hasURL)) == "http://localhost/verantwoording"


def test_the_publisher_is_a_setting(run: Callable[..., CompletedProcess[str]]) -> None:
    code = "import app; print(app.server.test_client().get('/x/catalogus.ttl').text)"
    uri = "https://identifier.overheid.nl/tooi/id/gemeente/gm0000"
    done = run(code, URL_PREFIX="/x/", UITGEVER="Gemeente Voorbeeld", UITGEVER_URI=uri, CONTACT="data@voorbeeld.nl")
    graph = Graph().parse(data=done.stdout, format="turtle")
    (dataset,) = all_of(graph, DCAT.Dataset)
    assert str(dataset).startswith("http://localhost/x/")
    assert graph.value(dataset, DCTERMS.publisher) == URIRef(uri)
    assert str(graph.value(URIRef(uri), FOAF.name)) == "Gemeente Voorbeeld"
    contact = graph.value(dataset, DCAT.contactPoint)
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:data@voorbeeld.nl")


def test_pages_name_it(client: FlaskClient) -> None:
    head = client.get("/download").text.partition("</head>")[0]
    assert '<link rel="describedby" type="text/turtle" href="/catalogus.ttl">' in head
