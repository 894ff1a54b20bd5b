"""Argon2id at the strength that a small server can bear when many sign in at once (19 MiB, two passes)."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Django's own default takes 100 MiB for each sign-in, which a burst of sign-ins turns into an outage."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
