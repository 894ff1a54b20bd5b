"""The history's pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from watchkeep.apps.history import queries
from watchkeep.apps.people.queries import viewer_of
from watchkeep.gateways.storage import FolderStore
from watchkeep.jobs.checking import check
from watchkeep.jobs.happenings import entries
from watchkeep.jobs.proving import kept_elsewhere
from watchkeep.web.components.clock import clock_of
from watchkeep.web.components.happenings import happening
from watchkeep.web.components.pieces import Pager
from watchkeep.web.history.forms import PageForm


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """A page of entries, newest first, of everything or of one subject."""
    viewer, clock = viewer_of(request.user), clock_of(request)
    form = PageForm(request.GET)
    subject, number = form.asked()
    page = entries(viewer, subject=subject, page=number, clock=clock, beside=form.with_beside)
    kept = {"about": f"{subject[0]}:{subject[1]}"} if subject else {}
    asked = kept | ({"beside": "on"} if form.with_beside else {})
    return render(
        request,
        "history/page.html",
        {
            "entries": [happening(each) for each in page.rows],
            "total": page.total,
            "beside": form.with_beside,
            "other": _address(kept if form.with_beside else kept | {"beside": "on"}),
            "subject": page.rows[0].subject if subject and page.rows else "",
            "head": None if clock.past else queries.head(viewer),
            "pager": Pager(
                page.page,
                page.pages,
                newer=_address(asked, page.page - 1) if page.page > 1 else "",
                older=_address(asked, page.page + 1) if page.page < page.pages else "",
            ),
        },
    )


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Check every entry, every record and every kept file, and say what was found."""
    store = FolderStore(settings.WATCHKEEP_FILES)
    verdict = check(viewer_of(request.user), store, copy=kept_elsewhere())
    return render(request, "history/verify.html", {"verdict": verdict})


def _address(asked: dict[str, str], page: int = 1) -> str:
    query = urlencode(asked | ({"page": str(page)} if page > 1 else {}))
    return f"{reverse('history')}?{query}" if query else reverse("history")
