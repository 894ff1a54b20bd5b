"""Who may open what: every route by name, with the action that it is for. A route that is not in this table
opens for nobody. What depends on the one thing that is asked for is checked by the change or the query.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from watchkeep.domain.people import Action, Actor, Refusal, may

Who = Action | Literal["anyone", "signed in", "token"]

ROUTES: Final[dict[str, Who]] = {
    # signing in
    "sign-in": "anyone",
    "account_login": "anyone",
    "mfa_authenticate": "anyone",  # it opens only after the password
    "account_reset_password": "anyone",
    "link-sent": "anyone",
    "account_reset_password_from_key": "anyone",  # it opens only with what a mail carried
    "password-chosen": "anyone",
    "sign-out": "signed in",
    # files of readings
    "feeds": "keep indicators",
    "feed": "keep indicators",
    "feed-new": "keep indicators",
    "feed-try": "keep indicators",
    "feed-run": "keep indicators",
    "feed-stop": "keep indicators",
    "readings": "record readings",
    "readings-file": "record readings",
    "readings-map": "record readings",
    "readings-take": "record readings",
    "readings-drop": "record readings",
    # programs: each shows a token, and api/permissions.py says what it may
    "api-risks": "token",
    "api-indicators": "token",
    "api-indicator": "token",
    "api-readings": "token",
    "api-chart": "token",
    "api-post": "token",
    "api-openapi": "anyone",  # what there is to ask, and nothing of what is kept
    "api-nothing": "anyone",
    # one's own account: each asks for the password once more before anything changes
    "mfa_index": "signed in",
    "account_change_password": "signed in",
    "account_reauthenticate": "signed in",
    "mfa_reauthenticate": "signed in",
    "mfa_activate_totp": "signed in",
    "mfa_deactivate_totp": "signed in",
    "mfa_view_recovery_codes": "signed in",
    "mfa_generate_recovery_codes": "signed in",
    "tokens": "signed in",  # one's own; everybody's for who looks after people
    "make-token": "signed in",  # it asks for the password once more
    "stop-token": "signed in",  # one's own, or anybody's: the change asks
    "notices": "signed in",  # one's own
    "answer": "anyone",  # a link in a mail speaks for one person, about one thing, once
    # looking
    "home": "read",
    "register": "read",
    "register-file": "read",
    # the words of a register: whose finding it is to answer, domain/answering.py asks
    "words": "read",
    "words-file": "read",
    "words-answer": "answer for own risks",
    "words-take-back": "answer for own risks",
    "view": "read",
    "save-view": "read",  # one's own; sharing is for who may change risks
    "drop-view": "read",
    "together": "change risks",
    # scales and appetite
    "scales": "read",
    "scale": "read",
    "new-scale": "change risks",
    "change-scale": "change risks",
    "kept-registers": "read",
    "open-register": "look after registers",
    "amend-register": "look after registers",
    "use-scale": "change risks",
    "categories": "read",
    "category": "read",
    "start-categories": "change risks",
    "add-category": "change risks",
    "amend-category": "change risks",
    "retire-category": "change risks",
    "state-appetite": "change risks",
    "objectives": "read",
    "add-objective": "change risks",
    "amend-objective": "change risks",
    "retire-objective": "change risks",
    "risk": "read",
    "file": "read",  # the evidence that a register rests on
    "place": "read",
    "place-picture": "read",
    "compare": "read",
    "search": "read",  # in what the viewer may see
    "history": "read",
    "verify": "read",
    "papers": "read",
    "edition": "read",
    "edition-file": "read",  # the query hands out published editions only, to whom may not publish
    # bringing in
    "bring-in": "bring in papers",
    "import": "bring in papers",
    "import-progress": "bring in papers",
    "arrows": "bring in papers",
    "place-paper": "bring in papers",
    "close-risk": "bring in papers",
    "correct": "bring in papers",
    "resolve": "bring in papers",
    "accept": "bring in papers",
    "accept-all": "bring in papers",
    "set-aside": "bring in papers",
    # risks
    "close": "change risks",
    "risk-new": "change risks",
    "risk-edit": "answer for own risks",
    "risk-assess": "answer for own risks",
    "risk-open": "change risks",
    "risk-escalate": "answer for own risks",
    "risk-return": "change risks",
    "risk-bring-back": "change risks",
    "risk-merge": "change risks",
    "risk-reopen": "change risks",
    "risk-link-new": "answer for own risks",
    "risk-link-end": "answer for own risks",
    "risk-link-look": "answer for own risks",
    "risk-event": "comment",
    "risk-readers": "comment",  # whose risk it is, or who publishes it, the change asks
    "risk-readers-open": "publish papers",
    "risk-rests": "answer for own risks",
    "risk-rests-file": "answer for own risks",
    "risk-rests-indicator": "answer for own risks",
    "risk-rests-reading": "answer for own risks",
    "risk-judge": "answer for own risks",
    "risk-look": "answer for own risks",
    "risk-take-off": "answer for own risks",
    # boards: who holds the secretary’s seat may run a board without the role, so the change decides
    "boards": "read",
    "board": "read",
    "meeting": "read",
    "decisions": "read",
    "board-decisions": "read",
    "open-board": "run boards",
    "amend-board": "comment",
    "stand-down-board": "comment",
    "seat": "comment",
    "end-seat": "comment",
    "plan-meeting": "comment",
    "put-on-agenda": "comment",
    "hold-meeting": "comment",
    "move-meeting": "comment",
    "cancel-meeting": "comment",
    "move-item": "comment",
    "take-off": "comment",
    "minute": "comment",
    "decide": "comment",
    "correct-decision": "comment",
    # reviewing: who may read an open quarter, and take which step of whose risk, domain/review.py says
    "reviews": "read",
    "cycle": "signed in",
    "review": "signed in",
    "review-step": "signed in",
    "open-review": "run the review",
    "roll-forward": "run the review",
    # promises: whose they are, and where they bear, domain/commitment/permission.py asks
    "promises": "read",
    "promises-file": "read",
    "promise": "read",
    "promise-new": "answer for own controls and actions",
    "promise-amend": "answer for own controls and actions",
    "promise-slip": "answer for own controls and actions",
    "promise-done": "answer for own controls and actions",
    "promise-drop": "answer for own controls and actions",
    "promise-again": "answer for own controls and actions",
    "promise-effect": "record checks",
    "promise-expect": "answer for own controls and actions",
    "promise-needs": "answer for own controls and actions",
    "promise-freed": "answer for own controls and actions",
    "promise-bears": "answer for own controls and actions",
    "promise-leaves": "answer for own controls and actions",
    "sorting": "read",
    "sort-risk": "read",
    # talking: whether this subject may be seen, apps/reviews/subjects.py says
    "comment": "comment",
    "reword": "comment",
    "take-back": "comment",
    "attach": "comment",
    "attachment": "read",
    "take-away": "comment",
    # controls: whose control and whose check it is, the change decides
    # indicators: whose one it is, domain/indicator/keeping.py asks
    "indicators": "read",
    "indicators-grid": "read",
    "indicator": "read",
    "indicator-new": "keep indicators",
    "indicator-read": "read",
    "indicator-redefine": "read",
    "indicator-target": "read",
    "indicator-target-end": "read",
    "indicator-rebase": "read",
    "indicator-annotate": "read",
    "indicator-plan": "read",
    "indicator-take-back": "read",
    "indicator-attach": "read",
    "indicator-detach": "read",
    "forecasts": "read",
    "forecast-ask": "keep indicators",
    "forecast-guess": "comment",
    "forecast-settle": "keep indicators",  # not by who guessed: domain/calibration.py asks
    "controls": "read",
    "controls-export": "read",
    "control": "read",
    "assurance": "read",
    "concentration": "read",
    "control-add": "answer for own controls and actions",
    "control-amend": "answer for own controls and actions",
    "control-stand-down": "answer for own controls and actions",
    "control-stand-up": "answer for own controls and actions",
    "control-apply": "answer for own controls and actions",
    "control-end": "answer for own controls and actions",
    "check": "read",
    "check-record": "answer for own controls and actions",
    "check-correct": "answer for own controls and actions",
    # publishing
    "preview": "publish papers",
    "check-paper": "publish papers",
    "publish": "publish papers",
    "approve": "publish papers",  # by a second person: domain/edition_state.py asks
    "publish-edition": "publish papers",
    "withdraw": "publish papers",
    # settings
    "settings": "read",
    "units": "read",
    "unit": "read",
    "posts": "read",
    "post": "read",
    "roles": "read",
    "amend-body": "look after registers",
    "open-unit": "look after people",
    "rename-unit": "look after people",
    "move-unit": "look after people",
    "close-unit": "look after people",
    "open-post": "look after people",
    "rename-post": "look after people",
    "move-post": "look after people",
    "abolish-post": "look after people",
    "appoint": "look after people",
    "end-holding": "look after people",
    "people": "look after people",
    "person": "look after people",
    "add-person": "look after people",
    "amend-person": "look after people",
    "change-role": "look after people",
    "grant-role": "look after people",
    "end-grant": "look after people",
    "set-password": "look after people",
    "stop-person": "look after people",
    "resume-person": "look after people",
    "end-sessions": "look after people",
    "send-link": "look after people",
    "drop-second-factor": "look after people",
    # building the site
    "gallery": "look after registers",
}


def refusal(who: Who, viewer: Actor) -> Refusal | None:
    """Why this signed-in person may not open a route that is for `who`, or nothing."""
    if who == "anyone" or who == "signed in" or who == "token":
        return None
    return may(viewer, who)


def opens(route: str, viewer: Actor) -> bool:
    """Whether the route stands in the table and opens for this person: what a menu may offer."""
    return route in ROUTES and refusal(ROUTES[route], viewer) is None


class Permissions:
    """What a person may do somewhere, for a template: `{% if may.bring_in_papers %}`."""

    ACTIONS: Final[dict[str, Action]] = {action.replace(" ", "_"): action for action in get_args(Action)}

    def __init__(self, viewer: Actor) -> None:
        self._viewer = viewer

    def __getitem__(self, name: str) -> bool:
        return may(self._viewer, self.ACTIONS[name]) is None
