"""Siap diusulkan when nothing is missing, one thing at a time; and what an assessor leaves behind."""

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from flows import routes
from flows.checklist import stored
from flows.models import (
    ASSESSOR_SIDE,
    Answer,
    Assessment,
    EligibilityAnswer,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Survey,
    TpiAssignment,
    TpiFinding,
    TpiNote,
)
from flows.readiness import conditions
from knowledge.answers import Item, best_answer
from tests.flows.test_assess import FINDING, Office
from tests.support.house import House
from tests.support.lke import CAMPAIGN, rows_of


@pytest.fixture
def office(house: House) -> Office:
    made = Office(house)
    made.ani.type("/menu")
    return made


def perfect(house: House, office: Office) -> None:
    """Every item at its best on both sides, one piece of evidence for all, every condition met."""
    at = house.clock.now()
    instrument = house.library.instrument("lke-2021")
    with house.writing() as session:
        theirs = Assessment(unit_id=office.unit, year=2027, side=ASSESSOR_SIDE, instrument_id="lke-2021",
                            created_at=at)  # fmt: skip
        session.add(theirs)
        piece = Evidence(unit_id=office.unit, title="Bukti", dated_on=date(2027, 1, 12), made_at=at)
        session.add(piece)
        session.flush()
        session.add(EvidenceVersion(evidence_id=piece.id or 0, kind="link", url="https://contoh.go.id/b",
                                    link_state="open", made_at=at))  # fmt: skip
        items: list[Item] = [*instrument.area_order, *instrument.results]
        for item in items:
            choice, inputs = stored.columns(best_answer(item))
            for assessment_id in (office.lke, theirs.id or 0):
                session.add(Answer(assessment_id=assessment_id, item_id=item.id, choice=choice, inputs=inputs,
                                   answered_at=at))  # fmt: skip
            session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=office.lke, item_id=item.id,
                                    made_at=at))  # fmt: skip
        for kind in ("SPAK", "SPKP"):
            session.add(Survey(unit_id=office.unit, kind=kind, year=2026, part="S2", index_10k=39_000,
                               added_at=at, changed_at=at))  # fmt: skip
        _conditions(session, office, house)


def _conditions(session: Session, office: Office, house: House) -> None:
    at = house.clock.now()
    given: dict[str, Any] = {"agency_id": office.agency, "answered_at": at}
    session.add(EligibilityAnswer(**given, unit_id=0, year=0, line_id=conditions.KIND_LINE, value="kl"))
    for line in conditions.process().eligibility:
        unit_id = office.unit if line.owner == "unit" else 0
        session.add(EligibilityAnswer(**given, unit_id=unit_id, year=2027, line_id=line.id, value="ya"))


def first_round(office: Office) -> None:
    """Ketua opens round 1; both sign."""
    office.tono.type("/nilai").tap("1").tap("Buka putaran 1")
    office.signs()


@pytest.mark.db
def test_a_unit_with_nothing_missing_is_ready_and_each_lack_says_so(house: House, office: Office) -> None:
    office.forms_team()
    perfect(house, office)
    first_round(office)

    def said() -> str:
        office.budi.type("/kesiapan").tap("Siap diusulkan?")
        return office.budi.text

    assert said().startswith("Siap diusulkan WBK: tidak ada yang kurang.")
    assert "✓ Semua syarat nilai WBK memenuhi pada nilai TPI putaran 1 (" in office.budi.text
    with house.writing() as session:
        session.exec(select(EvidenceVersion)).one().link_state = "locked"
    assert "! Bukti dukung 110 indikator: 110 tautan terkunci" in said()
    with house.writing() as session:
        session.exec(select(EvidenceVersion)).one().link_state = "open"
        session.exec(select(Evidence)).one().dated_on = date(2024, 1, 12)
    assert "! Bukti dukung 110 indikator: 110 semua bukti di luar rentang" in said()
    with house.writing() as session:
        session.exec(select(Evidence)).one().dated_on = date(2027, 1, 12)
        lines = session.exec(select(EligibilityAnswer).where(EligibilityAnswer.unit_id == office.unit)).all()
        lines[0].value = "tidak"
    assert "belum memenuhi" in said()
    with house.writing() as session:
        for line in session.exec(select(EligibilityAnswer)).all():
            line.value = "kl" if line.line_id == conditions.KIND_LINE else "ya"
    assert said().startswith("Siap diusulkan WBK")
    # The signed score counts, not what the unit answers since; and a running round must end first.
    with house.writing() as session:
        for row in session.exec(select(Answer).where(Answer.assessment_id == office.lke)).all():
            row.choice, row.inputs = None, None
    assert said().startswith("Siap diusulkan WBK")
    office.tono.tap_data(routes.ROUND_OPEN(office.lke, 2).pack())
    assert "! Putaran 2 penilaian TPI masih berjalan" in said()


@pytest.mark.db
def test_an_assessor_takes_their_data_home_and_leaves_nothing_private(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.card(office.rina).tap("Catatan internal").type("Perlu dicek silang.")
    office.card(office.rina).tap("Catatan untuk unit").type(FINDING)
    office.rina.type("/privasi").tap("Unduh data saya")
    sent = [m for m in office.rina.messages if "document" in m][-1]["document"]
    data = json.loads(house.standin.store.content(sent["file_id"]) or b"{}")
    assert [row["tingkat"] for row in data["penugasan_tpi"]] == ["anggota"]
    assert [row["isi"] for row in data["catatan_internal_tpi"]] == ["Perlu dicek silang."]
    assert [row["catatan"] for row in data["catatan_tpi"]] == [FINDING]
    office.rina.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    assert rows_of(house, select(TpiNote)) == []
    ended = rows_of(house, select(TpiAssignment).where(TpiAssignment.tier == "anggota"))
    assert ended[0].ended_at is not None
    assert [row.text for row in rows_of(house, select(TpiFinding))] == [FINDING]
    office.ani.tap_data(routes.TPI_TEAM(office.unit).pack())
    assert "Rina" not in office.ani.text
    office.card(office.tono, CAMPAIGN)
    assert "Catatan (rancangan)" in office.tono.text
