"""The demo's controls with their checks, its promises with their slips, and its sorted lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from watchkeep.cli.demo.told import Made, Told

if TYPE_CHECKING:
    from watchkeep.apps.treatment.changes import Sorting
    from watchkeep.domain.people import Actor


def stands(by: Actor) -> bool:
    """Whether the demo's records were made before."""
    from watchkeep.apps.treatment import queries

    return bool(queries.controls(by))


def keep_controls(told: Told, made: Made) -> None:
    """Each control, what it serves, and what its checks found."""
    from watchkeep.apps.treatment import changes
    from watchkeep.domain.control import ControlValue

    by = made.manager
    for each in told["control"]:
        value = ControlValue(
            each["name"],
            kind=each.get("kind", ""),
            frequency=each.get("frequency", ""),
            tolerated=each.get("tolerated"),
        )
        control = changes.add_control(
            by=by, value=value, effective_on=each["from"], owner_post=made.posts[each["owner"]]
        )
        made.controls[each["key"]] = control
        for use in each["uses"]:
            changes.apply_control(
                by=by,
                control=control,
                risk=made.risks[use["risk"]],
                part=use.get("part", ""),
                side=use.get("side", ""),
                from_on=each["from"],
            )
        for check in each.get("checks", ()):
            _check(by, control, check)
        if "stood_down" in each:
            end = each["stood_down"]
            changes.stand_down(by=by, control=control, version=1, on=end["on"], reason=end["reason"])


def keep_promises(told: Told, made: Made) -> None:
    """Each promise through all that became of it, in the order of its days."""
    from watchkeep.apps.treatment import changes
    from watchkeep.domain.commitment import Promise

    for each in told["commitment"]:
        first, *others = each["uses"]
        commitment = changes.promise(
            by=made.manager,
            kind=each["kind"],
            value=Promise(
                title=each["title"],
                owner_post=made.posts[each["owner"]],
                due_on=each.get("due"),
                **{
                    name: each[name]
                    for name in ("definition_of_done", "expected_effect", "expected_by", "source", "if_not")
                    if name in each
                },
            ),
            on=each["on"],
            risk=made.risks[first["risk"]],
            part=first.get("part", ""),
        )
        made.commitments[each["key"]] = commitment
        for use in others:
            changes.apply_commitment(
                by=made.manager, commitment=commitment, risk=made.risks[use["risk"]], from_on=each["on"]
            )
        follow(each, commitment, made)
    for each in told["commitment"]:
        for needed in each.get("needs", ()):
            changes.depend_on(
                by=made.manager,
                commitment=made.commitments[each["key"]],
                needs=made.commitments[needed],
                on=each["on"],
            )


def follow(each: Told, commitment: UUID, made: Made) -> None:
    """What became of one promise: its slips, its end, its effect; said by whoever answers for it."""
    from watchkeep.apps.treatment import changes
    from watchkeep.domain.control import ControlValue

    owner, version = made.who_answers(each["owner"]), 1
    for slip in each.get("slips", ()):
        version = changes.slip(
            by=owner,
            commitment=commitment,
            version=version,
            due_on=slip["due"],
            reason=slip["reason"],
            on=slip["on"],
        )
    if "done" in each:
        done = each["done"]
        becomes = None
        if "control" in done:
            value = ControlValue(done["control_name"], kind=done["control_kind"])
            becomes = changes.Becomes(value=value, side="cause")
        version = changes.report_done(
            by=made.manager if becomes else owner,
            commitment=commitment,
            version=version,
            on=done["on"],
            note=done["note"],
            becomes_control=becomes,
        )
    if "dropped" in each:
        end = each["dropped"]
        version = changes.drop(
            by=made.manager, commitment=commitment, version=version, on=end["on"], reason=end["reason"]
        )
    if "effect" in each:
        seen = each["effect"]
        changes.say_effect(
            by=made.manager,
            commitment=commitment,
            version=version,
            seen=seen["seen"],
            on=seen["on"],
            note=seen["note"],
        )


def sort_lines(told: Told, made: Made) -> None:
    """Say of each imported line what it is: the record that was made of it, a meeting, a measure, or none."""
    from watchkeep.apps.treatment import changes, queries

    by, said = made.manager, _answers(told, made)
    for risk in made.risks.values():
        sortings = []
        for line in queries.lines_of(by, risk).lines:
            found = next((answer for text, answer in said if line.text.startswith(text)), None)
            if found is not None and not line.answer:
                sortings.append(_of_line(line.text, found))
        if sortings:
            changes.sort_lines(by=by, risk=risk, sortings=sortings, boards=made.boards.values())


def _answers(told: Told, made: Made) -> list[tuple[str, Told]]:
    """How each imported line begins, and what is to be said of it."""
    from watchkeep.apps.treatment import queries

    by = made.manager
    references = {each.id: each.reference for each in queries.controls(by)}
    references |= {each.id: each.reference for each in queries.commitments(by)}
    said: list[tuple[str, Told]] = []
    for sort, kept in (("control", made.controls), ("commitment", made.commitments)):
        said += [
            (each["text"], {"sort": sort, "same_as": references[kept[each["key"]]]})
            for each in told[sort]
            if "text" in each
        ]
    said += [
        (each["text"], {"sort": "meeting", "board": made.boards[each["key"]]})
        for each in told["board"]
        if "text" in each
    ]
    for each in told["meeting_line"]:
        board = made.boards[each["board"]] if "board" in each else None
        said.append((each["text"], {"sort": "meeting", "board": board}))
    said += [(each["text"], {"sort": "measure"}) for each in told["measure_line"]]
    said += [(each["text"], {"sort": "neither"}) for each in told["other_line"]]
    return said


def _of_line(text: str, found: Told) -> Sorting:
    from watchkeep.apps.treatment.changes import Sorting

    return Sorting(text=text, **found)


def _check(by: Actor, control: UUID, check: Told) -> None:
    from watchkeep.apps.treatment import changes
    from watchkeep.domain.check import Check, Sample

    sample = Sample(check["sample"], check["failures"]) if "sample" in check else None
    on: date = check["on"]
    changes.record_check(
        by=by,
        control=control,
        value=Check(
            kind=check["kind"],
            line=check["line"],
            on=on,
            by=check["by"],
            design=check["design"],
            operation=check["operation"],
            sample=sample,
            note=check.get("note", ""),
        ),
    )
