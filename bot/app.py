"""Builds the Application: in one screen, everything it listens with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

import flows.features  # noqa: F401  (registers every route's handler)
from bot import inline
from bot.clock import Clock
from bot.db import Database
from bot.dispatch import Dispatch
from bot.evidence_store import EvidenceStore, store_of
from bot.figures import Figures
from bot.flood import Flood
from bot.links import LinkLooker
from bot.outbound import Outbound
from bot.settings import Settings, load_settings
from flows.ports import Links
from knowledge.library import Library, load_library

App = Application[Any, Any, Any, Any, Any, Any]
EDGE = "pandu"
LISTENS_TO = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, Update.INLINE_QUERY]


@dataclass(slots=True)
class Edge:
    """What the running parts share: made once by `build`, found by `edge_of`."""

    settings: Settings
    db: Database
    library: Library
    clock: Clock
    threads: ThreadPoolExecutor
    store: EvidenceStore
    links: Links
    dispatch: Dispatch | None = None
    outbound: Outbound | None = None
    figures: Figures = field(default_factory=Figures)

    def connect(self, bot: Bot) -> Dispatch:
        """The dispatch for this bot. The bot must be initialised: its id and name are needed."""
        if self.dispatch is None:
            self.outbound = Outbound(bot, self.store)
            self.dispatch = Dispatch(
                db=self.db,
                library=self.library,
                clock=self.clock,
                outbound=self.outbound,
                bot_id=bot.id,
                bot_username=bot.username,
                zone=self.settings.zone,
                serves_api=self.settings.api,
                threads=self.threads,
                figures=self.figures,
                flood=Flood(self.settings.person_burst),
            )
        return self.dispatch

    def close(self) -> None:
        """Give back threads and connections."""
        self.threads.shutdown()
        self.db.close()


def build(
    builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any],
    settings: Settings | None = None,
    *,
    library: Library | None = None,
    clock: Clock | None = None,
    links: Links | None = None,
) -> App:
    """An Application that answers, on whatever transport the builder was given.

    After `initialize()`, `process_update` works with a migrated database. It starts no task, opens no
    port and sets no token, request, address or updater: those are the caller's. `run` adds the rest.

    Raises:
        SettingsError: no settings given and the environment's are wrong.
    """
    settings = settings or load_settings()
    edge = Edge(
        settings=settings,
        db=Database(settings.database, pool_size=settings.db_threads + 2),
        library=library or load_library(),
        clock=clock or Clock(),
        threads=ThreadPoolExecutor(settings.db_threads, thread_name_prefix="step"),
        store=store_of(settings),
        links=links or LinkLooker(),
    )

    async def answer(update: object, _context: Any) -> None:
        if isinstance(update, Update):
            await edge.connect(app.bot).handle(update)

    async def offer(update: Update, _context: Any) -> None:
        if update.inline_query is not None:
            await inline.answer(app.bot, update.inline_query, edge.library)

    app: App = builder.build()
    app.bot_data[EDGE] = edge
    app.add_handler(CallbackQueryHandler(answer))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE, answer))
    app.add_handler(InlineQueryHandler(offer))
    app.add_handler(ChatMemberHandler(answer, ChatMemberHandler.MY_CHAT_MEMBER))
    return app


def edge_of(app: App) -> Edge:
    """The shared parts of an application made by `build`."""
    edge: Edge = app.bot_data[EDGE]
    return edge
