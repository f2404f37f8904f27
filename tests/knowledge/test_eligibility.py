"""The conditions of a proposal are listed with their rule, per target, and never mixed with the score."""

from pathlib import Path

import pytest

from knowledge.eligibility import Standing, eligibility, load_process
from knowledge.errors import InstrumentError
from tests.knowledge.lke import DATA, lke

PROCESS = load_process(DATA / "proses.yaml")


def test_the_way_of_a_proposal_has_its_stages_in_order() -> None:
    assert [stage.id for stage in PROCESS.stages][:2] == ["pencanangan", "penetapan_unit"]
    assert len(PROCESS.stages) == 15
    assert "31 Mei" in next(stage.timing for stage in PROCESS.stages if stage.id == "pengajuan")


def test_every_condition_names_its_rule_and_known_indicators() -> None:
    for line in PROCESS.eligibility:
        assert line.rule
        for each in line.indicators:
            assert lke().indicator(each).id == each


def test_wbbm_asks_more_than_wbk() -> None:
    needs = {line.id: (line.needed("WBK"), line.needed("WBBM")) for line in PROCESS.eligibility}
    assert needs["sakip"] == ("minimal B", "minimal BB")
    assert needs["indeks_rb_pemda"] == ("minimal CC", "minimal B")
    assert needs["berpredikat_wbk"] == ("", "ya")


def test_unanswered_conditions_stay_open() -> None:
    found = eligibility(PROCESS, "WBK", {"opini_bpk": True, "spip": False}, government="pemda")
    standings = {each.line.id: each.standing for each in found.instansi}
    assert standings == {
        "opini_bpk": Standing.MET,
        "sakip": Standing.OPEN,
        "indeks_rb_pemda": Standing.OPEN,
        "spip": Standing.UNMET,
    }
    assert not found.met
    assert len(found.open) == 2 + len(found.unit)


def test_all_binding_conditions_met_is_enough_and_warnings_stay_apart() -> None:
    answers = {line.id: True for line in PROCESS.eligibility if line.binding}
    found = eligibility(PROCESS, "WBBM", answers, government="kl")
    assert found.met
    assert [each.line.id for each in found.warnings] == ["lama_wbk"]
    assert "indeks_rb_pemda" not in {each.line.id for each in found.instansi}


def test_while_the_kind_of_agency_is_unknown_both_lines_are_listed() -> None:
    found = eligibility(PROCESS, "WBK", {})
    assert {"indeks_rb_pemda", "indeks_rb_kl"} <= {each.line.id for each in found.instansi}


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    text = (DATA / "proses.yaml").read_text().replace("owner: unit", "owner: orang", 1)
    (tmp_path / "proses.yaml").write_text(text)
    with pytest.raises(InstrumentError, match=r"^proses\.yaml: layanan_inti: owner"):
        load_process(tmp_path / "proses.yaml")
