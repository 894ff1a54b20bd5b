"""What can be done about people: add, amend, stop, resume, and how they sign in."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from watchkeep.apps.history.changes import check_version, recording
from watchkeep.apps.history.spans import end_span
from watchkeep.apps.people.changes.places import locked_person, must_look_after
from watchkeep.apps.people.changes.tokens import stop_tokens_of
from watchkeep.apps.people.models import Holding, Person, RoleGrant
from watchkeep.domain.clashing import clashes_of
from watchkeep.domain.errors import Invalid, Refused
from watchkeep.domain.naming import in_words, named
from watchkeep.domain.people import Actor, Role, may_give

LABELS = (("name", "Name"), ("email", "E-mail address"))


def add_person(*, by: Actor, name: str, email: str, role: Role | None, password: str | None = None) -> Person:
    """Add somebody, with a role for the whole body or none. Without a password they cannot sign in yet; the
    password itself goes nowhere but into its hash.
    """
    with recording(by=by, verb="add a person") as entry:
        must_look_after(by)
        person = Person(body_id=UUID(by.body), name=_name(name), email=_address(email), role=role or "")
        if role and (refusal := may_give(by, role, str(person.pk))):
            raise Refused(refusal.sentence)
        if password is None:
            person.set_unusable_password()
        else:
            _set_password(person, password)
        entry.about("person", person.pk, person.name)
        _save(person)
    return person


def amend_person(*, by: Actor, person: UUID, version: int, name: str, email: str) -> None:
    """Say what a person is called and what they sign in with. Another address ends their sessions."""
    with recording(by=by, verb="amend a person") as entry:
        must_look_after(by)
        found = locked_person(by, person)
        yours = {"name": named(name), "email": email.strip().lower()}
        theirs = {"name": found.name, "email": found.email}
        check_version(found, version, clashes_of(LABELS, yours, theirs))
        said = {"name": _name(name), "email": _address(email)}
        if said == theirs:
            return
        if said["email"] != found.email:
            found.sessions_ended += 1
        found.name, found.email = said["name"], said["email"]
        entry.about("person", found.pk, found.name)
        _write(found)


def change_password(*, by: Actor, person: UUID, password: str) -> None:
    """Give a person a new password: their own, or anybody's for who looks after people. Every session that
    they have open ends.
    """
    with recording(by=by, verb="change a password") as entry:
        found = locked_person(by, person)
        if by.id != str(found.pk):
            must_look_after(by)
        _set_password(found, password)
        entry.about("person", found.pk, found.name)
        found.password_version += 1
        _write(found)


def change_role(*, by: Actor, person: UUID, role: Role | None, version: int | None = None) -> None:
    """Give a person another role for the whole body, or none. `version` is the one that was looked at."""
    with recording(by=by, verb="change a role") as entry:
        must_look_after(by)
        found = locked_person(by, person)
        labels = (("role", "Role for the whole body"),)
        if version is not None:
            check_version(found, version, clashes_of(labels, {"role": role or ""}, {"role": found.role}))
        for each in (role, found.role):  # who may not give a role may not take it away either
            refusal = may_give(by, each, str(found.pk)) if each else None  # type: ignore[arg-type]  # a Role
            if refusal:
                raise Refused(refusal.sentence)
        if found.role == (role or ""):
            return
        entry.about("person", found.pk, found.name)
        found.role = role or ""
        _write(found)


def stop_person(*, by: Actor, person: UUID, reason: str) -> None:
    """Stop a person signing in, from now on; they leave their posts, and their roles in parts of the body
    end. The posts stay, and all that they answer for; what the person did stays under their name.
    """
    with recording(by=by, verb="stop a person", reason=reason) as entry:
        must_look_after(by)
        found = locked_person(by, person)
        if by.id == str(found.pk):
            raise Invalid("person", "You cannot stop yourself; ask another administrator.")
        if not found.is_active:
            raise Refused(f"{found.name} is stopped already.")
        if not in_words(reason):
            raise Invalid("reason", "Say why they are stopped; it stays on record.")
        entry.about("person", found.pk, found.name)
        found.is_active = False
        found.sessions_ended += 1  # else a session of theirs would go on once they may sign in again
        _write(found)
        stop_tokens_of(found.pk)
        today = timezone.localdate()
        for span in (Holding, RoleGrant):
            for each in span.objects.filter(person=found).order_by("pk"):
                if each.until_on is None or each.until_on > today:
                    end_span(each, what=str(each), on=max(today, each.from_on), reason=reason)


def resume_person(*, by: Actor, person: UUID, reason: str = "") -> None:
    """Let a person who was stopped sign in again, with the role that they had; their posts stay ended."""
    with recording(by=by, verb="resume a person", reason=reason) as entry:
        must_look_after(by)
        found = locked_person(by, person)
        if found.is_active:
            raise Refused(f"{found.name} is not stopped.")
        entry.about("person", found.pk, found.name)
        found.is_active = True
        _write(found)


def end_sessions(*, by: Actor, person: UUID, verb: str = "end all sessions") -> None:
    """Sign a person out everywhere: themselves, or anybody for who looks after people."""
    with recording(by=by, verb=verb) as entry:
        found = locked_person(by, person)
        if by.id != str(found.pk):
            must_look_after(by)
        entry.about("person", found.pk, found.name)
        found.sessions_ended += 1
        _write(found)


def drop_second_factor(*, by: Actor, person: UUID) -> None:
    """Take a second factor and its recovery codes from somebody who has lost them; they sign in by password
    alone until they turn one on. One's own is turned off on one's own page, which asks for it once more.
    """
    with recording(by=by, verb="turn off a second factor") as entry:
        must_look_after(by)
        found = locked_person(by, person)
        if by.id == str(found.pk):
            raise Refused("Your own second factor is turned off on the page of your account.")
        entry.about("person", found.pk, found.name)
        found.sessions_ended += 1
        _write(found)
        Authenticator.objects.filter(user=found).delete()


def _write(person: Person) -> None:
    person.version += 1
    _save(person)


def _save(person: Person) -> None:
    """An address is one person's in all bodies, and bodies do not wait for each other: the table decides."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Invalid("email", f"Somebody already signs in as {person.email}.") from None


def _name(name: str) -> str:
    if not named(name):
        raise Invalid("name", "A person needs a name.")
    return named(name)


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("email", f"“{email}” is not an e-mail address, such as name@example.org.") from None
    return address


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Invalid("password", " ".join(problem.messages)) from None
    person.set_password(password)
