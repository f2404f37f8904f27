"""Action items, from "siapkan notula / dewi / jumat" to done, with promises and reminders."""

from datetime import date

import pytest
from sqlmodel import col, select

from flows import routes
from flows.models import Task, TaskChange
from tests.support.group import Group
from tests.support.house import House


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


def _tasks(house: House) -> list[Task]:
    return house.read(lambda s: list(s.exec(select(Task).order_by(col(Task.id))).all()))


def test_a_line_becomes_a_task_with_pic_and_day(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    budi.type("/tugas siapkan notula monev / dewi / jumat")
    assert "siapkan notula monev" in budi.text
    assert "PIC: Dewi" in budi.text
    assert "Jumat, 22 Januari 2027" in budi.text
    house.send_due()
    assert dewi.text.startswith("Anda menjadi PIC: ")
    dewi.tap("Lihat tugas")
    assert "Keadaan: belum" in dewi.text


def test_without_a_name_it_is_ones_own_and_nobody_is_told(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    dewi.type("/tugas")
    dewi.type("/tugas foto papan visi / 25 januari")
    assert "PIC: Dewi" in dewi.text
    assert "Senin, 25 Januari 2027" in dewi.text
    house.send_due()
    assert len(_tasks(house)) == 1


def test_a_date_that_does_not_exist_loses_nothing(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    budi.type("/tugas kirim undangan rapat / 31 februari")
    assert "kirim undangan rapat" in budi.text
    assert "Tanggalnya belum tercatat" in budi.text
    assert _tasks(house)[0].due_on is None


def test_two_people_of_one_name_are_asked_about(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    house.member(unit, "anggota", "MP", name="Dewi Lestari")
    house.member(unit, "anggota", "PW", name="Dewi Anggraini")
    budi.type("/tugas susun rencana aksi / dewi")
    assert "PIC: Belum ada PIC" in budi.text
    assert "nama yang mirip" in budi.text


def test_trouble_is_told_to_the_coordinator_and_help_to_the_helper(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    sari = house.member(unit, "ketua", "PW", name="Sari")
    dewi.type("/tugas minta SK tim dari bagian umum")
    dewi.tap("Ada kendala")
    dewi.type("SK masih di meja sekretaris")
    assert "Siapa yang dapat membantu?" in dewi.text
    assert "Dewi" not in dewi.labels, "nobody is asked to help themselves"
    dewi.tap("Sari")
    assert "Kendala: SK masih di meja sekretaris" in dewi.text
    assert "Yang dimintai bantuan: Sari" in dewi.text
    house.send_due()
    assert sari.text.startswith("Bantuan Anda diminta: minta SK tim dari bagian umum\n\nKeadaan: ada kendala")
    assert "SK masih di meja sekretaris" in sari.text
    assert budi.text.startswith("Ada kendala: minta SK tim dari bagian umum")


def test_a_promise_moves_the_reminder(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    dewi.type("/tugas susun notula / 20 januari")
    dewi.tap("Selesai pada …")
    dewi.type("senin depan")
    assert "Dijanjikan selesai: Senin, 25 Januari 2027" in dewi.text
    before = len(dewi.messages)
    house.advance(days=3)  # until Thursday: the due day passes in silence, a promise stands
    assert len(dewi.messages) == before
    house.advance(days=3)  # the day before the promise is a Sunday: told on Friday
    assert dewi.text.startswith("3 hari lagi batas waktunya: susun notula.")
    house.advance(days=1)
    assert "Hari ini" in dewi.text
    dewi.tap("Buka").tap("Selesai")
    assert "Keadaan: selesai" in dewi.text
    count = len(dewi.messages)
    house.advance(days=10)
    assert len(dewi.messages) == count


def test_done_in_time_is_never_reminded(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    dewi.type("/tugas susun notula / 20 januari")
    dewi.tap("Selesai")
    count = len(dewi.messages)
    house.advance(days=5)
    assert len(dewi.messages) == count


@pytest.mark.db
def test_a_stale_button_changes_nothing(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator", name="Budi")
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    budi.type("/tugas susun notula / dewi")
    house.send_due()
    dewi.tap("Lihat tugas")
    budi.tap("Selesai")
    dewi.tap("Mulai kerjakan")
    assert _tasks(house)[0].state == "done"
    assert "baru saja diubah orang lain" in dewi.text


def test_foreign_units_see_nothing(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    budi.type("/tugas rahasia dapur kita")
    other = house.member(house.unit("Kantor Lain"), "koordinator", name="Tono")
    other.type("/menu")
    task = _tasks(house)[0]
    for data in (
        f"tugas.lihat:{task.id}",
        f"tugas.jadi:{task.id}:done:1",
        f"tugas.r:{task.id}:0",
        f"tugas.buka:{task.id}",
        f"tugas.siapa:{task.id}:pic:0",
        f"tugas.hari:{unit}:20270118",
    ):
        other.tap_data(data)
        assert "rahasia dapur" not in str(other.messages)
    assert _tasks(house)[0].state == "open"


def test_readers_make_no_tasks(house: House, unit: int) -> None:
    rina = house.member(unit, "penilai", name="Rina")
    rina.type("/tugas periksa ulang area 5")
    assert _tasks(house) == []
    assert "anggota tim" in rina.text
    rina.tap_data(routes.TASKS("", 0).pack())
    assert "Tugas baru" not in rina.labels
    assert "Catat dengan" not in rina.text


def test_history_tells_who_did_what(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    house.member(unit, "anggota", "MP", name="Dewi")
    budi.type("/tugas susun notula")
    budi.tap("Ubah")
    budi.tap("PIC")
    budi.type("dewi")
    budi.tap("Riwayat")
    assert "PIC diganti: Budi → Dewi" in budi.text
    assert "dicatat · Budi" in budi.text
    kinds = house.read(lambda s: [c.kind for c in s.exec(select(TaskChange)).all()])
    assert kinds == ["make", "pic"]


def test_the_title_the_day_and_dropping(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    budi.type("/tugas susun notula")
    budi.tap("Ubah")
    budi.tap("Judul")
    budi.type("susun notula rapat Februari")
    budi.tap("Ubah")
    budi.tap("Batas waktu")
    budi.type("akhir bulan")
    task = _tasks(house)[0]
    assert task.title == "susun notula rapat Februari"
    assert task.due_on == date(2027, 1, 31)
    budi.tap("Ubah")
    budi.tap("Batalkan")
    assert "Keadaan: dibatalkan" in budi.text
    budi.tap("Buka lagi")
    assert _tasks(house)[0].state == "open"


def test_a_too_long_line_is_not_cut(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    budi.type("/tugas " + "panjang sekali " * 40)
    assert _tasks(house) == []
    assert "paling banyak 300" in budi.text


def test_steps_of_the_plan_become_tasks_once(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    budi.type("/kesiapan")
    budi.tap("Langkah prioritas")
    budi.tap("Jadikan tugas")
    assert "langkah akan dicatat sebagai tugas" in budi.text
    budi.tap("Jadikan tugas")
    made = len(_tasks(house))
    assert 1 <= made <= 5
    assert all(task.source == "priority" and task.item_id for task in _tasks(house))
    budi.type("/kesiapan")
    budi.tap("Langkah prioritas")
    budi.tap("Jadikan tugas")
    assert "sudah menjadi tugas" in budi.text
    assert len(_tasks(house)) == made


def test_a_message_in_the_group_becomes_a_task_in_private(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    group = Group(house, [budi, dewi])
    group.say(dewi, "tolong siapkan daftar hadir rapat Jumat")
    said = max(house.standin.talks[group.id].values(), key=lambda message: message["message_id"])
    group.say(budi, "/tugas dewi / 22 januari", reply_to=said)
    assert "obrolan pribadi" in group.text
    assert "daftar hadir" not in group.text
    assert _tasks(house) == []
    assert group.buttons[0]["url"].endswith("start=tugas")
    budi.start("tugas")
    assert "tolong siapkan daftar hadir rapat Jumat" in budi.text
    assert "PIC: Dewi" in budi.text
    assert "Jumat, 22 Januari 2027" in budi.text
    assert len(_tasks(house)) == 1


def test_in_a_group_without_a_message_it_says_how(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    group = Group(house, [budi])
    group.say(budi, "/tugas")
    assert "Balas pesan" in group.text


def test_an_indicator_becomes_a_task_that_leads_back_to_it(house: House, unit: int) -> None:
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    dewi.type("/lke")
    dewi.tap_data("lke.i:MP.P.1.a")
    dewi.tap("Jadikan tugas")
    dewi.type("minta SK tim terbaru / 25 januari")
    assert "Untuk indikator: A.I.1.i.a" in dewi.text
    dewi.tap("Buka indikator")
    assert "A.I.1.i.a" in dewi.text
    assert _tasks(house)[0].item_id == "MP.P.1.a"


def test_a_note_that_is_delivered_again_makes_no_second_task(house: House, unit: int) -> None:
    """Two processes may get the same update at the same moment, and a killed one gets it once more."""
    budi = house.member(unit, "koordinator", name="Budi").type("/tugas kirim undangan rapat")
    (update,) = budi.last_updates
    house.dispatch._replied.clear()
    house.dispatch._unrecorded.clear()
    house.process(update)
    assert "kirim undangan rapat" in budi.text
    assert len(_tasks(house)) == 1
