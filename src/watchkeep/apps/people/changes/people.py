"""What can be done about bodies and people."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from watchkeep.apps.history.changes import recording
from watchkeep.apps.people.models import Body, Person
from watchkeep.domain.errors import Invalid, Missing
from watchkeep.domain.people import Actor, Role, must


def open_body(*, by: Actor, name: str, kind: str = "police force") -> Body:
    """Open a body, from the command line only; its chain of history begins with this entry."""
    must(by, "look after registers")
    if not name.strip():
        raise Invalid("name", "A body needs a name.")
    if Body.objects.filter(name=name.strip()).exists():
        raise Invalid("name", f"There is already a body called “{name.strip()}”.")
    body = Body(name=name.strip(), kind=kind)
    with recording(by=by, verb="open a body", body=str(body.pk)) as entry:
        entry.about("body", body.pk, body.name)
        body.save()
    return body


def add_person(*, by: Actor, name: str, email: str, role: Role | None, password: str | None = None) -> Person:
    """Add somebody, with a role for the whole body or none. Without a password they cannot sign in yet; the
    password itself goes nowhere but into its hash.
    """
    with recording(by=by, verb="add a person") as entry:
        must(by, "look after people")
        address = _address(email)
        if not name.strip():
            raise Invalid("name", "A person needs a name.")
        person = Person(body_id=UUID(by.body), name=name.strip(), email=address, role=role or "")
        if password is None:
            person.set_unusable_password()
        else:
            _set_password(person, password)
        entry.about("person", person.pk, person.name)
        _save_new(person)
    return person


def change_password(*, by: Actor, person: UUID, password: str) -> None:
    """Give a person a new password: their own, or anybody's for who looks after people."""
    with recording(by=by, verb="change a password") as entry:
        found = _person(by, person)
        if by.id != str(found.pk):
            must(by, "look after people")
        _set_password(found, password)
        entry.about("person", found.pk, found.name)
        found.password_version += 1
        found.save()


def change_role(*, by: Actor, person: UUID, role: Role) -> None:
    """Give a person another role."""
    with recording(by=by, verb="change a role") as entry:
        must(by, "look after people")
        found = _person(by, person)
        entry.about("person", found.pk, found.name)
        found.role = role
        found.save()


def stop_person(*, by: Actor, person: UUID, reason: str) -> None:
    """Stop a person signing in; what they did stays under their name."""
    with recording(by=by, verb="stop a person", reason=reason) as entry:
        must(by, "look after people")
        found = _person(by, person)
        if by.id == str(found.pk):
            raise Invalid("person", "You cannot stop yourself; ask another administrator.")
        entry.about("person", found.pk, found.name)
        found.is_active = False
        found.save()


def _person(by: Actor, person: UUID) -> Person:
    found = Person.objects.select_for_update().filter(pk=person, body_id=by.body).first()
    if found is None:
        raise Missing("There is no such person.")
    return found


def _save_new(person: Person) -> None:
    """An address is one person's in all bodies, and bodies do not wait for each other: the table decides."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Invalid("email", f"Somebody already signs in as {person.email}.") from None


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
