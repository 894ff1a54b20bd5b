"""What leaves this machine so that the history can be held to it: checkpoints in a file, and by mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from watchkeep.apps.history import checkpoints
from watchkeep.domain.checkpoint import MAILED, note_of, notes_of
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.people import Actor
from watchkeep.gateways.mail import Letter, NotSent, PerhapsSent, Post

SUBJECT = "Keep this: checkpoint of {size} entries of {origin}"


def kept_elsewhere(path: Path | None = None) -> str | None:
    """The copy of the checkpoints that the settings name, or that at `path`; None where there is none."""
    path = path or (Path(settings.WATCHKEEP_CHECKPOINTS) if settings.WATCHKEEP_CHECKPOINTS else None)
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""  # it is to be there, and nothing has got there yet: verify says so
    except OSError as problem:
        reason = (problem.strerror or "no reason given").lower()
        raise Invalid("copy", f"{path}: the checkpoints kept there cannot be read ({reason}).") from None


def send_out(viewer: Actor, path: Path) -> int:
    """Add to the file at `path` each checkpoint that it does not hold yet; how many that were."""
    here = checkpoints.stored(viewer)
    there = set(notes_of(kept_elsewhere(path) or ""))
    missing = [note for note in here if note not in there]
    if missing:
        try:
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write("".join(f"{note}\n" for note in missing))
        except OSError as problem:
            reason = (problem.strerror or "no reason given").lower()
            raise Invalid("to", f"{path} cannot be added to ({reason}).") from None
    return len(missing)


def mail(post: Post, addresses: Iterable[str], note: str) -> Sequence[str]:
    """Send one checkpoint to each address; those that it went to."""
    said = note_of(note).checkpoint
    subject = SUBJECT.format(size=said.size, origin=said.origin)
    sent = []
    for each in addresses:
        try:
            post.send(Letter(each, subject, f"{MAILED}\n\n{note}", reference=f"checkpoint-{said.size}"))
        except (NotSent, PerhapsSent) as problem:
            raise Refused(f"The checkpoint is signed, and was not mailed to {each}. {problem}") from None
        sent.append(each)
    return sent
