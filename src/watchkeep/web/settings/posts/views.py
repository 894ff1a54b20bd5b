"""The pages of posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.queries import PostRow, viewer_of
from watchkeep.apps.reviews import queries as boards
from watchkeep.apps.reviews.queries.led import Kind, Led, LedRow
from watchkeep.domain.people import may
from watchkeep.web.components.clock import clock_of
from watchkeep.web.register.links import risk_link
from watchkeep.web.settings.asking import Listed, Question, ask
from watchkeep.web.settings.posts.forms import (
    AbolishForm,
    AppointForm,
    EndForm,
    PlaceForm,
    PostForm,
    TitleForm,
)

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Every post, and who holds it."""
    viewer = viewer_of(request.user)
    clock = clock_of(request)
    on = clock.day or timezone.localdate()
    rows = queries.posts(viewer, clock)
    standing = [each for each in rows if each.abolished_on is None or each.abolished_on > on]
    facts = {
        "posts": standing,
        "vacant": [each for each in standing if not each.holders],
        "abolished": [each for each in rows if each not in standing],
    }
    return render(request, "settings/posts/page.html", facts)


@require_safe
def post(request: HttpRequest, id: UUID) -> HttpResponse:
    """One post: who holds it, who deputises, and who did before."""
    viewer = viewer_of(request.user)
    clock = clock_of(request)
    row = queries.post(viewer, id, clock)
    facts = {
        "post": row,
        "holdings": queries.holdings(viewer, post=id, known_at=clock.known_at),
        "may_amend": may(viewer, "look after people", queries.place(row.unit)) is None
        and row.abolished_on is None,
        "today": timezone.localdate(),
    }
    return render(request, "settings/posts/post.html", facts)


@ASKS
def open_post(request: HttpRequest) -> HttpResponse:
    """Open a post."""
    viewer = viewer_of(request.user)
    form = PostForm(request.POST or None, units=queries.units(viewer), initial=request.GET.dict())
    question = Question("Open a post", "Open the post", reverse("posts"), "Posts")
    made: list[UUID] = []

    def change(said: dict[str, Any]) -> str:
        made.append(changes.open_post(by=viewer, title=said["title"], unit=_id(said["unit"])))
        return f"{said['title']} is open, and nobody holds it yet."

    return ask(request, question, form, change, lambda: reverse("post", args=made))


@ASKS
def rename_post(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a post another title."""
    viewer = viewer_of(request.user)
    row = queries.post(viewer, id)
    form = TitleForm(request.POST or None, initial={"title": row.title, "version": row.version})

    def change(said: dict[str, Any]) -> str:
        changes.rename_post(by=viewer, post=id, **said)
        return f"It is called {said['title']} from now on."

    lead = "Whoever holds it goes on, and so does all that it answers for."
    return ask(request, _about(row, f"Rename {row.title}", "Rename", lead), form, change)


@ASKS
def move_post(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put a post in another unit."""
    viewer = viewer_of(request.user)
    row = queries.post(viewer, id)
    form = PlaceForm(
        request.POST or None,
        units=queries.units(viewer),
        initial={"unit": row.unit or "", "version": row.version},
    )

    def change(said: dict[str, Any]) -> str:
        changes.move_post(by=viewer, post=id, version=said["version"], unit=_id(said["unit"]))
        return f"{row.title} is moved."

    return ask(request, _about(row, f"Move {row.title}", "Move"), form, change)


@ASKS
def abolish_post(request: HttpRequest, id: UUID) -> HttpResponse:
    """Abolish a post."""
    viewer = viewer_of(request.user)
    row = queries.post(viewer, id)
    form = AbolishForm(request.POST or None, initial={"version": row.version})

    def change(said: dict[str, Any]) -> str:
        changes.abolish_post(by=viewer, post=id, **said)
        return f"{row.title} is abolished."

    led = boards.led_by(viewer, id)
    question = _about(row, f"Abolish {row.title}", "Abolish", _what_goes_on(led), grave=True)
    return ask(request, replace(question, lists=_listed(led)), form, change)


@ASKS
def appoint(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let somebody hold a post, or deputise for its holder."""
    viewer = viewer_of(request.user)
    row = queries.post(viewer, id)
    form = AppointForm(request.POST or None, people=queries.people(viewer))

    def change(said: dict[str, Any]) -> str:
        changes.appoint(
            by=viewer,
            post=id,
            person=UUID(said["person"]),
            from_on=said["from_on"],
            until_on=said["until_on"],
            deputy=said["place"] == "deputise",
            sharing=said["place"] == "share",
        )
        name = queries.person(viewer, UUID(said["person"])).name
        return f"{name} {'deputises as' if said['place'] == 'deputise' else 'is'} {row.title}."

    return ask(request, _about(row, f"Appoint to {row.title}", "Appoint"), form, change)


@ASKS
def end_holding(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say from which day on somebody no longer holds a post."""
    viewer = viewer_of(request.user)
    held = queries.holding_of(viewer, id)
    row = queries.post(viewer, held.post)
    form = EndForm(request.POST or None)

    def change(said: dict[str, Any]) -> str:
        changes.end_holding(by=viewer, holding=id, **said)
        return f"{held.name} no longer {'deputises as' if held.deputy else 'is'} {row.title}."

    lead = "The post stays, with all that it answers for."
    title = f"{held.name} leaves {row.title}"
    return ask(request, _about(row, title, "Say so", lead), form, change)


def _about(row: PostRow, title: str, button: str, lead: str = "", *, grave: bool = False) -> Question:
    return Question(title, button, reverse("post", args=[row.id]), row.title, lead, grave)


def _what_goes_on(led: Led) -> str:
    lead = "Nobody holds it from that day on."
    if not led.rows and not led.hidden:
        return f"{lead} It answers for nothing, and sits on no board."
    beside = f" {led.hidden} of them you may not see." if led.hidden else ""
    return f"{lead} What it leads still names it, until somebody gives that to another post.{beside}"


def _listed(led: Led) -> tuple[Listed, ...]:
    """What a post leads, each thing with its page."""
    ways: tuple[tuple[Kind, str, Callable[[LedRow], str]], ...] = (
        ("risk", "Risks", lambda each: risk_link(each.key, each.register)),
        ("control", "Controls", lambda each: reverse("control", args=[each.key])),
        ("promise", "Promises", lambda each: reverse("promise", args=[each.key])),
        ("seat", "Seats", lambda each: reverse("board", args=[each.key])),
    )
    lists = (
        Listed(heading, tuple((each.label, page(each)) for each in led.of(kind)))
        for kind, heading, page in ways
    )
    return tuple(each for each in lists if each.links)


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None
