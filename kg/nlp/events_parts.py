"""Who takes part in what a trigger tells, by grammatical function: the names that the frame of its group asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.nlp.events_lists import listed
from kg.nlp.events_names import core
from kg.nlp.events_subject import (
    OPENING,
    agent,
    following,
    person_before,
    phrase_end,
    speaker_before,
    stands_for,
    subject,
)
from kg.nlp.events_text import At, Text
from kg.nlp.events_triggers import Trigger

OBJECT_REACH = 9
"""How many words after the trigger an object's first name may stand (titles come between)."""
PRONOUN_REACH = 3
"""How many words after a trigger or a preposition a pronoun for a phrase without names may stand."""
LIGHT_REACH = 4
"""How many words before a noun the verb that carries it may stand: "melakukan kunjungan kerja"."""
PRESENT = "present"
"""The function of who attends: "pertemuan itu dihadiri X"."""
AIMED = "aimed"
"""The function of what a noun is aimed at: "serangan yang menargetkan X"."""
MATTER = "matter"
"""The function of what a case is about: "tersangka kasus korupsi Bank Merak"."""
UNDERGO = "undergo"
"""The function of whom a noun is done to, told by a verb before it: "X tewas dalam serangan"."""
LISTED = "listed"
"""The function of those whom a list after the trigger names."""
JOINT = "joint"
"""The function of the further members of a subject: "Budi dan Siti membahas X"."""
COMPANY = "company"
"""The function of who comes along: "tiba di Solo didampingi X"."""
FRAMED = "framed"
"""The function of whoever does something else meanwhile: "kata Budi usai kunjungan" (not: "usai kunjungan Rangga")."""
AIDED = "aided"
"""The function of who is helped by it: "membantu X bertahan dengan memasok amunisi"."""
FIRST = {"active": "object", "bare": "object", "passive": "agent", "noun": "of"}
"""The function of names right after a trigger, by its kind."""
MARKS = frozenset({";", ":"})
QUOTES = frozenset({'"', "“", "”"})
BY_REACH = 3
"""How many words after a passive verb its "oleh" may stand ("ditandatangani langsung oleh")."""


@dataclass(slots=True)
class Parts:
    """Names by function, in order of the text."""

    filled: dict[str, list[At]] = field(default_factory=dict)

    def put(self, function: str, names: Sequence[At]) -> None:
        """Adds names to a function."""
        if names:
            self.filled.setdefault(function, []).extend(names)


def parts(text: Text, trigger: Trigger) -> Parts:
    """The names around a trigger by grammatical function."""
    found = Parts()
    if trigger.group.kind == "noun":
        _noun_subject(text, trigger, found)
    else:
        acting = subject(text, trigger.start)
        found.put("subject", acting)
        found.put(JOINT, [name for name in acting[1:] if name.type == acting[0].type])
        found.put(AIDED, _aided(text, trigger.start))
    _after(text, trigger, found)
    for function, names in list(_parsed(text, trigger)):
        if function not in found.filled:
            found.put(function, names)
    if not any(name.type == "person" for name in found.filled.get("of", ())):
        found.put("subject", found.filled.get(FRAMED, ()))
    if trigger.group.kind == "noun" and not found.filled.keys() & {"of", "subject"}:
        found.put("of", _possessor(text, trigger))
    _listed(text, trigger, found)
    return found


def _aided(text: Text, verb: int) -> list[At]:
    """Whom the verb of the clause above helps, where a verb only tells how."""
    first, _ = text.sentence(verb)
    if text.words[verb - 1] not in text.grammar.manner or verb == first:
        return []
    helping = next((i for i in range(verb - 2, first - 1, -1) if text.words[i] in text.grammar.helping), None)
    if helping is None:
        return []
    end = next((i for i in range(helping + 1, verb) if text.pos[i] == "VERB" and i not in text.at), verb)
    return core(text, helping + 1, end)


def _listed(text: Text, trigger: Trigger, found: Parts) -> None:
    """Who is meant where only a number is told and a list follows: "menetapkan dua tersangka. Mereka ialah: ..."."""
    roles = {function: role.partition(":")[0] for function, role in trigger.group.frame}
    role = roles.get(LISTED)
    if role is not None and not any(found.filled.get(function) for function in roles if roles[function] == role):
        found.put(LISTED, listed(text, trigger.start))


def _noun_subject(text: Text, trigger: Trigger, found: Parts) -> None:
    """Who does what a noun says: the subject of the verb that carries it, or of the clause it frames."""
    harm = _harm(text, trigger)
    if harm is not None:
        found.put(UNDERGO, subject(text, harm))
        return
    verb, function = _carrier(text, trigger.start)
    if verb is not None:
        found.put(function, subject(text, verb))
        return
    speaking = speaker_before(text, trigger.start)
    if speaking:
        found.put(FRAMED, speaking)
        return
    above = text.head[trigger.start]
    cases = [text.words[c] for c in text.children.get(trigger.start, ()) if text.dep[c] == "case"]
    framed = text.dep[trigger.start].startswith("obl") and text.pos[above] == "VERB"
    if framed and text.grammar.meanwhile & {*cases}:
        acting = subject(text, above) or agent(text, above)
        found.put(FRAMED, [name for name in acting if name.type == "person"])
    elif trigger.start and text.words[trigger.start - 1] in text.grammar.meanwhile:
        found.put(FRAMED, [name for name in following(text, trigger.start) if name.type == "person"])


def _harm(text: Text, trigger: Trigger) -> int | None:
    """The verb close before a noun that tells what it did to somebody: "tewas dalam serangan"."""
    if all(function != UNDERGO for function, _ in trigger.group.frame):
        return None
    first, _ = text.sentence(trigger.start)
    near = range(trigger.start - 1, max(first, trigger.start - LIGHT_REACH) - 1, -1)
    return next((index for index in near if text.words[index] in text.grammar.harmed), None)


def _carrier(text: Text, noun: int) -> tuple[int | None, str]:
    """The light verb that a noun hangs on, and what its subject is to the noun."""
    light, undergo = text.grammar.light_active, text.grammar.light_undergo
    first, _ = text.sentence(noun)
    above = text.head[noun]
    near = range(noun - 1, max(first, noun - LIGHT_REACH) - 1, -1)
    for index in (above, *near) if text.dep[noun].startswith("obj") else near:
        word = text.words[index]
        if word in undergo:
            return index, "of"
        if word in light:
            return index, "subject"
        if index in text.at or word in text.grammar.clause_words or word in {",", *text.grammar.meanwhile}:
            break
    return None, ""


def _after(text: Text, trigger: Trigger, found: Parts) -> None:
    """Reads on from a trigger, preposition by preposition, to the end of its clause."""
    functions = {function for function, _ in trigger.group.frame}
    _, end = text.sentence(trigger.start)
    end = _turn(text, trigger, found) or end
    current, start, index = FIRST[trigger.group.kind], trigger.end, trigger.end
    while index <= end:
        if index < end and not _stops(text, index, functions, start):
            index += 1
            continue
        if current in functions:
            _put(found, current, _phrase(text, start, index, current, trigger), trigger)
        following = _goes_on(text, index, current, trigger) if index < end else None
        if following is None:
            return
        current, start = following
        index = start


def _turn(text: Text, trigger: Trigger, found: Parts) -> int | None:
    """Where the clause of a trigger that opens a sentence gives way to its subject: "Bertemu Ian, | Rangga pulang"."""
    acting = {name.start for function in ("subject", FRAMED) for name in found.filled.get(function, ())}
    first, end = text.sentence(trigger.start)
    if trigger.start - first > OPENING:
        return None
    comma = next((i for i in range(trigger.end, end) if text.words[i] == ","), end)
    return comma if comma + 1 in acting else None


def _phrase(text: Text, start: int, end: int, function: str, trigger: Trigger) -> list[At]:
    """The names of a phrase, or whom its pronoun stands for: "bertemu dengan dia", "pertemuan kedua kepala negara"."""
    if function in text.grammar.prepositions or _near(text, start, end, trigger):
        names = core(text, start, end)
        if names:
            return names
    for index in range(start, min(end, start + PRONOUN_REACH)):
        names = stands_for(text, index) or []
        if names or text.pos[index] in ("NOUN", "PROPN"):
            return names
    return []


def _put(found: Parts, function: str, names: Sequence[At], trigger: Trigger) -> None:
    """Names of one function; whose a thing is right after it gives it: "menyerahkan surat (dari) Putin kepada Kim"."""
    thing = trigger.thing
    owned = [name for name in names if function == "object" and thing is not None and name.start > thing]
    found.put(function, [name for name in names if name not in owned])
    found.put("dari", owned)


def _near(text: Text, start: int, end: int, trigger: Trigger) -> bool:
    first = next(text.within(start, end), None)
    return first is not None and first.start - trigger.end <= OBJECT_REACH


def _stops(text: Text, index: int, functions: set[str], start: int) -> bool:
    word = text.words[index]
    if index in text.at:
        return False
    if word in functions and word in text.grammar.prepositions and not _joint(text, index):
        return True
    if word in text.grammar.coordinators:
        return False
    if word == ",":
        return next(text.within(start, index), None) is None
    breaks = word in text.grammar.prepositions or word in text.grammar.clause_words or word in MARKS
    breaks = breaks or (word in text.grammar.accompanied and COMPANY in functions)
    breaks = breaks or (word in text.grammar.copula and PRESENT in functions)
    breaks = breaks or (word in text.grammar.matters and MATTER in functions)
    if text.pos[index] == "VERB" and word not in text.grammar.harmed | text.grammar.naming | text.grammar.marking:
        return True  # "20 orang tewas dan 30 terluka dalam serangan Israel" goes on
    return breaks or (word in QUOTES and _ends_speech(text, index))


def _joint(text: Text, index: int) -> bool:
    """True where "bersama" only says that all take part: "menggelar doa bersama di Ambon"."""
    if text.words[index] not in text.grammar.coordinators:
        return False
    after = index + 1
    return after >= len(text.words) or text.pos[after] == "PUNCT" or text.words[after] in text.grammar.prepositions


def _ends_speech(text: Text, index: int) -> bool:
    """A quotation mark beside a comma or a full stop ends what is said; others only mark words."""
    return bool({",", "."} & {*text.words[max(index - 1, 0) : index + 2]})


def _goes_on(text: Text, index: int, current: str, trigger: Trigger) -> tuple[str, int] | None:
    """The function of what follows a stop and where that begins; None where the clause is over."""
    word, grammar = text.words[index], text.grammar
    if word in grammar.prepositions:
        return word, index + 1
    if word in grammar.relative:
        index += 1
        word = text.words[index] if index < len(text.words) else ""
        if trigger.thing is not None and word in grammar.authored:
            return "dari", _past_by(text, index)
    if word in grammar.led:
        return current, _past_by(text, index)
    if word in grammar.aimed | grammar.accompanied:
        return AIMED if word in grammar.aimed else COMPANY, _past_by(text, index)
    if trigger.group.kind == "noun":
        return _of_noun(text, index, trigger)
    done = word in grammar.light_passive and current in grammar.prepositions
    return (current, index + 1) if done else None  # "tewas dalam serangan yang dilakukan Israel"


def _of_noun(text: Text, index: int, trigger: Trigger) -> tuple[str, int] | None:
    """The function of what follows the predicate of a noun: who attends it, who holds it."""
    word, grammar = text.words[index], text.grammar
    before = text.words[text.sentence(index)[0] : trigger.start]
    if word in grammar.copula and grammar.attending & {*before}:
        return PRESENT, index + 1
    if word in grammar.attended:
        return PRESENT, _past_by(text, index)
    return ("oleh", index + 1) if word in grammar.light_passive else None


def _past_by(text: Text, verb: int) -> int:
    """Where the agent of a passive verb may begin: "ditandatangani (langsung oleh) Putin"."""
    near = range(verb + 1, min(verb + 1 + BY_REACH, len(text.words)))
    return next((i + 1 for i in near if text.words[i] in text.grammar.by), verb + 1)


def _parsed(text: Text, trigger: Trigger) -> Iterator[tuple[str, list[At]]]:
    """What hangs on a trigger in the parse, wherever it stands after it."""
    noun, passive = trigger.group.kind == "noun", trigger.group.kind == "passive"
    wanted = ("nmod",) if noun else ("obj", "obl")
    functions = {function for function, _ in trigger.group.frame}
    for child in text.children.get(trigger.start, ()):
        if child < trigger.end or not text.dep[child].startswith(wanted):
            continue
        cases = [text.words[c] for c in text.children.get(child, ()) if text.dep[c] == "case" and not _joint(text, c)]
        case = next(iter(cases), None)
        function = case or ("of" if noun else "agent" if passive else "object")
        start, end = text.subtree(child)
        if function in functions and function in text.grammar.prepositions:
            yield function, core(text, start, phrase_end(text, child, end))


def _possessor(text: Text, trigger: Trigger) -> list[At]:
    """Whose a noun is by its enclitic: "kedatangannya", of the person named last before it."""
    word = text.words[trigger.end - 1]
    if not word.endswith(text.grammar.possessive) or _possessed(text, trigger.end):
        return []
    first, _ = text.sentence(trigger.start)
    speaker = text.speaker(trigger.start)
    before = [n for n in text.within(first, trigger.start) if n.type == "person" and n.key != speaker]
    return before[-1:] or [name for name in person_before(text, trigger.start) if name.key != speaker]


def _possessed(text: Text, index: int) -> bool:
    """True where the noun after an enclitic says whose it is: "meninggalnya sejumlah warga"."""
    return index < len(text.words) and (index in text.at or text.pos[index] in ("NOUN", "NUM", "PROPN"))


def points_back(text: Text, trigger: Trigger) -> bool:
    """True where a trigger speaks of what was told before: "pertemuan itu", "acara tersebut turut dihadiri X"."""
    grammar, words = text.grammar, text.words
    spoken = {*words[trigger.start : trigger.end], *words[max(trigger.start - 1, 0) : trigger.start]}
    if trigger.group.kind == "passive" and grammar.also & spoken:
        return True
    nouns = [trigger.end] if trigger.group.kind == "noun" else []
    nouns += [trigger.thing + 1] if trigger.thing is not None else []
    nouns += range(trigger.start - 2, trigger.start) if trigger.group.kind == "passive" else []
    return any(0 <= index < len(words) and words[index] in grammar.pointing for index in nouns)
