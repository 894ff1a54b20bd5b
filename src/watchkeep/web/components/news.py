"""What is new since another paper or day, as pages show it: the sheet that papers print, with links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from watchkeep.domain.since import (
    Moved,
    News,
    Rescored,
    Restated,
    Reworded,
    Since,
    Told,
    besides_moves,
    called,
    days,
    say,
)
from watchkeep.web.register.links import risk_link


@dataclass(frozen=True, slots=True)
class Item:
    """One risk of which there is news: what, and why."""

    label: str
    link: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one risk that say something else, under one fold."""

    label: str
    fields: str
    texts: tuple[Reworded, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All the news: a sentence, a list for each kind, and what changed word by word."""

    sentence: str
    lists: tuple[tuple[str, tuple[Item, ...]], ...]
    texts: tuple[Texts, ...]


def sheet(since: Since, slug: str = "") -> Sheet:
    """The sheet. With the register's address in `slug`, its risks are links."""
    lists = (
        ("New", [_item(each, slug) for each in since.new]),
        ("Gone", [_item(each, slug) for each in since.gone]),
        ("Stand elsewhere", [_moved(each, slug) for each in since.moved]),
        ("Judged otherwise", [_rescored(each, slug) for each in besides_moves(since)]),
        ("Promises kept", [_news(each, slug, kept=True) for each in since.kept]),
        ("Promises that slipped", [_news(each, slug) for each in since.slipped]),
        ("Promises that are newly late", [_news(each, slug) for each in since.newly_late]),
        ("Promises that were dropped", [_news(each, slug) for each in since.dropped]),
        (
            "Another trend for a quarter that was told before",
            [_rescored(each, slug) for each in since.retold],
        ),
        ("Indicators", [_rescored(each, slug) for each in since.measured]),
        ("What sentences rest on", [_restated(each, slug) for each in since.restated]),
        ("Who may read what", [_rescored(each, slug) for each in since.ruled]),
        ("The paper itself", [_rescored(each, "") for each in since.cover]),
        ("Not matched for certain", [_item(each, slug) for each in since.unsure]),
    )
    return Sheet(
        say(since), tuple((name, tuple(rows)) for name, rows in lists if rows), tuple(_texts(since.reworded))
    )


def _item(told: Told, slug: str, said: str = "") -> Item:
    link = risk_link(told.key, slug) if slug and told.key else ""
    return Item(called(told), link, said, told.reason)


def _moved(moved: Moved, slug: str) -> Item:
    how = {"restated": "on other terms"}.get(moved.way, moved.way)
    return _item(moved, slug, f"was {moved.before}, now {moved.after} ({how})")


def _rescored(told: Rescored, slug: str) -> Item:
    return _item(told, slug, f"{told.what} was {told.before}, now {told.after}")


def _restated(told: Restated, slug: str) -> Item:
    return _item(told, slug, f"{told.label}: “{told.sentence}” was: {told.before}; now: {told.after}")


def _news(news: News, slug: str, *, kept: bool = False) -> Item:
    owner = f", {news.owner}" if news.owner else ""
    return _item(news, slug, f"{news.promise} ({days(news, kept=kept)}{owner})")


def _texts(reworded: Iterable[Reworded]) -> Iterable[Texts]:
    for _, rows in groupby(reworded, key=lambda each: each.key):
        texts = tuple(rows)
        yield Texts(called(texts[0]), ", ".join(each.label for each in texts), texts)
