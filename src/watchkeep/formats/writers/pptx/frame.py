"""What the slides look like: wide, on white, one type, with the edition at the foot of each."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from watchkeep.formats.writers.paper import Paper
from watchkeep.formats.writers.paper.passing import without_turns
from watchkeep.formats.writers.paper.references import without_references, without_signs
from watchkeep.formats.writers.xlsx import CATEGORY, FORBIDDEN


def colour(hexadecimal: str) -> Any:
    """A colour from `#12294d`."""
    made: Any = RGBColor  # its maker has no types
    return made(*bytes.fromhex(hexadecimal.lstrip("#")))


INK, MASTHEAD, QUIET, RULE = (colour(each) for each in ("#151a21", "#12294d", "#4a5562", "#8794a5"))
WIDE, DEEP, EDGE = 338.67, 190.5, 14.0  # millimetres
HALF = (WIDE - 2 * EDGE - 10) / 2
TOP, FOOT = 46.0, 172.0
TWO_PARTS, TITLE_ONLY = 3, 5  # layouts of the empty presentation


def clean(text: str) -> str:
    """`text` with what no file of this kind may hold replaced, visibly."""
    return FORBIDDEN.sub("\ufffd", without_turns(without_references(text))).replace("\x0b", " ")


def spoken(text: str) -> str:
    """The same for the notes, which keep the numbers of sources."""
    return clean(without_signs(text))


def prepare(deck: Any) -> None:
    """Wide slides; titles and texts where every slide has them. Layouts that no slide uses are left out."""
    deck.slide_width, deck.slide_height = Mm(WIDE), Mm(DEEP)
    master = deck.slide_master
    for layout in [
        each for place, each in enumerate(deck.slide_layouts) if place not in (TWO_PARTS, TITLE_ONLY)
    ]:
        deck.slide_layouts.remove(layout)
    for place in (master, *deck.slide_layouts):
        bodies = 0
        for shape in list(place.placeholders):
            kind = shape.placeholder_format.type
            if "TITLE" in str(kind):
                _put(shape, EDGE, 12, WIDE - 2 * EDGE, TOP - 16)
            elif any(each in str(kind) for each in ("DATE", "FOOTER", "SLIDE_NUMBER")):
                shape._element.getparent().remove(shape._element)
            elif place is master:
                _put(shape, EDGE, TOP, WIDE - 2 * EDGE, FOOT - TOP - 4)
            else:
                _put(shape, EDGE + bodies * (HALF + 10), TOP, HALF, FOOT - TOP - 4)
                bodies += 1
    _styles(master._element)


def _put(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Mm(left), Mm(top), Mm(width), Mm(height)


def _styles(master: Any) -> None:
    """Titles from the left, dark blue and strong; texts without bullets."""
    title = master.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    _type(title.find(qn("a:defRPr")), 2600, "12294D", bold=True)
    for level in range(1, 6):
        body = master.find(f".//{qn('p:bodyStyle')}/{qn(f'a:lvl{level}pPr')}")
        for name in ("a:buNone", "a:buChar", "a:buFont", "a:buAutoNum"):
            for each in body.findall(qn(name)):
                body.remove(each)
        body.set("marL", "0")
        body.set("indent", "0")
        body.insert(len(body) - 1, etree.SubElement(body, qn("a:buNone")))
        _type(body.find(qn("a:defRPr")), 1600, "151A21", bold=False)
    for anchor in master.iter(qn("a:bodyPr")):
        anchor.set("anchor", "t")
    for fonts in master.iter(qn("a:latin")):
        fonts.set("typeface", "Arial")


def _type(properties: Any, size: int, colour: str, *, bold: bool) -> None:
    properties.set("sz", str(size))
    properties.set("b", "1" if bold else "0")
    for fill in properties.findall(qn("a:solidFill")):
        properties.remove(fill)
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour)
    properties.insert(0, fill)


def describe(deck: Any, printed: Paper, made: datetime) -> None:
    """What the file says of itself."""
    about = deck.core_properties
    about.title = FORBIDDEN.sub("\ufffd", printed.title)[:255]
    about.author = about.last_modified_by = FORBIDDEN.sub("\ufffd", printed.body)[:255]
    about.subject = FORBIDDEN.sub("\ufffd", printed.subtitle)[:255]
    about.keywords, about.category, about.comments = printed.head, CATEGORY, ""
    about.language = "en-GB"
    about.created = about.modified = made


def foot(slide: Any, printed: Paper) -> None:
    """The edition, the marking and the slide's number, last in the order of reading."""
    box = slide.shapes.add_textbox(Mm(EDGE), Mm(FOOT + 6), Mm(WIDE - 2 * EDGE), Mm(8))
    box.name = "Edition, marking and number"
    paragraph = box.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = clean(" · ".join(each for each in (printed.marking.upper(), printed.footer) if each) + " · ")
    run.font.size, run.font.color.rgb = Pt(10), QUIET
    number = etree.SubElement(
        paragraph._p, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum"
    )
    number.append(copy.deepcopy(run._r.find(qn("a:rPr"))))
    etree.SubElement(number, qn("a:t")).text = "‹#›"


def speak_english(deck: Any) -> None:
    """Say of every run which language it is in."""
    for slide in deck.slides:
        roots = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        for root in roots:
            for run in [*root.iter(qn("a:r")), *root.iter(qn("a:fld"))]:
                properties = run.find(qn("a:rPr"))
                if properties is None:
                    properties = etree.Element(qn("a:rPr"))
                    run.insert(0, properties)
                properties.set("lang", "en-GB")
