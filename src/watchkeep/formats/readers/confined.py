"""The child's end: give up everything a reader does not need, read one file from standard input, answer, end.

What can be given up depends on the system: Linux as root gives most, Windows least. `in_force` says.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from watchkeep.domain.errors import Unreadable
from watchkeep.formats.readers.boundary import unreadable
from watchkeep.formats.readers.kinds import likely_kinds

_NOBODY: Final = 65534
_NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET of <linux/sched.h>
_NEW_USERS: Final = 0x10000000  # CLONE_NEWUSER
_KEEP_CAPABILITIES: Final = 8  # PR_SET_KEEPCAPS of <linux/prctl.h>
_CAPABILITY_VERSION: Final = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_CAPABILITY_TO_READ: Final = 2  # CAP_DAC_READ_SEARCH
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS of <linux/prctl.h>
_LANDLOCK_CREATE: Final = 444  # the same numbers on every processor
_LANDLOCK_ADD: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_ALL_FILE_RIGHTS: Final = (
    1 << 13
) - 1  # the rights of landlock's first version: execute to make symbolic links
_READ_FILE: Final = 0b101  # execute (to load a library) and read
_READ_FOLDER: Final = 0b1101  # and list

_FORBIDDEN: Final = {
    "socket.connect": "to open a network connection",
    "socket.bind": "to open a network connection",
    "socket.sendto": "to open a network connection",
    "socket.getaddrinfo": "to look up a network address",
    "subprocess.Popen": "to start a program",
    "os.system": "to start a program",
    "os.exec": "to start a program",
    "os.posix_spawn": "to start a program",
    "os.fork": "to start a second process",
    "os.forkpty": "to start a second process",
    "os.remove": "to remove a file",
    "os.rename": "to rename a file",
    "os.mkdir": "to make a folder",
    "os.symlink": "to make a link",
    "os.link": "to make a link",
    "os.chmod": "to change who may use a file",
    "os.kill": "to end another process",
    "ctypes.dlopen": "to load a program library",
    "pickle.find_class": "to run stored code",
}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class Forbidden(Exception):
    """A reader tried something that no reader needs."""


_tried: list[str] = []
_force: dict[str, bool] = {}


def in_force(data: bytes, name: str) -> bytes:
    """Which protections hold in this child, as JSON; has the shape of a reader so that the parent can ask."""
    del data, name
    return json.dumps(_force).encode()


def main() -> None:
    """Read an order line and a file from standard input; write a verdict line and the answer."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not be able to spoil the answer
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    name = str(order["name"])
    gc.set_threshold(200_000, 20, 20)  # a short life: looking for garbage often costs a tenth of it
    try:
        limit(order["limits"])
        data = source.read()
        call = _prepared(order["call"], data, name)
        give_up()
        body = call(data, name)
        verdict: dict[str, Any] = {"result": "read", "bytes": len(body)}
    except Exception as problem:  # noqa: BLE001  a parser raises anything at all
        body = b""
        verdict = _refusal(problem, name)
    out.write(json.dumps(verdict).encode() + b"\n")
    out.write(body)
    out.flush()
    os._exit(0)  # no clean-up code of any library runs after the answer


def _refusal(problem: Exception, name: str) -> dict[str, Any]:
    """What to say: an attempt at something forbidden comes before whatever the reader then stumbled over."""
    refusal = unreadable(problem, name)
    if _tried:
        refusal = Unreadable(
            where=name,
            why=f"the file made its reader try {_tried[0]}, which was stopped.",
            remedy="Do not open this file; ask whoever sent it what it is.",
        )
    return {"result": "unreadable", "where": refusal.where, "why": refusal.why, "remedy": refusal.remedy}


def _prepared(call: str, data: bytes, name: str) -> Callable[[bytes, str], bytes]:
    """The function to run, its libraries loaded while the interpreter may still write its caches."""
    module, _, function = call.partition(":")
    home = importlib.import_module(module)
    for each in getattr(home, "LOADED_FIRST", ()):
        importlib.import_module(each)
    if module == "watchkeep.formats.readers":
        for each in ("assemble", *likely_kinds(data, name)):
            importlib.import_module(f"watchkeep.formats.readers.{each}")
    found: Callable[[bytes, str], bytes] = getattr(home, function)
    return found


# --- Limits: what holds from the first byte ------------------------------------------------------------


def limit(limits: dict[str, float]) -> None:
    """Memory, processor time and core files, before the file is even received."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the cap on the answer remain
        _force["memory limit"] = _force["processor limit"] = False
        return
    seconds = int(limits["processor"])
    _force["memory limit"] = _set(resource, "RLIMIT_AS", int(limits["memory"]))
    _force["processor limit"] = _set(resource, "RLIMIT_CPU", seconds, seconds + 1)
    _set(resource, "RLIMIT_CORE", 0)


def _set(resource: Any, which: str, soft: int, hard: int | None = None) -> bool:
    """Lower one limit; False where this system has no such limit or will not set it."""
    if not hasattr(resource, which):
        return False
    try:
        resource.setrlimit(getattr(resource, which), (soft, soft if hard is None else hard))
    except (OSError, ValueError):
        return False
    return True


# --- Giving up: what a loaded reader no longer needs --------------------------------------------------


def give_up() -> None:
    """Files, network, processes, privileges: in the order in which each can still be given up."""
    _force["no network"] = _leave_network()
    _force["no privileges"] = _become_nobody()
    _force["no new privileges"] = _promise_no_privileges()
    _force["no other files read"] = _fence_files()
    try:
        import resource
    except ImportError:
        _force["no files written"] = _force["no processes"] = False
    else:
        _force["no files written"] = _set(resource, "RLIMIT_FSIZE", 0)
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # the kernel exempts root from this one
        _force["no processes"] = _set(resource, "RLIMIT_NPROC", 0) and not root
    sys.dont_write_bytecode = True
    sys.addaudithook(_watch)
    _force["watched"] = True


def _library() -> Any:
    return ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def _leave_network() -> bool:
    """Move into a network of one, without even a loopback; needs root or permitted user namespaces."""
    library = _library()
    if library is None:
        return False
    if os.geteuid() == 0:
        return bool(library.unshare(_NEW_NETWORK) == 0)
    return bool(library.unshare(_NEW_USERS | _NEW_NETWORK) == 0)


def _become_nobody() -> bool:
    """Change from root to a user who owns nothing; already so where the parent is not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return hasattr(os, "geteuid")
    library = _library()
    keep_reading = library is not None and not _open_to_all()
    try:
        if keep_reading:
            library.prctl(_KEEP_CAPABILITIES, 1, 0, 0, 0)
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:
        return False
    if keep_reading:
        _keep_reading(library)
    return True


def _keep_reading(library: Any) -> None:
    """Of all that root may, keep reading alone: the interpreter may stand in a folder closed to others."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    kept = 1 << _CAPABILITY_TO_READ
    sets = (ctypes.c_uint32 * 6)(
        kept, kept, 0, 0, 0, 0
    )  # effective, permitted, inheritable; low words then high
    library.capset(ctypes.byref(header), ctypes.byref(sets))


def _open_to_all() -> bool:
    """Whether nobody could still load the modules and data files that a reader asks for later."""
    folders = [Path(__file__), Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))]
    reached = {above for folder in folders for above in folder.resolve().parents} | set(folders[1:])
    return all(each.stat().st_mode & 0o001 for each in reached)


def _promise_no_privileges() -> bool:
    library = _library()
    return library is not None and bool(library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


def _fence_files() -> bool:
    """Landlock (Linux 5.13 and later): the kernel itself then opens the libraries' own files and no other."""
    library = _library()
    if library is None:
        return False
    library.syscall.restype = ctypes.c_long
    version = library.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    handled = (ctypes.c_uint64 * 2)(_ALL_FILE_RIGHTS, 0b11 if version >= 4 else 0)  # and TCP from version 4
    rules = library.syscall(
        _LANDLOCK_CREATE,
        ctypes.byref(handled),
        ctypes.c_size_t(16 if version >= 4 else 8),
        ctypes.c_uint32(0),
    )
    if rules < 0:
        return False
    for folder in _READABLE:
        _allow_reading(library, rules, folder)
    held = library.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)) == 0
    os.close(rules)
    return bool(held)


class _Beneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def _allow_reading(library: Any, rules: int, path: str) -> None:
    try:
        opened = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:  # not on this machine: nothing to allow
        return
    rights = _READ_FOLDER if os.path.isdir(path) else _READ_FILE
    beneath = _Beneath(rights, opened)
    library.syscall(
        _LANDLOCK_ADD, ctypes.c_int(rules), ctypes.c_int(1), ctypes.byref(beneath), ctypes.c_uint32(0)
    )
    os.close(opened)


def _may_be_read() -> tuple[str, ...]:
    """Where the interpreter and the libraries keep their own files; nothing else is a reader's to open."""
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path, str(Path(__file__).resolve().parents[3])]
    system = [
        "/usr/share",
        "/usr/lib",
        "/lib",
        "/etc/ld.so.cache",
        "/etc/mime.types",
        "/dev/urandom",
        "/dev/null",
    ]
    return tuple(str(Path(each).resolve()) for each in own + system if each)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop and remember what no reader needs. A second fence: native code passes it, the limits hold."""
    if event == "open":
        _watch_open(arguments)
    elif event in _FORBIDDEN:
        _tried.append(_FORBIDDEN[event])
        raise Forbidden(_FORBIDDEN[event])


def _watch_open(arguments: tuple[Any, ...]) -> None:
    path, mode, flags = (*arguments, None, None, None)[:3]
    if isinstance(path, int):
        return
    if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITING):
        _tried.append("to write a file")
        raise Forbidden("to write a file")
    wanted = os.path.realpath(os.fsdecode(path))
    if not wanted.startswith(_READABLE):
        raise PermissionError(13, "outside what a reader may open", wanted)


_READABLE: Final = _may_be_read()
