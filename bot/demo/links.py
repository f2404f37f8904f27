"""Links in the demo: the real rules, on a stand-in of the internet, so that nothing leaves the machine.

A link of a known host counts as open; with "terkunci" in it the stand-in asks for an account, with "hilang"
there is nothing.
"""

import httpx

from bot.links import LinkLooker


class DemoLinks(LinkLooker):
    """Implements `flows.ports.Links` without a network. `asked` lists the addresses that were looked at."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(httpx.MockTransport(self._answer), lambda _host: ["8.8.8.8"])

    def _answer(self, request: httpx.Request) -> httpx.Response:
        host = request.headers["host"]
        self.asked.append(f"https://{host}{request.url.raw_path.decode()}")
        path = request.url.raw_path.lower()
        if b"terkunci" in path:
            return httpx.Response(302, headers={"location": "https://accounts.google.com/ServiceLogin"})
        if b"hilang" in path:
            return httpx.Response(404)
        return httpx.Response(200, text="<html><title>Folder bukti</title></html>")
