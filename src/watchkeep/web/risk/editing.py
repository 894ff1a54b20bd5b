"""What is said of a risk in words: written anew, or changed box by box, and judged."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import PostRow, viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.changes import OwnedBy
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.document import Field, Risk
from watchkeep.domain.errors import Stale
from watchkeep.domain.fields import said_by
from watchkeep.domain.finding import written
from watchkeep.domain.parts import parts_of
from watchkeep.domain.people import Actor, may, must, obey
from watchkeep.domain.risk_state import may_amend, may_change, state_named
from watchkeep.web.register.links import register_link, risk_link
from watchkeep.web.risk import telling
from watchkeep.web.risk.asking import ask, latest_day, own_link, the_risk
from watchkeep.web.risk.forms import AssessForm, RiskForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def risk_new(request: HttpRequest) -> HttpResponse:
    """Write a risk: open it under the next reference, or keep it as a draft."""
    viewer = viewer_of(request.user)
    row = queries.register(viewer, request.GET.get("register", "") or queries.registers(viewer)[0].slug)
    must(viewer, "change risks", queries.place(viewer, row.id))
    value = telling.blank("")
    initial = {
        "reference": queries.suggested_reference(viewer, row.slug),
        "effective_on": max([timezone.localdate(), *([row.as_at] if row.as_at else [])]),
    }
    form = _form(request, viewer, value, initial, new=True)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        made = telling.told(value, form.wrote(), said_by(viewer.name))
        given = {"by": viewer, "register": row.id, "effective_on": said["effective_on"]}
        given["belongs"] = _owner(said)
        if request.POST.get("do") == "draft":
            draft = queries.key_of(viewer, changes.draft_risk(value=made, **given))
            return "The draft is kept; open it when it is ready.", risk_link(draft, row.slug)
        reference = said["reference"].strip() or queries.suggested_reference(viewer, row.slug)
        numbered = Field(state="recorded", text=reference, reason=said_by(viewer.name))
        made = made.model_copy(update={"key": reference, "reference": numbered})
        opened = queries.key_of(viewer, changes.open_risk(value=made, **given))
        return f"{opened} is open.", risk_link(opened, row.slug)

    return ask(
        request,
        form,
        change,
        title="A new risk",
        button="Open it",
        back=register_link(row.slug),
        back_to=row.name,
        also=("draft", "Keep it as a draft"),
    )


@ASKS
def risk_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Say anew what is said of a risk; what was said stays in its history."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    obey(may_change(viewer, page.place, page.owner_post) or may_amend(state_named(page.state), page.label))
    initial = {
        "effective_on": latest_day(page),
        "version": page.version,
        "owner_post": str(page.owner_post or ""),
    }
    form = _form(request, viewer, page.value, initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        value = telling.told(page.value, form.wrote(), said_by(viewer.name))
        try:
            changes.amend_risk(
                by=viewer,
                risk=page.id,
                version=said["version"],
                value=value,
                effective_on=said["effective_on"],
                reason=said["reason"],
                seen=page.value,
                belongs=_owner(said, page, value, form.offered),
            )
        except Stale as problem:
            theirs = telling.boxes(page.value)
            raise Stale(
                problem.sentence,
                clashes=clashes_of(telling.labels(page.value), form.wrote(), theirs),
                version=problem.version,
            ) from None
        if said["effective_on"] < max(each.effective_on for each in page.versions):
            told = f"{page.label} says so as at {written(said['effective_on'])}"
            return f"{told}; what was said of later days, and is other, stays.", own_link(page)
        return f"{page.label} says so now; what it said before stays.", own_link(page)

    return ask(
        request,
        form,
        change,
        title=f"Edit {page.label}",
        button="Save",
        back=own_link(page),
        back_to=page.label,
    )


@ASKS
def risk_assess(request: HttpRequest, key: str) -> HttpResponse:
    """Judge a risk, or a part of it."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    obey(may_change(viewer, page.place, page.owner_post) or may_amend(state_named(page.state), page.label))
    form = AssessForm(
        request.POST or None,
        parts_offered=[each.marker for each in parts_of(page.value)],
        graded=queries.graded_in(viewer, page.register.id),
        scale=page.scale,
        initial={"on": latest_day(page), "version": page.version, "part": request.GET.get("part", "")},
    )

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.assess(
            by=viewer,
            risk=page.id,
            version=said["version"],
            stage=said["stage"],
            part=said.get("part") or None,
            likelihood=said.get("likelihood", ""),
            impact=said.get("impact", ""),
            rating=said.get("rating", ""),
            rationale=said["rationale"],
            basis=said["basis"],
            on=said["on"],
        )
        return f"{page.label} is assessed; what was judged before stays.", own_link(page)

    return ask(
        request,
        form,
        change,
        title=f"Assess {page.label}",
        button="Save the assessment",
        back=own_link(page),
        back_to=page.label,
    )


# --- Beneath the pages --------------------------------------------------------------------------------------


def _form(
    request: HttpRequest, viewer: Actor, value: Risk, initial: dict[str, Any], *, new: bool = False
) -> RiskForm:
    posts = people.posts(viewer)
    return RiskForm(
        request.POST or None,
        value=value,
        posts=posts,
        categories=[each.name for each in queries.categories(viewer) if each.retired_on is None],
        objectives=[each.name for each in queries.objectives(viewer) if each.retired_on is None],
        make_post=_post_to_make(viewer, value, posts),
        new=new,
        initial=initial,
    )


def _post_to_make(viewer: Actor, value: Risk, posts: tuple[PostRow, ...]) -> str:
    """The owner's text, where it is no post yet and the viewer may make it one."""
    text = " ".join((value.owner.text or "").split())
    known = {each.title.casefold() for each in posts}
    if not text or len(text) > 200 or text.casefold() in known or may(viewer, "look after people"):
        return ""
    return text


def _owner(
    said: dict[str, Any],
    page: RiskPage | None = None,
    value: Risk | None = None,
    offered: Collection[str] = (),
) -> OwnedBy | None:
    """The post that was chosen, or is to be made of the owner's text, or taken off where it was `offered` and
    none was chosen; nothing where that stands already.
    """
    if said.get("make_post") and page and page.value.owner.text:
        return OwnedBy(to_open=page.value.owner.text)
    chosen = said.get("owner_post") or ""
    if not chosen:
        return OwnedBy(as_written=True) if page and str(page.owner_post) in offered else None
    same = page and value and chosen == str(page.owner_post) and value.owner.text == page.value.owner.text
    return None if same else OwnedBy(UUID(chosen))
