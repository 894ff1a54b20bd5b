"""A paper and itself differ in nothing; two papers the other way round tell the same news backwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from watchkeep.domain.document import (
    Assessment,
    Band,
    DateField,
    Field,
    Item,
    Promise,
    RegisterDocument,
    Risk,
    Scale,
    Trend,
)
from watchkeep.domain.since import Since, since

BANDS = ("Low", "Medium", "High", "Severe")
WORDS = some.lists(some.sampled_from(["boat", "oil", "keeper", "fog"]), min_size=1, max_size=6).map(" ".join)
DAYS = some.dates(date(2031, 1, 1), date(2032, 12, 31))
BACKWARDS = {"higher": "lower", "lower": "higher", "restated": "restated"}


def said(text: str | None) -> Field:
    return Field(state="recorded", text=text) if text else Field()


@some.composite
def assessments(draw: some.DrawFn) -> tuple[Assessment, ...]:
    stages = draw(some.lists(some.sampled_from(["inherent", "residual", "target"]), unique=True))
    maybe = some.none() | some.sampled_from(["1", "4", "9"])
    return tuple(
        Assessment(stage=each, rating=said(draw(some.sampled_from(["", *BANDS]))), score=said(draw(maybe)))
        for each in stages
    )


@some.composite
def risks(draw: some.DrawFn, key: str) -> Risk:
    day = draw(some.none() | DAYS)
    promises: dict[str, Promise] = {}
    for each in draw(some.lists(some.sampled_from(["p1", "p2"]), unique=True)):
        state: Any = draw(some.sampled_from(["waiting", "overdue", "done", "dropped"]))
        promises[each] = Promise(key=f"{key} {each}", kind="action", title=each, due=draw(DAYS), state=state)
    way: Any = draw(some.sampled_from(["worsening", "steady", "improving"]))
    return Risk(
        key=key,
        reference=said(draw(some.sampled_from([key, None]))),
        name=said(draw(some.none() | WORDS)),
        cause=said(draw(some.none() | WORDS)),
        status=said(draw(some.sampled_from([None, "Open", "Closed"]))),
        due_date=DateField(state="recorded", text="then", on=day) if day else DateField(),
        controls=tuple(Item(state="recorded", text=each) for each in draw(some.lists(WORDS, max_size=2))),
        trends=(Trend(period="Q2", state="recorded", text="mark", movement=way),),
        assessments=draw(assessments()),
        promises=tuple(promises.values()),
    )


@some.composite
def papers(draw: some.DrawFn) -> RegisterDocument:
    keys = draw(some.lists(some.sampled_from(["A1", "A2", "A3", "A4"]), unique=True))
    scale = Scale(bands=tuple(Band(name=name, rank=rank) for rank, name in enumerate(BANDS, 1)))
    day = draw(DAYS)
    return RegisterDocument(
        risks=tuple(draw(risks(key)) for key in keys),
        scale=scale,
        as_at=DateField(state="recorded", text=day.isoformat(), on=day),
    )


def between(before: RegisterDocument, after: RegisterDocument) -> Since:
    return since(before, after, earlier_called="the other")


@settings(max_examples=60, deadline=None)
@given(papers())
def test_a_paper_and_itself_differ_in_nothing(paper: RegisterDocument) -> None:
    found = between(paper, paper)
    assert found.nothing
    assert found.unsure == ()


@settings(max_examples=60, deadline=None)
@given(papers(), papers())
def test_backwards_new_is_gone_and_higher_is_lower(before: RegisterDocument, after: RegisterDocument) -> None:
    forth, back = between(before, after), between(after, before)
    assert {each.key for each in forth.new} == {each.key for each in back.gone}
    assert {each.key for each in forth.gone} == {each.key for each in back.new}
    assert sorted((each.before, each.after, each.way) for each in forth.moved) == sorted(
        (each.after, each.before, BACKWARDS[each.way]) for each in back.moved
    )
    for name in ("rescored", "retold"):
        assert sorted((each.what, each.before, each.after) for each in getattr(forth, name)) == sorted(
            (each.what, each.after, each.before) for each in getattr(back, name)
        )


@settings(max_examples=60, deadline=None)
@given(papers(), papers())
def test_backwards_what_was_added_was_removed(before: RegisterDocument, after: RegisterDocument) -> None:
    def texts(found: Since, *kinds: str) -> list[tuple[str, str]]:
        return sorted(
            (each.field, " ".join("".join(run.text for run in each.words if run.kind in kinds).split()))
            for each in found.reworded
            if each.label != "Promise"  # one that slipped is told as that, and backwards as due sooner
        )

    forth, back = between(before, after), between(after, before)
    assert texts(forth, "same", "left out", "added") == texts(back, "same", "left out", "removed")
