"""All that lint finds in a register's words, and answering one finding on a page of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people.queries import viewer_of
from watchkeep.apps.register import queries as registers
from watchkeep.apps.scrutiny import changes, queries
from watchkeep.apps.scrutiny.queries import Scrutiny
from watchkeep.domain.errors import Missing
from watchkeep.domain.lint.report import Report
from watchkeep.domain.people import Actor, obey
from watchkeep.formats.writers.findings import Form, write
from watchkeep.formats.writers.table import to_csv
from watchkeep.jobs.tables.findings import HEADING, cells
from watchkeep.web.components import asking
from watchkeep.web.components.clock import asked, clock_of
from watchkeep.web.files import download
from watchkeep.web.register.shown import register_named
from watchkeep.web.words.forms import AnswerForm, ChoiceForm, TakingBackForm
from watchkeep.web.words.shown import (
    OPEN,
    OWN,
    RULE,
    Shown,
    by_rule,
    chosen,
    said,
    sentence,
    shown,
    words_link,
)

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "sarif": "application/sarif+json",
}
FORMS: Final[dict[str, Form]] = {"html": "html", "json": "json", "sarif": "sarif"}
ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What is found in a register, under the rules that found it."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    every = registers.registers(viewer, clock)
    if not every:
        return render(request, "register/none.html")
    row = register_named(every, request.GET.get("register", ""))
    found = queries.scrutiny(viewer, row.slug, clock)
    rows = shown(found.findings, found.risks, row.slug)
    own = queries.answered_for(viewer, row.id)
    form = _form(request, rows, own)
    fitting = chosen(rows, form.choices(), own)
    facts = {
        "register": row,
        "as_at": found.as_at,
        "parts": sentence(found, row.slug),
        "form": form,
        "groups": by_rule(fitting),
        "open_groups": OPEN,
        "count": len(fitting),
        "open": len(found.open),
        "all": len(rows),
        "everything": words_link(row.slug, state="all"),
        "registers": [(each, words_link(each.slug)) for each in every if each.slug != row.slug],
        "rules": len(RULE),
        "files": [
            (name, f"{reverse('words-file', args=[kind])}?{request.GET.urlencode()}")
            for kind, name in (("csv", "CSV"), ("json", "JSON"), ("sarif", "SARIF"), ("html", "web page"))
        ],
    }
    return render(request, "words/page.html", facts)


@require_safe
def words_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the findings that the page of the same address shows, to take away."""
    viewer, clock = viewer_of(request.user), asked(request)
    every = registers.registers(viewer, clock)
    if not every or kind not in KINDS:
        raise Missing("There is no such file.")
    row = register_named(every, request.GET.get("register", ""))
    found = queries.scrutiny(viewer, row.slug, clock)
    rows = shown(found.findings, found.risks, row.slug)
    own = queries.answered_for(viewer, row.id)
    fitting = chosen(rows, _form(request, rows, own).choices(), own)
    if form := FORMS.get(kind):
        data = write(_report(found, fitting), form).encode()
    else:
        data = to_csv(HEADING, [cells(each.finding, found.risks) for each in fitting])
    return download(data, KINDS[kind], f"{row.slug}-findings.{kind}")


@ASKS
def answer(request: HttpRequest) -> HttpResponse:
    """Say why a finding stands as it is, or is wrong."""
    viewer = viewer_of(request.user)
    found, one = _asked(request, viewer)
    form = AnswerForm(request.POST or None, initial={"number": one.finding.number}, auto_id="answer-%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.answer_finding(
            by=viewer,
            register=found.register.id,
            key=one.finding.found.key,
            answer=said["answer"],
            reason=said["reason"],
            number=said["number"] or 0,
        )
        return "It is answered, until these words change.", one.risk_link

    return _ask(request, form, change, one, title="Answer a finding", button="Answer it")


@ASKS
def take_back(request: HttpRequest) -> HttpResponse:
    """Open a finding again."""
    viewer = viewer_of(request.user)
    found, one = _asked(request, viewer)
    form = TakingBackForm(request.POST or None, initial={"number": one.finding.number}, auto_id="back-%s")

    def change(said: dict[str, Any]) -> tuple[str, str]:
        changes.take_back_answer(
            by=viewer,
            register=found.register.id,
            key=one.finding.found.key,
            number=said["number"] or 0,
            reason=said["reason"],
        )
        return "The finding is open again; what was answered stays in the history.", one.risk_link

    return _ask(request, form, change, one, title="Take an answer back", button="Take it back")


def _asked(request: HttpRequest, viewer: Actor) -> tuple[Scrutiny, Shown]:
    """The finding that the address names, in the words as they stand. Who answers none in the register is
    told so before any is looked up.
    """
    row = registers.register(viewer, request.GET.get("register", ""))
    obey(queries.refusal_to_answer(viewer, row))
    found = queries.scrutiny(viewer, row.slug)
    key = request.GET.get("finding", "")
    one = next((each for each in found.findings if each.found.key == key), None)
    if one is None:
        raise Missing("This is found there no longer: the words have changed. Look at the risk as it stands.")
    obey(queries.refusal_to_answer(viewer, row, one.found.risk))
    return found, shown([one], found.risks, found.register.slug)[0]


def _ask(
    request: HttpRequest, form: forms.Form, change: asking.Change, one: Shown, *, title: str, button: str
) -> HttpResponse:
    facts = {"title": title, "button": button, "each": one}
    return asking.ask(request, form, change, "words/answer.html", facts)


def _report(found: Scrutiny, rows: tuple[Shown, ...]) -> Report:
    """These findings as `watchkeep lint` would tell them."""
    answered = [(each.finding.found, each.finding.answer) for each in rows]
    return Report(
        found.document,
        found.register.name,
        found.as_at,
        found=tuple(one for one, given in answered if given is None),
        accepted=tuple((one, f"{said(given)}: {given.reason}") for one, given in answered if given),
    )


def _form(request: HttpRequest, rows: tuple[Shown, ...], own: Collection[str]) -> ChoiceForm:
    rules = {each.rule.code: each.rule.title for each in rows}
    owners = sorted({each.owner for each in rows if each.owner}, key=str.casefold)
    whose = [(OWN, "You"), *((each, each) for each in owners)] if own else [(each, each) for each in owners]
    return ChoiceForm(request.GET, rules=sorted(rules.items(), key=lambda rule: rule[1]), owners=whose)
