"""What django-allauth asks of the site: who may try, how a password is stored, which mail is sent.

Failures are counted in the database, so that every process shares the count. A browser in which the person
has signed in before is counted for itself: whoever guesses from elsewhere slows only who comes from
elsewhere, and nobody can be locked out for good.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit  # the public one does not tell what to give back
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from watchkeep.apps.people import changes
from watchkeep.apps.people.models import Person
from watchkeep.web import errors

MINUTES: Final = 15  # for which a failure counts; how many may, stands in the settings
BROWSER: Final = "watchkeep_browser"
BROWSER_KNOWN: Final = 180 * 24 * 60 * 60  # seconds
UNMATCHED: Final = "The e-mail address and password do not belong together."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth publishes no types
    """Watchkeep's answers to django-allauth."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": UNMATCHED,
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your password.",
        "too_many_login_attempts": f"Too many attempts. Wait {MINUTES} minutes and try again.",
        "rate_limited": f"Too many attempts. Wait {MINUTES} minutes and try again.",
        "invalid_password_reset": "This link does not hold any more.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody adds themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Ask for the password only where there are attempts left; only failures use them up."""
        counted = _counted(self, request, credentials["email"])
        used = [_use_up(request, action, key) for action, key in counted]
        user = authenticate(request, **credentials)
        # A stopped person with the right password: the library would say so, and so tell that they exist.
        AuthenticationBackend.unstash_authenticated_user()
        if user is not None:
            for each in used:
                each.rollback()
        return user

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Ask for the password once more, counted like any sign-in."""
        found = self.authenticate(self.request, email=getattr(user, "email", ""), password=password)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Remember the browser as one in which this person signed in."""
        response: HttpResponse = super().post_login(request, user, **more)
        known = {"who": _digest(getattr(user, "email", "")), "browser": secrets.token_urlsafe(16)}
        response.set_cookie(
            BROWSER,
            signing.dumps(known, salt=BROWSER),
            max_age=BROWSER_KNOWN,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Store it through the change, which records it and ends the person's sessions."""
        if isinstance(user, Person):
            changes.change_password(by=user.as_actor(), person=user.pk, password=password)
            user.refresh_from_db()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our own letters; those that we have no words for are not sent."""
        letter = LETTERS.get(template_prefix)
        if letter:
            subject, template = letter
            EmailMessage(subject, render_to_string(template, context), to=[email]).send()


LETTERS: Final = {
    "account/email/password_reset_key": ("A new password for Watchkeep", "sign_in/mail/reset.txt"),
    "account/email/unknown_account": ("A new password for Watchkeep", "sign_in/mail/unknown.txt"),
}


def _counted(adapter: Adapter, request: HttpRequest, email: str) -> list[tuple[str, str]]:
    """The limits that an attempt counts against, each with what it is counted under."""
    browser = _known_browser(request, email)
    if browser:
        return [("sign_in_known", f"{email}|{browser}")]
    place = adapter.get_client_ip(request)
    return [("sign_in_place", ""), ("sign_in_pair", f"{email}|{place}"), ("sign_in_account", email)]


def _use_up(request: HttpRequest, action: str, key: str) -> Any:
    used = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if not used:
        raise ImmediateHttpResponse(errors.too_many_attempts(request, MINUTES))
    return used


def _known_browser(request: HttpRequest, email: str) -> str:
    try:
        said = signing.loads(request.COOKIES.get(BROWSER, ""), salt=BROWSER, max_age=BROWSER_KNOWN)
    except signing.BadSignature:
        return ""
    return str(said["browser"]) if said["who"] == _digest(email) else ""


def _digest(email: str) -> str:
    return salted_hmac(BROWSER, email.lower()).hexdigest()
