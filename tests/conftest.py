"""What every test stands on: loopback only, reproducible examples, a browser where a test needs one."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.needs import require

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest_plugins = ["tests.databases", "tests.consoles", "tests.cities"]

# The same examples in every run: a red test stays red until the code changes.
settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _leaves_machine(family: int, address: object) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
        return False
    host = str(address[0])
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host != "localhost"


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Refuse every connection that would leave this machine, and every look-up of a name."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        real_lookup = socket.getaddrinfo

        def lookup(host: str | bytes | None, *args: object, **kwargs: object) -> object:
            plain = host.decode() if isinstance(host, bytes) else host
            if plain and _leaves_machine(socket.AF_INET, (plain,)) and plain not in ("0.0.0.0", "::"):
                raise AssertionError(f"a test looked up {plain}: tests stay on loopback")
            return real_lookup(host, *args, **kwargs)  # type: ignore[arg-type]

        patch.setattr(socket, "getaddrinfo", lookup)
        yield


def _guarded(real: Callable[..., object]) -> Callable[..., object]:
    def connect(self: socket.socket, address: object) -> object:
        if _leaves_machine(self.family, address):
            raise AssertionError(f"a test connected to {address}: tests stay on loopback")
        return real(self, address)

    return connect


@pytest.fixture
def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return where Chromium is; a page without a font for Japanese is no proof, so that is asked for too."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(found, "Chromium")
    fonts = shutil.which("fc-list") and subprocess.check_output(["fc-list", ":lang=ja", "family"], text=True)
    require(fonts, "a font for Japanese (fonts-noto-cjk)")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return one headless Chromium for all browser tests of this worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page in a context of its own, with no cookies or storage of other tests."""
    with browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo") as context:
        yield context.new_page()
