"""Rows of a kind too many for an entry each: a recorded row vouches for many of them by their digest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from watchkeep.apps.history.models import refuse

Counted = TypeVar("Counted", bound="Vouched", covariant=True)


class VouchedQuerySet(models.QuerySet[Counted]):
    """Reads as usual, and writes nothing."""

    def update(self, **kwargs: Any) -> int:
        """Refused."""
        refuse(f"{self.model.__name__} rows are never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse(f"{self.model.__name__} rows are never deleted")

    def _raw_delete(self, using: str | None) -> int:
        refuse(f"{self.model.__name__} rows are never deleted")

    def bulk_update(
        self, objs: Iterable[Counted], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Refused."""
        refuse(f"{self.model.__name__} rows are never updated")

    def bulk_create(self, objs: Iterable[Counted], *args: Any, **kwargs: Any) -> list[Counted]:
        """Refused: they come in with the batch that vouches for them, and by no other way."""
        refuse(f"{self.model.__name__} rows come in with their batch")


VouchedManager = models.Manager.from_queryset(VouchedQuerySet)


class Vouched(models.Model):
    """A row of a kind too many for the ledger to tell each: a recorded row holds the digest over many of
    them, and whoever verifies works it out again. Written once, and by the app that keeps the digest alone.
    """

    objects: ClassVar[VouchedManager[Self]] = VouchedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Refused."""
        refuse(f"{type(self).__name__} was saved by itself")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        refuse(f"{type(self).__name__} was deleted")
