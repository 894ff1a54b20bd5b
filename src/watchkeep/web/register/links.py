"""Where each part of a finding leads: the register, showing the risks that the part counts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

KNOWN = ("band", "moved", "score")


def register_link(slug: str = "", **choices: str) -> str:
    """The register's address with these choices; `slug` only where there are several registers."""
    chosen = {name: value for name, value in ({"register": slug} | choices).items() if value}
    return reverse("register") + (f"?{urlencode(chosen)}" if chosen else "")


def finding_link(code: str, slug: str = "") -> str:
    """The address for a code: `band:High`, `moved:worsening`, `owner:not recorded`, `due_date:past`."""
    what, _, value = code.partition(":")
    if what in KNOWN:
        return register_link(slug, **{what: value})
    if value == "not recorded":
        return register_link(slug, missing=what)
    if value == "past":
        return register_link(slug, due=value)
    return register_link(slug)


def risk_link(key: str, slug: str = "") -> str:
    """A risk's own address."""
    return reverse("risk", args=[key]) + (f"?{urlencode({'register': slug})}" if slug else "")


def new_link(slug: str) -> str:
    """The page on which a risk of this register is written."""
    return reverse("risk-new") + f"?{urlencode({'register': slug})}"
