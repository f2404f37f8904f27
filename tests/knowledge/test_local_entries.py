"""An agency's answers beside the national base: found by likeness, scored on the desk's scale, fast."""

import time

import pytest

from knowledge.library import Library
from knowledge.local_entries import EXACT, HINT, NEAR, LocalEntry, LocalIndex, codes_of

ENTRIES = (
    LocalEntry(1, ("jemputan pegawai dari stasiun berangkat jam berapa", "jadwal bus pegawai"), "06.30"),
    LocalEntry(2, ("siapa operator survei SPAK di kantor kita", "kontak operator SPAK"), "Bu Rina"),
    LocalEntry(3, ("cara pinjam ruang rapat garuda", "booking ruang rapat garuda lewat mana"), "Lewat loket"),
)


def index_of(library: Library, entries: tuple[LocalEntry, ...] = ENTRIES) -> LocalIndex:
    """An index with the library's reading."""
    return LocalIndex(entries, library.desk.matcher, codes_of(library.desk.abbreviations))


@pytest.fixture(scope="module")
def index(library: Library) -> LocalIndex:
    """The entries above."""
    return index_of(library)


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("Jadwal bus pegawai?", 1),
        ("min, jadwalnya bus pegawai apa ya", 1),
        ("jam brp jemputan pegawai berangkat dr stasiun", 1),
        ("kontaknya operator spak siapa", 2),
        ("mau booking ruang rapat garuda lewat mana ya", 3),
        ("pinjam ruang rapat garuda gimana caranya", 3),
    ],
)
def test_questions_in_near_words_find_their_entry(index: LocalIndex, text: str, entry_id: int) -> None:
    found = index.ask(text)
    assert found is not None
    assert found.entry.id == entry_id
    assert NEAR <= found.score <= EXACT


def test_the_same_words_in_any_order_are_exact(index: LocalIndex) -> None:
    found = index.ask("operator SPAK kontak")
    assert found is not None
    assert found.score == EXACT


@pytest.mark.parametrize(
    "text",
    [
        "siapa operator survei SPKP di kantor kita",
        "apa syarat WBK?",
        "cara pinjam mobil dinas",
        "jadwal apel pegawai",
        "",
        "???",
        "\u200b\u202e",
        "a" * 5000,
    ],
)
def test_other_questions_are_not_answered(index: LocalIndex, text: str) -> None:
    found = index.ask(text)
    assert found is None or found.score < NEAR


def test_a_neighbour_with_another_code_is_at_most_offered(index: LocalIndex) -> None:
    found = index.ask("siapa operator survei SPKP di kantor kita")
    assert found is not None
    assert HINT <= found.score < NEAR


def test_an_index_without_entries_finds_nothing(library: Library) -> None:
    assert index_of(library, ()).ask("apa saja") is None


def test_a_thousand_entries_are_asked_in_milliseconds_and_rebuilt_from_what_was_read(
    library: Library,
) -> None:
    words = ("arsip", "loket", "piket", "apel", "parkir", "seragam", "koperasi", "klinik", "gudang", "taman")
    many = tuple(
        LocalEntry(n, (f"{words[n % 10]} {words[n // 10 % 10]} gedung {n} jam berapa", f"nomor {n}"), "x")
        for n in range(1000)
    )
    index = index_of(library, many)
    began = time.perf_counter()
    for n in range(100):
        index.ask(f"jam berapa {words[n % 10]} gedung {n} buka")
    assert (time.perf_counter() - began) / 100 < 0.025
    began = time.perf_counter()
    again = LocalIndex(many, library.desk.matcher, codes_of(library.desk.abbreviations), index)
    assert time.perf_counter() - began < 0.5
    assert again.ask("nomor 7") == index.ask("nomor 7")
