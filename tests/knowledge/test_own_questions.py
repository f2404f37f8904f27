"""Own questions: recognised in many spellings, and never taken for a question about the rules."""

import json
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeFileError
from knowledge.files import load_mapping
from knowledge.library import DATA, Library
from knowledge.own_questions import FILE, KindPart, OwnQuestion, OwnQuestions, Tables, load_own_questions

BENCH = Path(__file__).parent.parent / "bench" / "data"
LEAST_EXAMPLES = 25

UNSEEN = (
    ("min nilai unit kita udah berapa skrg ya", OwnQuestion("nilai")),
    ("brp sih nilai zi kita saat ini", OwnQuestion("nilai")),
    ("nilai area 5 kita brp", OwnQuestion("nilai", area=5)),
    ("gimana skor kantor kita ya", OwnQuestion("nilai")),
    ("kurang berapa poin lagi kita biar lolos wbbm", OwnQuestion("kurang", target="WBBM")),
    ("kira2 kita lolos wbk gak", OwnQuestion("kurang", target="WBK")),
    ("unit kami masih kurang di mana saja", OwnQuestion("kurang")),
    ("indikator mana aja yg msh kosong", OwnQuestion("belum")),
    ("yang belum keisi apa aja nih", OwnQuestion("belum")),
    ("area 5 apa yang belum", OwnQuestion("belum", area=5)),
    ("saya mesti ngapain", OwnQuestion("tugas")),
    ("gue harus ngerjain apa nih", OwnQuestion("tugas")),
    ("apa yg hrs saya kerjakan hari ini", OwnQuestion("tugas")),
    ("tugasku apa ya min", OwnQuestion("tugas")),
    ("deadlinenya kapan", OwnQuestion("batas")),
    ("kapan dl kita", OwnQuestion("batas")),
    ("deadline area 5 kapan", OwnQuestion("batas", area=5)),
    ("kelemahan kita di area mana", OwnQuestion("lemah")),
    ("pokja mana yg paling lemah ya", OwnQuestion("lemah")),
    ("kita udah sampe mana ya", OwnQuestion("progres")),
    ("udh brp % pengisian lke kita", OwnQuestion("progres")),
    ("siapa aja sih anggota tim kita", OwnQuestion("tim")),
    ("siapa koordinator zi di kantor kita", OwnQuestion("tim")),
    ("aku masuk pokja berapa ya", OwnQuestion("saya")),
    ("progrs kita", OwnQuestion("progres")),
    ("siapa yang pegang area pelayanan publik di tim kita", OwnQuestion("tim", area=6)),
    ("siapa PIC area 6 di tim kita", OwnQuestion("tim", area=6)),
    ("siapa koordinator area pelayanan publik", OwnQuestion("tim", area=6)),
    ("pj area sdm siapa", OwnQuestion("tim", area=3)),
    ("area tatalaksana dipegang siapa", OwnQuestion("tim", area=2)),
    ("bukti mana aja yg blm lengkap di area 3?", OwnQuestion("bukti", area=3)),
    ("eviden area 2 yang kurang apa", OwnQuestion("bukti", area=2)),
    ("data dukung kita kurang apa", OwnQuestion("bukti")),
    ("daduk mana yg blm", OwnQuestion("bukti")),
)
"""Said in words that are no example."""

OF_THE_RULES = (
    "nilai minimal WBK berapa",
    "deadline LHKPN kapan",
    "siapa saja anggota tim ZI",
    "apa syarat WBK?",
    "tugas tim zi apa saja",
    "area mana saja yang dinilai",
    "batas waktu pengusulan kapan",
    "siapa yang menilai zi",
    "berapa persen bobot pengungkit",
    "kita harus dapat nilai berapa biar wbk",
    "nilai kita 78 tapi survei 14 gimana",
    "apa tugas agen perubahan",
    "bobot area 5 berapa",
    "bobot area pelayanan publik berapa",
    "area pengawasan isinya apa saja",
    "bukti apa saja area 3",
    "apa",
    "kita",
    "",
    "?",
    "5",
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables.model_validate(load_mapping(DATA / FILE))


def test_every_kind_has_many_examples_and_each_is_recognised(library: Library, tables: Tables) -> None:
    for kind in tables.kinds:
        assert len(set(kind.examples)) >= LEAST_EXAMPLES, kind.id
        for example in kind.examples:
            found = library.own_question(example)
            assert found is not None, example
            assert found.kind == kind.id, example


@pytest.mark.parametrize(("text", "meant"), UNSEEN)
def test_other_words_and_spellings_mean_the_same(library: Library, text: str, meant: OwnQuestion) -> None:
    assert library.own_question(text) == meant


@pytest.mark.parametrize("text", OF_THE_RULES)
def test_a_question_about_the_rules_is_none(library: Library, text: str) -> None:
    assert library.own_question(text) is None


@pytest.mark.parametrize("name", ["ask_dev", "ask_questions", "ask_blind", "sample_questions"])
def test_no_question_of_the_bench_with_a_topic_is_captured(library: Library, name: str) -> None:
    lines = (BENCH / f"{name}.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    taken = [each["q"] for each in asked if each["topic"] and library.own_question(each["q"])]
    assert taken == []


def test_no_way_of_asking_a_topic_or_term_is_captured(library: Library) -> None:
    asked = [q for entry in library.faq.values() for q in (*entry.questions, entry.title)]
    asked += [q for term in library.glossary.values() for q in term.questions]
    assert [q for q in asked if library.own_question(q)] == []


def test_strange_texts_are_none(library: Library) -> None:
    for text in ("a" * 4096, "\u202e\u200b", "nilai kita " * 40, "🙏", "<b>nilai</b> 'kita' 99"):
        assert library.own_question(text) is None


def test_a_file_that_contradicts_itself_is_refused(library: Library, tables: Tables) -> None:
    twice = (KindPart(id="a", examples=("nilai kita",)), KindPart(id="b", examples=("berapa nilai kami",)))
    normalizer = library.desk.matcher.normalizer
    with pytest.raises(KnowledgeFileError, match="contoh ini juga ada pada a"):
        OwnQuestions(tables.model_copy(update={"kinds": twice}), normalizer)
    empty = (KindPart(id="a", examples=("kita berapa",)),)
    with pytest.raises(KnowledgeFileError, match="tanpa kata yang menentukan"):
        OwnQuestions(tables.model_copy(update={"kinds": empty}), normalizer)
    assert load_own_questions(DATA, normalizer).kinds == tuple(kind.id for kind in tables.kinds)
