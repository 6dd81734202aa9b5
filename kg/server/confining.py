"""What a worker gives up before it opens the graph: memory without end, the network, writing files."""

from __future__ import annotations

import sys


def confine(memory: int) -> list[str]:
    """Takes from this process what an answer does not need; returns what this system has no means to take."""
    missing = []
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        missing.append("memory")
    return missing


def peak() -> int:
    """The most memory that this process ever held, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
