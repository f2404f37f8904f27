"""The year as a timeline: template dates, what moves with what, guidance with its source, wrong files."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import KnowledgeError
from knowledge.library import DATA
from knowledge.stages import FILE, PROCESS, SUBMISSION, TPI, load_timeline, timeline
from knowledge.workdays import workdays

YEAR = timeline()
WORKING = workdays().on_or_before


def test_the_template_counts_back_from_the_customary_submission() -> None:
    dates = YEAR.dates(YEAR.customary(2027), WORKING)
    assert YEAR.submission.caution == "dapat berubah, periksa surat Kementerian PANRB"
    assert {id: dates[id] for id in ("penetapan_unit", TPI, SUBMISSION, "penetapan")} == {
        "penetapan_unit": date(2026, 4, 1),
        TPI: date(2027, 4, 16),
        SUBMISSION: date(2027, 5, 31),
        "penetapan": date(2027, 12, 20),
    }
    assert (dates[SUBMISSION] - dates["penetapan_unit"]).days > 365


@pytest.mark.parametrize("year", range(2026, 2040))
def test_no_template_date_is_a_day_off_and_the_order_holds(year: int) -> None:
    dates = YEAR.dates(YEAR.customary(year), WORKING)
    assert [dates[place.id] for place in YEAR.places] == sorted(dates.values())
    assert not [id for id, day in dates.items() if id != SUBMISSION and workdays().is_off(day)]


def test_an_agencys_own_distance_goes_before_the_files() -> None:
    dates = YEAR.dates(date(2027, 5, 31), WORKING, {TPI: 60})
    assert dates[TPI] == date(2027, 4, 1)


def test_the_submission_takes_everything_along_and_the_tpi_what_prepares_it() -> None:
    assert {p.id for p in YEAR.followers(SUBMISSION)} == {p.id for p in YEAR.places} - {SUBMISSION}
    assert [p.id for p in YEAR.followers(TPI)] == [
        "pembangunan",
        "pemantauan_internal",
        "survei",
        "penilaian_mandiri",
    ]
    assert YEAR.followers("pemantauan") == ()


def test_every_stage_has_its_rule_or_is_marked_as_uncertain_and_guidance_is_complete() -> None:
    for place in YEAR.places:
        assert place.stage.rule or not place.certain
        assert place.sure is bool(place.rule)
    used = {s.id for p in YEAR.places for s in p.strategies}
    assert used == {s.id for s in YEAR.strategies.items}
    assert len(YEAR.strategies.items) == 5
    assert {d.id for p in YEAR.places for d in p.duties} == {d.id for d in YEAR.team.duties}
    assert "tidak ditebak" in YEAR.team.caution


def test_the_topics_it_points_to_exist() -> None:
    from knowledge.library import load_library

    library = load_library(DATA)
    assert {YEAR.team.topic, YEAR.strategies.topic} <= set(library.faq)


def _without(raw: dict[str, Any], stage: str) -> None:
    raw["timeline"] = [each for each in raw["timeline"] if each["stage"] != stage]


def _change(raw: dict[str, Any], stage: str, **fields: object) -> None:
    next(each for each in raw["timeline"] if each["stage"] == stage).update(fields)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: _without(raw, "panel"), "panel"),
        (lambda raw: _change(raw, "panel", days_before=10), "menurut waktu"),
        (lambda raw: _change(raw, "panel", moves_with="lain"), "tidak ada"),
        (lambda raw: _change(raw, "pra_evaluasi", moves_with="desk_evaluasi"), "berputar"),
        (lambda raw: _change(raw, "pengajuan", moves_with="panel"), "titik hitung"),
        (lambda raw: _change(raw, "panel", span=0), "masuk akal"),
        (lambda raw: _change(raw, "panel", confidence="verified"), "aturannya"),
        (lambda raw: _change(raw, "panel", strategies=["lain"]), "lain tidak ada"),
        (lambda raw: raw["timeline"].append(raw["timeline"][0]), "dua kali"),
        (lambda raw: raw["submission"].update(day=31, month=2), "tanggal"),
        (lambda raw: raw["team"]["duties"].append(raw["team"]["duties"][0]), "lebih dari sekali"),
        (lambda raw: raw.update(tambahan=1), "tambahan"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, spoil: Any, said: str) -> None:
    raw = yaml.safe_load((DATA / FILE).read_text())
    spoil(raw)
    (tmp_path / FILE).write_text(yaml.safe_dump(raw))
    (tmp_path / PROCESS).write_text((DATA / PROCESS).read_text())
    with pytest.raises(KnowledgeError, match=said):
        load_timeline(tmp_path)
