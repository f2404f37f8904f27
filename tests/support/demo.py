"""The demo as its own process, spoken to as the page speaks to it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0


class Demo:
    """`pandu-zi demo` on a free port, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Demo":
        """Start it, and wait until the page is there and the bot has said so."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM_", "DATABASE_"))}
        environment |= {
            "DATA_DIR": str(self.folder),
            "PYTHONUNBUFFERED": "1",
            "DEMO_OPEN": "false",
            "HEARTBEAT_SECONDS": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--port", "0"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout is not None
        said: list[str] = []
        for line in self._process.stdout:
            said.append(line)
            if found := re.search(r"siap di (http://\S+)", line):
                self.address = found.group(1)
                return self
        raise AssertionError("the demo did not start:\n" + "".join(said))

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As Ctrl-C does; the exit status."""
        return self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        status = self._process.wait(120)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return status

    # as the page does ------------------------------------------------------------------------------

    def post(self, name: str, **fields: Any) -> dict[str, Any]:
        """One of the page's calls."""
        response = httpx.post(
            f"{self.address}/api/{name}", json=fields, headers={"Origin": self.address}, timeout=60
        )
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def state(self) -> dict[str, Any]:
        """People, clock and what else the page shows around the chat."""
        answer: dict[str, Any] = httpx.get(f"{self.address}/api/state", timeout=30).json()
        return answer

    def messages(self, user_id: int) -> list[dict[str, Any]]:
        """The chat of one person, oldest first, both sides."""
        answer = httpx.get(f"{self.address}/api/chat/{user_id}", timeout=30).json()
        found: list[dict[str, Any]] = answer["messages"]
        return found

    def wait(self, user_id: int, seen: Callable[[list[dict[str, Any]]], bool], seconds: float = 15.0) -> None:
        """Until the chat looks as asked; an AssertionError shows its end otherwise."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if seen(self.messages(user_id)):
                return
            time.sleep(0.05)
        raise AssertionError(f"not seen; the chat ends with {self.messages(user_id)[-2:]}")

    def say(self, user_id: int, text: str) -> None:
        """Type and wait for the bot's answer."""
        before = max((m["message_id"] for m in self.messages(user_id)), default=0)
        self.post("say", user_id=user_id, text=text)
        self.wait(user_id, lambda ms: any(m["message_id"] > before and m["from"]["is_bot"] for m in ms))

    def tap(self, user_id: int, label: str) -> None:
        """Tap the newest button with this label and wait until something changed."""
        messages = self.messages(user_id)
        for message in reversed(messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].removeprefix("✓ ") == label:
                        self.post(
                            "tap",
                            user_id=user_id,
                            message_id=message["message_id"],
                            data=button["callback_data"],
                        )
                        self.wait(user_id, lambda ms: ms != messages)
                        return
        raise AssertionError(f"no button {label!r} in {messages[-1]}")

    def advance(self, to: datetime) -> None:
        """Move the demo's clock."""
        self.post("clock", to=to.isoformat())
