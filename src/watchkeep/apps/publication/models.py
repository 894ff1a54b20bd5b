"""Editions of a register: frozen, then published, perhaps withdrawn; never changed, never lost."""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Recorded
from watchkeep.apps.register.models import Register


class Edition(Recorded):
    """A register document frozen for an audience: its exact bytes, from which every file is made."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()  # its name in addresses
    # The request that froze it, so that one that is sent again freezes nothing more; none where it was asked
    # for without one.
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 (many may have none)
    audience = models.CharField(max_length=20)
    title = models.TextField()
    marking = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="frozen")
    frozen_on = models.DateField()
    as_at = models.DateField(null=True)
    document = models.TextField()
    head_sequence = models.PositiveBigIntegerField()  # the ledger's last entry before the freeze
    head_digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    DIGESTED = frozenset({"document"})

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["register", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["register", "key"], name="edition_key_once"),
            models.CheckConstraint(
                condition=models.Q(audience__in=["internal", "committee", "public"]),
                name="edition_audience_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["frozen", "published", "withdrawn"]), name="edition_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.audience}, {self.number})"


class EditionFile(AppendOnly):
    """A file made from an edition; its bytes stand in the store under this digest."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20)  # html, pdf, xlsx, csv, json
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["edition", "kind"], name="edition_kind_once"),)

    def __str__(self) -> str:
        return self.name
