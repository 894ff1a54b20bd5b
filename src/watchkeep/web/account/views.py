"""The pages of one's own account: django-allauth's views with our pages, each change recorded and every other
session of the person ended.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from watchkeep.apps.people import changes
from watchkeep.apps.people.models import Person
from watchkeep.apps.people.queries import viewer_of


class Overview(second.IndexView):  # type: ignore[misc]  # django-allauth publishes no types
    """How the viewer signs in."""

    template_name = "account/page.html"


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]  # as above
    """A new password for somebody who knows the old one."""

    template_name = "account/password.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so: the library's own words are not used."""
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, "Your password is changed, and you are signed out everywhere else.")
        return response


class Again(account.ReauthenticateView):  # type: ignore[misc]  # as above
    """The password once more, before something that guards the account changes."""

    template_name = "account/again.html"


class CodeAgain(second.ReauthenticateView):  # type: ignore[misc]  # as above
    """The second factor once more."""

    template_name = "account/again.html"


class TurnOn(totp.ActivateTOTPView):  # type: ignore[misc]  # as above
    """Turn on a second factor: an app that shows codes."""

    template_name = "account/turn_on.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Record it, and end every other session."""
        response: HttpResponse = super().form_valid(form)
        _end_others(self.request, "turn on a second factor")
        messages.success(self.request, "A code is asked for from now on. Keep these recovery codes.")
        return response


class TurnOff(totp.DeactivateTOTPView):  # type: ignore[misc]  # as above
    """Turn the second factor off."""

    template_name = "account/turn_off.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Record it, and end every other session."""
        response: HttpResponse = super().form_valid(form)
        _end_others(self.request, "turn off a second factor")
        messages.success(self.request, "No code is asked for any more.")
        return response


class Codes(codes.ViewRecoveryCodesView):  # type: ignore[misc]  # as above
    """The codes for when the app is lost."""

    template_name = "account/codes.html"


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]  # as above
    """New recovery codes; the old ones hold no more."""

    template_name = "account/new_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Record it, and end every other session."""
        response: HttpResponse = super().form_valid(form)
        _end_others(self.request, "make new recovery codes")
        return response


def _end_others(request: HttpRequest, verb: str) -> None:
    """Sign the viewer out everywhere but here."""
    viewer = viewer_of(request.user)
    changes.end_sessions(by=viewer, person=Person.objects.get(pk=viewer.id).pk, verb=verb)
    update_session_auth_hash(request, Person.objects.get(pk=viewer.id))


overview = Overview.as_view()
change_password = ChangePassword.as_view()
again = Again.as_view()
code_again = CodeAgain.as_view()
turn_on = TurnOn.as_view()
turn_off = TurnOff.as_view()
recovery_codes = Codes.as_view()
new_codes = NewCodes.as_view()
