"""Every route for every kind of person: who may, who is refused, and that nobody sees another's data.

The table stands in permissions.md beside this file. After a change that is meant, write it anew with
`REWRITE_PERMISSIONS=1 pytest tests/flows/test_permissions.py` and read the difference.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.outbound import visible
from flows import action
from flows.errors import BadInput, FlowError, Outdated
from flows.events import Event, Sender
from flows.routes import Action
from flows.screen import Reply
from flows.step import step
from flows.turn import Turn, load_state
from knowledge.library import Library
from tests.support.databases import Sqlite
from tests.support.house import House
from tests.support.permission_args import TEXTS, action_of, declared
from tests.support.world import ROLES, World, furnish

TABLE = Path(__file__).with_name("permissions.md")
OURS, FOREIGN = "Melati", "Anggrek"
STRANGER = 990_000_001
KINDS = ("tamu", "unit lain", *(kind for kind, _, _ in ROLES))
OUTSIDE = ("tamu", "unit lain", "keluar", "Plt usai")
BY_LINK = frozenset({"JOIN", "JOIN_YES", "JOIN_READ", "JOIN_DECLINE", "CLAIM", "AGENCY_NAME"})
"""Whoever has a link reads what it invites to. (One's own data as a file name what one has been.)"""
ABOUT_EVIDENCE = (
    *("EVIDENCE", "LINK", "INTAKE", "LKE_ITEM", "LKE_HISTORY"),
    *("REVIEW", "SEARCH", "PROGRESS", "MEETING"),
)
ENTITLED = {"ketua", "koordinator", "penilai"}
"""Who sees the restricted piece of our unit; on every route nobody else does."""
MAY, WRONG, REFUSED = "✓", "!", "·"


class Ground:
    """A house with our unit and a foreign one; taps on it leave no trace."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ours = furnish(house, OURS, 910_000_000)
        self.foreign = furnish(house, FOREIGN, 920_000_000)
        self.routes = {n: r for n, r in declared().items() if r.name in action._handlers}

    def account(self, kind: str) -> int:
        """The Telegram account of one kind of person."""
        if kind == "tamu":
            return STRANGER
        return self.foreign.people["koordinator"] if kind == "unit lain" else self.ours.people[kind]

    def tap(
        self, session: Session, kind: str, wanted: Action, text: str = "Contoh isian"
    ) -> tuple[Reply, str]:
        """What the person gets, and how it went. Nothing of it is kept."""
        account = self.account(kind)
        raised: list[FlowError] = []
        connection = session.connection()
        connection.exec_driver_sql("SAVEPOINT tapped")
        try:
            event = Event(
                update_id=0,
                kind="tap",
                chat_id=account,
                sender=Sender(account, "Tamu"),
                text=text,
                action=wanted,
                message_id=1,
                callback_id="1",
            )
            state = load_state(session, event)
            turn = Turn(session, event, state, self.house.clock.now(), self.house.library, "contoh_pandu_bot")
            with noting(raised):
                reply = step(turn)
        finally:
            session.expunge_all()
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT tapped")
        if not reply.notice:
            return reply, MAY
        return reply, WRONG if raised and isinstance(raised[0], BadInput | Outdated) else REFUSED


class noting:  # noqa: N801
    """Remembers the refusals raised meanwhile."""

    def __init__(self, into: list[FlowError]) -> None:
        self.into = into
        self.plain = FlowError.__init__

    def __enter__(self) -> None:
        """Listen."""

        def heard(err: FlowError, *args: object, **facts: object) -> None:
            self.plain(err, *args, **facts)  # type: ignore[arg-type]
            self.into.append(err)

        FlowError.__init__ = heard  # type: ignore[method-assign, assignment]

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        FlowError.__init__ = self.plain  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def ground(sqlite: Sqlite, library: Library) -> Iterator[Ground]:
    """The two units."""
    house = House(sqlite.new(), library)
    yield Ground(house)
    house.close()


@pytest.fixture
def session(ground: Ground) -> Iterator[Session]:
    """One transaction that is rolled back."""
    opened = ground.house.db.writing()
    found = opened.__enter__()
    yield found
    found.rollback()
    found.close()


def said(reply: Reply) -> str:
    """Everything that a reply says, labels included."""
    parts = [reply.toast, reply.notice]
    if reply.screen is not None:
        parts.append(visible(reply.screen.text))
        parts += [button.label for row in reply.screen.rows for button in row]
        if reply.screen.media is not None:
            parts += [reply.screen.media.name, str(reply.screen.media.values)]
    return "\n".join(parts)


def where(kind: str, wanted: Action, reply: Reply) -> str:
    """For the message of a failure."""
    return f"{kind} · {wanted.pack()}: {said(reply)[:300]}"


def actions(ground: Ground, world: World) -> Iterator[tuple[str, Action, str]]:
    """Every route with this world's ids and the text that is typed with it."""
    for name, route in sorted(ground.routes.items()):
        yield name, action_of(name, route, world), TEXTS.get(name, "Contoh isian")


def test_who_may_do_what_is_as_the_table_says(ground: Ground, session: Session) -> None:
    lines = [f"| Rute | {' | '.join(KINDS)} |", "|---" * (len(KINDS) + 1) + "|"]
    for name, wanted, text in actions(ground, ground.ours):
        row = []
        for kind in KINDS:
            reply, how = ground.tap(session, kind, wanted, text)
            row.append(how)
            if kind in OUTSIDE and name not in BY_LINK | {"PRIVACY_EXPORT"}:
                assert OURS not in said(reply), where(kind, wanted, reply)
            assert kind in ENTITLED or f"Terbatas {OURS}" not in said(reply), where(kind, wanted, reply)
        lines.append(f"| {name} | {' | '.join(row)} |")
    made = (
        "# Who may do what\n\n"
        f"Generated by test_permissions.py. {MAY} done or shown, {WRONG} permitted but not with this text or "
        f"at this moment, {REFUSED} refused. The ketua and the anggota are of the item's area, ketua lain of "
        "another.\n\n" + "\n".join(lines) + "\n"
    )
    if os.environ.get("REWRITE_PERMISSIONS"):
        TABLE.write_text(made)
    assert TABLE.read_text() == made


@pytest.mark.parametrize("kind", ["anggota", "koordinator", "penilai", "wilayah", "admin"])
def test_forged_buttons_never_show_a_foreign_units_data(ground: Ground, session: Session, kind: str) -> None:
    for name, wanted, text in actions(ground, ground.foreign):
        reply, _ = ground.tap(session, kind, wanted, text)
        if name not in BY_LINK:
            assert FOREIGN not in said(reply), where(kind, wanted, reply)


def test_nonsense_and_stale_revisions_get_an_answer(ground: Ground, session: Session) -> None:
    stale = World(OURS, {**ground.ours.ids, "rev": 999, "seen": 0})
    odd = World(
        OURS, {word: -1 if isinstance(value, int) else "x'y" for word, value in ground.ours.ids.items()}
    )
    for world in (stale, odd):
        for name, wanted, _ in actions(ground, world):
            reply, _ = ground.tap(session, "koordinator", wanted, "")
            assert reply.screen is not None or name in {"ANNOUNCE_LEAVE"}, where("koordinator", wanted, reply)


def test_restricted_evidence_is_seen_by_those_entitled_only(ground: Ground, session: Session) -> None:
    """Its title and file name appear on no route of anybody else's."""
    world = World(OURS, {**ground.ours.ids, "evidence": ground.ours.ids["restricted"]})
    about = {n for n in ground.routes if n.startswith(ABOUT_EVIDENCE)}
    shown = set()
    for kind in KINDS:
        for name, wanted, text in actions(ground, world):
            if name not in about:
                continue
            reply, _ = ground.tap(session, kind, wanted, text)
            seen = f"Terbatas {OURS}" in said(reply)
            assert not seen or kind in ENTITLED, where(kind, wanted, reply)
            if seen and name == "EVIDENCE_SHOW":
                shown.add(kind)
    assert shown == ENTITLED
