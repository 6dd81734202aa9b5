"""Whether an office of ours and one of an endpoint are one: by title, by body, by country."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from babel import Locale

from kg.config import LANGUAGE
from kg.lang import pack as packs
from kg.lang.offices import english, short_forms
from kg.link.identities import Office
from kg.link.items import HeldOffice
from kg.link.policy import load
from kg.rdf.vocab import wikidata
from kg.resolve import countries
from kg.resolve.names import fold


class Likeness(Enum):
    """How far two offices agree."""

    SAME = "title and body or country"
    TITLE = "title; of what, one side does not tell"
    ELSEWHERE = "title, of another country or body"
    NONE = "other titles"


def compared(ours: Office, theirs: HeldOffice) -> Likeness:
    """How far two offices agree: the best that any label of theirs gives."""
    rests = {rest for label in theirs.labels for form in _forms(ours.title) for rest in _rest(label, form)}
    if not rests:
        return Likeness.NONE
    if rests & _wheres(ours):
        return Likeness.SAME
    if ours.national and ours.country and theirs.countries and (" " in ours.title or "" in rests):
        return Likeness.SAME if theirs.countries & country_items(ours.country) else Likeness.ELSEWHERE
    return Likeness.TITLE if "" in rests or not ours.bodies else Likeness.ELSEWHERE


@lru_cache(maxsize=512)
def country_items(code: str) -> frozenset[str]:
    """The IRIs of a country's items of Wikidata."""
    return frozenset(wikidata(item).value for item in countries.items().get(code, ()))


@lru_cache(maxsize=4096)
def _forms(title: str) -> tuple[str, ...]:
    """A title in all its forms, in Indonesian and English, as labels are compared."""
    pack = packs.load(LANGUAGE)
    forms = (title, *short_forms(title, pack), english(title, pack) or title)
    return tuple(dict.fromkeys(_alike(form) for form in forms))


def _rest(label: str, form: str) -> Iterable[str]:
    """What a label says after a title: of what it is an office; nothing where it is another title."""
    folded = f"{_alike(label)} "
    if folded.startswith(f"{form} "):
        yield " ".join(word for word in folded.removeprefix(form).split() if word not in load().joining)


def _wheres(office: Office) -> frozenset[str]:
    """What may stand after the title, folded: the body; of an envoy also the body and the country it is sent to."""
    bodies = _names(office.bodies)
    territories = _names(office.territories)
    if not territories:
        return bodies
    return territories | {f"{body} {territory}" for body in bodies for territory in territories}


def _names(names: Iterable[str]) -> frozenset[str]:
    """Names as labels are compared; a country under all its names, and its English one."""
    found = {fold(name) for name in names}
    for code in {code for name in names if (code := countries.code(name))}:
        found |= {name for name, (other, _) in countries.by_name().items() if other == code}
        found.add(fold(Locale("en").territories.get(code, "")))
    return frozenset(" ".join(word for word in name.split() if word not in load().joining) for name in found) - {""}


@lru_cache(maxsize=4096)
def _alike(label: str) -> str:
    lower = label.lower()
    for pattern, replacement in load().alike:
        lower = pattern.sub(replacement, lower)
    return fold(lower)
