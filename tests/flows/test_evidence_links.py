"""Links as evidence: what is said about open and locked ones, of ordinary and of restricted pieces."""

import pytest
from sqlmodel import col, select

from flows import routes
from flows.models import Agency, EvidenceVersion, Intake, Membership, Person, Pic, Unit
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id
from tests.support.talk import Talk

CONFIDENTIAL = "PW.P.1.b"
OPEN_LINK = "https://drive.google.com/drive/folders/buka"
LOCKED_LINK = "https://drive.google.com/drive/folders/terkunci"
ADVICE_TO_OPEN = "Ubah akses"


@pytest.fixture
def unit_id(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit_id: int) -> Talk:
    """PIC of an indicator whose evidence is restricted, and of an ordinary one."""
    talk = house.member(unit_id, "anggota", "PW")
    at = assessment_id(house, unit_id)
    with house.writing() as session:
        me = session.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one()
        for item in (CONFIDENTIAL, CAMPAIGN):
            session.add(Pic(assessment_id=at, scope=item, person_id=me, set_at=house.clock.now()))
    return talk


def sent_to(talk: Talk, item_id: str, text: str) -> Talk:
    talk.type("/menu").tap_data(routes.EVIDENCE_ADD(item_id).pack()).type(text)
    talk.house.send_due()
    return talk


def save(talk: Talk) -> Talk:
    row = talk.house.read(lambda s: s.exec(select(Intake).order_by(col(Intake.id).desc())).first())
    talk.tap_data(routes.INTAKE_SAVE(row.id, row.revision).pack())
    talk.house.send_due()
    return talk


def look_becomes(house: House, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    monkeypatch.setattr(house.links, "_look", lambda _url: state)


def version_of(house: House) -> EvidenceVersion:
    found: EvidenceVersion = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    return found


def test_an_ordinary_locked_link_is_saved_with_what_to_do(budi: Talk) -> None:
    save(sent_to(budi, CAMPAIGN, f"{LOCKED_LINK} 12 januari 2027"))
    assert budi.text.startswith(
        "Tautan tersimpan, tetapi masih terkunci: penilai akan diminta masuk akun.\n\nUbah akses folder, "
    )
    assert "jangan dibuka untuk umum" in budi.text
    assert budi.labels == ["Cek lagi", "Tandai terbatas", "Nanti saja"]


def test_nobody_is_told_to_open_a_restricted_link(budi: Talk) -> None:
    sent_to(budi, CONFIDENTIAL, f"{LOCKED_LINK} 12 januari 2027")
    closed = "Tautan tidak terbuka untuk umum, dan itu sudah benar: bukti ini terbatas. Beri akses ke alamat "
    assert closed in budi.text
    assert ADVICE_TO_OPEN not in budi.text
    save(budi)
    assert budi.text.startswith(f"✓ Tautan tersimpan sebagai bukti terbatas.\n\n{closed}")
    assert ADVICE_TO_OPEN not in budi.text
    budi.tap("Cek lagi")
    budi.house.send_due()
    assert closed in budi.text
    assert ADVICE_TO_OPEN not in budi.text


def test_a_restricted_link_that_everybody_can_open_is_said(budi: Talk) -> None:
    sent_to(budi, CONFIDENTIAL, f"{OPEN_LINK} 12 januari 2027")
    public = "! Tautan terbuka untuk umum, padahal bukti ini terbatas. Tutup aksesnya, lalu beri akses ke "
    assert public in budi.text
    assert public in save(budi).text


def test_an_open_link_of_an_ordinary_piece_needs_no_word(budi: Talk) -> None:
    sent_to(budi, CAMPAIGN, f"{OPEN_LINK} 12 januari 2027")
    assert "terkunci" not in budi.text
    assert "terbuka" not in budi.text


def test_a_link_that_was_locked_is_told_with_its_unit_whichever_is_open(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(sent_to(budi, CAMPAIGN, f"{OPEN_LINK} foto kampanye 12 januari 2027"))
    other = _second_unit(house, budi)
    budi.type("/menu").tap_data(routes.UNIT_OPEN(other).pack())
    look_becomes(house, monkeypatch, "locked")
    house.advance(days=16)
    assert budi.text.startswith("Tautan bukti “foto kampanye 12 januari 2027” kini terkunci.\n\n")
    assert "Kantor Layanan Contoh · https://drive.google.com" in budi.text
    budi.tap("Lihat bukti")
    assert "Tautan terkunci: https://drive.google.com" in budi.text
    assert "Cek lagi" in budi.labels


def test_a_restricted_link_is_told_when_it_opens_and_not_when_it_closes(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(sent_to(budi, CONFIDENTIAL, f"{OPEN_LINK} rekap 12 januari 2027"))
    look_becomes(house, monkeypatch, "locked")
    before = len(budi.messages)
    house.advance(days=16)
    assert version_of(house).link_state == "locked"
    assert len(budi.messages) == before, "that is as it should be"
    look_becomes(house, monkeypatch, "open")
    house.advance(days=16)
    assert len(budi.messages) == before + 1
    assert budi.text.startswith("Tautan bukti “rekap 12 januari 2027” kini terbuka untuk umum.")


def test_news_that_is_no_longer_true_or_not_for_this_person_says_nothing(
    house: House, budi: Talk, unit_id: int
) -> None:
    save(sent_to(budi, CAMPAIGN, f"{OPEN_LINK} 12 januari 2027"))
    evidence_id = version_of(house).evidence_id
    budi.tap_data(routes.LINK_TOLD(evidence_id).pack())
    assert "kini terkunci" not in budi.text, "it is open"
    save(sent_to(budi, CONFIDENTIAL, f"{LOCKED_LINK} rahasia 12 januari 2027"))
    restricted = house.read(
        lambda s: s.exec(select(EvidenceVersion).order_by(col(EvidenceVersion.id).desc())).first()
    ).evidence_id
    dewi = house.member(unit_id, "anggota", "MP", "Dewi Contoh")
    dewi.type("/menu").tap_data(routes.EVIDENCE_OPEN(restricted).pack())
    assert "rahasia" not in dewi.text


def _second_unit(house: House, talk: Talk) -> int:
    """Another unit of the same agency in which the person works too."""
    agency = house.read(lambda s: s.exec(select(Agency.id)).one())
    other = house.unit("Kantor Kedua Contoh", agency)
    with house.writing() as session:
        me = session.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one()
        unit = session.get_one(Unit, other)
        session.add(
            Membership(
                person_id=me or 0,
                agency_id=unit.agency_id,
                unit_id=other,
                role="anggota",
                created_at=house.clock.now(),
            )
        )
    return other
