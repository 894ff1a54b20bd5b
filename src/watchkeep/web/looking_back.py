"""A walk through the past: who asks for another day reads and changes nothing, and every link of the page
leads on to that same day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import escape
from django.utils.http import urlencode

from watchkeep.apps.people.queries import look_back
from watchkeep.domain.errors import Invalid
from watchkeep.web import errors
from watchkeep.web.components.clock import asked, written

# Tags as our own templates write them. One that says data-any-time leads to a time of its own.
_LINK: Final = re.compile(r'(<a\b(?![^>]*\bdata-any-time)[^>]*?\shref=")((?:/(?!/|static/)|\?)[^"#]*)')
_ASKED: Final = re.compile(r'(\shx-get=")(/(?!/)[^"#]*)')
_FORM: Final = re.compile(r'<form\b(?![^>]*\bdata-any-time)[^>]*\smethod="get"[^>]*>')


class LookingBack:
    """Says in one place what no view has to remember: links and searches of a past page stay in its past."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Make the viewer one who only looks; then keep the clock on what the page leads to."""
        try:
            clock = asked(request)
        except Invalid as problem:
            return errors.page_for(request, problem)
        if not clock.past:
            return self.get_response(request)
        if request.user.is_authenticated:
            look_back(request.user)
        response = self.get_response(request)
        said = str(response.get("Content-Type", ""))
        if isinstance(response, HttpResponse) and said.startswith("text/html"):
            response.content = keeping(response.content.decode(response.charset), written(clock))
        return response


def keeping(page: str, clock: dict[str, str]) -> str:
    """The page with the clock on each of its links and searches."""
    query = escape(urlencode(clock))
    boxes = "".join(f'<input type="hidden" name="{name}" value="{said}">' for name, said in clock.items())

    def carried(link: re.Match[str]) -> str:
        start, address = link[1], link[2]
        if "as_at=" in address or "known_at=" in address:
            return link[0]
        return f"{start}{address}{'&amp;' if '?' in address else '?'}{query}"

    page = _ASKED.sub(carried, _LINK.sub(carried, page))
    return _FORM.sub(lambda form: form[0] + boxes, page)
