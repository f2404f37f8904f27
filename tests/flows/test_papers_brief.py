"""The leader's brief: two pages that say what the screens say, whatever people have typed."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from sqlmodel import select

from bot.demo import sample
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import Assessment, Deadline, ItemWork, Person, Task, Unit
from flows.papers import brief, plain, typeset
from tests.support.house import House


def _facts(house: House, unit_id: int) -> dict[str, Any]:
    def read(session: Any) -> dict[str, Any]:
        unit = session.get_one(Unit, unit_id)
        assessment = checklist.assessment_of(session, unit)
        where = Current(unit, assessment, house.library.instrument(assessment.instrument_id))
        return brief.collect(session, where, house.clock.now())

    facts: dict[str, Any] = house.read(read)
    return facts


def _sample_unit(house: House) -> int:
    with house.writing() as session:
        sample.fill(session, house.clock.now())
        return session.exec(select(Unit.id).where(Unit.name == sample.UNIT)).one() or 0


def _text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _document(house: House, talk: Any) -> bytes:
    message = [m for m in talk.messages if "document" in m][-1]

    async def fetch() -> bytes:
        file = await house.app.bot.get_file(message["document"]["file_id"])
        return bytes(await file.download_as_bytearray())

    return house.runner.run(fetch())


@pytest.mark.db
def test_two_taps_bring_two_pages_with_the_verdict_of_the_readiness_screen(house: House) -> None:
    unit = _sample_unit(house)
    hadi = house.member(unit, "pimpinan", name="Hadi Contoh")
    hadi.type("/menu").tap("Unduh dokumen").tap("Ringkasan pimpinan")
    house.settle()
    pdf = _document(house, hadi)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    verdict = hadi.type("/kesiapan").text.splitlines()[0]
    said = _text(pdf)
    assert verdict in said
    assert "18 Januari 2027, 09.00 WIB" in said
    assert "Penilaian mandiri tim" in said
    assert re.search(r"LKE 2021\.1, perubahan data ke-\d+", said)


def test_no_persons_name_is_in_the_brief(house: House) -> None:
    unit = _sample_unit(house)
    names = house.read(lambda s: s.exec(select(Person.name)).all())
    said = _text(typeset.pdf("brief", _facts(house, unit)))
    assert [name for name in names if name.removesuffix(" (contoh)") in said] == []


def test_gates_and_areas_say_what_the_score_says(house: House) -> None:
    unit = _sample_unit(house)
    facts = _facts(house, unit)
    budi = house.member(unit, "koordinator")
    gates = budi.type("/kesiapan").tap("Semua syarat").text
    for gate in facts["gates"]:
        shown = f"{gate['name']} {gate['have']}"
        assert shown in gates, shown
        assert gate["met"] == (f"✓ {shown}" in gates)
        if not gate["met"]:
            assert f"({gate['short']})" in gates
    assert [area["name"].split(" ")[1] for area in facts["areas"]] == list("123456")
    assert all(area["met"] == (area["share"] >= area["least"]) for area in facts["areas"])


@pytest.mark.db
def test_what_is_late_is_counted_by_area_without_names(house: House) -> None:
    unit = house.unit()
    now = house.clock.now()
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        past: dict[str, Any] = {"unit_id": unit, "assessment_id": assessment.id or 0}
        session.add(Deadline(**past, scope="area", ref="PW", due_at=now - timedelta(days=1), set_at=now))
        session.add(Deadline(**past, scope="area", ref="MP", due_at=now + timedelta(days=1), set_at=now))
        day = now.date()
        session.add(
            ItemWork(
                assessment_id=assessment.id or 0,
                item_id="MP.P.1.a",
                state="returned",
                fix_by=day - timedelta(days=2),
            )
        )
        for title, item, due in (
            ("Lewat", "PW.P.1.a", day - timedelta(days=3)),
            ("Hari ini", "PW.P.1.a", day),
            ("Tanpa area", None, day - timedelta(days=1)),
        ):
            session.add(Task(**past, title=title, item_id=item, due_on=due, made_at=now))
    late = {line["name"]: line["counts"] for line in _facts(house, unit)["late"]}
    pw = len([i for i in house.library.instrument().area_order if i.area_id == "PW"])
    assert late == {
        "Area 1 Manajemen Perubahan": [0, 1, 0],
        "Area 5 Pengawasan": [pw, 0, 1],
        "Tanpa area": [0, 0, 1],
    }


def test_steps_come_first_and_say_whether_they_are_tasks(house: House) -> None:
    unit = _sample_unit(house)
    budi = house.member(unit, "koordinator")
    first = _facts(house, unit)["actions"][0]
    assert first["number"] in budi.type("/kesiapan").tap("Langkah prioritas").text
    assert "belum menjadi tugas" in first["state"]
    budi.tap("Jadikan tugas")
    while "Jadikan tugas" in budi.labels:
        budi.tap("Jadikan tugas")
    again = _facts(house, unit)["actions"][0]
    assert again["number"] == first["number"]
    assert "tugas belum, tanpa batas waktu" in again["state"]
    assert len(_facts(house, unit)["actions"]) == 5


def test_an_empty_unit_has_a_brief_too(house: House) -> None:
    facts = _facts(house, house.unit())
    said = _text(typeset.pdf("brief", facts))
    assert "0 dari 12" in said
    assert "belum ada isian" in said
    assert "Riwayat mulai terlihat" in said


ODD = (
    '#import "x": * #panic("x") $ \\ ] } _a_ *b* <label> @ref `raw` "'
    " \u202eterbalik\u202c \U0001f389 \u0643\u062a\u0627\u0628 \u4f60\u597d"
)


def test_markup_emoji_and_other_scripts_in_names_are_only_words(house: House) -> None:
    unit = house.unit(f"Kantor {ODD}"[:160])
    budi = house.member(unit, "koordinator")
    with house.writing() as session:
        now = house.clock.now()
        session.add(Task(unit_id=unit, title=f"Tugas {ODD}", made_at=now, due_on=now.date()))
    facts = _facts(house, unit)
    facts["actions"] = [
        *facts["actions"],
        {"number": "", "title": plain.typeset(ODD), "gain": "", "state": ""},
    ]
    said = _text(typeset.pdf("brief", facts))
    assert '#panic("x") $ \\ ] }' in said
    assert "[aksara lain]" in said
    assert not re.search("[\U0001f000-\U0001ffff\u202a-\u202e\u0600-\u06ff\u4e00-\u9fff]", said)
    budi.type("/menu").tap("Unduh dokumen").tap("Ringkasan pimpinan")
    house.settle()
    assert _document(house, budi).startswith(b"%PDF")


def test_however_much_there_is_to_say_it_stays_on_two_pages(house: House) -> None:
    facts = _facts(house, _sample_unit(house))
    long = plain.breakable(plain.typeset("Panjangsekali" * 40, brief.TITLE, "-"), 30)
    facts |= {
        "unit": plain.breakable("W" * brief.NAME, 30),
        "actions": [{"number": "A.II.3.iii.a", "title": long, "gain": "+10,00 poin", "state": long}] * 5,
        "late": [{"name": f"Area {n} {'Manajemen ' * 5}", "counts": [99, 99, 999]} for n in range(8)],
        "notes": [long * 2] * brief.MOST_NOTES,
        "about": long,
    }
    for gate in facts["gates"]:
        gate |= {"met": False, "have": "belum diisi", "short": "kurang indeks 3,60"}
    assert len(PdfReader(io.BytesIO(typeset.pdf("brief", facts))).pages) == 2


def test_what_is_met_and_what_is_not_can_be_told_apart_in_grey_print(house: House) -> None:
    facts = _facts(house, _sample_unit(house))
    flipped = facts | {"areas": [area | {"met": not area["met"]} for area in facts["areas"]]}
    pages = [
        Image.open(io.BytesIO(typeset.pages("brief", each, 60)[0])).convert("L") for each in (facts, flipped)
    ]
    box = ImageChops.difference(*pages).point(lambda level: 255 if level > 40 else 0).getbbox()
    assert box is not None
    assert box[3] - box[1] > 80  # all six bars, one below the other


def test_the_same_facts_give_the_same_bytes(house: House) -> None:
    facts = _facts(house, _sample_unit(house))
    assert json.loads(json.dumps(facts, default=list)) == json.loads(json.dumps(facts))
    assert typeset.pdf("brief", facts) == typeset.pdf("brief", facts)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Halo \U0001f389 dunia", "Halo dunia"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "-"),
        ("5\ufe0f\u20e3 lima", "5 lima"),
        ("\u0643\u062a\u0627\u0628 \u0627\u0644\u0644\u0647 x", "[aksara lain] x"),
        ("a\u202eb\tc\nd", "ab c d"),
        ("\u00e9\u014c \u2713 ok", "\u00e9\u014c \u2713 ok"),
        ("", "-"),
    ],
)
def test_words_become_what_the_typesetter_has(typed: str, shown: str) -> None:
    assert plain.typeset(typed, 0, "-") == shown
    assert plain.typeset(typed, 80, "-") == shown
