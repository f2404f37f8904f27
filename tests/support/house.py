"""The whole bot in one process: real Application, real database, the Bot API stand-in without a port."""

import asyncio
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session
from telegram import Update
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.app import LISTENS_TO, build, edge_of
from bot.clock import Clock
from bot.demo.app import create_app
from bot.demo.links import DemoLinks
from bot.demo.standin import StandIn
from bot.heartbeat import tick_once
from bot.settings import Settings
from bot.worker import Worker
from flows import fmt
from flows.calendar import next_due
from flows.models import Agency, Assessment, Membership, Person, ReminderRound, Unit
from flows.reminders import moments
from knowledge.library import Library
from tests.support.databases import share_compiled
from tests.support.talk import Talk

START = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)
"""Monday 18 January 2027, 09.00 WIB: the calendar of every story."""


class House:
    """A bot, its database and the people who talk to it. Close it at the end."""

    def __init__(self, url: str, library: Library, *, start: datetime = START, **settings: object) -> None:
        self.runner = asyncio.Runner()
        self.clock = Clock()
        self.clock.set_to(start)
        self._start, self._awake = start, False
        self.standin = StandIn(now=self.clock.now)
        self._folder = tempfile.TemporaryDirectory(prefix="pandu-bukti-")
        given: dict[str, Any] = {
            "database_url": url,
            "send_rate": 1000.0,
            "person_burst": 0,  # stories type faster than people
            "evidence_dir": Path(self._folder.name) / "bukti",
            **settings,
        }
        self.links = DemoLinks()
        self.settings = Settings(_env_file=None, **given)
        self.library = library
        self._ids = itertools.count(1001)
        self._offset: int | None = None
        self.app = self.runner.run(self._started())
        self.edge = edge_of(self.app)
        self.db = self.edge.db
        share_compiled(self.db.engine)
        self.dispatch = self.edge.connect(self.app.bot)
        self.worker = Worker(self.app, private_gap_seconds=0.0, group_gap_seconds=0.0)
        self.dispatch.group_gap_seconds = 0.0

    async def _started(self) -> Any:
        transport = httpx.ASGITransport(create_app(self.standin))
        requests = [HTTPXRequest(httpx_kwargs={"transport": transport}) for _ in range(2)]
        builder = (
            ApplicationBuilder()
            .token(self.standin.token)
            .base_url("http://127.0.0.1/bot")
            .base_file_url("http://127.0.0.1/file/bot")
            .request(requests[0])
            .get_updates_request(requests[1])
            .updater(None)
        )
        app = build(builder, self.settings, library=self.library, clock=self.clock, links=self.links)
        await app.initialize()
        return app

    @property
    def evidence_folder(self) -> Path:
        """Where the bytes of evidence lie."""
        return self.settings.evidence_folder

    def close(self) -> None:
        """Stop everything."""
        self.runner.run(self.app.shutdown())
        self.runner.close()
        self.edge.close()
        self.standin.close()
        self._folder.cleanup()

    # carrying out ----------------------------------------------------------------------------------

    def deliver(self) -> list[Update]:
        """Let the bot answer everything that people have done; a batch at a time, as polling does."""
        return self.runner.run(self._deliver())

    async def _deliver(self) -> list[Update]:
        answered: list[Update] = []
        while updates := await self.app.bot.get_updates(
            offset=self._offset, timeout=0, allowed_updates=LISTENS_TO
        ):
            await asyncio.gather(*(self.app.process_update(u) for u in updates))
            self._offset = updates[-1].update_id + 1
            answered += updates
        return answered

    def process(self, *updates: Update) -> None:
        """Hand updates to the bot again or out of the ordinary way."""
        self.runner.run(self._process(updates))

    async def _process(self, updates: tuple[Update, ...]) -> None:
        await asyncio.gather(*(self.app.process_update(u) for u in updates))

    def send_due(self) -> None:
        """Queue what is due now and send everything queued."""
        tick_once(self.edge)
        self.runner.run(self.worker.drain())

    def settle(self) -> None:
        """Work until all that is queued for these moments is done: albums, merging, their messages."""
        self.runner.run(self.worker.settle())

    def advance(self, *, to: datetime | None = None, **delta: float) -> None:
        """Move the calendar, stopping at every due moment on the way and sending what is due there."""
        goal = to or self.clock.now() + timedelta(**delta)
        self._woken()
        tick_once(self.edge)  # as the heartbeat does while people act: what is over by then is not missed
        while True:
            with self.db.reading() as session:
                due = next_due(session, self.clock.now())
            if due is None or due > goal:
                break
            self.clock.set_to(due)
            self.send_due()
        self.clock.set_to(goal)
        self.send_due()

    def _woken(self) -> None:
        """The bot ran before the story begins: this morning's digests are over."""
        if self._awake:
            return
        self._awake = True
        with self.writing() as session:
            for zone in fmt.ZONES:
                if moments.is_sending_time(self._start, zone):
                    day = fmt.local(self._start, zone).date()
                    session.merge(ReminderRound(zone=zone, slot_minutes=moments.USUAL_SLOT, last_day=day))

    def flush(self) -> None:
        """Record which replies went out, as a quiet moment does."""
        self.runner.run(self.dispatch.flush())

    # people and units ------------------------------------------------------------------------------

    def stranger(self, name: str = "Tamu") -> Talk:
        """Somebody with a Telegram account that the bot does not know."""
        user_id = next(self._ids)
        first, _, last = name.partition(" ")
        self.standin.add_user(user_id, first, last or None)
        return Talk(self, user_id)

    def agency(self, name: str = "Instansi Contoh") -> int:
        """An agency; returns its id."""
        with self.writing() as session:
            agency = Agency(name=name, created_at=self.clock.now(), is_sample=True)
            session.add(agency)
            session.flush()
            assert agency.id is not None
            return agency.id

    def unit(
        self,
        name: str = "Kantor Layanan Contoh",
        agency_id: int | None = None,
        *,
        parent_id: int | None = None,
        zone: str = "WIB",
        target: str = "WBK",
        year: int = 2027,
        kind: str = "satker",
    ) -> int:
        """A unit with its assessment; returns its id."""
        agency_id = agency_id or self.agency()
        with self.writing() as session:
            parent = session.get(Unit, parent_id) if parent_id else None
            unit = Unit(
                agency_id=agency_id,
                parent_id=parent_id,
                name=name,
                zone=zone,
                kind=kind,
                created_at=self.clock.now(),
            )
            session.add(unit)
            session.flush()
            assert unit.id is not None
            unit.path = f"{parent.path if parent else '/'}{unit.id}/"
            session.add(
                Assessment(
                    unit_id=unit.id,
                    year=year,
                    target=target,
                    instrument_id="lke-2021",
                    created_at=self.clock.now(),
                )
            )
            return unit.id

    def member(
        self, unit_id: int, role: str = "anggota", area: str | None = None, name: str = "Budi Contoh"
    ) -> Talk:
        """Somebody with a role in a unit, who has talked to the bot before."""
        talk = self.stranger(name)
        with self.writing() as session:
            unit = session.get_one(Unit, unit_id)
            person = self._person(session, talk)
            session.add(
                Membership(
                    person_id=person.id or 0,
                    agency_id=unit.agency_id,
                    unit_id=None if role == "admin" else unit_id,
                    role=role,
                    area=area,
                    created_at=self.clock.now(),
                )
            )
        self.standin.users[talk.user_id].started = True
        return talk

    def admin(self, agency_id: int, name: str = "Ani Contoh") -> Talk:
        """The admin of an agency."""
        talk = self.stranger(name)
        with self.writing() as session:
            person = self._person(session, talk)
            session.add(
                Membership(
                    person_id=person.id or 0, agency_id=agency_id, role="admin", created_at=self.clock.now()
                )
            )
        self.standin.users[talk.user_id].started = True
        return talk

    def _person(self, session: Session, talk: Talk) -> Person:
        user = self.standin.users[talk.user_id]
        person = Person(
            telegram_id=talk.user_id,
            name=" ".join(filter(None, (user.first_name, user.last_name))),
            created_at=self.clock.now(),
            consent_at=self.clock.now(),
        )
        session.add(person)
        session.flush()
        return person

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction on the bot's database."""
        with self.db.writing() as session:
            yield session

    def read(self, question: Callable[[Session], Any]) -> Any:
        """An answer from a fresh read-only transaction."""
        with self.db.reading() as session:
            answer = question(session)
            session.expunge_all()
            return answer
