"""Tokens of several people, and a program that calls with them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cast import Force
from watchkeep.apps.indicators import changes as indicators
from watchkeep.apps.people import changes as people
from watchkeep.domain.indicator import Definition


@dataclass
class Programs:
    """Tokens of an administrator that post and that only read, and of a reader."""

    posts: str
    reads: str
    reader: str
    force: Force

    def call(self, address: str, body: Any = None, token: str | None = None, **headers: str) -> Any:
        client = Client(enforce_csrf_checks=True)
        shown = self.posts if token is None else token
        headers = ({"authorization": f"Bearer {shown}"} if shown else {}) | headers
        if body is None:
            return client.get(f"/api/v1/{address}", headers=headers)
        sent = body if isinstance(body, str) else json.dumps(body)
        return client.post(f"/api/v1/{address}", sent, content_type="application/json", headers=headers)


@pytest.fixture
def programs(force: Force) -> Programs:
    value = Definition("Lamps out", "lamps", "down", "month", kind="count", from_on=date(2024, 1, 1))
    indicators.open_indicator(by=force.administrator, definition=value)

    def made(person: Any, by: Any, posts: bool) -> str:
        return people.make_token(by=by, person=person.pk, name="Rota", days=1, posts_readings=posts).secret

    admin = force.administrator_person
    return Programs(
        made(admin, force.administrator, True),
        made(admin, force.administrator, False),
        made(force.reader_person, force.reader, True),
        force,
    )
