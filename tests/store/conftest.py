"""A real Oxigraph server on loopback, started by the first test that asks for it and ended with the last."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from oxigraph_served import served


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    with served(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url
