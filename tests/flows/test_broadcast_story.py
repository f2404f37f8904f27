"""A coordinator calls a meeting, as people would have it: three lines, who has read it, who cannot come."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from flows.models import Meeting, Person
from tests.support.house import House
from tests.support.talk import NoSuchButton, Talk

THREE_LINES = "jumat 29 jan jam 9 / aula lt 2, pimpinan hadir / ketua pokja bawa progres area"
SEEN = (
    "Rapat monev ZI: Jumat, 29 Januari 2027, 09.00 WIB.\n"
    "Tempat: aula lt 2, pimpinan hadir\n"
    "Mohon disiapkan: ketua pokja bawa progres area\n\n"
    "Koordinator unit, Kantor Layanan Contoh"
)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def team(house: House, unit: int) -> list[Talk]:
    return [house.member(unit, "anggota", "PW", f"Anggota {n}") for n in range(3)]


def call_a_meeting(boss: Talk) -> None:
    boss.type("/pengumuman").tap("Rapat monev").type(THREE_LINES).tap("Kirim sekarang")
    boss.house.send_due()


def status(boss: Talk) -> str:
    """The message with the counts, wherever it stands."""
    return next(m["text"] for m in reversed(boss.messages) if "Sudah dibaca:" in str(m.get("text")))


@pytest.mark.db
def test_the_whole_talk_of_a_meeting(house: House, boss: Talk, team: list[Talk]) -> None:
    with house.writing() as session:  # somebody who never opened the bot
        person = session.exec(select(Person).where(Person.telegram_id == team[2].user_id)).one()
        person.telegram_id = None
    boss.type("/pengumuman")
    assert boss.labels[:2] == ["Rapat monev", "Bukti yang kurang"]
    boss.tap("Rapat monev")
    assert boss.text.startswith("Tulis tiga baris: waktu, tempat, yang perlu dibawa.")
    boss.type(THREE_LINES)
    assert boss.text.startswith(f"Pratinjau, belum terkirim.\n\n{SEEN}\n\nPenerima: Semua tim · 3 orang\n")
    assert (
        "Terjangkau 2 orang. 1 orang belum pernah membuka bot; teks siap tempel dan QR disediakan."
        in boss.text
    )
    boss.tap("Kirim sekarang")
    house.send_due()
    assert [t.text for t in team[:2]] == [SEEN, SEEN]
    assert team[0].labels == [
        "Sudah dibaca",
        "Tidak bisa hadir",
        "Tanya",
        "Salin teks",
        "Semua pengumuman",
        "Ke menu",
    ]
    assert status(boss).startswith("✓ Terkirim 2 dari 2. Sudah dibaca: 0.")
    assert "Buat juga paket rapatnya? Undangan, daftar hadir, notula, dan foto akan jadi bukti" in boss.text
    assert "A.I.1.iii.b" in boss.text

    team[0].tap("Sudah dibaca")
    assert team[0].toast == "Terima kasih, dicatat sudah dibaca."
    assert (team[0].labels[0], len(team[0].messages)) == ("✓ Sudah dibaca", 1)
    house.settle()
    assert status(boss).startswith("✓ Terkirim 2 dari 2. Sudah dibaca: 1.")

    boss.tap("Siapkan paket")
    assert "Rapat monev ZI" in boss.text
    meeting = house.read(lambda s: s.exec(select(Meeting)).one())
    assert (f"{meeting.held_on}", meeting.held_time, meeting.place) == (
        "2027-01-29",
        "09.00",
        "Aula lt 2, pimpinan hadir",
    )


@pytest.mark.db
def test_on_the_working_day_before_the_coordinator_is_asked_once_about_those_who_have_not_read(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    call_a_meeting(boss)
    team[0].tap("Sudah dibaca")
    house.advance(to=datetime(2027, 1, 28, 7, 59, tzinfo=UTC))
    assert "Ingatkan 2 orang lain" not in boss.text
    house.advance(to=datetime(2027, 1, 28, 8, 0, tzinfo=UTC))  # Thursday 15.00 WIB
    assert boss.text == (
        "Sudah dibaca 1 dari 3.\n\nRapat monev ZI: Jumat, 29 Januari 2027, 09.00 WIB."
        "\n\nIngatkan 2 orang lain sekali saja?"
    )
    boss.tap("Ingatkan")
    assert boss.toast == "2 orang diingatkan, satu kali ini saja."
    house.send_due()
    for late in team[1:]:
        assert late.text == f"Pengingat: pengumuman ini belum Anda tandai dibaca.\n\n{SEEN}"
    assert len(team[0].messages) == 1
    boss.tap_data("umum.ingat:1")
    assert "Yang belum membaca sudah diingatkan satu kali" in boss.text
    house.send_due()
    assert len(team[1].messages) == 2


def test_the_question_before_a_meeting_waits_for_no_day_off(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").tap("Rapat monev").type("senin 29 maret jam 9 / aula / bukti").tap(
        "Kirim sekarang"
    )
    house.send_due()
    # Friday 26 March is Good Friday, Thursday joint leave.
    house.advance(to=datetime(2027, 3, 24, 7, 59, tzinfo=UTC))
    assert "Ingatkan 3 orang lain" not in boss.text
    house.advance(to=datetime(2027, 3, 24, 8, 0, tzinfo=UTC))
    assert "Ingatkan 3 orang lain sekali saja?" in boss.text


def test_nobody_is_asked_when_all_have_read(house: House, boss: Talk, team: list[Talk]) -> None:
    call_a_meeting(boss)
    for member in team:
        member.tap("Sudah dibaca")
    before = len(boss.messages)
    house.advance(to=datetime(2027, 1, 28, 9, 0, tzinfo=UTC))
    assert len(boss.messages) == before


@pytest.mark.db
def test_who_cannot_come_tells_the_coordinator_alone(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    other = house.member(unit, "koordinator")
    call_a_meeting(boss)
    team[0].tap("Tidak bisa hadir")
    assert team[0].text.startswith("Apa alasannya? Tulis satu baris.")
    team[0].type("dinas luar ke <kabupaten>")
    assert "Dicatat. Alasannya hanya sampai kepada koordinator." in team[0].text
    assert team[0].labels[:2] == ["✓ Tidak bisa hadir", "Bisa hadir"]
    house.settle()
    assert boss.text.startswith("Anggota 0 tidak bisa hadir.\n\nAlasan: dinas luar ke <kabupaten>")
    assert status(boss).startswith("✓ Terkirim 4 dari 4. Sudah dibaca: 1. Tidak bisa hadir: 1.")
    assert not any("kabupaten" in str(m) for t in (*team[1:], other) for m in t.messages)
    boss.tap_data("umum.baca:1:0")
    assert "! Anggota 0: tidak bisa hadir, dinas luar ke <kabupaten>" in boss.text
    team[0].tap("Bisa hadir")
    house.settle()
    assert boss.text.startswith("Anggota 0 ternyata bisa hadir.")


def test_only_a_meeting_asks_who_cannot_come(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type("Bapak/Ibu, berkas SK sudah di lemari 2.").tap("Kirim sekarang")
    house.send_due()
    assert team[0].labels == ["Sudah dibaca", "Tanya", "Salin teks", "Semua pengumuman", "Ke menu"]
    team[0].tap_data("umum.absen:1")
    assert team[0].text.startswith("Bapak/Ibu, berkas SK sudah di lemari 2.")
    team[0].tap_data("umum.as:1")
    assert "Pengumuman ini bukan undangan rapat." in team[0].text


def test_a_question_goes_the_usual_way_to_the_coordinator(house: House, boss: Talk, team: list[Talk]) -> None:
    call_a_meeting(boss)
    team[1].tap("Tanya").type("Apakah anggota baru juga ikut rapat ini?").tap("Simpan sebagai isi").tap("Ya")
    house.send_due()
    assert "Apakah anggota baru juga ikut rapat ini?" in boss.text


def test_names_of_readers_are_the_authors_alone(
    house: House, boss: Talk, team: list[Talk], unit: int
) -> None:
    other = house.member(unit, "koordinator", name="Ani Contoh")
    call_a_meeting(boss)
    team[0].tap("Sudah dibaca")
    boss.tap_data("umum.baca:1:0")
    assert boss.text.startswith("Sudah dibaca 1 dari 4.\n\nHanya Anda yang melihat nama-nama ini.")
    assert "○ Anggota 1: belum" in boss.text
    assert "✓ Anggota 0: hari ini 09.00 WIB" in boss.text
    other.tap_data("umum.status:1")
    assert "Sudah dibaca: 1." in other.text
    assert not [label for label in other.labels if label.startswith("Sudah dibaca")]
    for forged in ("umum.baca:1:0", "umum.ingat:1", "umum.pantau:1", "umum.henti:1"):
        other.tap_data(forged)
        assert "Anggota 1: belum" not in other.text
        assert "Pengumuman ini tidak ada dalam daftar Anda." in other.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("aula / jam 9", "Waktunya belum terbaca di baris pertama."),
        ("jumat 29 jan / aula", "Jumat, 29 Januari 2027, jam berapa?"),
        ("31 februari jam 9 / aula", "31 Februari"),
    ],
)
def test_a_moment_that_cannot_be_read_is_asked_again(
    boss: Talk, team: list[Talk], typed: str, said: str
) -> None:
    boss.type("/pengumuman").tap("Rapat monev").type(typed)
    assert said in boss.text
    boss.type(THREE_LINES)
    assert SEEN in boss.text


def test_missing_evidence_goes_to_the_area_that_is_named(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    other = house.member(unit, "anggota", "MP", "Anggota lain")
    boss.type("/pengumuman").tap("Bukti yang kurang")
    boss.type("notula dan foto kampanye / area 5 / rabu depan")
    assert (
        "Bapak/Ibu, mohon lengkapi bukti dukung: notula dan foto kampanye.\n"
        "Untuk: Area 5 Penguatan Pengawasan\nPaling lambat: Rabu, 27 Januari 2027"
    ) in boss.text
    assert "Penerima: Pokja dan PIC Area 5 · 3 orang" in boss.text
    boss.tap("Kirim sekarang")
    house.send_due()
    assert (len(team[0].messages), other.messages) == (1, [])
    other.type("/pengumuman")
    assert "Belum ada pengumuman" in other.text, "one for another pokja is not theirs to read"
    other.tap_data("umum.terima:1")
    assert "Pengumuman ini tidak ada dalam daftar Anda." in other.text


def test_the_text_can_be_copied_by_one_tap_where_it_is_short(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    call_a_meeting(boss)
    buttons = [b for row in team[0].messages[-1]["reply_markup"]["inline_keyboard"] for b in row]
    copied = next(b["copy_text"]["text"] for b in buttons if b["text"] == "Salin teks")
    assert copied == SEEN
    boss.type("/pengumuman").type("Kabar panjang <satu> & dua. " * 20)
    boss.tap("Salin teks")
    assert boss.text.startswith(
        "Teks pengumuman, tanpa format.\n\nSiap tempel; ketuk teksnya untuk menyalin:\nKabar"
    )
    with pytest.raises(NoSuchButton):
        boss.tap("Salin teks grup", message=boss.messages[-1])


def test_a_poster_is_there_for_those_who_never_opened_the_bot(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == team[2].user_id)).one()
        person.telegram_id = None
    boss.type("/pengumuman").type("Rapat besok jam 9.").tap("Poster QR")
    sent = boss.messages[-1]
    assert sent["document"]["file_name"] == "poster-pandu-zi.png"
    assert sent["caption"].startswith("Poster QR Kantor Layanan Contoh\n\nUntuk 1 orang yang belum pernah")
