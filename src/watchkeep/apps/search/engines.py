"""Full-text search of the two databases behind one function: which passages have these words, how well, and
where in them.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, FloatField, Func, QuerySet, TextField, Value

START, END = "\x02", "\x03"  # around a word that was found: no text that is stored has either
MOST_WORDS: Final = 16
LONGEST: Final = 60
# Too common to tell one passage from another; PostgreSQL leaves them out by itself.
COMMON: Final = frozenset(
    "a an and are as at be by for from in is it of on or that the to was were will with".split()
)
_WORD: Final = re.compile(r"[^\W_]+")

SQLITE: Final = (
    """CREATE VIRTUAL TABLE search_words USING fts5(label, text, content='search_passage', content_rowid='id',
       tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER search_words_added AFTER INSERT ON search_passage BEGIN
       INSERT INTO search_words(rowid, label, text) VALUES (new.id, new.label, new.text); END""",
    """CREATE TRIGGER search_words_gone AFTER DELETE ON search_passage BEGIN
       INSERT INTO search_words(search_words, rowid, label, text)
       VALUES ('delete', old.id, old.label, old.text); END""",
    """CREATE TRIGGER search_words_changed AFTER UPDATE OF label, text ON search_passage BEGIN
       INSERT INTO search_words(search_words, rowid, label, text)
       VALUES ('delete', old.id, old.label, old.text);
       INSERT INTO search_words(rowid, label, text) VALUES (new.id, new.label, new.text); END""",
)
_VECTOR: Final = "to_tsvector('english', search_passage.label || ' ' || search_passage.text)"
POSTGRESQL: Final = (
    "CREATE INDEX search_words ON search_passage USING gin (to_tsvector('english', label || ' ' || text))",
)


def asked(text: str) -> tuple[str, ...]:
    """The words that a person asks for; signs, operators and what is too common are left out."""
    words = [each[:LONGEST].casefold() for each in _WORD.findall(text.replace("\0", " "))]
    telling = [each for each in words if each not in COMMON] or words
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]


def matching(rows: QuerySet[Any], words: tuple[str, ...]) -> QuerySet[Any]:
    """Those of the passages that have every word, each with its rank (the least is the best) and with the
    part of its text where they stand.
    """
    return _on_postgresql(rows, words) if connection.vendor == "postgresql" else _on_sqlite(rows, words)


def _on_sqlite(rows: QuerySet[Any], words: tuple[str, ...]) -> QuerySet[Any]:
    every = " ".join(f'"{each}"' for each in words)
    matches = Func(Value(every), template="search_words MATCH %(expressions)s", output_field=BooleanField())
    rank = Func(template="bm25(search_words, 4.0, 1.0)", output_field=FloatField())
    marks = Func(
        Value(START),
        Value(END),
        template="snippet(search_words, 1, %(expressions)s, ' … ', 40)",
        output_field=TextField(),
    )
    found: QuerySet[Any] = rows.filter(words__isnull=False).filter(matches).annotate(rank=rank, told=marks)
    return found


def _on_postgresql(rows: QuerySet[Any], words: tuple[str, ...]) -> QuerySet[Any]:
    every = Value(" ".join(words))
    query = "plainto_tsquery('english', %(expressions)s)"
    options = f'StartSel={START}, StopSel={END}, MaxWords=40, MaxFragments=2, FragmentDelimiter=" … "'
    found: QuerySet[Any] = rows.filter(
        Func(every, template=f"{_VECTOR} @@ {query}", output_field=BooleanField())
    ).annotate(
        rank=Func(every, template=f"-ts_rank({_VECTOR}, {query})", output_field=FloatField()),
        told=Func(
            every,
            template=f"ts_headline('english', search_passage.text, {query}, '{options}')",
            output_field=TextField(),
        ),
    )
    return found


def build(connection: BaseDatabaseWrapper) -> None:
    """Make the full-text table, or the index, of a database that has none."""
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def unbuild(connection: BaseDatabaseWrapper) -> None:
    """Take it away again."""
    gone = ["INDEX search_words"] if connection.vendor == "postgresql" else ["TABLE search_words"]
    if connection.vendor != "postgresql":
        gone = [f"TRIGGER search_words_{event}" for event in ("added", "gone", "changed")] + gone
    with connection.cursor() as cursor:
        for what in gone:
            cursor.execute(f"DROP {what}")
