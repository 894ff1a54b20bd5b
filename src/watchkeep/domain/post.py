"""Who holds a post from when to when: whether somebody may be appointed, and what an appointment ends.

A post has one holder or several who share it, and any number of deputies. The day on which a holding ends is
the first day on which it no longer holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from watchkeep.domain.people import Refusal
from watchkeep.domain.span import is_over


@dataclass(frozen=True, slots=True)
class Held:
    """One person's time in a post; `until_on` is none while nobody has said that it ends."""

    id: str
    person: str
    name: str
    deputy: bool
    from_on: date
    until_on: date | None = None

    def on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def meets(self, other: Held) -> bool:
        """Whether there is a day on which both hold."""
        last, other_last = self.until_on or date.max, other.until_on or date.max
        return max(self.from_on, other.from_on) < min(last, other_last)


def may_appoint(new: Held, held: tuple[Held, ...], today: date, *, sharing: bool) -> Refusal | None:
    """Whether this appointment can stand beside what is known of the post. A time that is over is a fact:
    nobody succeeds to it afterwards, but it can turn out that somebody shared it.
    """
    if new.until_on is not None and new.until_on <= new.from_on:
        return Refusal("The last day must come after the first.")
    for each in held:
        if not new.meets(each):
            continue
        if each.person == new.person and each.deputy == new.deputy:
            what = "deputises" if each.deputy else "holds this post"
            return Refusal(f"{each.name} {what} already in that time, from {_day(each.from_on)}.")
        if new.deputy or each.deputy or sharing:
            continue
        if each.from_on >= new.from_on:
            return Refusal(
                f"{each.name} holds this post from {_day(each.from_on)}; "
                f"say that {new.name} holds it until then, or that they share it."
            )
        if is_over(each.until_on, today):
            return Refusal(
                f"{each.name} held this post until {_day(each.until_on)}, and that stays as it was said; "
                f"say that {new.name} holds it from then, or that they shared it."
            )
    return None


def succeeded(new: Held, held: tuple[Held, ...], *, sharing: bool) -> tuple[Held, ...]:
    """The holdings that end on the day on which this appointment begins, because one succeeds the other."""
    if new.deputy or sharing:
        return ()
    return tuple(each for each in held if not each.deputy and new.meets(each))


def without_holder(title: str, abolished_on: date | None, day: date, *, held: bool, deputised: bool) -> str:
    """Why nobody answers for something that is a post's, in a sentence; nothing where somebody does."""
    if abolished_on is not None and abolished_on <= day:
        return f"{title}, which answers for it, was abolished on {_day(abolished_on)}."
    if held:
        return ""
    until = "; a deputy answers until somebody does" if deputised else ""
    return f"Nobody holds {title}, which answers for it{until}."


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no day"
