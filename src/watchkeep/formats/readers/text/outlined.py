"""Markdown registers with a heading, or an item of a list, for each risk."""

from __future__ import annotations

import re

from watchkeep.domain.document import LinePlace
from watchkeep.formats.cells import Extract, Piece
from watchkeep.formats.readers.outline import Block, told_under_headings
from watchkeep.formats.readers.text.piped import read_bars

HEADING = re.compile(r"^(?P<hashes>#{1,6})\s+(?P<text>.*?)\s*#*$")
ITEM = re.compile(r"^(?P<marker>[-*+•]|\(?\d{1,3}[.)])\s+(?P<text>\S.*)$")
UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
RULE = re.compile(r"^(?:[-*_]\s*){3,}$")
FENCE = re.compile(r"^(?:```|~~~)")
QUOTE = re.compile(r"^(?:(?:>\s?)+|:\s+)")  # a quotation, or the text of a definition
TAB = 4


def read_outlined(lines: list[str]) -> Extract | None:
    """The risks of such a text, or none where no headings with fields under them come again."""
    told = told_under_headings(_blocks(lines))
    if told is None:
        return None
    return Extract(
        reader="text: one risk under each heading",
        tables=(told.table, *told.others),
        loose=tuple(told.loose),
        furniture=tuple(told.furniture),
    )


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    tables = read_bars(lines)
    fenced = False
    number = 0
    while number < len(lines):
        number += 1
        if not fenced and number in tables:
            table, last, rules = tables[number]
            blocks.append(Block("table", table=table))
            blocks.extend(Block("frame", rule) for rule in rules)
            number = last
            continue
        text = lines[number - 1].strip()
        if FENCE.match(text):
            fenced = not fenced
            blocks.append(Block("frame", _piece(lines, number, text)))
        elif fenced and text:
            blocks.append(Block("code", _piece(lines, number, text)))
        else:
            blocks.append(_block(lines, number, text, blocks))
    return blocks


def _block(lines: list[str], number: int, text: str, before: list[Block]) -> Block:
    if not text:
        return Block("blank")
    if UNDERLINE.match(text) and before and before[-1].kind == "line" and before[-1].piece is not None:
        before.append(Block("head", before.pop().piece, 1 if text.startswith("=") else 2))
        return Block("frame", _piece(lines, number, text))
    if RULE.match(text):
        return Block("rule", _piece(lines, number, text))
    if match := HEADING.match(text):
        return Block("head", _piece(lines, number, match["text"]), len(match["hashes"]))
    if match := ITEM.match(text):
        indent = len(lines[number - 1].expandtabs(TAB)) - len(lines[number - 1].expandtabs(TAB).lstrip())
        return Block("item", _piece(lines, number, match["text"]), indent, match["marker"])
    return Block("line", _piece(lines, number, QUOTE.sub("", text)))


def _piece(lines: list[str], number: int, text: str) -> Piece:
    start = lines[number - 1].index(text)
    return Piece(text, LinePlace(line=number, last_line=number, start=start, end=start + len(text)))
