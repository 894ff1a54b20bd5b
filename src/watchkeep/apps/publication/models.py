"""What goes out, and what does not: editions of a register, and the rules of who may read what of a risk.

An edition is frozen, for the public approved by a second person, then published, perhaps withdrawn; it is
never changed and never lost.
"""

from __future__ import annotations

from django.db import models

from watchkeep.apps.history.models import AppendOnly, Recorded, Span
from watchkeep.apps.people.models import Post
from watchkeep.apps.register.models import Register, Risk


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
    order = models.CharField(max_length=20, default="register")  # in which its risks are read
    # What it carries besides the register, as JSON; nothing where it was frozen before papers carried more.
    matter = models.TextField(blank=True)
    since = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    # Which risk of the register each published key was, as JSON; it stands in no file and no document.
    keys = models.TextField(blank=True)
    despite = models.TextField(blank=True)  # why words that may tell of what is withheld were let stand
    frozen_by = models.CharField(max_length=100, blank=True)  # kind and id, so that another approves it
    frozen_by_name = models.CharField(max_length=200, blank=True)
    frozen_posts = models.TextField(blank=True)  # the ids of the posts that they then answered for
    approved_by = models.CharField(max_length=100, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)

    DIGESTED = frozenset({"document", "matter", "keys"})

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["register", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["register", "key"], name="edition_key_once"),
            models.CheckConstraint(
                condition=models.Q(audience__in=["internal", "committee", "public"]),
                name="edition_audience_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["frozen", "approved", "published", "withdrawn"]),
                name="edition_state_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.audience}, {self.number})"


class EditionFile(AppendOnly):
    """A file made from an edition; its bytes stand in the store under this digest."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20)  # html, pdf, xlsx …: see domain/edition_state.py
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300)

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=["edition", "kind"], name="edition_kind_once"),)

    def __str__(self) -> str:
        return self.name


class Marking(Span):
    """A rule of who may read a field of a risk, or all of it. Said anew it ends, and another begins."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="markings")
    field = models.TextField(blank=True)  # its path; empty: the whole risk
    line = models.TextField(blank=True)  # the words of the line that is marked: lines move, words stay
    words = models.TextField(blank=True)  # those that stood in the marked field, wherever they stand later
    readers = models.CharField(max_length=20)
    exemption = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    reviewer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="markings", null=True)
    look_again_on = models.DateField(null=True)  # it does not end by itself on that day
    by = models.CharField(max_length=200)

    class Meta(Span.Meta):
        indexes = (models.Index(fields=["risk", "from_on"], name="marking_of_a_risk"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(readers__in=["internal", "committee", "public"]),
                name="marking_readers_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.field or 'the whole risk'}: {self.readers}"
