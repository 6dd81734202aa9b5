"""Texts with marked names, as the blocks of events.ttl have them: "[Ian Falk|person] tiba di [Solo|place]"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ids import slug
from kg.nlp.layers import Chain, Name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MARK = re.compile(r"\[([^|\]]+)\|(person|organization|place)(?:\|([^\]]+))?\]")


def marked(nlp: Language, text: str) -> tuple[Doc, tuple[Chain, ...]]:
    """The Doc of a text without its marks, and a chain for each name; a third part says of whom it is another name."""
    plain, spans, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        spans.append((len(plain), len(plain) + len(match[1]), match[2], match[3] or match[1]))
        plain += match[1]
        last = match.end()
    doc = nlp(plain + text[last:])
    names: dict[tuple[str, str], list[Name]] = {}
    for begin, end, kind, whole in spans:
        span = doc.char_span(begin, end, alignment_mode="expand")
        assert span is not None
        names.setdefault((kind, whole), []).append(Name(span.start, span.end, kind, "marked", 1.0))  # type: ignore[arg-type]
    return doc, tuple(
        Chain(f"{kind}:{slug(whole)}", kind, whole, tuple(found))  # type: ignore[arg-type]
        for (kind, whole), found in names.items()
    )
