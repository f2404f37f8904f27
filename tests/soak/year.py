"""Lives through a year: ticks, jobs and messages by our own code, people by chance, no Telegram."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.db import Database
from flows import calendar, features, outbox, routes
from flows.events import Event, Sender
from flows.models import Job, Outbox, Reminder
from flows.queue import screen_for
from flows.screen import Reply
from flows.step import step
from flows.turn import Turn, load_state
from knowledge.library import Library
from tests.soak.oracle import ONE, is_off
from tests.soak.people import FIRST_DAY, LAST_DAY, ZONES, Somebody, Town, carry_out

assert features.ALL
BEATS = ((-1, 23, 31), (0, 0, 31), (0, 1, 31), (0, 4, 1), (0, 14, 0))
"""Half past eight in WIT, WITA and WIB; an hour after people act; and at night. Day, hour, minute in UTC."""
ACTS = time(3)
BATCH = 25


@dataclass(frozen=True, slots=True)
class Told:
    """One message as it was sent."""

    person: int
    at: datetime
    key: str
    text: str


@dataclass(slots=True)
class Year:
    """A run. Days on which nothing runs, or nothing is sent, come by chance."""

    db: Database
    library: Library
    town: Town
    seed: int
    down_share: float = 0.04
    said: list[tuple[int, datetime, str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    promises: dict[tuple[int, str, str], tuple[date, date]] = field(default_factory=dict)
    wishes: dict[tuple[int, str, str], list[date]] = field(default_factory=lambda: defaultdict(list))
    down: set[date] = field(default_factory=set)
    unsent: set[date] = field(default_factory=set)
    chance: random.Random = field(init=False)
    by_account: dict[int, Somebody] = field(init=False)

    def __post_init__(self) -> None:
        """Draw the days on which something is wrong."""
        self.chance = random.Random(self.seed + 1)
        self.by_account = {p.account: p for p in self.town.people.values()}
        day = FIRST_DAY + 3 * ONE
        while day < LAST_DAY:
            luck = self.chance.random()
            if luck < self.down_share:
                self.down.update(day + n * ONE for n in range(self.chance.randrange(1, 4)))
            elif luck < 1.5 * self.down_share:
                self.unsent.add(day)
            day += ONE
        self.unsent -= self.down

    def came(self, day: date) -> bool:
        """Whether messages of the day could go out."""
        return day not in self.down and day not in self.unsent

    def run(self, last: date = LAST_DAY) -> None:
        """From the first day to the last."""
        day = FIRST_DAY
        while day <= last:
            self._leaves(day)
            for offset, hour, minute in BEATS[:3]:
                self._beat(day, _at(day + offset * ONE, time(hour, minute)))
            with self.db.writing() as session:
                carry_out(session, self.town, day, _at(day, ACTS))
            if self.came(day):
                self._answers(day)
            for offset, hour, minute in BEATS[3:]:
                self._beat(day, _at(day + offset * ONE, time(hour, minute)), night=hour > 12)
            day += ONE

    # the machinery ---------------------------------------------------------------------------------

    def _beat(self, day: date, now: datetime, *, night: bool = False) -> None:
        if day in self.down:
            return
        with self.db.writing() as session:
            calendar.tick(session, now)
        while self._job(now):
            pass
        if night or day not in self.unsent:
            while self._send(now):
                pass

    def _job(self, now: datetime) -> bool:
        with self.db.writing() as session:
            job = session.exec(
                select(Job).where(Job.state == "waiting").order_by(col(Job.id)).limit(1)
            ).first()
            if job is None:
                return False
            outbox.job_kind(job.kind).work(outbox.JobTurn(session, dict(job.args), now, self.library))
            job.state = "done"
        return True

    def _send(self, now: datetime) -> bool:
        with self.db.writing() as session:
            rows = session.exec(
                select(Outbox).where(Outbox.state == "waiting").order_by(col(Outbox.id)).limit(BATCH)
            ).all()
            for row in rows:
                screen = screen_for(session, row, now=now, library=self.library, bot_username="contoh_bot")
                row.state, row.sent_at = ("sent" if screen else "dropped"), now
                if screen is not None:
                    person = self.by_account[row.chat_id].id
                    self.told.append(Told(person, now, row.key, screen.text))
        return bool(rows)

    # people ----------------------------------------------------------------------------------------

    def _leaves(self, day: date) -> None:
        """Who goes on leave tomorrow says so today; what is said to a bot that is down is not heard."""
        for person in self.town.people.values():
            for first, last in list(person.leave):
                if first - ONE != day:
                    continue
                if day in self.down:
                    person.leave.remove((first, last))
                    continue
                said = (
                    f"cuti {first.day}/{first.month}/{first.year} sampai {last.day}/{last.month}/{last.year}"
                )
                reply = self._event(person, _at(day - ONE, time(23)), text=said)
                assert reply.toast.startswith("Cuti tercatat"), (said, reply)

    def _answers(self, day: date) -> None:
        """Some of those who were told this morning promise a day, or ask to be told again tomorrow."""
        asked = [t for t in self.told if t.key.startswith(f"pagi:{day:%Y%m%d}:")]
        for told in asked:
            luck = self.chance.random()
            if luck > 0.12:
                continue
            person = self.town.people[told.person]
            with self.db.reading() as session:
                rows = session.exec(
                    select(Reminder).where(Reminder.person_id == person.id, Reminder.last_told_on == day)
                ).all()
                rows = [r for r in rows if r.kind != "task" and self._key(r) not in self.promises]
                session.expunge_all()
            if not rows:
                continue
            row = self.chance.choice(list(rows))
            now = _at(day, ACTS) + timedelta(minutes=1)
            if luck < 0.07:
                self._promise(person, row, day, now)
            else:
                tomorrow = day + ONE
                while is_off(tomorrow):
                    tomorrow += ONE
                reply = self._event(
                    person, now, action=routes.REMINDER_AGAIN_SET(row.id or 0, "b", row.revision)
                )
                if not reply.notice:
                    self.wishes[self._key(row)].append(tomorrow)

    def _promise(self, person: Somebody, row: Reminder, day: date, now: datetime) -> None:
        promised = day + timedelta(days=self.chance.randrange(1, 15))
        said = f"{promised.day}/{promised.month}/{promised.year}"
        action = routes.REMINDER_PROMISE_SAVE(row.id or 0, row.revision)
        reply = self._event(person, now, action=action, text=said)
        if not reply.notice:  # it may have been done an hour ago
            assert reply.toast.startswith("Tercatat"), reply
            self.promises[self._key(row)] = (day, promised)
            # Those of later days are replaced; what was told before has been told.
            self.wishes[self._key(row)] = [wish for wish in self.wishes[self._key(row)] if wish <= day]

    @staticmethod
    def _key(row: Reminder) -> tuple[int, str, str]:
        return row.person_id, row.kind, f"{row.unit_id}:{row.ref}"

    def _event(self, person: Somebody, now: datetime, **given: Any) -> Reply:
        event = Event(
            update_id=0,
            kind="tap" if "action" in given else "text",
            chat_id=person.account,
            sender=Sender(person.account, "Orang"),
            message_id=1,
            callback_id="1",
            **given,
        )
        with self.db.writing() as session:
            turn = Turn(session, event, load_state(session, event), now, self.library, "contoh_bot")
            reply = step(turn)
        said = given.get("text", "Ingatkan lagi › Besok")
        self.said.append((person.id, now, said, reply.notice or reply.toast))
        return reply

    # figures ---------------------------------------------------------------------------------------

    def per_week(self) -> tuple[float, dict[str, float], int]:
        """Messages per person and week: on average, by role, and the most in any week."""
        weeks = ((LAST_DAY - FIRST_DAY).days + 1) / 7
        by_role: Counter[str] = Counter()
        by_week: Counter[tuple[int, int]] = Counter()
        for told in self.told:
            by_role[self.town.people[told.person].role] += 1
            by_week[(told.person, told.at.isocalendar().week)] += 1
        heads = Counter(p.role for p in self.town.people.values())
        roles = {role: by_role[role] / heads[role] / weeks for role in heads}
        most = max(by_week.values(), default=0)
        return len(self.told) / len(self.town.people) / weeks, roles, most


def local_day(person: Somebody, at: datetime) -> date:
    """The day where the person is."""
    return at.astimezone(ZONES[person.zone]).date()


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, UTC)
