"""Has everything imported and read, and forks the bots that are to be killed: a start costs no second.

    python -m tests.soak.zygote

Reads one JSON line per bot, answers with its process id. A bot is the real one: `bot.serve.serve`, on the
transport and database of the line, with its calendar moved by `offset_seconds`. It ends with its input.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr

from bot import app as building
from bot import jobs, log, serve, web, worker  # noqa: F401
from bot.clock import Clock
from bot.demo.links import DemoLinks
from bot.demo.standin import DEMO_TOKEN
from bot.settings import Settings
from knowledge.library import load_library

LEASE_SECONDS = 4.0
"""What a killed process held is free after that; really a minute, which the test would have to wait for."""


def bot(spec: dict[str, Any]) -> None:
    """Run one bot until it is told to stop. Takes what `Settings` takes, and the calendar's offset."""
    clock = Clock()
    clock.offset = timedelta(seconds=spec.pop("offset_seconds"))
    base = spec.pop("base")
    settings = Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(DEMO_TOKEN),
        telegram_base_url=f"{base}/bot",
        telegram_base_file_url=f"{base}/file/bot",
        evidence_dir=Path(spec.pop("folder")) / "bukti",
        **spec,
    )
    log.configure("ERROR", "json")
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    app = serve.make_app(settings, clock, DemoLinks())
    with serve.stop_signals() as stop:
        asyncio.run(serve.serve(app, stop))


def _end_with(parent: int) -> None:
    """Do not outlive the one it was forked from."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(3)


def main() -> None:
    """Fork one bot per line."""
    library = load_library()
    library.desk  # noqa: B018  (made when first asked)
    patch.object(building, "load_library", lambda: library).start()
    for module in (jobs, worker):
        patch.object(module, "LEASE_SECONDS", LEASE_SECONDS).start()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended: no zombies
    gc.freeze()  # a fork copies only what it changes
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the other end of the pipe waits for numbers
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            status = 1
            try:
                bot(json.loads(line))
                status = 0
            except Exception as exc:  # noqa: BLE001  (whatever it was, the test is to see it)
                print(repr(exc), file=sys.stderr, flush=True)
            finally:
                os._exit(status)
        print(child, flush=True)


if __name__ == "__main__":
    main()
