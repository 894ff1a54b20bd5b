"""What is said of the basis of a sentence, by the boxes of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms

from watchkeep.apps.evidence.changes import OnDocument, OnObservation, OnReading, OnRecord, Rests
from watchkeep.apps.evidence.queries import IndicatorOffer, Offer, Offered
from watchkeep.domain.finding import written
from watchkeep.domain.statement import SHELVES
from watchkeep.web.settings import boxes

TEXT: Final = {"class": "govuk-textarea", "rows": 3}
SHOWN: Final = 90  # signs of a record's label in a list


def until(kind: str) -> forms.DateField:
    """The last day on which it counts, with the shelf life of its kind."""
    shelf = next(each for name, each in SHELVES.items() if name == kind)
    months = f"{shelf.months} months after its day" if shelf.months else "as long as the record itself says"
    return boxes.day("Counts until", required=False, hint=f"Left empty, {months}. Two years at most.")


class RecordForm(boxes.Asking):
    """A check, a promise or an event of the risk."""

    record = boxes.choice("It rests on")
    holds_until = boxes.day(
        "Counts until",
        required=False,
        hint="Left empty: a check until it is stale, an event for a year, a promise until it moves.",
    )
    version = boxes.version()

    def __init__(self, *args: Any, offers: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["record"]
        if isinstance(box, forms.ChoiceField):
            groups = (
                ("Checks of its controls", "check", offers.checks),
                ("Promises", "commitment", offers.promises),
                ("What happened", "event", offers.events),
            )
            found = [(name, _choices(kind, rows)) for name, kind, rows in groups if rows]
            box.choices = [("", "Choose one"), *found]

    def rests(self) -> Rests:
        """What was chosen."""
        kind, _, record = str(self.cleaned_data["record"]).partition(":")
        if kind == "check":
            return OnRecord("check", UUID(record))
        return OnRecord("event" if kind == "event" else "commitment", UUID(record))


class FileForm(boxes.Asking):
    """A place in a kept file."""

    file = boxes.choice("The file")
    place = boxes.words("Where in it?", "", hint="A page, a paragraph, a table.")
    says = forms.CharField(
        label="What does it say there?", required=False, max_length=2000, widget=forms.Textarea(attrs=TEXT)
    )
    document_on = boxes.day("The document is of")
    holds_until = until("document")
    version = boxes.version()

    def __init__(self, *args: Any, offers: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].required = False
        self.choose("file", [("", "Choose a file"), *((each.sha256, each.name) for each in offers.files)])

    def rests(self) -> Rests:
        """What was said."""
        said = self.cleaned_data
        return OnDocument(said["file"], said["document_on"], said["place"], said["says"])


class ReadingForm(boxes.Asking):
    """A figure that was read on a day."""

    says = boxes.words(
        "What was read?", "Give the figure that was read, with its unit.", hint="Such as 9.8 % of calls."
    )
    source = boxes.words(
        "Where?",
        "Say where it was read: the report, the system or the return.",
        hint="The report, system or return.",
    )
    read_on = boxes.day("On which day?")
    holds_until = until("observation")
    version = boxes.version()

    def rests(self) -> Rests:
        """What was said."""
        said = self.cleaned_data
        return OnReading(said["says"], said["source"], said["read_on"])


class IndicatorForm(boxes.Asking):
    """A reading of an indicator, or what its chart says: the risk's own first, the latest reading chosen."""

    record = boxes.choice("It rests on")
    holds_until = boxes.day(
        "Counts until",
        required=False,
        hint="Left empty: a monthly reading four months, a quarterly one seven, what a chart says four; "
        "shorter where it is read more often. Two years at most.",
    )
    version = boxes.version()

    def __init__(self, *args: Any, offers: Iterable[IndicatorOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["record"]
        found = [
            (each.label if each.own else f"{each.label} (speaks to other risks)", each) for each in offers
        ]
        if isinstance(box, forms.ChoiceField):
            box.choices = [(named, _readings(each)) for named, each in found]
        if found:
            self.initial.setdefault("record", _readings(found[0][1])[0][0])

    def rests(self) -> Rests:
        """What was chosen."""
        kind, indicator, period = str(self.cleaned_data["record"]).split(":")
        if kind == "chart":
            return OnObservation(UUID(indicator), verdict=True)
        return OnObservation(UUID(indicator), date.fromisoformat(period))


class JudgeForm(boxes.Asking):
    """The judgement of a post that the writer holds."""

    post = boxes.choice("As")
    reason = boxes.reason("Why do you judge so?")
    holds_until = until("judgement")
    version = boxes.version()

    def __init__(self, *args: Any, posts: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("post", [(str(each), title) for each, title in posts])


class LookForm(boxes.Asking):
    """That it still holds."""

    reason = boxes.reason("What did you look at?", required=False)
    holds_until = boxes.day(
        "Counts until", required=False, hint="Left empty, the shelf life of each begins again today."
    )
    version = boxes.version()


class TakeOffForm(boxes.Asking):
    """That it rests on that no longer."""

    reason = boxes.reason("Why does it rest on that no longer?")
    version = boxes.version()


def _choices(kind: str, rows: Iterable[Offer]) -> list[tuple[str, str]]:
    return [(f"{kind}:{each.id}", _named(each)) for each in rows]


def _readings(offer: IndicatorOffer) -> list[tuple[str, str]]:
    """The latest reading first, what the chart says after it, then the readings before."""
    first, *others = (
        (f"reading:{offer.id}:{each.period}", f"{each.named}: {each.says}") for each in offer.readings
    )
    chart = [(f"chart:{offer.id}:", f"What its chart says: {_short(offer.chart)}")] if offer.chart else []
    return [first, *chart, *others]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"


def _named(offer: Offer) -> str:
    return f"{_short(offer.label)} ({written(offer.on)})"
