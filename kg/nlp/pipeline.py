"""Article → Doc: the readable passages of an article through the trained pipeline of the language pack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Broken
from kg.lang.pack import Pack
from kg.model import Article
from kg.nlp.boilerplate import Reading, reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_DOCS = 1
"""Articles that the model reads at once: one, so that no sum of its floating numbers depends on another article."""


@lru_cache(maxsize=2)
def load(pack: Pack) -> Language:
    """The trained pipeline of a language pack. Raises Broken where it is missing or of another spaCy."""
    try:
        return read(pack.model_path)
    except (OSError, ValueError) as error:
        raise Broken(
            f"language pack: cannot load {pack.model_path}: {error}; run 'make model' or reinstall riwayat"
        ) from error


def read(model: Path) -> Language:
    """A trained pipeline as it is used: line breaks kept from the parser, matrices multiplied by numpy."""
    import spacy
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    from kg.nlp import tokens  # registers our tokenizer and components
    from kg.nlp.wordvectors import remembered

    before = get_current_ops()
    # The wheels of blis hold its generic kernels only; numpy's OpenBLAS is 2.5 times as fast (measured on x86-64).
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    finally:
        set_current_ops(before)
    nlp.vocab.vectors = remembered(nlp.vocab.vectors)
    nlp.add_pipe(tokens.BREAKS_APART, before="parser")
    nlp.add_pipe(tokens.BREAKS_BACK, after="parser")
    return nlp


def docs(nlp: Language, articles: Iterable[Article], pack: Pack) -> Iterator[tuple[Article, Reading, Doc]]:
    """Each article with its reading and its Doc, in order; few are in memory at once."""
    given = ((read.text, (article, read)) for article, read in ((a, reading(a, pack)) for a in articles))
    for doc, (article, read) in nlp.pipe(given, as_tuples=True, batch_size=BATCH_DOCS):
        yield article, read, doc


@lru_cache(maxsize=2)
def version(pack: Pack) -> str:
    """What reads: a digest of the model's own description and of every word list of the pack. Loads no model."""
    found = hashlib.sha256()
    for path in (pack.model_path / "meta.json", *sorted(pack.folder.glob("*.t*"))):
        try:
            found.update(path.read_bytes())
        except OSError as error:
            raise Broken(
                f"language pack: cannot read {path}: {error}; run 'make model' or reinstall riwayat"
            ) from error
    return found.hexdigest()[:12]
