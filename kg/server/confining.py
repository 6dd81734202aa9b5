"""What a worker gives up before it opens the graph: memory without end, the network, writing files, other programs.

Nothing here asks for rights: a process takes from itself. What a system has no means for is told, so that the operator
knows what is left to him (THREATS.md).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

UNLIMITED: Final = "a worker's memory has no limit on this system; give the service one by other means (a container)"
REACHABLE: Final = (
    "workers are not cut off from the network on this system: only the text of a query is looked through for SERVICE;"
    " let a firewall or a container keep the service from other machines"
)
WRITING: Final = "workers are not kept from writing files on this system; run the service as a user who may not"

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
"""Instructions of classic BPF: BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JSET|K, BPF_JMP|JGE|K, BPF_RET|K."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
"""SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM."""
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Offsets in struct seccomp_data; arguments have 8 bytes, the lower half first on both machines."""
_X32: Final = 0x40000000
"""Numbers from here on are another way into the same calls on x86_64."""
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, constant."""


def confine(memory: int, files: bool = False) -> list[str]:
    """Takes from this process what an answer does not need; returns what this system has no means to take.

    `files`: whether it may change files. To be called before any thread is started: threads inherit it.
    """
    limited, unshared, filtered = limit(memory), unshare(), refuse_calls(files)
    lacks = {UNLIMITED: not limited, REACHABLE: not (unshared or filtered), WRITING: not filtered}
    return [text for text, lacking in lacks.items() if lacking]


def limit(memory: int) -> bool:
    """Limits the memory that this process may ask for. False where the system does not hold to it.

    RLIMIT_DATA counts what may be written to, so neither mapped files nor address space that is only reserved.
    """
    if sys.platform != "linux":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def unshare() -> bool:
    """Moves this process into a network of its own that has no way out. False where that is not allowed."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def refuse_calls(writing: bool = False) -> bool:
    """Has the kernel refuse calls of this process that no answer needs (seccomp). False where it cannot.

    `writing`: whether it may change files.
    """
    tables = tomllib.loads((files("kg.server") / "syscalls.toml").read_text(encoding="utf-8"))
    table = tables.get(platform.machine())
    if table and writing:
        refused = {name: number for name, number in table["refused"].items() if name not in tables["files"]}
        table = {**table, "refused": refused, "open": {}}
    if sys.platform != "linux" or table is None:
        return False
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in _program(table))
    code = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong]
    kept = prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0) == 0
    return bool(kept and prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, filter_, 0, 0) == 0)


def held() -> int:
    """The memory that this process holds, in bytes; 0 where the system does not tell.

    Not its peak, which Linux lets a process inherit from who started it (getrusage(2), ru_maxrss).
    """
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError, ValueError):
        return 0


def _program(table: dict[str, Any]) -> list[Instruction]:
    """The filter of a machine: whatever comes by another architecture's numbers is refused as well."""
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, table["audit"]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for number in table["refused"].values():
        program += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    for number, place in table["open"].values():
        program += [
            (_JUMP_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _ARGUMENTS + 8 * place),
            (_JUMP_ANY_BIT, 0, 1, _WRITES),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        ]
    return [*program, (_RETURN, 0, 0, _ALLOW)]
