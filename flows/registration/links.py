"""Invite links: a number with a signature, short enough for Telegram's `start` parameter. Pure.

The payload looks like "u1z-4Hq…": "u", the invite's id in base 36, a dash and 22 characters of
HMAC-SHA256 (132 bits). Expiry, revocation and uses are looked up in the invite's row, not carried.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode

MAX_PAYLOAD = 64
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SIGNATURE_CHARS = 22
_FORM = re.compile(r"u([1-9a-z][0-9a-z]{0,11})-([A-Za-z0-9_-]{22})")


def make(key: bytes, invite_id: int) -> str:
    """The payload of an invite, at most 64 characters of A-Z a-z 0-9 _ -. Raises ValueError below id 1."""
    if invite_id < 1:
        raise ValueError("an invite id counts from 1")
    number = _base36(invite_id)
    return f"u{number}-{_signature(key, number)}"


def verify(key: bytes, payload: str) -> int | None:
    """The invite's id when this key signed the payload, else None. Compares in constant time."""
    found = _FORM.fullmatch(payload)
    if found is None:
        return None
    number, signature = found.groups()
    if not hmac.compare_digest(signature, _signature(key, number)):
        return None
    return int(number, 36)


def well_formed(payload: str) -> bool:
    """Whether the text has the form of a payload; says nothing about its signature."""
    return _FORM.fullmatch(payload) is not None


def url(bot_username: str, payload: str) -> str:
    """The address that opens the bot with this payload."""
    return f"https://t.me/{bot_username}?start={payload}"


def _signature(key: bytes, number: str) -> str:
    digest = hmac.new(key, f"invite:{number}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode()[:_SIGNATURE_CHARS]


def _base36(value: int) -> str:
    digits = ""
    while value:
        value, rest = divmod(value, 36)
        digits = _DIGITS[rest] + digits
    return digits
