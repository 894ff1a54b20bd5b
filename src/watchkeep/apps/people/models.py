"""A body and the people who may sign in for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from watchkeep.apps.history.models import Recorded, RecordedManager
from watchkeep.domain.people import Actor, role_named


class Body(Recorded):
    """The public body whose registers these are: a force, a council, a trust."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60, default="police force")
    year_starts_month = models.PositiveSmallIntegerField(default=4)
    year_starts_day = models.PositiveSmallIntegerField(default=1)

    class Meta(Recorded.Meta):
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class PersonManager(RecordedManager["Person"]):
    """Finds a person by what they sign in with."""

    def get_by_natural_key(self, email: str | None) -> Person:
        """What Django's sign-in calls."""
        found: Person = self.get(email=(email or "").strip().lower())
        return found


class Person(AbstractBaseUser, Recorded):
    """Somebody who may sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20)
    is_active = models.BooleanField(default=True)
    password_version = models.PositiveIntegerField(default=1)  # what the ledger knows of a change of password
    last_login = None  # signing in is not a change of the record

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    SECRET = frozenset({"password"})

    class Meta(Recorded.Meta):
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=["administrator", "reader"]), name="person_role_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Django's own would save a new hash in passing, which no entry would record."""
        return raw_password is not None and check_password(raw_password, self.password)

    def as_actor(self) -> Actor:
        """This person, as changes and queries know them."""
        return Actor(
            kind="person", id=str(self.pk), name=self.name, role=role_named(self.role), body=str(self.body_id)
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Django's own forgets nothing here; the password's tidying belongs to `set_password`."""
        models.Model.save(self, *args, **kwargs)
