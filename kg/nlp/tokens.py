"""Tokens and sentences of Indonesian news: names with inner hyphens whole, sentences as the press ends them.

Both come before the trained components, in training as in use, so that the model is always asked about the tokens
that it learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from kg.lang import pack

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Token
    from thinc.types import Ints2d

SENTENCES = "riwayat_sentences"
BREAKS_APART = "riwayat_breaks_apart"
BREAKS_BACK = "riwayat_breaks_back"
TOKENIZER = "riwayat.Tokenizer.v1"

_UPPER = "A-ZÀ-ÖØ-Þ"
_LOWER = "a-zß-öø-ÿ"
_LETTER = _UPPER + _LOWER
_INFIXES = (
    r"\.\.+",
    "…",
    "—",
    r"(?<=[0-9])[+\-–*^](?=[0-9])",
    r"(?<=[0-9])%(?=\w)",
    rf"(?<=[{_LETTER}.)])[-–](?=[{_UPPER}])",  # AS-China, pro-Rusia; not Jong-un, foto-foto
    rf"(?<=[{_LETTER}])/(?=[{_LETTER}])",  # DPR/MPR; not 26/7/2023
    rf"(?<=[{_LOWER}])\.(?=[{_UPPER}][{_LOWER}])",  # a missing space after a full stop
    rf"(?<=[{_LETTER}]),(?=[{_LETTER}])",
    rf"(?<=[{_LETTER}0-9.,])[\"“”()](?=[{_LETTER}0-9])",
    rf"(?<=[{_LETTER}0-9])[:<>=](?=[{_LETTER}])",
)
_ENDS = frozenset(".!?…")
_CLOSES = frozenset("\"”’')]»") | {"''"}
_OPENS = frozenset("\"“‘'([«") | {"``"}
_GOES_ON = frozenset(",;:-–")


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator,unused-ignore]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The tokenizer of the pipeline, named in its config."""
    return tokenizer


def tokenizer(nlp: Language) -> Tokenizer:
    """spaCy's Indonesian tokenizer with our own infixes and the abbreviations of the language pack."""
    from spacy.tokenizer import Tokenizer

    usual = nlp.Defaults
    abbreviations = {word: [{ORTH: word}] for word in pack.load(nlp.lang).lines("abbreviations")}
    # Made in one go: each setter of a made tokenizer would read all its special cases again.
    return Tokenizer(
        nlp.vocab,
        rules={**(usual.tokenizer_exceptions or {}), **abbreviations},
        prefix_search=compile_prefix_regex(usual.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(usual.suffixes or ()), "/"]).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=usual.token_match,
        url_match=usual.url_match,
    )


@Language.factory(SENTENCES, assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that marks where sentences begin."""
    return mark_sentences


def mark_sentences(doc: Doc) -> Doc:
    """Sets every sentence start: after a line break, and after a full stop that closes a sentence."""
    starts = np.full((len(doc), 1), -1, dtype="int32")
    starts[[start for start in _starts(doc) if start < len(doc)]] = 1
    return doc.from_array(["SENT_START"], cast("Ints2d", starts.astype("uint64")))


@Language.component(BREAKS_APART)
def breaks_apart(doc: Doc) -> Doc:
    """Makes every line break a sentence of its own while the parser reads: no treebank has them, it would err."""
    for token in _breaks(doc):
        token.is_sent_start = True
    return doc


@Language.component(BREAKS_BACK)
def breaks_back(doc: Doc) -> Doc:
    """Puts every line break back to the sentence it ends, under that sentence's root."""
    for token in _breaks(doc):
        if token.i:
            before = token.nbor(-1)
            token.head = [before, *before.ancestors][-1]
            token.dep_, token.pos_ = "dep", "SPACE"
    return doc


def _breaks(doc: Doc) -> list[Token]:
    """The tokens that hold a line break."""
    spaces = np.flatnonzero(doc.to_array("IS_SPACE")).tolist()
    return [doc[index] for index in spaces if "\n" in doc[index].text]


def _starts(doc: Doc) -> Iterator[int]:
    yield 0
    ended = closed = False
    for token in doc:
        if "\n" in token.text:
            yield token.i + 1
            ended = closed = False
        elif _is_end(token):
            ended = True
        elif ended and not closed and token.text in _CLOSES and not token.nbor(-1).whitespace_:
            closed = True
        elif ended:
            if _begins(token):
                yield token.i
            ended = closed = False


def _is_end(token: Token) -> bool:
    return _ENDS.issuperset(token.text)


def _begins(token: Token) -> bool:
    """A sentence begins with a capital, a digit or an opening mark; "..." before a small letter ends none."""
    first = token.text[0]
    return token.text in _OPENS or not (first.islower() or first in _GOES_ON or token.text in _CLOSES)
