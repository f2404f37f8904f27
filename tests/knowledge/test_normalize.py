"""How typed words become comparable ones."""

import pytest

from knowledge.library import DATA
from knowledge.normalize import Normalizer, load_normalizer


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    """The product's own tables."""
    return load_normalizer(DATA)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dsr hkm ZI skrg permen brp?", "dasar hukum zi sekarang permenpanrb berapa"),
        ("gmn caranya ngajuin unit", "bagaimana cara mengajukan unit"),
        ("syrat wkb", "syarat wbk"),
        ("pngelolaan pengaduann", "pengelolaan pengaduan"),
        ("buktidukung", "bukti dukung"),
        ("unsur2 SPIP", "unsur spip"),
        ("unsur-unsur SPIP", "unsur spip"),
        ("deadline submit", "batas waktu kirim"),
        ("lima unsur", "5 unsur"),
    ],
)
def test_chat_words_typos_and_english_are_spelled_out(normalizer: Normalizer, typed: str, read: str) -> None:
    assert normalizer.words(typed).text == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("min, apa itu tpi", "apa itu tpi"),
        ("apa itu tpi min", "apa itu tpi"),
        ("nilai min wbk", "nilai minimal wbk"),
        ("skor min 60", "nilai minimal 60"),
        ("kl nilainya kurang", "kalau nilai kurang"),
        ("indeks rb kl", "indeks rb kl"),
        ("cara buat sop", "cara membuat sop"),
        ("buat wbk", "untuk wbk"),
        ("permen 90", "permenpanrb 90"),
        ("pk tpi skp", "pk tpi skp"),
    ],
)
def test_words_with_two_meanings_are_read_by_their_neighbours(
    normalizer: Normalizer, typed: str, read: str
) -> None:
    assert normalizer.words(typed).text == read


def test_a_rule_is_one_thing_however_its_year_is_written(normalizer: Normalizer) -> None:
    for typed in ("permen 5/2024", "permen 5 tahun 2024", "permen nomor 5 th 2024", "permen 5 thn 2024"):
        assert "5/2024" in normalizer.words(typed).stems, typed
    assert "5/2024" not in normalizer.words("permen 5 tahun 2025").stems


def test_full_names_add_their_abbreviation_and_areas_their_number(normalizer: Normalizer) -> None:
    assert {"tpi", "tpn"} <= set(normalizer.words("penilai internal dan tim penilai nasional").stems)
    assert "spak" in normalizer.words("survei persepsi anti korupsi").stems
    assert "area5" in normalizer.words("pokja lima").stems
    assert "tpi" not in normalizer.words("tapi bagaimana").stems


def test_a_proper_word_is_never_corrected_into_one_of_ours(normalizer: Normalizer) -> None:
    for word in ("resep", "kucing", "kuda", "sewa", "tanah"):
        assert normalizer.words(word).plain == (word,)


def test_stems_join_the_forms_of_a_word(normalizer: Normalizer) -> None:
    stems = {
        normalizer.words(word).stems[0] for word in ("usulkan", "diusulkan", "mengusulkan", "pengusulan")
    }
    assert stems == {"usul"}


def test_invisible_and_bidirectional_characters_vanish(normalizer: Normalizer) -> None:
    assert normalizer.words("s\u200by\u202earat\u2066 w\u00adbk").text == "syarat wbk"
    assert normalizer.words("\u202e\u200b").plain == ()
    assert normalizer.words("\uff37\uff22\uff2b").text == "wbk"


def test_a_text_of_any_length_is_read_in_bounds(normalizer: Normalizer) -> None:
    for text in ("apa " * 2000, "x" * 4096, "?" * 4096, "1 " * 3000, "ab1" * 1400):
        assert len(normalizer.words(text, 70).plain) <= 70


def test_words_of_another_world_are_named_strange(normalizer: Normalizer) -> None:
    assert "xylofon" in normalizer.words("harga xylofon").strange
    assert normalizer.words("syarat wbk").strange == frozenset()
