"""One risk's review laid out for its page: its boxes, its thread, each step with why it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watchkeep.apps.reviews.queries.reviewing import ReviewPage, StepRow
from watchkeep.domain.document import Trend
from watchkeep.domain.next_review import suggested_review
from watchkeep.web.components.marks import TrendMark, trend_mark
from watchkeep.web.components.pieces import Change
from watchkeep.web.register.links import risk_link
from watchkeep.web.review.forms import OverrideForm, SignForm, StepForm, UpdateForm
from watchkeep.web.review.links import ask_link, cycle_link, step_link

DONE = {
    "ask": "asked",
    "update": "updated the risk",
    "confirm": "confirmed that it stands as it is",
    "override": "said which way the trend goes",
    "challenge": "challenged",
    "answer": "answered",
    "return": "sent it back",
    "sign": "signed it off",
    "carry over": "carried it over to the next quarter",
    "withdraw": "withdrew the review",
}
# What is said beneath a step that the risk was changed after, before anybody spoke again.
OVERTAKEN = {
    "update": "Said before the change below; it does not cover that.",
    "confirm": "Confirmed before the change below; it does not cover that.",
    "sign": "This sign-off no longer counts: the risk was changed after it.",
}
# Each step that has a form of its own: its heading, its box's label, its button, whether words are needed.
STEPS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("answer", "Answer the challenge", "Your answer", "Answer", True),
    ("challenge", "Challenge it", "What you challenge, and why", "Challenge", True),
    ("sign", "Sign it off", "A note, if you want one kept", "Sign off", False),
    ("return", "Send it back", "What is to be done before it comes again", "Send it back", True),
)


@dataclass(frozen=True, slots=True)
class StepBox:
    """A step that the viewer may take now, or the reason why not."""

    name: str
    heading: str
    button: str
    link: str
    form: StepForm | None
    refusal: str


def shown(page: ReviewPage, bound: Mapping[str, object]) -> dict[str, object]:
    """Everything that the template draws. `bound` are forms that were sent and are wrong."""
    update = bound.get("update")
    may_update = page.refusals["update"] is None
    wrong = next(iter(bound.values()), None)
    return {
        "page": page,
        "link": cycle_link(page.cycle),
        "risk_link": risk_link(page.row.key, page.cycle.register_slug),
        "asks": [{"sentence": each.sentence, "link": ask_link(each)} for each in page.asks],
        "wrong": wrong,
        "update": update or (UpdateForm(page=page, auto_id="update_%s") if may_update else None),
        "not_update": "" if may_update else _sentence(page, "update"),
        "confirm": _confirm(page, bound) if may_update else None,
        "confirm_link": step_link(page.cycle, page.row.key, "confirm"),
        "changes": [Change(each.label, each.before, each.after) for each in page.changes],
        "thread": [_said(each) for each in page.steps],
        "steps": [_step(page, bound, *each) for each in STEPS],
        "mark": _mark(page.mark, page.cycle.period),
        "derived": page.trend,
        "override": _override(page, bound),
        "override_link": step_link(page.cycle, page.row.key, "override"),
    }


def _said(step: StepRow) -> dict[str, str | StepRow]:
    """One line of what was said; a change past the review is told in the line itself."""
    changed = step.kind == "change"
    overtaken = OVERTAKEN.get(step.kind, "") if step.overtaken else ""
    return {
        "step": step,
        "did": f"changed {step.text}, outside the review" if changed else DONE.get(step.kind, step.kind),
        "text": "" if changed else step.text,
        "overtaken": overtaken,
    }


def _step(
    page: ReviewPage,
    bound: Mapping[str, object],
    name: str,
    heading: str,
    label: str,
    button: str,
    needed: bool,
) -> StepBox:
    refusal = _sentence(page, name)
    sent = bound.get(name)
    form = (
        sent if isinstance(sent, StepForm) else None if refusal else _form(page, name, label, needed=needed)
    )
    if isinstance(sent, StepForm):
        sent.fields["text"].label = label
    return StepBox(name, heading, button, step_link(page.cycle, page.row.key, name), form, refusal)


def _confirm(page: ReviewPage, bound: Mapping[str, object]) -> StepForm:
    sent, label = bound.get("confirm"), "A note, if you want one kept"
    if isinstance(sent, StepForm):
        sent.fields["text"].label = label
        return sent
    return _form(page, "confirm", label, needed=False)


def _form(page: ReviewPage, name: str, label: str, *, needed: bool) -> StepForm:
    initial = {"version": page.row.version, "risk_version": page.risk_version}
    if name == "sign" and not page.above:  # a risk from another register has its date there
        offered = {"next_review": suggested_review(page.cycle.ends_on)}
        return SignForm(initial=initial | offered, label=label, needed=needed, auto_id="sign_%s")
    return StepForm(initial=initial, label=label, needed=needed, auto_id=f"{name}_%s")


def _override(page: ReviewPage, bound: Mapping[str, object]) -> StepForm | None:
    sent = bound.get("override")
    if isinstance(sent, OverrideForm):
        sent.fields["text"].label = "Why"
        return sent
    if page.refusals["override"]:
        return None
    initial = {"version": page.row.version, "risk_version": page.risk_version}
    return OverrideForm(initial=initial, label="Why", auto_id="override_%s")


def _mark(mark: Trend | None, period: str) -> TrendMark | None:
    return trend_mark(mark, period) if mark else None


def _sentence(page: ReviewPage, step: str) -> str:
    refusal = page.refusals[step]
    return refusal.sentence if refusal else ""
