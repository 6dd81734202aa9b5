"""Where an article says that two names are one: "alias", "yang akrab disapa", "sapaan akrab"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.lang.pack import Pack

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Naming:
    """Tokens ``start`` to ``end`` that say that what stands before and after them are names of one thing."""

    start: int
    end: int
    relative: bool
    """True where they may say it of a noun, "pria yang akrab disapa Nana": the other name stands further before."""
    closed: bool
    """True where no name follows: "Nana, sapaan akrabnya, ..."."""
    personal: bool
    """True where it is said of persons only."""

    @property
    def backward(self) -> bool:
        """True where the other name may stand further before."""
        return self.relative or self.closed


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language pack that say it."""

    phrases: frozenset[str]
    backward: frozenset[str]
    between: frozenset[str]
    relative: frozenset[str]
    pronouns: frozenset[str]
    of_things: frozenset[str]
    choice: frozenset[str]
    parts: frozenset[str]
    listed: frozenset[str]
    filial: frozenset[str]
    inside: frozenset[str]
    """Every word of a phrase."""


@lru_cache(maxsize=2)
def words(pack: Pack) -> Words:
    """The words of ``names.toml``."""
    table = pack.table("names")["naming"]
    sets = {key: frozenset(table[key]) for key in Words.__dataclass_fields__ if key != "inside"}
    phrases = sets["phrases"] | sets["backward"]
    return Words(**sets, inside=frozenset(word for phrase in phrases for word in phrase.split()))


def namings(doc: Doc, pack: Pack) -> Iterator[Naming]:
    """Every naming of a Doc, in order."""
    told, token = words(pack), 0
    while token < len(doc):
        end = _end(doc, token, told)
        said = " ".join(word for i in range(token, end) if (word := _small(doc, i)) not in told.between)
        if said in told.phrases or said in told.backward:
            relative = said.split()[0] in told.relative or any(
                _small(doc, i) in told.pronouns for i in range(token, end)
            )
            personal = told.of_things.isdisjoint(said.split())
            yield Naming(token, end, relative, _is_closed(doc, end, said, told), personal)
        token = max(end, token + 1)


def _is_closed(doc: Doc, end: int, said: str, told: Words) -> bool:
    named = said in told.phrases and end < len(doc) and doc[end].text[:1].isupper()
    return said in told.backward and not named


def _end(doc: Doc, start: int, told: Words) -> int:
    """Where the words of a naming end that may begin at a token: in small letters, but for the first of a sentence."""
    end = start
    while end < len(doc) and (word := _small(doc, end)) in told.between | told.inside:
        if word not in doc[end].text and not doc[end].is_sent_start:
            break
        end += 1
    return end


def _small(doc: Doc, token: int) -> str:
    text = doc[token].lower_
    return text.lstrip("-–") or text
