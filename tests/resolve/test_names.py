"""Normal forms of names, and what two names have to do with each other."""

from __future__ import annotations

import pytest

from kg.resolve.names import abbreviates, same_person


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("jusuf kalla", "muhammad jusuf kalla", True),
        ("sergei shiogu", "sergei shoigu", True),
        ("kim jong il", "kim jong un", False),
        ("rahmat wijaya", "rahmat hidayat", False),
        ("budi budi", "budi santoso", False),
    ],
)
def test_same_person(short: str, full: str, same: bool) -> None:
    assert same_person(short, full) is same


@pytest.mark.parametrize(
    ("short", "full", "does"),
    [
        ("kpk", "komisi pemberantasan korupsi", True),
        ("polri", "kepolisian republik indonesia", True),
        ("golkar", "golongan karya", True),
        ("dpr", "dprd jawa barat", False),
        ("mandiri", "bank mandiri", False),
        ("polri", "polda metro jaya", False),
        ("bank bumi", "bank bumi daya", False),
    ],
)
def test_abbreviates(short: str, full: str, does: bool) -> None:
    assert abbreviates(short, full) is does
