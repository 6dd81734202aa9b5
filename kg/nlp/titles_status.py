"""What the words around a title say about time: former, acting, to come; terms in years; numbered holders."""

from __future__ import annotations

from kg.nlp.titles_text import Page
from kg.nlp.titles_words import Standing

SHORT_FORM = 3
"""A bracket with a status word in it takes so many tokens: "Pelaksana Tugas *(Plt)* Bupati"."""


def standing(page: Page, start: int, after: Standing) -> tuple[int, Standing]:
    """Where the words of status before a title begin, and what they and those after it (`after`) come to."""
    before: Standing = "current"
    while found := _word_before(page, start):
        start, value = found
        if before == "current" or value in ("none", "kin"):
            before = value
    if before == "none" and after == "future":
        return start, "future"  # "calon gubernur terpilih"
    return start, after if before == "current" else before


def _word_before(page: Page, start: int) -> tuple[int, Standing] | None:
    """A status word right before a token, also before a hyphen ("eks-Menteri") or its own short form ("(Plt)")."""
    end = start - 1 if start > 1 and page.words[start - 1] == "-" else start
    bracket = page.words[start - SHORT_FORM : start]
    if bracket[:1] == ["("] and bracket[-1:] == [")"] and bracket[1] in page.vocabulary.before:
        end = start - SHORT_FORM
    return page.vocabulary.before.end(page.words, end)


def ordinal(page: Page, token: int) -> int:
    """Where "ke-7" (or "ke - 7") ends; 0 where there is none."""
    word, following = page.words[token], page.words[token + 1 : token + 3]
    number = page.vocabulary.ordinal
    if word.startswith(f"{number}-") and word[len(number) + 1 :].isdigit():
        return token + 1
    spaced = word == number and len(following) == 2 and following[0] == "-" and following[1].isdigit()
    return token + 3 if spaced else 0


def term(page: Page, token: int, limit: int) -> tuple[list[int], int]:
    """The years of a term and where it ends: "periode 2019-2024", "sejak September 2024"; [] where there is none.

    Years without such a word before them count only as a pair.
    """
    named = page.words[token] in page.vocabulary.terms
    years: list[int] = []
    at = end = token + named
    while at < limit and len(years) < 2:
        if _is_year(page.words[at]):
            years.append(int(page.words[at][:4]))
            end = at + 1
        elif not (years and page.words[at] in page.vocabulary.term_joins) and not (named and _is_month(page, at)):
            break
        at += 1
    return years, end


def _is_month(page: Page, token: int) -> bool:
    """A word right before a year: "September 2024"."""
    return page.words[token].isalpha() and _is_year("".join(page.words[token + 1 : token + 2]))


def _is_year(word: str) -> bool:
    """True also with what the tokenizer leaves at a year ("2024-Januari")."""
    return word[:4].isdigit() and word[:2] in ("19", "20") and word[4:5] in ("", "-", "–")
