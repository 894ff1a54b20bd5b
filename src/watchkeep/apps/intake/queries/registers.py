"""Which register a paper is: of its name, of its file, or knowing most of its references."""

from __future__ import annotations

from uuid import UUID

from watchkeep.apps.intake.models import Import
from watchkeep.apps.intake.queries.imports import ACCEPTED
from watchkeep.apps.register import queries as register_queries
from watchkeep.apps.register.models import Register
from watchkeep.domain.document import RegisterDocument
from watchkeep.domain.people import Actor

MOST = 0.5  # the share of a paper's references that a register must know to be proposed as its register


def register_of_file(found: Import) -> Register | None:
    """The register that this very file was last accepted into."""
    same = Import.objects.filter(file=found.file_id, state__in=ACCEPTED).exclude(pk=found.pk)
    last = same.select_related("register").order_by("-number").first()
    return last.register if last else None


def likely_register(viewer: Actor, document: RegisterDocument) -> Register | None:
    """The register that a paper most likely is: of its name, else knowing most of its references."""
    named = register_named(UUID(viewer.body), document.name.text)
    if named:
        return Register.objects.get(pk=named)
    references = {risk.reference.text for risk in document.risks if risk.reference.recorded}
    if not references:
        return None
    known = register_queries.visible_risks(viewer).filter(reference__in=references)
    counts: dict[UUID, int] = {}
    for register_id in known.values_list("register_id", flat=True):
        counts[register_id] = counts.get(register_id, 0) + 1
    best = max(counts, key=lambda each: (counts[each], str(each)), default=None)
    if best is None or counts[best] < MOST * len(references):
        return None
    return Register.objects.get(pk=best)


def register_named(body: UUID, name: str | None) -> UUID | None:
    """The body's register of this name, in capitals or not."""
    if not name:
        return None
    found = Register.objects.filter(body_id=body, name__iexact=name[:300]).first()
    return found.pk if found else None
