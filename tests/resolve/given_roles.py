"""Role reports made by hand, and the offices they give."""

from __future__ import annotations

from datetime import date

from kg.model import RoleReport, Status
from kg.resolve import policy
from kg.resolve.offices import Body, Given, Office, offices

RUSSIA = Body("place/rusia", "Rusia")
COUNCIL = Body("organization/dewan-keamanan-rusia", "Dewan Keamanan Rusia")
NORTH = Body("place/korea-utara", "Korea Utara")
MINISTRY = Body("organization/kementerian-keuangan", "Kementerian Keuangan")
PARTY = Body("organization/partai-mawar", "Partai Mawar")
INDONESIA = Body("place/indonesia", "Indonesia")
SINGLE = True
POLICY = policy.load().tenures


def given(
    title: str, body: Body | None, day: str, status: Status = "current", *, single: bool = False, article: str = "a"
) -> Given:
    role = RoleReport("k", "person:x", title, None, None, status, None, (), single)
    return Given(
        role, (f"{title} {body.label if body else '-'} {day} {status}",), article, date.fromisoformat(day), body, None
    )


def held(*some: Given) -> list[Office]:
    return offices(some, policy.load())


def ids(some: list[Office]) -> list[str]:
    return [office.position.id for office in some]
