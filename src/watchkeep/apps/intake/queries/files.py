"""The files that were brought in, and the pictures of their pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from watchkeep.apps.intake.models import PagePicture, SourceFile
from watchkeep.apps.intake.queries.imports import visible
from watchkeep.domain.errors import Missing
from watchkeep.domain.people import Actor


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A page's picture, by its digest in the store; the page's size in points, as boxes are measured."""

    page: int
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file that was brought in, and the pictures of its pages: the evidence that a risk's fields name."""

    sha256: str
    name: str
    size: int
    pictures: tuple[PictureRow, ...]


def file_page(viewer: Actor, sha256: str) -> FilePage:
    """A file that the viewer may see, by its digest."""
    found = visible_files(viewer).filter(sha256=sha256).first()
    if found is None:
        raise Missing("There is no such file.")
    pictures = {
        each.page: PictureRow(each.page, each.sha256, each.width, each.height)
        for each in PagePicture.objects.filter(paper__file=found, paper__in=visible(viewer)).order_by(
            "page", "pk"
        )
    }
    return FilePage(found.sha256, found.name, found.size, tuple(pictures.values()))


def visible_files(viewer: Actor) -> QuerySet[SourceFile]:
    """The files of the imports that the viewer may see."""
    found = SourceFile.objects.filter(body_id=viewer.body)
    return found if viewer.role else found.filter(pk__in=visible(viewer).values("file"))


def kept_files(viewer: Actor) -> dict[str, str]:
    """Every file that the store must hold for what was brought in: digest, and its name to people."""
    pictures = PagePicture.objects.filter(paper__in=visible(viewer)).order_by("paper__number", "page")
    files = visible_files(viewer).order_by("name")
    named = {
        digest: f"the picture of page {page} of {name}"
        for digest, page, name in pictures.values_list("sha256", "page", "paper__name")
    }
    return named | {digest: f"the paper {name}" for digest, name in files.values_list("sha256", "name")}
