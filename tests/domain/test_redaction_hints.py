"""What may tell of something withheld is put to a person: its number, words of its name, a rare word."""

from __future__ import annotations

import pytest

from conditions import REAL, needs_real
from watchkeep.domain.document import Extra, Field, Item, PartedField, RegisterDocument, Risk, Rule
from watchkeep.domain.freezing import gate
from watchkeep.domain.redaction import Residue, for_audience, residue, withheld
from watchkeep.domain.redaction.everyday import everyday, names_in

PLAIN = "The people who work there have too much to do, and the house is old and cold in the winter months."


def said(text: str) -> Field:
    return Field(state="recorded", text=text)


def a_risk(key: str, name: str, description: str = "", *controls: str, **more: object) -> Risk:
    fields: dict[str, object] = {
        "reference": said(key),
        "name": said(name),
        "description": PartedField(state="recorded", text=description) if description else PartedField(),
        "controls": tuple(Item(state="recorded", text=each) for each in controls),
    }
    return Risk(key=key, **(fields | more))  # type: ignore[arg-type]


def doubts(*risks: Risk, beside: tuple[tuple[str, str], ...] = ()) -> list[Residue]:
    whole = RegisterDocument(risks=risks)
    found = residue(for_audience(whole, "public"), withheld(whole, "public"), beside=beside)
    return list(found)


def places(found: list[Residue]) -> list[tuple[str, str]]:
    return [(each.place, each.words) for each in found if not each.certain]


def kept_back(key: str, name: str, description: str = "", *, field: str = "", **more: object) -> Risk:
    rule = Rule(field=field, readers="internal")
    return a_risk(key, name, description, rules=(rule,), **more)


OTHER = a_risk("CV-02", "Money", PLAIN)


@pytest.mark.parametrize(
    "words", ["See CV-15 and 16.", "As CV-12, 15, 16 say", "Under CV-016 too", "CV 15 to 16 are one"]
)
def test_a_withheld_reference_in_a_row_of_others_is_a_doubt(words: str) -> None:
    other = a_risk("CV-03", "Fog", PLAIN, words)
    found = doubts(kept_back("CV-16", "Records replacement"), other)
    assert places(found) == [("CV-03 Fog: Control 1", "16")]


@pytest.mark.parametrize("words", ["See CV-15, at 16 sites.", "In CV-160", "From 15 to 16", "CV-1 and 6"])
def test_another_figure_is_no_mention(words: str) -> None:
    other = a_risk("CV-03", "Fog", PLAIN, words)
    assert doubts(kept_back("CV-16", "Records replacement"), other) == []


def test_a_bare_number_is_a_mention_in_a_row_of_risks() -> None:
    other = a_risk("4", "Fog", PLAIN, "See risks 4, 5 and 16", "There are 16 boats")
    assert places(doubts(kept_back("16", "Records replacement"), other)) == [("4 Fog: Control 1", "16")]


def test_where_a_name_alone_is_withheld_its_reference_in_another_risk_is_a_doubt() -> None:
    """The words beside it may say what it is called."""
    other = a_risk("CV-03", "Fog", PLAIN, "Waits for the new system (see CV-16)")
    found = doubts(kept_back("CV-16", "Records replacement", field="name"), other)
    assert places(found) == [("CV-03 Fog: Control 1", "16")]
    assert doubts(kept_back("CV-16", "Records replacement", "Oil", field="description"), other) == []


@pytest.mark.parametrize(
    "words",
    ["records replacement (see CV-16)", "the replacement of all records", "old record, no replacement"],
)
def test_two_words_of_a_withheld_name_near_one_another_are_a_doubt(words: str) -> None:
    withheld_name = kept_back("CV-16", "Records management system replacement", field="name")
    found = places(doubts(withheld_name, a_risk("CV-03", "Fog", PLAIN, words)))
    assert ("CV-03 Fog: Control 1", "record replacement") in found


def test_words_of_a_name_that_stand_apart_or_in_many_places_are_no_doubt() -> None:
    far = a_risk(
        "CV-03", "Fog", PLAIN, "The records of the boat are kept in the house, and no replacement is near"
    )
    hidden = kept_back("CV-16", "Records replacement", field="name")
    assert doubts(hidden, far) == []
    many = [a_risk(f"CV-0{n}", "Fog", PLAIN, f"Records and replacement, part {n}") for n in range(3, 7)]
    assert doubts(hidden, *many) == []


@pytest.mark.parametrize(
    ("told", "secret", "word"),
    [
        ("A word of the informant is not enough", "an informant", "informant"),  # uncommon in English
        ("The house of Brand is watched", "Brand", "brand"),  # common, but here a name
        ("It is the FTDB that knows", "the FTDB", "ftdb"),
        ("The car is KX19ZZQ", "KX19ZZQ", "kx19zzq"),
        ("The log says 20471193", "20471193", "20471193"),
    ],
)
def test_a_rare_word_of_what_is_withheld_is_a_doubt_wherever_it_stands_once_more(
    told: str, secret: str, word: str
) -> None:
    hidden = kept_back("CV-16", "Leak", f"Nobody else may hear of {secret} before it is time.")
    assert places(doubts(hidden, OTHER, a_risk("CV-03", "Fog", told))) == [("CV-03 Fog: Description", word)]
    beside = (("The title", told),)
    assert places(doubts(hidden, OTHER, beside=beside)) == [("The title", word)]


def test_a_word_that_stands_in_two_places_that_stay_is_everybodys() -> None:
    hidden = kept_back("CV-16", "Leak", "What the informant knows.")
    both = (a_risk("CV-03", "Fog", PLAIN, "An informant"), a_risk("CV-04", "Ice", PLAIN, "Informants"))
    assert doubts(hidden, *both) == []
    assert doubts(hidden, OTHER, a_risk("CV-03", "Fog", PLAIN, "People know")) == []


def test_short_words_of_a_bodys_own_column_are_looked_for_where_they_are_rare() -> None:
    cell = Extra(heading="Cell", state="recorded", text="Operation Nightjar")
    plain = Extra(heading="Where", state="recorded", text="East side")
    hidden = kept_back("CV-16", "Leak", "Oil", extra=(cell, plain))
    other = a_risk("CV-03", "Fog", PLAIN, "They moved to nightjar on the east side")
    assert places(doubts(hidden, other)) == [("CV-03 Fog: Control 1", "nightjar")]


def test_a_register_in_another_language_is_not_all_rare_words() -> None:
    text = "Gallai diffyg olew arwain at dywyllwch hir yn ystod y gaeaf wrth yr harbwr mawr."
    told = "Gallai hyn arwain at oedi hir cyn y gaeaf."
    assert doubts(kept_back("CV-16", "Golau", text), a_risk("CV-03", "Niwl", told)) == []


def test_a_doubt_does_not_stop_a_paper_for_good_and_inside_the_body_nothing_is_asked() -> None:
    hidden = kept_back("CV-16", "Leak", "What the informant knows.")
    whole = RegisterDocument(risks=(hidden, a_risk("CV-03", "Fog", PLAIN, "An informant")))
    found = gate(whole, for_audience(whole, "public"), "public")
    assert len(found.doubts) == 1
    assert not found.certain
    assert gate(whole, whole, "internal").doubts == ()


def test_what_is_everyday_and_what_is_a_name() -> None:
    assert everyday("house")
    assert everyday("houses")
    assert not everyday("informant")
    texts = [
        "The ship at Mole is late in May.",
        "Delays. Then oil",
        "a mole",
        "go to Brand",
        "ALL IN CAPITALS",
    ]
    assert names_in(texts) == {"brand"}


@needs_real
def test_the_doubts_of_a_real_paper_are_no_more_than_a_person_reads() -> None:
    from watchkeep.formats.readers import read_file

    value = read_file(REAL / "register.docx")
    counts = []
    for hidden in value.risks:
        closed = hidden.model_copy(update={"rules": (Rule(field="", readers="internal"),)})
        risks = tuple(closed if each is hidden else each for each in value.risks)
        whole = value.model_copy(update={"risks": risks})
        counts.append(len(gate(whole, for_audience(whole, "public"), "public").doubts))
    assert max(counts) <= 12
    assert 0 < sum(counts) / len(counts) <= 6
