"""An S3 server on this machine, and buckets in it."""

import contextlib
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import httpx

from bot.bucket_store import Bucket, BucketStore

ACCESS, SECRET = "kunci-uji", "rahasia-bucket-uji"


class S3:
    """The server as a process of its own, so that it can be away."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Let it answer (again); it forgets what it had."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            time.sleep(0.05)
        raise AssertionError("the S3 server does not start")

    def stop(self) -> None:
        """It is away."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def bucket(self, *, there: bool = True, prefix: str = "bukti") -> Bucket:
        """A bucket of its own; with `there` false only its name."""
        name = f"pandu-{uuid.uuid4().hex[:12]}"
        if there:
            httpx.put(f"{self.endpoint}/{name}").raise_for_status()
        return Bucket(self.endpoint, name, prefix, "us-east-1", ACCESS, SECRET)

    def store(self) -> BucketStore:
        """A store in a fresh bucket."""
        return BucketStore(self.bucket())


def served() -> Iterator[S3]:
    """A server for as long as it is used."""
    server = S3()
    try:
        yield server
    finally:
        server.stop()


def settings_of(bucket: Bucket) -> dict[str, str]:
    """The settings that lead to it, as the environment has them."""
    return {
        "S3_BUCKET": bucket.name,
        "S3_ENDPOINT": bucket.endpoint,
        "S3_PREFIX": bucket.prefix,
        "S3_ACCESS_KEY": bucket.access_key,
        "S3_SECRET_KEY": bucket.secret_key,
    }
