"""What is deleted by itself, kind by kind, and that /privasi names the very same days."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from bot.heartbeat import tidy_once
from flows import retention, routes
from flows.models import (
    AnswerChange,
    ChatState,
    Draft,
    Evidence,
    EvidenceVersion,
    Intake,
    Job,
    JoinRequest,
    LkeImport,
    Outbox,
    Person,
    SeenUpdate,
    StoredFile,
    Unit,
    UnitRequest,
)
from flows.registration.service import payload_of
from tests.support import pictures
from tests.support.house import House
from tests.support.lke import assessment_id
from tests.support.talk import Talk

ITEM = "PW.P.1.a"
CAPTION = "sosialisasi di loket 12 jan"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def count(house: House, table: Any) -> int:
    return int(house.read(lambda s: s.exec(select(func.count()).select_from(table)).one()))


def intakes(house: House) -> list[Intake]:
    return list(house.read(lambda s: s.exec(select(Intake).order_by(col(Intake.id))).all()))


def send(talk: Talk, data: bytes) -> Intake:
    talk.type("/menu").tap_data(routes.EVIDENCE_ADD(ITEM).pack()).send_file(
        "notula.pdf", data, caption=CAPTION
    )
    talk.house.send_due()
    found: Intake = talk.house.read(lambda s: s.exec(select(Intake).order_by(col(Intake.id).desc())).first())
    return found


def save(talk: Talk, data: bytes) -> Intake:
    row = send(talk, data)
    talk.tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    talk.house.send_due()
    return row


def pass_days(house: House, days: float) -> None:
    """The calendar alone: nothing is ticked, then the cleaning comes by."""
    house.clock.set_to(house.clock.now() + timedelta(days=days))
    tidy_once(house.edge)


@pytest.mark.db
def test_what_was_cancelled_is_deleted_and_what_was_saved_loses_its_words(house: House, budi: Talk) -> None:
    kept = save(budi, pictures.pdf(note="satu"))
    gone = send(budi, pictures.pdf(note="dua"))
    budi.tap_data(routes.INTAKE_CANCEL(gone.id or 0).pack())
    pass_days(house, retention.ENDED_DAYS - 1)
    assert [row.caption for row in intakes(house)] == [CAPTION, CAPTION]
    pass_days(house, 2)
    saved, cancelled = intakes(house)
    for row in (saved, cancelled):
        assert (row.caption, row.chat_id, row.proposal) == ("", 0, {})
    assert [set(part) for part in saved.parts] == [{"sha256", "kind"}]
    assert cancelled.parts == []
    assert count(house, Evidence) == 1
    budi.tap_data(routes.INTAKE_SAVED(kept.id or 0).pack())
    assert "Tersimpan." in budi.text, "an old button still has an answer"
    budi.tap_data(routes.INTAKE(gone.id or 0).pack())
    assert "dibatalkan" in budi.text
    again = send(budi, pictures.pdf(note="satu"))
    assert again.proposal["findings"][0]["code"] == "duplicate", "the same bytes are still known"


@pytest.mark.db
def test_the_bytes_of_removed_evidence_go_after_a_year_and_its_history_stays(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.check_store.FRESH_SECONDS", -1.0)
    save(budi, pictures.pdf(note="tetap"))
    save(budi, pictures.pdf(note="dihapus"))
    evidence = house.read(lambda s: s.exec(select(Evidence).order_by(col(Evidence.id).desc())).first())
    budi.tap_data(routes.EVIDENCE_REMOVE(evidence.id, evidence.revision).pack())
    pass_days(house, retention.REMOVED_DAYS - 1)
    assert len(list(house.edge.store.keys())) == 2
    pass_days(house, 2)
    assert len(list(house.edge.store.keys())) == 1
    assert count(house, StoredFile) == 1
    versions = house.read(
        lambda s: s.exec(select(EvidenceVersion).where(EvidenceVersion.evidence_id == evidence.id)).all()
    )
    assert [(v.sha256, v.file_name, v.findings) for v in versions] == [(None, "", ["gone"])]
    kinds = house.read(lambda s: s.exec(select(AnswerChange.kind).order_by(col(AnswerChange.id))).all())
    assert list(kinds) == ["evidence", "evidence", "evid_gone"]


@pytest.mark.db
def test_a_request_that_came_to_nothing_takes_its_person_along(house: House, budi: Talk, unit: int) -> None:
    budi.type("/tim").tap("Undang anggota").tap("Anggota per area").tap("Area 5")
    joko = house.stranger("Joko Contoh")
    payload = house.read(lambda s: _newest_payload(s))
    joko.start(payload).tap("Setuju, bergabung")
    request = house.read(lambda s: s.exec(select(JoinRequest)).one())
    budi.tap_data(routes.JOIN_DECIDE(request.id, 0).pack())
    wisher = house.stranger("Wati Contoh")
    with house.writing() as session:
        person = Person(telegram_id=wisher.user_id, name="Wati Contoh", created_at=house.clock.now())
        session.add(person)
        session.flush()
        session.add(UnitRequest(person_id=person.id or 0, unit_name="Kantor X", created_at=house.clock.now()))
    house.send_due()
    pass_days(house, retention.REFUSED_DAYS - 1)
    names = house.read(lambda s: s.exec(select(Person.name)).all())
    assert "Joko Contoh" in names
    pass_days(house, 2)
    left = house.read(lambda s: s.exec(select(Person).order_by(col(Person.id))).all())
    assert [(p.name, p.telegram_id is None) for p in left] == [
        ("Budi Contoh", False),
        ("Mantan anggota", True),
        ("Wati Contoh", False),
    ], "who still waits is kept"
    states = house.read(lambda s: s.exec(select(ChatState.telegram_id)).all())
    assert joko.user_id not in states


def _newest_payload(session: Any) -> str:
    from flows.models import Invite

    invite = session.exec(select(Invite).order_by(col(Invite.id).desc())).first()
    return payload_of(session, invite)


def test_typed_texts_and_unused_sheets_go(house: House, budi: Talk, unit: int) -> None:
    at = house.clock.now()
    with house.writing() as session:
        session.add(Draft(chat_id=budi.user_id, telegram_id=budi.user_id, text="rahasia", at=at))
        for state in ("cancelled", "failed", "applied"):
            session.add(
                LkeImport(
                    assessment_id=assessment_id(house, unit),
                    unit_id=unit,
                    person_id=1,
                    chat_id=budi.user_id,
                    file_name="lke.xlsx",
                    state=state,
                    created_at=at,
                )
            )
    pass_days(house, retention.DRAFT_DAYS - 1)
    assert count(house, Draft) == 1
    pass_days(house, 2)
    assert count(house, Draft) == 0
    pass_days(house, retention.ENDED_DAYS)
    sheets = house.read(lambda s: s.exec(select(LkeImport).order_by(col(LkeImport.id))).all())
    assert [(row.state, row.file_name) for row in sheets] == [
        ("cancelled", ""),
        ("cancelled", ""),
        ("applied", "lke.xlsx"),
    ]


def test_updates_messages_and_jobs_go_by_the_real_clock(house: House, budi: Talk) -> None:
    now = datetime.now(UTC)
    with house.writing() as session:
        for number, days in enumerate((6, 8)):
            session.add(SeenUpdate(bot_id=9, update_id=number, shown="menu", at=now - timedelta(days=days)))
        for number, (state, days) in enumerate(
            [("sent", 29), ("sent", 31), ("dropped", 31), ("waiting", 31)]
        ):
            at = now - timedelta(days=days)
            session.add(Outbox(key=f"lama:{number}", chat_id=1, text="x", state=state, created_at=at))
            session.add(Job(key=f"lama:{number}", kind="lain", state=state, created_at=at, due_at=9e12))
    tidy_once(house.edge)
    seen = house.read(lambda s: s.exec(select(SeenUpdate.update_id).where(SeenUpdate.bot_id == 9)).all())
    assert list(seen) == [0]
    messages = house.read(lambda s: s.exec(select(Outbox.key).order_by(Outbox.key)).all())
    jobs = house.read(lambda s: s.exec(select(Job.key).order_by(Job.key)).all())
    for keys in (messages, jobs):
        assert [k for k in keys if k.startswith("lama")] == ["lama:0", "lama:3"]


def test_the_days_that_people_read_are_the_days_that_are_kept(house: House, budi: Talk) -> None:
    budi.type("/privasi")
    assert f"dihapus setelah {retention.SEEN_DAYS} hari" in budi.text
    budi.tap("Rincian")
    for said in (
        f"dibuang {retention.REMOVED_DAYS} hari kemudian",
        f"dihapus {retention.ENDED_DAYS} hari setelah selesai",
        f"paling lama {retention.DRAFT_DAYS} hari",
        f"nomor akunnya dihapus setelah {retention.REFUSED_DAYS} hari",
        f"setelah {retention.SENT_DAYS} hari",
    ):
        assert said in budi.text


def test_people_with_a_role_or_a_past_one_are_left_alone(house: House, budi: Talk, unit: int) -> None:
    house.member(unit, "anggota", "PW", "Dewi Contoh")
    pass_days(house, 4 * retention.REMOVED_DAYS)
    names = house.read(lambda s: s.exec(select(Person.name).order_by(col(Person.id))).all())
    assert list(names) == ["Budi Contoh", "Dewi Contoh"]
    assert count(house, Unit) == 1
