"""The shapes of headings and labels in text."""

from __future__ import annotations

import re

# "R-01: Title", "Risk 3 – Title", "[OPS/2] Title", "2.1 R4. Title"; a reference has a letter and a number.
HEADED = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?[\[(]?(?P<reference>"
    r"(?:risk|threat|item|issue|ref)\.?\s*(?:no\.?\s*|id\s*)?#?\s*(?:[A-Z]{1,8}[-_/ ]?)?\d{1,4}(?:\.\d+)?|"
    r"(?:[A-Z][A-Za-z&]{0,9}[-_/ .]?){1,4}?\d{1,5}(?:[.-]\d{1,4})?[a-z]?)[\])]?"
    r"(?:\s*[:.)|–—-]+\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
LAST = re.compile(r"^(?P<title>\S.*?)\s*[\[(](?P<reference>(?:[A-Z]{1,8}[-_/ .]?){1,3}\d{1,5})[\])]$")
LIST_MARK = re.compile(r"^(?:[-*+•]|\(?\d{1,3}[.)])\s+")
ALL_BOLD = re.compile(r"^(?P<mark>\*\*|__)(?P<inside>(?:(?!(?P=mark)).)+)(?P=mark)\s*$")
LEADING_BOLD = re.compile(r"^(?P<mark>\*\*|__)(?P<inside>(?:(?!(?P=mark)).)+)(?P=mark)")
BOLD_LABEL = re.compile(
    r"(?P<mark>\*\*|__|\*|_)(?P<name>[^*_:\s][^*_\n]{0,58}?)\s*(?:[:?]\s*(?P=mark)|(?P=mark)\s*:)\s*"
)
PLAIN_LABEL = re.compile(r"(?P<name>[A-Z](?:[\w/&()'’,.#-]| (?! )){0,48}?)\s*:(?=\s|$)\s*")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
ORNAMENT = re.compile(r"^[^\w*_\[(#`<“\"'£$€]+")
PARTED = re.compile(r"(?:[|;·•,(]|\s[–—-]|\.|\*\*|\s{2,})\s*$")
