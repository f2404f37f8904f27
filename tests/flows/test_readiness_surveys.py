"""The survey register: typed step by step, its trend, and which index feeds the score."""

from datetime import date

import pytest
from sqlmodel import select

from flows import routes
from flows.models import AnswerChange, AuditEntry, Survey
from flows.readiness import periods, survey_values
from flows.readiness.periods import Period
from flows.readiness.survey_values import Unusable
from knowledge.instrument import Instrument
from knowledge.library import Library
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.readiness import example, fill
from tests.support.talk import Talk


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.instrument()


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator")


def surveys(house: House) -> list[Survey]:
    return rows_of(house, select(Survey).order_by(Survey.id))  # type: ignore[arg-type]


def add(talk: Talk, kind: str, period: str, index: str) -> Talk:
    talk.type("/kesiapan").tap("Survei").tap("Tambah survei").tap(kind).type(period)
    return talk.type(index)


@pytest.mark.db
def test_a_survey_is_typed_step_by_step_and_feeds_the_score(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    answers = {k: v for k, v in example(instrument).items() if k != "H.1.a"}
    fill(house, unit, answers)
    budi.type("/kesiapan")
    assert "Survei antikorupsi (IPAK): belum diisi" in budi.text
    budi.tap("Survei").tap("Tambah survei").tap("SPAK")
    assert "TW IV 2026" in budi.labels
    budi.type("tw 4 2026").type("3,52").type("120").type("drive.google.com/spak").type("papan pengumuman")
    budi.type("jam layanan ditambah <b>")
    assert budi.text == (
        "Tersimpan.\n\nSPAK TW IV 2026\n\nSurvei Persepsi Anti Korupsi (indeks IPAK)\nIndeks: 3,52\n"
        "Responden: 120\nLaporan: https://drive.google.com/spak\nPublikasi: papan pengumuman\n"
        "Tindak lanjut: jam layanan ditambah <b>\n\nDalam hitungan: dipakai untuk nilai."
    )
    budi.type("/kesiapan")
    assert "Survei antikorupsi (IPAK) 3,52, minimal 3,60" in budi.text
    assert "Nilai total 80,30" in budi.text
    assert "Indeks B.I.a diambil dari SPAK TW IV 2026." in budi.text
    assert rows_of(house, select(AnswerChange)) == []


@pytest.mark.parametrize("typed", ["lewati", "Lewati.", "-"])
def test_a_typed_lewati_skips_as_the_button_does(house: House, budi: Talk, typed: str) -> None:
    budi.type("/kesiapan").tap("Survei").tap("Tambah survei").tap("SPAK").type("tw 4 2026")
    for field in ("Responden", "Tautan laporan", "Publikasi", "Tindak lanjut"):
        assert "Lewati" in budi.labels
        budi.type(typed)
        assert budi.text.startswith(f"{field} SPAK TW IV 2026"), budi.text
    budi.type(typed)
    assert "Tindak lanjut: belum diisi" in budi.text
    row = surveys(house)[0]
    assert (row.index_10k, row.respondents, row.report, row.published, row.follow_up) == (
        None,
        None,
        "",
        "",
        "",
    )


def test_the_newest_period_wins_and_goes_before_a_typed_index(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    add(budi, "SPAK", "tw iii 2026", "3,70")
    add(budi, "SPAK", "semester 1 2026", "3,99")
    add(budi, "SPAK", "2024", "4")
    budi.type("/kesiapan")
    assert "indeks yang diketik di indikator tidak dipakai" in budi.text
    assert "11 dari 12" in budi.text.split("\n")[0]
    budi.tap("Survei")
    assert "SPAK: 4,00 (Tahun 2024), 3,99 (Semester I 2026), 3,70 (TW III 2026), turun 0,29" in budi.text
    assert "SPAK TW III 2026: indeks 3,70 · dipakai untuk nilai" in budi.text
    assert "SPAK Semester I 2026: indeks 3,99 · ada yang lebih baru" in budi.text
    assert "SPAK Tahun 2024: indeks 4,00 · di luar rentang bukti, tidak dihitung" in budi.text
    budi.tap("SPAK TW III 2026").tap("Hapus survei")
    assert "sedang dipakai untuk nilai" in budi.text
    budi.tap("Ya, hapus")
    assert budi.toast == "Survei dihapus dari daftar."
    budi.type("/kesiapan")
    assert "diambil dari SPAK Semester I 2026" in budi.text
    acts = {a.act for a in rows_of(house, select(AuditEntry)) if a.act.startswith("survei")}
    assert acts == {"survei.tambah", "survei.ubah", "survei.hapus"}


def test_a_survey_without_index_and_skm_do_not_feed(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    budi.type("/kesiapan").tap("Survei").tap("Tambah survei").tap("SPAK").tap("TW IV 2026").tap("Lewati")
    add(budi, "SKM", "tahun 2026", "3,9")
    budi.type("/kesiapan")
    assert "diambil dari" not in budi.text
    assert "Nilai total 80,30" in budi.text
    budi.tap("Survei").tap("SPAK TW IV 2026")
    assert "Indeks: menyusul" in budi.text
    assert "belum dihitung" in budi.text


def test_fields_are_edited_emptied_and_checked(house: House, budi: Talk) -> None:
    add(budi, "SPKP", "tw iv 2026", "88,5")
    assert "berskala 100. Pada skala 4 menjadi 3,54" in budi.text
    assert surveys(house)[0].index_10k is None
    budi.type("3.54").tap("‹ Kembali").tap("Indeks").type("3,61")
    assert budi.text.startswith("Tersimpan.\n\nSPKP TW IV 2026")
    budi.tap("Responden").type("nol")
    assert "Jumlah itu belum terbaca" in budi.text
    budi.type("1.250 responden")
    assert "Responden: 1.250" in budi.text
    budi.tap("Tautan laporan").type("bukan tautan")
    assert "belum berupa tautan" in budi.text
    budi.type("https://s.id/spkp").tap("Tautan laporan").tap("Kosongkan")
    assert "Laporan: belum ada tautan" in budi.text
    budi.tap("Periode").type("januari 2027")
    assert "SPKP Januari 2027" in budi.text
    row = surveys(house)[0]
    assert (row.year, row.part, row.index_10k, row.respondents) == (2027, "M01", 36100, 1250)


def test_the_same_period_twice_is_the_same_survey(house: House, budi: Talk) -> None:
    add(budi, "SPAK", "tw iv 2026", "3,4")
    budi.type("/kesiapan").tap("Survei").tap("Tambah survei").tap("SPAK").type("triwulan 4 tahun 2026")
    assert "Survei periode itu sudah ada." in budi.text
    assert "Indeks: 3,40" in budi.text
    add(budi, "SPAK", "tw iii 2026", "3,3")
    budi.tap("‹ Kembali").tap("Periode").type("tw iv 2026")
    assert "SPAK TW IV 2026 sudah ada dalam daftar" in budi.text
    assert len(surveys(house)) == 2


def test_periods_to_come_and_questions_are_not_saved(house: House, budi: Talk) -> None:
    budi.type("/kesiapan").tap("Survei").tap("Tambah survei").tap("SPAK").type("tw ii 2027")
    assert "TW II 2027 belum mulai" in budi.text
    budi.type("besok saja")
    assert "Periode itu belum terbaca" in budi.text
    budi.type("apa itu SPAK?")
    assert "Periode itu belum terbaca" not in budi.text
    assert surveys(house) == []


def test_somebody_else_was_quicker(house: House, unit: int, budi: Talk) -> None:
    add(budi, "SPAK", "tw iv 2026", "3,4").tap("‹ Kembali").tap("Indeks")
    sari = house.member(unit, "ketua", "PP", "Sari Contoh")
    sari.type("/kesiapan").tap("Survei").tap("SPAK TW IV 2026").tap("Responden").type("90")
    budi.type("3,5")
    assert "baru saja diubah" in budi.text
    assert "Responden: 90" in budi.text
    assert surveys(house)[0].index_10k == 34000


def test_area_6_and_the_coordinator_keep_the_register_others_read(
    house: House, unit: int, budi: Talk
) -> None:
    add(budi, "SPAK", "tw iv 2026", "3,4")
    assert "Tambah survei" in house.member(unit, "anggota", "PP").type("/kesiapan").tap("Survei").labels
    for role, area in (("penilai", None), ("anggota", "MP"), ("ketua", "PW")):
        who = house.member(unit, role, area)
        who.type("/kesiapan").tap("Survei")
        assert "Tambah survei" not in who.labels
        who.tap("SPAK TW IV 2026")
        assert "Hapus survei" not in who.labels
        assert "diisi koordinator unit atau pokja Area 6" in who.text
        for action in (
            routes.SURVEY_NEW(),
            routes.SURVEY_ADD(unit, "SPAK", 2026, "T3"),
            routes.SURVEY_FIELD(1, "indeks", 0),
            routes.SURVEY_DELETE_ASK(1),
            routes.SURVEY_DELETE(1, 2),
        ):
            who.tap_data(action.pack())
            assert who.toast, action
    assert len(surveys(house)) == 1


def test_another_units_survey_is_not_there(house: House, budi: Talk) -> None:
    add(budi, "SPAK", "tw iv 2026", "3,4")
    other_unit = house.unit("Unit Dua")
    other = house.member(other_unit, "koordinator")
    other.type("/kesiapan").tap("Survei")
    assert "Belum ada survei" in other.text
    for action in (routes.SURVEY(1), routes.SURVEY_FIELD(1, "indeks", 0), routes.SURVEY_DELETE(1, 2)):
        assert "tidak ada dalam daftar unit Anda" in other.tap_data(action.pack()).toast
    assert "dari unit lain" in other.tap_data(routes.SURVEY_ADD(1, "SPAK", 2026, "T3").pack()).toast
    assert "tidak ada" in other.tap_data(routes.SURVEY_ADD(other_unit, "XX", 2026, "T3").pack()).toast
    assert "tidak ada" in other.tap_data(routes.SURVEY_ADD(other_unit, "SPAK", 2026, "Q9").pack()).toast
    assert len(surveys(house)) == 1


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("TW I 2027", Period(2027, "T1")),
        ("triwulan 2/2026", Period(2026, "T2")),
        ("twiv 2025", Period(2025, "T4")),
        ("Semester II 2026", Period(2026, "S2")),
        ("smt 1 2026", Period(2026, "S1")),
        ("jan 2027", Period(2027, "M01")),
        ("bulan agustus 2026", Period(2026, "M08")),
        ("tahun 2026", Period(2026)),
        ("tw 5 2026", None),
        ("semester 3 2026", None),
        ("tw i", None),
        ("kapan survei 2026 dilakukan di unit mana saja", None),
        ("", None),
    ],
)
def test_periods_are_read_as_people_type_them(text: str, period: Period | None) -> None:
    assert periods.parse(text) == period


def test_periods_have_names_and_an_order() -> None:
    shuffled = [
        Period(2026),
        Period(2026, "T4"),
        Period(2026, "M11"),
        Period(2027, "M01"),
        Period(2026, "S2"),
    ]
    assert [p.name for p in sorted(shuffled)] == [
        "November 2026",
        "Tahun 2026",
        "Semester II 2026",
        "TW IV 2026",
        "Januari 2027",
    ]
    likely = periods.suggested(date(2027, 8, 3))
    assert [p.name for p in likely] == ["TW III 2027", "TW II 2027", "Semester I 2027", "Tahun 2026"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("indeks", "3,62", 36200),
        ("indeks", "indeks 3.6", 36000),
        ("indeks", "0", 0),
        ("responden", "120 orang", 120),
        ("responden", "banyak", None),
        ("laporan", "HTTPS://a.id/b?c=1", "HTTPS://a.id/b?c=1"),
        ("umum", "  papan  ", "papan"),
        ("umum", "  ", None),
    ],
)
def test_values_are_read_as_people_type_them(field: str, text: str, value: object) -> None:
    assert survey_values.read(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("indeks", "5"),
        ("indeks", "3,62345"),
        ("responden", "0"),
        ("laporan", "nanti ya"),
        ("umum", "x" * 501),
    ],
)
def test_values_that_cannot_be_say_why(field: str, text: str) -> None:
    read = survey_values.read(field, text)
    assert isinstance(read, Unusable)
    assert len(read.sentence) <= 180
