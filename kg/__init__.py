"""Riwayat: knowledge graphs from Indonesian news. Importing this package loads no model."""

__version__ = "0.1.0"
