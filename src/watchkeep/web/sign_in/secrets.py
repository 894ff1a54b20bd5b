"""Keeps the secrets of second factors unreadable in the database: its copy alone opens no account."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class SecretKeeper(DefaultMFAAdapter):  # type: ignore[misc]  # django-allauth publishes no types
    """Encrypts with a key made from the site's own; and says in our words what is wrong with a code."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code does not hold now. Enter the one that the app shows.",
    }

    def encrypt(self, text: str) -> str:
        """Before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Before a code is compared."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hashlib.sha256(b"watchkeep second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
