"""Reports made by hand from short Indonesian texts of our own, as the reader would make them of articles.

`Page` finds the offsets of names and quotes in its text; `PAGES` is a small world that every question has an
answer in: two defence ministers, a meeting told with two dates, a letter, a denied claim, a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.ids import digest, slug
from kg.model import (
    Attribution,
    EntityReport,
    EntityType,
    EventReport,
    Evidence,
    Factuality,
    Mention,
    Participation,
    Report,
    RoleReport,
    Span,
    Stance,
    Status,
    When,
)

KINDS: dict[str, EntityType] = {"o": "person", "l": "organization", "t": "place"}


class Page:
    """One article: its text, and the entities, roles and events that it names, added one by one."""

    def __init__(self, article: str, published: str | None, outlet: str | None, text: str) -> None:
        self.article, self.text, self.outlet = article, text, outlet
        self.published = date.fromisoformat(published) if published else None
        self.entities: dict[str, EntityReport] = {}
        self.roles: list[RoleReport] = []
        self.events: list[EventReport] = []

    def names(self, kind: str, *spellings: str) -> Page:
        """An entity: ``o`` (orang), ``l`` (lembaga) or ``t`` (tempat), under all its spellings."""
        mentions = tuple(
            sorted(
                Mention(Span("text", m.start(), m.end()), m.group())
                for spelling in spellings
                for m in re.finditer(rf"\b{re.escape(spelling)}\b", self.text)
            )
        )
        assert mentions, f"{spellings} do not stand in {self.article}"
        key = f"{KINDS[kind]}:{slug(spellings[0])}"
        self.entities[spellings[0]] = EntityReport(key, KINDS[kind], spellings[0], mentions)
        return self

    def role(self, quote: str, person: str, office: str, status: Status = "current") -> Page:
        """A role; the office is ``title @ body > territory``, what is unknown left out; ! for one seat."""
        title, _, rest = office.rstrip("!").partition(" @ ")
        body, _, territory = rest.partition(" > ")
        self.roles.append(
            RoleReport(
                key=f"role-{digest(person, office, status)}",
                person=self._key(person),
                title=title,
                body=self._key(body) if body else None,
                territory=self._key(territory) if territory else None,
                status=status,
                date=None,
                evidence=(self._evidence(quote),),
                single=office.endswith("!"),
            )
        )
        return self

    def event(
        self,
        quote: str,
        kind: str,
        parts: dict[str, str],
        *,
        when: str | None = None,
        place: str | None = None,
        thing: str | None = None,
        says: tuple[Factuality, dict[str, Stance]] = ("actual", {}),
    ) -> Page:
        """An event; `parts` maps names to roles, `says` gives its factuality and who takes which stance."""
        self.events.append(
            EventReport(
                key=f"event-{digest(kind, quote)}",
                type=kind,
                participants=tuple(sorted(Participation(r, self._key(n)) for n, r in parts.items())),
                places=(self._key(place),) if place else (),
                date=When.parse(when) if when else None,
                factuality=says[0],
                attributions=tuple(Attribution(self._key(n), stance) for n, stance in sorted(says[1].items())),
                thing=thing,
                evidence=(self._evidence(quote),),
            )
        )
        return self

    def report(self) -> Report:
        """What the reader would have written down."""
        return Report(
            article=self.article,
            digest=digest(self.article, self.text, length=64),
            producer="by hand",
            language="id",
            title=self.text.partition(". ")[0],
            published=self.published,
            published_inferred=False,
            sitename=self.outlet,
            url=f"https://{self.article}.example/berita",
            entities=tuple(sorted(self.entities.values(), key=lambda e: e.key)),
            roles=tuple(sorted(self.roles, key=lambda r: r.key)),
            events=tuple(sorted(self.events, key=lambda e: e.key)),
        )

    def _key(self, name: str) -> str:
        return self.entities[name].key

    def _evidence(self, quote: str) -> Evidence:
        begin = self.text.index(quote)
        span = Span("text", begin, begin + len(quote))
        sentence = next(s for s in self._sentences() if s.begin <= span.begin and span.end <= s.end)
        return Evidence(span, quote, sentence, self.text[sentence.begin : sentence.end], "by-hand", 0.9)

    def _sentences(self) -> Iterator[Span]:
        for match in re.finditer(r"[^ ].*?\.(?= [A-Z]|$)", self.text):
            yield Span("text", match.start(), match.end())


PAGES = (
    Page(
        "pagi-1",
        "2023-07-27",
        "Kabar Pagi",
        "Menteri Pertahanan Rusia Sergei Shoigu bertemu pemimpin Korea Utara Kim Jong-un di Pyongyang, "
        "Rabu (26/7/2023). "
        "Shoigu menyampaikan surat Presiden Rusia Vladimir Putin kepada Kim. "
        "Ia tiba di Pyongyang sehari sebelumnya.",
    )
    .names("o", "Sergei Shoigu", "Shoigu")
    .names("o", "Kim Jong-un", "Kim")
    .names("o", "Vladimir Putin")
    .names("t", "Rusia")
    .names("t", "Korea Utara")
    .names("t", "Pyongyang")
    .role("Menteri Pertahanan Rusia Sergei Shoigu", "Sergei Shoigu", "Menteri Pertahanan @ Rusia!")
    .role("pemimpin Korea Utara Kim Jong-un", "Kim Jong-un", "Pemimpin @ Korea Utara!")
    .role("Presiden Rusia Vladimir Putin", "Vladimir Putin", "Presiden @ Rusia!")
    .event(
        "bertemu",
        "Meeting",
        {"Sergei Shoigu": "agent", "Kim Jong-un": "counterpart"},
        when="2023-07-26",
        place="Pyongyang",
    )
    .event(
        "menyampaikan surat",
        "Transfer",
        {"Vladimir Putin": "giver", "Sergei Shoigu": "bearer", "Kim Jong-un": "recipient"},
        thing="surat",
    )
    .event("tiba", "Visit", {"Sergei Shoigu": "visitor"}, when="2023-07-25", place="Pyongyang"),
    Page(
        "siang-2",
        "2023-07-28",
        "Siaran Siang",
        "Sergey Shoigu, Menteri Pertahanan Rusia, bertemu Presiden Korut Kim Jong Un di Pyongyang "
        "pada Kamis (27/7/2023). "
        "Amerika Serikat mengklaim Korut memasok senjata kepada Rusia. "
        "Korut membantah memasok senjata itu. "
        "Shoigu akan bertemu Kang Sun-nam.",
    )
    .names("o", "Sergey Shoigu", "Shoigu")
    .names("o", "Kim Jong Un")
    .names("o", "Kang Sun-nam")
    .names("t", "Rusia")
    .names("t", "Korut")
    .names("t", "Amerika Serikat")
    .names("t", "Pyongyang")
    .role("Menteri Pertahanan Rusia", "Sergey Shoigu", "Menteri Pertahanan @ Rusia!")
    .role("Presiden Korut Kim Jong Un", "Kim Jong Un", "Presiden @ Korut!")
    .event(
        "bertemu",
        "Meeting",
        {"Sergey Shoigu": "agent", "Kim Jong Un": "counterpart"},
        when="2023-07-27",
        place="Pyongyang",
    )
    .event(
        "mengklaim Korut memasok senjata",
        "Transfer",
        {"Korut": "giver", "Rusia": "recipient"},
        thing="senjata",
        says=("denied", {"Amerika Serikat": "claims", "Korut": "denies"}),
    )
    .event(
        "akan bertemu",
        "Meeting",
        {"Sergey Shoigu": "agent", "Kang Sun-nam": "counterpart"},
        says=("planned", {}),
    ),
    Page(
        "pagi-3",
        "2024-06-20",
        "Kabar Pagi",
        "Menteri Pertahanan Rusia Andrei Belousov menandatangani perjanjian kerja sama dengan Kim Jong-un, "
        "Rabu (19/6/2024). "
        "Duta Besar Rusia untuk Korea Utara, Oleg Contohov, hadir dalam upacara.",
    )
    .names("o", "Andrei Belousov")
    .names("o", "Oleg Contohov")
    .names("o", "Kim Jong-un")
    .names("t", "Rusia")
    .names("t", "Korea Utara")
    .role("Menteri Pertahanan Rusia Andrei Belousov", "Andrei Belousov", "Menteri Pertahanan @ Rusia!")
    .role("Duta Besar Rusia untuk Korea Utara", "Oleg Contohov", "Duta Besar @ Rusia > Korea Utara!")
    .event(
        "menandatangani",
        "Agreement",
        {"Andrei Belousov": "party", "Kim Jong-un": "party"},
        when="2024-06-19",
        thing="perjanjian kerja sama",
    )
    .event("hadir", "PublicEvent", {"Oleg Contohov": "attendee"}, thing="upacara"),
    Page(
        "malam-4",
        "2024-09-14",
        None,
        "Sergei Shoigu, mantan Menteri Pertahanan Rusia, kini Sekretaris Dewan Keamanan Rusia. "
        "Andrei Belousov memimpin kementerian itu sebagai Menteri Pertahanan Rusia.",
    )
    .names("o", "Sergei Shoigu")
    .names("o", "Andrei Belousov")
    .names("t", "Rusia")
    .names("l", "Dewan Keamanan Rusia")
    .role("mantan Menteri Pertahanan Rusia", "Sergei Shoigu", "Menteri Pertahanan @ Rusia!", "former")
    .role("Sekretaris Dewan Keamanan Rusia", "Sergei Shoigu", "Sekretaris @ Dewan Keamanan Rusia!")
    .role("sebagai Menteri Pertahanan Rusia", "Andrei Belousov", "Menteri Pertahanan @ Rusia!"),
    Page(
        "tanpa-tanggal",
        None,
        None,
        "Bupati Contohrejo Siti Rahma mengundurkan diri pada Maret 2024. "
        "Plt Bupati Contohrejo Budi Santosa dilantik pada 2 April 2024.",
    )
    .names("o", "Siti Rahma")
    .names("o", "Budi Santosa")
    .names("t", "Contohrejo")
    .role("Bupati Contohrejo Siti Rahma", "Siti Rahma", "Bupati @ Contohrejo!")
    .role("Plt Bupati Contohrejo Budi Santosa", "Budi Santosa", "Bupati @ Contohrejo!", "acting")
    .event("mengundurkan diri", "Departure", {"Siti Rahma": "leaver"}, when="2024-03")
    .event("dilantik", "Appointment", {"Budi Santosa": "appointee"}, when="2024-04-02"),
    Page(
        "sore-5",
        "2024-06-21",
        "Kabar Sore",
        "Andrei Belousov dan Oleg Contohof memuji Kim Jong-un.",
    )
    .names("o", "Andrei Belousov")
    .names("o", "Oleg Contohof")
    .names("o", "Kim Jong-un"),
)


def reports() -> list[Report]:
    """The reports of PAGES."""
    return [page.report() for page in PAGES]


ASKED = {
    "agreements": {"party": "Kim Jong Un"},
    "articles": {"by": "kabar pagi", "from": "2023"},
    "career": {"person": "Shoigu"},
    "conflicts": {"kind": "date"},
    "corroborated": {"articles": "2", "type": "meeting"},
    "denied-claims": {"participant": "Korut", "source": "Amerika Serikat"},
    "events": {"type": "transfer", "participant": "Shoigu", "thing": "surat", "from": "2023-07"},
    "evidence": {"about": "id:person/sergei-shoigu"},
    "holders": {"territory": "Korut", "of": "Rusia"},
    "met": {"person": "Kim Jong-un", "with": "Shoigu", "from": "2023-07", "to": "2023-07"},
    "network": {"from": "2023", "to": "2023"},
    "roles-changed": {"from": "2024-04", "to": "2024-04", "person": "Budi Santosa"},
    "spellings": {"name": "Korut", "type": "place"},
    "timeline": {"position": "menteri pertahanan", "of": "rusia", "person": "Shoigu"},
    "told": {"type": "Meeting", "participant": "Kim Jong-un", "from": "2023-07"},
    "transfers": {"giver": "Vladimir Putin", "bearer": "Shoigu", "recipient": "Kim", "thing": "SURAT"},
    "visits": {"visitor": "Sergey Shoigu", "place": "Pyongyang", "to": "2023-07-25"},
    "who-held": {"position": "menteri pertahanan", "of": "rusia", "date": "2023-07-27"},
}
"""A value for each parameter of a question, on which the small world has an answer."""
