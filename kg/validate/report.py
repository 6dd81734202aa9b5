"""What is unsound as people read it, as a validation report of SHACL in Turtle, and as JSON.

W3C: SHACL, section 3.6. The Turtle has IRIs for reports and results; a path of several steps is a list of blank nodes,
since an IRI there would be a property (section 2.3.1.1). It and the JSON are the same bytes for the same findings.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TextIO

from kg.errors import BadInput
from kg.ids import digest
from kg.rdf.terms import IRI, boolean, text
from kg.rdf.vocab import PREFIXES, RDF, RDFS
from kg.render import shortened
from kg.validate.findings import Finding
from kg.validate.sentences import Told
from kg.validate.wording import LANGUAGES, phrase

FORMATS: Final = ("text", "ttl", "json")
MOST: Final = 20
"""Unsound facts shown of one rule where nobody asks for more: a page."""
WIDTH: Final = 110
SH: Final = "http://www.w3.org/ns/shacl#"
REPORT: Final = "urn:x-kg:validation-report"
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KNOWN: Final = {**PREFIXES, "sh": SH}
_TERM: Final = re.compile(r'<([^<>"\s]+)>')

Sources = Callable[[Finding], Sequence[Told]]


class Report:
    """Findings as a report in one form; people read them by rule, under each rule the facts with their sentences."""

    def __init__(self, form: str = "text", lang: str = "en", most: int = MOST, base: str | None = None) -> None:
        """`most` facts are shown of each rule in the text, 0 for all; `base` shortens IRIs there.

        Raises BadInput for a form or a language that there is none of.
        """
        for kind, given, known in (("format", form, FORMATS), ("language", lang, LANGUAGES)):
            if given not in known:
                raise BadInput(f"no {kind} {given!r}; choose one of {', '.join(known)}")
        self.form, self.lang, self.most, self.base = form, lang, most, base

    def write(self, found: Sequence[Finding], sources: Sources, out: TextIO) -> None:
        """Writes findings, which are sorted; of a sound graph the text is empty."""
        if self.form == "ttl":
            out.writelines(_turtle(found, sources))
        elif self.form == "json":
            results = [_as_json(each, sources(each)) for each in found]
            json.dump({"conforms": not found, "results": results}, out, ensure_ascii=False, indent=1)
            out.write("\n")
        elif found:
            out.writelines(f"{each}\n" for each in self.lines(found, sources))

    def lines(self, found: Sequence[Finding], sources: Sources) -> Iterator[str]:
        """The lines of the text."""
        yield self._head(found)
        for (_, unsound), group in groupby(found, key=lambda each: (each.rule, each.unsound)):
            every = list(group)
            yield ""
            yield self._say("rule" if unsound else "warning", rule=self._rule(every[0]), count=len(every))
            if len(messages := {each.message(self.lang) for each in every}) == 1:
                yield from self._wrapped(self._words(messages.pop()), "  ")
            shown = every[: self.most or None]
            for each in shown:
                yield from self._fact(each, sources(each), own_message=bool(messages))
            if len(shown) < len(every):
                yield "  " + self._say("more", count=len(every) - len(shown))

    def _head(self, found: Sequence[Finding]) -> str:
        unsound = [each for each in found if each.unsound]
        rules = len({each.rule for each in unsound})
        return self._say("head", faults=len(unsound), rules=rules, warnings=len(found) - len(unsound))

    def _fact(self, found: Finding, told: Sequence[Told], own_message: bool) -> Iterator[str]:
        yield ""
        path = "/".join(map(self._short, found.path))
        parts = [self._short(found.focus), path, self._terms(found.value)]
        yield from self._wrapped("  ".join(filter(None, parts)), "  ")
        if own_message:
            yield from self._wrapped(self._words(found.message(self.lang)), "    ")
        for statement in found.statements:
            yield from self._wrapped(self._terms(statement.removesuffix(" .")), "    - ")
        for each in told:
            yield from self._wrapped(self._sentence(each), "    ")
        if not told:
            graph = self._say("graph", graph=self._short(found.graph))
            yield from self._wrapped(f"{graph}; {self._say('unsourced')}", "    ")

    def _sentence(self, told: Told) -> str:
        where = [told.published or self._say("undated"), *filter(None, [told.outlet]), f"({told.article})"]
        words = f"[{told.quote}]"
        around = told.sentence.replace(told.quote, words, 1) if told.sentence and told.quote else words
        return f"{' '.join(where)}: “{around}”" if told.quote else " ".join(where)

    def _say(self, name: str, **parts: object) -> str:
        return phrase(name, self.lang).format_map(parts)

    def _rule(self, found: Finding) -> str:
        """A shape by its IRI; a rule of OWL by its name and the term that is contradicted."""
        return self._short(found.rule) if ":" in found.rule else f"{found.rule} ({self._short(found.component)})"

    def _words(self, message: str) -> str:
        return message.replace(self.base, "id:") if self.base else message

    def _short(self, iri: str) -> str:
        return shortened(iri, self.base)

    def _terms(self, line: str) -> str:
        return _TERM.sub(lambda match: self._short(match[1]), line)

    def _wrapped(self, line: str, indent: str) -> list[str]:
        deeper = " " * (len(indent) + 2)
        return textwrap.wrap(
            line, WIDTH, initial_indent=indent, subsequent_indent=deeper, break_long_words=False, break_on_hyphens=False
        )


def _turtle(found: Sequence[Finding], sources: Sources) -> Iterator[str]:
    used = {"dcterms", "gaf", "rdf", "rdfs", "rw", "sh"}
    yield from (f"@prefix {name}: <{space}> .\n" for name, space in sorted(_KNOWN.items()) if name in used)
    names = {each: f"{REPORT}#{_key(each)}" for each in found}
    head = [("a", "sh:ValidationReport"), ("sh:conforms", str(boolean(not found)))]
    yield from _block(REPORT, [*head, *(("sh:result", _iri(name)) for name in sorted(names.values()))])
    for each, name in sorted(names.items(), key=lambda pair: pair[1]):
        yield from _block(name, _result(each, sources(each)))


def _result(found: Finding, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    yield "a", "sh:ValidationResult"
    yield "sh:focusNode", _iri(found.focus)
    if found.path:
        steps = " ".join(map(_iri, found.path))
        yield "sh:resultPath", steps if len(found.path) == 1 else f"( {steps} )"
    if found.value:
        yield "sh:value", found.value
    yield "sh:resultSeverity", f"sh:{found.severity}"
    yield "sh:sourceConstraintComponent", _iri(found.component)
    if ":" in found.rule:
        yield "sh:sourceShape", _iri(found.rule)
    else:
        yield "dcterms:conformsTo", str(text(found.rule))
    yield from (("sh:resultMessage", str(text(message, lang or None))) for lang, message in found.messages)
    yield from (("rdfs:comment", str(text(statement))) for statement in found.statements)
    yield "dcterms:isPartOf", _iri(found.graph)
    for passage in sorted({each.passage for each in told} - {""}):
        yield "gaf:denotedBy", _iri(passage)


def _block(subject: str, statements: Iterable[tuple[str, str]]) -> Iterator[str]:
    body = " ;\n    ".join(f"{predicate} {value}" for predicate, value in statements)
    yield f"\n<{subject}>\n    {body} .\n"


def _iri(iri: str) -> str:
    for name, space in (("sh", SH), ("rw", PREFIXES["rw"]), ("rdf", RDF), ("rdfs", RDFS)):
        if iri.startswith(space) and _NAME.fullmatch(iri.removeprefix(space)):
            return f"{name}:{iri.removeprefix(space)}"
    return str(IRI(iri))


def _key(found: Finding) -> str:
    return digest(found.rule, found.component, found.focus, found.graph, *found.path, found.value, *found.statements)


def _as_json(found: Finding, told: Sequence[Told]) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "focus": found.focus,
        "graph": found.graph,
        "path": list(found.path),
        "value": found.value or None,
        "constraint": found.component,
        "messages": dict(found.messages),
        "statements": list(found.statements),
        "sentences": [
            {"article": t.article, "published": t.published, "outlet": t.outlet, "quote": t.quote}
            | {"sentence": t.sentence, "passage": t.passage or None}
            for t in told
        ],
    }
