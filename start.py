#!/usr/bin/env python3
"""The two commands. Needs only Python 3.11 or later.

python3 start.py              set up, make the demo body, publish its board paper, serve
python3 start.py --once       the same, without serving
python3 start.py test [...]   set up what the tests need and run them (further words go to pytest)
python3 start.py VERB [...]   any verb of the watchkeep command: read, publish, import, verify …
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        return complain(f"Watchkeep needs Python 3.11 or later; this is {found}. Use a later python3.")
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    testing = words[:1] == ["test"]
    install(HERE / "requirements" / ("test.txt" if testing else "run.txt"))
    if testing:
        return run_tests(words[1:])
    if words and not words[0].startswith("-"):
        return watchkeep(*words)
    made = watchkeep("demo")
    if made or "--once" in words:
        return made
    return watchkeep("serve", *words)


def install(lock: Path) -> None:
    """Make the environment agree with the lock file; a stamp lets the next start skip this."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"installed-{lock.stem}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("Making an environment in .venv")
        try:
            venv.create(VENV, with_pip=True, clear=True)
        except (subprocess.CalledProcessError, OSError) as problem:
            hint = "On Debian: apt-get install python3-venv"
            sys.exit(complain(f"No environment could be made ({problem}). {hint}"))
    say(f"Installing {lock.name}: a minute or so the first time")
    hashed = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    if not with_uv(hashed):
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *hashed)
    put_on_path()
    stamp.write_text(wanted)


def with_uv(arguments: list[str]) -> bool:
    """Install with uv, which is ten times faster than pip; say whether that worked."""
    uv = shutil.which("uv")
    if uv is None:
        lock = str(HERE / "requirements" / "uv.txt")
        fetch = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        hashed = ["--require-hashes", "--only-binary", ":all:", "-r", lock]
        if subprocess.run([*fetch, *hashed], check=False).returncode:
            return False
        uv = str(BIN / "uv")
    install_here = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *arguments]
    return not subprocess.run(install_here, check=False).returncode


def put_on_path() -> None:
    """Let the environment import src/ and carry a `watchkeep` command, without building anything."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([PYTHON, "-c", where], check=True, capture_output=True, text=True)
    (Path(asked.stdout.strip()) / "watchkeep.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")
    if os.name != "nt":
        command = BIN / "watchkeep"
        command.write_text(f"#!{PYTHON}\nfrom watchkeep.cli import main\n\nmain()\n", encoding="utf-8")
        command.chmod(0o755)


def run_tests(words: list[str]) -> int:
    """Run what was asked for; or everything on SQLite, and then on PostgreSQL where the two could differ."""
    find_browser()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    # The tests start many processes; each would compile Django again where none keeps what it compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def tested(*command: object) -> int:
        asked = [str(word) for word in (PYTHON, *command)]
        return subprocess.run(asked, cwd=HERE, env=environment, check=False).returncode

    if words:
        return tested("-m", "pytest", *words)
    both_cores = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "-m", "not slow"]
    on_sqlite = tested("-m", "pytest", *both_cores)
    say("The same on PostgreSQL")
    return tested(HERE / "tests" / "postgres.py", *both_cores) or on_sqlite


def find_browser() -> None:
    """The journeys drive a Chromium; where there is none, ask the system's packages for it."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Installing Chromium from the system's packages")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        asked = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]
        if not subprocess.run(asked, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode:
            return
    sys.exit(complain("The tests need Chromium and found none. On Debian: sudo apt-get install chromium"))


def watchkeep(*words: str) -> int:
    try:
        return subprocess.run([PYTHON, "-m", "watchkeep", *words], check=False).returncode
    except KeyboardInterrupt:
        return 130


def run(*words: object) -> None:
    done = subprocess.run([str(word) for word in words], check=False)
    if done.returncode:
        sys.exit(complain("The installation stopped; the lines above say why. Nothing was served."))


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


def complain(sentence: str) -> int:
    print(f"watchkeep: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
