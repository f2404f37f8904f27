"""What goes wrong is logged by number, route and kind: never what was written, who wrote it, or a secret."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot import log
from flows import action as actions
from flows import outbox, routes
from flows.turn import Turn
from knowledge.library import Library
from tests.support.house import House

TOKEN = "123456789:AAHrahasia_sekali-xyz"
SAID = "pelapor wbs itu Pak Darmo"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Logging as a process sets it up, and its standard error."""
    error = io.StringIO()
    monkeypatch.setattr(sys, "stderr", error)
    log.configure("DEBUG", "json")
    yield error
    structlog.reset_defaults()
    logging.basicConfig(force=True)


def test_a_failure_is_logged_without_names_texts_and_secrets(
    database_url: str, library: Library, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(database_url, library)
    try:
        unit = house.unit("Kantor Rahasia Negara")
        budi = house.member(unit, "koordinator", name="Budi Rahasia")

        def broken(_turn: Turn) -> None:
            raise ValueError(f"{SAID} {TOKEN} Budi Rahasia")

        monkeypatch.setitem(actions._handlers, routes.HELP.name, broken)
        budi.type("/bantuan").type(SAID).send_file(f"{SAID}.exe", b"MZ", caption=SAID)
        house.settle()
        house.standin.faults.add(method="sendMessage", chat_id=budi.user_id, kind="blocked")
        with house.writing() as session:
            message = outbox.Message("kabar:1", budi.user_id, text=f"{SAID} untuk Budi Rahasia")
            outbox.add(session, [message], house.clock.now())
        house.send_due()
    finally:
        house.close()
    events = [json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{")]
    failed = [e for e in events if e["event"] == "update_failed"]
    assert [(e["route"], e["error"]) for e in failed] == [("bantuan", "ValueError")]
    assert any(e["event"] == "send_failed" for e in events)
    for secret in (TOKEN, "rahasia_sekali", SAID, "Darmo", "Budi Rahasia", "Rahasia Negara"):
        assert secret not in written.getvalue()


def test_what_looks_like_a_token_never_leaves(written: io.StringIO) -> None:
    log.get().error("uji", where=f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "<token>" in written.getvalue()
    assert "rahasia_sekali" not in written.getvalue()
