"""A paper that something is done with: found for whoever may, and told of in the history."""

from __future__ import annotations

from django.utils import timezone

from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.intake import queries
from watchkeep.apps.intake.models import Import, Step
from watchkeep.apps.register import queries as register_queries
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, must

OPEN_STATES = ("draft", "partly accepted")


def paper_of(by: Actor, paper: int, *states: str) -> Import:
    """A paper that may be brought in by whom it is, in one of these states; refused in any other."""
    found = queries.visible(by).select_related("file", "register").filter(number=paper).first()
    if found is None:
        raise Missing("There is no such import.")
    must(by, "bring in papers", register_queries.where(found.register))
    if states and found.state == "accepted" and found.state not in states:
        taken = queries.taken(by, paper)
        who = f" by {taken.by}" if taken else ""
        raise Refused(f"{found.name} was accepted already{who}; what it said is set right in the register.")
    if states and found.state not in states:
        raise Refused(f"{found.name} is {found.state}; this can no longer, or not yet, be done.")
    return found


def tell_step(paper: Import, code: str, sentence: str) -> None:
    """Say that one step is done, below those before it."""
    Step(
        paper=paper, position=paper.steps.count() + 1, at=timezone.now(), code=code, sentence=sentence
    ).save()


def tell_of(entry: OpenEntry, paper: Import) -> None:
    """The entry is about this paper, and says which file it was."""
    entry.about("import", paper.pk, f"Import {paper.number}: {paper.name}")
    entry.facts["file"] = {"sha256": paper.file.sha256, "name": paper.name}
