"""Who says, claims or denies what: speech verbs before and after quotations, "menurut", "dikutip dari"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lang.pack import Pack
from kg.model import Stance
from kg.nlp.events_names import core
from kg.nlp.events_subject import agent, subject
from kg.nlp.events_text import At, Text, grammar
from kg.nlp.layers import Chain, Saying

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPEAKER_REACH = 10
"""How many words after a speech word its speaker's first name may stand (titles come between)."""

POINT_REACH = 6
"""How many words after a denial what it points back to may end: "membantah tudingan Amerika Serikat itu"."""
BACK = 2
"""How many sentences before a denial what it points back to may be told."""
UNVERIFIED_BACK = 3
"""How many sentences before "belum dapat diverifikasi" the reports meant may stand."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of speech.toml: stance by speech word, and the words around it."""

    before: dict[str, Stance]
    after: dict[str, Stance]
    free_after: frozenset[str]
    denied: frozenset[str]
    unless_denied: frozenset[str]
    fabrications: frozenset[str]
    unverified: frozenset[str]
    rejects: frozenset[str]
    claim_nouns: frozenset[str]
    via: frozenset[str]
    quotes: frozenset[str]
    pointing: frozenset[str]
    retold: frozenset[str]
    contested: frozenset[str]
    told: frozenset[str]
    authorities: frozenset[str]
    bribes: frozenset[str]
    payments: frozenset[str]


@lru_cache(maxsize=4)
def speech(pack: Pack) -> Speech:
    """The speech words of a language pack."""
    table = pack.table("speech")
    stances: dict[Stance, str] = {"reports": "", "claims": "claims_", "denies": "denies_"}
    sets = [name for name in table if not name.endswith(("before", "after")) or name == "free_after"]
    return Speech(
        before={word: stance for stance, prefix in stances.items() for word in table[f"{prefix}before"]},
        after={word: stance for stance, prefix in stances.items() for word in table[f"{prefix}after"]},
        **{name: frozenset(table[name]) for name in sets},
    )


def sayings(doc: Doc, chains: Sequence[Chain], pack: Pack) -> tuple[Saying, ...]:
    """Every stretch of text that someone says, claims or denies, in order."""
    return said(Text(doc, chains, grammar(pack)), speech(pack))


def said(text: Text, words: Speech) -> tuple[Saying, ...]:
    """The sayings of a Doc already laid out."""
    found = [saying for sentence in text.sentences for saying in _in_sentence(text, sentence, words)]
    return tuple(sorted(found, key=lambda saying: (saying.start, saying.end, saying.cue)))


def claimant(text: Text, verb: int) -> list[At]:
    """The names in the subject of a verb of claiming or denying, whichever of its nouns has them."""
    subjects = (child for child in text.children.get(verb, ()) if text.dep[child].startswith("nsubj") and child < verb)
    return subject(text, verb) or next((names for c in subjects if (names := core(text, *text.subtree(c)))), [])


def authority(text: Text, token: int, words: Speech) -> str | None:
    """The investigating body named last before a token, else the next one after it."""
    bodies = [name for name in text.names if name.type == "organization" and _investigates(text, name, words)]
    before = [name for name in bodies if name.start < token]
    return next((name.key for name in (*before[::-1], *bodies)), None)


def investigating(text: Text, key: str, words: Speech) -> bool:
    """True for an investigating body and for whoever speaks for one."""
    body = text.bodies.get(key, key)
    return any(name.key == body and _investigates(text, name, words) for name in text.names)


def _investigates(text: Text, name: At, words: Speech) -> bool:
    first = text.words[name.start : min(name.start + 2, name.end)]
    return bool({first[0], " ".join(first)} & words.authorities)


def _in_sentence(text: Text, sentence: tuple[int, int], words: Speech) -> Iterator[Saying]:
    first, end = sentence
    found: list[Saying] = []
    via = None
    for token in range(first, end):
        word = text.words[token]
        if word in words.via:
            via = next((name.key for name in _names_after(text, token, end)), via)
        elif token not in text.at and _is_after(text, token, first, words):
            found.extend(_after(text, token, sentence, words))
        elif word in words.before or word in words.rejects:
            found.extend(_before(text, token, sentence, words))
        elif word in words.told or word in words.denied:
            found.extend(_told(text, token, first, words))
        elif word in words.unverified and words.unless_denied & {*text.words[max(token - 3, first) : token]}:
            yield Saying(_back(text, first, UNVERIFIED_BACK), first, (), "claims", word)
    if via is not None and not found:
        yield Saying(first, end, (via,), "reports", "via", via)
    for saying in found:
        yield _with_via(saying, via)


def _is_after(text: Text, token: int, first: int, words: Speech) -> bool:
    """A speech word whose speaker follows: after a quotation mark or a comma, or one that needs none."""
    word = _bare(text, token, words)
    if word not in words.after:
        return False
    return word in words.free_after or token == first or text.words[token - 1] in words.quotes | {",", "."}


def _with_via(saying: Saying, via: str | None) -> Saying:
    return Saying(saying.start, saying.end, saying.speakers, saying.stance, saying.cue, via)


def _bare(text: Text, token: int, words: Speech) -> str:
    """A speech word without its enclitic: "kata" for "katanya"."""
    word = text.words[token]
    return next((word[: -len(e)] for e in text.grammar.enclitics if word.endswith(e)), word)


def _before(text: Text, token: int, sentence: tuple[int, int], words: Speech) -> Iterator[Saying]:
    first, end = sentence
    stance = _stance(text, token, end, words)
    speakers = _keys(subject(text, token))
    if stance is None or not speakers:
        return
    start, stop = token + 1, end
    if stance == "denies" and _points_back(text, token + 1, token + POINT_REACH, words):
        said_here = any(words.before.get(word) for word in text.words[first:token])
        start, stop = (first, token) if said_here or not first else (_back(text, first, BACK), first)
    yield Saying(start, stop, speakers, stance, text.words[token])
    claimants = _claimants(text, token, end, words) if stance == "denies" else ()
    if claimants:
        yield Saying(token + 1, end, claimants, "claims", text.words[token])


def _stance(text: Text, token: int, end: int, words: Speech) -> Stance | None:
    """What a speech verb makes of its content; None where it is none: "tak menampik", "menolak usul"."""
    stance = words.before.get(text.words[token])
    if stance == "reports":
        return "denies" if _fabricated(text, token, end, words) else stance
    if stance == "claims":
        return None if _is_denied(text, token, words) else stance
    negated = token > 0 and text.words[token - 1] in words.unless_denied
    rejects = stance == "denies" or words.claim_nouns & {*text.words[token + 1 : token + 3]}
    return "denies" if rejects and not negated else None


def _fabricated(text: Text, token: int, end: int, words: Speech) -> bool:
    """True for "menyebut laporan itu sebagai rekayasa": a speech verb that denies what it points back to."""
    if not _points_back(text, token + 1, token + 4, words):
        return False
    pairs = (" ".join(pair) for pair in pairwise(text.words[token:end]))
    return bool(words.fabrications & {*text.words[token:end], *pairs})


def _points_back(text: Text, start: int, end: int, words: Speech) -> bool:
    """True where what was told before is named again: "tuduhan itu", "hal tersebut", "tudingan AS itu"."""
    nouns = words.claim_nouns | words.retold
    between = [text.words[token] for token in range(start, min(end, len(text.words))) if token not in text.at]
    return any(one in nouns and other in words.pointing for one, other in pairwise(between))


def _back(text: Text, first: int, sentences: int) -> int:
    """Where so many sentences before one begin, the headline left out."""
    number = text.sentence_of[first]
    start, _ = text.sentences[max(number - sentences, 0)]
    return min(max(start, text.headline_end), first)


def _is_denied(text: Text, token: int, words: Speech) -> bool:
    """True for the "klaim" of "menolak klaim Amerika": a noun, and no claim of the subject's."""
    before = {*text.words[max(token - 2, 0) : token]}
    return bool(before & words.rejects) or any(words.before.get(word) == "denies" for word in before)


def _told(text: Text, token: int, first: int, words: Speech) -> Iterator[Saying]:
    """ "Hal itu disampaikan Budi", "tudingan itu dibantah Budi": of what the sentences before tell."""
    speakers = _keys(agent(text, token) or _next_name(text, token))
    if not speakers:
        return
    denies = text.words[token] in words.denied
    if denies and not _points_back(text, first, token, words):
        yield Saying(first, token, speakers, "denies", text.words[token])
    elif denies and first:
        yield Saying(_back(text, first, BACK), first, speakers, "denies", text.words[token])
    elif first:
        stance: Stance = "claims" if words.contested & {*text.words[first:token]} else "reports"
        yield Saying(text.sentence(first - 1)[0], token, speakers, stance, text.words[token])


def _next_name(text: Text, token: int) -> list[At]:
    """The name right after a passive verb, where the parse has no agent: "dibantah (oleh) Budi"."""
    place = token + 1 + bool(text.grammar.by & {*text.words[token + 1 : token + 2]})
    return [text.at[place]] if place in text.at else []


def _claimants(text: Text, token: int, end: int, words: Speech) -> tuple[str, ...]:
    """Whose claim is denied: "menolak klaim Amerika bahwa ..."."""
    for index in range(token + 1, min(token + 3, end)):
        if text.words[index] in words.claim_nouns:
            stop = next((i for i in range(index, end) if text.words[i] in text.grammar.clause_words), end)
            return _keys(core(text, index, min(stop, index + 5)))
    return ()


def _after(text: Text, token: int, sentence: tuple[int, int], words: Speech) -> Iterator[Saying]:
    first, end = sentence
    speakers = _keys(_names_after(text, token, end))
    if text.words[token] != _bare(text, token, words):
        speakers = speakers[:0]
    stance = words.after.get(_bare(text, token, words))
    if not speakers or stance is None:
        return
    if token == first or text.words[token - 1] not in words.quotes | {",", "."}:
        comma = next((i for i in range(token, end) if text.words[i] == ","), token)
        yield Saying(comma, end, speakers, stance, text.words[token])
    if token > first:
        yield Saying(_quotation_start(text, token, first, words), token, speakers, stance, text.words[token])


def _quotation_start(text: Text, token: int, first: int, words: Speech) -> int:
    """Where the words spoken before "kata X" begin: the opening quotation mark, else the sentence."""
    number = text.sentence_of[token]
    if text.words[token - 1] not in words.quotes and text.words[max(token - 2, 0)] not in words.quotes:
        return first
    marks = 0
    while number >= 0:
        start, end = text.sentences[number]
        marks += sum(word in words.quotes for word in text.words[start : min(end, token)])
        if marks >= 2 or any("\n" in word for word in text.words[start - 1 : start]):
            return start
        number -= 1
    return first


def _names_after(text: Text, token: int, end: int) -> list[At]:
    stop = end
    for index in range(token + 1, end):
        if index in text.at:
            continue
        if text.words[index] in text.grammar.clause_words or text.pos[index] == "VERB":
            stop = index
            break
        if text.words[index] in text.grammar.prepositions and index > token + 1:
            stop = index
            break
    names = core(text, token + 1, stop)
    return [name for name in names[:2] if name.start - token <= SPEAKER_REACH]


def _keys(names: Sequence[At]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.key for name in names))
