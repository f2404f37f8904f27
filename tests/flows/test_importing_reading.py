"""Reading worksheets: what was written is what is read, in every layout; what cannot be read says why."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from flows.importing import archive, cells
from flows.importing.archive import Unreadable
from flows.importing.reading import Reading, read_workbook
from knowledge.answers import Answer, Choice, Index, Notice, Ratio, judge
from tests.knowledge.lke import filled, items, lke
from tests.support import workbooks
from tests.support.workbooks import Filled

LAYOUTS = [workbooks.clean_b, workbooks.clean_e, workbooks.messy, workbooks.one_column]


def possible(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Without those that nobody could save: more done than there was to do."""
    known = {item.id: item for item in items()}
    return {
        item_id: answer
        for item_id, answer in answers.items()
        if judge(known[item_id], answer).notice is not Notice.EXCEEDS
    }


def full() -> dict[str, Answer]:
    """Every item answered."""
    made: dict[str, Answer] = {}
    for place, item in enumerate(items()):
        if item.options:
            made[item.id] = Choice(item.options[place % len(item.options)].key)
        elif hasattr(item, "inputs"):
            made[item.id] = Ratio({each.key: 20 - n for n, each in enumerate(item.inputs)})
        else:
            made[item.id] = Index(Decimal("3.62"))
    return possible(made)


def read(data: bytes, name: str = "LKE.xlsx") -> Reading:
    return read_workbook(data, lke(), name)


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(answers=filled())
def test_what_was_written_is_what_is_read(
    layout: Callable[[Any, Filled], bytes], answers: dict[str, Answer]
) -> None:
    answers = possible(answers)
    if len(answers) < 1:
        return
    reading = read(layout(lke(), Filled(answers)))
    assert dict(reading.answers) == answers
    assert reading.doubts == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_item(layout: Callable[[Any, Filled], bytes]) -> None:
    answers = full()
    assert dict(read(layout(lke(), Filled(answers))).answers) == answers


def test_words_alone_are_enough_when_the_numbers_are_gone() -> None:
    answers = {k: v for k, v in full().items() if not k.startswith("H.")}
    reading = read(workbooks.without_numbers(lke(), Filled(answers)))
    assert dict(reading.answers) == answers


@pytest.mark.parametrize("layout", [workbooks.clean_b, workbooks.clean_e])
def test_narratives_and_links_come_along(layout: Callable[[Any, Filled], bytes]) -> None:
    data = layout(
        lke(),
        Filled(
            full(),
            notes={"PW.P.1.a": "Kampanye tiap triwulan"},
            proofs={"PW.P.1.a": "Foto spanduk\nLaporan kampanye"},
            links={"PW.P.1.a": "https://drive.google.com/a?b=1", "MP.P.1.a": "https://contoh.go.id/sk"},
        ),
    )
    reading = read(data)
    assert reading.links == 2
    assert reading.notes == {
        "MP.P.1.a": "Tautan bukti: https://contoh.go.id/sk",
        "PW.P.1.a": "Kampanye tiap triwulan\nBukti: Foto spanduk\nBukti: Laporan kampanye\n"
        "Tautan bukti: https://drive.google.com/a?b=1",
    }


def test_a_narrative_is_kept_within_its_limit_and_said_to_be_cut() -> None:
    long = "panjang " * 400
    reading = read(workbooks.clean_b(lke(), Filled(full(), notes={"MP.P.1.a": long})))
    assert len(reading.notes["MP.P.1.a"]) <= 2000
    assert reading.cut == 1


def test_the_assessors_answers_are_left_alone() -> None:
    reading = read(workbooks.clean_e(lke(), Filled({"MP.P.1.b": Choice("A")}, notes={"MP.P.1.b": "ada"})))
    assert dict(reading.answers) == {"MP.P.1.b": Choice("A")}
    assert reading.links == 0


@pytest.mark.parametrize(
    ("item_id", "typed", "why", "suggest"),
    [
        ("MP.P.1.b", "A/B", cells.UNCLEAR, ""),
        ("MP.P.1.b", "?", cells.UNCLEAR, ""),
        ("MP.P.1.b", "D", cells.OUTSIDE, ""),
        ("MP.P.1.b", 1.5, cells.OUTSIDE, ""),
        ("MP.P.1.b", "#REF!", cells.ERROR, ""),
        ("MP.P.1.a", "A", cells.OUTSIDE, ""),
        ("AK.R.1.a", {"sasaran": 20, "tercapai": 1.5}, cells.NOT_WHOLE, ""),
        ("AK.R.1.a", {"sasaran": 20, "tercapai": "semua"}, cells.NOT_A_NUMBER, ""),
        ("AK.R.1.a", {"sasaran": 12, "tercapai": 18}, cells.IMPOSSIBLE, ""),
        ("AK.R.1.a", {"sasaran": 12}, cells.INCOMPLETE, ""),
        ("AK.R.1.a", {"sasaran": -3, "tercapai": 1}, cells.OUTSIDE, ""),
        ("AK.R.1.a", 0.85, cells.PERCENT_ONLY, ""),
        ("H.1.a", 90.5, cells.OFF_SCALE, "3.62"),
        ("H.1.a", "sangat baik", cells.NOT_A_NUMBER, ""),
        ("H.1.a", 5, cells.OFF_SCALE, ""),
    ],
)
def test_doubtful_cells_are_asked_about_not_guessed(item_id: str, typed: Any, why: str, suggest: str) -> None:
    answers = {k: v for k, v in full().items() if k != item_id}
    reading = read(workbooks.clean_b(lke(), Filled(answers, cells={item_id: typed})))
    assert dict(reading.answers) == answers
    assert [(d.item_id, d.why, d.suggest) for d in reading.doubts] == [(item_id, why, suggest)]
    assert reading.where[item_id].startswith("LKE ZI K")


@pytest.mark.parametrize("blank", ["-", "", "Blm Diisi", "n/a", "…".replace("…", "...")])
def test_a_placeholder_is_no_answer_and_no_doubt(blank: str) -> None:
    answers = {k: v for k, v in full().items() if k != "MP.P.1.b"}
    reading = read(workbooks.clean_b(lke(), Filled(answers, cells={"MP.P.1.b": blank})))
    assert "MP.P.1.b" not in reading.answers
    assert reading.doubts == ()


def test_the_year_comes_from_titles_or_the_files_name_never_from_a_regulation() -> None:
    assert read(workbooks.messy(lke(), Filled(full()))).year == 2027
    data = workbooks.clean_b(lke(), Filled(full()))
    assert read(data).year is None
    assert read(data, "LKE_2026_final_fix2.xlsx").year == 2026


def test_the_older_structure_gives_only_narratives_whose_indicator_is_the_same() -> None:
    reading = read(workbooks.older(lke(), {"PW.P.4.a": "WBS berjalan", "MP.P.1.a": "SK tim ada"}))
    assert reading.old
    assert dict(reading.answers) == {}
    assert reading.doubts == ()
    assert dict(reading.notes) == {"PW.P.4.a": "WBS berjalan", "MP.P.1.a": "SK tim ada"}
    assert reading.year == 2020


def test_what_cannot_be_read_says_why() -> None:
    good = workbooks.clean_b(lke(), Filled(full()))
    assert refused(b"halo, ini bukan Excel") == archive.NOT_EXCEL
    assert refused(workbooks.ole("Workbook")) == archive.OLD_FORMAT
    assert refused(workbooks.ole("EncryptedPackage")) == archive.LOCKED
    assert refused(b"<html><table></table></html>") == archive.OLD_FORMAT
    assert refused(good[: len(good) // 2]) == archive.BROKEN
    assert refused(workbooks.bomb()) == archive.BOMB
    assert refused(workbooks.no_lke()) == archive.NO_LKE
    assert refused(bytes(archive.MAX_BYTES + 1)) == archive.TOO_BIG


def test_declared_entities_and_floods_of_cells_are_refused() -> None:
    good = workbooks.clean_b(lke(), Filled(full()))
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
    assert refused(workbooks.with_part(good, "xl/worksheets/sheet1.xml", entity)) == archive.BOMB
    flood = b"<worksheet><sheetData>" + b"<c/>" * (archive.MAX_ELEMENTS + 1) + b"</sheetData></worksheet>"
    assert refused(workbooks.with_part(good, "xl/worksheets/sheet2.xml", flood)) == archive.BOMB


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"])
def test_a_damaged_part_is_no_crash(name: str) -> None:
    good = workbooks.clean_b(lke(), Filled(full()))
    assert refused(workbooks.with_part(good, name, b"<a><b></a>")) == archive.BROKEN


def test_a_ministrys_copy_beside_the_answers_is_not_read_twice() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbooks.clean_b(lke(), Filled(full()))))
    copy = book.copy_worksheet(book["LKE ZI"])
    copy.title = "LKE 2025"
    copy["K8"] = "Tidak"
    reading = read(workbooks.saved(book))
    assert dict(reading.answers) == full()


def test_formulas_give_their_stored_results() -> None:
    data = workbooks.clean_b(lke(), Filled({k: v for k, v in full().items() if k != "MP.P.1.b"}))
    part = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive_:
        xml = archive_.read(part).decode()
    row = re.search(r'<row r="8"[^>]*>.*?</row>', xml, re.DOTALL)
    assert row is not None
    formula = '<c r="K8" t="str"><f>IF(1=1,"B","C")</f><v>B</v></c>'
    changed = xml.replace(row[0], row[0].replace('<c r="L8"', formula + '<c r="L8"'))
    reading = read(workbooks.with_part(data, part, changed.encode()))
    assert reading.answers["MP.P.1.b"] == Choice("B")


def test_areas_on_sheets_of_their_own_are_put_together() -> None:
    answers = {k: v for k, v in full().items() if not k.startswith("H.")}
    data = workbooks.by_area(lke(), Filled(answers))
    assert dict(read(data).answers) == answers
