"""Whether the links of a notice lead somewhere, asked in the background; what fails is a warning only."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import urllib3

from bot.broadcasts.model import Broadcast
from bot.messages.actions import opens

Fetch = Callable[[str], int]
"""Gives the HTTP status at an address, 0 when nothing answers."""

SECONDS: Final = urllib3.Timeout(connect=3.0, read=5.0)
_NO_SUCH_CALL: Final = (405, 501)
_LINK: Final = re.compile(r"https://[!-~]+")
_STOPS: Final = ".,;:!?)]'\""
"""What ends a sentence rather than a link."""


def failing(about: Broadcast, hosts: Collection[str], fetch: Fetch) -> Iterator[tuple[str, int]]:
    """Yield the links of a broadcast that do not open, each with its status; only of hosts of the city's."""
    for link in dict.fromkeys(_links(about)):
        if opens(link) and urllib3.util.parse_url(link).host in hosts:
            status = fetch(link)
            if not 200 <= status < 400:
                yield link, status


def _links(about: Broadcast) -> Iterator[str]:
    for one in about.variants.values():
        if one.link:
            yield one.link
        yield from (found.rstrip(_STOPS) for found in _LINK.findall(one.text))


def fetcher(proxy: str | None) -> Fetch:
    """Return what asks the web, through a proxy if there is one."""
    settings: dict[str, Any] = {"retries": False, "timeout": SECONDS}
    http = urllib3.ProxyManager(proxy, **settings) if proxy else urllib3.PoolManager(**settings)

    def fetch(link: str) -> int:
        try:
            status = int(http.request("HEAD", link, redirect=False).status)
            if status in _NO_SUCH_CALL:
                status = int(http.request("GET", link, redirect=False, preload_content=False).status)
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            return 0
        return status

    return fetch
