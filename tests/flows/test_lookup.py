"""Kamus and Cari: terms past typos, results by group, pages, typed numbers, nothing of a unit in groups."""

import time

import pytest
from sqlmodel import select

from flows import routes
from flows.lookup import service
from flows.models import AgencyEntry, Unit
from knowledge.library import Library
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk

UNIT = "Kantor Rahasia Contoh"
NOTE = "Kampanye dilakukan tiap triwulan lewat radio Suara Contoh dan media sosial"
MOST_MS = 60
"""For one search, on a busy machine; on an idle one it is a few."""


@pytest.fixture
def guest(house: House) -> Talk:
    return house.stranger()


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(UNIT)


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "ketua", "PW", name="Sari Wulandari")


# Kamus ---------------------------------------------------------------------------------------------


def test_a_term_by_command_in_any_spelling(guest: Talk) -> None:
    for typed in ("spkp", "SPKP", "spkpp", "apa itu spkp", "survei persepsi kualitas pelayanan"):
        guest.type(f"/istilah {typed}")
        assert guest.text.startswith("SPKP: Survei Persepsi Kualitas Pelayanan"), typed


def test_a_term_typed_at_the_prompt_and_bare(guest: Talk) -> None:
    guest.type("/istilah")
    assert guest.text.startswith("Kamus: ")
    guest.type("lhkpm")
    assert guest.text.startswith("LHKPN:")
    guest.type("spkp")
    assert guest.text.startswith("SPKP:")


def test_near_misses_are_offered_as_buttons(guest: Talk) -> None:
    guest.type("/istilah wbkk")
    assert guest.text.startswith("Istilah “wbkk” tidak ada di kamus.")
    guest.tap("WBK")
    assert guest.text.startswith("WBK: Wilayah Bebas dari Korupsi")
    guest.type("/istilah survei persepsi")
    assert {"SPAK", "SPKP"} <= set(guest.labels)


def test_a_term_that_is_not_there_can_be_searched_for(guest: Talk) -> None:
    guest.type("/istilah benturan kepentingan pegawai baru")
    assert "belum ada di kamus" in guest.text or "tidak ada di kamus" in guest.text
    guest.type("/istilah xyzzyq")
    assert guest.text.startswith("Istilah “xyzzyq” belum ada di kamus.")
    guest.tap("‹ Semua huruf")
    assert guest.text.startswith("Kamus: ")


def test_a_question_at_the_prompt_is_answered(guest: Talk) -> None:
    guest.type("/istilah").type("apa syarat WBK?")
    assert "75" in guest.text.splitlines()[0]
    assert "‹ Kembali" not in guest.labels


def test_every_term_is_reached_by_its_letter(guest: Talk, library: Library) -> None:
    guest.type("/istilah")
    reached: set[str] = set()
    for letter in [label for label in guest.labels if len(label) == 1]:
        guest.type("/istilah").tap(letter)
        while True:
            reached |= set(guest.labels)
            if "›" not in guest.labels:
                break
            guest.tap("›")
    assert {term.abbr for term in library.glossary.values()} <= reached


# Cari ----------------------------------------------------------------------------------------------


def test_results_come_in_groups_and_open_with_a_tap_or_a_number(sari: Talk) -> None:
    sari.type("/cari sop")
    assert sari.text.splitlines()[0].endswith("hasil untuk “sop”")
    for heading in ("Indikator", "Jawaban", "Istilah"):
        assert heading in sari.text
    assert "1  A.I.2.i.a" in sari.text or "1  A.I.2.i.b" in sari.text
    sari.type("1")
    assert sari.text.startswith("Area 2 › ")
    sari.type("/cari sop").tap("1")
    assert sari.text.startswith("Area 2 › ")


def test_guests_read_an_indicator_without_a_worksheet(guest: Talk) -> None:
    guest.type("/cari sop").tap("1")
    assert "A.I.2.i" in guest.text
    assert "Dasar: " in guest.text


def test_the_command_alone_asks_and_offers_examples(guest: Talk) -> None:
    guest.type("/cari")
    assert guest.text.startswith("Silakan tulis yang dicari.")
    guest.type("gratfikasi")
    assert "Pengendalian gratifikasi" in guest.text or "gratifikasi" in guest.text.lower()
    guest.type("/cari").tap("gratifikasi")
    assert guest.text.splitlines()[0].endswith("hasil untuk “gratifikasi”")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("standar operasional prosedur", "A.I.2.i."),
        ("benturan kepentingn", "A.I.5.v."),
        ("agnt perubhan", "A.I.1.iv."),
        ("SKM", "A.I.6.iv."),
        ("survei kepuasan masyarakat", "A.I.6.iv."),
        ("A.I.5.i.a", "A.I.5.i.a"),
        ("grati", "A.I.5.i."),
        ("area 5", "A.I.5."),
    ],
)
def test_words_typos_beginnings_abbreviations_and_numbers_are_understood(
    guest: Talk, typed: str, number: str
) -> None:
    guest.type(f"/cari {typed}")
    assert f"1  {number}" in guest.text, guest.text


def test_long_groups_have_pages_with_numbers_that_go_on(sari: Talk, library: Library) -> None:
    sari.type("/cari area 5")
    sari.tap("Semua indikator (22)")
    assert sari.text.startswith("Indikator: 22 hasil untuk “area 5” · halaman 1 dari 3")
    sari.tap("›")
    assert "\n9  " in sari.text
    sari.type("9")
    assert sari.text.startswith("Area 5 › ")
    sari.type("/cari area 5").tap("Semua indikator (22)").tap("›").tap("›").tap("‹").tap("‹ Semua hasil")
    assert sari.text.splitlines()[0].endswith("hasil untuk “area 5”")


def test_another_text_at_the_results_is_a_question(sari: Talk) -> None:
    sari.type("/cari sop").type("apa syarat WBK?")
    assert "75" in sari.text.splitlines()[0]
    sari.type("/cari sop").type("99")
    assert UNIT not in sari.text


def test_nothing_found_says_what_to_try(guest: Talk) -> None:
    for typed in ("xyzzyq", "apa", "🙏", "a" * 900, "<b>&"):
        guest.type(f"/cari {typed}")
        assert guest.text.startswith("Belum ada yang cocok"), typed
        assert {"Cari lagi", "Tanya ZI"} <= set(guest.labels)
    guest.type("gratifikasi")
    assert guest.text.splitlines()[0].endswith("hasil untuk “gratifikasi”")


def test_notes_of_ones_own_worksheet_are_found_by_its_people_only(
    house: House, sari: Talk, guest: Talk
) -> None:
    sari.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").tap("Isi penjelasan").type(NOTE)
    for typed in ("radio", "suara contoh", "triwulan radio", "rdio suara"):
        sari.type(f"/cari {typed}")
        assert "Penjelasan unit" in sari.text, typed
        assert "Suara Contoh" in sari.text
    sari.tap("1")
    assert "A.I.5.i.a" in sari.text
    stranger = house.member(house.unit("Kantor Lain Contoh"), "koordinator")
    for other in (guest, stranger):
        other.type("/cari radio")
        assert "Suara Contoh" not in other.text
        assert "Penjelasan unit" not in other.text


def test_the_agencys_own_answers_are_found_by_its_people_only(
    house: House, unit: int, sari: Talk, guest: Talk
) -> None:
    with house.writing() as session:
        agency_id = session.exec(select(Unit.agency_id).where(Unit.id == unit)).one()
        session.add(
            AgencyEntry(
                agency_id=agency_id,
                questions=["berkas tim dikumpulkan lewat folder mana"],
                short="Semua berkas dikumpulkan lewat folder Pelangi.",
                state="active",
                revision=1,
                made_at=house.clock.now(),
                changed_at=house.clock.now(),
            )
        )
    sari.type("/cari folder pelangi")
    assert "1  berkas tim dikumpulkan" in sari.text
    sari.tap("1")
    assert "folder Pelangi" in sari.text
    guest.type("/cari folder pelangi")
    assert "berkas tim" not in guest.text


# groups --------------------------------------------------------------------------------------------


def test_in_a_group_only_answers_and_terms_and_in_few_lines(house: House, sari: Talk) -> None:
    sari.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").tap("Isi penjelasan").type(NOTE)
    group = Group(house, [sari])
    group.say(sari, "/cari gratifikasi")
    assert "Jawaban" in group.text
    assert "Indikator" not in group.text
    assert len(group.text.splitlines()) <= 14
    group.tap(sari, str(group.buttons[0]["callback_data"]))
    assert "ratifikasi" in group.text
    group.say(sari, "/cari radio")
    assert "Suara Contoh" not in group.text
    for forged in ("cari.g:pen:0:radio", "cari.g:ind:0:sop", "cari.p:pen:0:radio"):
        group.tap(sari, forged)
        assert "Suara Contoh" not in group.text
        assert "A.I." not in group.text


def test_terms_in_a_group_are_short(house: House, sari: Talk) -> None:
    group = Group(house, [sari])
    group.say(sari, "/istilah spkp")
    assert "Survei Persepsi Kualitas Pelayanan" in group.text
    group.say(sari, "/istilah")
    assert group.text.startswith("Tulis /istilah lalu istilahnya")
    group.say(sari, "/istilah wbkk")
    assert "Mungkin yang dimaksud" in group.text
    group.say(sari, "/cari")
    assert group.text.startswith("Tulis /cari lalu kata yang dicari")


# what carries it -----------------------------------------------------------------------------------


def test_a_packed_query_fits_a_button_whatever_was_typed() -> None:
    for typed in (
        "sop",
        "Evaluasi: hasil & tindak-lanjut monitoring berkala tiap triwulan",
        "é" * 80,
        "a" * 300,
    ):
        query = service.packed(typed)
        assert service.packed(query) == query
        assert len(routes.SEARCH_GROUP("ind", 99, query).pack().encode()) <= routes.MAX_PACKED_BYTES


def test_a_search_takes_a_few_milliseconds(library: Library) -> None:
    searcher = library.searcher()
    taken = []
    for typed in ("sop", "benturan kepentingn", "evaluasi", "zi", "xyzzyq", "area 5"):
        begun = time.perf_counter()
        query = searcher.query(typed)
        for shelf in ("lke", "entry", "term"):
            searcher.find(query, shelf)
        taken.append(1000 * (time.perf_counter() - begun))
    assert sorted(taken)[len(taken) // 2] < MOST_MS
