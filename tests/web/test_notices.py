"""What one was told, and how one wants to be told: said on two pages at once, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from watchkeep.apps.notices.queries import my_wishes
from web.conftest import Site

pytestmark = pytest.mark.django_db


def sent(site: Site, **changed: str) -> dict[str, Any]:
    """What the form on the page would send."""
    form = site.reader.get("/notices").context["form"]
    return {"by_mail": "on", "version": str(form["version"].value())} | changed


def test_how_one_is_told_is_said_and_said_anew(empty: Site) -> None:
    assert (
        empty.reader.post("/notices", sent(empty, quiet_from="18:00", quiet_until="08:00")).status_code == 302
    )
    assert empty.reader.post("/notices", sent(empty)).status_code == 302
    said = my_wishes(empty.force.reader)
    assert (said.by_mail, said.quiet_from, said.version) == (True, None, 2)


def test_the_second_of_two_pages_shows_what_the_first_said(empty: Site) -> None:
    first = sent(empty, quiet_from="18:00", quiet_until="08:00")
    second = sent(empty, quiet_from="21:00", quiet_until="06:00")
    assert empty.reader.post("/notices", first).status_code == 302
    answer = empty.reader.post("/notices", second)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "18:00" in words
    assert "21:00" in words
    assert my_wishes(empty.force.reader).version == 1
    assert empty.reader.post("/notices", second | {"version": "1"}).status_code == 302
    assert f"{my_wishes(empty.force.reader).quiet_from:%H:%M}" == "21:00"
