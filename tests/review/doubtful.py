"""Articles of our own in which names come so close that only a person can tell."""

from __future__ import annotations

from reports_by_hand import Page

from kg.model import Report


def reports() -> list[Report]:
    """Two doubtful pairs; the second stands in more articles."""
    return [
        _company("kebun-1", "2026-03-01", "Rahmat Wijaya").report(),
        _company("kebun-2", "2026-03-02", "Rahmat Wijaya").report(),
        _company("kebun-3", "2026-03-03", "Rahmad Wijaya").report(),
        _company("kebun-4", "2026-03-04", "Rahmad Wijaya").report(),
        _minister("koperasi-1", "2025-07-21", "Bentara", "Wakil Menteri Koperasi", "Ferry Joko Pratama"),
        _minister("koperasi-2", "2025-09-08", "Sagara", "Menteri Koperasi", "Ferry Pratama"),
    ]


def _company(article: str, day: str, name: str) -> Page:
    text = f"Pertemuan Forum Kebun Kutai dihadiri {name}, Rudi Hartono, dan Siti Nurhaliza Putri."
    page = Page(article, day, "Kabar Kebun", text).names("o", name).names("o", "Rudi Hartono")
    page.names("o", "Siti Nurhaliza Putri").names("l", "Forum Kebun Kutai")
    return page.event("dihadiri", "PublicEvent", {name: "attendee", "Rudi Hartono": "attendee"})


def _minister(article: str, day: str, outlet: str, title: str, name: str) -> Report:
    text = f"Budi Ari Santoso, Sri Mulyati Contoh, dan Forum Koperasi Contohrejo di Indonesia. {title} {name} bicara."
    page = Page(article, day, outlet, text).names("o", name).names("o", "Budi Ari Santoso").names("t", "Indonesia")
    page.names("o", "Sri Mulyati Contoh").names("l", "Forum Koperasi Contohrejo")
    page.role(f"{title} {name}", name, f"{title} @ Indonesia!")
    return page.report()
