"""/kesiapan: verdict, gates, both targets, projection; every figure is the engine's."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import event
from sqlmodel import select

from flows import fmt, routes
from flows.checklist import service as checklist
from flows.models import Answer as Row
from flows.models import Unit
from flows.readiness import service
from flows.readiness.texts import names
from knowledge.answers import Answer, Choice, Index
from knowledge.figures import GateResult, Score
from knowledge.instrument import TARGETS, Instrument
from knowledge.library import Library
from knowledge.readiness import readiness
from tests.support.house import House
from tests.support.readiness import all_best, example, fill, scored, set_target
from tests.support.talk import Talk

NEVER = re.compile(r"\b(lolos|lulus|dijamin|resmi)\b", re.IGNORECASE)


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.instrument()


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator")


def gate(result: Score, target: str, gate_id: str) -> GateResult:
    found = next(t for t in TARGETS if t == target)
    return next(g for g in result.gates(found) if g.gate.id == gate_id)


def test_the_example_screen_of_the_conversations(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    budi.type("/kesiapan")
    assert budi.text == (
        "Belum memenuhi syarat nilai WBK: baru 10 dari 12\n\n"
        "Kantor Layanan Contoh, penilaian 2027\n\n"
        "Belum memenuhi\n"
        "! Area 5 Pengawasan 56,7%, minimal 60% (kurang 0,50 poin)\n"
        "! Survei antikorupsi (IPAK) 3,52, minimal 3,60 (kurang indeks 0,08)\n"
        "Memenuhi\n"
        "✓ Nilai total 80,30, minimal 75\n"
        "✓ Pengungkit 46,10, minimal 40\n"
        "✓ 8 syarat lain terpenuhi\n\n"
        "Area menurut jarak ke batas 60%: Area 5 56,7%, Area 4 67,3%, Area 6 75%, Area 3 83,8%, "
        "Area 1 100%, Area 2 100%.\n\n"
        "Nilai ini penilaian mandiri tim: 110 dari 110 indikator terjawab.\n\n"
        "Syarat pengusulan (TLHP, laporan harta, SAKIP) diperiksa terpisah: "
        "0 ya, 0 belum, 11 belum diisi.\n\n"
        "Catatan yang berlaku ada di sistem Kementerian PANRB; predikat diputuskan penilai."
    )
    assert budi.labels[:4] == ["Langkah prioritas", "Semua syarat", "Gambar", "Kirim ke pimpinan"]
    result = scored(instrument, example(instrument))
    assert (result.total, result.pengungkit) == (Fraction("80.30"), Fraction("46.10"))
    assert result.failed("WBK") == ("area.PW", "hasil.ipak")


def test_every_gate_on_the_screens_is_the_engines(house: House, instrument: Instrument, unit: int) -> None:
    budi = house.member(unit, "anggota", "MP")
    answers = {k: v for k, v in example(instrument).items() if not k.startswith(("TL.P", "H.2", "SDM.R"))}
    fill(house, unit, answers)
    result = scored(instrument, answers)
    budi.type("/kesiapan").tap("Semua syarat")
    for target in TARGETS:
        budi.tap(f"Syarat {target}") if f"Syarat {target}" in budi.labels else None
        met = [g for g in result.gates(target) if g.met]
        assert f"{len(met)} dari 12" in budi.text.split("\n")[0]
        shown, below = budi.text.split("Proyeksi bila")[0], "\nMemenuhi\n"
        missing, _, reached = shown.partition(below)
        for one in result.gates(target):
            line = next(x for x in shown.split("\n") if names.gate(one.gate) in x)
            assert line in (reached if one.met else missing)
            if one.gate.id == "hasil.pelayanan":
                assert "belum diisi" in line
                continue
            assert names.need(one) in line
            assert names.have(one) in line
            if not one.met:
                assert names.short_by(one) in line
    assert f"total {fmt.number(result.projection.total)}" in budi.text
    assert not NEVER.search(budi.text)


def test_answers_move_the_score_and_the_screen(house: House, instrument: Instrument, unit: int) -> None:
    sari = house.member(unit, "ketua", "PW")
    answers = example(instrument)
    fill(house, unit, answers)
    sari.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").tap("A")
    sari.type("/lke").tap("Area 5").tap("A.I.5.iv").tap("A.I.5.iv.b").tap("A")
    changed: dict[str, Answer] = {**answers, "PW.P.1.a": Choice("A"), "PW.P.4.b": Choice("A")}
    result = scored(instrument, changed)
    assert fmt.percent(result.areas["PW"].ratio) == "60,8%"
    sari.type("/kesiapan")
    assert sari.text.startswith("Belum memenuhi syarat nilai WBK: baru 11 dari 12")
    assert f"Nilai total {fmt.number(result.total)}, minimal 75" in sari.text
    assert "Area 5 60,8%" in sari.text


def test_a_full_worksheet_meets_and_says_whose_decision_it_is(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, all_best(instrument))
    budi.type("/kesiapan")
    assert budi.text.startswith("Memenuhi 12 dari 12 syarat nilai WBK\n\n")
    assert "✓ 10 syarat lain terpenuhi" in budi.text
    assert "! " not in budi.text
    assert "predikat diputuskan penilai" in budi.text
    assert not NEVER.search(budi.text)


def test_an_empty_worksheet_shows_all_gates_and_no_projection_as_score(budi: Talk) -> None:
    budi.type("/kesiapan")
    assert budi.text.startswith("Belum memenuhi syarat nilai WBK: 0 dari 12")
    assert budi.text.count("! ") == 12
    assert "0 dari 110 indikator terjawab" in budi.text
    assert "Capaian kinerja: belum diisi, minimal 2,50 (setara C)" in budi.text
    assert "Proyeksi bukan nilai" in budi.text


def test_projection_is_called_a_projection_and_kept_apart(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    answers = {k: v for k, v in example(instrument).items() if k not in ("MP.P.1.a", "TL.P.1.a", "SDM.P.1.a")}
    fill(house, unit, answers)
    result = scored(instrument, answers)
    assert result.total < result.projection.total
    budi.type("/skor")
    assert f"Nilai total {fmt.number(result.total)}" in budi.text
    assert f"Proyeksi bila yang kosong dilewati: total {fmt.number(result.projection.total)}" in budi.text
    assert "107 dari 110 indikator terjawab" in budi.text


def test_wbk_beside_wbbm(house: House, instrument: Instrument, unit: int, budi: Talk) -> None:
    fill(house, unit, example(instrument))
    budi.type("/kesiapan").tap("Semua syarat").tap("WBK dan WBBM")
    result = scored(instrument, example(instrument))
    met = {t: sum(g.met for g in result.gates(t)) for t in TARGETS}
    assert budi.text.startswith(f"WBK {met['WBK']} dari 12, WBBM {met['WBBM']} dari 12")
    lack = gate(result, "WBBM", "total")
    assert (
        f"Nilai total: 80,30. WBK 75 (memenuhi); WBBM 85 (kurang {fmt.number(lack.short_by)} poin)"
        in budi.text
    )


def test_the_target_of_the_unit_decides_the_verdict(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    set_target(house, unit, "WBBM")
    met = sum(g.met for g in scored(instrument, example(instrument)).gates("WBBM"))
    budi.type("/kesiapan")
    assert budi.text.startswith(f"Belum memenuhi syarat nilai WBBM: baru {met} dari 12")
    assert "jarak ke batas 75%" in budi.text


def test_a_figure_is_never_rounded_up_to_the_limit_it_misses(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    answers = example(instrument) | {"H.1.a": Index(Decimal("3.5999"))}
    fill(house, unit, answers)
    budi.type("/kesiapan")
    assert "! Survei antikorupsi (IPAK) 3,5999, minimal 3,60 (kurang indeks 0,0001)" in budi.text
    almost = Fraction(3, 5) - Fraction(1, 10**5)
    for one in scored(instrument, answers).gates("WBK"):
        if one.gate.share is not None:
            assert names.value_at(one, almost * Fraction(one.gate.weight)) == "59,999%"


def test_answers_that_do_not_fit_are_named_and_count_as_blank(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    answers = example(instrument)
    number = fill(house, unit, answers)
    with house.writing() as session:
        row = session.exec(select(Row).where(Row.assessment_id == number, Row.item_id == "MP.P.1.a")).one()
        row.choice = "Z"
        session.add(Row(assessment_id=number, item_id="tidak.ada", choice="A"))
    budi.type("/kesiapan")
    result = scored(instrument, {k: v for k, v in answers.items() if k != "MP.P.1.a"})
    assert f"Nilai total {fmt.number(result.total)}" in budi.text
    assert "! Jawaban A.I.1.i.a tidak cocok dengan pilihannya" in budi.text


def test_progress_shows_work_and_readiness_shows_the_score(budi: Talk) -> None:
    budi.type("/progres")
    assert "nilai" not in budi.text.lower()
    budi.type("/menu").tap("Kesiapan")
    assert "syarat nilai WBK" in budi.text


def test_assessors_and_members_read_and_other_units_are_refused(
    house: House, instrument: Instrument, unit: int
) -> None:
    fill(house, unit, example(instrument))
    for role, area in (("penilai", None), ("anggota", "TL"), ("ketua", "PW")):
        who = house.member(unit, role, area)
        assert who.type("/kesiapan").text.startswith("Belum memenuhi syarat nilai WBK: baru 10 dari 12")
    other = house.member(house.unit("Unit Dua"), "koordinator")
    assert other.type("/kesiapan").text.startswith("Belum memenuhi syarat nilai WBK: 0 dari 12")
    stranger = house.stranger()
    assert "perlu unit kerja" in stranger.type("/kesiapan").text
    agency = house.read(lambda s: s.get_one(Unit, unit).agency_id)
    ani = house.admin(agency).type("/progres")  # who looks after units opens one first
    assert "lewat Papan unit" in ani.text
    assert "Papan unit" in ani.labels
    former = house.member(unit, "anggota", "PW")
    former.type("/kesiapan")
    with house.writing() as session:
        session.get_one(Unit, unit).archived_at = house.clock.now()
    former.tap_data(routes.READINESS_GATES("WBK").pack())
    assert "perlu unit kerja" in former.toast


def test_a_forged_target_is_refused(budi: Talk) -> None:
    budi.type("/kesiapan").tap_data("siap.syarat:XYZ")
    assert "Sasaran itu tidak dikenal" in budi.toast


@pytest.mark.db
def test_the_standing_takes_two_queries_whatever_stands_beside(
    house: House, instrument: Instrument, unit: int
) -> None:
    fill(house, unit, example(instrument))
    house.unit("Unit Dua")
    asked: list[str] = []
    with house.db.reading() as session:
        row = session.get_one(Unit, unit)
        assessment = checklist.assessment_of(session, row)
        where = checklist.Current(row, assessment, instrument)
        event.listen(house.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        now = service.standing_of(session, where)
    assert now.score.total == Fraction("80.30")
    assert readiness(now.score, "WBK") == now.ready()
    assert len(asked) == 2
