"""Filters that every template may use."""

from __future__ import annotations

from datetime import date

from django import template

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
def spoken(period: str) -> str:
    """A period as a heading: a trend column that names no period is this one, or the last."""
    text = spoken_period(period)
    return text[:1].upper() + text[1:]


@register.filter
def unlocalised(number: float) -> str:
    """A number for a drawing's attribute, whatever the language."""
    return f"{number:g}"
