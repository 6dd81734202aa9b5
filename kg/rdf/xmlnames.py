"""What XML has no way to write of RDF (XML 1.0, section 2.2; RDF 1.1 XML Syntax, section 5.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.rdf.vocab import RDF

FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that texts of RDF may have and XML has not. Articles are read without them; added graphs may have them."""
_START: Final = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
"""NameStartChar of XML 1.0 as far as all parsers know it."""
_NAME: Final = re.compile(rf"[{_START}][{_START}0-9.\u00b7\u0300-\u036f-]*\Z")
_SYNTAX: Final = re.compile(r"Description|RDF|ID|about(Each(Prefix)?)?|parseType|resource|nodeID|datatype|li|bagID")
"""Names of RDF that are no properties in this syntax; ``li`` would be read as ``rdf:_1``."""


@lru_cache(maxsize=1_000)
def property_name(iri: str) -> tuple[str, str]:
    """Namespace and local name of a property. Raises ValueError where RDF/XML has no way to write it."""
    name = _NAME.search(iri)
    if name is None or name.start() == 0:
        raise ValueError(f"{iri}: is no property that RDF/XML can write: it ends in no name; use another format")
    namespace, local = iri[: name.start()], name.group()
    if namespace == RDF and _SYNTAX.fullmatch(local):
        raise ValueError(f"{iri}: is no property in RDF/XML, which means something else by it; use another format")
    return namespace, local
