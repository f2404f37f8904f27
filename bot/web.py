"""The HTTP port: webhook answered after the commit, /healthz (live and ready), /metrics and the API."""

import asyncio
import hmac
import json
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from telegram import Update
from telegram.error import TelegramError

from bot import log
from bot.app import LISTENS_TO, App, edge_of
from bot.errors import classify
from bot.settings import SettingsError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY_BYTES = 1024 * 1024
PATH = "/telegram"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SILENT_BEATS = 10
"""So many heartbeats missed, and the process counts as dead: restart it."""


def create_app(app: App) -> Starlette:
    """The ASGI application: 200 only for what is committed, 500 brings Telegram back with the same update."""
    edge = edge_of(app)

    async def receive(request: Request) -> Response:
        secret = edge.settings.webhook_secret
        given = request.headers.get(SECRET_HEADER, "")
        if secret is None or not hmac.compare_digest(given.encode(), secret.get_secret_value().encode()):
            return PlainTextResponse("", 403)
        body = await request.body()
        if len(body) > MAX_BODY_BYTES:
            return PlainTextResponse("", 413)
        update = _read(body, app)
        if update is None:
            return PlainTextResponse("", 400)
        dispatch = edge.connect(app.bot)
        await app.process_update(update)
        return PlainTextResponse("", 500 if dispatch.failed(update.update_id) else 200)

    async def ready(_request: Request) -> Response:
        well = await asyncio.to_thread(edge.db.healthy)
        return PlainTextResponse("ok\n" if well else "database tidak menjawab\n", 200 if well else 503)

    async def live(_request: Request) -> Response:
        alive = edge.figures.silent_seconds() < SILENT_BEATS * max(edge.settings.heartbeat_seconds, 6.0)
        return PlainTextResponse("ok\n" if alive else "denyut terhenti\n", 200 if alive else 503)

    async def metrics(request: Request) -> Response:
        token = edge.settings.metrics_token
        given = request.headers.get("Authorization", "")
        if token is None or not hmac.compare_digest(
            given.encode(), f"Bearer {token.get_secret_value()}".encode()
        ):
            return PlainTextResponse("", 404 if token is None else 401)
        from bot.metrics import exposition

        return Response(await asyncio.to_thread(exposition, edge), media_type=METRICS_TYPE)

    routes: list[BaseRoute] = [
        Route(PATH, receive, methods=["POST"]),
        Route("/healthz", ready, methods=["GET"]),
        Route("/healthz/ready", ready, methods=["GET"]),
        Route("/healthz/live", live, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]
    if edge.settings.api:
        from bot.api import Api
        from flows.api.contract import BASE

        routes.append(Mount(BASE, Api(edge)))
    return Starlette(routes=routes)


def _read(raw: bytes, app: App) -> Update | None:
    try:
        body: Any = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(body, dict) or not isinstance(body.get("update_id"), int):
        return None
    try:
        return Update.de_json(body, app.bot)
    except Exception as exc:
        log.get().warning("update_unreadable", error=type(exc).__name__)
        return None


async def webhook(app: App, stop: asyncio.Event) -> None:
    """Serve the webhook and tell Telegram where it is. Raises SettingsError when Telegram refuses it."""
    settings = edge_of(app).settings
    serving = asyncio.ensure_future(health(app, stop))
    try:
        await app.bot.set_webhook(
            settings.webhook_url + PATH,
            secret_token=settings.webhook_secret.get_secret_value() if settings.webhook_secret else None,
            allowed_updates=LISTENS_TO,
        )
    except TelegramError as exc:
        stop.set()
        await serving
        raise SettingsError(f"WEBHOOK_URL ditolak Telegram ({classify(exc).code}).") from exc
    await serving


async def health(app: App, stop: asyncio.Event) -> None:
    """Serve the port until `stop`."""
    settings = edge_of(app).settings
    await serve_asgi(create_app(app), settings.web_host, settings.web_port, stop, "WEB_PORT")


async def serve_asgi(
    asgi: Any,
    host: str,
    port: int,
    stop: asyncio.Event,
    setting: str,
    started: asyncio.Future[int] | None = None,
) -> None:
    """Serve an ASGI application until `stop`; `started` receives the port.

    Raises:
        SettingsError: the port is taken.
    """
    config = uvicorn.Config(
        asgi,
        host=host,
        port=port,
        log_level="error",
        lifespan="off",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    try:
        sock = config.bind_socket() if port == 0 else _bind(config)
    except (OSError, SystemExit):
        raise SettingsError(
            f"Port {port} di {host} sedang dipakai program lain: tutup program itu, atau atur {setting}."
        ) from None
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.ensure_future(server._serve([sock]))
    if started is not None:
        started.set_result(sock.getsockname()[1])
    halt = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, halt}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    halt.cancel()
    await task
    sock.close()


def _bind(config: uvicorn.Config) -> Any:
    import socket

    sock = socket.socket(socket.AF_INET6 if ":" in config.host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((config.host, config.port))
    return sock
