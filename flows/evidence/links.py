"""Which links are taken as evidence. The looking itself is done outside, behind `flows.ports.Links`."""

from urllib.parse import urlsplit, urlunsplit

OPEN, LOCKED, UNKNOWN = "open", "locked", "unknown"
MAX_URL = 1000

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"drive.google.com", "docs.google.com", "sites.google.com", "forms.gle"}),
    frozenset({"onedrive.live.com", "1drv.ms", "photos.onedrive.com"}),
    frozenset({"www.dropbox.com", "dropbox.com"}),
    frozenset({"www.youtube.com", "youtube.com", "youtu.be", "m.youtube.com"}),
)
"""Hosts that are looked at. A redirect is followed within its family only."""
SUFFIXES = (".go.id", ".sharepoint.com")
"""Every host below these is looked at too; a redirect stays on the very same host."""
SHORTENERS = frozenset(
    {"s.id", "bit.ly", "tinyurl.com", "linktr.ee", "cutt.ly", "rb.gy", "t.ly", "goo.gl", "intip.in", "t.co"}
)
"""Taken, but never looked at: where they lead can be changed after a review."""


def cleaned(text: str) -> str | None:
    """The first https address in a text, without user name, port and fragment; None without one.

    A bare "drive.google.com/…" and http addresses of known hosts are read as https.
    """
    for word in text.split():
        word = word.strip("<>()[]{}\"'“”‘’,;")
        url = _address(word)
        if url is not None:
            return url[:MAX_URL] if len(url) <= MAX_URL else None
    return None


def _address(word: str) -> str | None:
    lower = word.lower()
    if not lower.startswith(("https://", "http://")):
        host = lower.split("/", 1)[0]
        if "/" not in lower or not (is_known(host) or host in SHORTENERS):
            return None
        word = f"https://{word}"
    try:
        parts = urlsplit(word)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if not host or "." not in host or parts.username is not None or port not in {None, 443, 80}:
        return None
    if not host.isascii() or not all(c.isalnum() or c in "-." for c in host):
        return None
    return urlunsplit(("https", host, parts.path, parts.query, ""))


def host_of(url: str) -> str:
    """The host of an address; "" for what is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_known(host: str) -> bool:
    """Whether links of this host are looked at."""
    return any(host in family for family in FAMILIES) or host.endswith(SUFFIXES)


def is_short(url: str) -> bool:
    """Whether the link is one of a shortener."""
    return host_of(url) in SHORTENERS


def stays(host: str, other: str) -> bool:
    """Whether a redirect from one host to the other may be followed."""
    if host == other or other == f"www.{host}" or host == f"www.{other}":
        return is_known(other) or is_known(host)
    return any(host in family and other in family for family in FAMILIES)
