"""Mail: one small protocol, a server that speaks SMTP, and a terminal that shows what would be sent."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol, TextIO

WAIT = 20  # seconds for the server to answer


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person; `reference` stands in its Message-ID."""

    to: str
    subject: str
    text: str
    reference: str


class NotSent(Exception):
    """The server did not take the mail: it can be tried again."""


class PerhapsSent(Exception):
    """The line broke after the mail was handed over: it may have arrived, and must not be sent again."""


class Post(Protocol):
    """Somewhere to hand mail to."""

    def send(self, letter: Letter) -> None:
        """Hand it over. Raises NotSent or PerhapsSent."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """A mail server; `security` is tls from the first byte, starttls, or none on a line that is safe."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"

    def send(self, letter: Letter) -> None:
        """Hand one letter over in a connection of its own."""
        message = _written(letter, self.sender)
        handing = False  # from here on a broken line leaves it open whether the mail was taken
        try:
            server = self._connected()
            with closing(server):
                _accepted(server.mail(self.sender))
                _accepted(server.rcpt(letter.to))
                handing = True
                _accepted(server.data(message))
                with suppress(OSError, smtplib.SMTPException):
                    server.quit()  # the mail is taken, however the goodbye goes
        except smtplib.SMTPResponseException as refusal:
            raise NotSent(f"The server refused the mail: {_words(refusal)}") from refusal
        except (OSError, ValueError, smtplib.SMTPException) as problem:
            if handing:
                raise PerhapsSent(f"The line broke while the mail was handed over: {problem}") from problem
            if isinstance(problem, ValueError):
                raise _unwritable(letter, problem) from problem
            raise NotSent(f"The mail server cannot be reached: {problem}") from problem

    def _connected(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=WAIT, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=WAIT)
        server.ehlo()
        if self.security == "starttls":
            server.starttls(context=safe)
            server.ehlo()
        if self.user:
            server.login(self.user, self.password)
        return server


@dataclass(frozen=True, slots=True)
class TerminalPost:
    """Shows each mail instead of sending it: for a demo, and until a server is set."""

    out: TextIO
    sender: str

    def send(self, letter: Letter) -> None:
        """Write it out."""
        self.out.write(f"--- mail ---\nFrom: {self.sender}\nTo: {letter.to}\nSubject: {letter.subject}\n\n")
        self.out.write(f"{letter.text}\n--- end ---\n")
        self.out.flush()


def _accepted(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, words)


def _words(refusal: smtplib.SMTPResponseException) -> str:
    said = refusal.smtp_error
    return f"{refusal.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"


def _written(letter: Letter, sender: str) -> bytes:
    try:
        return _message(letter, sender).as_bytes(policy=policy.SMTP)  # lines end as SMTP has them
    except ValueError as problem:  # a line break in a heading, a sign that no mail can carry
        raise _unwritable(letter, problem) from problem


def _unwritable(letter: Letter, problem: ValueError) -> NotSent:
    return NotSent(f"No mail can be written to “{letter.to}”: {problem}")


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(letter.reference, domain=sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
