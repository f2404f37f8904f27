"""Every rule of the knowledge checks, with a sample that breaks it alone."""

from datetime import date
from typing import Any

import pytest

from knowledge.faq import Entry, Formerly
from knowledge.faq_checks import GLOSSARY, REVIEW_MONTHS, Finding, check_faq
from knowledge.glossary import Term
from knowledge.library import Library

TODAY = date(2026, 11, 22)


def entry(id: str = "contoh", **changes: Any) -> Entry:
    """An entry without fault, but for the changes."""
    values: dict[str, Any] = {
        "id": id,
        "title": "Judul contoh",
        "questions": tuple(f"pertanyaan {id} nomor {number}" for number in range(25)),
        "short": "Jawaban.",
        "rule": ("PermenPANRB 90/2021",),
        "confidence": "verified",
        "reviewed": date(2026, 11, 1),
        "group": "dasar",
    }
    return Entry(**(values | changes))


def found(*entries: Entry, glossary: dict[str, Term] | None = None) -> list[Finding]:
    return list(check_faq({each.id: each for each in entries}, glossary or {}, TODAY))


def test_an_entry_in_order_has_no_finding() -> None:
    assert found(entry(), entry("lain", related=("contoh",))) == []


def past(**changes: str) -> Formerly:
    return Formerly(**({"until": "2021", "text": "Dulu lain."} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"related": ("hilang",)}, 'related "hilang" tidak ada'),
        ({"related": ("contoh",)}, "menunjuk topik itu sendiri"),
        ({"rule": ()}, "rule kosong"),
        ({"rule": (), "basis": "  "}, "rule kosong"),
        ({"title": "  "}, "judul kosong"),
        ({"short": " \n "}, "jawaban singkat kosong"),
        ({"questions": (*(f"tanya {n}" for n in range(25)), " ")}, "ada pertanyaan kosong"),
        ({"confidence": "recall"}, "confidence recall tanpa caution"),
        ({"confidence": "mixed"}, "confidence mixed tanpa caution"),
        ({"short": "a" * 651}, "short 651 huruf, paling banyak 650"),
        ({"detail": "a" * 901}, "detail 901 huruf, paling banyak 900"),
        ({"caution": "a" * 301}, "caution 301 huruf"),
        ({"title": "a" * 81}, "judul 81 huruf"),
        ({"rule": tuple(f"PermenPANRB {n}/2021, Lampiran {n}" for n in range(120))}, "tidak muat satu layar"),
        ({"valid_from": "kapan-kapan"}, 'valid_from "kapan-kapan" bukan tahun'),
        ({"valid_from": "2027", "valid_until": "2026-12-31"}, "valid_from sesudah valid_until"),
        ({"formerly": (past(until="dulu"),)}, 'formerly: "dulu" bukan tahun'),
        ({"formerly": (past(since="2022"),)}, "formerly: since sesudah until"),
        ({"formerly": (past(), past(until="2024"))}, "yang terbaru harus di atas"),
        ({"short": "Lihat https://contoh.go.id"}, "alamat situs di jawaban"),
    ],
)
def test_what_must_be_mended_is_an_error(changes: dict[str, Any], part: str) -> None:
    (finding,) = found(entry(**changes))
    assert part in finding.sentence
    assert finding.error
    assert str(finding).startswith("dasar.yaml: contoh: ")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"questions": tuple(f"tanya {n}" for n in range(24))}, "baru 24 cara bertanya"),
        ({"reviewed": date(2025, 5, 1)}, f"sudah {REVIEW_MONTHS} bulan: tinjau ulang"),
        ({"valid_until": "2025"}, "valid_until 2025 sudah lewat"),
        ({"questions": (*(f"tanya {n}" for n in range(25)), "Tanya, 3?")}, "pertanyaan ditulis dua kali"),
        ({"questions": (*(f"tanya {n}" for n in range(25)), "a" * 301)}, "lebih dari 300 huruf"),
    ],
)
def test_what_is_due_is_a_warning(changes: dict[str, Any], part: str) -> None:
    (finding,) = found(entry(**changes))
    assert part in finding.sentence
    assert not finding.error


def test_what_is_called_after_its_year_does_not_expire() -> None:
    assert found(entry(title="SE 4/2025", valid_until="2025")) == []


def test_a_question_that_two_topics_claim_is_an_error() -> None:
    same = tuple(f"tanya {n}" for n in range(24))
    first = entry("satu", questions=(*same, "Apa itu ZI?"))
    second = entry("dua", questions=(*(f"lain {n}" for n in range(24)), "apa  itu zi"))
    (finding,) = found(first, second)
    assert (finding.id, finding.error) == ("satu", True)
    assert finding.sentence == 'pertanyaan "apa itu zi" juga ada di dua'


def term(**changes: Any) -> dict[str, Term]:
    values = {"id": "gl-zi", "abbr": "ZI", "expansion": "Zona Integritas", "confidence": "verified"}
    return {"gl-zi": Term(**(values | changes))}


@pytest.mark.parametrize(
    ("changes", "part", "error"),
    [
        ({"topic": "hilang"}, 'topic "hilang" tidak ada', True),
        ({"expansion": " "}, "kepanjangannya kosong", True),
        ({"confidence": "recall"}, "tanpa caution", False),
    ],
)
def test_terms_are_checked_too(changes: dict[str, Any], part: str, error: bool) -> None:
    (finding,) = found(entry(), glossary=term(**changes))
    assert (finding.file, finding.id, finding.error) == (GLOSSARY, "gl-zi", error)
    assert part in finding.sentence


def test_the_shipped_knowledge_has_no_error(library: Library) -> None:
    assert [str(each) for each in check_faq(library.faq, library.glossary, TODAY) if each.error] == []
