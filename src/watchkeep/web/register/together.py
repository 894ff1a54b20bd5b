"""Several risks changed alike: choose them on the register's page, say what, and see what came of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import changes, queries
from watchkeep.apps.register.changes import Looked, Outcome, Told
from watchkeep.apps.register.queries import Beside, Offers, RegisterRow
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, must
from watchkeep.web.components.tags import counted
from watchkeep.web.register.links import register_link
from watchkeep.web.register.shown import register_named

LEAVE, NOTHING = "", "nothing"
NAMED = {"owner": "posts", "category": "categories", "objective": "objectives"}
DATES = ("review_date", "due_date")


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, widget=forms.Select(attrs={"class": "govuk-select"})
    )


def _day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(
            attrs={"class": "govuk-input govuk-input--width-10", "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={
            "required": "Give the day.",
            "invalid": "Give the day as a date, such as 31/03/2031.",
        },
    )


class TogetherForm(forms.Form):
    """What to say alike; a box that is left as it is changes nothing."""

    owner = _choice("Risk owner")
    category = _choice("Category")
    objective = _choice("Objective")
    review_date = _day("Review date", hint="Leave it empty to leave each as it is.")
    due_date = _day("Due date", hint="Leave it empty to leave each as it is.")
    treatment = forms.CharField(
        label="Treatment",
        required=False,
        max_length=2000,
        help_text="Such as tolerate, treat, transfer or terminate. Leave it empty to leave each as it is.",
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    effective_on = _day("As at", required=True, hint="The day from which this is true.")
    reason = forms.CharField(
        label="Why (for the history)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2}),
    )

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "together_%s", "label_suffix": "", **kwargs})
        for name, kind in NAMED.items():
            box = self.fields[name]
            if isinstance(box, forms.ChoiceField):
                offered = [(str(each.id), each.name) for each in getattr(offers, kind)]
                box.choices = [(LEAVE, "Leave each as it is"), (NOTHING, "Not recorded"), *offered]

    def told(self) -> tuple[Told, ...]:
        """What was said, a field each."""
        said = self.cleaned_data
        found = [
            Told(name, which=None if said[name] == NOTHING else UUID(said[name]))
            for name in NAMED
            if said[name] != LEAVE
        ]
        found += [Told(name, on=said[name]) for name in DATES if said[name]]
        if said["treatment"].strip():
            found.append(Told("treatment", text=said["treatment"].strip()))
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """Something must be changed."""
        said = super().clean() or {}
        if not self.errors and not self.told():
            raise forms.ValidationError("Choose at least one thing to change.")
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """The chosen risks as they stand, and one form for all; then what came of each."""
    viewer = viewer_of(request.user)
    registers = queries.registers(viewer)
    if not registers:
        raise Missing("There is no such register.")
    row = register_named(registers, request.GET.get("register", ""))
    must(viewer, "change risks", queries.place(viewer, row.id))
    slug = row.slug if len(registers) > 1 else ""
    standing = queries.beside(viewer, row.id)
    chosen = _chosen(request.GET.getlist("risk"), standing)
    form = TogetherForm(
        request.POST or None,
        offers=queries.offers(viewer),
        initial={"effective_on": max(filter(None, [timezone.localdate(), row.as_at]))},
    )
    if form.is_bound and form.is_valid():
        try:
            return _changed(request, viewer, row, slug, form)
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
    page = {"chosen": chosen, "form": form, "back": register_link(slug), "register": row}
    return render(request, "register/together.html", page, status=400 if form.errors else 200)


def _chosen(keys: Iterable[str], standing: dict[str, Beside]) -> list[Beside]:
    return [standing[key] for key in dict.fromkeys(keys) if key in standing]


def _changed(
    request: HttpRequest, viewer: Actor, row: RegisterRow, slug: str, form: TogetherForm
) -> HttpResponse:
    looked = [_looked(each) for each in request.POST.getlist("looked")]
    outcomes = changes.edit_risks(
        by=viewer,
        looked=looked,
        told=form.told(),
        effective_on=form.cleaned_data["effective_on"],
        reason=form.cleaned_data["reason"],
    )
    done = sum(each.state == "changed" for each in outcomes)
    kept = [each for each in outcomes if each.state in ("lost", "refused")]
    sentence = f"{counted(done, 'risk is,risks are')} changed, each with a version of its own."
    if not kept:
        messages.success(request, sentence)
        return redirect(register_link(slug))
    page = {
        "sentence": sentence,
        "kept": kept,
        "again": _again(viewer, row, kept),
        "sent": [(name, value) for name, value in request.POST.items() if name in form.fields],
        "back": register_link(slug),
    }
    return render(request, "register/kept_as_it_was.html", page, status=409)


def _again(viewer: Actor, row: RegisterRow, kept: list[Outcome]) -> list[tuple[str, int]]:
    """The lost ones with the versions that stand now, to be changed by who has now seen them."""
    standing = queries.beside(viewer, row.id)
    lost = [each.key for each in kept if each.state == "lost"]
    return [(str(standing[key].id), standing[key].version) for key in lost if key in standing]


def _looked(text: str) -> Looked:
    """A risk's id and the version that was looked at, as the form carries them."""
    risk, _, version = text.partition(":")
    try:
        return Looked(UUID(risk), int(version))
    except ValueError:
        raise Invalid("risk", "Choose the risks on the register’s page.") from None
