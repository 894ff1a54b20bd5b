"""The secret in a link by which a password is chosen."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class Tokens(PasswordResetTokenGenerator):
    """Holds once, for a while, and no longer once the password, the address or the sessions have changed."""

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        told = (user.pk, user.password, getattr(user, "email", ""), getattr(user, "sessions_ended", 0))
        return "|".join(str(each) for each in (*told, timestamp))
