"""`watchkeep work`: the after-work of the site: reading papers that were brought in, and telling people."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from watchkeep.cli.printing import echo
from watchkeep.cli.records import must_be_up_to_date, records

if TYPE_CHECKING:
    from watchkeep.jobs.working import Tools


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits now, and end.")] = False,
    every: Annotated[float, typer.Option(help="Seconds to rest when nothing waits.")] = 1.0,
) -> None:
    """Read papers that wait, pull feeds, make forecasts, tell people what is asked, until stopped."""
    with records():
        must_be_up_to_date()
        from watchkeep.jobs import feeds, forecasts, notices, reading, working

        given = tools()
        if once:
            read = reading.read_all_waiting(given.store)
            pulled = feeds.pull_all_due(given.store, given.reach)
            forecast = forecasts.make_all_due()
            told = notices.tell_all(given.post, address=given.address)
            echo(
                f"Read {read}. Pulled {pulled} feeds. Made {forecast} forecasts. "
                f"Made {told.made} notices, sent {told.mails} mails, {told.failed} failed."
            )
            return
        stopped: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            # The work in hand is finished first. A harder stop loses nothing either: it is taken up again.
            signal.signal(number, lambda received, _: stopped.append(received))
        working.keep_working(given, every=every, going=lambda: not stopped)


def tools() -> Tools:
    """What the settings say of the world outside."""
    from django.conf import settings

    from watchkeep.gateways.feeds import Reach
    from watchkeep.gateways.mail import Post, SmtpPost, TerminalPost
    from watchkeep.gateways.storage import FolderStore
    from watchkeep.jobs.working import Tools

    sender = settings.DEFAULT_FROM_EMAIL
    post: Post = TerminalPost(sys.stdout, sender)
    if settings.WATCHKEEP_SMTP_URL:
        security = "starttls" if settings.EMAIL_USE_TLS else "tls" if settings.EMAIL_USE_SSL else "none"
        post = SmtpPost(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            sender,
            settings.EMAIL_HOST_USER,
            settings.EMAIL_HOST_PASSWORD,
            security,
        )
    reach = Reach.of(settings.WATCHKEEP_FEED_HOSTS, settings.WATCHKEEP_FEED_NETWORKS)
    return Tools(FolderStore(settings.WATCHKEEP_FILES), post, settings.WATCHKEEP_SITE, reach)
