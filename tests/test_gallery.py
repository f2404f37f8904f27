"""Every screen of every role: limits, markup, a way on, labels that fit a phone, buttons that work."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.demo import sample
from bot.demo.html import parse
from bot.outbound import length, visible
from flows import action, routes
from flows.board.standing import compute
from flows.models import Agency, ApiToken, Unit
from flows.routes import MAX_PACKED_BYTES, handler_of, unpack
from flows.step import NOTICE_ROOM
from knowledge.library import Library
from tests.support.databases import Sqlite
from tests.support.gallery import Shot, tap, walk
from tests.support.house import House

MAX_LABEL = 42
MAX_ROW_CHARACTERS = 44


@pytest.fixture(scope="module")
def house(sqlite: Sqlite, library: Library) -> Iterator[House]:
    """A house with the sample agency."""
    made = House(sqlite.new(), library)
    with made.writing() as session:
        sample.fill(session, made.clock.now())
        units = [unit_id for unit_id in session.exec(select(Unit.id)).all() if unit_id is not None]
        agency_id = session.exec(select(Agency.id)).first() or 0
        for label, digest in (("Dasbor pimpinan", "0" * 64), ("Dasbor biro", None)):
            session.add(ApiToken(agency_id=agency_id, label=label, digest=digest, made_at=made.clock.now()))
        compute(session, library, units, made.clock.now())  # as the board's job does: its lists are not empty
    yield made
    made.close()


@pytest.fixture(scope="module")
def shots(house: House) -> list[Shot]:
    """Every screen that the cast can reach."""
    return [shot for person in sample.people() for shot in walk(house, person.user_id, person.role_label)]


def _where(shot: Shot) -> str:
    return f"{shot.person} · {shot.via.pack()}"


def test_the_gallery_is_not_empty(shots: list[Shot]) -> None:
    assert len(shots) > 150
    assert len({s.person for s in shots}) == len(sample.CAST)


def test_every_screen_is_valid_telegram_html_within_the_limit(shots: list[Shot]) -> None:
    for shot in shots:
        parse(shot.screen.text)
        assert 0 < length(shot.screen.text) <= 4096 - NOTICE_ROOM, _where(shot)


def test_every_screen_says_its_point_first_and_leaves_a_blank_line(shots: list[Shot]) -> None:
    for shot in shots:
        lines = visible(shot.screen.text).split("\n")
        assert lines[0].strip(), _where(shot)
        if shot.reply.shown is not None and shot.reply.shown.route == routes.TOPIC.name:
            continue  # an answer is prose, its first sentence is the point
        assert len(lines) == 1 or lines[1] == "" or len(lines[0]) < 90, _where(shot)


def test_every_screen_has_a_way_on(shots: list[Shot]) -> None:
    for shot in shots:
        assert any(b.action is not None for row in shot.screen.rows for b in row), _where(shot)


def test_every_button_reaches_a_handler_and_fits_telegram(shots: list[Shot]) -> None:
    for shot in shots:
        for row in shot.screen.rows:
            for button in row:
                if button.action is None:
                    assert button.copy or button.url.startswith("https://"), _where(shot)
                    continue
                packed = button.action.pack()
                assert len(packed.encode()) <= MAX_PACKED_BYTES, _where(shot)
                assert unpack(packed) == button.action, _where(shot)
                assert callable(handler_of(button.action)), _where(shot)


def test_labels_fit_a_phone(shots: list[Shot]) -> None:
    for shot in shots:
        for row in shot.screen.rows:
            assert 1 <= len(row) <= 6, _where(shot)
            for button in row:
                assert button.label.strip() == button.label != "", _where(shot)
                assert len(button.label) <= MAX_LABEL, f"{_where(shot)}: {button.label}"
            assert sum(len(b.label) + 2 for b in row) <= MAX_ROW_CHARACTERS or len(row) == 1, (
                f"{_where(shot)}: {[b.label for b in row]}"
            )


def test_no_button_that_is_shown_is_refused_to_who_sees_it(house: House, shots: list[Shot]) -> None:
    ids = {p.role_label: p.user_id for p in sample.people()}
    for shot in shots:
        if shot.reply.shown != shot.via:
            continue  # reached by doing something, which the walk has taken back
        for row in shot.screen.rows:
            for button in row:
                if button.action is not None:
                    reply = tap(house, ids[shot.person], button.action)
                    assert reply.notice == "", f"{_where(shot)} → {button.label}: {reply.notice}"


def test_the_interface_never_says_what_it_must_not(shots: list[Shot]) -> None:
    forbidden = re.compile(r"\b(kamu|gue|dijamin lulus|terjadi kesalahan)\b|!!", re.IGNORECASE)
    for shot in shots:
        found = forbidden.search(visible(shot.screen.text))
        assert found is None, f"{_where(shot)}: {found}"


def test_toasts_fit(shots: list[Shot]) -> None:
    for shot in shots:
        assert len(shot.reply.toast) <= 200, _where(shot)
        assert len(shot.reply.notice) <= NOTICE_ROOM, _where(shot)


def test_every_route_has_a_handler() -> None:
    missing = [name for name in routes.all_routes() if name not in action._handlers]
    assert missing == []
