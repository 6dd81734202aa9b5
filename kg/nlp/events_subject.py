"""The subject of a verb as names: by the parse, from the clause above, by order; pronouns resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.nlp.events_names import core
from kg.nlp.events_standins import STAND_INS, stand_in
from kg.nlp.events_text import At, Text

STEPS = 3
"""How many clauses up the parse a verb without a subject takes the subject from."""
SUBJECT_REACH = 12
"""How far before a verb a subject is looked for where the parse has none."""
OPENING = 1
"""How many words of a sentence may stand before the verb of a clause that opens it."""
CLOSING = frozenset({",", ".", "(", '"', "”", ";", ":"})
"""What no clause goes on with after its subject."""
LED_REACH = 3
"""How many words after a group "dipimpin" may stand: "Ostland, yang dipimpin X"."""
BACK = 3
"""How many sentences back a pronoun's person may stand."""
SHARING = ("conj", "xcomp", "advcl", "ccomp")
"""Clauses that share the subject of the verb above where they have none of their own."""


def subject(text: Text, verb: int, steps: int = STEPS) -> list[At]:
    """The names in the subject of a verb; none where it has no name in it."""
    above = _way(text, verb)
    if steps and above is not None:
        return subject(text, above, steps - 1)
    for child in text.children.get(verb, ()):
        if _is_subject(text, child, verb):
            names = _nominal(text, child, verb)
            return names if names or steps == STEPS else agent(text, verb)
    relative = _antecedent(text, verb)
    if relative is not None:
        return relative
    speaking = speaker_before(text, verb)
    if speaking:
        return speaking
    above = text.head[verb]
    shares = text.dep[verb].startswith(SHARING) and text.sentence_of[above] == text.sentence_of[verb]
    if steps and shares and above != verb:
        own = _left(text, verb) if text.dep[verb] == "conj" and above < text.clause_start(verb) else []
        return own or _shared(text, verb, steps)
    return _left(text, verb) or following(text, verb)


def _way(text: Text, verb: int) -> int | None:
    """The verb whose doing another tells: "menghabisi Budi | dengan cara menikam"."""
    first, _ = text.sentence(verb)
    if (
        verb - 2 < first
        or text.words[verb - 1] not in text.grammar.way
        or text.words[verb - 2] not in text.grammar.manner
    ):
        return None
    return next((i for i in range(verb - 3, first - 1, -1) if text.pos[i] == "VERB" and i not in text.at), None)


def _is_subject(text: Text, child: int, verb: int) -> bool:
    """True for a subject of a verb; what follows a verb that opens a sentence is its object: "Bertemu Ian, ..." """
    if not text.dep[child].startswith("nsubj") or text.words[child] in text.grammar.relative:
        return False
    return child < verb or text.pos[verb] != "VERB" or not following(text, verb)


def _shared(text: Text, verb: int, steps: int) -> list[At]:
    """The subject of a clause without one: the noun it is joined to, the object or the subject of the verb above."""
    above = text.head[verb]
    if text.pos[above] in ("PROPN", "NOUN") and above < verb:
        names = _nominal(text, above, verb)
        if names or text.pos[text.head[above]] != "VERB":
            return names
        above = text.head[above]  # "ditetapkan sebagai tersangka dan ditahan"
    if text.dep[verb] == "xcomp":
        objects = (c for c in text.children[above] if text.dep[c] == "obj" and above < c < verb)
        names = [name for child in objects for name in _nominal(text, child, verb)]
        if names:
            return names  # "mengklaim Korea Utara membantu ..."
    if text.grammar.because & {text.words[c] for c in text.children.get(verb, ()) if text.dep[c] == "mark"}:
        thanked = _thanked(text, above)
        if thanked:
            return thanked  # "berterima kasih kepada X karena telah mengirim ..."
        blamed = _blamed(text, above, verb)
        if blamed is not None:
            return blamed  # "memecat X karena menerima ..."
    manner = text.grammar.manner & {text.words[c] for c in text.children.get(verb, ()) if text.dep[c] == "mark"}
    if manner and text.dep[above] == "xcomp":
        above = text.head[above]  # "X membantu Y bertahan dengan mengirim ..."
    return subject(text, above, steps - 1)


def _thanked(text: Text, verb: int) -> list[At]:
    """To whom a verb is addressed: "berterima kasih kepada X"."""
    for child in text.children.get(verb, ()):
        if text.grammar.addressing & {text.words[c] for c in text.children.get(child, ()) if text.dep[c] == "case"}:
            return core(text, child, phrase_end(text, child, text.subtree(child)[1]))
    return []


def _blamed(text: Text, above: int, verb: int) -> list[At] | None:
    """Whom an active verb is done to for what a clause with "karena" tells; None where that is no person."""
    for child in text.children.get(above, ()):
        if text.dep[child] == "obj" and above < child < verb and not text.words[above].startswith(text.grammar.passive):
            names = [name for name in _nominal(text, child, verb) if name.type == "person"]
            if names or text.words[child] in text.grammar.persons:
                return names
    return None


def agent(text: Text, verb: int) -> list[At]:
    """Who does what a passive verb says: "disampaikan (oleh) Budi"."""
    if not text.words[verb].startswith(text.grammar.passive):
        return []
    for child in text.children.get(verb, ()):
        if child > verb and text.dep[child].startswith(("obl", "obj")):
            cases = {text.words[c] for c in text.children.get(child, ()) if text.dep[c] == "case"}
            if cases <= text.grammar.by:
                names = core(text, child, phrase_end(text, child, text.subtree(child)[1]))
                return _joined(text, names, text.sentence(verb)[1])
    return []


def speaker_before(text: Text, token: int) -> list[At]:
    """Who speaks, for what the speaker does meanwhile: "kata Budi usai menghadiri rapat"."""
    first, end = text.sentence(token)
    if not text.grammar.meanwhile & {*text.words[max(first, token - 2) : token]}:
        return []
    speaking = text.speaking(first, end)
    before = [name for name in text.within(first, token) if name.key in speaking and name.type == "person"]
    return before[-1:]


def _nominal(text: Text, head: int, verb: int) -> list[At]:
    """The names of a noun phrase; whom its head stands for where it has none, or with what joins it."""
    start, end = text.subtree(head)
    end = min(end, verb) if head < verb else end
    pronoun = stands_for(text, head)
    if pronoun and pronoun[0].key in STAND_INS:
        return pronoun
    names = core(text, start, end if pronoun is not None else phrase_end(text, head, end))
    if pronoun is not None:
        apart = names and text.words[head + 1] in text.grammar.coordinators
        return [*(pronoun or text.name_of(text.speaker(head))), *names] if apart else names or pronoun
    if head > verb:
        return names
    if not names:
        return _through(text, head, verb)
    return _split_off(text, names, verb) + _joined(text, names, verb) + _leader(text, names, verb)


def _through(text: Text, head: int, verb: int) -> list[At]:
    """By whom a subject without a name acts: "pemerintah melalui Palang Biru"."""
    if text.words[head + 1] not in text.grammar.through:
        return []
    return core(text, head + 2, phrase_end(text, head + 1, verb))


def _leader(text: Text, names: Sequence[At], verb: int) -> list[At]:
    """Who leads the group that a subject names: "delegasi Ostland yang dipimpin Rangga"."""
    after = names[-1].end if names else verb
    led = next((i for i in range(after, min(after + LED_REACH, verb)) if text.words[i] in text.grammar.led), None)
    return [] if led is None else [name for name in text.within(led, verb) if name.type == "person"][:1]


def _split_off(text: Text, names: Sequence[At], verb: int) -> list[At]:
    """The name that the parse cuts off a subject: "KPK menduga Budi | dan Joko memberi ..." """
    if not names or names[0].start < 2 or text.words[names[0].start - 1] not in text.grammar.coordinators:
        return []
    before = text.at.get(names[0].start - 2)
    if before is None or before.type != names[0].type:
        return []
    return [before] if text.head[text.root(before)] == text.head[verb] else []


def _joined(text: Text, names: list[At], end: int) -> list[At]:
    """Names and those that a coordinator right after them adds, whatever they hang on: "Budi | bersama Joko"."""
    if not names or names[-1].end >= end or text.words[names[-1].end] not in text.grammar.coordinators:
        return names
    start = names[-1].end
    stop = next((i for i in range(start, end) if i not in text.at and text.pos[i] == "VERB"), end)
    added = core(text, start, phrase_end(text, start, stop))
    return [*names, *(name for name in added if name.key not in {each.key for each in names})]


def phrase_end(text: Text, head: int, end: int) -> int:
    """Where the noun phrase of a head is over: at a clause word or a preposition that joins no names."""
    words, grammar = text.words, text.grammar
    for index in range(head + 1, end):
        if words[index] in grammar.origin and next(text.within(head, index), None) is None:
            continue  # "delegasi dari Rusia"
        clause = words[index] in grammar.clause_words
        ends = clause or words[index] in grammar.prepositions
        if ends and index not in text.at and words[index] not in grammar.coordinators:
            return end if not clause and _named_later(text, index, end) else index
    return end


def _named_later(text: Text, start: int, end: int) -> bool:
    """True where the name of a phrase stands behind a place: "seorang pria di Solo berinisial BD"."""
    words, grammar = text.words, text.grammar
    stop = next((i for i in range(start, end) if words[i] in grammar.clause_words or text.pos[i] == "VERB"), end)
    near = range(start, min(stop + 1, end))
    return any(words[index] in grammar.naming for index in near)


def _antecedent(text: Text, verb: int) -> list[At] | None:
    """The names before a "yang" that stands (almost) right before a verb."""
    first, _ = text.sentence(verb)
    for index in range(verb - 1, max(first, verb - 4) - 1, -1):
        if text.words[index] in text.grammar.relative:
            above = text.head[verb]
            if text.dep[verb].startswith("acl") and above in range(first, index):
                return _nominal(text, above, index)
            return core(text, _phrase_start(text, first, index), index)[-1:]
        if index in text.at or text.pos[index] in ("NOUN", "PROPN", "VERB"):
            return None
    return None


def _phrase_start(text: Text, first: int, end: int) -> int:
    for index in range(end - 1, first - 1, -1):
        word = text.words[index]
        breaks = word in text.grammar.prepositions or word in text.grammar.clause_words
        if index not in text.at and (breaks or text.pos[index] == "VERB"):
            return index + 1
    return first


def _left(text: Text, verb: int) -> list[At]:
    """By order: the names before a verb in its clause that no preposition governs."""
    start = max(text.clause_start(verb), verb - SUBJECT_REACH)
    for index in range(verb - 1, start - 1, -1):
        pronoun = stands_for(text, index)
        if pronoun is not None:
            return pronoun
    end = verb
    for index in range(verb - 1, start - 1, -1):
        governs = text.words[index] in text.grammar.prepositions - text.grammar.coordinators
        if governs and index not in text.at:
            end = index
    return core(text, start, end)


def following(text: Text, verb: int) -> list[At]:
    """Of a clause that opens a sentence, the subject of the clause after it: "Setibanya di Ambon, Tania ..."."""
    first, end = text.sentence(verb)
    if verb - first > OPENING or "," not in text.words[verb:end]:
        return []
    if {"NOUN", "PROPN"} & {*text.pos[first:verb]}:
        return []  # "Acara turut dihadiri Ian, Rangga dan Siti"
    comma = text.words.index(",", verb)
    standing = stand_in(text, comma + 1) if comma + 1 < end else None
    if standing is not None:
        return [standing]
    after = [name for name in text.within(comma, end) if _leads(text, name, comma)]
    return after[:1]


def _leads(text: Text, name: At, comma: int) -> bool:
    """True for the subject of what follows a comma: by the parse, or a person right after it with a clause to come."""
    if text.dep[text.root(name)].startswith("nsubj"):
        return True
    if name.type != "person" or name.start != comma + 1 or name.end >= len(text.words):
        return False
    grammar, after = text.grammar, text.words[name.end]
    return after not in CLOSING and after not in grammar.coordinators | grammar.prepositions | grammar.clause_words


def stands_for(text: Text, token: int) -> list[At] | None:
    """Whom a pronoun or a noun such as "pelaku" stands for; None for a word that is none."""
    standing = stand_in(text, token)
    return _pronoun(text, token) if standing is None else [standing]


def _pronoun(text: Text, token: int) -> list[At] | None:
    word = text.words[token]
    if token in text.at:
        return None
    if word in text.grammar.pairs:
        return pair_before(text, token)
    if token and text.words[token - 1] in text.grammar.both:
        return _both(text, token)
    if word in text.grammar.singular | text.grammar.plural:
        speaker = text.speaker(token)
        body = text.bodies.get(speaker or "") if word in text.grammar.plural else None
        return text.name_of(body or speaker)
    if word in text.grammar.they:
        return _speaking_before(text, token) or pair_before(text, token)
    return person_before(text, token) if word in text.grammar.pronouns else None


def _speaking_before(text: Text, token: int) -> list[At]:
    """Who says what a pronoun stands in: "Trump mengatakan dia ...", "Korut membantah bahwa mereka ..."."""
    first, _ = text.sentence(token)
    around = [s for s in text.sayings if first < s.start <= token < s.end]
    denials = [s for s in around if s.stance == "denies"]
    keys = {key for saying in denials or around for key in saying.speakers}
    return [name for name in text.within(first, token) if name.key in keys]


def person_before(text: Text, token: int) -> list[At]:
    """The person a pronoun stands for where no chain says so: who speaks in the sentence before, or leads it."""
    speaking = [name for name in _speaking_before(text, token) if name.type == "person"]
    if speaking:
        return speaking[:1]
    number = text.sentence_of[token]
    for earlier in range(number - 1, max(number - 1 - BACK, -1), -1):
        start, end = text.sentences[earlier]
        persons = [name for name in text.within(start, end) if name.type == "person"]
        talking = text.speaking(start, end)
        speaking = [name for name in persons if name.key in talking]
        if persons:
            return (speaking or persons)[:1]
    return []


def _both(text: Text, token: int) -> list[At] | None:
    """The two that a noun after "kedua" counts, of those named before the ones named most: "kedua tokoh"."""
    word, grammar = text.words[token], text.grammar
    if word in grammar.both_any:
        return pair_before(text, token)
    kind = "person" if word in grammar.both_persons else "place" if word in grammar.both_places else None
    before = [name for name in text.within(0, token) if name.type == kind][::-1]
    times = Counter(name.key for name in before)
    return _last_two(sorted(before, key=lambda name: -times[name.key])) if kind else None


def pair_before(text: Text, token: int) -> list[At]:
    """The last two persons (or else names) of different chains before a token."""
    before = list(text.within(0, token))[::-1]
    return _last_two(name for name in before if name.type == "person") or _last_two(before)


def _last_two(names: Iterable[At]) -> list[At]:
    """The first two of different chains, in order of the text; none where there are fewer."""
    seen: dict[str, At] = {}
    for name in names:
        seen.setdefault(name.key, name)
        if len(seen) == 2:
            return sorted(seen.values())
    return []
