"""The sign-in form: one answer for a wrong address and a wrong password, so that neither can be guessed."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest


class SignInForm(AuthenticationForm):
    """Paste and password managers work: nothing is typed that could be filled in."""

    error_messages = {  # noqa: RUF012 (Django's own declaration is a plain dictionary)
        "invalid_login": "The e-mail address and password do not belong together.",
        "inactive": "The e-mail address and password do not belong together.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, label, purpose in (
            ("username", "E-mail address", "username"),
            ("password", "Password", "current-password"),
        ):
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = f"Enter your {label[0].lower() + label[1:]}."
            field.widget.attrs.update({"class": "govuk-input", "autocomplete": purpose})
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs["spellcheck"] = "false"


def tried_address(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The address that somebody tries to sign in with, in the one form under which attempts are counted."""
    said = (credentials or {}).get("username")
    if said is None and request is not None:
        said = request.POST.get("username")
    return unicodedata.normalize("NFKC", str(said or "")).strip().lower()
