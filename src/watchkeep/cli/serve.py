"""`watchkeep serve`: the site, and the worker that reads uploaded files, side by side until either stops."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import typer

TRIED_PORTS = 20


def serve(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8000, help="Port to listen on; the next free one is taken if it is in use."),
    workers: int = typer.Option(2, help="Web processes."),
) -> None:
    """Serve the site, and read uploaded files as they arrive."""
    free = first_free_port(host, port)
    if free is None:
        last = port + TRIED_PORTS - 1
        typer.echo(f"Ports {port} to {last} on {host} are all in use. Give another with --port.", err=True)
        raise typer.Exit(2)
    site = [
        *(sys.executable, "-m", "gunicorn", "watchkeep.config.wsgi", "--bind", f"{host}:{free}"),
        *("--workers", str(workers), "--threads", "4", "--worker-class", "gthread"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    reader = [sys.executable, "-m", "watchkeep", "work"]
    typer.echo(f"Serving on http://{host}:{free}/  (stop with Ctrl-C)")
    raise typer.Exit(side_by_side(site, reader))


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


def side_by_side(*commands: list[str]) -> int:
    """Run the commands until one ends or we are told to stop, then end the rest; the first's exit code."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603 (both written above)
    try:
        while True:
            ended = [process for process in running if process.poll() is not None]
            if ended:
                return ended[0].returncode
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)
