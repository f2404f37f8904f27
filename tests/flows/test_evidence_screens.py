"""Evidence as people meet it: proposed, corrected by tap or typing, saved, found again, changed, hidden."""

from typing import Any

import pytest
from sqlmodel import col, select

from flows import routes
from flows.evidence import intake, service
from flows.models import (
    Assessment,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Intake,
    Membership,
    Person,
    Pic,
)
from knowledge.answers import Choice
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk
from tests.support.workbooks import Filled, clean_b

CAMPAIGN, CONTROL, WBS, TEAM = "PW.P.1.a", "PW.P.1.b", "PW.P.4.b", "MP.P.1.a"
CAPTION = "sosialisasi gratifikasi di loket 12 jan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "ketua", "PW", "Sari Contoh")


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", None, "Budi Contoh")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 0.0)


def shots(number: int) -> list[tuple[str, bytes]]:
    return [(f"{n}.jpg", pictures.jpeg(80 + n, 60, 20 * n)) for n in range(number)]


def make_pic(house: House, unit: int, talk: Talk, item: str = CAMPAIGN) -> None:
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == talk.user_id)).one()
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        session.add(
            Pic(assessment_id=assessment.id or 0, scope=item, person_id=person.id, set_at=house.clock.now())
        )


def assessment_id(house: House, unit: int) -> int:
    found: int = house.read(lambda s: s.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one())
    return found


def all_of(house: House, table: Any) -> list[Any]:
    return list(house.read(lambda s: s.exec(select(table).order_by(col(table.id))).all()))


def put(talk: Talk, item: str, name: str = "notula.pdf", caption: str = CAPTION, salt: str = "") -> int:
    """One saved piece of evidence of an item; returns its id."""
    talk.tap_data(routes.EVIDENCE_ADD(item).pack())
    talk.send_file(name, pictures.pdf(note=salt) if salt else pictures.pdf(), caption=caption)
    talk.house.settle()
    row = all_of(talk.house, Intake)[-1]
    talk.tap_data(routes.INTAKE_SAVE(row.id, row.revision).pack())
    found = all_of(talk.house, Intake)[-1].evidence_id
    assert found is not None, talk.text
    return int(found)


# from the chat to the saved piece ------------------------------------------------------------------


@pytest.mark.db
def test_three_photos_with_a_caption_are_proposed_confirmed_and_become_one_pdf(
    house: House, unit: int, dewi: Talk
) -> None:
    make_pic(house, unit, dewi)
    dewi.type("/menu").send_album(shots(3), CAPTION)
    house.settle()
    assert dewi.text.startswith(
        "3 foto diterima. Saya catat sebagai dokumentasi sosialisasi, 12 Januari 2027, untuk A.I.5.i.a."
    )
    assert {"Benar, simpan", "Ubah tanggal", "Indikator lain"} <= set(dewi.labels)
    dewi.tap("Benar, simpan")
    assert dewi.text.startswith("✓ Tersimpan sebagai satu PDF. Bukti dukung sekarang 1 dari 3.")
    assert "Tinggal penjelasan singkat. Tulis tiga baris" in dewi.text
    assert {"Contoh", "Nanti saja"} <= set(dewi.labels)
    house.settle()
    (evidence,), (version,), (use,) = (all_of(house, t) for t in (Evidence, EvidenceVersion, EvidenceUse))
    assert (use.item_id, use.expected) == (CAMPAIGN, 2)
    assert (evidence.title, str(evidence.dated_on)) == (CAPTION, "2027-01-12")
    assert version.sha256 is not None
    assert version.file_name.endswith(".pdf")


def test_typing_corrects_and_confirms(house: House, dewi: Talk) -> None:
    dewi.type("/menu").send_file("berkas.pdf", pictures.pdf(), caption=CAPTION)
    house.settle()
    dewi.type("tanggal 14 jan")
    assert "14 Januari 2027" in dewi.text
    dewi.type("5 i b")
    assert "untuk A.I.5.i.b." in dewi.text
    dewi.type("31 februari")
    assert "tidak ada" in dewi.text
    dewi.type("5 maret 2027")
    assert "belum lewat" in dewi.text
    dewi.type("tw 4 2026")
    assert "TW IV 2026" in dewi.text
    dewi.type("ya")
    (use,), (evidence,) = all_of(house, EvidenceUse), all_of(house, Evidence)
    assert use.item_id == CONTROL
    assert (str(evidence.dated_on), evidence.period) == ("2027-01-14", "2026-TW4")


def test_a_question_is_answered_and_the_intake_waits(house: House, dewi: Talk) -> None:
    dewi.type("/menu").send_file("berkas.pdf", pictures.pdf(), caption=CAPTION)
    house.settle()
    dewi.type("apa syarat WBK?")
    assert "75" in dewi.text
    dewi.type("/bukti").tap("Kiriman menunggu (1)")
    assert dewi.labels[0].startswith("sosialisasi gratifikasi")


def test_several_that_wait_are_listed_and_none_is_lost(house: House, dewi: Talk) -> None:
    for n in range(3):
        dewi.type("/menu").send_file(
            f"berkas {n}.pdf", pictures.pdf(note=f"isi {n}"), caption=f"kegiatan {n}"
        )
        house.settle()
    dewi.tap_data(routes.INTAKES(0).pack())
    assert dewi.text.startswith("3 kiriman menunggu keputusan Anda")
    assert [label for label in dewi.labels if label.startswith("kegiatan")] == [
        "kegiatan 2",
        "kegiatan 1",
        "kegiatan 0",
    ]


def test_a_file_that_says_nothing_asks_where_it_belongs(house: House, dewi: Talk) -> None:
    dewi.type("/menu").send_photo(pictures.jpeg())
    house.settle()
    assert dewi.text.startswith("1 foto diterima. Untuk indikator mana?")
    dewi.tap("Pilih dari area").tap("Area 5").tap("A.I.5.iv").tap("A.I.5.iv.b")
    assert "untuk A.I.5.iv.b" in dewi.text
    assert "Terbatas" in dewi.text, "the instrument marks this one as confidential"
    dewi.tap("Dokumen lain").tap("1")
    dewi.tap("Simpan tanpa tanggal")
    (evidence,) = all_of(house, Evidence)
    assert evidence.restricted
    assert all_of(house, EvidenceUse)[0].expected == 0


def test_the_second_likeliest_item_is_one_tap_away(house: House, dewi: Talk) -> None:
    dewi.type("/menu").send_file("berkas.pdf", pictures.pdf(), caption=CAPTION)
    house.settle()
    assert "Kemungkinan lain: A.I.5.i.b" in dewi.text
    dewi.tap("Untuk A.I.5.i.b")
    assert "untuk A.I.5.i.b." in dewi.text


def test_another_pokjas_item_is_refused_and_the_file_kept(house: House, dewi: Talk) -> None:
    dewi.type("/menu").send_file("berkas.pdf", pictures.pdf(), caption=CAPTION)
    house.settle()
    row = all_of(house, Intake)[0]
    dewi.tap_data(routes.INTAKE_ITEM(row.id, TEAM, row.revision).pack())
    assert "pokja area lain" in dewi.toast
    dewi.type("1 i a")
    assert "pokja area lain" in dewi.text
    assert all_of(house, Intake)[0].state == intake.READY


def test_nobody_else_touches_an_intake(house: House, dewi: Talk, sari: Talk) -> None:
    dewi.type("/menu").send_file("berkas.pdf", pictures.pdf(), caption=CAPTION)
    house.settle()
    row = all_of(house, Intake)[0]
    for action in (
        routes.INTAKE(row.id),
        routes.INTAKE_SAVE(row.id, row.revision),
        routes.INTAKE_ITEM(row.id, CAMPAIGN, row.revision),
        routes.INTAKE_CANCEL(row.id),
        routes.INTAKE_DATE(row.id),
        routes.INTAKE_WHERE(row.id, ""),
        routes.INTAKE_SAVED(row.id),
    ):
        sari.type("/menu").tap_data(action.pack())
        assert "tidak ada dalam daftar Anda" in sari.toast
    assert all_of(house, Intake)[0].revision == row.revision


def test_a_strangers_file_is_refused_kindly(house: House, unit: int) -> None:
    guest = house.stranger()
    guest.type("/start").send_file("berkas.pdf", pictures.pdf())
    assert "belum tersimpan" in guest.text
    assert all_of(house, Intake) == []


def test_a_sheet_with_a_caption_may_be_either(house: House, budi: Talk) -> None:
    lke = house.library.instrument("lke-2021")
    budi.type("/menu").send_file(
        "rekap.xlsx", clean_b(lke, Filled({TEAM: Choice("Ya")})), XLSX, caption="register pengaduan 2026"
    )
    house.settle()
    assert "A.I.5.iii.b" in budi.text
    budi.tap("Ini LKE, impor")
    house.settle()
    assert "Terbaca" in budi.text


# links ---------------------------------------------------------------------------------------------


def test_a_typed_link_is_evidence_like_a_file(house: House, dewi: Talk) -> None:
    dewi.type("/menu").type("kampanye gratifikasi tw 4 2026 https://drive.google.com/terkunci/abc")
    house.settle()
    assert dewi.text.startswith("Tautan diterima. Saya catat sebagai")
    assert "TW IV 2026" in dewi.text
    assert "terkunci" in dewi.text
    dewi.tap("Benar, simpan")
    assert dewi.text.startswith("Tautan tersimpan, tetapi masih terkunci: penilai akan diminta masuk akun.")
    assert "jangan dibuka untuk umum" in dewi.text
    assert {"Cek lagi", "Tandai terbatas", "Nanti saja"} <= set(dewi.labels)


def test_a_link_typed_at_an_item_goes_there(house: House, dewi: Talk) -> None:
    dewi.type("/menu").tap_data(routes.LKE_ITEM(WBS).pack())
    dewi.type("https://drive.google.com/file/d/1")
    house.settle()
    assert "untuk A.I.5.iv.b" in dewi.text


# the item's screen ---------------------------------------------------------------------------------


def test_the_item_counts_its_examples_and_says_what_is_missing(house: House, dewi: Talk) -> None:
    dewi.type("/menu").tap_data(routes.LKE_ITEM(CAMPAIGN).pack())
    assert "Bukti dukung: belum ada. Contoh: foto spanduk atau poster" in dewi.text
    dewi.tap("A")
    assert "! Jawaban A belum didukung bukti dukung dan Penjelasan." in dewi.text
    put(dewi, CAMPAIGN)
    dewi.tap_data(routes.LKE_ITEM(CAMPAIGN).pack())
    assert "Bukti dukung: 1 dari 3. Belum ada: foto spanduk atau poster; tangkapan layar" in dewi.text
    assert "! Jawaban A belum didukung Penjelasan." in dewi.text
    dewi.tap("Bukti dukung")
    assert "✓ Dokumentasi sosialisasi" in dewi.text
    assert "○ Foto spanduk atau poster: belum ada" in dewi.text
    assert "bukan daftar wajib" in dewi.text
    assert "TW IV 2026: belum ada" in dewi.text
    assert "✓ TW I 2027: ada" in dewi.text


def test_an_example_that_is_not_needed_is_not_missed(house: House, unit: int, dewi: Talk, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.EVIDENCE_ITEM(CAMPAIGN).pack()).tap("Tidak perlu").tap("1")
    assert "1  Foto spanduk atau poster: tidak perlu" in sari.text
    sari.tap_data(routes.LKE_ITEM(CAMPAIGN).pack())
    assert "foto spanduk" not in sari.text
    number = assessment_id(house, unit)
    dewi.type("/menu").tap_data(routes.EVIDENCE_WAIVE(number, CAMPAIGN, 1, 1).pack())
    assert dewi.toast
    sari.tap_data(routes.EVIDENCE_WAIVE(number, CAMPAIGN, 1, 0).pack())
    assert "baru saja diubah" in sari.toast


# one piece -----------------------------------------------------------------------------------------


def test_a_piece_is_shown_sent_renamed_replaced_shared_and_removed(house: House, dewi: Talk) -> None:
    dewi.type("/menu")
    number = put(dewi, CAMPAIGN)
    dewi.tap_data(routes.EVIDENCE_SHOW(number).pack())
    assert dewi.text.startswith(CAPTION)
    assert "Dikirim oleh Dewi Contoh" in dewi.text
    dewi.tap("Buka berkas")
    assert dewi.messages[-1].get("document"), dewi.text
    dewi.tap_data(routes.EVIDENCE_TITLE(number).pack()).type("Kampanye loket")
    assert dewi.text.startswith("Judul tersimpan.")
    dewi.tap_data(routes.EVIDENCE_DATE(number).pack()).type("14 jan")
    assert "14 Januari 2027" in dewi.text
    dewi.tap_data(routes.EVIDENCE_USES(number, "").pack()).tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.b")
    dewi.tap("Lainnya")
    assert "A.I.5.i.b Penerapan" in dewi.text
    dewi.tap("Ganti berkas").send_file("baru.pdf", pictures.pdf(note="versi dua"))
    house.settle()
    dewi.tap("Simpan versi baru")
    assert "versi 2" in dewi.text
    dewi.tap("Versi lama").tap("1")
    assert dewi.messages[-1].get("document")
    dewi.tap_data(routes.EVIDENCE_SHOW(number).pack()).tap("Lepas A.I.5.i.b").tap("Ya, lepas")
    assert "A.I.5.i.b" not in dewi.text
    dewi.tap("Hapus bukti").tap("Ya, hapus")
    assert all_of(house, Evidence)[0].removed_at is not None
    dewi.tap_data(routes.EVIDENCE_SHOW(number).pack())
    assert "sudah tidak ada" in dewi.toast


def test_the_unit_s_evidence_by_area_by_words_and_what_lacks(house: House, dewi: Talk, budi: Talk) -> None:
    dewi.type("/menu")
    for n in range(9):
        put(dewi, CAMPAIGN, f"bukti {n}.pdf", f"kampanye nomor {n}", salt=f"isi {n}")
    budi.type("/menu").tap_data(routes.LKE_ITEM(TEAM).pack()).tap("Ya")
    budi.type("/bukti")
    assert "Area 5 Penguatan Pengawasan: 9 bukti, 1 dari 22 indikator" in budi.text
    budi.tap("Area 5")
    assert "9 bukti" in budi.text
    budi.tap("›").tap("9")
    assert budi.text.startswith("kampanye nomor 0")
    budi.type("/bukti").type("nomor 4")
    assert budi.text.startswith("1 bukti dengan kata")
    budi.type("/bukti").tap("A tanpa bukti")
    assert "A.I.1.i.a Pembentukan tim" in budi.text
    assert "belum ada bukti dukung dan Penjelasan" in budi.text


# restricted ----------------------------------------------------------------------------------------


def routes_of(number: int, revision: int) -> list[routes.Action]:
    """Every way to a piece."""
    return [
        routes.EVIDENCE_SHOW(number),
        routes.EVIDENCE_SEND(number, 0),
        routes.EVIDENCE_SEND(number, 1),
        routes.EVIDENCE_VERSIONS(number),
        routes.EVIDENCE_REPLACE(number),
        routes.EVIDENCE_EDIT(number),
        routes.EVIDENCE_TITLE(number),
        routes.EVIDENCE_RESTRICT(number, 0, revision),
        routes.EVIDENCE_USES(number, ""),
        routes.EVIDENCE_USE_WHAT(number, CONTROL),
        routes.EVIDENCE_USE_AS(number, CONTROL, -1),
        routes.EVIDENCE_DETACH_ASK(number, CAMPAIGN),
        routes.EVIDENCE_DETACH(number, CAMPAIGN),
        routes.EVIDENCE_REMOVE_ASK(number),
        routes.EVIDENCE_REMOVE(number, revision),
        routes.EVIDENCE_DATE(number),
        routes.EVIDENCE_PERIOD(number),
        routes.EVIDENCE_PERIOD_SET(number, "2026", revision),
        routes.LINK_CHECK(number),
    ]


def test_every_way_to_a_restricted_piece_is_closed_to_those_outside(
    house: House, unit: int, sari: Talk, dewi: Talk, budi: Talk
) -> None:
    sari.type("/menu")
    number = put(sari, WBS, caption="rahasia pelapor 12 jan")
    piece = all_of(house, Evidence)[0]
    assert piece.restricted
    head = house.member(unit, "pimpinan", None, "Pak Kepala")
    other = house.member(unit, "ketua", "MP", "Tono Contoh")
    for outsider in (dewi, head, other):
        for action in routes_of(number, piece.revision):
            outsider.type("/menu").tap_data(action.pack())
            assert "rahasia" not in outsider.text, action
            assert not outsider.messages[-1].get("document")
        for action in (routes.EVIDENCE_ITEM(WBS), routes.EVIDENCE_AREA("PW", 0), routes.LKE_ITEM(WBS)):
            outsider.tap_data(action.pack())
            assert "rahasia" not in outsider.text
        outsider.tap_data(routes.EVIDENCE_ITEM(WBS).pack())
        assert "Bukti terbatas" in outsider.text
        outsider.type("/bukti").type("rahasia")
        assert outsider.text.startswith("Tidak ada bukti")
    after = all_of(house, Evidence)[0]
    assert (after.revision, after.removed_at, after.restricted) == (piece.revision, None, True)
    make_pic(house, unit, dewi, WBS)
    tpi = house.member(unit, "penilai", None, "Tia Contoh")
    for insider in (dewi, sari, budi, tpi):
        insider.type("/menu").tap_data(routes.EVIDENCE_SEND(number, 0).pack())
        assert insider.messages[-1].get("document")


def test_a_pic_cannot_open_what_the_instrument_keeps_restricted(
    house: House, unit: int, dewi: Talk, sari: Talk
) -> None:
    make_pic(house, unit, dewi, WBS)
    dewi.type("/menu")
    number = put(dewi, WBS)
    dewi.tap_data(routes.EVIDENCE_SHOW(number).pack())
    assert "Lepas terbatas" not in dewi.labels
    revision = all_of(house, Evidence)[0].revision
    dewi.tap_data(routes.EVIDENCE_RESTRICT(number, 0, revision).pack())
    assert "data pribadi" in dewi.toast
    sari.type("/menu").tap_data(routes.EVIDENCE_SHOW(number).pack()).tap("Lepas terbatas")
    assert not all_of(house, Evidence)[0].restricted


def test_who_marks_a_piece_restricted_without_being_its_pic_loses_sight_of_it(
    house: House, dewi: Talk
) -> None:
    dewi.type("/menu")
    number = put(dewi, CAMPAIGN)
    dewi.tap_data(routes.EVIDENCE_SHOW(number).pack()).tap("Tandai terbatas")
    assert dewi.toast == "Ditandai terbatas."
    dewi.tap("Area 5")
    assert "Bukti terbatas" in dewi.text
    assert CAPTION not in dewi.text


def test_people_of_another_unit_and_former_members_see_nothing(
    house: House, unit: int, dewi: Talk, sari: Talk
) -> None:
    dewi.type("/menu")
    number = put(dewi, CAMPAIGN)
    elsewhere = house.member(house.unit("Kantor Lain"), "koordinator", None, "Lia Contoh")
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        for held in session.exec(select(Membership).where(Membership.person_id == person.id)):
            held.revoked_at = house.clock.now()
    piece = all_of(house, Evidence)[0]
    for outsider in (elsewhere, sari):
        for action in routes_of(number, piece.revision):
            outsider.type("/menu").tap_data(action.pack())
            assert outsider.toast, action
            assert CAPTION not in outsider.text
    assert all_of(house, Evidence)[0].revision == piece.revision


def test_what_a_person_has_sent_is_known_for_their_export(house: House, dewi: Talk) -> None:
    dewi.type("/menu")
    put(dewi, CAMPAIGN)
    person_id = house.read(
        lambda s: s.exec(select(Person.id).where(Person.telegram_id == dewi.user_id)).one()
    )
    found = house.read(lambda s: service.made_by(s, person_id))
    assert [(evidence.title, version.no) for evidence, version in found] == [(CAPTION, 1)]
