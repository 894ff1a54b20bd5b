"""How the index follows the records: with every entry, in its transaction; or made again from all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.migrations import Migration
from django.db.models import F, OuterRef, Subquery

from watchkeep.apps.history.changes import lock_chains
from watchkeep.apps.people.models import Body
from watchkeep.apps.register.models import Link, RiskVersion
from watchkeep.apps.search.above import passages_above, risks_above
from watchkeep.apps.search.models import Passage
from watchkeep.apps.search.naming import names_anew, naming
from watchkeep.apps.search.passages import MAKERS, passages_of
from watchkeep.domain.link import ESCALATED

AT_ONCE: Final = 500
SAID: Final = [field.name for field in Passage._meta.concrete_fields if field.name not in ("id", "key")]


def follow(rows: Sequence[dict[str, Any]]) -> None:
    """Take up what an entry wrote; called by the recording as it closes."""
    written: defaultdict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row["model"] in MAKERS:
            written[row["model"]].add(UUID(row["id"]))
        if names_anew(row):
            for model, ids in naming(row["model"], UUID(row["id"])).items():
                written[model] |= ids
    for model, ids in written.items():
        every = sorted(ids)
        for start in range(0, len(every), AT_ONCE):
            _keep(passages_of(model, every[start : start + AT_ONCE]))
    _keep_above(rows, written["register.riskversion"])


@transaction.atomic
def rebuild() -> int:
    """Make every passage again from the records; how many there are. Nothing is lost if it fails half-way,
    and nothing is recorded meanwhile that it would miss.
    """
    lock_chains(str(body) for body in Body.objects.values_list("pk", flat=True))
    Passage.objects.all().delete()
    for model in MAKERS:
        keys = list(apps.get_model(model)._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            Passage.objects.bulk_create(passages_of(model, keys[start : start + AT_ONCE]))
    links = Link.objects.filter(kind=ESCALATED).order_by("target")
    above = list(links.values_list("target", flat=True).distinct())
    for start in range(0, len(above), AT_ONCE):
        Passage.objects.bulk_create(passages_above(above[start : start + AT_ONCE]))
    newest = Passage.objects.filter(kind=OuterRef("kind"), of=OuterRef("of"))
    latest = Subquery(newest.order_by("-placed_on", "-number").values("pk")[:1])
    outdone = Passage.objects.annotate(latest=latest).exclude(pk=F("latest")).values_list("pk", flat=True)
    every = list(outdone)
    for start in range(0, len(every), AT_ONCE):
        Passage.objects.filter(pk__in=every[start : start + AT_ONCE]).update(stands=False)
    return Passage.objects.count()


def after_migrating(plan: Sequence[tuple[Migration, bool]] = (), **_: Any) -> None:
    """Django calls this when migrations have run: an index that is new, or has other words than before, takes
    up every record that is there.
    """
    if any(each.app_label == "search" and not backwards for each, backwards in plan):
        rebuild()


def _keep_above(rows: Sequence[dict[str, Any]], versions: set[UUID]) -> None:
    """Say anew what the risks above say whose words, own or below, or whose way there were written."""
    ways = [row["id"] for row in rows if row["model"] == "register.link"]
    if not (ways or versions):
        return
    told = RiskVersion.objects.filter(pk__in=versions).values_list("risk", flat=True)
    above = risks_above({*told, *Link.objects.filter(pk__in=ways).values_list("target", flat=True)})
    if above:
        Passage.objects.filter(kind="risk", of__in=above).delete()
        _keep(list(passages_above(above)))


def _keep(passages: list[Passage]) -> None:
    """Store new passages, and say of each thing which of its passages stands."""
    if not passages:
        return
    standing = {
        (each.kind, each.of): each
        for each in Passage.objects.filter(of__in={each.of for each in passages}, stands=True)
    }
    fallen: list[int] = []
    for each in sorted(passages, key=_order):
        before = standing.get((each.kind, each.of))
        if before is None or before.key == each.key or _order(before) <= _order(each):
            if before is not None and before.key != each.key:
                before.stands = False
                fallen += [before.pk] if before.pk else []
            standing[each.kind, each.of] = each
        else:
            each.stands = False
    if fallen:
        Passage.objects.filter(pk__in=fallen).update(stands=False)
    Passage.objects.bulk_create(passages, update_conflicts=True, unique_fields=["key"], update_fields=SAID)


def _order(each: Passage) -> tuple[Any, ...]:
    return each.placed_on, each.number
