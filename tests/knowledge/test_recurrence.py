"""Recurring evidence: the product's file fits the instrument, and a wrong one is named."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from knowledge.errors import KnowledgeFileError
from knowledge.instrument import load_instruments
from knowledge.library import DATA
from knowledge.recurrence import FILE, load_recurrence, recurrences

INSTRUMENTS = load_instruments(DATA / "instruments")
LKE = INSTRUMENTS["lke-2021"]


def test_the_rhythms_of_known_indicators() -> None:
    found = recurrences(LKE)
    assert {item: found[item].every for item in ("MP.P.3.b", "PP.P.4.a", "PW.P.1.a", "MP.P.1.a")} == {
        "MP.P.3.b": "month",
        "PP.P.4.a": "quarter",
        "PW.P.1.a": "quarter",
        "MP.P.1.a": "year",
    }
    assert found["PW.P.1.a"].what == "kampanye antigratifikasi"
    assert "MP.P.1.b" not in found


def test_every_entry_has_its_reason_beside_it() -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines()
    entries = [n for n, line in enumerate(lines) if line.startswith("  - id:")]
    assert len(entries) == len(recurrences(LKE))
    assert all(lines[n + 4].startswith("    # ") for n in entries)


def test_another_instrument_has_none() -> None:
    assert load_recurrence(DATA, replace(LKE, id="lke-2030")) == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "PW.P.9.z"}, "bukan indikator"),
        ({"cites": "setiap hari"}, "kutipan"),
        ({"every": "week"}, "every"),
        ({"what": ""}, "what"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, change: dict[str, str], said: str) -> None:
    entry = {"id": "PW.P.1.a", "every": "quarter", "what": "kampanye", "cites": "secara rutin"} | change
    (tmp_path / FILE).write_text(yaml.safe_dump({"instrument": "lke-2021", "items": [entry]}))
    with pytest.raises(KnowledgeFileError, match=said):
        load_recurrence(tmp_path, LKE)


def test_an_item_written_twice_is_named(tmp_path: Path) -> None:
    entry = {"id": "PW.P.1.a", "every": "quarter", "what": "kampanye", "cites": "secara rutin"}
    (tmp_path / FILE).write_text(yaml.safe_dump({"instrument": "lke-2021", "items": [entry, entry]}))
    with pytest.raises(KnowledgeFileError, match="dua kali"):
        load_recurrence(tmp_path, LKE)
