"""The bodies of offices that are written without one: the home country, a ministry, another country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.nlp.titles_link import Link
from kg.nlp.titles_text import Page
from kg.nlp.titles_words import Title, fold


class Home:
    """What an article names that an office without a body may belong to."""

    def __init__(self, page: Page, led: Mapping[str, str]) -> None:
        """Takes the page and the titles under which it says that countries are led."""
        self._page = page
        self._led = led
        self._names = {name: chain.key for chain in page.chains.values() for name in page.spellings(chain.key)}
        self._country = next((self._names[n] for n in sorted(page.vocabulary.home) if n in self._names), None)

    def body(self, link: Link, title: str) -> str | None:
        """The body of an office written without one; None where the article names none."""
        phrase, entry = link.phrase, link.phrase.title
        if entry.of == "state" and phrase.kind != "state":
            return None
        if entry.holders and not self._held_at_home(link, entry):
            return self._abroad(link, title)
        if entry.national or entry.home:
            return self._country or self._first(entry.bodies) or self._first(self._ministries(entry))
        if entry.of in ("state", "country"):
            return self._abroad(link, title)
        return self._first(entry.bodies) or self._unit(entry, title)

    def _first(self, names: Iterable[str]) -> str | None:
        return next((self._names[fold(name)] for name in names if fold(name) in self._names), None)

    def _held_at_home(self, link: Link, title: Title) -> bool:
        """True for a person who held the office in the home country, by any of the names in the article."""
        spoken = self._page.spellings(link.person.key)
        return any(fold(holder) in name for holder in title.holders for name in spoken)

    def _ministries(self, title: Title) -> Iterator[str]:
        """How the ministry of a minister may be called: "Kementerian Keuangan", "Kemenkeu"."""
        deputy = self._page.vocabulary.deputies
        for form in (title.name, *title.forms):
            plain = fold(form)
            for prefix in deputy:
                plain = plain.removeprefix(prefix)
            for word, body in self._page.vocabulary.ministries.items():
                if plain.startswith(word):
                    yield body + plain.removeprefix(word)
                    break

    def _unit(self, entry: Title, title: str) -> str | None:
        """The "Polres" of a "Kapolres": the one so called, else the only one that the article names."""
        portfolio = title.removeprefix(entry.name)
        called = self._first(unit + portfolio for unit in entry.units if portfolio)
        beginnings = tuple(f"{fold(unit)} " for unit in entry.units)
        keys = {key for name, key in self._names.items() if name.startswith(beginnings)} if beginnings else set()
        return called or (keys.pop() if len(keys) == 1 else None)

    def _abroad(self, link: Link, title: str) -> str | None:
        """The other country most spoken of, the nearest of them: "Presiden Macron" without "Prancis" beside it.

        A country that someone leads under another title is out.
        """
        counts = [
            (-len(chain.names), min(abs(name.start - link.phrase.core) for name in chain.names), chain.key)
            for chain in self._page.chains.values()
            if chain.type == "place" and self._is_other_country(chain.key) and self._led.get(chain.key, title) == title
        ]
        return min(counts)[2] if counts else None

    def _is_other_country(self, key: str) -> bool:
        return key != self._country and not self._page.vocabulary.countries.isdisjoint(self._page.spellings(key))
