"""The vocabulary: namespaces, terms, and how the IRIs of articles, passages and reports are made.

Every ``rw:`` term that quads may carry stands here and is declared in ``ontology/*.ttl``; a test compares
them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from kg.config import DEFAULT_BASE
from kg.ids import article_name, report_name
from kg.model import EntityType, Factuality, Field, Span, Stance, Status
from kg.rdf.terms import IRI, XSD

BASE: Final = DEFAULT_BASE

RW: Final = "https://w3id.org/riwayat/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
TIME: Final = "http://www.w3.org/2006/time#"
GAF: Final = "http://groundedannotationframework.org/gaf#"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SCHEMA: Final = "https://schema.org/"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
WIKIDATA: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "gaf": GAF,
    "nif": NIF,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rw": RW,
    "schema": SCHEMA,
    "sem": SEM,
    "skos": SKOS,
    "time": TIME,
    "void": VOID,
    "wd": WIKIDATA,
    "xsd": XSD,
}
"""The prefixes that exports declare; add the project's base as ``""`` or ``id``."""


@lru_cache(maxsize=512)
def rw(name: str) -> IRI:
    """The term of the Riwayat ontology with this local name; event types and roles come as data."""
    return IRI(RW + name)


# Articles and their text
TYPE: Final = IRI(RDF + "type")
ARTICLE: Final = rw("Article")
ARTICLE_ID: Final = rw("articleId")
ISSUED_INFERRED: Final = rw("issuedInferred")
OUTLET: Final = rw("outlet")
URL_TEXT: Final = rw("urlText")
DIGEST: Final = rw("digest")
PRODUCER: Final = rw("producer")
TITLE_OF_WORK: Final = IRI(DCTERMS + "title")
ISSUED: Final = IRI(DCTERMS + "issued")
LANGUAGE: Final = IRI(DCTERMS + "language")
URL: Final = IRI(SCHEMA + "url")

PASSAGE: Final = rw("Passage")
MENTION_CLASS: Final = rw("Mention")
SENTENCE: Final = rw("Sentence")
IN_SENTENCE: Final = rw("inSentence")
CONTEXT: Final = IRI(NIF + "Context")
BEGIN_INDEX: Final = IRI(NIF + "beginIndex")
END_INDEX: Final = IRI(NIF + "endIndex")
ANCHOR_OF: Final = IRI(NIF + "anchorOf")
REFERENCE_CONTEXT: Final = IRI(NIF + "referenceContext")

# Reports: what one article says
ENTITY_REPORT: Final = rw("EntityReport")
ROLE_REPORT: Final = rw("RoleReport")
EVENT_REPORT: Final = rw("EventReport")
IN_ARTICLE: Final = rw("inArticle")
ENTITY_TYPE: Final = rw("entityType")
NAME: Final = rw("name")
SPELLING: Final = rw("spelling")
MENTION: Final = rw("mention")
EVIDENCE: Final = rw("evidence")
DATE_EVIDENCE: Final = rw("dateEvidence")
RULE: Final = rw("rule")
CONFIDENCE: Final = rw("confidence")

# Offices
PERSON_OF: Final = rw("person")
TITLE: Final = rw("title")
BODY: Final = rw("body")
TERRITORY: Final = rw("territory")
STATUS: Final = rw("status")
SINGLE_SEAT: Final = rw("singleSeat")
EARLIEST_START: Final = rw("earliestStart")
LATEST_START: Final = rw("latestStart")
EARLIEST_END: Final = rw("earliestEnd")
LATEST_END: Final = rw("latestEnd")
POSITION: Final = rw("Position")
OF: Final = rw("of")
TENURE: Final = rw("Tenure")
HOLDER: Final = rw("holder")
POSITION_OF: Final = rw("position")
ACTING: Final = rw("acting")
INFERRED: Final = rw("inferred")
MEMBER_DURING: Final = IRI(ORG + "memberDuring")
PROPER_INTERVAL: Final = IRI(TIME + "ProperInterval")
INSTANT: Final = IRI(TIME + "Instant")
HAS_BEGINNING: Final = IRI(TIME + "hasBeginning")
HAS_END: Final = IRI(TIME + "hasEnd")
IN_XSD_DATE: Final = IRI(TIME + "inXSDDate")

# Events
EVENT: Final = rw("Event")
EVENT_TYPE: Final = rw("eventType")
PARTICIPANT: Final = rw("participant")
PLACE_OF: Final = rw("place")
DATE: Final = rw("date")
EARLIEST: Final = rw("earliest")
LATEST: Final = rw("latest")
FACTUALITY: Final = rw("factuality")
ATTRIBUTED_TO: Final = rw("attributedTo")
CLAIMED_BY: Final = rw("claimedBy")
DENIED_BY: Final = rw("deniedBy")
REPORTED_BY: Final = rw("reportedBy")
VIA: Final = rw("via")
THING: Final = rw("thing")

# The resolved graph
PERSON: Final = rw("Person")
ORGANIZATION: Final = rw("Organization")
PLACE: Final = rw("Place")
COUNTRY: Final = rw("Country")
ISO_CODE: Final = rw("isoCode")
ATTESTED_BY: Final = rw("attestedBy")
FILLED_IN: Final = rw("filledIn")
BOUNDED_BY: Final = rw("boundedBy")
PREF_LABEL: Final = IRI(SKOS + "prefLabel")
ALT_LABEL: Final = IRI(SKOS + "altLabel")
HIDDEN_LABEL: Final = IRI(SKOS + "hiddenLabel")
EXACT_MATCH: Final = IRI(SKOS + "exactMatch")
CONFLICT: Final = rw("Conflict")
ABOUT: Final = rw("about")
KIND: Final = rw("kind")
SIDE: Final = rw("side")
DOUBT: Final = rw("Doubt")
SCORE: Final = rw("score")
REASON: Final = rw("reason")

# The graph of decisions
DECISION: Final = rw("Decision")
VERDICT: Final = rw("verdict")
DECIDED_LABEL: Final = rw("decidedLabel")
CREATOR: Final = IRI(DCTERMS + "creator")
DECIDED_ON: Final = IRI(DCTERMS + "date")
COMMENT: Final = IRI(RDFS + "comment")
SAME_AS: Final = IRI(OWL + "sameAs")
DIFFERENT_FROM: Final = IRI(OWL + "differentFrom")

# The graph of links
LINK: Final = rw("Link")
ITEM: Final = rw("item")
MATCHED_BY: Final = rw("matchedBy")
SOURCE: Final = IRI(DCTERMS + "source")

# The graph of the description
LABEL: Final = IRI(RDFS + "label")
VERSION_INFO: Final = IRI(OWL + "versionInfo")
PRIMARY_TOPIC: Final = IRI(FOAF + "primaryTopic")
IDENTIFIER: Final = IRI(DCTERMS + "identifier")
DESCRIPTION: Final = IRI(DCTERMS + "description")
CONFORMS_TO: Final = IRI(DCTERMS + "conformsTo")
FORMAT: Final = IRI(DCTERMS + "format")
TEMPORAL: Final = IRI(DCTERMS + "temporal")
PERIOD: Final = IRI(DCTERMS + "PeriodOfTime")
DATASET_DESCRIPTION: Final = IRI(VOID + "DatasetDescription")
VOID_DATASET: Final = IRI(VOID + "Dataset")
SUBSET: Final = IRI(VOID + "subset")
TRIPLES: Final = IRI(VOID + "triples")
ENTITIES: Final = IRI(VOID + "entities")
DISTINCT_SUBJECTS: Final = IRI(VOID + "distinctSubjects")
DISTINCT_OBJECTS: Final = IRI(VOID + "distinctObjects")
CLASS_PARTITION: Final = IRI(VOID + "classPartition")
PARTITION_CLASS: Final = IRI(VOID + "class")
PROPERTY_PARTITION: Final = IRI(VOID + "propertyPartition")
PARTITION_PROPERTY: Final = IRI(VOID + "property")
VOCABULARY: Final = IRI(VOID + "vocabulary")
URI_SPACE: Final = IRI(VOID + "uriSpace")
EXAMPLE_RESOURCE: Final = IRI(VOID + "exampleResource")
SPARQL_ENDPOINT: Final = IRI(VOID + "sparqlEndpoint")
DCAT_DATASET: Final = IRI(DCAT + "Dataset")
START_DATE: Final = IRI(DCAT + "startDate")
END_DATE: Final = IRI(DCAT + "endDate")
DISTRIBUTION: Final = IRI(DCAT + "distribution")
DCAT_DISTRIBUTION: Final = IRI(DCAT + "Distribution")
MEDIA_TYPE: Final = IRI(DCAT + "mediaType")
DATA_SERVICE: Final = IRI(DCAT + "DataService")
ENDPOINT_URL: Final = IRI(DCAT + "endpointURL")
SERVES_DATASET: Final = IRI(DCAT + "servesDataset")
GENERATED_BY: Final = IRI(PROV + "wasGeneratedBy")
ACTIVITY: Final = IRI(PROV + "Activity")
USED: Final = IRI(PROV + "used")
PROV_ENTITY: Final = IRI(PROV + "Entity")

ENTITY_CLASSES: Final[dict[EntityType, IRI]] = {
    "person": PERSON,
    "organization": ORGANIZATION,
    "place": PLACE,
}
STATUSES: Final[dict[Status, IRI]] = {
    "current": rw("current"),
    "former": rw("former"),
    "acting": rw("acting"),
    "future": rw("future"),
}
FACTUALITIES: Final[dict[Factuality, IRI]] = {
    "actual": rw("actual"),
    "planned": rw("planned"),
    "claimed": rw("claimed"),
    "denied": rw("denied"),
}
STANCES: Final[dict[Stance, IRI]] = {"reports": REPORTED_BY, "claims": CLAIMED_BY, "denies": DENIED_BY}

_WEB = re.compile(
    r"https?://(?:[A-Za-z0-9._~!$&'()*+,;=:@\-\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})+"
    r"(?:[/?](?:[A-Za-z0-9._~!$&'()*+,;=:@/?\-\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\-\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})*)?"
)
_HOST = re.compile(r"(?:[^@/?#:]+@)?[^@/?#:]+(?::[0-9]{0,5})?")


def web_iri(url: str) -> IRI | None:
    """The IRI of a web address; None where the text is no valid http(s) IRI."""
    if _WEB.fullmatch(url) is None:
        return None
    host = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    return IRI(url) if _HOST.fullmatch(host) else None


def wikidata(item: str) -> IRI:
    """The IRI of an item of Wikidata: ``Q252``."""
    return IRI(WIKIDATA + item)


def checked_base(base: str) -> str:
    """A base that IRIs can be made on. Raises ValueError unless it is a web address ending in ``/``."""
    if web_iri(base) is None or not base.endswith("/") or "#" in base or "?" in base:
        raise ValueError(f"not a base for IRIs: {base!r}; give a web address that ends in /")
    return base


def resource(base: str, path: str) -> IRI:
    """The IRI under the base of a path of slugs: ``person/sergei-shoigu``, ``tenure/...``."""
    return IRI(base + quote(path, safe="/-._~"))


def article_iri(article_id: str, base: str = BASE) -> IRI:
    """The IRI of an article, which is also that of its named graph."""
    return IRI(f"{base}article/{article_name(article_id)}")


def report_iri(article: IRI, key: str) -> IRI:
    """The IRI of an entity, role or event report inside its article, from its key."""
    return IRI(f"{article.value}#{report_name(key)}")


def passage_iri(article: IRI, span: Span) -> IRI:
    """The IRI of a stretch of an article: ``<A#text-12-25>``."""
    return IRI(f"{article.value}#{span.field}-{span.begin}-{span.end}")


def context_iri(article: IRI, field: Field) -> IRI:
    """The IRI of the field that offsets count in: ``<A#text>`` or ``<A#title>``."""
    return IRI(f"{article.value}#{field}")


def resolved_graph(base: str = BASE) -> IRI:
    """The IRI of the named graph with what all articles together say."""
    return resource(base, "graph/resolved")


def decisions_graph(base: str = BASE) -> IRI:
    """The IRI of the named graph with what people decided on identities."""
    return resource(base, "graph/decisions")


def default_graph(base: str = BASE) -> IRI:
    """The IRI of the named graph with what people gave to the default graph."""
    return resource(base, "graph/default")


def is_article(graph: str, base: str = BASE) -> bool:
    """True for the IRI of the graph of an article."""
    return graph.startswith(f"{base}article/")


def is_built(graph: str, base: str = BASE) -> bool:
    """True for the IRI of a graph that kg makes, or may make one day, and nobody else writes."""
    return is_article(graph, base) or graph.startswith(f"{base}graph/")


def skolem_iri(name: str, base: str = BASE) -> IRI:
    """What stands for a blank node of an added graph (RDF 1.1 Concepts, section 3.5)."""
    return resource(base, f".well-known/genid/{name}")


def links_graph(base: str = BASE) -> IRI:
    """The IRI of the named graph with the items of the world that identities are."""
    return resource(base, "graph/links")


def description_graph(base: str = BASE) -> IRI:
    """The IRI of the named graph that says how much the others hold."""
    return resource(base, "graph/description")
