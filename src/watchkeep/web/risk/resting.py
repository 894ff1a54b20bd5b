"""What a sentence of a risk rests on: said, judged, looked at again, taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from watchkeep.apps.evidence import changes
from watchkeep.apps.evidence.queries import (
    Offered,
    any_indicator,
    indicators_offered,
    offered,
    placed_in,
)
from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register.queries import RiskPage
from watchkeep.domain.errors import Missing, Refused
from watchkeep.domain.people import Actor, obey
from watchkeep.domain.risk_state import may_amend, may_change, state_named
from watchkeep.domain.statement import Placed, Sentence, sentences_of
from watchkeep.web.risk.asking import ask, own_link, the_risk
from watchkeep.web.risk.resting_forms import (
    FileForm,
    IndicatorForm,
    JudgeForm,
    LookForm,
    ReadingForm,
    RecordForm,
    TakeOffForm,
)
from watchkeep.web.risk.rests_section import at

ASKS = require_http_methods(["GET", "HEAD", "POST"])
NO_RECORD = "This risk has no check, no promise and no event yet that a sentence could rest on."
NO_POST = "A judgement is given by who holds a post, and you hold none."
NO_INDICATOR = "No indicator that you may see has a reading yet."
Binding = RecordForm | FileForm | ReadingForm | IndicatorForm


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence of a risk that a page is about, with who asks and what holds it today."""

    viewer: Actor
    page: RiskPage
    sentence: Sentence
    placed: Placed | None

    @property
    def version(self) -> int:
        """Of the statement that holds it; 0 where it rests on nothing."""
        return self.placed.held.version if self.placed and self.placed.held else 0

    @property
    def words(self) -> dict[str, Any]:
        """Which sentence it is, for a change."""
        return {"risk": self.page.id, "field": self.sentence.field, "text": self.sentence.text}

    @property
    def back(self) -> str:
        """Where it stands on the risk's page."""
        return f"{own_link(self.page)}#rests"


@ASKS
def risk_rests(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence rests on a check, a promise or an event of its risk; or go on to what else."""
    asked = _asked(request, key)
    offers = offered(asked.viewer, asked.page.id)
    form = RecordForm(
        request.POST or None, offers=offers, initial={"version": asked.version}, auto_id="rests-%s"
    )
    others = _others(asked, offers)
    nothing = "" if offers.records else NO_RECORD
    return _bind(request, asked, form, "What does it rest on?", others=others, nothing=nothing)


@ASKS
def risk_rests_file(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence rests on a place in a file that is kept."""
    asked = _asked(request, key)
    offers = offered(asked.viewer, asked.page.id)
    if not offers.files and request.method != "POST":
        raise Refused(f"No file stands beside {asked.page.label} yet: attach one in its discussion first.")
    form = FileForm(
        request.POST or None, offers=offers, initial={"version": asked.version}, auto_id="rests-%s"
    )
    return _bind(request, asked, form, "On which page of which file does it rest?")


@ASKS
def risk_rests_reading(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence rests on a figure that was read on a day."""
    asked = _asked(request, key)
    form = ReadingForm(request.POST or None, initial={"version": asked.version}, auto_id="rests-%s")
    return _bind(request, asked, form, "On which figure does it rest?")


@ASKS
def risk_rests_indicator(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence rests on a reading of an indicator, or on what its chart says."""
    asked = _asked(request, key)
    offers = indicators_offered(asked.viewer, asked.page.id)
    form = IndicatorForm(
        request.POST or None, offers=offers, initial={"version": asked.version}, auto_id="rests-%s"
    )
    nothing = "" if offers else NO_INDICATOR
    return _bind(request, asked, form, "On which indicator does it rest?", nothing=nothing)


@ASKS
def risk_judge(request: HttpRequest, key: str) -> HttpResponse:
    """Mark a sentence as the judgement of a post that the viewer holds."""
    asked = _asked(request, key)
    posts = offered(asked.viewer, asked.page.id).posts
    form = JudgeForm(
        request.POST or None, posts=posts, initial={"version": asked.version}, auto_id="judge-%s"
    )

    def change(said: dict[str, Any]) -> tuple[str, str]:
        given = {name: said[name] for name in ("holds_until", "reason", "version")}
        changes.judge(by=asked.viewer, **asked.words, post=UUID(said["post"]), **given)
        return "The sentence is marked as a judgement.", asked.back

    return _ask(
        request,
        asked,
        form,
        change,
        title="Whose judgement is it?",
        button="Mark it",
        nothing="" if posts else NO_POST,
    )


@ASKS
def risk_look(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence still rests on all that it rested on."""
    asked = _asked(request, key)
    if asked.placed is None or asked.placed.held is None:
        raise Missing("That sentence rests on nothing that could be looked at again.")
    statement = UUID(asked.placed.held.id)
    form = LookForm(request.POST or None, initial={"version": asked.version}, auto_id="look-%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.renew(by=asked.viewer, statement=statement, text=asked.sentence.text, **said)
        return "It was looked at again, and still holds.", asked.back

    return _ask(request, asked, form, change, title="Does it still hold?", button="It still holds")


@ASKS
def risk_take_off(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a sentence rests on something no longer."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    basis = request.GET.get("basis", "")
    rows = placed_in(viewer, page.register.id, [page.value])[page.key]
    row, ground = next(
        ((row, each) for row in rows for each in row.grounds if each.id == basis), (None, None)
    )
    if row is None or ground is None:
        raise Missing("There is no such basis, or it was taken off already.")
    asked = Asked(viewer, page, row.sentence, row)
    named = f"the judgement of {ground.label}" if ground.kind == "judgement" else ground.named
    _must_change(request, asked)
    form = TakeOffForm(request.POST or None, initial={"version": asked.version}, auto_id="off-%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.unbind(by=viewer, binding=UUID(basis), **said)
        return "It is taken off; that the sentence rested on it stays in the history.", asked.back

    return _ask(request, asked, form, change, title=f"Take off {named}", button="Take it off")


# --- Beneath the pages --------------------------------------------------------------------------------------


def _asked(request: HttpRequest, key: str) -> Asked:
    """The sentence that an address means, as it stands today."""
    viewer = viewer_of(request.user)
    page = the_risk(request, viewer, key)
    which = request.GET.get("sentence", "")
    sentence = next((each for each in sentences_of(page.value) if each.key == which), None)
    if sentence is None:
        raise Missing(f"{page.label} says no such sentence any more. Look at its words as they stand now.")
    rows = placed_in(viewer, page.register.id, [page.value])[page.key]
    found = Asked(viewer, page, sentence, next((each for each in rows if each.sentence == sentence), None))
    _must_change(request, found)
    return found


def _must_change(request: HttpRequest, asked: Asked) -> None:
    """Say why not before anything is written in the form."""
    if request.method != "POST":
        page = asked.page
        refusal = may_change(asked.viewer, page.place, page.owner_post)
        obey(refusal or may_amend(state_named(page.state), page.label))


def _others(asked: Asked, offers: Offered) -> list[tuple[str, str]]:
    """The other things that it could rest on, each on a page of its own."""
    sentence = asked.sentence.key
    found = [
        ("A figure that was read, with its source", at(asked.page, "risk-rests-reading", sentence=sentence))
    ]
    if any_indicator(asked.viewer):
        found.insert(
            0,
            (
                "A reading of an indicator, or what its chart says",
                at(asked.page, "risk-rests-indicator", sentence=sentence),
            ),
        )
    if offers.files:
        found.append(("A page of a kept file", at(asked.page, "risk-rests-file", sentence=sentence)))
    if offers.posts:
        found.append(
            ("My own judgement, as the holder of a post", at(asked.page, "risk-judge", sentence=sentence))
        )
    return found


def _bind(request: HttpRequest, asked: Asked, form: Binding, title: str, **more: Any) -> HttpResponse:
    def change(said: dict[str, Any]) -> tuple[str, str]:
        given = {name: said[name] for name in ("holds_until", "version")}
        changes.bind(by=asked.viewer, **asked.words, rests=form.rests(), **given)
        return "It is said what the sentence rests on.", asked.back

    return _ask(request, asked, form, change, title=title, button="Save", **more)


def _ask(
    request: HttpRequest,
    asked: Asked,
    form: forms.Form,
    change: Callable[[dict[str, Any]], tuple[str, str]],
    *,
    title: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    return ask(
        request,
        form,
        change,
        title=title,
        button=button,
        back=asked.back,
        back_to=asked.page.label,
        template="risk/resting.html",
        sentence=asked.sentence,
        placed=asked.placed,
        **more,
    )
