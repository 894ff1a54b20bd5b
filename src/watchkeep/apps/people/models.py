"""A body and the people who may sign in for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac

from watchkeep.apps.history.models import Kept, RecordedManager, Span
from watchkeep.domain.people import ROLES, Actor, role_named


class Body(Kept):
    """The public body whose registers these are: a force, a council, a trust."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60, default="police force")
    year_starts_month = models.PositiveSmallIntegerField(default=4)
    year_starts_day = models.PositiveSmallIntegerField(default=1)

    class Meta(Kept.Meta):
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class PersonManager(RecordedManager["Person"]):
    """Finds a person by what they sign in with."""

    def get_by_natural_key(self, email: str | None) -> Person:
        """What Django's sign-in calls."""
        found: Person = self.get(email=(email or "").strip().lower())
        return found


class Person(AbstractBaseUser, Kept):
    """Somebody of the body: who may sign in, may not yet, or no longer."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=40, blank=True)  # for the whole body; none where only grants hold
    is_active = models.BooleanField(default=True)
    password_version = models.PositiveIntegerField(default=1)  # what the ledger knows of a change of password
    sessions_ended = models.PositiveIntegerField(default=0)  # how often all their sessions were ended at once
    last_login = None  # signing in is not a change of the record

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    SECRET = frozenset({"password"})

    class Meta(Kept.Meta):
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=["", *ROLES]), name="person_role_known"),
        )

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Django's own would save a new hash in passing, which no entry would record."""
        return raw_password is not None and check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must carry to go on: Django's own knows only of the password."""
        said = f"{self.password}|{self.sessions_ended}"
        return salted_hmac("watchkeep.people.Person", said, secret=secret, algorithm="sha256").hexdigest()

    def as_actor(self) -> Actor:
        """This person with the role that they have throughout; `queries.actors` adds grants and posts."""
        role = role_named(self.role) if self.role else None
        return Actor(kind="person", id=str(self.pk), name=self.name, role=role, body=str(self.body_id))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Django's own forgets nothing here; the password's tidying belongs to `set_password`."""
        models.Model.save(self, *args, **kwargs)


class Unit(Kept):
    """A part of the body: a command, a department, a ward. Units form a tree; one without a parent is at
    its top.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True)
    name = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "name"], name="unit_name_once"),)

    def __str__(self) -> str:
        return self.name


class Post(Kept):
    """A place in the body that answers for things, whoever holds it. Never deleted; abolished from a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", null=True)
    title = models.CharField(max_length=200)
    abolished_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=["body", "title"], name="post_title_once"),)

    def __str__(self) -> str:
        return self.title


class Holding(Span):
    """A person holds a post, or deputises for its holder."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    deputy = models.BooleanField(default=False)

    class Meta(Span.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="holding_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} as {'deputy of ' if self.deputy else ''}{self.post}"


class RoleGrant(Span):
    """A role that a person has in one unit (and all below it) or in one register."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants", null=True)
    register = models.UUIDField(null=True)  # a register's id: registers rest on people, not people on them

    class Meta(Span.Meta):
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=[*ROLES]), name="grant_role_known"),
            models.CheckConstraint(
                condition=models.Q(unit=None, register__isnull=False)
                | models.Q(unit__isnull=False, register=None),
                name="grant_for_a_unit_or_a_register",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Token(Kept):
    """What a program shows to speak for a person through the API; only the digest of its secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    machine = models.BooleanField(default=False)  # a program that acts for the person, not their own hand
    posts_readings = models.BooleanField(default=False)  # else it only reads
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)  # its first signs, to tell it from others
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    SECRET = frozenset({"digest"})

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=["person", "made_at"], name="token_of_a_person"),)

    def __str__(self) -> str:
        return self.name
