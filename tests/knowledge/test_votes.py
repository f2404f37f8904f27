"""What the learned votes know, and what dictation writes out."""

import math
from array import array
from pathlib import Path

import pytest

from knowledge.library import DATA, Library
from knowledge.normalize import Normalizer, Words, load_normalizer
from knowledge.spoken import written
from knowledge.votes import NOBODY, Votes, load_votes, write_votes

LETTERS = {"we": "w", "be": "b", "ka": "k", "es": "s", "a": "a", "pe": "p", "em": "m", "te": "t", "i": "i"}
NAMES = frozenset({"wbk", "wbbm", "spak", "skm", "tpi", "pk"})


def small_votes() -> Votes:
    """Two words, three topics: "syarat" speaks a little for the first two, "wbbm" much for the second."""
    return Votes(
        ("one", "two", "three"),
        {"syarat": 0, "wbbm": 1},
        array("f", [1.0, 3.0]),
        array("I", [0, 2, 4]),
        array("H", [0, 1, 1, 2]),
        array("h", [64, 64, 320, -64]),
    )


def words(*stems: str) -> Words:
    """A question of these stems."""
    return Words(stems, stems)


def test_every_document_has_votes(library: Library) -> None:
    """Fails after a new entry: learn again, see CONTRIBUTING.md."""
    known = set(load_votes(DATA).topics)
    missing = [card.document.id for card in library.desk.matcher.index.cards if card.document.id not in known]
    assert missing == []


def test_chances_add_up_to_one_and_the_deciding_word_decides() -> None:
    ballot = small_votes().ballot(words("syarat", "wbbm"), (0, 1, 2))
    assert ballot.first == 1
    assert sum(ballot.of(place) for place in range(3)) == pytest.approx(1.0)
    assert ballot.of(1) > ballot.of(0) > ballot.of(2)


def test_a_topic_that_is_gone_gets_no_votes() -> None:
    ballot = small_votes().ballot(words("syarat", "wbbm"), (0, -1, 1))
    assert ballot.first == 0
    assert ballot.of(0) + ballot.of(1) == pytest.approx(1.0)


def test_doubt_is_least_where_the_votes_agree() -> None:
    votes = small_votes()
    sure, torn = (votes.ballot(words(word), (0, 1, 2)) for word in ("wbbm", "syarat"))
    assert 0 <= sure.doubt < torn.doubt


def test_a_row_is_counted_alike_whether_it_names_few_topics_or_many() -> None:
    """Rows that name many topics are added up as one long number; negative votes must survive that."""
    topics = tuple(f"t{place}" for place in range(200))
    weights = [(-1) ** place * (place % 90) for place in range(200)]
    many = Votes(
        topics,
        {"a": 0, "b": 1, "c": 2},
        array("f", [1.0, 1.0, 1.0]),
        array("I", [0, 200, 400, 402]),
        array("H", [*range(200), *range(200), 0, 7]),
        array("h", [*weights, *weights, 100, 150]),
    )
    ballot = many.ballot(words("a", "b", "c"), range(200))
    votes = [2 * weight for weight in weights]
    votes[0] += 100
    votes[7] += 150
    scores = [value / 32 / math.sqrt(3) for value in votes]
    mass = sum(math.exp(score) for score in scores)
    assert ballot.first == votes.index(max(votes))
    for place in (0, 7, 88, 178):
        assert ballot.of(place) == pytest.approx(math.exp(scores[place]) / mass, rel=1e-6)


def test_unknown_words_vote_for_nobody() -> None:
    assert small_votes().ballot(words("rendang"), (0, 1, 2)) == NOBODY


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_votes(tmp_path, small_votes())
    again = load_votes(tmp_path)
    assert again.ballot(words("wbbm"), (0, 1, 2)) == small_votes().ballot(words("wbbm"), (0, 1, 2))


def test_a_folder_without_a_table_has_no_votes(tmp_path: Path) -> None:
    assert load_votes(tmp_path).ballot(words("wbk"), ()) == NOBODY


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("we be ka itu apa", "wbk itu apa"),
        ("beda we be ka sama we be be em", "beda wbk sama wbbm"),
        ("es pe a ka", "spak"),
        ("te pe i", "tpi"),
        ("be a ka", "be a ka"),
        ("pilih a", "pilih a"),
        ("total tujuh puluh delapan", "total 78"),
        ("dua ribu dua puluh enam", "2026"),
        ("dua ribu dua lima", "2025"),
        ("sembilan puluh dua ribu dua puluh satu", "90 2021"),
        ("seratus dua puluh", "120"),
        ("empat belas", "14"),
        ("lima unsur", "lima unsur"),
        ("puluh", "puluh"),
        ("", ""),
    ],
)
def test_dictated_letters_and_numbers_are_put_together(said: str, read: str) -> None:
    assert " ".join(written(said.split(), LETTERS, NAMES)) == read


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    """The product's own tables."""
    return load_normalizer(DATA)


def test_sounds_between_words_say_nothing(normalizer: Normalizer) -> None:
    assert normalizer.words("eee apa itu emm es ka em").text == normalizer.words("apa itu skm").text


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("eee we be ka itu syaratnya apa aja ya pak", "syarat-wbk"),
        ("antara we be ka sama we be be em itu bedanya di mana", "beda-wbk-wbbm"),
        ("te pe i sama te pe en bedanya apa", "beda-tpi-tpn"),
        ("es ka em dengan es pe ka pe bedanya apa", "beda-skm-spkp"),
        ("u pe ge itu tugasnya apa", "upg"),
    ],
)
def test_dictated_questions_are_answered(library: Library, question: str, topic: str) -> None:
    outcome = library.ask(question)
    assert (outcome.kind, outcome.topics[:1]) == ("answer", (topic,))


@pytest.mark.parametrize(
    "question",
    [
        "nomor wa tim penilai nasional",
        "kapan kenaikan pangkat agen perubahan saya",
        "uang harian perjalanan dinas ke jakarta berapa",
        "cara belanja di e katalog",
        "berapa lhkpn gubernur",
        "lupa password e-lhkpn",
        "harga mesin antrean touchscreen",
    ],
)
def test_near_misses_are_declined_not_merely_offered_choices(library: Library, question: str) -> None:
    outcome = library.ask(question)
    assert (outcome.kind, outcome.topics) == ("decline", ())


@pytest.mark.parametrize("question", ["cara hitung indeks skala 4 ke nilai 17,5", "rumus 3,2 ke 14"])
def test_a_question_about_arithmetic_is_not_taken_for_a_units_figures(
    library: Library, question: str
) -> None:
    assert library.ask(question).figures == ()
