"""Filters that every template may use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.http import urlencode

from watchkeep.domain.document import LinePlace, PagePlace, Place
from watchkeep.domain.finding import spoken_period

register = template.Library()


@register.filter
def percentage(share: float) -> str:
    """A share of 1 as a whole per cent."""
    return f"{round(share * 100)} per cent"


@register.filter
def day(value: date | None) -> str:
    """A date as this product writes it: 31 March 2021."""
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def counted(number: int, noun: str) -> str:
    """A number with its noun: `{{ 3|counted:"risk,risks" }}`."""
    one, many = noun.split(",")
    return f"{number} {one if number == 1 else many}"


@register.filter
def shorten(places: Sequence[Place]) -> list[str]:
    """Places as a person would say them, each once, and no more than a reader wants: six, then how many more."""
    labels = list(dict.fromkeys(place.label for place in places))
    return labels if len(labels) <= 6 else [*labels[:6], f"and {len(labels) - 6} more"]


@register.filter
def place_query(places: Sequence[Place]) -> str:
    """Where in the file to look, as the query of the page that shows it."""
    pages = [place for place in places if isinstance(place, PagePlace)]
    if pages:
        boxes = ",".join("_".join(f"{edge:.0f}" for edge in place.box) for place in pages if place.page == pages[0].page)
        return "?" + urlencode({"page": pages[0].page, "boxes": boxes})
    lines = [place for place in places if isinstance(place, LinePlace)]
    if lines:
        return "?" + urlencode({"lines": ",".join(f"{place.line}-{place.last_line}" for place in lines)})
    return "?" + urlencode({"at": "; ".join(shorten(places))})


@register.filter
def spoken(period: str) -> str:
    """A period as a heading: a trend column that names no period is this one, or the last."""
    text = spoken_period(period)
    return text[:1].upper() + text[1:]
