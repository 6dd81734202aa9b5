"""What the address of an article tells."""

from __future__ import annotations

from urllib.parse import urlsplit


def host(url: str | None) -> str | None:
    """The host of an address: what an article without a site name came from."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None
