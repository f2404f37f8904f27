"""The instrument is complete, numbered like the worksheet, found by what people type, never quietly wrong."""

import copy
import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import InstrumentError
from knowledge.instrument import Area, Indicator, load_instrument, load_instruments
from knowledge.outline import load_outlines
from tests.knowledge.lke import FOLDER, items, lke

FILE = FOLDER / "lke-2021.1.yaml"


def test_lke_2021_has_all_its_parts() -> None:
    found = lke()
    assert (len(found.areas), len(found.subs), len(found.area_order), len(found.results)) == (6, 42, 110, 3)
    assert sum(1 for each in found.area_order if each.kind == "P") == 87
    assert [str(area.weight) for area in found.areas] == ["8", "7", "10", "10", "15", "10"]
    assert sum(each.max_points for each in found.area_order) == 60
    assert sum(each.max_points for each in found.results) == 40


def test_every_indicator_says_what_is_asked_and_what_is_to_be_done() -> None:
    for item in items():
        assert item.question.endswith("?")
        assert item.work
        assert item.evidence
        assert len(item.work) <= 110, item.id


def test_texts_name_regulations_and_never_web_pages() -> None:
    for path in (*FOLDER.glob("*.yaml"), FOLDER.parent / "proses.yaml"):
        text = path.read_text().lower()
        for word in ("http", "www.", "github", ".com", ".go.id"):
            assert word not in text, (path.name, word)


def test_numbering_is_the_worksheets() -> None:
    found = lke()
    assert found.indicator("PW.P.1.a").number == "A.I.5.i.a"
    assert found.indicator("PP.R.1.b").number == "A.II.6.i.b"
    assert found.indicator("PW.P.1.a").spoken == "Area 5, pemenuhan, i.a"
    assert [item.number for item in found.results] == ["B.I.a", "B.I.b", "B.II.a"]
    assert len({each.number for each in found.area_order}) == 110


@pytest.mark.parametrize(
    "typed",
    [
        "PW.P.1.a",
        "pw p 1 a",
        "A.I.5.i.a",
        "a i 5 i a",
        "A.1.5.1.a",
        "a-i-5-i-a",
        "Area 5, pemenuhan, i.a",
        "ai5ia",
    ],
)
def test_an_indicator_is_found_by_whatever_names_it(typed: str) -> None:
    found = lke().find(typed)
    assert isinstance(found, Indicator)
    assert found.id == "PW.P.1.a"


def test_larger_parts_are_found_too() -> None:
    found = {
        typed: getattr(lke().find(typed), "id", None)
        for typed in ("A.I.5.i", "area 5", "pw", "A.I.5", "b.i.b")
    }
    assert found == {"A.I.5.i": "PW.P.1", "area 5": "PW", "pw": "PW", "A.I.5": "PW.P", "b.i.b": "H.1.b"}


@pytest.mark.parametrize(
    "typed", ["", "a", "5", "A.I.9.i.a", "A.I.5.i.z", "apa itu A.I.5.i.a", "area", "area 7"]
)
def test_what_names_nothing_is_not_found(typed: str) -> None:
    assert lke().find(typed) is None


def test_every_number_and_id_finds_its_own_indicator() -> None:
    for each in lke().area_order:
        assert lke().find(each.number) is lke().find(each.id.lower()) is lke().find(each.spoken) is each


def test_worksheet_order_is_all_pemenuhan_then_all_reform() -> None:
    kinds = "".join(each.kind for each in lke().worksheet_order)
    assert kinds == "P" * 87 + "R" * 23
    assert sorted(each.id for each in lke().worksheet_order) == sorted(each.id for each in lke().area_order)


def test_walking_an_area_goes_through_pemenuhan_and_reform_and_ends() -> None:
    area = lke().find("area 1")
    assert isinstance(area, Area)
    walked, here = [area.indicators[0]], lke().next_in_area(area.indicators[0])
    while here:
        walked.append(here)
        here = lke().next_in_area(here)
    assert tuple(walked) == area.indicators
    assert lke().prev_in_area(walked[0]) is None
    assert lke().prev_in_area(walked[3]) is walked[2]


def test_gates_stand_in_the_instruments_order() -> None:
    assert tuple(gate.id for gate in lke().gates["WBK"]) == lke().criteria_order
    needs = {gate.id: gate.need for gate in lke().gates["WBBM"]}
    assert needs["area.PW"] == Decimal("11.25")
    assert [gate.id for gate in lke().gates["WBK"] if gate.survey] == ["hasil.ipak", "hasil.pelayanan"]


def test_released_files_never_change() -> None:
    lines = (FOLDER / "released.sha256").read_text().splitlines()
    released = {name: digest for digest, name in (line.split() for line in lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.yaml")}
    assert found == released


def test_the_newest_release_answers_to_the_bare_id(tmp_path: Path) -> None:
    text = FILE.read_text()
    (tmp_path / "lke-2021.1.yaml").write_text(text)
    (tmp_path / "lke-2021.2.yaml").write_text(text.replace("version: '2021.1'", "version: '2021.2'"))
    found = load_instruments(tmp_path)
    assert found["lke-2021"].version == "2021.2"
    assert found["lke-2021.1"].version == "2021.1"


def test_the_old_instrument_is_there_to_read_and_marked_where_unsure() -> None:
    old = load_outlines(FOLDER)["lke-2019"]
    assert [str(area.weight) for area in old.areas] == ["5", "5", "15", "10", "15", "10"]
    assert {each.confidence for each in old.thresholds} == {"recall"}


Spoil = Callable[[dict[str, Any]], None]


def leaf(raw: dict[str, Any]) -> Any:
    return raw["areas"][0]["aspects"][0]["sub_components"][0]["indicators"][0]


def ratio(raw: dict[str, Any]) -> Any:
    return raw["areas"][0]["aspects"][1]["sub_components"][0]["indicators"][0]


SPOILED: dict[str, tuple[Spoil, str, str]] = {
    "a weight": (lambda raw: raw["areas"][0].update(weight=9), "pengungkit", "jumlah bagiannya"),
    "a share": (lambda raw: leaf(raw).update(share="1/3"), "MP.P.1.a", "share 1/3 seharusnya 1/2"),
    "an id twice": (lambda raw: leaf(raw).update(id="MP.P.1.b"), "MP.P.1.b", "lebih dari sekali"),
    "a foreign id": (lambda raw: leaf(raw).update(id="TL.P.1.z"), "TL.P.1.z", "harus diawali MP.P.1."),
    "an option": (lambda raw: leaf(raw)["options"].pop("Tidak"), "MP.P.1.a", "pilihan harus Ya, Tidak"),
    "a scale": (lambda raw: leaf(raw).update(scale="abcx"), "MP.P.1.a", "pilihan harus kosong"),
    "rising values": (lambda raw: raw["scales"].update(abc={"A": 1, "B": 1, "C": 0}), "abc", "harus turun"),
    "a formula key": (lambda raw: ratio(raw)["formula"].update(denominator=["x"]), "MP.R.1.a", "masukan x"),
    "no formula": (lambda raw: ratio(raw).pop("formula"), "MP.R.1.a", "formula"),
    "in_formula": (lambda raw: ratio(raw)["inputs"][0].update(in_formula=False), "MP.R.1.a", "in_formula"),
    "a count": (lambda raw: raw["counts"].update(indicators=111), "lke-2021", "counts.indicators"),
    "a gate": (lambda raw: raw["thresholds"]["WBK"].update(total=90), "total", "harus naik"),
    "a criterion": (
        lambda raw: raw["thresholds"]["criteria_order"].pop(),
        "criteria_order",
        "setiap kriteria",
    ),
    "a missing text": (lambda raw: leaf(raw).pop("work"), "MP.P.1.a", "work"),
    "a misspelt field": (lambda raw: leaf(raw).update(judul="x"), "MP.P.1.a", "judul"),
    "an empty text": (lambda raw: leaf(raw).update(question=""), "MP.P.1.a", "question"),
    "a version": (lambda raw: raw.update(version="2021"), "lke-2021", "version"),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_broken_file_fails_with_file_id_and_reason(tmp_path: Path, spoil: str) -> None:
    change, item_id, reason = SPOILED[spoil]
    raw = copy.deepcopy(yaml.load(FILE.read_text(), Loader=yaml.CSafeLoader))
    change(raw)
    (tmp_path / FILE.name).write_text(yaml.dump(raw, Dumper=yaml.CSafeDumper, sort_keys=False))
    with pytest.raises(InstrumentError) as caught:
        load_instrument(tmp_path / FILE.name)
    assert caught.value.file == FILE.name
    assert caught.value.item_id == item_id
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["a: [", "- 1", "", "kind: instrument\nid: x\n"])
def test_a_file_that_is_no_instrument_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "lke-2030.1.yaml").write_text(content)
    with pytest.raises(InstrumentError, match=r"^lke-2030\.1\.yaml: "):
        load_instruments(tmp_path)


def test_a_file_under_a_wrong_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lke-2022.1.yaml").write_text(FILE.read_text())
    with pytest.raises(InstrumentError, match=r"nama berkas harus lke-2021\.1\.yaml"):
        load_instruments(tmp_path)
