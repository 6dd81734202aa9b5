"""One event for headline, lead and body: mentions of one type and sense that agree are joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Factuality, Stance
from kg.nlp.layers import Date

ADDS_WITHIN = 60
"""How many words from an event a trigger may stand that only adds to it: two or three sentences."""


@dataclass(slots=True)
class Draft:
    """What one trigger tells, and after merging what several tell together."""

    type: str
    sense: str
    triggers: list[tuple[int, int]]
    participants: set[tuple[str, str]]
    places: list[str]
    date: Date | None
    factuality: Factuality
    attributions: set[tuple[str, Stance, str | None]]
    thing: str | None
    rule: str
    kinds: dict[str, str] = field(default_factory=dict)
    """Type of every chain that takes part."""
    thing_at: int | None = None
    """Where the thing of the trigger stands: a trigger there tells of the same event."""
    told: bool = False
    """True where it speaks of what was told before: "acara tersebut turut dihadiri X"."""
    case: str | None = None
    """The role of who alone acts in the events of this type in an article, where this one names nobody."""
    nearby: str | None = None
    """The investigating body named nearest to it: it acts where the article tells of no body that does."""
    accused: str | None = None
    """The role of whom the events of a case are about in an article, where this one names nobody."""
    count: int | None = None
    """How many persons it happens to, where a number is told."""
    harm: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The roles that victims and culprits have in it."""
    foes: str | None = None
    """The role of those who fight each other in the article, where this one names nobody: "gencatan senjata"."""
    counted: bool = False
    """True for what happens to persons who are counted: untold of whom, two places in an article make no two deaths."""
    complete: bool = True
    """False where what its group needs is missing: it only adds to another."""

    @property
    def keys(self) -> set[str]:
        """The chains that take part."""
        return {key for _, key in self.participants}

    @property
    def persons(self) -> set[str]:
        """The persons who take part."""
        return {key for key in self.keys if self.kinds.get(key) == "person"}

    def apart(self, token: int) -> int:
        """How many words a token stands from the nearest trigger."""
        return min(abs(token - start) for start, _ in self.triggers)


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """The events of an article in order of their first mention."""
    events: list[Draft] = []
    loose: list[Draft] = []
    for draft in drafts:
        if not draft.complete:
            loose.append(draft)
            continue
        home = _home(draft, events)
        if home is None:
            events.append(draft)
        else:
            _join(home, draft)
    for draft in loose:
        home = _nearest(draft, events)
        if home is not None:
            _add(home, draft)
    _fill(events)
    return events


def _fill(events: Sequence[Draft]) -> None:
    """Gives the events of a case whoever the article names for it elsewhere."""
    acting = _acting(events)
    for event in events:
        _fill_case(event, acting)
        _fill_claimant(event, acting)
    accused = _accused(events)
    for event in events:
        _fill_accused(event, accused)


def _acting(events: Sequence[Draft]) -> list[str]:
    """The bodies that act in the cases of an article, as often as they do, in order."""
    return [
        key
        for event in events
        for role, key in sorted(event.participants)
        if role == event.case and event.kinds[key] == "organization"
    ]


def _fill_case(event: Draft, acting: Sequence[str]) -> None:
    """ "Budi ditahan": by whom all the other arrests and searches are made, if that is one body; else who is near."""
    if event.case is None or any(role == event.case for role, _ in event.participants):
        return
    alone = acting[0] if len(set(acting)) == 1 else None
    body = alone if acting else event.nearby
    if body is not None and body not in event.keys:
        event.participants.add((event.case, body))
        event.kinds[body] = "organization"


def _accused(events: Sequence[Draft]) -> dict[str, str]:
    """Whom the cases of an article are about, each with its type."""
    return {
        key: event.kinds[key]
        for event in events
        for role, key in sorted(event.participants)
        if role == event.accused and event.factuality == "actual"
    }


def _fill_accused(event: Draft, accused: Mapping[str, str]) -> None:
    """ "KPK menetapkan dua tersangka": those whom the article names in its other charges and arrests."""
    if event.accused is None or any(role == event.accused for role, _ in event.participants):
        return
    added = {key: kind for key, kind in accused.items() if key not in event.keys}
    event.participants |= {(event.accused, key) for key in added}
    event.kinds.update(added)


def _fill_claimant(event: Draft, acting: Sequence[str]) -> None:
    """ "Budi diduga menerima suap": whoever else is silent on it, the body that leads the case alleges it."""
    told = {stance for _, stance, _ in event.attributions}
    if event.factuality in ("claimed", "denied") and "claims" not in told and len(set(acting)) == 1:
        event.attributions.add((acting[0], "claims", None))


def _add(event: Draft, loose: Draft) -> None:
    """What tells nothing of its own still tells when and where: "Pertemuan itu digelar di Solo, Jumat"."""
    event.triggers.extend(loose.triggers)
    event.date = event.date or loose.date
    event.places = event.places or loose.places


def _home(draft: Draft, events: Sequence[Draft]) -> Draft | None:
    for event in events:
        if event.thing_at is not None and event.thing_at == draft.triggers[0][0] and event.type == draft.type:
            return event  # "mengunjungi pameran"
    fitting = [event for event in events if _compatible(event, draft)]
    if not fitting and draft.told:
        return _told(draft, events)
    return max(fitting, key=lambda event: len(event.keys & draft.keys), default=None)


def _told(draft: Draft, events: Sequence[Draft]) -> Draft | None:
    """The event told last before a mention that points back, where time and place do not speak against it."""
    near = [event for event in events if _alike(event, draft) and _dates_agree(event, draft)]
    fitting = [
        event for event in near if not elsewhere(event, draft) and event.apart(draft.triggers[0][0]) <= ADDS_WITHIN
    ]
    return min(fitting, key=lambda event: event.apart(draft.triggers[0][0]), default=None)


def _compatible(event: Draft, draft: Draft) -> bool:
    if not _alike(event, draft) or not _dates_agree(event, draft) or not _counts_agree(event, draft):
        return False
    if not event.keys or not draft.keys:
        return event.counted or not elsewhere(event, draft)
    if _halves(event, draft):
        return not elsewhere(event, draft)
    shared, whole = event.keys & draft.keys, event.keys <= draft.keys or draft.keys <= event.keys
    if not shared or _rivals(event, draft) or (_turned(event, draft) and not whole):
        return False
    if {event.factuality, draft.factuality} == {"planned", "actual"} and not whole:
        return False
    return bool(event.persons & draft.persons) or not elsewhere(event, draft)


def _halves(event: Draft, draft: Draft) -> bool:
    """True where of one case the one names only who acts and the other only whom it is done to."""
    if event.case is None or draft.case is None:
        return False
    mine, other = {role for role, _ in event.participants}, {role for role, _ in draft.participants}
    return {event.case} in (mine, other) and not mine & other


def _alike(event: Draft, draft: Draft) -> bool:
    """True where type and sense are the same; no sense fits any."""
    same = event.sense == draft.sense or not (event.sense and draft.sense)
    return event.type == draft.type and same


def elsewhere(event: Draft, draft: Draft) -> bool:
    """True where both have places and none in common."""
    return bool(event.places and draft.places) and not set(event.places) & set(draft.places)


def _dates_agree(event: Draft, draft: Draft) -> bool:
    if event.date is None or draft.date is None:
        return True
    return event.date.when.overlaps(draft.date.when)


def _counts_agree(event: Draft, draft: Draft) -> bool:
    """False where two numbers of persons are told, or where one tells of many and the other of one by name."""
    if event.count is None and draft.count is None:
        return True
    if event.count is not None and draft.count is not None:
        return event.count == draft.count
    counted, other = (event, draft) if draft.count is None else (draft, event)
    return len(other.persons) != 1 or counted.count == 1


def _rivals(event: Draft, draft: Draft) -> bool:
    """True where both name persons and neither names only persons of the other."""
    mine, other = event.persons, draft.persons
    return bool(mine - other) and bool(other - mine)


def _turned(event: Draft, draft: Draft) -> bool:
    """True where whoever takes part in both does so in another role: who attacks in one is the target of the other."""
    return not event.participants & draft.participants


def _join(event: Draft, draft: Draft) -> None:
    event.triggers.extend(draft.triggers)
    event.participants |= {(role, key) for role, key in draft.participants if key not in event.keys}
    event.places.extend(place for place in draft.places if place not in event.places)
    if draft.date is not None and (event.date is None or draft.date.when.within(event.date.when)):
        event.date = draft.date
    event.factuality = _surer(event.factuality, draft.factuality)
    event.attributions |= draft.attributions
    event.thing = event.thing or draft.thing
    event.kinds.update(draft.kinds)
    event.sense = event.sense or draft.sense
    event.case = event.case or draft.case
    event.accused = event.accused or draft.accused
    event.nearby = event.nearby or draft.nearby
    event.count = event.count or draft.count


def _surer(one: Factuality, other: Factuality) -> Factuality:
    """A denial stands over a claim, a report over a plan, a claim over a plan."""
    order: tuple[Factuality, ...] = ("denied", "claimed", "actual", "planned")
    return min(one, other, key=order.index)


def _nearest(draft: Draft, events: Sequence[Draft]) -> Draft | None:
    near = [event for event in events if _may_add(event, draft) and event.apart(draft.triggers[0][0]) <= ADDS_WITHIN]
    return min(near, key=lambda event: event.apart(draft.triggers[0][0]), default=None)


def _may_add(event: Draft, loose: Draft) -> bool:
    return _alike(event, loose) and _dates_agree(event, loose) and not _rivals(event, loose)
