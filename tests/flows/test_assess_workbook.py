"""The workbook as a way of judging: it writes to the running round, and to none once that is signed."""

import io
import json
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from flows import routes
from flows.models import ASSESSOR_SIDE, Answer, Assessment, TpiRound
from knowledge.instrument import Instrument
from tests.flows.test_assess import REASON, TEAM, Office
from tests.support.documents import at, edited, fetch, send_back
from tests.support.house import House
from tests.support.lke import CAMPAIGN, rows_of

VALUE, WHY = "Q", "T"
"""Columns of the assessors' answer and reason on the answer sheet."""


@pytest.fixture
def office(house: House) -> Office:
    made = Office(house)
    made.ani.type("/menu")
    made.answers()
    made.forms_team()
    return made


@pytest.fixture
def lke(house: House) -> Instrument:
    return house.library.instrument("lke-2021")


def sheets_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def values(house: House) -> dict[str, str | None]:
    query = (
        select(Answer)
        .join(Assessment, col(Assessment.id) == col(Answer.assessment_id))
        .where(Assessment.side == ASSESSOR_SIDE)
        .order_by(col(Answer.item_id))
    )
    return {row.item_id: row.choice for row in rows_of(house, query)}


@pytest.mark.db
def test_columns_of_the_assessors_open_round_1_and_are_refused_once_it_is_signed(
    house: House, office: Office, lke: Instrument
) -> None:
    office.rina.type("/nilai").tap("1")
    _, data = fetch(house, office.rina, "LKE Excel")
    send_back(house, office.rina, edited(data, {
        at(lke, TEAM, VALUE): "Ya", at(lke, CAMPAIGN, VALUE): "B", at(lke, CAMPAIGN, WHY): REASON,
    }))  # fmt: skip
    office.rina.tap("Simpan 3 perubahan")
    assert values(house) == {TEAM: "Ya", CAMPAIGN: "B"}
    assert [row.no for row in rows_of(house, select(TpiRound))] == [1]
    office.card(office.tono, "PW.R.2.a").tap("Sama dengan unit")
    _, data = fetch(house, office.rina, "LKE Excel")
    late = edited(data, {at(lke, CAMPAIGN, VALUE): "C"})
    send_back(house, office.rina, late)
    waiting = office.rina.data_of("Simpan 1 perubahan")
    office.signs()
    office.rina.tap_data(waiting)
    assert values(house)[CAMPAIGN] == "B"
    send_back(house, office.rina, late)
    assert "1 nilai atau catatan TPI tidak diterapkan: putaran sudah disahkan" in office.rina.text
    assert "Simpan" not in " ".join(office.rina.labels)
    office.tono.tap_data(routes.ROUND_OPEN(office.lke, 2).pack())
    send_back(house, office.rina, late)
    office.rina.tap("Simpan 1 perubahan")
    assert values(house)[CAMPAIGN] == "C"
    signed = rows_of(house, select(TpiRound).where(TpiRound.no == 1))[0]
    assert signed.values[CAMPAIGN] == ["B", None, REASON]


@pytest.mark.db
def test_the_unit_downloads_what_was_signed_and_nothing_in_progress(
    house: House, office: Office, lke: Instrument
) -> None:
    office.judges()
    cells = at(lke, CAMPAIGN, VALUE), at(lke, CAMPAIGN, WHY)
    for talk, seen in ((office.budi, (None, None)), (office.rina, ("B", REASON))):
        talk.tap_data(routes.UNIT_OPEN(office.unit).pack())
        _, data = fetch(house, talk, "LKE Excel")
        sheet = sheets_of(data)["LKE ZI"]
        assert tuple(sheet[cell].value or None for cell in cells) == seen
    _, plain = fetch(house, office.budi, "Data JSON")
    assert json.loads(plain)["nilai_tpi"] is None
    office.signs()
    office.tono.tap_data(routes.ROUND_OPEN(office.lke, 2).pack())
    office.card(office.rina).tap("C")
    _, data = fetch(house, office.budi, "LKE Excel")
    sheet = sheets_of(data)["LKE ZI"]
    assert tuple(sheet[cell].value for cell in cells) == ("B", REASON)


def test_a_member_of_the_team_applies_only_their_areas(house: House, office: Office, lke: Instrument) -> None:
    office.ani.tap_data(routes.TPI_TEAM(office.unit).pack())
    line = next(line for line in office.ani.text.splitlines() if "Rina" in line)
    office.ani.tap(line.split()[0]).tap("Area 5")
    office.rina.type("/menu").tap_data(routes.UNIT_OPEN(office.unit).pack())
    _, data = fetch(house, office.rina, "LKE Excel")
    send_back(house, office.rina, edited(data, {
        at(lke, TEAM, VALUE): "Ya", at(lke, CAMPAIGN, VALUE): "B",
    }))  # fmt: skip
    assert "1 perubahan di luar bagian Anda tidak diterapkan: A.I.1.i.a." in office.rina.text
    office.rina.tap("Simpan 1 perubahan")
    assert values(house) == {CAMPAIGN: "B"}
