"""What a change would not take, with all that was sent still in its boxes: of somebody who was second, both
versions field by field; of a wrong value, what is wrong beside it. It knows no form: it is made from what was
sent and from what the change says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeep.domain.errors import Clash, Invalid, Refused, Stale
from watchkeep.domain.wording import Run, reworded

OWN: Final = frozenset({"csrfmiddlewaretoken"})  # what each form has anew
_SECRET: Final = re.compile("password")  # in the name of a field: it is said again by nobody
# What no person typed: an id, a code, a number, one word that was chosen. It goes along unseen.
_CHOSEN: Final = re.compile(r"[\w./:@-]{0,64}")
SHORT: Final = 80


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form, as it is sent again; with what stands now beside it, where that differs."""

    id: str
    name: str
    label: str
    text: str
    theirs: tuple[Run, ...] = ()
    yours: tuple[Run, ...] = ()
    note: str = ""
    wrong: str = ""  # what is wrong with it

    @property
    def short(self) -> bool:
        """Whether one line holds it."""
        return len(self.text) <= SHORT and "\n" not in self.text

    @property
    def rows(self) -> int:
        """How tall the box must be to show most of it."""
        return min(20, 2 + self.text.count("\n") + len(self.text) // SHORT)


def clash(request: HttpRequest, error: Stale, back: str = "") -> HttpResponse:
    """Answer the loser of a race: nothing was changed, nothing they wrote is lost."""
    version = _named(error.field, request.POST) or error.field
    clashing = {_named(each.name, request.POST) or each.name: each for each in error.clashes}
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN | {version} and not _SECRET.search(name)
        for value in values
    ]
    boxes = tuple(_boxes(sent, clashing))
    shown = {box.name for box in boxes}
    return render(
        request,
        "clash/page.html",
        {
            "sentence": error.sentence,
            "back": back,
            "address": request.get_full_path(),
            "version_name": version,
            "version_now": error.version,
            "boxes": boxes,
            "elsewhere": [_beside(each) for name, each in clashing.items() if name not in shown],
            "along": [(name, value) for name, value in sent if name not in shown],
            "files": [
                (name, _label(name), each.name)
                for name in request.FILES
                for each in request.FILES.getlist(name)
            ],
        },
        status=409,
    )


def again(
    request: HttpRequest, error: Invalid | Refused, *, status: int, title: str, back: str = ""
) -> HttpResponse | None:
    """Answer a wrong value that no form of ours caught, or what may no longer be done: why, and all that was
    written, to be sent again or taken away. Nothing where nobody wrote anything.
    """
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN and not _SECRET.search(name)
        for value in values
    ]
    wrong = _named(error.field, request.POST) if isinstance(error, Invalid) else ""
    boxes = [
        Box(f"box-{number}", name, _label(name), value, wrong=error.sentence if name == wrong else "")
        for number, (name, value) in enumerate(sent)
        if name == wrong or not _CHOSEN.fullmatch(value)
    ]
    if not boxes:
        return None
    shown = {box.name for box in boxes}
    facts = {
        "title": title,
        "sentence": error.sentence,
        "first": next((box.id for box in boxes if box.wrong), boxes[0].id),
        "back": back,
        "address": request.get_full_path(),
        "boxes": boxes,
        "along": [(name, value) for name, value in sent if name not in shown],
    }
    return render(request, "clash/again.html", facts, status=status)


def _named(field: str, sent: Iterable[str]) -> str:
    """The name that a field was sent under: its own, or with the prefix of the one form that has it."""
    names = list(sent)
    prefixed = [name for name in names if name.partition("-")[2] == field]
    return field if field in names else prefixed[0] if len(prefixed) == 1 else ""


def _boxes(sent: list[tuple[str, str]], clashing: dict[str, Clash]) -> Iterator[Box]:
    """A box for each field that clashes or that a person wrote; fields of one name are all shown or none."""
    written = {name for name, value in sent if name in clashing or not _CHOSEN.fullmatch(value)}
    for number, (name, value) in enumerate(sent):
        if name not in written:
            continue
        each = clashing.get(name)
        if each is None:
            yield Box(f"box-{number}", name, _label(name), value)
        elif each.base is not None and each.yours == each.base:
            note = "You had not changed this; somebody else has. It is left as they wrote it."
            yield Box(f"box-{number}", name, each.label, each.theirs, note=note)
        elif each.base is not None and each.theirs == each.base:
            yield Box(f"box-{number}", name, each.label, value, note="Only you changed this.")
        else:
            theirs, yours = _beside(each)[1:]
            yield Box(f"box-{number}", name, each.label, value, theirs, yours)


def _beside(each: Clash) -> tuple[str, tuple[Run, ...], tuple[Run, ...]]:
    """The label, what stands and what was sent, each with its own words marked."""
    runs = reworded(each.theirs, each.yours)
    theirs = tuple(run for run in runs if run.kind != "added")
    return each.label, theirs, tuple(run for run in runs if run.kind != "removed")


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize() or "Text"
