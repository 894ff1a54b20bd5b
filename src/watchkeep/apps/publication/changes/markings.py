"""What can be done about who reads what of a risk: mark it, and let more people read it again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from watchkeep.apps.history.changes import recording
from watchkeep.apps.history.models import OpenEntry
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.history.standing import not_over
from watchkeep.apps.people.models import Person, Post
from watchkeep.apps.publication.models import Marking
from watchkeep.apps.publication.queries.documents import document_for
from watchkeep.apps.register.models import Risk
from watchkeep.apps.register.queries import version_as_at, visible_risks, where
from watchkeep.domain.document import Risk as RiskValue
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.fields import LISTS
from watchkeep.domain.marking import Said, is_wider, may_mark, may_open, readers_named
from watchkeep.domain.naming import in_words
from watchkeep.domain.people import Actor, must, obey
from watchkeep.domain.redaction import markable
from watchkeep.domain.redaction.withheld import texts_of


def mark(
    *,
    by: Actor,
    risk: UUID,
    field: str,
    said: Said,
    reason: str = "",
    decided_by: UUID | None = None,
) -> UUID:
    """Say who may read a field of a risk, one of its lines or promises, or (where `field` is empty) all of
    it, from today; the id of the rule. It takes the place of the one that held of the same.

    That more people may read it than before takes a person who decided so, and a reason.
    """
    with recording(by=by, verb="mark for readers", reason=reason) as entry:
        found = _risk(by, risk)
        obey(may_mark(by, where(found.register), version_as_at(found.pk).owner_post_id))
        today = timezone.localdate()
        said = said.checked(today)
        if said.reviewer and not Post.objects.filter(pk=said.reviewer, body_id=by.body).exists():
            raise Missing("There is no such post.")
        path, line, words = _meant(by, found, field.strip())
        before = _same(found, path, line)
        if before is not None:
            if is_wider(said.readers, readers_named(before.readers)):
                _must_open(entry, by, found, reason, decided_by)
            if _says(before) == (said, line):
                return before.pk
            end_span(before, what="That rule", on=max(today, before.from_on), reason=reason)
        _about(entry, found)
        made = Marking(
            risk=found,
            field=path,
            line=line,
            words=words,
            readers=said.readers,
            exemption=said.exemption,
            harm=said.harm,
            reviewer_id=said.reviewer,
            look_again_on=said.look_again_on,
            from_on=today,
            from_known_at=timezone.now(),
            by=by.name,
        )
        made.save()
        return made.pk


def unmark(*, by: Actor, marking: UUID, reason: str, decided_by: UUID | None = None) -> None:
    """Take a rule off, from today: what it kept back may go out again. It takes a person who decided so (who
    is signed in, or is named) and a reason.
    """
    with recording(by=by, verb="take a marking off", reason=reason) as entry:
        found = Marking.objects.select_related("risk__register").filter(pk=marking).first()
        if found is None or not visible_risks(by).filter(pk=found.risk_id).exists():
            raise Missing("There is no such rule.")
        if not in_words(reason):
            raise Invalid("reason", "Say why more people may read it now.")
        _must_open(entry, by, found.risk, reason, decided_by)
        _about(entry, found.risk)
        today = timezone.localdate()
        end_span(found, what="That rule", on=max(today, found.from_on), reason=reason)


def _risk(by: Actor, risk: UUID) -> Risk:
    found = visible_risks(by).select_related("register").filter(pk=risk).first()
    if found is None:
        raise Missing("There is no such risk.")
    return found


def _about(entry: OpenEntry, risk: Risk) -> None:
    entry.about("risk", risk.pk, str(risk))


def _must_open(entry: OpenEntry, by: Actor, risk: Risk, reason: str, decided_by: UUID | None) -> None:
    """Refuse to let more people read it without a person and a reason; the entry names the person."""
    name = by.name if by.kind == "person" else ""
    if decided_by is not None:
        person = Person.objects.filter(pk=decided_by, body_id=by.body, is_active=True).first()
        if person is None:
            raise Missing("There is no such person.")
        name = person.name
    place = where(risk.register)
    must(by, "publish papers", place)
    if not in_words(reason):
        raise Invalid("reason", "Say why more people may read it now.")
    obey(may_open(by, place, reason, decided_by=name))
    entry.facts["decided by"] = name


def _meant(by: Actor, risk: Risk, field: str) -> tuple[str, str, str]:
    """The path that is marked, the words of the line, promise or indicator that it names, and those of
    a field.
    """
    value = _value(by, risk)
    path = _by_reference(by, value, field)
    if path not in dict(markable(value)):
        raise Invalid("field", f"{risk} has nothing called “{field}” that could be marked.")
    first, _, which = path.partition(":")
    if first in LISTS and which:
        text = getattr(value, first)[int(which)].text or ""
        if not text:
            raise Invalid("field", "Nothing stands in that line.")
        return path, text, text
    if first == "promises" and which:
        title = next(each.title for each in value.promises if each.key == which)
        return path, title, title
    if first == "indicators" and which:
        name = next(each.name for each in value.indicators if each.key == which)
        return path, name, name
    return path, "", dict(texts_of(value)).get(path, "")


def _by_reference(by: Actor, value: RiskValue, field: str) -> str:
    """A promise may be named by its reference, such as P3, and an indicator's in small letters."""
    first, _, which = field.partition(":")
    if first == "indicators" and which:
        return f"indicators:{which.strip().upper()}"
    if first == "promises" and which and which not in {each.key for each in value.promises}:
        from watchkeep.apps.treatment.models import Commitment

        found = Commitment.objects.filter(body_id=by.body, reference=which.upper()).first()
        return f"promises:{found.pk}" if found else field
    return field


def _value(by: Actor, risk: Risk) -> RiskValue:
    found = document_for(by, risk.register_id).risk(risk.key)
    return found if found is not None else RiskValue(key=risk.key)


def _same(risk: Risk, path: str, line: str) -> Marking | None:
    """The rule that holds of the same: of a line by its words, wherever it stood as it was marked."""
    rows = not_over(Marking.objects.filter(risk=risk), timezone.localdate())
    first = path.partition(":")[0]
    for each in rows.order_by("-from_known_at"):
        of_a_line = bool(line) and first in LISTS
        if each.field.partition(":")[0] == first and each.line == line and (of_a_line or each.field == path):
            return each
    return None


def _says(marking: Marking) -> tuple[Said, str]:
    said = Said(
        readers_named(marking.readers),
        marking.exemption,
        marking.harm,
        marking.reviewer_id,
        marking.look_again_on,
    )
    return said, marking.line
