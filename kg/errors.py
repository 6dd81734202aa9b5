"""The error tree: what went wrong, where, and what to do about it.

RiwayatError
├── BadInput        one article or query is at fault; it costs only itself (exit status 1)
└── Broken          ontology, language pack, manifest or configuration is at fault; stop (exit status 2)
"""


class RiwayatError(Exception):
    """A fault that is told to the user in one message, without a traceback."""

    exit_status = 1


class BadInput(RiwayatError):
    """One input (article, query, parameter) is at fault; the others go on."""


class Broken(RiwayatError):
    """The installation or the graph folder is at fault; nothing can go on."""

    exit_status = 2
