"""What recurs in a year: the product's file, the days it leads to, and wrong files named."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from knowledge.duties import FILE, Duty, duties, duty_of, load_duties
from knowledge.errors import KnowledgeFileError
from knowledge.instrument import load_instruments
from knowledge.library import DATA
from knowledge.recurrence import recurrences
from knowledge.workdays import workdays

LKE = load_instruments(DATA / "instruments")["lke-2021"]
WORKING = workdays().on_or_before


def duty(id: str) -> Duty:
    found = duty_of(LKE, id)
    assert found is not None
    return found


def dates(id: str, first: date, last: date, day: int | None = None) -> dict[str, date]:
    return {p.code: p.due_on for p in duty(id).coming(first, last, WORKING, day)}


def test_monev_falls_on_the_last_friday_of_each_month() -> None:
    assert dates("monev", date(2027, 1, 1), date(2027, 4, 30)) == {
        "2027-01": date(2027, 1, 29),
        "2027-02": date(2027, 2, 26),
        "2027-03": date(2027, 3, 24),  # Good Friday, and joint leave the day before
        "2027-04": date(2027, 4, 30),
    }


def test_lhkpn_of_a_year_falls_on_31_march_of_the_next() -> None:
    assert dates("lhkpn", date(2027, 1, 1), date(2028, 12, 31)) == {
        "2026": date(2027, 3, 31),
        "2027": date(2028, 3, 31),
    }


def test_a_quarterly_recap_falls_into_the_month_after_it_on_the_units_own_day() -> None:
    assert dates("pengaduan", date(2027, 1, 1), date(2027, 7, 31)) == {
        "2026-TW4": date(2027, 1, 8),  # the 10th is a Sunday
        "2027-TW1": date(2027, 4, 9),
        "2027-TW2": date(2027, 7, 9),
    }
    assert dates("pengaduan", date(2027, 4, 1), date(2027, 4, 30), day=20) == {"2027-TW1": date(2027, 4, 20)}


@pytest.mark.parametrize("each", duties(LKE), ids=lambda each: each.id)
def test_every_period_of_ten_years_falls_due_once_on_a_working_day_and_is_found_by_its_code(
    each: Duty,
) -> None:
    found = list(each.coming(date(2026, 1, 1), date(2035, 12, 31), WORKING))
    assert len(found) == {"month": 120, "quarter": 40, "half": 20, "year": 10}[each.every]
    assert [p.due_on for p in found] == sorted({p.due_on for p in found})
    for period in found:
        assert not workdays().is_off(period.due_on)
        assert each.period(period.code, WORKING) == period
        assert list(each.coming(period.due_on, period.due_on, WORKING)) == [period]
    assert (
        list(each.coming(found[0].due_on + timedelta(days=1), found[1].due_on - timedelta(days=1), WORKING))
        == []
    )


@pytest.mark.parametrize("code", ["2027-13", "2027-TW5", "x", "", "2027-1", "99999", "2027-S1"])
def test_what_is_no_period_is_none(code: str) -> None:
    assert duty("monev").period(code, WORKING) is None


def test_each_duty_says_by_which_rule_or_that_it_is_practice() -> None:
    assert duty("lhkpn").rule == "Peraturan KPK 3/2024"
    assert [each.id for each in duties(LKE) if each.proposed] == ["monev"]
    for each in duties(LKE):
        assert each.rule or "praktik" in each.note or "ketentuan instansi" in each.note
        for item in each.items:
            known = recurrences(LKE).get(item)
            assert known is None or known.every == each.every


def test_another_instrument_has_none() -> None:
    assert load_duties(DATA, replace(LKE, id="lke-2030")) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Monev 1"}, "huruf kecil"),
        ({"day": 32}, "day"),
        ({"day": "last_monday"}, "day"),
        ({"months_after": 9}, "months_after"),
        ({"items": ["PW.P.9.z"]}, "bukan indikator"),
        ({"every": "year"}, "berulang tiap month"),
        ({"note": ""}, "note"),
    ],
)
def test_a_wrong_duty_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    entry = next(e for e in yaml.safe_load((DATA / FILE).read_text())["duties"] if e["id"] == "monev")
    (tmp_path / FILE).write_text(yaml.safe_dump({"instrument": "lke-2021", "duties": [entry | change]}))
    with pytest.raises(KnowledgeFileError, match=said):
        load_duties(tmp_path, LKE)


def test_twice_or_nothing_is_named(tmp_path: Path) -> None:
    entry = yaml.safe_load((DATA / FILE).read_text())["duties"][0]
    for entries, said in (([entry, entry], "dua kali"), ([], "tidak ada satu pun")):
        (tmp_path / FILE).write_text(yaml.safe_dump({"instrument": "lke-2021", "duties": entries}))
        with pytest.raises(KnowledgeFileError, match=said):
            load_duties(tmp_path, LKE)
