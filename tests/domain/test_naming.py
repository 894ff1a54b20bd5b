"""A name can be read: one made only of signs that nobody sees is none."""

from __future__ import annotations

import pytest

from watchkeep.domain.naming import in_words, named, says_why


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}",
        "\N{RIGHT-TO-LEFT OVERRIDE}\N{POP DIRECTIONAL FORMATTING}",
        "\N{RIGHT-TO-LEFT MARK} \N{LEFT-TO-RIGHT ISOLATE}",
        "\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}",
        "\N{SOFT HYPHEN}\N{NO-BREAK SPACE}",
        "\N{COMBINING GRAPHEME JOINER}\N{VARIATION SELECTOR-16}",
        "\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{BRAILLE PATTERN BLANK}",
        "\N{TAG LATIN SMALL LETTER A}\x00\x1b",
    ],
    ids=lambda text: ascii(text),
)
def test_what_nobody_sees_is_no_name(text: str) -> None:
    assert named(text) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Head of\n  Lamps ", "Head of Lamps"),
        ("7", "7"),
        ("?", "?"),
        ("\N{ELECTRIC LIGHT BULB}", "\N{ELECTRIC LIGHT BULB}"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
        ("Lamp\N{ZERO WIDTH SPACE}post", "Lamp\N{ZERO WIDTH SPACE}post"),
    ],
)
def test_what_can_be_read_is_kept_in_one_line(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    "text", ["", " \n", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT OVERRIDE} \N{HANGUL FILLER}"]
)
def test_what_nobody_sees_is_not_said(text: str) -> None:
    assert in_words(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" No glass.\n\n  None at all. \n", "No glass.\n\n  None at all."),
        ("No glass.\r\n\r\nNone.\rNo lamp.\r\n", "No glass.\n\nNone.\nNo lamp."),  # as browsers send them
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
        ("\N{ARABIC LETTER HEH}\N{ZERO WIDTH JOINER}", "\N{ARABIC LETTER HEH}\N{ZERO WIDTH JOINER}"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{FIRE ENGINE}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{FIRE ENGINE}"),
    ],
)
def test_what_is_said_keeps_every_sign_that_it_has(text: str, said: str) -> None:
    assert in_words(text) == said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", False),
        (" . ", False),
        ("ok", False),
        ("x y z", False),  # three words, too few letters
        ("It may stand.", False),
        ("Understandably", False),  # letters enough, one word
        (". . . agreed beforehand", False),  # points are no words
        ("\N{ZERO WIDTH SPACE}", False),
        ("It was published.", True),
        ("Mae hi eisoes yn hysbys", True),
        ("In force since 2031", True),
    ],
)
def test_a_reason_has_words_enough_to_be_weighed(text: str, says: bool) -> None:
    assert says_why(text) is says
