"""`watchkeep serve`: the site and its worker, which is started again if it dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from types import FrameType

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import must_be_up_to_date, records

TRIED_PORTS = 20
MOST_DEATHS = 5  # of the reader within a minute, before the site gives up


def serve(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8000, help="Port to listen on; the next free one is taken if it is in use."),
    workers: int = typer.Option(2, help="Web processes."),
) -> None:
    """Serve the site, read uploaded files as they arrive, and tell people what is asked of them."""
    with records():
        must_be_up_to_date()
    free = first_free_port(host, port)
    if free is None:
        last = port + TRIED_PORTS - 1
        echo(f"Ports {port} to {last} on {host} are all in use. Give another with --port.", err=True)
        raise typer.Exit(2)
    site = [
        *(sys.executable, "-m", "gunicorn", "watchkeep.config.wsgi", "--bind", f"{host}:{free}"),
        *("--workers", str(workers), "--threads", "4", "--worker-class", "gthread"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    reader = [sys.executable, "-m", "watchkeep", "work"]
    if "WATCHKEEP_HOSTS" not in os.environ:  # on its own machine: links in mails lead to this port
        os.environ.setdefault("WATCHKEEP_SITE", f"http://{host}:{free}")
    echo(f"Serving on http://{host}:{free}/  (stop with Ctrl-C)")
    raise typer.Exit(keep(site, reader))


def first_free_port(host: str, port: int) -> int | None:
    """The first port from `port` on that nobody listens on, or none among the next few."""
    for candidate in range(port, min(port + TRIED_PORTS, 65536)):
        with socket.socket() as probe:
            # As the server itself will: a port that was just closed may be taken again.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return None


def keep(site: list[str], reader: list[str], *, pause: float = 2.0, within: float = 60.0) -> int:
    """Run the site and, beside it, the reader; the site's exit code, or 1 where the reader keeps dying.

    A reader that dies is started again after a pause. One that dies MOST_DEATHS times within `within`
    seconds will not get better by itself: then the site is stopped, too, and says so.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    running: list[subprocess.Popen[bytes]] = []
    try:
        running = [_started(site), _started(reader)]
        return _watch(running, reader, pause, within)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(running)


def _watch(running: list[subprocess.Popen[bytes]], reader: list[str], pause: float, within: float) -> int:
    """Until the site ends; `running` is the site and the reader of the moment."""
    deaths: deque[float] = deque(maxlen=MOST_DEATHS)
    again: float | None = None  # when a reader that died is started again
    while (ended := running[0].poll()) is None:
        now = time.monotonic()
        if again is not None and now >= again:
            running[1], again = _started(reader), None
        elif again is None and (code := running[1].poll()) is not None:
            deaths.append(now)
            if len(deaths) == MOST_DEATHS and now - deaths[0] <= within:
                _say(
                    f"The process that reads uploaded files stopped {MOST_DEATHS} times within a minute "
                    f"(exit code {code}). The site is stopped: see the messages above, then start it again."
                )
                return 1
            _say(f"The process that reads uploaded files stopped (exit code {code}). It is started again.")
            again = now + pause
        time.sleep(0.1)
    _say(f"The site stopped (exit code {ended}).")
    return ended


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)  # noqa: S603 (both are written in serve)


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end; one that does not is ended."""
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say(sentence: str) -> None:
    echo(sentence, err=True)
