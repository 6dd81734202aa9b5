"""Files of anybody's are checked as they are: any syntax, blank nodes, and what is malformed is said where."""

from __future__ import annotations

from pathlib import Path

import pytest
from unsound_made import HEAD

from kg.errors import BadInput
from kg.validate import unsound
from kg.validate.documents import UNNAMED, opened

BODY = "[] a rw:Tenure ; rw:holder [ a rw:Person , rw:Organization ] ; rw:inferred 'yes' ."


def test_turtle_with_blank_nodes(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text(HEAD + BODY)
    with opened(str(path)) as store:
        found = unsound(store)
    assert {each.graph for each in found} == {UNNAMED}
    assert {"cax-dw", "dt-not-type"} <= {each.rule for each in found}
    assert all(each.focus.startswith("urn:x-kg:blank:") for each in found)
    with opened(str(path)) as again:
        assert unsound(again) == found


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.nq", b"<urn:a> <urn:b> .\n", "a.nq: the document is malformed"),
        ("a.ttl", b"@prefix a: <urn:a> .\na:b a:c ;; ] .", "line 2"),
        ("a.trig", b"\xff\xfe", "malformed"),
        ("a.rdf", b"", "no syntax 'rdf'; give one of nq, nt, trig, ttl"),
        ("absent.nq", None, "no such file"),
    ],
)
def test_what_is_malformed_is_told(tmp_path: Path, name: str, body: bytes | None, said: str) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(BadInput, match=said), opened(str(tmp_path / name)):
        pass


def test_a_syntax_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_text("<urn:a> <urn:b> <urn:c> .\n")
    with opened(str(path), "nt") as store:
        assert unsound(store) == []
