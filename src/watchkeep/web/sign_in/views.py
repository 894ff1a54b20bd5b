"""Signing in, out, by a second factor, and by a link when the password is forgotten: django-allauth's views
with our pages.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from django.contrib.auth import views as django
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from watchkeep.web import errors

log = logging.getLogger(__name__)


class SignIn(account.LoginView):  # type: ignore[misc]  # django-allauth publishes no types
    """By e-mail address and password."""

    template_name = "sign_in/page.html"


class Code(second.AuthenticateView):  # type: ignore[misc]  # as above
    """By a code, after the password."""

    template_name = "sign_in/code.html"


class Forgotten(account.PasswordResetView):  # type: ignore[misc]  # as above
    """Ask for a link. The answer is the same whether or not somebody signs in with that address."""

    template_name = "sign_in/forgotten.html"
    success_url = reverse_lazy("link-sent")

    def form_valid(self, form: Any) -> HttpResponse:
        """Where no mail can be sent, say so alike for every address."""
        try:
            response: HttpResponse = super().form_valid(form)
        except OSError as problem:  # the mail server's refusals are among these
            log.error("The mail server did not take a link: %s", problem)
            return errors.no_mail(self.request)
        return response


class Choose(account.PasswordResetFromKeyView):  # type: ignore[misc]  # as above
    """Choose a password, having come by a link. It signs nobody in: that asks for the second factor too."""

    template_name = "sign_in/choose.html"
    success_url = reverse_lazy("password-chosen")

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """A link that does not hold is said to be gone."""
        status = 410 if context.get("token_fail") else 400 if context["form"].errors else 200
        response: HttpResponse = super().render_to_response(context, **more, status=status)
        return response

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """A link that does not hold has no form."""
        if "token_fail" in more:
            more.setdefault("form", None)
        facts: dict[str, Any] = super().get_context_data(**more)
        return facts


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a link was sent, if there was anybody to send it to."""
    return render(request, "sign_in/sent.html")


@require_safe
def chosen(request: HttpRequest) -> HttpResponse:
    """Say that the password holds from now on."""
    return render(request, "sign_in/chosen.html")


sign_in = SignIn.as_view()
code = Code.as_view()
forgotten = Forgotten.as_view()
choose = Choose.as_view()
sign_out = django.LogoutView.as_view(http_method_names=["post", "options"])
