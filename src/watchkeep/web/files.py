"""Bytes out: from the store to a browser, under a safe name and as nothing that could act."""

from __future__ import annotations

import base64
import hashlib
import re

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from watchkeep.gateways.storage import FileStore, FolderStore

STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def store() -> FileStore:
    """Where the files are."""
    return FolderStore(settings.WATCHKEEP_FILES)


def download(data: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved, never shown in the page's own origin."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox"
    return response


def picture(data: bytes) -> HttpResponse:
    """The picture of a page. Like every signed-in answer it is kept nowhere: it shows what the page shows."""
    return HttpResponse(data, content_type="image/png")


def paper(data: bytes) -> HttpResponse:
    """One of our own papers as a page: no script, no frame, and only the style that stands in it."""
    response = HttpResponse(data, content_type="text/html; charset=utf-8")
    sums = [base64.b64encode(hashlib.sha256(style).digest()).decode() for style in STYLE.findall(data)]
    styles = " ".join(f"'sha256-{each}'" for each in sums) or "'none'"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {styles}; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; sandbox allow-popups allow-downloads"
    )
    return response
