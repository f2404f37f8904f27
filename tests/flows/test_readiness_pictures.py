"""Pictures of readiness and the score over time, replayed from every change."""

import io
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from PIL import Image

from flows import fmt, media, routes
from flows.readiness import history as replay
from flows.readiness.pictures import WIDTH
from knowledge.answers import Answer, Choice
from knowledge.instrument import Instrument
from knowledge.library import Library
from tests.support.gallery import tap
from tests.support.house import House
from tests.support.readiness import all_best, example, fill, scored
from tests.support.talk import Talk


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.instrument()


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator")


def values(house: House, talk: Talk, action: routes.Action) -> tuple[Any, ...]:
    screen = tap(house, talk.user_id, action).screen
    assert screen is not None
    assert screen.media is not None
    return screen.media.values


def drawn(house: House, talk: Talk, action: routes.Action) -> Image.Image:
    screen = tap(house, talk.user_id, action).screen
    assert screen is not None
    assert screen.media is not None
    picture = Image.open(io.BytesIO(media.draw(screen.media.kind, screen.media.values)))
    picture.load()
    return picture


def test_the_picture_shows_the_engines_figures_and_changes_with_them(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    budi.type("/kesiapan").tap("Gambar")
    assert "photo" in budi.messages[-1]
    assert "Nilai total 80,30" in budi.text
    before = drawn(house, budi, routes.READINESS_PICTURE())
    assert (before.format, before.width) == ("PNG", WIDTH)
    assert WIDTH < before.height < 2 * WIDTH
    _, _, _, whole, areas = values(house, budi, routes.READINESS_PICTURE())
    result = scored(instrument, example(instrument))
    assert whole[0][:3] == ("Nilai total", "80,30", "minimal 75, memenuhi")
    assert [a[3] for a in areas] == [float(p.ratio) for p in result.areas.values()]
    assert [a[5] for a in areas] == [True, True, True, True, False, True]
    assert areas[4][:3] == ("Area 5 Pengawasan", "56,7%", "minimal 60%, kurang 0,50 poin")
    fill(house, unit, {"PW.P.1.a": Choice("A"), "PW.P.4.b": Choice("A")})
    after = drawn(house, budi, routes.READINESS_PICTURE())
    assert after.size == before.size
    assert after.tobytes() != before.tobytes()
    # In grey print too: what is missed is hatched, so its bar holds both paper and ink.
    assert before.convert("L").tobytes() != after.convert("L").tobytes()


def test_long_names_and_odd_letters_still_make_a_picture(house: House, instrument: Instrument) -> None:
    unit = house.unit("Kantor Pelayanan Terpadu Satu Pintu é → 官 " * 3)
    budi = house.member(unit, "koordinator")
    budi.type("/kesiapan").tap("Gambar")
    assert "photo" in budi.messages[-1]
    assert drawn(house, budi, routes.READINESS_PICTURE()).width == WIDTH
    everything = all_best(instrument)
    fill(house, unit, everything)
    assert drawn(house, budi, routes.READINESS_PICTURE()).width == WIDTH


def test_what_goes_to_the_head_of_the_unit_is_a_picture_and_five_lines(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, example(instrument))
    budi.type("/kesiapan").tap("Kirim ke pimpinan")
    assert "photo" in budi.messages[-1]
    lines = budi.text.split("\n")
    assert len(lines) == 5
    assert lines[0] == "Kesiapan ZI, Senin, 18 Januari 2027: Kantor Layanan Contoh"
    assert lines[1] == (
        "Belum memenuhi syarat nilai WBK: baru 10 dari 12. Nilai total 80,30 (minimal 75), "
        "pengungkit 46,10 (minimal 40)."
    )
    assert lines[2] == (
        "Yang kurang: Area 5 Pengawasan 56,7% (minimal 60%); Survei antikorupsi (IPAK) 3,52 (minimal 3,60)."
    )
    assert "penilaian mandiri tim" in lines[4]
    assert "entities" not in budi.messages[-1]
    assert not budi.messages[-1].get("caption_entities")


def test_the_history_replays_every_change(house: House, instrument: Instrument, budi: Talk) -> None:
    budi.type("/kesiapan").tap_data(routes.READINESS_HISTORY().pack())
    assert "Belum ada riwayat nilai" in budi.text
    given: dict[str, Answer] = {}
    expected: list[str] = []

    def answer(path: list[str], item_id: str, key: str) -> None:
        budi.type("/lke")
        for label in (*path, key):
            budi.tap(label)
        given[item_id] = Choice(key)

    answer(["Area 5", "A.I.5.i", "A.I.5.i.a"], "PW.P.1.a", "A")
    answer(["Area 5", "A.I.5.i", "A.I.5.i.a"], "PW.P.1.a", "B")
    expected.append(fmt.number(scored(instrument, given).total))
    house.advance(days=2)
    answer(["Area 1", "A.I.1.i", "A.I.1.i.a"], "MP.P.1.a", "Ya")
    expected.append(fmt.number(scored(instrument, given).total))
    house.advance(days=5)
    budi.tap("Hapus jawaban").tap("Ya, hapus")
    given.pop("MP.P.1.a")
    expected.append(fmt.number(scored(instrument, given).total))
    house.advance(days=1)
    budi.type("/kesiapan").tap("Survei").tap("Tambah survei").tap("SPAK").type("tw iv 2026").type("3,52")
    total = scored(instrument, given).total + Fraction("15.4")
    expected.append(fmt.number(total))
    budi.type("/kesiapan").tap("Gambar").tap("Riwayat nilai")
    assert "photo" in budi.messages[-1]
    assert budi.text.startswith(f"Nilai total {fmt.number(total)} pada 26 Januari 2027")
    assert "1. SPAK TW IV 2026 dicatat, 26 Januari 2027" in budi.text
    points = values(house, budi, routes.READINESS_HISTORY())[4]
    assert [p[2] for p in points] == expected
    assert [p[3] for p in points] == [f"{day} Januari 2027" for day in (18, 20, 25, 26)]
    assert drawn(house, budi, routes.READINESS_HISTORY()).width == WIDTH
    budi.type("/kesiapan")
    assert f"Nilai total {fmt.number(total)}" in budi.text


def test_the_last_point_is_the_present_score_also_without_recorded_changes(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, {"PW.P.1.a": Choice("C"), "MP.P.1.a": Choice("Ya")})
    house.advance(days=3)
    fill(house, unit, example(instrument))
    house.advance(days=40)
    budi.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").tap("A")
    points = values(house, budi, routes.READINESS_HISTORY())[4]
    final = scored(instrument, {**example(instrument), "PW.P.1.a": Choice("A")})
    assert points[-1][2] == fmt.number(final.total)
    assert points[0][0] == fmt.local(house.clock.now() - timedelta(days=43), "WIB").date().toordinal()


def test_the_day_on_which_all_gates_are_met_is_marked(
    house: House, instrument: Instrument, unit: int, budi: Talk
) -> None:
    fill(house, unit, all_best(instrument))
    marks = values(house, budi, routes.READINESS_HISTORY())[5]
    assert marks[0][1] == "Semua syarat nilai WBK memenuhi, 18 Januari 2027"
    assert replay.MOST_MARKS == 6
