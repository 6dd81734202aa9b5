"""From title phrases to persons: before the name, after it, by verb, by "politikus itu"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.model import Status
from kg.nlp.titles_echoes import before_successor, echoes, handed
from kg.nlp.titles_link import Link
from kg.nlp.titles_persons import listed_after, listed_before, subject_of, topic
from kg.nlp.titles_phrases import Phrase
from kg.nlp.titles_retold import meant, retold
from kg.nlp.titles_text import At, Page
from kg.nlp.titles_ties import Tied, is_of_kin, tied, undone
from kg.nlp.titles_walk import Body
from kg.nlp.titles_words import fold

PLACED_BY_OTHERS = frozenset({"title:joined", "title:tied", "title:verb", "title:began", "title:left", "title:past"})
"""Rules that make holders of titles without a body, if another title of the person or the sentence has it."""
TEAMS = frozenset({"club"})
"""Of the same kind of body a title before a name takes the one told before it: "Pelatih X A dan *kiper* B"."""
SHARED = 3
"""Of so many names in a list each has the title before the first, unless one alone may hold it; of two the second
is as often somebody beside its holder (by hand)."""


def links(page: Page, found: Sequence[Phrase]) -> tuple[Link, ...]:
    """Every tie of a person to a title phrase of the page, in order of the text."""
    linked: list[Link] = []
    titled: set[At] = set()
    told: dict[int, Tied] = {}
    for group in _groups(page, found):
        made = _before(page, group, titled) or _after(page, group, told)
        told.update((link.phrase.end, _told(link)) for link in made)
        titled.update(link.person for link in made if link.rule != "title:after")
        linked.extend(made)
    linked = [_left(page, later) for link in linked for later in _succeeded(page, link)]
    linked = list(_in_era(page, linked))
    linked.extend((*echoes(page, linked), *handed(page, found, linked)))
    linked.extend(_replaced_him(page, linked))
    return (*linked, *_replaced(page, linked), *_pointed(page, found, linked), *_retold(page, found, linked))


def _told(link: Link) -> Tied:
    """A tie that the next title of a list may share."""
    status = None if link.status in ("current", "acting") else link.status
    return Tied(link.person, link.rule, True, status, link.began, link.ended)


def _groups(page: Page, found: Sequence[Phrase]) -> Iterator[list[Phrase]]:
    """Title phrases that are joined: "Menko Perekonomian sekaligus Ketua Umum Golkar"."""
    group: list[Phrase] = []
    for phrase in found:
        if group and not _joins(page, group[-1], phrase):
            yield from _parts(page, group)
            group = []
        group.append(phrase)
    if group:
        yield from _parts(page, group)


def _parts(page: Page, group: list[Phrase]) -> Iterator[list[Phrase]]:
    """The group, apart at its commas unless it has a name for every title: "Ketua, Sekretaris, dan Bendahara X"."""
    last = group[-1].person
    if last is not None and len(listed_after(page, last)) == len(group):
        yield group
        return
    part = group[:1]
    for left, right in pairwise(group):
        if _joins(page, left, right) == ",":
            yield part
            part = []
        part.append(right)
    yield part


def _joins(page: Page, left: Phrase, right: Phrase) -> str:
    if left.person is not None:
        return ""
    between = page.words[left.stop : right.start]
    if between[:1] == [","] and not left.bodies and set(between[1:]) <= page.vocabulary.conjunctions:
        return ","
    joint = page.vocabulary.joins.start(page.words, left.stop)
    return joint[1] if joint and joint[0] in (right.start, right.core) else ""


def _before(page: Page, group: Sequence[Phrase], titled: Collection[At]) -> list[Link]:
    """Titles before the name; nothing where the last one has no name after it."""
    last = group[-1]
    if last.person is None or _is_apposition(page, group[0], last, titled):
        return []  # "A selaku Ketua X, B selaku ..."
    if last.comma and not (last.capital or last.bodies or last.portfolio):
        return []  # "kata ketua, Budi ..."
    if _is_unreal(page, group[0]) or _is_rank(page, last):
        return []
    persons = listed_after(page, last.person)
    if len(group) > 1 and len(persons) == len(group):
        pairs = zip(group, persons, strict=True)
        return [made for p, who in pairs for made in _link(_of_same(p, last), who, "title:list")]
    if _is_plural(page, last) or _is_shared(last, persons):
        return [made for who in persons for made in _link(last, who, "title:list")]
    holders = [p for p in group[:-1] if _shares_holder(page, p, last)]
    made = [link for p in holders for link in _link(p, last.person, "title:joined")]
    rule = "title:comma" if last.comma else "title:before"
    return [*made, *(_by_verb(page, link) for link in _link(_with_origin(page, last), last.person, rule))]


def _of_same(phrase: Phrase, last: Phrase) -> Phrase:
    """The phrase with the body that the last one names for all: "Bupati dan Wakil Bupati X, A dan B"."""
    return phrase if phrase.bodies else replace(phrase, bodies=last.bodies)


def _shares_holder(page: Page, phrase: Phrase, last: Phrase) -> bool:
    """A joined title belongs to the same person; after a mere "dan" only where it has no body of its own."""
    joint = page.vocabulary.joins.start(page.words, phrase.stop)
    if joint is None:
        return False  # "Ketua, Sekretaris, dan Bendahara X, A"
    return joint[1] == "strong" or not (
        phrase.bodies or phrase.unmarked or (phrase.title.national and not phrase.portfolio)
    )


def _is_plural(page: Page, phrase: Phrase) -> bool:
    return phrase.start > 0 and page.words[phrase.start - 1] in page.vocabulary.plural


def _with_origin(page: Page, phrase: Phrase) -> Phrase:
    """The phrase with the body after the name: "jaksa A *dari Kejaksaan X*"."""
    at = phrase.person.end if phrase.person and not phrase.bodies and not phrase.title.national else len(page.words)
    name = page.at.get(at + 1) if page.words[at : at + 1] == [page.vocabulary.from_word] else None
    organization = name is not None and name.type == "organization"
    return replace(phrase, bodies=(Body(name, ""),)) if name is not None and organization else phrase


def _by_verb(page: Page, link: Link) -> Link:
    """The link, former for "setelah dicopot dari jabatan Ketua X, A ..."."""
    tie = page.vocabulary.ties.end(page.words, link.phrase.start) if link.phrase.comma else None
    past = tie is not None and tie[1] in ("ends", "past") and link.status == "current"
    return replace(link, status="former") if past else link


def _is_rank(page: Page, phrase: Phrase) -> bool:
    """True for "Kapten A", who may lead no team."""
    style = page.vocabulary.styles.start(page.words, phrase.title_start)
    return style is not None and style[0] == phrase.title_end and phrase.title.bound and not phrase.bodies


def _is_unreal(page: Page, phrase: Phrase) -> bool:
    """True for "jika terpilih menjadi Ketua X, A ..."."""
    tie = page.vocabulary.ties.end(page.words, phrase.start) if phrase.comma else None
    return tie is not None and tie[0] > 0 and page.words[tie[0] - 1] in page.vocabulary.negations


def _is_shared(phrase: Phrase, persons: Sequence[At]) -> bool:
    """True for "Wakil Ketua DPR A, B, dan C": several may hold the title, and none has one of their own."""
    return not phrase.title.single and bool(phrase.bodies) and len(persons) >= SHARED


def _is_apposition(page: Page, first: Phrase, last: Phrase, titled: Collection[At]) -> bool:
    """True for "A, Ketua X, B": the title is A's, unless A has one already."""
    if _is_served(page, first, last):
        return True
    tie = tied(page, first, {}) if last.comma else None
    if tie is None or tie.firm:
        return tie is not None
    return tie.person not in titled


def _is_served(page: Page, first: Phrase, last: Phrase) -> bool:
    """True for "A, juru bicara B,": the title is no title of B."""
    name = page.at.get(first.start - 2) if page.words[first.start - 1] == "," and first.start > 1 else None
    bare = not (last.comma or last.capital or last.bodies or last.portfolio)
    after = page.words[last.person.end : last.person.end + 1] if last.person else []
    return bare and after == [","] and name is not None and name.type == "person" and first is last


def _link(phrase: Phrase, person: At, rule: str) -> Iterator[Link]:
    status = _status(phrase, after_comma=phrase.comma)
    alone = phrase.title.of == "state" or not phrase.title.bound
    told_elsewhere = phrase.title.verb or (rule in PLACED_BY_OTHERS and not phrase.portfolio)
    told_elsewhere = told_elsewhere or (rule == "title:before" and phrase.title.of in TEAMS)
    if status is not None and (phrase.bodies or alone or told_elsewhere):
        yield Link(person, phrase, status, rule)


def _status(phrase: Phrase, after_comma: bool) -> Status | None:
    if phrase.standing == "kin":
        return None if after_comma else "current"
    return None if phrase.standing == "none" else phrase.standing


def _after(page: Page, group: Sequence[Phrase], told: Mapping[int, Tied]) -> list[Link]:
    """Titles after the name, tied to it by a comma, a small word or a verb."""
    tie = tied(page, group[0], told if group[-1].person is None else {})
    if tie is None:
        return []
    persons = listed_before(page, tie.person)
    if len(group) > 1 and len(persons) == len(group):
        pairs = [(_of_same(phrase, group[-1]), who) for phrase, who in zip(group, persons, strict=True)]
    else:
        pairs = [(phrase, tie.person) for phrase in group]
    made = [link for phrase, who in pairs for link in _tied_link(page, phrase, replace(tie, person=who))]
    if tie.instead is not None:
        made += [replace(link, person=tie.instead, status="current", began=True, ended=False) for link in made]
    return made


def _tied_link(page: Page, phrase: Phrase, tie: Tied) -> Iterator[Link]:
    if phrase.standing == "kin" or (not tie.firm and not _closes(page, phrase)):
        return
    for link in _link(phrase, tie.person, tie.rule):
        told = "former" if _is_late(page, tie.person) else tie.status
        status = told if told and link.status in ("current", "acting") else link.status
        yield replace(link, status=status, began=tie.began, ended=tie.ended)


def _is_late(page: Page, person: At) -> bool:
    """True for "almarhum X, Ketua Y"."""
    word = page.vocabulary.before.end(page.words, person.start)
    return word is not None and word[1] == "former"


def _closes(page: Page, phrase: Phrase) -> bool:
    """An apposition ends at a comma, a full stop or a new clause; a verb makes the title a subject."""
    word = page.words[phrase.stop] if phrase.stop < len(page.words) else "."
    specific = bool(phrase.bodies or phrase.portfolio or not phrase.title.open or " " in phrase.title.name)
    specific = specific or phrase.standing == "former"
    return specific and (
        word in page.vocabulary.closers or "\n" in word or phrase.stop == page.sentence(phrase.core)[1]
    )


def _left(page: Page, link: Link) -> Link:
    """The link, former for "Kapolres X dicopot": a verb of leaving right after the name."""
    words, at = page.vocabulary, link.person.end
    if link.rule == "title:list":
        at = listed_after(page, link.person)[-1].end
        at += page.words[at : at + 1] == [","]
    if before_successor(page, link) and link.status == "current":
        return replace(link, status="former", ended=True)
    at += link.phrase.comma and page.words[at : at + 1] == [","]
    found = words.leaving.start(page.words, at) or words.handing.start(page.words, at)
    if found is None or link.status != "current" or link.person.start < link.phrase.start:
        return link
    after = page.words[found[0] : found[0] + 2]
    elsewhere = after[:1] == [page.vocabulary.from_word] and after[-1] not in page.vocabulary.seats
    if elsewhere or after[:1] == [page.vocabulary.suspended]:
        return link
    return replace(link, status="former", ended=True)


def _succeeded(page: Page, link: Link) -> Iterator[Link]:
    """The link, or two for "Idrus menggantikan Mensos Khofifah": she held it before, he holds it now."""
    verb = link.phrase.start - 1
    deed = page.vocabulary.deeds.get(page.words[verb]) if 0 <= verb <= link.person.start else None
    if deed != "replaces":
        gone = deed == "dismisses" and link.status == "current" and not undone(page, verb)
        yield replace(link, status="former", ended=True) if gone else link
        return
    yield replace(link, status="former", rule="title:replaced", ended=True)
    subject = subject_of(page, verb)
    if subject is not None:
        yield replace(link, person=subject, rule="title:replaced", began=True)


def _in_era(page: Page, linked: Sequence[Link]) -> Iterator[Link]:
    """The links, "di era Presiden X" former unless the article or titles.toml has X as the holder of today."""
    eras = page.vocabulary.eras
    held = {(o.person.key, o.phrase.title.name) for o in linked if o.status == "current"}
    for link in linked:
        told = link.status == "former" and eras.start(page.words, link.phrase.start) is not None
        today = fold(link.phrase.title.holders[-1]) if link.phrase.title.holders else ""
        holds = today and any(today in name for name in page.spellings(link.person.key))
        holds = holds or (link.person.key, link.phrase.title.name) in held
        yield replace(link, status="current") if told and holds else link


def _replaced_him(page: Page, linked: Sequence[Link]) -> Iterator[Link]:
    """Whom "menggantikannya" means: the person named before the one who takes the office."""
    for link in linked:
        between = range(link.person.end, link.phrase.start)
        if link.status != "current" or not any(
            page.vocabulary.deeds.get(page.words[t]) == "replaces_him" for t in between
        ):
            continue
        start = page.sentences[max(page.sentence_of[link.person.start] - 1, 0)][0]
        before = next(page.persons_back(link.person.start, start), None)
        if before is not None and before.key != link.person.key:
            yield replace(link, person=before, status="former", rule="title:replaced", began=False, ended=True)


def _replaced(page: Page, linked: Sequence[Link]) -> Iterator[Link]:
    """Who held it before: Y of "dilantik sebagai T menggantikan Y"."""
    ends = [link.phrase.end for link in linked]
    latest = {link.person: link.phrase.start for link in linked}
    for token, word in enumerate(page.words):
        if page.vocabulary.deeds.get(word) != "replaces":
            continue
        first, end = page.sentence(token)
        before = linked[bisect_right(ends, token) - 1] if ends and ends[0] <= token else None
        who = next(page.persons_within(token, end), None)
        if who is None or before is None or before.phrase.start < first or before.person.key == who.key:
            continue
        if latest.get(who, token) <= token:
            yield replace(before, person=who, status="former", rule="title:replaced", began=False, ended=True)


def _pointed(page: Page, found: Sequence[Phrase], linked: Sequence[Link]) -> Iterator[Link]:
    """The person last spoken of, for "kata politikus Golkar itu"; who has the title without its body comes first."""
    taken = {link.phrase.start for link in linked}
    held = {office for link in linked for office in _offices_of(link.phrase)}
    ties = [(link.person, link.phrase) for link in linked]
    for phrase in found:
        word = page.words[phrase.stop] if phrase.stop < len(page.words) else ""
        alone = phrase.title.national and phrase.title.single and not phrase.portfolio and phrase.kind != "state"
        known = phrase.bodies or alone
        if word not in page.vocabulary.pointing or not known or phrase.title.loose:
            continue
        named = _named_after(page, phrase)
        if named is not None:
            yield from _link(phrase, named, "title:pointed")
        if named is not None or phrase.start in taken:
            continue
        if page.quoted(phrase.start) or not _is_subject(page, phrase.start) or not held.isdisjoint(_offices_of(phrase)):
            continue
        bare = [link for link in linked if link.phrase.title.name == phrase.title.name and not link.phrase.bodies]
        who = bare[-1].person if bare else meant(page, phrase, ties) or topic(page, phrase.start, phrase.stop + 1)
        if who is not None:
            yield from _link(phrase, who, "title:pointed")


def _named_after(page: Page, phrase: Phrase) -> At | None:
    """Who is named between commas after "perempuan yang menjabat Ketua X itu"."""
    at, limit = phrase.stop + 1, page.sentence(phrase.core)[1]
    who = page.person_from(at + 1, limit) if page.words[at : at + 1] == [","] else None
    closed = who is not None and page.words[who.end : who.end + 1] in ([","], ["("])
    before = page.persons_within(page.sentence(phrase.core)[0], phrase.start)
    return who if closed and all(is_of_kin(page, person) for person in before) else None


def _retold(page: Page, found: Sequence[Phrase], linked: Sequence[Link]) -> Iterator[Link]:
    """Somebody named before, for "meyakinkan mantan kepala pertahanan Rusia"."""
    for person, phrase in retold(page, found, [(link.person, link.phrase) for link in linked]):
        yield Link(person, phrase, "former", "title:retold")


def _is_subject(page: Page, token: int) -> bool:
    """True at the start of a sentence or clause and after a speech word; not for "ditandatangani Ketua X itu"."""
    if token == page.sentence(token)[0]:
        return True
    word, vocabulary = page.words[token - 1], page.vocabulary
    clause = not page.texts[token - 1][0].isalnum() or (
        word in vocabulary.stops and word not in vocabulary.conjunctions
    )
    return clause or word in vocabulary.speech


def _offices_of(phrase: Phrase) -> Iterator[tuple[str, str]]:
    """Title and body; for the lead of a state, whatever its title, the state."""
    for body in phrase.bodies:
        yield ("lead" if phrase.title.of == "state" and phrase.title.single else phrase.title.name), body.name.key
