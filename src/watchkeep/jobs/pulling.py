"""What a feed gives when it is asked, as a grid; and a look at it that records nothing."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import quote
from uuid import UUID

from watchkeep.apps.indicators.changes import feeds as changes
from watchkeep.apps.indicators.changes.feeds import SECRETS, FeedValue, must_be_whole
from watchkeep.apps.indicators.queries.feeds import FeedRow
from watchkeep.apps.indicators.queries.known import known
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.indicator.feeding import HERE, may_send_secrets
from watchkeep.domain.indicator.keeping import may_keep, may_record
from watchkeep.domain.people import Actor, obey
from watchkeep.formats.readings import (
    Grid,
    Mapping,
    grid_of,
    grid_of_objects,
    grid_of_rows,
    mapped,
    parted,
    read_back,
    suggested,
)
from watchkeep.gateways.feeds import Reach, ask, fetch, one_select
from watchkeep.jobs.loading import NO_MAPPING, Sorted, sort

FIRST_ROWS = 10
COLUMNS = "columns"  # under which a mapping that was said in words is kept


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came, before anybody looks at it: as a grid, and as the bytes that are kept of it."""

    grid: Grid
    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a pull would bring; nothing of it is recorded."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # the first of them, as they came
    lines: int
    sorted: Sorted
    doubts: tuple[str, ...] = ()
    refused: str = ""  # why no row of it can be read so

    @property
    def told(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The first rows with each cell under its heading."""
        return tuple(tuple(zip_longest(self.headings[: len(row)], row, fillvalue="")) for row in self.rows)


def open_feed(by: Actor, value: FeedValue) -> UUID:
    """Open a feed whose words could be followed: its SELECT is one, its columns are said as columns are."""
    obey(may_keep(by))
    must_be_followed(value)
    return changes.open_feed(by=by, value=value)


def must_be_followed(value: FeedValue) -> None:
    """Refuse what no pull could do, before it is opened or tried."""
    must_be_whole(value)
    if value.kind == "sql":
        one_select(value.statement)
    parted(said_of(value.mapping))


def in_words(columns: str) -> str:
    """What was said of the columns, as it is kept with a feed."""
    return json.dumps({COLUMNS: columns.strip()}, ensure_ascii=False) if columns.strip() else NO_MAPPING


def said_of(mapping: str) -> str:
    """What was said of the columns in words; empty where the headings propose it."""
    said: str = json.loads(mapping).get(COLUMNS, "")
    return said


def tried(by: Actor, value: FeedValue | FeedRow, reach: Reach) -> Tried:
    """Pull and look, for who may open it; nothing is recorded, kept or told."""
    obey(may_keep(by))
    obey(may_record(by))
    if isinstance(value, FeedValue):
        must_be_followed(value)
        obey(may_send_secrets(by) if value.secret else None)
    came = pulled(value, reach)
    there = known(by)
    proposal = suggested(came.grid, references=frozenset(there))
    mapping: Mapping | None
    try:
        mapping = mapping_of(value, came.grid, frozenset(there))
        found, refused = sort(by, came.grid, mapping, there, indicator=value.indicator), ""
    except Invalid as problem:
        mapping, found, refused = proposal.mapping, Sorted(), problem.sentence
    start = (mapping.headings or 0) if mapping else 0
    body = [each for each in came.grid.lines if each.number > start]
    shown = tuple(each.cells for each in body[:FIRST_ROWS])
    return Tried(proposal.headings, shown, len(body), found, proposal.doubts, refused)


def pulled(feed: FeedValue | FeedRow, reach: Reach) -> Pulled:
    """Ask for it."""
    secret = _secret(feed.secret)
    if feed.kind == "sql":
        asked = ask(secret, feed.statement)
        data = json.dumps([dict(zip(asked.columns, row, strict=True)) for row in asked.rows]).encode()
        return Pulled(grid_of_rows(asked.columns, asked.rows, feed.name), data, f"{feed.name}.json")
    if not secret.isascii() or not secret.isprintable():
        raise Refused(f"What {feed.secret} holds cannot be sent: it takes letters, figures and plain signs.")
    address, sent = feed.address, secret
    if HERE in address:
        address, sent = address.replace(HERE, quote(secret, safe="")), ""
    fetched = fetch(address, reach, authorization=sent)
    name = f"{feed.name}.{feed.kind}"
    if feed.kind == "json":
        return Pulled(grid_of_objects(fetched.data, name, items=feed.items), fetched.data, name)
    return Pulled(grid_of(fetched.data, name), fetched.data, name)


def mapping_of(feed: FeedValue | FeedRow, grid: Grid, references: frozenset[str]) -> Mapping:
    """What was said when the feed was opened; where nothing was, what the headings propose."""
    proposal = suggested(grid, references=references)
    if said := said_of(feed.mapping):
        return mapped(said, grid, proposal)
    if feed.mapping != NO_MAPPING:
        return read_back(feed.mapping)
    if proposal.mapping is None:
        raise Invalid("mapping", "No column that came holds days, months or quarters.")
    return proposal.mapping


def _secret(name: str) -> str:
    """What the variable holds, without the line's end that a file of secrets often adds."""
    if not name:
        return ""
    held = os.environ.get(name, "").strip() if SECRETS.fullmatch(name) else ""
    if not held:
        raise Refused(f"The environment variable {name} is not set where this runs.")
    return held
