"""bytes → Article: text files, web pages and JSON lines."""

from kg.sources.reader import read
from kg.sources.skipped import Skipped

__all__ = ["Skipped", "read"]
