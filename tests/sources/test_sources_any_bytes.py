"""Whatever bytes a file has, reading it gives an Article or a Skipped, never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lang import pack
from kg.model import Article
from kg.nlp.boilerplate import reading
from kg.sources import Skipped, read

PIECES = [
    *(b"<html>", b"<p>", b"</p>", b"<meta charset='", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\n"),
    *(b'{"text": "', b'", "date": "', b'"}\n', b"Baca juga: ", b"JAKARTA, Kompas.com - ", b"(Foto: "),
    *(b"Rabu (26/7/2023). ", b"\xe2\x80\x9c", b"1-2-3-", b"Presiden "),
]
BYTES = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=30).map(b"".join)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl"])
@settings(max_examples=150, deadline=None)
@given(data=BYTES)
def test_any_bytes(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"x{suffix}")
        path.write_bytes(data)
        for item in read([str(path)]):
            assert isinstance(item, Article | Skipped)
            if isinstance(item, Article):
                item.text.encode("utf-8")
                reading(item, pack.load())
            else:
                str(item).encode("utf-8")
