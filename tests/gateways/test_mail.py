"""Mail over a real line, to a server of our own that can misbehave."""

from __future__ import annotations

import io
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest

from watchkeep.gateways.mail import Letter, NotSent, PerhapsSent, SmtpPost, TerminalPost

LETTER = Letter(
    to="edda@calder.test", subject="Zwölf things are asked", text="Line one\n.\nLine – three", reference="n1"
)


class Server(socketserver.ThreadingTCPServer):
    """Takes mail. `breaks_at` is the word after which it hangs up; `refuses` the word that it refuses."""

    allow_reuse_address = True
    daemon_threads = True
    breaks_at = refuses = ""
    taken: list[bytes]


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper()
            if word == self.server.breaks_at:
                return
            if word == self.server.refuses:
                self.say("550 not here")
            elif word == "DATA":
                self.say("354 go on")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.rfile.readline()
                if self.server.breaks_at == "END":
                    return
                self.server.taken.append(data[:-5].replace(b"\r\n..", b"\r\n."))
                self.say("250 taken")
            else:
                self.say("221 bye" if word == "QUIT" else "250 well")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def server(**conduct: Any) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Talk) as found:
        found.taken = []
        for name, value in conduct.items():
            setattr(found, name, value)
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


def post(to: Server) -> SmtpPost:
    return SmtpPost("127.0.0.1", to.server_address[1], sender="watch@calder.test", security="none")


def test_a_letter_arrives_as_it_was_written() -> None:
    with server() as running:
        post(running).send(LETTER)
        (data,) = running.taken
    message = message_from_bytes(data, policy=policy.default)
    assert (message["To"], message["Subject"]) == ("edda@calder.test", LETTER.subject)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].startswith("<")
    assert message.get_content().splitlines() == ["Line one", ".", "Line – three"]


@pytest.mark.parametrize("word", ["EHLO", "MAIL", "RCPT"])
def test_a_line_that_breaks_before_the_mail_is_handed_over_may_be_tried_again(word: str) -> None:
    with server(breaks_at=word) as running, pytest.raises(NotSent):
        post(running).send(LETTER)


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
def test_a_mail_that_the_server_refuses_was_not_sent(word: str) -> None:
    with server(refuses=word) as running, pytest.raises(NotSent, match="550"):
        post(running).send(LETTER)


def test_a_line_that_breaks_after_the_mail_was_handed_over_leaves_it_open() -> None:
    with server(breaks_at="END") as running, pytest.raises(PerhapsSent):
        post(running).send(LETTER)


def test_a_server_that_hangs_up_instead_of_saying_goodbye_has_still_taken_the_mail() -> None:
    with server(breaks_at="QUIT") as running:
        post(running).send(LETTER)
        assert len(running.taken) == 1


def test_where_no_server_answers_nothing_was_sent() -> None:
    with server() as running:
        address = running.server_address
    with pytest.raises(NotSent, match="cannot be reached"):
        SmtpPost("127.0.0.1", address[1], sender="watch@calder.test", security="none").send(LETTER)


def test_an_address_cannot_bring_a_line_of_its_own() -> None:
    wicked = Letter(to="a@b.test\r\nBcc: c@d.test", subject="x", text="y", reference="n")
    with server() as running, pytest.raises((ValueError, NotSent)):
        post(running).send(wicked)


def test_the_terminal_shows_the_whole_letter() -> None:
    out = io.StringIO()
    TerminalPost(out, sender="watch@calder.test").send(LETTER)
    for each in (LETTER.to, LETTER.subject, "Line – three"):
        assert each in out.getvalue()


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, to="édda@calder.test"),
        replace(LETTER, to="a@b.test\r\nBcc: c@d.test"),
        replace(LETTER, subject="two\nlines"),
        replace(LETTER, text="half a sign: \ud800"),
    ],
)
def test_what_no_mail_can_carry_was_not_sent(letter: Letter) -> None:
    with server() as running:
        with pytest.raises(NotSent, match="written"):
            post(running).send(letter)
        assert running.taken == []
