"""The component gallery: invented values in every state a component can be in."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeep.domain.document import Band, Field, LinePlace, Movement, PagePlace, Part, PartedField, Scale
from watchkeep.web.components.marks import BandMark, TrendMark, band_counts, band_mark
from watchkeep.web.components.pieces import Change, Happening, Heat, HeatCell, HeatRisk, HeatRow, Source, Step

FIVE = Scale(
    bands=tuple(
        Band(name=name, rank=rank)
        for rank, name in enumerate(("Very low", "Low", "Medium", "High", "Very high"), 1)
    ),
    basis="stated",
)
THREE = Scale(
    bands=tuple(Band(name=name, rank=rank) for rank, name in enumerate(("Medium", "High-medium", "High"), 1)),
    basis="inferred",
    reason="",
)


class SampleForm(forms.Form):
    """A box in error and a box with a hint."""

    as_at = forms.CharField(label="As at", help_text="For example, 31 March 2024.")
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}))


def said(text: str, **more: object) -> Field:
    """A recorded field."""
    return Field.model_validate({"state": "recorded", "text": text, **more})


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all of them."""
    form = SampleForm({"as_at": "", "reason": "The committee asked for it."})
    for name in ("as_at", "reason"):
        form.fields[name].widget.attrs["class"] = "govuk-input" if name == "as_at" else "govuk-textarea"
    marks = [
        band_mark(FIVE, said(name))
        for name in ("High", "High", "Medium", "Very high", "Low", "Medium", "Medium")
    ]
    return render(
        request,
        "gallery/page.html",
        {
            "five": [band_mark(FIVE, said(band.name)) for band in reversed(FIVE.bands)],
            "three": [band_mark(THREE, said(band.name)) for band in reversed(THREE.bands)],
            "odd": [BandMark(name="Amber/Red"), BandMark(name="", state="not recorded")],
            "trends": TRENDS,
            "rows": ROWS,
            **EVIDENCE,
            "absent": Field(),
            "inapplicable": Field(state="not applicable"),
            **STEPS,
            "entries": ENTRIES,
            "counts": band_counts(marks),
            "heat": HEAT,
            "form": form,
        },
    )


def trend(movement: Movement) -> TrendMark:
    """A recorded movement."""
    return TrendMark("Q1", movement, "recorded", movement)


TRENDS = [
    trend("worsening"),
    trend("steady"),
    trend("improving"),
    TrendMark("Q1", None, "recorded", "↑", "up"),
    TrendMark("Q1", None, "recorded", "↓", "down"),
    TrendMark("Q1", None, "not applicable", ""),
    TrendMark("Q2", None, "not recorded", ""),
    TrendMark("Q3", None, "recorded", "see note"),
]
EVIDENCE = {
    "plain": said("Chief Digital Officer", places=(PagePlace(page=2, box=(40, 80, 220, 96)),)),
    "inferred": said(
        "Calls wait longer than the standard allows.",
        places=(LinePlace(line=21, last_line=24),),
        confidence=0.72,
        reason="joined to this risk by order alone, because two columns of the text are interleaved.",
    ),
    "parted": PartedField(
        state="recorded",
        text="i - …",
        parts=(
            Part(marker="i", text="The radio masts on the moor share one power line."),
            Part(marker="ii", text="The spare control room has not been exercised since it moved."),
        ),
        places=(PagePlace(page=1, box=(40, 80, 220, 96)),),
    ),
    "sure": Source("Chief Digital Officer", "register.pdf", ("page 2",), 1.0, "", link="#main"),
    "unsure": Source(
        "Calls wait longer than the standard allows.",
        "register.txt",
        ("lines 21 to 24",),
        0.72,
        "joined to this risk by order alone, because two columns of the text are interleaved.",
    ),
}
STEPS = {
    "steps": [
        Step("Received", "done", "river-quarter-3.pdf, 214 kB"),
        Step("Read in a closed room of its own", "now", "Page 2 of 3"),
        Step("Doubts listed", "waiting"),
        Step("Ready for you", "waiting"),
    ],
    "stopped": [Step("Received", "done"), Step("Read", "failed", "The file asks for a password.")],
}
ROWS = [
    {
        "reference": "FR-04",
        "name": "Flood water reaches the control room",
        "band": band_mark(FIVE, said("Very high")),
        "q3": trend("steady"),
        "q4": trend("worsening"),
        "owner": Field(),
    },
    {
        "reference": "FR-09",
        "name": "Officers trained for disorder fall below the number promised to the region",
        "band": band_mark(FIVE, said("Medium")),
        "q3": trend("worsening"),
        "q4": trend("improving"),
        "owner": said("Head of Operations"),
    },
    {
        "reference": "FR-11",
        "name": "Payroll contract ends before its successor is let",
        "band": band_mark(FIVE, said("Low")),
        "q3": TrendMark("Q3", None, "not applicable", ""),
        "q4": TrendMark("Q4", None, "not recorded", ""),
        "owner": said("Director of Finance"),
    },
]
ENTRIES = [
    Happening(
        sequence=18,
        at=datetime(2024, 4, 11, 9, 42, tzinfo=UTC),
        by="A. Risk-Manager",
        sentence="Accepted a change to FR-04 from the paper of quarter 4",
        why="The paper that went to the committee says so.",
        changes=(
            Change("Residual rating", "High", "Very high"),
            Change("Owner", "", "Chief Digital Officer"),
        ),
    ),
    Happening(
        sequence=3,
        at=datetime(2024, 1, 9, 14, 5, tzinfo=UTC),
        by="A. Risk-Manager",
        sentence="Opened FR-04",
        why="",
        changes=(),
    ),
]
HEAT = Heat(
    caption="Risks by likelihood and impact",
    impacts=("Minor", "Moderate", "Serious"),
    rows=(
        HeatRow(
            "Likely",
            (
                HeatCell((), 0),
                HeatCell((HeatRisk("FR-09", "#"),), 3),
                HeatCell((HeatRisk("FR-04", "#"), HeatRisk("FR-02", "#")), 5),
            ),
        ),
        HeatRow("Possible", (HeatCell((HeatRisk("FR-11", "#"),), 2), HeatCell((), 0), HeatCell((), 0))),
    ),
)
