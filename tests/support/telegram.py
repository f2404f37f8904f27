"""The Bot API stand-in on a port of its own, in a thread; it also calls webhooks, as Telegram does."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import httpx
import uvicorn

from bot.demo.app import create_app
from bot.demo.standin import StandIn
from bot.demo.wire import Json
from bot.web import PATH, SECRET_HEADER

SECRET = "rahasia-webhook-uji-0123456789"


class Telegram:
    """The stand-in, reachable at `base`. Close it at the end."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self.standin = StandIn(now=now)
        config = uvicorn.Config(
            create_app(self.standin), host="127.0.0.1", port=0, log_level="error", lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._socket = config.bind_socket()
        self.port = int(self._socket.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.02)

    def close(self) -> None:
        """Stop it."""
        self.standin.end_waits()
        self._server.should_exit = True
        self._thread.join(10)
        self.standin.close()


class Caller:
    """Calls webhooks: each update until somebody answers 200, one at a time per person, in order."""

    def __init__(self, standin: StandIn, ports: Callable[[], list[int]]) -> None:
        self._standin, self._ports = standin, ports
        self._end = threading.Event()
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="webhook")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop calling."""
        self._end.set()
        self._thread.join(20)
        self._threads.shutdown()

    def _run(self) -> None:
        busy: dict[int, Future[None]] = {}
        with httpx.Client(timeout=10, trust_env=False) as client:
            while not self._end.wait(0.005):
                busy = {chat: call for chat, call in busy.items() if not call.done()}
                with self._standin.lock:
                    waiting = list(self._standin.updates.items())
                for update_id, body in waiting:
                    if (who := _person(body)) not in busy:
                        busy[who] = self._threads.submit(self._call, client, update_id, body)
            for call in busy.values():
                call.result(20)

    def _call(self, client: httpx.Client, update_id: int, body: Json) -> None:
        for port in self._ports():
            try:
                answer = client.post(
                    f"http://127.0.0.1:{port}{PATH}", json=body, headers={SECRET_HEADER: SECRET}
                )
            except httpx.HTTPError:
                continue
            if answer.status_code == 200:
                with self._standin.store.writing():
                    del self._standin.updates[update_id]
                    self._standin.store.drop("update", update_id)
                return
        time.sleep(0.05)


def _person(body: Json) -> int:
    inside = next(value for key, value in body.items() if key != "update_id")
    return int(inside["from"]["id"])
