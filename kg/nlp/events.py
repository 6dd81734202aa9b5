"""The events of a Doc: triggers found, their frames filled with names, mentions of one event joined.

Everything about event types comes from the ontology (events.ttl), every word from the language pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from typing import TYPE_CHECKING

from kg.lang.pack import Pack
from kg.model import Factuality, Stance
from kg.nlp.attribution import Speech, authority, investigating, said, speech
from kg.nlp.events_confidence import confidence
from kg.nlp.events_count import COUNT, count
from kg.nlp.events_factuality import Cues, Reading, cues, reading
from kg.nlp.events_incident import incidents, settle_incidents, share_culprits
from kg.nlp.events_lists import listings
from kg.nlp.events_merge import Draft, merged
from kg.nlp.events_parts import Parts, parts, points_back
from kg.nlp.events_scene import days_of_news, settled
from kg.nlp.events_standins import CULPRIT, FOES, STAND_INS, VICTIM, resolved, with_foes
from kg.nlp.events_text import At, Text, grammar
from kg.nlp.events_triggers import Trigger, forms, index, triggers
from kg.nlp.events_where import date_near, places_near
from kg.nlp.genre import genres
from kg.nlp.layers import Chain, Date, Happening, Role, Saying
from kg.ontology import EventType, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

Attributed = tuple[str, Stance, str | None]

PLACE, DATE, CASE, ACCUSED = "place", "date", "case", "accused"
HARM = {VICTIM: ("harmed",), CULPRIT: ("culprit", ACCUSED)}
"""The functions of the roles that the victims and the culprits of an article have."""
TOLD_OF = frozenset(function for functions in HARM.values() for function in functions)
BELONGING = 1
"""How many words before a person the word for a relative of theirs stands."""
THING_WORDS = 4
"""How many words of a thing (what is given, held, signed) are kept."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every trigger of one Doc is read against."""

    text: Text
    dates: Sequence[Date]
    cues: Cues
    speech: Speech
    kinds: Mapping[str, Mapping[str, str]]


class Reader:
    """Reads the events of Docs of one language with the types of one ontology."""

    def __init__(self, ontology: Ontology, pack: Pack) -> None:
        """Takes what all Docs share."""
        self._pack = pack
        self._index = index(ontology)
        self._grammar = grammar(pack)
        self._speech = speech(pack)
        self._cues = cues(pack)
        clutter = pack.table("boilerplate")
        self._media = frozenset((*clutter["outlets"], *clutter["agencies"]))
        self._types = {each.name: each for each in ontology.types}
        self._kinds = {each.name: _kinds(each) for each in ontology.types}

    def happenings(
        self,
        doc: Doc,
        chains: Sequence[Chain],
        roles: Sequence[Role],
        dates: Sequence[Date],
        published: Day | None = None,
    ) -> tuple[Happening, ...]:
        """The events that an article tells, each once, in order of their first mention."""
        text = Text(doc, chains, self._grammar)
        text.genres = genres(text.words, self._pack)
        text.sayings = said(text, self._speech)
        text.stands_in = True
        text.sources = self._sources(text, chains)
        text.listings = listings(text)
        organizations = {chain.key for chain in chains if chain.type == "organization"}
        text.bodies = {r.person: r.body for r in reversed(roles) if r.body in organizations}
        scene = _Scene(text, dates, self._cues, self._speech, self._kinds)
        drafts = [draft for found in triggers(text, self._index) for draft in _drafts(scene, found)]
        events = merged(with_foes(list(resolved(drafts))))
        share_culprits(text, events, self._types)
        settle_incidents(events, self._types, incidents(text, dates))
        settled(text, events, self._types, days_of_news(text, dates, published))
        return tuple(_happening(event) for event in events)

    def _sources(self, text: Text, chains: Sequence[Chain]) -> frozenset[str]:
        """The media of an article: known ones, and whatever it is quoted from."""
        organizations = {chain.key: chain for chain in chains if chain.type == "organization"}
        known = {key for key, chain in organizations.items() if chain.name.casefold() in self._media}
        quoted = {saying.via for saying in text.sayings if saying.via}
        return frozenset(known | (quoted & organizations.keys()))


def _kinds(event_type: EventType) -> dict[str, str]:
    """The kind that each word names: the first word of its list."""
    return {word: kind[0] for kind in event_type.kinds for word in kind}


def _drafts(scene: _Scene, found: tuple[Trigger, ...]) -> Iterator[Draft]:
    made = [draft for trigger in found if (draft := _draft(scene, trigger)) is not None]
    complete = [draft for draft in made if draft.complete]
    yield from complete[:1] or made[:1]


def _draft(scene: _Scene, trigger: Trigger) -> Draft | None:
    text = scene.text
    how = reading(text, trigger, scene.cues)
    if how.factuality is None:
        return None
    found = parts(text, trigger)
    participants, places, kinds = _fill(text, trigger, found)
    for who in _telling(scene, trigger, participants):
        participants.discard(who)
        kinds.pop(who[1])
    many = count(text, trigger)
    if many is not None:
        participants -= _relatives(participants, many, _role(trigger, COUNT))
        kinds = {key: kinds[key] for _, key in participants}
    factuality, attributions = _attributed(scene, trigger, how)
    draft = Draft(
        type=trigger.group.type,
        sense=_sense(text, trigger, scene.kinds[trigger.group.type]),
        triggers=[(trigger.start, trigger.end)],
        participants=participants,
        places=places or [key for key in places_near(text, trigger) if key not in kinds],
        date=date_near(text, scene.dates, trigger),
        factuality=factuality,
        attributions=attributions,
        thing=_thing(text, trigger),
        rule=f"event:{trigger.group.name}",
        kinds=kinds,
        thing_at=trigger.thing,
        told=points_back(text, trigger),
        case=_role(trigger, CASE),
        accused=_role(trigger, ACCUSED),
        nearby=_nearby(scene, trigger, participants),
        count=many,
        counted=_role(trigger, COUNT) is not None,
        foes=_role(trigger, FOES),
        harm={who: tuple(role for function, role in trigger.group.frame if function in HARM[who]) for who in HARM},
    )
    draft.complete = _complete(trigger.group.needs, draft)
    return draft


def _telling(scene: _Scene, trigger: Trigger, participants: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Whoever speaks for the investigators of a case is neither its culprit nor its victim: "kata Kapolres Budi"."""
    functions = {function for function, _ in trigger.group.frame}
    roles = {role for function, role in trigger.group.frame if function in TOLD_OF or CASE in functions}
    persons = {name.key for name in scene.text.names if name.type == "person"}
    speakers = {key for saying in scene.text.sayings for key in saying.speakers} & persons
    named = [(role, key) for role, key in participants if role in roles and key in speakers]
    return [each for each in named if investigating(scene.text, each[1], scene.speech) or _officer(scene.text, each[1])]


def _officer(text: Text, key: str) -> bool:
    """True for whoever is named with an office or a rank of the police or a court: "Kapolsek Kompol Budi"."""
    names = [name for name in text.names if name.key == key]
    return any(text.grammar.officers & {*text.words[max(name.start - 1, 0) : name.end]} for name in names)


def _nearby(scene: _Scene, trigger: Trigger, participants: set[tuple[str, str]]) -> str | None:
    """The investigating body named nearest to an act of a case that names none of its own."""
    role = _role(trigger, CASE)
    if role is None or any(each == role for each, _ in participants):
        return None
    return authority(scene.text, trigger.start, scene.speech)


def _relatives(participants: set[tuple[str, str]], many: int, role: str | None) -> set[tuple[str, str]]:
    """Whose the counted are, where they are more than the names: "tiga anak Budi tewas" kills no Budi."""
    named = {(each, key) for each, key in participants if each == role}
    return named if len(named) < many else set()


def _role(trigger: Trigger, wanted: str) -> str | None:
    """The role that the frame of a trigger gives to a function."""
    return next((role for function, role in trigger.group.frame if function == wanted), None)


def _sense(text: Text, trigger: Trigger, kinds: Mapping[str, str]) -> str:
    """What a trigger means: the sense of its group, or the kind of event that its words name ("" for any)."""
    if not kinds:
        return trigger.group.sense
    words = trigger.form.split()
    if trigger.thing is not None:
        words = [bare for bare in forms(text, trigger.thing) if bare in kinds][:1] or words
    return next((kinds[word] for word in words if word in kinds), "")


def _attributed(scene: _Scene, trigger: Trigger, how: Reading) -> tuple[Factuality, set[Attributed]]:
    """How surely it is told once those who say so are known, and who they are."""
    covering = [
        _alleging(scene, trigger, saying) for saying in scene.text.sayings if saying.start <= trigger.start < saying.end
    ]
    attributions: set[Attributed] = {(at.key, "claims", None) for at in how.claimants if at.key not in STAND_INS}
    attributions |= {(at.key, "denies", None) for at in how.deniers if at.key not in STAND_INS}
    factuality = _contested(scene, trigger, how.factuality or "actual", covering)
    suspecting = authority(scene.text, trigger.start, scene.speech) if how.suspected else None
    if suspecting is not None and not any(saying.stance == "claims" for saying in covering):
        attributions.add((suspecting, "claims", None))
    for saying in covering:
        if saying.stance != "denies" or factuality == "denied":
            attributions |= {(speaker, saying.stance, saying.via) for speaker in saying.speakers}
    return factuality, attributions


def _contested(scene: _Scene, trigger: Trigger, told: Factuality, covering: Sequence[Saying]) -> Factuality:
    """What claims and denials of it make of an event: what is merely told is contested only where someone tells it."""
    stances = {saying.stance for saying in covering if saying.speakers}
    doubted = any(saying.stance == "claims" and not saying.speakers for saying in covering)
    reported = "reports" in stances and trigger.group.type not in scene.cues.acts
    if told == "actual" and ("claims" in stances or (doubted and reported)):
        told = "claimed"
    back = any(saying.stance == "denies" and _whole(scene.text, saying) for saying in covering)
    if told == "claimed" and "denies" in stances:
        return "denied"
    return "denied" if told == "actual" and back and reported else told


def _whole(text: Text, saying: Saying) -> bool:
    """True for a saying about whole sentences: one that points back."""
    return text.sentence(saying.start)[0] == saying.start and text.sentence(saying.end - 1)[1] == saying.end


def _alleging(scene: _Scene, trigger: Trigger, saying: Saying) -> Saying:
    """What an investigating body says of money given or taken, it alleges."""
    act = trigger.thing is None or trigger.group.type in scene.cues.acts or trigger.form in scene.speech.payments
    bribe = not act and saying.stance == "reports" and scene.text.words[trigger.thing or 0] in scene.speech.bribes
    if bribe and any(investigating(scene.text, key, scene.speech) for key in saying.speakers):
        return replace(saying, stance="claims")
    return saying


def _fill(text: Text, trigger: Trigger, found: Parts) -> tuple[set[tuple[str, str]], list[str], dict[str, str]]:
    participants: set[tuple[str, str]] = set()
    places: list[str] = []
    kinds: dict[str, str] = {}
    for functions, role in trigger.group.frame:
        name, _, kind = role.partition(":")
        function, *others = functions.split("+")
        if not all(other in found.filled for other in others):
            continue
        for at in found.filled.get(function, ()):
            if name == PLACE:
                if at.type == "place" and at.key not in places:
                    places.append(at.key)
            elif (
                name != "-"
                and at.key not in kinds
                and at.type in (kind or at.type).split("|")
                and _takes_part(text, name, at)
            ):
                kinds[at.key] = at.type
                participants.add((name, at.key))
    return participants, places, kinds


def _takes_part(text: Text, role: str, name: At) -> bool:
    """False for a medium that is a mere source ("berbincang dengan detikcom"), and for whose kin it is."""
    if name.type == "person" and text.grammar.belonging & {*text.words[max(name.start - BELONGING, 0) : name.start]}:
        return False  # "uang dari kakak Budi"
    return name.key not in text.sources or role in text.grammar.media_roles


def _complete(needs: Sequence[str], draft: Draft) -> bool:
    """True where every need is met: each by one of its alternatives, and that in all its parts."""
    return all(any(all(_known(part, draft) for part in way.split("+")) for way in need.split("|")) for need in needs)


def _known(need: str, draft: Draft) -> bool:
    role, _, kind = need.partition(":")
    if role == PLACE:
        return bool(draft.places)
    if role == DATE:
        return draft.date is not None
    if role == COUNT:
        return draft.count is not None
    return any(each == role and kind in ("", draft.kinds[key]) for each, key in draft.participants)


def _thing(text: Text, trigger: Trigger) -> str | None:
    if trigger.thing is None:
        return None
    words: list[str] = []
    _, end = text.sentence(trigger.start)
    for token in range(trigger.thing, min(end, trigger.thing + THING_WORDS)):
        if token in text.at or text.words[token] in text.grammar.prepositions | text.grammar.clause_words:
            break
        if text.pos[token] in ("PUNCT", "VERB") and words:
            break
        words.append(text.words[token])
    return " ".join(words) or None


def _happening(draft: Draft) -> Happening:
    return Happening(
        type=draft.type,
        triggers=tuple(draft.triggers),
        participants=tuple(sorted(draft.participants)),
        places=tuple(draft.places),
        date=draft.date,
        factuality=draft.factuality,
        attributions=_stated(draft),
        thing=draft.thing,
        rule=draft.rule,
        confidence=confidence(draft),
        sense=draft.sense,
    )


def _stated(draft: Draft) -> tuple[Attributed, ...]:
    """Who says so; whoever merely reports a contested event is taken for its claimant where none is named."""
    found = set(draft.attributions)
    contested = draft.factuality in ("claimed", "denied")
    if contested and not any(stance == "claims" for _, stance, _ in found):
        deniers = {key for key, stance, _ in found if stance == "denies"}
        found = {(k, "claims" if s == "reports" and k not in deniers else s, via) for k, s, via in found}
    return tuple(sorted(found, key=lambda each: (each[0], each[1], each[2] or "")))
