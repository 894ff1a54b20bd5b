"""What a start of the site may rest on: one key for every process, no switch misread, no fault untold."""

from __future__ import annotations

import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings as in_force
from django.core.exceptions import ImproperlyConfigured

from watchkeep.config import settings


@pytest.fixture(autouse=True)
def no_given_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHKEEP_SECRET_KEY", raising=False)


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    at_once = Barrier(8)

    def start(folder: Path) -> str:
        at_once.wait(timeout=10)
        return settings._secret_key(folder)

    for each in range(10):
        folder = tmp_path / str(each)
        folder.mkdir()
        with ThreadPoolExecutor(8) as starts:
            keys = set(starts.map(start, [folder] * 8))
        assert len(keys) == 1
        assert len(keys.pop()) > 60
        assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_the_key_is_its_owner_s_alone_and_stays(tmp_path: Path) -> None:
    key = settings._secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert settings._secret_key(tmp_path) == key


def test_an_empty_key_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        settings._secret_key(tmp_path)


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("ON", True), ("0", False), (" no ", False)])
def test_a_switch_is_read_as_it_is_said(monkeypatch: pytest.MonkeyPatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("WATCHKEEP_HTTPS", said)
    assert settings._yes("WATCHKEEP_HTTPS", otherwise=not meant) is meant


def test_a_switch_that_says_neither_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHKEEP_HTTPS", "treu")
    with pytest.raises(ImproperlyConfigured, match="it takes yes or no"):
        settings._yes("WATCHKEEP_HTTPS", otherwise=True)


def test_a_fault_is_told_to_whoever_runs_the_site() -> None:
    assert in_force.DEBUG is False
    for name in ("django", "watchkeep"):
        handlers = logging.getLogger(name).handlers
        assert any(isinstance(each, logging.StreamHandler) and not each.filters for each in handlers), name


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", "starttls")),
        ("smtp://kit:a%40b@mail.example.org:2525", ("mail.example.org", 2525, "kit", "a@b", "starttls")),
        ("smtps://mail.example.org", ("mail.example.org", 465, "", "", "tls")),
        ("smtp+plain://localhost", ("localhost", 25, "", "", "none")),
    ],
)
def test_a_mail_server_is_named_by_one_address(url: str, meant: tuple[object, ...]) -> None:
    found = settings._mail_server(url)
    assert (found.host, found.port, found.user, found.password, found.security) == meant


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:port"])
def test_what_names_no_mail_server_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="it takes smtp://"):
        settings._mail_server(url)
