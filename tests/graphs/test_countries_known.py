"""What a graph says of countries without asking anybody: code and item of Wikidata."""

from __future__ import annotations

from pathlib import Path

from asking import rows
from reports_by_hand import reports

from kg import build


def test_a_country_has_its_code_and_its_item(tmp_path: Path) -> None:
    build.add(lambda _: reports(), tmp_path / "graph")
    store = build.reader(tmp_path / "graph")
    try:
        found = rows(
            store,
            "SELECT ?label ?code (STRAFTER(STR(?item), 'entity/') AS ?name) WHERE "
            "{ ?country a rw:Country ; skos:prefLabel ?label ; rw:isoCode ?code ; skos:exactMatch ?item }",
        )
        others = rows(
            store, "SELECT ?other WHERE { ?other skos:exactMatch ?item FILTER NOT EXISTS { ?other a rw:Country } }"
        )
    finally:
        store.close()
    assert found == [("Amerika Serikat", "US", "Q30"), ("Korea Utara", "KP", "Q423"), ("Rusia", "RU", "Q159")]
    assert others == []
