"""Places of a file as people say them, and as the address of the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.domain.document import LinePlace, PagePlace, Place

MOST = 6  # a reader wants no more


def labels(places: Sequence[Place]) -> tuple[str, ...]:
    """Each place once, in order; after six, how many more there are."""
    said = list(dict.fromkeys(place.label for place in places))
    return tuple(said if len(said) <= MOST else [*said[:MOST], f"and {len(said) - MOST} more"])


def place_link(sha256: str, places: Sequence[Place]) -> str:
    """The page that shows these places of the file, or nothing where there is none to show."""
    if not sha256 or not places:
        return ""
    pages = [place for place in places if isinstance(place, PagePlace)]
    lines = [place for place in places if isinstance(place, LinePlace)]
    if pages:
        first = pages[0].page
        boxes = ",".join(
            "_".join(f"{edge:.0f}" for edge in place.box) for place in pages if place.page == first
        )
        query = {"page": str(first), "boxes": boxes}
    elif lines:
        query = {"lines": ",".join(f"{place.line}-{place.last_line}" for place in lines)}
    else:
        query = {"at": "; ".join(labels(places))}
    return f"{reverse('place', args=[sha256])}?{urlencode(query)}"
