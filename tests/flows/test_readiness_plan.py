"""Langkah prioritas, marks and Simulasi as people meet them; every figure is the engine's."""

import re
from fractions import Fraction

import pytest
from sqlmodel import select

from flows import fmt, routes
from flows.models import Answer as Row
from flows.models import AuditEntry, IndicatorMark
from knowledge.answers import Answer, Choice, Ratio, best_answer
from knowledge.instrument import Instrument
from knowledge.library import Library
from knowledge.priority import Plan, plan
from tests.support.house import House
from tests.support.lke import open_item, rows_of
from tests.support.readiness import UNMOVABLE, example, fill, scored
from tests.support.talk import Talk


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.instrument()


@pytest.fixture
def unit(house: House, instrument: Instrument) -> int:
    unit_id = house.unit()
    fill(house, unit_id, example(instrument))
    return unit_id


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator")


def planned(instrument: Instrument, answers: dict[str, Answer], **wishes: object) -> Plan:
    results = {i.id for i in instrument.results}
    return plan(
        instrument,
        {k: v for k, v in answers.items() if k not in results},
        {k: v for k, v in answers.items() if k in results},
        "WBK",
        **wishes,  # type: ignore[arg-type]
    )


def mark(talk: Talk, item_id: str, label: str) -> Talk:
    return talk.tap_data(routes.PRIORITY_ITEM(item_id).pack()).tap(label)


def test_the_example_plan_of_the_conversations(instrument: Instrument, budi: Talk) -> None:
    budi.type("/kesiapan")
    for item_id in UNMOVABLE:
        mark(budi, item_id, "Tidak tahun ini")
    budi.tap("‹ Langkah")
    assert budi.text.startswith("Cara paling ringan menuju syarat nilai WBK: 2 langkah.\n\n")
    lines = budi.text.split("\n")
    assert "1  A.I.5.i.a  Kampanye publik antigratifikasi  +0,38 poin" in lines
    assert "2  A.I.5.iv.b  Evaluasi WBS  +0,25 poin" in lines
    assert "   Yang dikerjakan: jadwal kampanye dan dokumentasi tiap pelaksanaan" in lines
    assert lines.count("   Untuk: Area 5") == 2
    assert (
        "Bila semuanya benar-benar berjalan: Area 5 60,8%, nilai total 80,30 menjadi 80,93; 11 dari 12"
        in (budi.text)
    )
    assert (
        "Survei antikorupsi (IPAK) 3,52, perlu 3,60. Indeks survei tidak dapat dikejar lewat LKE" in budi.text
    )
    assert "2 indikator ditandai tidak mungkin tahun ini" in budi.text
    made = planned(instrument, example(instrument), impossible=set(UNMOVABLE))
    assert [s.move.item.id for s in made.steps] == ["PW.P.1.a", "PW.P.4.b"]
    assert fmt.number(made.after.total) == "80,93"
    assert f"nilai total {fmt.number(made.assumed.total)}, 12 dari 12" in budi.text


def test_the_plan_is_the_engines_plan_page_by_page(house: House, instrument: Instrument) -> None:
    unit_id = house.unit()
    answers: dict[str, Answer] = {
        i.id: Choice(i.options[-1].key) for i in instrument.area_order if i.options and i.area_id != "MP"
    }
    fill(house, unit_id, answers)
    made = planned(instrument, answers)
    dewi = house.member(unit_id, "anggota", "MP")
    dewi.type("/kesiapan").tap("Langkah prioritas")
    assert dewi.text.startswith(f"Cara paling ringan menuju syarat nilai WBK: {len(made.steps)} langkah.")
    seen: list[tuple[str, str]] = []
    while True:
        seen += re.findall(r"^\d+  (\S+)  .*  \+([\d,]+) poin", dewi.text, re.MULTILINE)
        if "›" not in dewi.labels:
            break
        dewi.tap("›")
    assert [number for number, _ in seen] == [s.move.item.number for s in made.steps]
    assert [gain for _, gain in seen] == [fmt.number(s.move.gain) for s in made.steps]
    assert "bobotnya paling kecil" in dewi.text
    assert not re.search(r"\b(jam|hari|minggu|bulan) kerja\b", dewi.text)


def test_the_way_to_wbbm_is_shown_with_its_cost(budi: Talk, instrument: Instrument) -> None:
    budi.type("/kesiapan").tap("Langkah prioritas").tap("Bila menuju WBBM")
    own = planned(instrument, example(instrument))
    assert f"WBK hanya {len(own.steps)} langkah berbobot {own.effort}." in budi.text
    budi.tap("Bila menuju WBK")
    assert f"menuju syarat nilai WBK: {len(own.steps)} langkah" in budi.text


def test_what_cannot_be_reached_is_proved(instrument: Instrument, budi: Talk) -> None:
    budi.type("/kesiapan")
    for item in instrument.area("PW").indicators:
        mark(budi, item.id, "Tidak tahun ini")
    budi.tap("‹ Langkah")
    assert budi.text.startswith("WBK belum dapat dicapai: 1 syarat di luar jangkauan.")
    assert "! Area 5 Pengawasan paling tinggi 56,7%, padahal perlu 60%." in budi.text
    budi.tap("Yang ditandai").tap("›")
    assert budi.text.startswith("22 indikator ditandai")


def test_marks_steer_the_plan_and_can_be_taken_away(house: House, budi: Talk) -> None:
    budi.type("/kesiapan")
    mark(budi, "PW.P.1.a", "Berat")
    assert "Ditandai: berat" in budi.toast
    assert "Tingkat kesulitan: berat" in budi.text
    mark(budi, "PW.P.1.a", "Mudah")
    assert [m.mark for m in rows_of(house, select(IndicatorMark))] == ["mudah"]
    budi.tap("Hapus tanda")
    assert "dihitung sedang" in budi.text
    assert rows_of(house, select(IndicatorMark)) == []
    acts = [a.facts for a in rows_of(house, select(AuditEntry).where(AuditEntry.act == "langkah.tanda"))]
    assert [f["mark"] for f in acts] == ["berat", "mudah", ""]
    budi.type("/kesiapan").tap_data(routes.PRIORITY_MARKS(0).pack())
    assert "Belum ada indikator yang ditandai" in budi.text


@pytest.mark.db
def test_marking_again_replaces_on_both_databases(house: House, budi: Talk) -> None:
    budi.type("/kesiapan")
    mark(mark(budi, "AK.R.2.a", "Sedang"), "AK.R.2.a", "Tidak tahun ini")
    assert [(m.item_id, m.mark) for m in rows_of(house, select(IndicatorMark))] == [("AK.R.2.a", "tidak")]


def test_only_coordinators_mark(house: House, unit: int) -> None:
    for role, area in (("penilai", None), ("anggota", "PW"), ("ketua", "PW")):
        who = house.member(unit, role, area)
        who.type("/kesiapan").tap("Langkah prioritas").tap("1")
        assert "Tidak tahun ini" not in who.labels
        assert "Tanda ini diisi koordinator unit." in who.text
        who.tap_data(routes.PRIORITY_MARK(1, "PW.P.1.a", "berat").pack())
        assert "diisi koordinator unit" in who.toast
    assert rows_of(house, select(IndicatorMark)) == []


def test_marks_of_another_unit_or_nonsense_are_refused(house: House, unit: int, budi: Talk) -> None:
    other = house.member(house.unit("Unit Dua"), "koordinator")
    other.type("/kesiapan").tap_data(routes.PRIORITY_MARK(1, "PW.P.1.a", "berat").pack())
    assert "LKE unit atau tahun lain" in other.toast
    budi.type("/kesiapan")
    for forged in ("langkah.t:1:PW.P.1.a:gampang", "langkah.t:1:H.1.a:berat"):
        assert "Tanda itu tidak ada" in budi.tap_data(forged).toast
    assert "tidak ada dalam LKE" in budi.tap_data("langkah.t:1:XX:berat").toast
    assert rows_of(house, select(IndicatorMark)) == []


# Simulasi


def test_what_if_shows_area_total_and_gates_and_saves_nothing(
    house: House, instrument: Instrument, budi: Talk
) -> None:
    open_item(budi, "PW.P.1.a").tap("Simulasikan A")
    after = scored(instrument, {**example(instrument), "PW.P.1.a": Choice("A")})
    assert budi.text.startswith(f"Bila menjadi A, nilai total 80,30 menjadi {fmt.number(after.total)}\n\n")
    assert (
        f"Area 5 Pengawasan: 56,7% menjadi {fmt.percent(after.areas['PW'].ratio)}, minimal 60%" in budi.text
    )
    assert "Syarat WBK: tetap 10 dari 12 terpenuhi" in budi.text
    assert "tidak ada yang disimpan" in budi.text
    assert "Yang dikerjakan agar menjadi A: jadwal kampanye" in budi.text
    budi.tap("C")
    worse = scored(instrument, {**example(instrument), "PW.P.1.a": Choice("C")})
    assert f"nilai total 80,30 menjadi {fmt.number(worse.total)}" in budi.text
    stored = rows_of(house, select(Row).where(Row.item_id == "PW.P.1.a"))
    assert [r.choice for r in stored] == ["B"]
    budi.type("/kesiapan")
    assert "Nilai total 80,30" in budi.text


def test_what_if_takes_typed_counts_and_indexes(instrument: Instrument, budi: Talk) -> None:
    budi.type("/kesiapan").tap_data(routes.SIMULATE("PW.R.2.a").pack())
    best = scored(instrument, {**example(instrument), "PW.R.2.a": Ratio({"wajib": 4, "selesai": 4})})
    assert f"Bila menjadi 4 dari 4, nilai total 80,30 menjadi {fmt.number(best.total)}" in budi.text
    assert "✓ Area 5 Pengawasan menjadi memenuhi" in budi.text
    budi.type("1 dari 4")
    some = scored(instrument, {**example(instrument), "PW.R.2.a": Ratio({"wajib": 4, "selesai": 1})})
    assert f"Bila menjadi 1 dari 4, nilai total 80,30 menjadi {fmt.number(some.total)}" in budi.text
    budi.type("18 dari 4")
    assert "Bila menjadi 4 dari 4" in budi.text
    budi.tap_data(routes.SIMULATE("H.1.a").pack()).type("3,6")
    assert "Survei antikorupsi (IPAK): 3,52 menjadi 3,60, minimal 3,60 (memenuhi)" in budi.text
    assert "Syarat WBK: 10 menjadi 11 dari 12 terpenuhi" in budi.text
    budi.type("apa syarat WBK?")
    assert "Simulasi" not in budi.text.split("\n")[0]


def test_what_if_refuses_what_is_not_there(budi: Talk) -> None:
    budi.type("/kesiapan")
    assert "Pilihan itu tidak ada" in budi.tap_data("simul.j:PW.P.1.a:Z").toast
    assert "tidak ada dalam LKE" in budi.tap_data("simul:PW.X.9").toast


def test_what_is_best_already_changes_nothing(instrument: Instrument, budi: Talk) -> None:
    budi.type("/kesiapan").tap_data(routes.SIMULATE("MP.P.1.a").pack())
    assert budi.text.startswith("Bila menjadi Ya, nilai total tetap 80,30")
    assert scored(instrument, example(instrument)).total == Fraction("80.30")
    assert best_answer(instrument.indicator("MP.P.1.a")) == Choice("Ya")
