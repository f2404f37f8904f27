"""The pakta integritas: signed sheets count, taps do not, and nobody is pressed or named before others."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from bot import check_store
from bot.heartbeat import tidy_once
from flows import outbox, routes, words
from flows.models import (
    Deadline,
    Invite,
    Launch,
    Membership,
    Outbox,
    PactSheet,
    PactSigner,
    Person,
    StoredFile,
)
from flows.pact import personal, service
from flows.registration.service import payload_of
from tests.support import pictures
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.talk import Talk

PDF = "application/pdf"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", None, "Budi Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    return house.member(unit, "anggota", "MP", "Dewi Contoh")


def sends(house: House, talk: Talk, data: bytes, name: str = "pakta.pdf", caption: str = "") -> Talk:
    """Send a sheet where the person stands, and wait until it has been read."""
    talk.send_file(name, data, PDF, caption)
    assert "sedang diperiksa" in talk.text
    house.settle()
    return talk


def signers(house: House) -> list[PactSigner]:
    return rows_of(house, select(PactSigner).order_by(col(PactSigner.id)))


def sheets(house: House) -> list[PactSheet]:
    return rows_of(house, select(PactSheet).order_by(col(PactSheet.id)))


def comes(house: House, unit: int, name: str) -> Talk:
    """Somebody new joins by the open link of the team."""
    with house.writing() as session:
        now = house.clock.now()
        invite = Invite(agency_id=1, unit_id=unit, role="anggota", area="PW", created_at=now,
                        expires_at=now + timedelta(days=7), open_until=now + timedelta(days=7))  # fmt: skip
        session.add(invite)
        session.flush()
        payload = payload_of(session, invite)
    talk = house.stranger(name).start(payload).tap("Setuju, bergabung")
    with house.writing() as session:  # ten minutes pass by the database's own clock
        for row in session.exec(select(Outbox).where(Outbox.state == "waiting")).all():
            assert 0 < row.due_at - outbox.pace_clock(session) <= 600
            row.due_at = 0.0
    house.settle()
    return talk


@pytest.mark.db
def test_a_tap_is_a_promise_and_only_the_signed_sheet_counts(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    dewi.type("pakta integritas")
    assert dewi.text.startswith("Pakta integritas: 0 dari 2 orang sudah menandatangani (0%).")
    assert "Belum sebagian besar: kurang 2 orang." in dewi.text
    dewi.tap("Saya sanggup")
    assert dewi.toast == "Kesanggupan dicatat; tanda tangannya masih ditunggu."
    assert dewi.text.startswith("Pakta integritas: 0 dari 2 orang sudah menandatangani (0%).")
    assert "hanya rekap kesanggupan, bukan tanda tangan" in dewi.text
    assert "Rekap kesanggupan: 1 orang" in dewi.text

    sends(house, dewi, pictures.pdf(), caption="pakta saya, 12 Januari 2027")
    assert dewi.text.startswith("✓ Lembar Anda tercatat: pakta integritas sudah ditandatangani.")
    assert "Tanggal tanda tangan: 12 Januari 2027" in dewi.text
    dewi.type("/pakta")
    assert dewi.text.startswith("Pakta integritas: 1 dari 2 orang sudah menandatangani (50%).")
    assert "Rekap kesanggupan" not in dewi.text
    dewi.tap("Lembar saya").tap("Unduh lembar")
    assert dewi.messages[-1]["document"]["file_name"] == "pakta.pdf"

    # a joint sheet, by the coordinator: names are chosen by a tap or typed
    budi.type("/pakta").tap("Daftar nama").tap("Tambah nama").type(
        "1. Eko Loket\n- Nining Arsip\nDewi Contoh"
    )
    assert "2 nama ditambah. 1 sudah ada di daftar." in budi.text
    budi.tap("‹ Pakta")
    sends(house, budi, pictures.pdf(2), "lembar-bersama.pdf")
    assert budi.text.startswith("Lembar ini belum tercatat untuk siapa pun.")
    budi.type("eko, saya")
    assert "Lembar ini mencatat 2 orang" in budi.text
    assert "✓ Sudah sebagian besar; sisanya dapat menyusul." in budi.type("pakta").text
    budi.tap("Semua lembar").tap("1")
    budi.type("siti")
    assert budi.text.startswith("Nama “siti” tidak ada dalam daftar.")
    budi.tap("Nining Arsip")
    assert budi.toast == "Tercatat untuk 1 orang."
    budi.tap("Isi tanggal").type("14 januari 2027").type("siapa belum tanda tangan pakta")
    assert budi.text.startswith("✓ Semua orang di daftar sudah menandatangani pakta integritas.")
    budi.type("/pakta")
    assert budi.text.startswith("Pakta integritas: 4 dari 4 orang sudah menandatangani (100%).")
    assert "✓ Semua orang di daftar sudah menandatangani." in budi.text

    # a mistake is taken back: the file goes, and whom it covered is open again
    budi.tap("Semua lembar").tap("1").tap("Hapus lembar").tap("Ya, hapus")
    assert budi.toast == "Lembar dihapus; 3 orang kembali belum."
    assert [(s.state, s.sha256 is None) for s in sheets(house)] == [("ready", False), ("removed", True)]
    assert budi.text.startswith("Pakta integritas: 1 dari 4 orang sudah menandatangani (25%).")


def test_what_cannot_be_read_or_is_no_sheet_is_refused_in_a_sentence(house: House, dewi: Talk) -> None:
    dewi.type("/pakta")
    sends(house, dewi, b"halo", "pakta.txt")
    assert dewi.text.startswith("Lembar ini belum tersimpan.")
    assert "Saya sanggup" in dewi.tap("‹ Pakta").labels
    sends(house, dewi, pictures.pdf() + b"\n% /ByteRange [0 1 2 3]\n")
    assert "Bentuk: PDF ber-TTE" in dewi.text
    assert "Keabsahannya tidak diperiksa di sini" in dewi.text
    dewi.tap("Ini scan")
    assert "Bentuk: scan tanda tangan" in dewi.text
    dewi.tap("Isi tanggal").type("31 februari")
    assert "tidak ada" in dewi.text
    assert [s.state for s in sheets(house)] == ["failed", "ready"]


def test_names_are_for_those_who_lead_and_units_stay_apart(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    other = house.unit("Unit Lain")
    asing = house.member(other, "koordinator", None, "Asing Contoh")
    budi.type("/pakta")
    sends(house, budi, pictures.pdf())
    budi.type("semua")
    number = sheets(house)[0].id or 0
    dewi.type("siapa belum tanda tangan pakta")
    assert dewi.text.startswith("Daftar nama dibaca pimpinan, koordinator, sekretaris, dan ketua pokja")
    assert "Sari" not in dewi.text
    assert "Daftar nama" not in rina.type("/pakta").labels
    assert "✓ Dewi Contoh" in sari.type("siapa yang sudah ttd pakta?").text
    assert "Unduh lembar" not in sari.tap_data(routes.PACT_SHEET(number, 0).pack()).labels
    sari.tap_data(routes.PACT_SHEET_SEND(number).pack())
    assert "lembar bersama dibuka koordinator unit" in sari.text
    sari.tap_data(routes.PACT_SHEET_REMOVE(number, 2).pack())
    assert "Mintalah koordinator unit" in sari.text
    asing.type("/menu")
    for forged in (
        routes.PACT_SHEET(number, 0),
        routes.PACT_SHEET_SEND(number),
        routes.PACT_COVER_ALL(number),
        routes.PACT_NAMES(unit),
        routes.LAUNCH_FIELD(unit, "saksi"),
    ):
        asing.tap_data(forged.pack())
        assert "Contoh" not in asing.text.replace("Asing Contoh", "")
    assert all(row.unit_id == unit for row in signers(house))


@pytest.mark.db
def test_who_joins_later_is_asked_once_and_the_coordinator_at_most_weekly(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    early = comes(house, unit, "Awal Contoh")
    assert "pakta" not in early.text.lower()  # nobody has signed yet: nothing to follow
    budi.type("/pakta")
    sends(house, budi, pictures.pdf())
    budi.type("saya")
    late = comes(house, unit, "Baru Contoh")
    asked = [m["text"] for m in late.messages if "mohon menyusul menandatangani" in m.get("text", "")]
    assert len(asked) == 1
    assert "1 dari 4 pegawai sudah menandatangani." in asked[0]
    assert "Dewi" not in asked[0]

    budi.type("/pakta").tap("Daftar nama").tap("Ingatkan 2 orang")
    assert "satu pesan sopan" in budi.text
    budi.tap("Ya, ingatkan")
    assert budi.toast == "2 orang diingatkan."
    house.settle()
    assert "mohon menyusul menandatangani" in dewi.text
    assert "Ingatkan" not in " ".join(budi.labels)  # not again this week
    dewi.tap("Buka pakta")
    sends(house, dewi, pictures.pdf(3))
    house.advance(days=8)
    budi.type("/pakta").tap("Daftar nama")
    assert "Ingatkan 2 orang" in budi.labels  # Dewi has signed meanwhile
    house.clock.set_to(house.clock.now() + timedelta(hours=13))
    budi.tap("Ingatkan 2 orang").tap("Ya, ingatkan")
    assert budi.text.startswith("Di luar jam kerja tidak ada pengingat yang dikirim.")


def test_a_message_that_waits_is_not_sent_to_who_has_signed_by_then(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    budi.type("/pakta").tap("Daftar nama").tap("Ingatkan 1 orang").tap("Ya, ingatkan")
    with house.writing() as session:
        sheet = PactSheet(unit_id=unit, state="ready", added_at=house.clock.now())
        session.add(sheet)
        session.flush()
        row = session.exec(select(PactSigner).where(col(PactSigner.asked_at).is_not(None))).one()
        row.sheet_id = sheet.id
    house.settle()
    assert dewi.messages == []
    assert [m.state for m in rows_of(house, select(Outbox))] == ["dropped"]


def test_the_pencanangan_says_what_is_ready_and_doubts_the_old_witnesses(
    house: House, unit: int, budi: Talk
) -> None:
    budi.type("/jadwal").tap_data(routes.STAGE(service.STAGE).pack()).tap("Kesiapan pencanangan")
    assert budi.text.startswith("Pencanangan: 0 dari 4 hal sudah ada.")
    assert "Pedoman lama menyebut pencanangan disaksikan unsur Kementerian PANRB" in budi.text
    assert "! Kewajiban menghadirkan saksi tertentu" in budi.text
    budi.tap("Tanggal acara").type("31 desember 2027")
    assert "belum lewat" in budi.text
    budi.type("12 januari 2027").tap("Tanggal piagam").type("12 januari 2027")
    budi.tap("Saksi").type("Ombudsman perwakilan, tokoh masyarakat")
    stale = routes.LAUNCH_CLEAR(unit, "saksi", 1).pack()
    budi.tap("Publikasi").type("https://contoh.go.id/berita")
    assert "Pencanangan: 3 dari 4 hal sudah ada." in budi.text
    assert "✓ Disebarluaskan ke masyarakat: https://contoh.go.id/berita" in budi.text
    budi.tap_data(stale)
    assert "baru saja diubah" in budi.text
    with house.writing() as session:
        session.add(Deadline(assessment_id=1, unit_id=unit, scope="stage", ref=service.STAGE,
                             due_at=house.clock.now(), set_at=house.clock.now()))  # fmt: skip
    assert "belum ditandai selesai" in budi.type("kesiapan pencanangan").text
    budi.tap("Saksi").tap("Kosongkan")
    [row] = rows_of(house, select(Launch))
    assert (row.held_on, row.charter_on, row.witnesses) == (date(2027, 1, 12), date(2027, 1, 12), "")


def test_ones_own_data_hold_the_pakta_and_go_with_it(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    dewi.type("/pakta").tap("Saya sanggup")
    sends(house, dewi, pictures.pdf())
    budi.type("/pakta")
    sends(house, budi, pictures.pdf(2), "bersama.pdf")
    budi.type("semua")
    dewi.type("/privasi").tap("Unduh data saya")
    file_id = dewi.messages[-1]["document"]["file_id"]
    data = json.loads(house.standin.store.content(file_id) or b"")
    assert [own["unit"] for own in data["pakta_integritas"]] == ["Kantor Layanan Contoh"]
    assert [own["berkas"] for own in data["lembar_pakta_dikirim"]] == ["pakta.pdf"]
    dewi.start().type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    own, joint = sheets(house)
    assert (own.state, own.sha256, own.file_name) == ("removed", None, "")
    assert joint.state == "ready"
    gone = next(row for row in signers(house) if row.person_id is None)
    assert (gone.name, gone.sheet_id, gone.willing_at) == ("", None, None)
    assert budi.type("/pakta").text.startswith("Pakta integritas: 1 dari 1 orang")
    keys = set(house.read(lambda s: s.exec(select(StoredFile.sha256)).all()))
    with house.db.reading() as session:
        assert check_store.referenced(session) & keys == {joint.sha256}


def test_who_left_the_unit_is_forgotten_a_year_later(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    dewi.type("/pakta")
    sends(house, dewi, pictures.pdf())

    def leave(session: Session) -> None:
        held = session.exec(select(Membership).join(Person).where(Person.telegram_id == dewi.user_id)).one()
        held.revoked_at = house.clock.now()

    with house.writing() as session:
        leave(session)
    assert "0 dari 1 orang" in budi.type("/pakta").text
    house.clock.set_to(house.clock.now() + timedelta(days=personal.LEFT_DAYS - 1))
    tidy_once(house.edge)
    assert [row.person_id is None for row in signers(house)] == [False]
    house.clock.set_to(house.clock.now() + timedelta(days=2))
    tidy_once(house.edge)
    assert [row.person_id is None for row in signers(house)] == [True]
    assert [sheet.sha256 for sheet in sheets(house)] == [None]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Siapa belum tanda tangan pakta?", routes.PACT_LIST(0)),
        ("siapa aja yg blm ttd pakta integritas", routes.PACT_LIST(0)),
        ("pegawai yang belum teken pakta", None),
        ("daftar yang belum tanda tangan pakta", routes.PACT_LIST(0)),
        ("siapa saja yang harus tanda tangan pakta", None),
        ("Pakta integritas", routes.PACT()),
        ("panduan", routes.GUIDES()),
    ],
)
def test_it_is_found_by_typing(said: str, meant: routes.Action | None) -> None:
    assert words.place_said(said) == meant
