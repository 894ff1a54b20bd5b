"""What is asked of a feed: where from, how often, whose readings, which column is what."""

from __future__ import annotations

import os
from typing import Any, Final, cast

from django import forms

from watchkeep.apps.indicators.changes.feeds import SECRETS, Every, FeedValue, Kind
from watchkeep.gateways.feeds import Reach
from watchkeep.jobs.pulling import in_words
from watchkeep.web.indicators.bring_in.forms import whose
from watchkeep.web.indicators.forms import some
from watchkeep.web.settings import boxes

KINDS: Final = (
    ("csv", "A CSV file or a workbook, over the web"),
    ("json", "A JSON answer, over the web"),
    ("sql", "A database, by one SELECT"),
)
OFTEN: Final = (("hour", "Every hour"), ("day", "Every day"), ("week", "Every week"))


class FeedForm(boxes.Asking):
    """A feed that is opened."""

    name = boxes.words("What is it called?", "Say what the feed is called.")
    kind = boxes.choice("What is pulled?")
    address = some("Address of the file or the answer", longest=4000)
    items = some(
        "Where the rows stand in a JSON answer",
        hint="Names with points between them, such as data.rows; empty where the answer is the list itself.",
        longest=200,
    )
    statement = forms.CharField(
        label="The SELECT, where it is a database",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4, "spellcheck": "false"}),
    )
    secret = some("Name of the secret that it needs", longest=100)
    indicator = whose()
    columns = some(
        "Which column is what",
        hint="Such as day=Month, value=Seen, note=Remark. Empty: the headings propose it.",
        longest=1000,
    )
    every = boxes.choice("How often?")

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", KINDS)
        self.choose("every", OFTEN)
        hosts = ", ".join(sorted(reach.hosts))
        self.fields["address"].help_text = (
            f"Hosts that may be reached: {hosts}."
            if hosts
            else "No host may be reached yet: whoever runs Watchkeep lists them in WATCHKEEP_FEED_HOSTS."
        )
        there = ", ".join(sorted(each for each in os.environ if SECRETS.fullmatch(each)))
        self.fields["secret"].help_text = (
            "The name of a variable that whoever runs Watchkeep has set, never the secret itself; only an "
            f"administrator names one. {f'Set here: {there}.' if there else 'None is set here.'}"
        )

    def value(self) -> FeedValue:
        """What was said; boxes that do not belong to the kind are left out."""
        said = self.cleaned_data
        sql = said["kind"] == "sql"
        return FeedValue(
            name=said["name"],
            kind=cast("Kind", said["kind"]),
            mapping=in_words(said["columns"]),
            every=cast("Every", said["every"]),
            address="" if sql else said["address"],
            items=said["items"].strip() if said["kind"] == "json" else "",
            statement=said["statement"] if sql else "",
            secret=said["secret"].strip(),
            indicator=said["indicator"].strip().upper(),
        )


class StopForm(boxes.Asking):
    """Why a feed is pulled no more."""

    reason = boxes.reason("Why is it pulled no more?")
