"""What a reader that has been taken over might do: run in the limited child, never in the test itself."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time

# Loaded before the child gives anything up: native calls pass Python's own fence, so the system's must hold.
NATIVE = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def echo(data: bytes, name: str) -> bytes:
    return name.encode() + b"|" + data


def fork(data: bytes, name: str) -> bytes:
    os.fork()
    time.sleep(30)
    return b"forked"


def start_a_program(data: bytes, name: str) -> bytes:
    return subprocess.run(["/bin/echo", "out"], check=True, capture_output=True).stdout


def connect(data: bytes, name: str) -> bytes:
    with socket.create_connection(("127.0.0.1", int(data)), timeout=5):
        return b"connected"


def read_a_file(data: bytes, name: str) -> bytes:
    with open(data.decode(), "rb") as stream:
        return stream.read()


def write_a_file(data: bytes, name: str) -> bytes:
    with open(data.decode(), "wb") as stream:
        stream.write(b"taken over")
    return b"written"


def loop(data: bytes, name: str) -> bytes:
    while True:
        pass


def sleep(data: bytes, name: str) -> bytes:
    time.sleep(600)
    return b"woke"


def allocate(data: bytes, name: str) -> bytes:
    kept = []
    while True:
        kept.append(bytearray(64 * 2**20))


def flood(data: bytes, name: str) -> bytes:
    while True:
        os.write(int(data), b"x" * 65536)


def print_a_lot(data: bytes, name: str) -> bytes:
    for _ in range(10_000):
        print("a library that talks")
    return b"quiet"


def crash(data: bytes, name: str) -> bytes:
    os.abort()


def leave_early(data: bytes, name: str) -> bytes:
    os._exit(0)


def fail(data: bytes, name: str) -> bytes:
    raise ZeroDivisionError("inside a reader")


def native_fork(data: bytes, name: str) -> bytes:
    assert NATIVE is not None
    child = NATIVE.fork()
    if child == 0:
        os._exit(0)
    return b"refused" if child < 0 else b"forked"


def native_connect(data: bytes, name: str) -> bytes:
    assert NATIVE is not None
    opened = NATIVE.socket(2, 1, 0)
    address = (ctypes.c_ubyte * 16)(2, 0, int(data) >> 8, int(data) & 255, 127, 0, 0, 1)
    return b"refused" if NATIVE.connect(opened, address, 16) != 0 else b"connected"


def native_open(data: bytes, name: str) -> bytes:
    assert NATIVE is not None
    return b"refused" if NATIVE.open(data, os.O_RDONLY) < 0 else b"opened"


def native_write(data: bytes, name: str) -> bytes:
    assert NATIVE is not None
    opened = NATIVE.open(data, os.O_WRONLY | os.O_CREAT, 0o644)
    return b"refused" if opened < 0 or NATIVE.write(opened, b"x", 1) < 0 else b"written"


def environment(data: bytes, name: str) -> bytes:
    return "\n".join(sorted(os.environ)).encode()
