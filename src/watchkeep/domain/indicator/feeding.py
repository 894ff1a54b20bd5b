"""What a feed may say of where it is pulled from: an address that is told to everybody holds no secret."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from watchkeep.domain.errors import Invalid
from watchkeep.domain.people import Actor, Refusal, may

# Where a secret belongs in an address, it is named so and put in when the file is fetched.
HERE: Final = "{secret}"
_TELLING: Final = re.compile(
    r"(?:^|[^a-z])(?:key|token|secret|password|passwd|pwd|pass|sig|signature|auth|credential|sas)s?(?:$|[^a-z])"
    r"|api_?key|access_?key|auth_?token|access_?token|session_?id",
    re.IGNORECASE,
)


def may_send_secrets(actor: Actor) -> Refusal | None:
    """Open a feed that is given a secret of the machine: it decides whom that secret is sent to, and what a
    database is asked.
    """
    return may(actor, "look after registers")


def must_be_an_address(address: str, secret: str) -> None:
    """Refuse what no file can be fetched from, and an address that holds what should be a secret."""
    try:
        found = urlsplit(address.strip())
        named = found.port is None or found.port > 0
    except ValueError:
        named, found = False, urlsplit("")
    if not named or found.scheme not in ("http", "https") or not found.hostname:
        raise Invalid("address", "Give the whole address: https://, the host and the path.")
    if found.username is not None or found.password is not None:
        raise Invalid(
            "address", "An address is told to all who keep indicators: put no name or password in it."
        )
    if any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in address.strip()):
        raise Invalid("address", "The address has a blank, a control sign or a backslash in it.")
    if HERE in found.netloc:
        raise Invalid("address", f"{HERE} stands in the path or after the question mark, never in the host.")
    if HERE in address and not secret:
        raise Invalid("secret", f"The address says {HERE}: name the variable that holds it.")
    if secret and found.scheme != "https":
        raise Invalid("address", "A secret is sent over https only; this address begins with http.")
    for name, value in parse_qsl(found.query):
        if _TELLING.search(name) and value and HERE not in value:
            raise Invalid(
                "address",
                f"“{name}” looks like a secret, and an address is told to all who keep indicators. Write "
                f"{name}={HERE} instead, and name the variable that holds it.",
            )
