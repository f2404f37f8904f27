"""Whom an announcement is for, and what goes with it."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from flows.models import Announcement, Answer, Assessment, Person, Pic, Task, Unit
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk

TEXT = "Bapak/Ibu, mohon berkasnya dilengkapi."


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def person_id(house: House, talk: Talk) -> int:
    query = select(Person.id).where(Person.telegram_id == talk.user_id)
    found: int = house.read(lambda s: s.exec(query).one())
    return found


def received(*talks: Talk) -> list[bool]:
    return [any(TEXT in str(m) for m in t.messages) for t in talks]


@pytest.mark.db
def test_by_role_area_and_by_hand(house: House, unit: int, boss: Talk) -> None:
    head = house.member(unit, "ketua", "PW", "Sari Contoh")
    member = house.member(unit, "anggota", "PW", "Wati Contoh")
    pic = house.member(unit, "anggota", "MP", "Dewi Contoh")
    other = house.member(unit, "anggota", "MP", "Tono Contoh")
    with house.writing() as session:
        assessment = session.exec(select(Assessment)).one()
        session.add(
            Pic(
                assessment_id=assessment.id or 0,
                scope="PW.P.1.a",
                person_id=person_id(house, pic),
                set_at=house.clock.now(),
            )
        )
    boss.type("/pengumuman").type(TEXT).tap("Penerima")
    assert boss.labels[:2] == ["Semua tim · 4", "Ketua pokja · 1"]
    boss.tap("Ketua pokja · 1")
    assert "Penerima: Ketua pokja · 1 orang" in boss.text
    boss.tap("Penerima").tap("Pokja dan PIC area").tap("Area 5")
    assert "Penerima: Pokja dan PIC Area 5 · 3 orang" in boss.text
    boss.tap("Penerima").tap("Pilih sendiri").tap("○ Tono Contoh")
    assert "Terpilih 1 dari 4 orang." in boss.text
    boss.tap("○ Dewi Contoh").tap("✓ Tono Contoh").tap("‹ Ke rancangan")
    assert "Penerima: Pilihan sendiri · 1 orang" in boss.text
    boss.tap("Kirim sekarang")
    house.send_due()
    assert received(head, member, pic, other) == [False, False, True, False]


@pytest.mark.db
def test_those_who_are_late_and_those_who_have_not_read(house: House, unit: int, boss: Talk) -> None:
    late = house.member(unit, name="Lambat Contoh")
    prompt = house.member(unit, name="Cepat Contoh")
    with house.writing() as session:
        session.add(
            Task(
                unit_id=unit,
                title="Susun notula",
                person_id=person_id(house, late),
                due_on=date(2027, 1, 11),
                made_at=house.clock.now(),
            )
        )
    boss.type("/pengumuman").type(TEXT).tap("Penerima").tap("Yang terlambat · 1").tap("Kirim sekarang")
    house.send_due()
    assert received(late, prompt) == [True, False]
    boss.type("/pengumuman").type("Kabar untuk semua.").tap("Kirim sekarang")
    house.send_due()
    prompt.tap("Sudah dibaca")
    boss.type("/pengumuman").type("Mohon dibaca ya.").tap("Penerima").tap("Belum membaca")
    assert "1  hari ini 09.00 WIB: Kabar untuk semua." in boss.text
    boss.tap("1")
    assert "Penerima: Yang belum membaca · 1 orang" in boss.text
    boss.tap("Kirim sekarang")
    house.send_due()
    assert ("Mohon dibaca ya." in late.text, "Mohon dibaca ya." in prompt.text) == (True, False)


@pytest.mark.db
def test_an_admin_writes_to_the_coordinators_of_a_branch_or_of_all_units(house: House) -> None:
    agency = house.agency("Instansi Contoh")
    branch = house.unit("Kanwil Contoh", agency, kind="kanwil")
    below = house.unit("Kantor Bawah", agency, parent_id=branch)
    aside = house.unit("Kantor Lain", agency)
    foreign = house.member(house.unit("Kantor Luar"), "koordinator", name="Luar Contoh")
    lead_below = house.member(below, "koordinator", name="Bawah Contoh")
    lead_aside = house.member(aside, "koordinator", name="Lain Contoh")
    worker = house.member(below, "anggota", "PW", "Anggota Contoh")
    admin = house.admin(agency)
    admin.type("/pengumuman")
    assert admin.text.startswith("Tulis isi pengumuman ke beberapa unit.")
    admin.type(TEXT)
    assert "Penerima: Koordinator unit, semua unit Instansi Contoh · 2 orang" in admin.text
    admin.tap("Penerima").tap("Unit penerima")
    assert "1  Kanwil Contoh\n2  Kantor Bawah\n3  Kantor Lain" in admin.text
    admin.tap("1")
    assert "Penerima: Koordinator unit, Kanwil Contoh dan unit di bawahnya · 1 orang" in admin.text
    admin.tap("Kirim sekarang")
    house.send_due()
    assert received(lead_below, lead_aside, worker, foreign) == [True, False, False, False]
    assert lead_below.text == f"{TEXT}\n\nUntuk unit di bawah Kanwil Contoh"
    assert "Tanya" not in lead_below.labels
    lead_below.tap("Sudah dibaca")
    assert lead_below.labels[0] == "✓ Sudah dibaca"
    lead_below.type("/pengumuman").tap("Yang terkirim")
    assert TEXT in lead_below.text
    for talk in (lead_aside, worker, foreign):
        talk.type("/menu").tap_data("umum.terima:1")
        assert "Pengumuman ini tidak ada dalam daftar Anda." in talk.text
    admin.type("/pengumuman").type("Kedua").tap("Penerima").tap("Semua tim · 3").tap("Kirim sekarang")
    house.send_due()
    assert worker.text == "Kedua\n\nAdmin instansi, Instansi Contoh"


@pytest.mark.db
def test_units_below_a_gate_are_reckoned_and_only_they_get_it(house: House) -> None:
    agency = house.agency("Instansi Contoh")
    weak, strong = house.unit("Kantor Lemah", agency), house.unit("Kantor Kuat", agency)
    leads = [house.member(unit, "koordinator", name="Budi Contoh") for unit in (weak, strong)]
    instrument = house.library.instrument()
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == strong)).one()
        for item in (i for i in instrument.area_order if i.area_id == "PW"):
            if item.options:
                best = max(item.options, key=lambda option: option.value)
                session.add(Answer(assessment_id=assessment.id or 0, item_id=item.id, choice=best.key))
    admin = house.admin(agency)
    admin.type("/pengumuman").type(TEXT).tap("Penerima").tap("Menurut syarat")
    number = next(line.split()[0] for line in admin.text.splitlines() if "Area 5" in line)
    admin.tap(number)
    assert admin.text.startswith("Menghitung unit yang dimaksud")
    house.settle()
    assert "1 unit yang belum memenuhi Area 5" in admin.text
    admin.tap("Kirim sekarang")
    house.send_due()
    assert received(*leads) == [True, False]


@pytest.mark.db
def test_an_admin_reaches_late_units_and_those_who_have_not_read(house: House) -> None:
    agency = house.agency("Instansi Contoh")
    slow, quick = house.unit("Kantor Lambat", agency), house.unit("Kantor Cepat", agency)
    leads = [house.member(unit, "koordinator", name="Budi Contoh") for unit in (slow, quick)]
    with house.writing() as session:
        session.add(
            Task(
                unit_id=slow,
                title="Susun notula",
                person_id=person_id(house, leads[0]),
                due_on=date(2027, 1, 11),
                made_at=house.clock.now(),
            )
        )
    admin = house.admin(agency)
    admin.type("/pengumuman").type(TEXT).tap("Penerima").tap("Menurut syarat").tap("Unit yang terlambat")
    house.settle()
    assert "1 unit yang punya tugas atau batas waktu terlewat" in admin.text
    admin.tap("Kirim sekarang")
    house.send_due()
    assert received(*leads) == [True, False]
    admin.type("/pengumuman").type("Kabar untuk semua.").tap("Kirim sekarang")
    house.send_due()
    leads[0].tap("Sudah dibaca")
    admin.type("/pengumuman").type("Mohon dibaca ya.").tap("Penerima").tap("Belum membaca").tap("1")
    assert "Yang belum membaca, semua unit Instansi Contoh · 1 orang" in admin.text
    admin.tap("Kirim sekarang")
    house.send_due()
    assert ["Mohon dibaca ya." in lead.text for lead in leads] == [False, True]


def test_the_coordinator_of_a_branch_reaches_its_units_and_no_others(house: House) -> None:
    agency = house.agency()
    branch = house.unit("Kanwil Contoh", agency, kind="kanwil")
    lead = house.member(house.unit("Kantor Bawah", agency, parent_id=branch), "koordinator")
    outside = house.unit("Kantor Lain", agency)
    other = house.member(outside, "koordinator", name="Lain Contoh")
    area = house.member(branch, "wilayah", name="Wilayah Contoh")
    area.type("/pengumuman").type(TEXT)
    assert "Kanwil Contoh dan unit di bawahnya · 1 orang" in area.text
    area.tap_data(f"umum.us:1:cabang:{outside}")
    assert "dikirim admin instansi atau koordinator wilayah" in area.text
    area.tap_data("umum.us:1:instansi:1")
    assert "dikirim admin instansi atau koordinator wilayah" in area.text
    area.tap_data("umum.kirim:1")
    house.send_due()
    assert received(lead, other) == [True, False]


@pytest.mark.db
def test_a_photo_with_formatted_text_arrives_as_it_was_written(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit)
    boss.type("/pengumuman").send_photo(pictures.jpeg(64, 48, 3), "Undangan <resmi> terlampir.")
    assert boss.messages[-1]["photo"]
    assert "Lampiran: foto.jpg" in boss.text
    house.standin.say(
        boss.user_id,
        "/pengumuman Rapat penting besok",
        entities=[{"type": "bold", "offset": 18, "length": 7}],
    )
    boss._answered()
    boss.tap("Lampirkan berkas").send_photo(pictures.jpeg(64, 48, 4))
    boss.tap("Kirim sekarang")
    house.send_due()
    sent = member.messages[-1]
    assert sent["photo"]
    assert sent["caption"] == "Rapat penting besok\n\nKoordinator unit, Kantor Layanan Contoh"
    assert {"type": "bold", "offset": 6, "length": 7} in sent["caption_entities"]
    member.tap("Sudah dibaca")
    assert (member.messages[-1]["message_id"], member.labels[0]) == (sent["message_id"], "✓ Sudah dibaca")
    assert member.messages[-1]["photo"]


@pytest.mark.db
def test_a_document_survives_a_restart_and_long_text_follows_it(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit)
    boss.type("/pengumuman").send_file("undangan.pdf", pictures.pdf(1), "application/pdf")
    assert boss.text.startswith("Tulis isi pengumumannya.")
    boss.type("Isi yang panjang. " * 80)
    boss.tap("Kirim sekarang")
    house.send_due()  # everything is in the row: what Telegram has is named by its id alone
    file, text = member.messages[-2:]
    assert file["document"]["file_name"] == "undangan.pdf"
    assert text["text"].startswith("Isi yang panjang.")
    assert member.labels[0] == "Sudah dibaca"
    member.tap("Sudah dibaca")
    assert (len(member.messages), member.labels[0]) == (2, "✓ Sudah dibaca")


def test_a_file_that_is_too_large_or_an_album_is_answered(house: House, unit: int, boss: Talk) -> None:
    house.member(unit)
    album = [(f"{n}.jpg", pictures.jpeg(40, 40, n)) for n in (1, 2)]
    boss.type("/pengumuman").send_album(album)
    rows = house.read(lambda s: s.exec(select(Announcement)).all())
    assert len(rows) == 1
    assert rows[0].media["name"] == "foto.jpg"


def test_a_file_that_telegram_has_lost_is_said_to_be_so(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit)
    boss.type("/pengumuman").type(TEXT).tap("Lampirkan berkas").send_file("a.pdf", pictures.pdf(1))
    with house.writing() as session:
        row = session.exec(select(Announcement)).one()
        row.media = {**(row.media or {}), "file_id": "tidak-ada"}
    boss.tap_data("umum.kirim:1")
    house.send_due()
    assert member.text.startswith("Lampirannya tidak dapat dibuka lagi di Telegram.")
    assert TEXT in member.text


def test_a_unit_that_was_archived_gets_nothing(house: House, unit: int, boss: Talk) -> None:
    member = house.member(unit)
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    with house.writing() as session:
        session.get_one(Unit, unit).archived_at = house.clock.now() - timedelta(minutes=1)
    house.send_due()
    assert received(member) == [False]
