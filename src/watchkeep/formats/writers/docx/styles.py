"""What a Word paper looks like: its pages, its paragraph styles and its table styles, all by name."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from watchkeep.formats.readers.docx_paper import REFERENCE_RUN, REGISTER_TABLE, SHEET_TABLE
from watchkeep.formats.writers.docx.elements import clean, field_of, run_of
from watchkeep.formats.writers.paper import Paper

INK, MASTHEAD, QUIET, TINT, RULE = "151A21", "12294D", "4A5562", "E9EDF3", "8794A5"
FONT = "Arial"  # on every machine that opens a committee's pack

LIST_TABLE = "WatchkeepList"
TABLE_TEXT, TABLE_BULLET = "TableText", "TableBullet"  # what stands in a cell


SIZES = {
    # style: points, space before, space after, colour, bold
    "Normal": (10, 0, 4, INK, False),
    "Title": (24, 0, 4, MASTHEAD, True),
    "Subtitle": (12, 0, 12, QUIET, False),
    "Heading 1": (16, 18, 6, MASTHEAD, True),
    "Heading 2": (12, 14, 4, MASTHEAD, True),
    "Heading 3": (11, 10, 3, MASTHEAD, True),
    "List Bullet": (10, 0, 2, INK, False),
    "List Number": (10, 0, 4, INK, True),
    "Caption": (9, 2, 6, QUIET, False),
    "Header": (9, 0, 0, QUIET, True),
    "Footer": (8.5, 0, 0, QUIET, False),
}


def prepare(word: Any, printed: Paper) -> None:
    """Pages, styles, language, header and footer."""
    for name, (size, before, after, colour, bold) in SIZES.items():
        _paragraph_style(word.styles[name], size, before, after, colour, bold=bold)
    _table_styles(word)
    _text_styles(word)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "en-GB")
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    _frame(section, printed)


def _paragraph_style(style: Any, size: float, before: int, after: int, colour: str, *, bold: bool) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{each}"), None)
    for each in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{each}"), FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.1
    spacing.keep_with_next = style.name.startswith("Heading")
    spacing.widow_control = True
    if style.name == "Title":
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)


def _table_styles(word: Any) -> None:
    """A table style with a header row that is told by more than its colour, and what is based on it."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    for name, title in (
        (LIST_TABLE, "Watchkeep List"),
        (REGISTER_TABLE, "Watchkeep Register"),
        (SHEET_TABLE, "Watchkeep Sheet"),
    ):
        word.styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name}">'
                f'<w:name w:val="{title}"/><w:basedOn w:val="TableNormal"/>'
                f'<w:uiPriority w:val="59"/><w:qFormat/>'
                f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
                f'<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
                f'<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
                f"</w:tblCellMar></w:tblPr>"
                f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
                f'<w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{MASTHEAD}"/>'
                f"</w:tcBorders>"
                f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'
                f'<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
            )
        )


def _text_styles(word: Any) -> None:
    """How text in a cell is set, and what tells the number of a source from the words before it."""
    for name, title, base in (
        (TABLE_TEXT, "Table Text", "Normal"),
        (TABLE_BULLET, "Table Bullet", "ListBullet"),
    ):
        word.styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
                f'<w:name w:val="{title}"/><w:basedOn w:val="{base}"/><w:qFormat/>'
                f'<w:pPr><w:spacing w:before="0" w:after="20" w:line="250" w:lineRule="auto"/></w:pPr>'
                f'<w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>'
            )
        )
    word.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{REFERENCE_RUN}">'
            f'<w:name w:val="Watchkeep Reference"/><w:rPr><w:color w:val="{MASTHEAD}"/>'
            f'<w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        )
    )


def _frame(section: Any, printed: Paper) -> None:
    """The marking above every page and below it; the edition, the ledger's head and the page number below."""
    head = section.header.paragraphs[0]
    head.text = clean(" · ".join(each for each in (printed.marking.upper(), printed.title) if each))
    foot = section.footer.paragraphs[0]
    foot.text = clean(" · ".join(each for each in (printed.footer, printed.marking.upper()) if each))
    for part in (run_of(" · Page "), field_of("PAGE"), run_of(" of "), field_of("NUMPAGES")):
        foot._p.append(part)
