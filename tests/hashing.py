"""How the tests keep passwords: the product's way at a strength that costs nothing."""

from __future__ import annotations

from watchkeep.apps.people.hashers import Argon2id


class WeakArgon2id(Argon2id):
    """The strength itself is tested once (apps/test_people.py); everybody else only needs to sign in."""

    time_cost = 1
    memory_cost = 8
