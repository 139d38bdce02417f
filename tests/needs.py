"""Parts of a machine that some tests need: without them they are skipped, and under CI they fail."""

from __future__ import annotations

import os

import pytest


def require(found: object, what: str) -> None:
    """Skip the test when `what` is not on this machine; under CI its absence is a failure."""
    if found:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and under CI nothing may be skipped")
    pytest.skip(f"{what} is missing")
