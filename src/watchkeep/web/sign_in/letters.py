"""A link by mail to choose a password, sent because an administrator asks for it."""

from __future__ import annotations

import logging

from django.http import HttpRequest

from watchkeep.web.sign_in.forms import ForgottenForm

log = logging.getLogger(__name__)


def send_link(request: HttpRequest, email: str) -> str:
    """Send it; the sentence that says whether it went."""
    form = ForgottenForm({"email": email})
    if not form.is_valid():
        return f"No link could be sent to {email}."
    try:
        form.save(request)
    except OSError as problem:  # the mail server's refusals are among these
        log.error("The mail server did not take a link: %s", problem)
        return "The mail server did not take the link; send it again later, or set a password for them."
    return f"A link to choose a password is on its way to {email}."
