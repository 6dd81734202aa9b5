"""Language packs: one folder a language, words as data (see pack.py)."""
