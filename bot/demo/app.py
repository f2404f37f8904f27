"""One ASGI application: Telegram's Bot API for the bot, and the chat page for people."""

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.demo.api import BotApi, BotFiles
from bot.demo.control import Control
from bot.demo.guard import LOOPBACK_HOSTS, Guard
from bot.demo.page import Page
from bot.demo.standin import StandIn


def create_app(
    standin: StandIn, control: Control | None = None, allowed_hosts: Collection[str] = LOOPBACK_HOSTS
) -> Starlette:
    """Serve the stand-in. Without a `control` there is no page: the Bot API alone, as tests use it."""
    routes = [
        Route("/bot{token}/{method}", BotApi(standin)),
        Route("/file/bot{token}/{file_path:path}", BotFiles(standin)),
        *(Page(standin, control).routes() if control is not None else []),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, allowed_hosts=allowed_hosts)])
