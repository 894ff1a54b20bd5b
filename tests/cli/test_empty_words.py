"""A name or text of nothing that can be seen is refused in one sentence, whichever verb is given it."""

from __future__ import annotations

from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from cast import PASSWORD, Staffed, a_paper, accepted
from once import made_once
from watchkeep.apps.register import changes as register
from watchkeep.apps.reviews import changes as boards
from watchkeep.apps.treatment import changes as treatment
from watchkeep.cli import commands
from watchkeep.domain.commitment import Promise
from watchkeep.domain.control import ControlValue

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
MEETING = ("harbour-board", "2026-03-10")

# Each verb with its blank as {}; what it needs besides stands.
VERBS = (
    "person add {} --name Una",
    "person add una@calder.test --name {}",
    "person password {}",
    "person role {} --role reader",
    "person role ivo@calder.test --role {}",
    "person grant {} --role reader --unit East_Mole",
    "person grant ivo@calder.test --role {} --unit East_Mole",
    "person grant ivo@calder.test --role reader --unit {}",
    "person grant ivo@calder.test --role reader --register {}",
    "person stop {} --reason Left",
    "person stop ivo@calder.test --reason {}",
    "person resume {}",
    "person code-off {}",
    "unit open {}",
    "post open {}",
    "post appoint {} ivo@calder.test --from 2025-04-01",
    "post appoint Oil_Officer {} --from 2025-04-01",
    "post end {} ivo@calder.test --on 2025-04-01",
    "post end Oil_Officer {} --on 2025-04-01",
    "register open {}",
    "register open X --kind {}",
    "register amend {}",
    "view list {}",
    "risk show {}",
    "risk open {}",
    "risk open {} --draft",
    "risk open {} --reference LH9",
    "risk assess {} --rating Low --because x",
    "risk assess LH1 --rating Low --because {} --on 2026-03-31",
    "risk escalate {} --to harbour-risk-register --reason x",
    "risk escalate LH1 --to {} --reason x",
    "risk bring-back {} --reason x",
    "risk merge {} --into LH2 --reason x",
    "risk merge LH1 --into {} --reason x",
    "risk merge LH1 --into LH2 --reason {}",
    "risk close {} --reason x",
    "risk close LH1 --reason {}",
    "risk reopen {} --reason x",
    "risk link {} causes LH2",
    "risk link LH1 {} LH2",
    "risk link LH1 causes {}",
    "risk event {} Gale",
    "risk event LH1 {}",
    "link end {} causes LH2 --reason x",
    "link end LH1 {} LH2 --reason x",
    "close {} --reason x",
    "close LH1 --reason {}",
    "control show {}",
    "control checks {}",
    "control add {}",
    "control apply {} LH1",
    "control apply C1 {}",
    "control check {} --kind assessment --line 1 --checked-by Keeper --design effective",
    "control check C1 --kind assessment --line 1 --checked-by {} --design effective",
    "control stand-down {} --reason x",
    "control stand-down C1 --reason {}",
    "control stand-up {} --reason x",
    "promise show {}",
    "promise add {}",
    "promise slip {} --due 2026-12-01 --reason x",
    "promise slip P1 --due 2091-12-01 --reason {}",
    "promise done {}",
    "promise drop {} --reason x",
    "promise drop P1 --reason {}",
    "promise effect {} --seen --note x",
    "board show {}",
    "board decisions {}",
    "board open {}",
    "board meeting {} 2026-04-10",
    "board agenda {} 2026-03-10",
    "board challenge {} 2026-03-10 1 --asked Who",
    "board challenge harbour-board 2026-03-10 1 --asked {}",
    "board decide {} 2026-03-10 1 Go",
    "board decide harbour-board 2026-03-10 1 {}",
    "scale show {}",
    "scale new {} --bands Low,High",
    "category add {}",
    "objective add {}",
    "appetite state {} --scale Bands --up-to Low --borne-up-to Low --approved-by Board",
    "review open {}",
)
# A list of everything is what nothing asks for.
BLANK_IS_ALL = {"control checks {}", "board decisions {}"}


@pytest.fixture
@made_once
def force(staffed: Staffed) -> Staffed:
    """The force with a risk, a control, a promise and a meeting to speak of."""
    accepted(staffed, a_paper(day=date(2026, 2, 28)))
    by = staffed.risk_manager
    treatment.add_control(by=by, value=ControlValue(name="Spare lamp"), effective_on=DAY)
    treatment.promise(by=by, kind="action", value=Promise(title="Paint", due_on=date(2090, 1, 1)), on=DAY)
    register.open_category(by=by, name="Weather")
    board = boards.open_board(by=staffed.secretary, name="Harbour Board")
    meeting = boards.plan_meeting(by=staffed.secretary, board=board, on=DAY)
    boards.put_on_agenda(by=staffed.secretary, meeting=meeting, version=1, purpose="note", title="The year")
    return staffed


APP = typer.Typer()
commands.attach(APP)


def refused(words: list[str]) -> bool:
    """Whether the command ends with code 2 and one sentence, and no fault of ours."""
    given = [*words, "--body", "Calder Vale Police"]
    done = CliRunner().invoke(APP, given, env={"WATCHKEEP_PASSWORD": PASSWORD})
    ours = done.exception is not None and not isinstance(done.exception, SystemExit)
    return not ours and (done.exit_code, done.output.count("\n")) == (2, 1)


@pytest.mark.parametrize("blank", ["", " ", "\N{ZERO WIDTH SPACE}"])
def test_what_nobody_sees_is_refused_in_one_sentence(force: Staffed, blank: str) -> None:
    assert force
    taken = []
    for verb in VERBS:
        words = [blank if each == "{}" else each.replace("_", " ") for each in verb.split()]
        if (blank or verb not in BLANK_IS_ALL) and not refused(words):
            taken.append(verb)
    assert taken == []
