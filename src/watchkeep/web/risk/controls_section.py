"""The section on controls of a risk's page: the bow-tie, and the controls under the parts that they serve."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from watchkeep.apps.register.queries import RiskPage
from watchkeep.apps.treatment.queries import ControlRow, UseRow, controls_of
from watchkeep.domain.clock import PRESENT, Clock
from watchkeep.domain.concentration import CONTROL_UNDER
from watchkeep.domain.document import Field, PartedField
from watchkeep.domain.people import Actor, may
from watchkeep.web.components.controls import EffectMark, FreshMark, effect, fresh

TEMPLATE = "risk/controls_section.html"


@dataclass(frozen=True, slots=True)
class Barrier:
    """One control on one side of one part: how effective, how fresh, and how many other risks lean on it."""

    control: ControlRow
    use: UseRow
    link: str
    effect: EffectMark
    fresh: FreshMark
    others: int


@dataclass(frozen=True, slots=True)
class Wing:
    """One side of the bow-tie: the texts at its end, and the controls between these and the event."""

    texts: tuple[str, ...]
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, slots=True)
class PartBarriers:
    """The controls of one part; no part where they serve the risk as a whole."""

    part: str
    about: str
    barriers: tuple[Barrier, ...]

    @property
    def sides(self) -> tuple[tuple[str, tuple[Barrier, ...]], ...]:
        """The same controls under the three headings of the table."""
        headings = (("On causes", "cause"), ("On consequences", "consequence"), ("Side not recorded", ""))
        return tuple((name, _on(self.barriers, side)) for name, side in headings)


@dataclass(frozen=True, slots=True)
class ControlsSection:
    """What holds the risk back. `unplaced` are controls of which nobody said which side they bear on."""

    causes: Wing
    event: str
    consequences: Wing
    unplaced: tuple[Barrier, ...]
    parts: tuple[PartBarriers, ...]
    holding: int
    total: int
    name: str
    apply_link: str
    add_link: str

    @property
    def in_parts(self) -> bool:
        """Whether any control serves a part alone."""
        return any(each.part for each in self.parts)


def section(viewer: Actor, page: RiskPage, clock: Clock = PRESENT) -> ControlsSection:
    """The controls of the risk, as at the clock’s day."""
    barriers = tuple(_barrier(use, row) for use, row in controls_of(viewer, page.id, clock))
    live = {each.control.id: each.control for each in barriers if each.control.in_force}
    asked = urlencode({"risk": page.key, "register": page.register.slug})
    keeps = not clock.past and may(viewer, "answer for own controls and actions") is None
    value = page.value
    return ControlsSection(
        causes=Wing(_texts(value.cause), _on(barriers, "cause")),
        event=value.event.text or "",
        consequences=Wing(_texts(value.impact), _on(barriers, "consequence")),
        unplaced=_on(barriers, ""),
        parts=_by_part(page, barriers),
        holding=sum(each.effectiveness.holds for each in live.values()),
        total=len(live),
        name=value.name.text or page.key,
        apply_link=f"{reverse('control-apply')}?{asked}" if keeps else "",
        add_link=f"{reverse('control-add')}?{asked}" if keeps else "",
    )


def _barrier(use: UseRow, row: ControlRow) -> Barrier:
    return Barrier(
        control=row,
        use=use,
        link=reverse("control", args=[row.reference]),
        effect=effect(row.effectiveness.whole),
        fresh=fresh(row),
        others=len(row.risks) - 1 if len(row.risks) >= CONTROL_UNDER else 0,
    )


def _on(barriers: tuple[Barrier, ...], side: str) -> tuple[Barrier, ...]:
    """The controls on a side, each once, however many parts it serves there."""
    found = {each.control.id: each for each in reversed(barriers) if each.use.side == side}
    return tuple(found.values())[::-1]


def _by_part(page: RiskPage, barriers: tuple[Barrier, ...]) -> tuple[PartBarriers, ...]:
    fields = (page.value.impact, page.value.description)
    about = {part.marker: part.text for field in fields for part in field.parts}
    order = [part.marker for field in fields[::-1] for part in field.parts]
    found: dict[str, list[Barrier]] = defaultdict(list)
    for each in barriers:
        found[each.use.part].append(each)
    places = {part: place for place, part in enumerate(dict.fromkeys(["", *order, *found]))}
    return tuple(
        PartBarriers(part, about.get(part, ""), tuple(found[part]))
        for part in sorted(found, key=lambda part: places[part])
    )


def _texts(field: Field) -> tuple[str, ...]:
    """Each part by itself, else the whole."""
    if isinstance(field, PartedField) and field.parts:
        return tuple(f"({part.marker}) {part.text}" for part in field.parts)
    return (field.text,) if field.text else ()
