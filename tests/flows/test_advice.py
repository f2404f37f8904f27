"""A pendamping advises on an item: it is heard and remembered, and changes nothing."""

import pytest
from sqlmodel import select

from flows import routes
from flows.advice.service import LIMIT
from flows.models import Answer, ItemWork, Outbox, Person, Pic
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id, history_of, open_item, rows_of
from tests.support.talk import Talk

ADVICE = "Tambahkan <tanggal> kegiatan pada tiap foto."


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def rina(house: House, unit: int) -> Talk:
    return house.member(unit, "pendamping", name="Rina Contoh")


def in_charge(house: House, unit: int, talk: Talk) -> None:
    at = assessment_id(house, unit)
    with house.writing() as session:
        me = session.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one()
        session.add(Pic(assessment_id=at, scope=CAMPAIGN, person_id=me, set_at=house.clock.now()))


def test_advice_reaches_pic_and_ketua_and_stands_in_the_history(house: House, unit: int, rina: Talk) -> None:
    dewi = house.member(unit, "anggota", "PW", "Dewi Contoh")
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    other = house.member(unit, "ketua", "MP", "Tono Contoh")
    in_charge(house, unit, dewi)
    open_item(dewi, CAMPAIGN).tap("B")
    open_item(rina, CAMPAIGN).tap("Beri saran")
    assert rina.text.startswith("Apa saran Anda untuk A.I.5.i.a?")
    assert "bukan nilai" in rina.text
    rina.type(ADVICE)
    assert "disampaikan kepada 2 orang" in rina.text + rina.toast
    house.send_due()
    for talk in (dewi, sari):
        assert talk.text.startswith("Saran pendamping untuk A.I.5.i.a")
        assert ADVICE in talk.text
        assert "Rina Contoh · Kantor Layanan Contoh. Isian Anda tidak berubah." in talk.text
    assert not any("Saran pendamping" in str(m.get("text")) for m in other.messages)
    dewi.tap("Lihat indikator").tap("Riwayat")
    assert f"Rina Contoh\nSaran pendamping: “{ADVICE}”" in dewi.text
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["answer", "advice"]
    answer = rows_of(house, select(Answer))[0]
    assert (answer.choice, answer.revision) == ("B", 1)
    assert rows_of(house, select(ItemWork)) == []


def test_without_pic_and_ketua_the_coordinators_hear_of_it(house: House, unit: int, rina: Talk) -> None:
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    open_item(rina, CAMPAIGN).tap("Beri saran").type(ADVICE)
    house.send_due()
    assert budi.text.startswith("Saran pendamping untuk A.I.5.i.a")


def test_what_is_too_long_is_not_cut_and_can_be_sent_again(house: House, unit: int, rina: Talk) -> None:
    house.member(unit, "koordinator", name="Budi Contoh")
    open_item(rina, CAMPAIGN).tap("Beri saran").type("x" * (LIMIT + 1))
    assert "belum dikirim" in rina.text
    assert history_of(house, CAMPAIGN) == []
    rina.type(ADVICE)
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["advice"]


@pytest.mark.parametrize("role", ["anggota", "koordinator", "penilai", "pimpinan", "wilayah"])
def test_nobody_else_advises(house: House, unit: int, role: str) -> None:
    talk = house.member(unit, role, "PW" if role == "anggota" else None)
    at = assessment_id(house, unit)
    assert "Beri saran" not in open_item(talk, CAMPAIGN).labels
    talk.tap_data(routes.ADVICE_SAVE(at, CAMPAIGN).pack())
    assert "Saran diberikan pendamping TPI" in talk.text + talk.toast
    assert history_of(house, CAMPAIGN) == []


def test_an_update_that_comes_twice_tells_once(house: House, unit: int, rina: Talk) -> None:
    house.member(unit, "koordinator", name="Budi Contoh")
    open_item(rina, CAMPAIGN).tap("Beri saran").type(ADVICE)
    house.process(*rina.last_updates)
    keys = [row.key for row in rows_of(house, select(Outbox)) if row.key.startswith("saran:")]
    assert len(keys) == 1
    assert len(history_of(house, CAMPAIGN)) == 1


def test_advice_is_no_change_of_what_was_endorsed(house: House, unit: int, rina: Talk) -> None:
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    hadi = house.member(unit, "pimpinan", name="Hadi Contoh")
    open_item(budi, CAMPAIGN).tap("B")
    hadi.type("/pengesahan").tap("Sahkan").tap("Ya, sahkan")
    house.advance(minutes=5)
    open_item(rina, CAMPAIGN).tap("Beri saran").type(ADVICE)
    assert "LKE belum berubah sejak disahkan." in hadi.type("/pengesahan").text
    open_item(budi, CAMPAIGN).tap("A")
    assert "LKE belum berubah" not in hadi.type("/pengesahan").text
    assert "1 isian" in hadi.text
