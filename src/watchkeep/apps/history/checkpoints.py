"""Checkpoints of a body's history: the next one to sign, those that are stored, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from watchkeep.apps.history import signing
from watchkeep.apps.history.models import Checkpoint as Row
from watchkeep.apps.history.models import Entry
from watchkeep.domain import merkle
from watchkeep.domain.checkpoint import Checkpoint, Key, Note, note_of, notes_of, origin_of, signers
from watchkeep.domain.errors import Broken, Missing
from watchkeep.domain.ledger import Fault, Line
from watchkeep.domain.people import Actor, must

NO_COPY = "the checkpoints were not compared with a copy kept elsewhere"


def stored(viewer: Actor) -> tuple[str, ...]:
    """Every checkpoint of the viewer's body as it was signed, the first one first."""
    must(viewer, "read")
    found = Row.objects.filter(body=viewer.body).order_by("number")
    return tuple(found.values_list("note", flat=True))


def next_of(body: str) -> tuple[Checkpoint, Row | None]:
    """The checkpoint of the history as it stands, and the last that was signed.

    A history that is not the one that was signed last is not signed again: raises Broken.
    """
    last = Row.objects.filter(body=body).order_by("-number").first()
    tree, then = merkle.Growing(), None
    for text in _texts(body):
        tree.add(merkle.leaf(text))
        if last is not None and tree.size == last.size:
            then = tree.root.hex()
    if last is not None and then != last.root:
        raise Broken(
            f"The history up to entry {last.size} is not the one that was signed on {last.made_at:%d %B %Y}: "
            "nothing is signed. Run `watchkeep verify`.",
            sequence=last.size,
        )
    return Checkpoint(origin_of(body), tree.size, tree.root), last


def leaves(viewer: Actor) -> list[bytes]:
    """The digest of every entry as the tree has it, for a proof."""
    must(viewer, "read")
    return [merkle.leaf(text) for text in _texts(viewer.body)]


def growth(viewer: Actor, seen: Checkpoint) -> tuple[Note, tuple[bytes, ...]]:
    """The last checkpoint, with the proof that it only added to one that somebody saw earlier.

    Raises Broken where it did not, and Missing where nothing was signed yet.
    """
    last = Row.objects.filter(body=viewer.body).order_by("-number").first()
    if last is None:
        raise Missing("No checkpoint was signed yet. Sign one with `watchkeep checkpoint`.")
    if seen.origin != origin_of(viewer.body):
        raise Broken(f"That checkpoint is of {seen.origin}, not of {origin_of(viewer.body)}.")
    note = note_of(last.note)
    if seen.size > note.checkpoint.size:
        raise Broken(
            f"That checkpoint is of {seen.size} entries, and the last that was signed here is of "
            f"{note.checkpoint.size}: the history was cut, or rewound.",
            sequence=note.checkpoint.size,
        )
    told = leaves(viewer)[: note.checkpoint.size]
    if merkle.root(told[: seen.size]) != seen.root:
        raise Broken(
            f"The first {seen.size} entries are not those of that checkpoint: the history was rewritten.",
            sequence=seen.size,
        )
    return note, merkle.consistency(told, seen.size)


def _texts(body: str) -> Iterator[str]:
    found = Entry.objects.filter(body=body).order_by("sequence", "pk")
    return found.values_list("text", flat=True).iterator(chunk_size=1000)


# --- Checking -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Checking:
    """The roots of a history at the sizes that its checkpoints name, gathered while its lines go by."""

    body: str
    copy: str | None
    rows: list[Row] = field(init=False)
    roots: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    outside: list[Note] = field(default_factory=list)  # what the copy holds of this history
    damaged: int = 0  # pieces of the copy that are no checkpoints

    def __post_init__(self) -> None:
        self.rows = list(Row.objects.filter(body=self.body).order_by("number", "pk"))
        for text in notes_of(self.copy or ""):
            try:
                note = note_of(text)
            except ValueError:
                self.damaged += 1
                continue
            if note.checkpoint.origin == origin_of(self.body):
                self.outside.append(note)

    def passing(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The same lines, looked at on their way."""
        wanted = {each.size for each in self.rows} | {note.checkpoint.size for note in self.outside}
        tree = merkle.Growing()
        for line in lines:
            self.size += 1
            if wanted:
                tree.add(merkle.leaf(line.text))
                if tree.size in wanted:
                    self.roots[tree.size] = tree.root
            yield line

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the stored checkpoints, or with the history that they were signed over."""
        keys = (*signing.keys(self.body), *signing.witnesses())
        agreed = 0
        for place, row in enumerate(self.rows, 1):
            if row.number != place:
                yield Fault(None, f"checkpoint {place} is not stored: checkpoint {row.number} follows.")
                break
        for row in self.rows:
            try:
                note = note_of(row.note)
            except ValueError:
                yield Fault(None, f"checkpoint {row.number} is not a checkpoint any more.")
                continue
            said = note.checkpoint
            if (said.size, said.root.hex()) != (row.size, row.root):
                yield Fault(None, f"checkpoint {row.number}: its columns do not say what its text says.")
            problem = self._problem(note, keys, agreed)
            if problem is None:
                agreed = max(agreed, said.size)
            else:
                yield Fault(min(said.size, self.size) or None, f"checkpoint {row.number} {problem}")
        yield from self._against_copy(keys)

    def said(self) -> tuple[str, ...]:
        """What was looked at, in sentences."""
        if not self.rows and self.copy is None:
            return ("No checkpoint has been signed yet.",)
        count = f"{len(self.rows)} signed {'checkpoint' if len(self.rows) == 1 else 'checkpoints'}"
        if self.copy is None:
            return (f"{count}: signature, size and root of each; {NO_COPY}.",)
        there = {str(note) for note in self.outside}
        waiting = sum(each.note not in there for each in self.rows)
        late = f"; {waiting} not there yet" if waiting else ""
        return (
            f"{count}: signature, size and root of each, and each of {len(self.outside)} "
            f"in the copy kept elsewhere{late}.",
        )

    def _problem(self, note: Note, keys: tuple[Key, ...], agreed: int) -> str | None:
        said = note.checkpoint
        if said.origin != origin_of(self.body):
            return "is of another history."
        if not any(key.name == said.origin for key in signers(note, keys, signing.is_signed)):
            return "is not signed by this history's key."
        if said.size > self.size:
            return (
                f"was signed over {said.size} entries, and there are {self.size}: "
                "the history was cut or rewound."
            )
        if self.roots.get(said.size) != said.root:
            return (
                f"was signed over another history: something was altered between entry {agreed + 1} "
                f"and entry {said.size}."
            )
        return None

    def _against_copy(self, keys: tuple[Key, ...]) -> Iterator[Fault]:
        """The copy kept elsewhere against what is stored: only the last stored may not have got there yet."""
        if self.copy is None:
            return
        if self.damaged:
            yield Fault(
                None, f"the copy kept elsewhere is damaged: {self.damaged} of its checkpoints cannot be read."
            )
        here = [each.note for each in self.rows]
        there = [str(note) for note in self.outside]
        agreed = 0
        for note in self.outside:
            problem = self._problem(note, keys, agreed)
            if problem is not None:
                yield Fault(
                    min(note.checkpoint.size, self.size) or None, f"a checkpoint kept elsewhere {problem}"
                )
            elif str(note) not in here:
                yield Fault(
                    note.checkpoint.size,
                    f"the checkpoint of {note.checkpoint.size} entries is kept elsewhere, "
                    "and is no longer stored.",
                )
            agreed = agreed if problem else max(agreed, note.checkpoint.size)
        sent = [index for index, each in enumerate(here) if each in there]
        gone = [index + 1 for index in range(max(sent, default=-1)) if index not in sent]
        for number in gone:
            yield Fault(None, f"checkpoint {number} is missing from the copy kept elsewhere.")
