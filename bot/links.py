"""Looks at links that people sent as evidence: would an assessor without an account see something?

Only hosts of the allow-list, only https on its own port, only public addresses (resolved once, and
connected to as resolved, so that the name cannot lead elsewhere a moment later), few redirects within the
same family of hosts, little read, no cookies kept, and no longer than a few seconds.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

import httpx

from bot import log
from flows.evidence.links import LOCKED, OPEN, UNKNOWN, host_of, is_known, stays

SECONDS = 8.0
MAX_HOPS = 4
READ_BYTES = 64 * 1024
AGENT = "Mozilla/5.0 (compatible; PanduZI-cek-tautan)"

Resolve = Callable[[str], Sequence[str]]

_LOGIN_HOSTS = (
    "accounts.google.com",
    "login.live.com",
    "login.microsoftonline.com",
    "login.windows.net",
    "account.live.com",
)
_LOGIN_WORD = re.compile(
    r"(?:^|[/._?&=-])(?:log-?in|sign-?in|masuk|auth|oauth2?|sso|cas|servicelogin|accessdenied)(?:$|[/._?&=-])",
    re.IGNORECASE,
)
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)
_APPS = frozenset({"onedrive.live.com", "1drv.ms", "photos.onedrive.com"})
"""Hosts that answer every link with the same page and ask for the account only in the browser."""


def resolve(host: str) -> list[str]:
    """The addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class LinkLooker:
    """Implements `flows.ports.Links`. A transport and a resolver can be given: the tests' and the demo's."""

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolve = resolve) -> None:
        self._transport = transport
        self._resolve = resolve

    def look(self, url: str) -> str:
        """ "open" (anybody reads it), "locked" (an account is asked for) or "unknown". Never raises."""
        try:
            return self._look(url)
        except Exception as exc:  # whatever goes wrong out there, nothing is known about the link
            log.get().info("link_not_seen", host=host_of(url)[:80], error=type(exc).__name__)
            return UNKNOWN

    def _look(self, url: str) -> str:
        if not _is_ours(url):
            return UNKNOWN
        with httpx.Client(
            transport=self._transport, timeout=SECONDS, trust_env=False, follow_redirects=False
        ) as client:
            for _ in range(MAX_HOPS):
                address = self._public_address(host_of(url))
                if address is None:
                    return UNKNOWN
                verdict, onward = _ask(client, url, address)
                if onward is None:
                    return verdict
                url = onward
        return UNKNOWN

    def _public_address(self, host: str) -> str | None:
        """An address of the host that is out in the internet; None when any of them is not."""
        found = [ipaddress.ip_address(a.split("%")[0]) for a in self._resolve(host)]
        if not found or not all(_is_public(a) for a in found):
            log.get().warning("link_not_public", host=host[:80])
            return None
        return str(next((a for a in found if a.version == 4), found[0]))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return _is_public(mapped)
    return address.is_global and not address.is_multicast


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return (
        parts.scheme == "https"
        and parts.port in {None, 443}
        and parts.username is None
        and is_known(host_of(url))
    )


def _ask(client: httpx.Client, url: str, address: str) -> tuple[str, str | None]:
    """One request. Returns the verdict, or where it goes on."""
    parts = urlsplit(url)
    host = host_of(url)
    numeric = f"[{address}]" if ":" in address else address
    request = client.build_request(
        "GET",
        parts._replace(netloc=numeric, fragment="").geturl(),
        headers={
            "Host": host,
            "User-Agent": AGENT,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "identity",
        },
        extensions={"sni_hostname": host},  # the certificate is checked against the name, not the number
    )
    answer = client.send(request, stream=True)
    try:
        if answer.is_redirect:
            return _onward(url, answer.headers.get("location", ""))
        return _verdict(host, answer), None
    finally:
        answer.close()


def _onward(url: str, location: str) -> tuple[str, str | None]:
    """Where a redirect leads: an account's page means locked, another host is not followed."""
    target = urljoin(url, location)
    other, parts = host_of(target), urlsplit(target)
    if other in _LOGIN_HOSTS or _LOGIN_WORD.search(f"{other}{parts.path}"):
        return LOCKED, None
    if _is_ours(target) and stays(host_of(url), other):
        return "", target
    return UNKNOWN, None


def _verdict(host: str, answer: httpx.Response) -> str:
    if answer.status_code in {401, 403, 407}:
        return LOCKED
    if answer.status_code != 200:
        return UNKNOWN
    body, until = b"", time.monotonic() + SECONDS
    if answer.headers.get("content-encoding", "identity") == "identity":  # nothing is unpacked
        for chunk in answer.iter_bytes(8192):
            body += chunk
            if len(body) >= READ_BYTES or time.monotonic() > until:
                break
    if _PASSWORD.search(body):
        return LOCKED
    return UNKNOWN if host in _APPS else OPEN
