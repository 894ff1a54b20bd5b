"""One's own tokens for the API: which there are, a new one shown this once, one stopped."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from watchkeep.apps.people import changes, queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import may
from watchkeep.web.settings import boxes


class TokenForm(boxes.Asking):
    """What a new token is for, how long it holds and what it may do."""

    name = boxes.words("What it is for", "Say what it is for.", longest=100)
    days = forms.TypedChoiceField(
        label="How long it holds",
        choices=[("30", "30 days"), ("90", "90 days"), ("365", "A year")],
        coerce=int,
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    who = forms.ChoiceField(
        label="Who acts with it",
        choices=[("machine", "A program acts for me: the history names it beside me"), ("self", "I do")],
        widget=forms.Select(attrs=boxes.CHOICE),
    )
    may = forms.ChoiceField(
        label="What it may do",
        choices=[("reads", "Only read"), ("posts", "Read, and post readings where I may")],
        widget=forms.Select(attrs=boxes.CHOICE),
    )


@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """The viewer's tokens; an administrator sees everybody's."""
    viewer = viewer_of(request.user)
    everybody = queries.all_tokens(viewer) if may(viewer, "look after people") is None else ()
    facts = {
        "mine": queries.tokens_of(viewer),
        "others": [each for each in everybody if each.email != request.user.get_username()],
    }
    return render(request, "account/tokens.html", facts)


@reauthentication_required  # type: ignore[untyped-decorator]  # django-allauth publishes no types
@require_http_methods(["GET", "POST"])
def make_token(request: HttpRequest) -> HttpResponse:
    """Ask for a new token; its secret stands on the answer's page and nowhere else."""
    form = TokenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        viewer = viewer_of(request.user)
        try:
            said = form.cleaned_data
            shown = changes.make_token(
                by=viewer,
                person=UUID(viewer.id),
                name=said["name"],
                days=said["days"],
                machine=said["who"] == "machine",
                posts_readings=said["may"] == "posts",
            )
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
        else:
            return render(request, "account/token.html", {"secret": shown.secret, "name": said["name"]})
    status = 400 if form.is_bound else 200
    return render(request, "account/new_token.html", {"form": form}, status=status)


@require_POST
def stop_token(request: HttpRequest, id: UUID) -> HttpResponse:
    """Stop one at once."""
    changes.stop_token(by=viewer_of(request.user), token=id)
    messages.success(request, "The token is stopped: nothing opens with it any more.")
    return redirect("tokens")
