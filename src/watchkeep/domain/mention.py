"""Who is meant by @name in a text: only somebody who may read it, and never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# @edda, @edda.holm or @"Edda Holm"; the @ within an e-mail address is none.
MENTION = re.compile(r"(?<![\w.@])@(?:\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|([^\W\d_][\w.'’-]{0,99}))")
MOST = 20


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who could be meant."""

    id: str
    name: str
    email: str

    @property
    def address_name(self) -> str:
        """What stands before the @ of their e-mail address."""
        return self.email.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is meant, each once; and a sentence for each name that says nobody, or not who."""

    found: tuple[Somebody, ...]
    problems: tuple[str, ...]


def names_in(text: str, whole: Callable[[str], str] = lambda _: "") -> tuple[str, ...]:
    """The names after an @, each once, as written. `whole`: the full name that words without quotes begin
    with, or nothing; then their first word is the name.
    """
    said = [
        (match[3] and whole(text[match.start(3) :])) or "".join(filter(None, match.groups()))
        for match in MENTION.finditer(text)
    ]
    return tuple(dict.fromkeys(each.strip().rstrip(".'’-") for each in said))


def resolve(text: str, people: Iterable[Somebody], may_read: Callable[[Somebody], bool]) -> Mentions:
    """Find who is meant among `people`. Whether a person may not read this or is not there is one answer."""
    everybody = tuple(people)
    found: list[Somebody] = []
    problems: list[str] = []
    names = names_in(text, lambda words: _whole_name(words, everybody, may_read))
    for name in names[:MOST]:
        able = _meant(name, [each for each in everybody if _fits(name, each) and may_read(each)])
        if len(able) == 1:
            found.append(able[0])
        elif able:
            problems.append(_several(name, able))
        else:
            problems.append(f"Nobody called “{name}” can read this. Write @ and their name in quotes.")
    if len(names) > MOST:
        problems.append(f"At most {MOST} people can be named in one comment.")
    return Mentions(tuple(dict.fromkeys(found)), tuple(problems))


def _whole_name(words: str, people: Iterable[Somebody], may_read: Callable[[Somebody], bool]) -> str:
    """The longest full name that the words begin with, where exactly one who may read this bears it."""
    begun = [each for each in people if _begins(words, each.name) and may_read(each)]
    longest = max((len(_plain(each.name)) for each in begun), default=0)
    bearers = [each for each in begun if len(_plain(each.name)) == longest]
    return bearers[0].name if len(bearers) == 1 else ""


def _begins(words: str, name: str) -> bool:
    parts = name.split()
    pattern = r"[^\S\n]+".join(map(re.escape, parts)) + r"(?!\w|-\w)"
    return len(parts) > 1 and re.match(pattern, words, re.IGNORECASE) is not None


def _fits(name: str, person: Somebody) -> bool:
    """By the address, the whole name, or its first word."""
    wanted = _plain(name)
    by_address = wanted in (person.address_name.casefold(), person.email.casefold())
    return by_address or wanted in (_plain(person.name), _plain(person.name).split(" ")[0])


def _meant(name: str, able: list[Somebody]) -> list[Somebody]:
    """The address first, since two people may bear one name; then the whole name; then its first word."""
    wanted = _plain(name)
    by_address = [each for each in able if wanted in (each.address_name.casefold(), each.email.casefold())]
    by_name = [each for each in able if _plain(each.name) == wanted]
    return by_address if len(by_address) == 1 else by_name or able


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _several(name: str, able: list[Somebody]) -> str:
    told = sorted({each.name for each in able})
    if len(told) == 1:
        ways = " or ".join(f"@{each.address_name}" for each in sorted(able, key=lambda each: each.email))
        return f"“{name}” is the name of several people. Write {ways}."
    ways = " or ".join(f"@“{each}”" for each in told)
    return f"“{name}” fits several people. Write {ways}."
