"""LINE's word on what waits for approval, asked in the background: refused blocks, unreachable only warns."""

from __future__ import annotations

from typing import Final

from bot.broadcasts import drafts, shelf
from bot.broadcasts.links import Fetch, failing
from bot.broadcasts.model import Broadcast, Check
from bot.broadcasts.office import Office
from bot.broadcasts.setting import composed
from bot.lifecycle import Order
from bot.line.port import Outcome, Sent
from bot.store import broadcasts
from bot.store.database import Connection

MOST: Final = 20
"""Broadcasts looked at in one go."""


def validate(office: Office, fetch: Fetch | None = None) -> int:
    """Ask LINE about everything that waits for approval and was not answered yet; return how many it was.

    One that LINE could not be asked about is asked again the next time. With `fetch` links are tried too; one
    that does not open stands in the note. Raises StoreError.
    """
    where = broadcasts.in_status(Order.IN_REVIEW)
    rows = office.database.read(lambda connection: broadcasts.listed(connection, where, 1000))
    waiting = [one for one in map(shelf.read, rows) if one.check in (Check.WAITING, Check.UNREACHABLE)]
    hosts = office.knowledge.city.link_hosts
    for one in waiting[:MOST]:
        check, words = _asked(office, one)
        if check is Check.OK and fetch:
            words = " ".join(f"{link} ({status})" for link, status in failing(one, hosts, fetch))
        _note(office, one, check, words)
    return len(waiting[:MOST])


def _asked(office: Office, about: Broadcast) -> tuple[Check, str]:
    """Return what LINE says of all variants: the first refusal, else whether it answered at all."""
    for key, messages in composed(office, about).items():
        sent = office.line.validate(messages)
        verdict = _verdict(sent)
        if verdict is not Check.OK:
            return verdict, f"{key}: {sent.note}" if verdict is Check.REFUSED else ""
    return Check.OK, ""


def _verdict(sent: Sent) -> Check:
    if sent.outcome is Outcome.ACCEPTED:
        return Check.OK
    return Check.REFUSED if sent.outcome is Outcome.REJECTED else Check.UNREACHABLE


def _note(office: Office, about: Broadcast, check: Check, words: str) -> None:
    """Keep LINE's word, unless the broadcast changed meanwhile. It is no change that anybody has to see."""

    def work(connection: Connection) -> None:
        kept = {"checked": check.value, "check_note": words[:200]}
        kept_it = broadcasts.remember(connection, about.id, about.version, kept)
        if kept_it and check is Check.REFUSED and about.check is not Check.REFUSED:
            drafts.told(connection, about, "LINE", office.now(), "refused-by-line", words)

    if check is not about.check:
        office.database.write(work)
