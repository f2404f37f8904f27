"""The arranged Penjelasan adds nothing: every word comes from what was typed, or is one of the labels."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.library import DATA
from knowledge.narrative import EXAMPLE_LINES, LABELS, OWN, compose, lines_of, opening
from knowledge.normalize import load_normalizer

TABLE = load_normalizer(DATA).tables.words
NUMBERS = re.compile(r"\d+")


def test_the_example_of_the_conversations() -> None:
    typed = "kampanye di loket sama instagram / tiap triwulan / petugas sdh paham cara menolak pemberian"
    assert compose(typed, TABLE) == (
        "Kegiatan: kampanye di loket sama instagram. Frekuensi: tiap triwulan. "
        "Hasil: petugas sudah paham cara menolak pemberian."
    )


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        (
            "rapat monev 3x/bln, https://contoh.id/sdh/x\ntw I s.d. tw IV 2026\nSOP zi dipakai 18/20 org.",
            "Kegiatan: rapat monev 3x/bulan, https://contoh.id/sdh/x. "
            "Frekuensi: triwulan I s.d. triwulan IV 2026. Hasil: SOP ZI dipakai 18/20 orang.",
        ),
        (
            "Kegiatan: sosialisasi\n- Frekuensi: tiap bln\n3. Hasil: Utk pegawai",
            "Kegiatan: sosialisasi. Frekuensi: tiap bulan. Hasil: Untuk pegawai.",
        ),
        (
            "rapat di aula lt 2, januari\n\ntiap tgl 5\n\nlancar!!",
            "Kegiatan: rapat di aula lantai 2, Januari. Frekuensi: tiap tanggal 5. Hasil: lancar.",
        ),
        ("BKN dan SMP\nTW\nYG baik", "Kegiatan: BKN dan SMP. Frekuensi: TW. Hasil: YG baik."),
    ],
)
def test_abbreviations_are_opened_and_sentences_closed(typed: str, made: str) -> None:
    assert compose(typed, TABLE) == made


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Kampanye dilakukan tiap triwulan.",
        "satu\ndua",
        "satu\ndua\ntiga\nempat",
        "loket/instagram/medsos",
        "18/20 / 3",
        "satu\n...\ntiga",
    ],
)
def test_anything_but_three_lines_stays_as_it_is(typed: str) -> None:
    assert lines_of(typed) is None
    assert compose(typed, TABLE) is None


def test_only_true_abbreviations_of_the_table_are_opened() -> None:
    for word, meaning in TABLE.items():
        opened = opening(word, TABLE)
        if opened is None or word in OWN:
            continue
        assert opened == meaning
        letters = iter(meaning.replace(" ", ""))
        assert all(letter in letters for letter in word), word
    for word in ("dampak", "amplop", "lolos", "poin", "telat", "smp", "km", "bkn", "wbm", "staf", "per"):
        assert opening(word, TABLE) is None, word


_abbreviations = st.sampled_from(sorted({*OWN, *(w for w in TABLE if opening(w, TABLE))}))
_plain = st.sampled_from(
    [
        "kampanye",
        "loket",
        "Instagram",
        "rapat",
        "12",
        "3x",
        "tiap",
        "bulan",
        "januari",
        "petugas",
        "paham",
        "zi",
        "SOP",
        "18/20",
        "2026,",
        "(aula)",
        "t.me/x",
    ]
)
_anything = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=8)
_line = st.lists(st.one_of(_plain, _abbreviations, _anything), min_size=1, max_size=12).map(" ".join)


def _words(text: str) -> set[str]:
    """Runs of letters; a raised digit ("¹") is a word character for `re` but no letter."""
    spaced = "".join(c if c.isalpha() else " " for c in text)
    return {word.casefold() for word in spaced.split()}


def _allowed(text: str) -> set[str]:
    """Every word that a narrative of this text may hold: its own, opened ones, the labels."""
    words = _words(text)
    for raw in re.findall(r"[A-Za-z]+2?", text):
        opened = opening(raw.lower(), TABLE)
        words |= _words(opened or "")
    return words | {label.casefold() for label in LABELS}


@settings(max_examples=300, deadline=None)
@given(st.lists(_line, min_size=3, max_size=3))
@example(["kampanye", "¹jG", "ÀyG"])
def test_every_word_comes_from_the_input_or_the_labels(lines: list[str]) -> None:
    typed = "\n".join(lines)
    made = compose(typed, TABLE)
    if made is None:
        return
    assert _words(made) <= _allowed(typed)
    doubled = re.sub(r"(?<=[A-Za-z])2(?![A-Za-z0-9])", "", typed)
    typed_numbers, left = NUMBERS.findall(typed), NUMBERS.findall(made)
    assert set(left) <= set(typed_numbers)
    assert set(NUMBERS.findall(doubled)) <= {*left, *_list_numbers(lines)}
    assert made.startswith("Kegiatan: ")
    assert "\n" not in made


def _list_numbers(lines: list[str]) -> set[str]:
    """Numbers that only count the lines ("1. Kegiatan: …") and go with the label."""
    return {hit[1] for line in lines if (hit := re.match(r"\s*(\d)[.)]", line))}


def test_the_example_shown_to_people_is_one() -> None:
    made = compose("\n".join(EXAMPLE_LINES), TABLE)
    assert made is not None
    assert "sudah paham" in made
