"""One-time codes from an authenticator, and recovery codes for the day when it is lost."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from base64 import b32encode
from typing import Final

import pyotp

from bot.console.access.passwords import SIGNS

STEP_SECONDS: Final = 30
RECOVERY_CODES: Final = 10
_DRIFT: Final = (0, -1, 1)
"""Steps of 30 s that a phone's clock may be off."""


def digest(key: bytes, purpose: str, text: str) -> str:
    """Return 64 hex digits that stand for a text; without the service's key they lead nowhere."""
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def new_salt() -> str:
    """Return what a new secret for one-time codes is made from; it may be kept in the open."""
    return secrets.token_hex(16)


def secret_of(key: bytes, salt: str) -> str:
    """Return the secret of one-time codes, 160 bits in base 32: made anew each time, kept nowhere."""
    return b32encode(bytes.fromhex(digest(key, "totp", salt))[:20]).decode()


def address_of(secret: str, name: str, issuer: str) -> str:
    """Return the `otpauth://` address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def code_at(secret: str, seconds: float) -> str:
    """Return the code that an authenticator shows at this moment (seconds since 1970)."""
    return pyotp.TOTP(secret).generate_otp(int(seconds) // STEP_SECONDS)


def step_of(secret: str, code: str, seconds: float) -> int | None:
    """Return the time step that a code belongs to; None when it is no code of about now."""
    given, now, found = plain(code), int(seconds) // STEP_SECONDS, None
    for drift in _DRIFT:  # each is looked at, so that the time taken tells nothing
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(now + drift).encode(), given.encode()):
            found = now + drift
    return found


def plain(code: str) -> str:
    """Return a code as it was meant: spaces, dashes, width and capitals do not count."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", code).casefold())


def new_recovery_codes() -> list[str]:
    """Return ten recovery codes, about 50 bits each, as they are printed."""
    return [
        "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(key: bytes, staff_id: int, code: str) -> str:
    """Return what is kept of a recovery code."""
    return digest(key, f"recovery {staff_id}", plain(code))
