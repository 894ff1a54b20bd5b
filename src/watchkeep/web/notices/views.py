"""The page of what the viewer was told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from watchkeep.apps.notices import changes, queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.domain.errors import Invalid
from watchkeep.domain.notice import KINDS
from watchkeep.web.notices.forms import WishesForm

STATES = {
    "waiting": "waits to be sent",
    "sending": "is being sent",
    "sent": "sent",
    "failed": "not sent",
    "not wanted": "shown here only",
    "lapsed": "no longer asked",
}


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What the viewer was told and how they want to be told."""
    viewer = viewer_of(request.user)
    wishes = queries.my_wishes(viewer)
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "by_mail": wishes.by_mail,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "version": wishes.version,
        },
        label_suffix="",
    )
    if form.is_bound and form.is_valid():
        try:
            changes.set_wishes(by=viewer, **form.cleaned_data)
        except Invalid as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, "You will be told as you wish.")
            return redirect("notices")
    rows = [{"row": each, "state": STATES[each.state]} for each in queries.my_notices(viewer)]
    facts = {"rows": rows, "form": form, "kinds": KINDS.values()}
    return render(request, "notices/page.html", facts, status=422 if form.errors else 200)
