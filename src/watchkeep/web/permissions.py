"""Who may open what: every route by name. A route that is not in this table opens for nobody."""

from __future__ import annotations

from typing import Literal

Who = Literal["anyone", "reader", "administrator"]  # each includes the ones after it

ROUTES: dict[str, Who] = {
    # signing in
    "sign-in": "anyone",
    "sign-out": "reader",
    # looking
    "home": "reader",
    "register": "reader",
    "risk": "reader",
    "file": "reader",  # the evidence that a register rests on
    "place": "reader",
    "place-picture": "reader",
    "history": "reader",
    "verify": "reader",
    "papers": "reader",
    "edition": "reader",
    "edition-file": "reader",  # the query hands a reader published editions only
    # bringing in
    "bring-in": "administrator",
    "import": "administrator",
    "import-progress": "administrator",
    "arrows": "administrator",
    "place-paper": "administrator",
    "close-risk": "administrator",
    "correct": "administrator",
    "resolve": "administrator",
    "accept": "administrator",
    "accept-all": "administrator",
    "set-aside": "administrator",
    "close": "administrator",
    # publishing
    "preview": "administrator",
    "publish": "administrator",
    "withdraw": "administrator",
    # building the site
    "gallery": "administrator",
}


def permitted(who: Who, role: str | None) -> bool:
    """Whether somebody of this role (none: nobody is signed in) may pass."""
    if who == "anyone":
        return True
    if who == "reader":
        return role in {"reader", "administrator"}
    return role == "administrator"
