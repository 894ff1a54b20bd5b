"""Who may read what of a risk: its rules, a form for another, and the way to open what was closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people import queries as people
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.publication import changes
from watchkeep.apps.publication.queries import document_for, markings
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.document import Risk
from watchkeep.domain.errors import Missing
from watchkeep.domain.marking import READERS, Said, may_mark, readers_named
from watchkeep.domain.people import Actor, may, obey
from watchkeep.domain.redaction import markable
from watchkeep.web.components.clock import clock_of
from watchkeep.web.risk.asking import ask, own_link, the_risk
from watchkeep.web.settings import boxes

SHOWN = 70  # letters of a line in the list of what can be marked


class MarkForm(boxes.Asking):
    """What may be read by whom, and on which ground."""

    field = boxes.choice("What", hint="All of the risk, a field, one line, one promise or one indicator.")
    readers = boxes.choice("Who may read it")
    exemption = forms.CharField(
        label="Ground",
        required=False,
        max_length=2000,
        help_text="As the law has it, such as section 31(1)(a).",
        widget=forms.TextInput(attrs=boxes.BOX),
    )
    harm = forms.CharField(
        label="Harm",
        required=False,
        max_length=4000,
        help_text="What reading it would do.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
    reviewer = boxes.choice("Who answers for the rule", required=False, hint="A post.")
    look_again_on = boxes.day(
        "Look again on", required=False, hint="On that day it is shown as due. It does not lapse by itself."
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=2000,
        help_text="Needed where more people may read it than before.",
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )

    def __init__(self, *args: Any, risk: Risk, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("field", [(path or "all", _named(risk, path, label)) for path, label in markable(risk)])
        self.choose("readers", list(READERS.items()))
        self.choose("reviewer", [("", "Nobody"), *posts])


class OpenForm(boxes.Asking):
    """Why more people may read it again."""

    reason = boxes.reason("Why may more people read it now?")


@require_http_methods(["GET", "HEAD", "POST"])
def risk_readers(request: HttpRequest, key: str) -> HttpResponse:
    """The rules of a risk, and a form for another."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    page = the_risk(request, viewer, key)
    refusal = may_mark(viewer, page.place, page.owner_post)
    if not clock.past:
        obey(None if may(viewer, "publish papers", page.place) is None else refusal)
    rows = people.posts(viewer)
    posts = [(str(each.id), each.title) for each in rows if each.abolished_on is None]
    initial = {"readers": "internal", "field": request.GET.get("field", "all")}
    form = MarkForm(request.POST or None, risk=_risk(viewer, page), posts=posts, initial=initial)

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.mark(
            by=viewer,
            risk=page.id,
            field="" if said["field"] == "all" else said["field"],
            said=Said(
                readers_named(said["readers"]),
                said["exemption"],
                said["harm"],
                UUID(said["reviewer"]) if said["reviewer"] else None,
                said["look_again_on"],
            ),
            reason=said["reason"],
        )
        return (
            "The rule holds from today, in every paper that is frozen from now on.",
            request.get_full_path(),
        )

    return ask(
        request,
        form,
        change,
        title=f"Who may read {page.label}",
        button="Say so",
        back=own_link(page),
        back_to=page.label,
        template="risk/readers.html",
        rules=markings(viewer, clock, risk=page.id),
        opening=may(viewer, "publish papers", page.place) is None,
        page=page,
        past=clock.past,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def risk_readers_open(request: HttpRequest, key: str) -> HttpResponse:
    """Take a rule off: what it kept back may go out again."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    asked = request.GET.get("rule", "")
    rule = next((each for each in markings(viewer, risk=page.id) if str(each.id) == asked), None)
    if rule is None:
        raise Missing("There is no such rule.")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.unmark(by=viewer, marking=rule.id, reason=said["reason"])
        return "The rule is taken off; that it held stays in the history.", own_link(page)

    return ask(
        request,
        OpenForm(request.POST or None),
        change,
        title=f"Let more people read: {rule.label}",
        lead=f"{rule.exemption} {rule.harm}".strip(),
        button="Take the rule off",
        back=own_link(page),
        back_to=page.label,
    )


def _risk(viewer: Actor, page: RiskPage) -> Risk:
    """The risk as papers tell it; one that stands in none (a draft, a closed one) by its own page."""
    return document_for(viewer, page.register.id).risk(page.key) or page.value


def _named(risk: Risk, path: str, label: str) -> str:
    """What can be marked; a line with its first words, so that it can be told from its neighbours."""
    first, _, which = path.partition(":")
    if first in ("controls", "actions") and which:
        text = " ".join((getattr(risk, first)[int(which)].text or "not recorded").split())
        return f"{label}: {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}"
    return label
