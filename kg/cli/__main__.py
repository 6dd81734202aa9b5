"""``python -m kg.cli``: the command without an installation."""

from kg.cli import main

main()
