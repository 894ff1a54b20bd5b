"""Whether a text names a date that can be waited for, and which due dates had passed."""

from __future__ import annotations

import re

from watchkeep.domain.document import RegisterDocument

# A day and month, a month and year, or a day in figures; a bare or financial year is not to be waited for.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])"
    rf"|\b(?=(?-i:[A-Z])){_MONTH}\s+[0-3]?\d(?:st|nd|rd|th)?\b(?!\s*%)"  # “may 12 officers …” is no date
    rf"|\b{_MONTH}\s*(?:['’‘-]?\s*\d{{4}}|['’‘-]\s*\d{{2}})\b"
    rf"|\b(?:by|in|during|until|from|since|before|after|of|for|mid|early|late)[\s-]+(?=(?-i:[A-Z])){_MONTH}(?![a-z])"
    r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"
    r"|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)


def names_a_date(text: str) -> bool:
    """Whether `text` names a day or a month of a year: something that can be waited for."""
    return _DATE.search(text) is not None


def past_and_coming(document: RegisterDocument) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Risks whose certain due date had passed, and had not, on the day the register speaks of."""
    day = document.as_at.on
    dated = [(risk.key, risk.due_date.on) for risk in document.risks if risk.due_date.on]
    if day is None:
        return (), ()
    return (
        tuple(key for key, due in dated if due and due < day),
        tuple(key for key, due in dated if due and due >= day),
    )
