"""The forms of signing in: django-allauth's, in plain words and with our boxes.

Paste and password managers work: nothing is typed that could be filled in.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

STRONG = "At least 10 characters, and not one that many people use."


class Worded:
    """Gives a form's boxes their words and their class."""

    WORDS: dict[str, tuple[str, str, str]] = {}  # noqa: RUF012 (said by each form): label, where empty, hint
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in list(self.fields):
            if name not in self.WORDS:
                del self.fields[name]  # a password is asked for once: it can be looked at before it is sent
        for name, (label, empty, hint) in self.WORDS.items():
            field = self.fields[name]
            field.label, field.help_text, field.error_messages["required"] = label, hint, empty
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "govuk-input"


def same_address(said: str) -> str:
    """An e-mail address in the one form under which attempts are counted, however it was written."""
    return unicodedata.normalize("NFKC", said).strip().lower()


class AddressBox(forms.CharField):
    """An e-mail address. One that cannot be one is answered like one that is nobody's."""

    widget = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        """Put it in the form under which it is looked up."""
        return same_address(str(super().clean(value)))


PASSWORD = ("Password", "Enter your password.", "")
CODE = ("Code", "Enter the code.", "The six digits that your app shows now, or one of your recovery codes.")


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc]  # django-allauth publishes no types
    """One answer for a wrong address and a wrong password, so that neither can be guessed."""

    WORDS = {"login": ("E-mail address", "Enter your e-mail address.", ""), "password": PASSWORD}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = box = AddressBox(label="E-mail address", max_length=254)
        box.error_messages["required"] = "Enter your e-mail address."
        box.widget.attrs["class"] = "govuk-input"


class ForgottenForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]  # as above
    """Where the link goes."""

    WORDS = {"email": ("E-mail address", "Enter your e-mail address.", "")}  # noqa: RUF012

    def save(self, request: HttpRequest, **more: Any) -> str:
        """Write to the address either way: who watches the clock learns nothing of who signs in here."""
        if self.users:
            return str(super().save(request, **more))
        email = str(self.cleaned_data["email"])
        get_adapter(request).send_mail("account/email/unknown_account", email, {"email": email})
        return email


class ChosenForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """The password that somebody chooses who came by a link."""

    WORDS = {"password1": ("New password", "Enter a new password.", STRONG)}  # noqa: RUF012


class TokenForm(account.UserTokenForm):  # type: ignore[misc]  # as above
    """What a link carries; it opens nothing for who was stopped."""

    def _get_user(self, uidb36: str) -> AbstractBaseUser | None:
        found: AbstractBaseUser | None = super()._get_user(uidb36)
        return found if found is not None and found.is_active else None


class ChangeForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]  # as above
    """A new password for somebody who knows the old one."""

    WORDS = {  # noqa: RUF012
        "oldpassword": ("Your password now", "Enter the password that you have now.", ""),
        "password1": ("New password", "Enter a new password.", STRONG),
    }


class AgainForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password once more."""

    WORDS = {"password": PASSWORD}  # noqa: RUF012


class CodeForm(Worded, second.AuthenticateForm):  # type: ignore[misc]  # as above
    """The second factor when signing in."""

    WORDS = {"code": CODE}  # noqa: RUF012


class CodeAgainForm(Worded, second.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second factor once more."""

    WORDS = {"code": CODE}  # noqa: RUF012


class TurnOnForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of an app, which shows that it has the secret."""

    WORDS = {"code": ("Code", "Enter the code.", "The six digits that the app shows now.")}  # noqa: RUF012


class TurnOffForm(Worded, totp.DeactivateTOTPForm):  # type: ignore[misc]  # as above
    """Nothing but that it is meant."""


class NewCodesForm(Worded, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]  # as above
    """Nothing but that it is meant."""
