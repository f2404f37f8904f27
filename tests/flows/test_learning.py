"""Learning from people: reasons, the team's list, questions to the coordinator and what becomes of them."""

import contextlib
import json
import threading
from typing import Any

import pytest
from sqlmodel import col, select

from flows import routes
from flows.learning import questions, unmet
from flows.models import AgencyEntry, Draft, Outbox, Person, TeamQuestion, UnmetQuestion
from flows.models import Unit as UnitRow
from flows.turn import Turn
from knowledge.library import Library
from tests.support.house import House
from tests.support.talk import Talk

UNKNOWN = "kunci gudang anggrek dititipkan ke mbak resepsionis siapa"
FLOWERS = (
    "melati",
    "kenanga",
    "mawar",
    "anggrek",
    "dahlia",
    "teratai",
    "cempaka",
    "kantil",
    "seruni",
    "kamboja",
)
OTHER = "wifi ruang rapat garuda passwordnya di mana"


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def agency(house: House, unit: int) -> int:
    """Its agency."""
    return int(house.read(lambda s: s.exec(select(UnitRow.agency_id).where(UnitRow.id == unit)).one()))


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """A member."""
    return house.member(unit, "anggota", "MP", "Dewi Contoh")


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """The coordinator."""
    return house.member(unit, "koordinator", None, "Budi Contoh")


@pytest.fixture
def ani(house: House, agency: int) -> Talk:
    """The admin."""
    return house.admin(agency, "Ani Contoh")


def rows_of(house: House, query: Any) -> list[Any]:
    """Rows in a fresh transaction."""
    return list(house.read(lambda s: list(s.exec(query).all())))


def open_unmet(house: House) -> list[UnmetQuestion]:
    """What waits, oldest first."""
    return rows_of(
        house, select(UnmetQuestion).where(UnmetQuestion.state == "open").order_by(col(UnmetQuestion.id))
    )


def the_question(house: House) -> TeamQuestion:
    """The only question to a coordinator."""
    (row,) = rows_of(house, select(TeamQuestion))
    return row


def handed(house: House, asker: Talk, text: str = UNKNOWN, label: str = "Ya") -> None:
    """The asker hands a question to the coordinators."""
    asker.type(text).tap("Tanya koordinator").tap(label)
    house.send_due()


# reasons -------------------------------------------------------------------------------------------


def test_a_thumbs_down_may_be_explained_and_the_reason_stands_beside_the_question(
    house: House, dewi: Talk, budi: Talk
) -> None:
    dewi.type("apa syarat WBK?").tap("Kurang tepat")
    assert dewi.text.startswith("Apa yang kurang tepat?")
    dewi.type("belum menyebut syarat tahun ini, hubungi 0812-3456-7890 atau dewi@contoh.go.id")
    assert "Terima kasih, alasannya tercatat" in dewi.text
    (row,) = open_unmet(house)
    assert row.reason == "belum menyebut syarat tahun ini, hubungi [nomor] atau [surel]"
    budi.type("/menu").tap("Pertanyaan tim (1)").tap("1")
    assert "dinilai kurang tepat" in budi.text
    assert "Alasan:\n• belum menyebut syarat tahun ini" in budi.text
    assert "Dewi" not in budi.text
    budi.tap("Lihat jawabannya")
    assert "WBK" in budi.text


def test_the_reason_can_be_skipped(house: House, dewi: Talk) -> None:
    dewi.type("apa syarat WBK?").tap("Kurang tepat").tap("Lewati")
    assert "75" in dewi.text
    assert [row.reason for row in open_unmet(house)] == [""]


def test_several_reasons_stand_together_and_the_same_one_once(house: House, unit: int, dewi: Talk) -> None:
    sari = house.member(unit, "anggota", "PW", "Sari Contoh")
    for talk, said in ((dewi, "terlalu panjang"), (sari, "kurang contoh"), (sari, "kurang contoh")):
        talk.type("apa syarat WBK?").tap("Kurang tepat").type(said)
    (row,) = open_unmet(house)
    assert row.reason == "kurang contoh\nterlalu panjang"
    assert row.times == 3


def test_a_stranger_may_say_why_too_and_nobodys_list_shows_it(house: House, budi: Talk) -> None:
    house.stranger().type("apa syarat WBK?").tap("Kurang tepat").type("tidak jelas")
    budi.type("/menu")
    assert not any(label.startswith("Pertanyaan tim") for label in budi.labels)


# the team's list -----------------------------------------------------------------------------------


def test_like_questions_stand_in_one_group_and_deciding_words_keep_groups_apart(
    house: House, unit: int, dewi: Talk, budi: Talk
) -> None:
    sari = house.member(unit, "anggota", "PW", "Sari Contoh")
    dewi.type("password wifi ruang rapat garuda apa")
    sari.type("ruang rapat garuda password wifi nya apa ya")
    sari.type("ruang rapat garuda password wifi nya apa ya")
    dewi.type("parkir tamu di lantai 3 sebelah mana")
    dewi.type("parkir tamu di lantai 4 sebelah mana")
    budi.type("/menu").tap("Pertanyaan tim (3)")
    assert "3 kelompok pertanyaan" in budi.text
    assert "1  password wifi ruang rapat garuda apa · belum terjawab · 3 kali" in budi.text
    budi.tap("1")
    assert "Ditulis juga:\n• ruang rapat garuda password wifi nya apa ya" in budi.text
    assert "Sari" not in budi.text
    assert "Dewi" not in budi.text


def test_an_ignored_group_leaves_the_list_and_stays_away(house: House, dewi: Talk, budi: Talk) -> None:
    dewi.type(OTHER)
    budi.type("/menu").tap("Pertanyaan tim (1)").tap("1")
    old = budi.data_of("Abaikan")
    budi.tap("Abaikan")
    assert "Tidak ada pertanyaan yang menunggu" in budi.text
    budi.tap_data(old)
    dewi.type(OTHER)
    assert open_unmet(house) == []


def test_the_list_pages(house: House, dewi: Talk, budi: Talk) -> None:
    for name in FLOWERS:
        dewi.type(f"kunci lemari {name} dibawa siapa {name} {name}{name}")
    budi.type("/menu").tap("Pertanyaan tim (10)")
    assert "10 kelompok" in budi.text
    budi.tap("›")
    assert "9  " in budi.text
    budi.tap_data("tt:99")
    assert "9  " in budi.text


def test_nothing_personal_is_kept_with_an_unmet_question(house: House, dewi: Talk) -> None:
    dewi.type("nip 198701012010011002 hub 081234567890 atau @dewi_contoh soal kunci gudang anggrek")
    (row,) = open_unmet(house)
    assert row.text == "nip [nomor] hub [nomor] atau [akun] soal kunci gudang anggrek"
    assert not {"person_id", "telegram_id", "asker_id", "chat_id"} & set(UnmetQuestion.model_fields)


def test_units_and_agencies_do_not_see_each_others_questions(
    house: House, unit: int, agency: int, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    other_unit = house.unit("Kantor Lain", agency)
    joko = house.member(other_unit, "koordinator", None, "Joko Contoh")
    far = house.member(house.unit("Kantor Jauh", house.agency("Instansi Lain")), "koordinator")
    dewi.type(OTHER)
    (row,) = open_unmet(house)
    for stranger_to_it in (joko, far, dewi):
        stranger_to_it.type("/menu")
        assert not any(label.startswith("Pertanyaan tim") for label in stranger_to_it.labels)
        for forged in (f"tt.lihat:{row.id}", f"tt.jawab:{row.id}", f"tt.abai:{row.id}", "tt:0"):
            stranger_to_it.tap_data(forged)
            assert "garuda" not in stranger_to_it.text
    assert len(open_unmet(house)) == 1
    for keeper in (budi, ani):
        keeper.type("/menu").tap("Pertanyaan tim (1)")
        assert "garuda" in keeper.text


def test_a_coordinators_action_leaves_the_same_question_of_another_unit_alone(
    house: House, agency: int, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    far = house.member(house.unit("Kantor Lain", agency), "anggota", "MP", "Joko Contoh")
    dewi.type(OTHER)
    far.type(OTHER + " ya")
    ani.type("/menu").tap("Pertanyaan tim (1)")
    assert "2 kali" in ani.text
    budi.type("/menu").tap("Pertanyaan tim (1)").tap("1")
    assert "Ditulis juga" not in budi.text
    budi.tap("Abaikan")
    ani.type("/menu").tap("Pertanyaan tim (1)")
    assert "2 kali" not in ani.text
    assert "garuda" in ani.text


def test_a_coordinators_answer_waits_for_the_admin_and_then_answers_at_once(
    house: House, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    dewi.type(OTHER)
    budi.type("/menu").tap("Pertanyaan tim (1)").tap("1").tap("Jawab dan simpan")
    budi.type("Sandi ada di papan depan ruang rapat.\n\nDiganti tiap bulan.")
    assert "menunggu tinjauan admin" in budi.text
    assert "Setujui" not in budi.labels
    dewi.type(OTHER)
    assert "papan depan" not in dewi.text
    house.send_due()
    assert ani.text.startswith("Jawaban dari koordinator Kantor Layanan Contoh menunggu tinjauan Anda.")
    ani.tap("Perlu ditinjau").tap("Setujui")
    dewi.type(OTHER)
    assert dewi.text.startswith("Jawaban instansi: Sandi ada di papan depan ruang rapat.")
    assert "Diganti tiap bulan." in dewi.text
    assert "Dasar: kebijakan instansi" in dewi.text
    assert "Bukan kutipan aturan nasional." in dewi.text


def test_a_rejected_draft_gives_its_questions_back(house: House, dewi: Talk, budi: Talk, ani: Talk) -> None:
    dewi.type(OTHER)
    budi.type("/menu").tap("Pertanyaan tim (1)").tap("1").tap("Jawab dan simpan").type("Tidak tahu.")
    assert open_unmet(house) == []
    house.send_due()
    ani.tap("Perlu ditinjau").tap("Tolak")
    assert [row.text for row in open_unmet(house)] == [OTHER]
    dewi.type(OTHER)
    assert "Tidak tahu." not in dewi.text


def test_two_answering_one_group_write_one_entry(house: House, unit: int, dewi: Talk, budi: Talk) -> None:
    eko = house.member(unit, "koordinator", None, "Eko Contoh")
    dewi.type(OTHER)
    for talk in (budi, eko):
        talk.type("/menu").tap("Pertanyaan tim (1)").tap("1").tap("Jawab dan simpan")
    budi.type("Di papan.")
    eko.type("Tanya resepsionis.")
    assert eko.text.startswith("Pertanyaan ini sudah ditangani.")
    assert len(rows_of(house, select(AgencyEntry))) == 1


# to the coordinator --------------------------------------------------------------------------------


def test_a_question_travels_to_the_coordinator_back_to_the_asker_and_becomes_an_entry(
    house: House, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    dewi.type(UNKNOWN)
    assert "Tanya koordinator" in dewi.labels
    dewi.tap("Tanya koordinator")
    assert "Sertakan nama Anda?" in dewi.text
    assert UNKNOWN in dewi.text
    dewi.tap("Ya")
    assert dewi.toast == "Terkirim kepada 1 koordinator unit."
    assert dewi.text.startswith("Menunggu jawaban koordinator unit.")
    house.send_due()
    assert budi.text.startswith("Pertanyaan untuk koordinator unit dari Dewi Contoh.")
    budi.tap("Jawab").type("Paling lambat tanggal 5, lewat Bu Rina.")
    assert "Terkirim kepada penanya" in budi.text
    assert "sedang ditinjau admin instansi" in budi.text
    house.send_due()
    assert dewi.text.startswith("Jawaban koordinator unit, bukan kutipan aturan.")
    assert "Paling lambat tanggal 5, lewat Bu Rina." in dewi.text
    assert "Dijawab oleh Budi Contoh." in dewi.text
    ani.tap("Perlu ditinjau")
    assert "Berasal dari jawaban koordinator Kantor Layanan Contoh." in ani.text
    ani.tap("Setujui")
    assert ani.toast.startswith("Berlaku sekarang")
    dewi.tap("Lihat status")
    assert "sudah menjadi jawaban instansi" in dewi.text
    dewi.type(UNKNOWN)
    assert dewi.text.startswith("Jawaban instansi: Paling lambat tanggal 5")
    assert open_unmet(house) == []


def test_without_the_name_nobody_learns_who_asked(house: House, dewi: Talk, budi: Talk, ani: Talk) -> None:
    handed(house, dewi, label="Tanpa nama")
    assert "seorang anggota tim (tanpa nama)" in budi.text
    budi.tap("Lihat status")
    assert "Dewi" not in budi.text
    budi.tap("Jawab").type("Tanggal 5.")
    house.send_due()
    assert "Dewi" not in ani.text
    ani.tap("Perlu ditinjau")
    assert "Dewi" not in ani.text
    assert dewi.text.startswith("Jawaban koordinator unit")


def test_the_first_of_two_coordinators_counts_and_the_second_sees_it(
    house: House, unit: int, dewi: Talk, budi: Talk
) -> None:
    eko = house.member(unit, "koordinator", None, "Eko Contoh")
    handed(house, dewi)
    budi.tap("Jawab")
    eko.tap("Jawab")
    budi.type("Tanggal 5.")
    eko.type("Tanggal 10.")
    assert eko.text.startswith("Pertanyaan ini baru saja dijawab oleh Budi Contoh")
    assert "Tanggal 5." in eko.text
    assert the_question(house).answer == "Tanggal 5."
    assert len(rows_of(house, select(AgencyEntry))) == 1
    eko.tap_data(routes.COORD_ANSWER(the_question(house).id or 0).pack())
    assert "Tanggal 5." in eko.text


class Meeting:
    """Lets two transactions meet right after each has claimed the question, if the database allows it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._gate = threading.Barrier(2)
        self._claim = questions.for_coordinator
        monkeypatch.setattr(questions, "for_coordinator", self.claim)

    def claim(self, turn: Turn, question_id: int, *, lock: bool = False) -> TeamQuestion:
        """The real claim, followed by the wait."""
        row = self._claim(turn, question_id, lock=lock)
        if lock:
            with contextlib.suppress(threading.BrokenBarrierError):
                self._gate.wait(timeout=0.5)
        return row


@pytest.mark.db
def test_two_coordinators_racing_send_one_answer(
    house: House, unit: int, dewi: Talk, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    eko = house.member(unit, "koordinator", None, "Eko Contoh")
    handed(house, dewi)
    budi.tap("Jawab")
    eko.tap("Jawab")
    house.flush()
    Meeting(monkeypatch)
    house.standin.say(budi.user_id, "Tanggal 5.")
    house.standin.say(eko.user_id, "Tanggal 10.")
    house.deliver()
    late = [talk for talk in (budi, eko) if "baru saja dijawab oleh" in talk.text]
    assert len(late) == 1, (budi.text, eko.text)
    assert the_question(house).answer == ("Tanggal 10." if late == [budi] else "Tanggal 5.")
    assert len(rows_of(house, select(AgencyEntry))) == 1
    before = len(dewi.messages)
    house.send_due()
    assert len(dewi.messages) == before + 1


@pytest.mark.db
def test_the_whole_way_on_both_databases(house: House, unit: int, dewi: Talk, budi: Talk, ani: Talk) -> None:
    dewi.type(OTHER)
    house.member(unit, "anggota", "PW", "Sari Contoh").type("di mana password wifi ruang rapat garuda")
    handed(house, dewi)
    budi.tap("Jawab").type("Tanggal 5.")
    house.send_due()
    ani.tap("Perlu ditinjau").tap("Setujui")
    dewi.type(UNKNOWN)
    assert dewi.text.startswith("Jawaban instansi: Tanggal 5.")
    ani.type("/menu").tap("Pertanyaan tim (1)").tap("1").tap("Jawab dan simpan").type("Di papan.")
    ani.tap("Setujui")
    dewi.type(OTHER)
    assert dewi.text.startswith("Jawaban instansi: Di papan.")


def test_there_is_nobody_to_ask_for_strangers_lone_coordinators_and_in_units_without_one(
    house: House, unit: int
) -> None:
    lone = house.member(unit, "koordinator", None, "Budi Contoh")
    bare = house.member(house.unit("Kantor Kosong"), "anggota", "MP")
    for talk in (house.stranger(), lone, bare):
        talk.type(UNKNOWN)
        assert "Tanya koordinator" not in talk.labels
        talk.tap_data("koor.kirim:1")
    assert rows_of(house, select(TeamQuestion)) == []


def test_tapping_send_twice_sends_once(house: House, dewi: Talk, budi: Talk) -> None:
    dewi.type(UNKNOWN).tap("Tanya koordinator")
    again = dewi.data_of("Ya")
    dewi.tap("Ya").tap_data(again)
    assert "Pertanyaan Anda kepada koordinator unit: 1." in dewi.text
    assert len(rows_of(house, select(TeamQuestion))) == 1


def test_a_question_can_be_reworded_before_it_goes(house: House, dewi: Talk, budi: Talk) -> None:
    dewi.type(UNKNOWN).tap("Tanya koordinator").tap("Ubah pertanyaan")
    dewi.type("Laporan ruangan dikumpulkan ke siapa").tap("Tanpa nama")
    assert the_question(house).text == "Laporan ruangan dikumpulkan ke siapa"


def test_a_withdrawn_or_closed_question_takes_no_answer(house: House, dewi: Talk, budi: Talk) -> None:
    handed(house, dewi)
    budi.tap("Jawab")
    dewi.tap("Tarik pertanyaan")
    assert dewi.text.startswith("Ditarik penanya.")
    budi.type("Tanggal 5.")
    assert budi.text.startswith("Pertanyaan ini tidak lagi menunggu jawaban")
    assert the_question(house).answer == ""
    handed(house, dewi, OTHER)
    budi.tap("Lihat status").tap("Tutup saja")
    assert "tanpa jawaban" in budi.toast
    dewi.type("/tanya").tap("Pertanyaan saya")
    assert "1  ! wifi ruang rapat" in dewi.text
    assert "2  ↩ kunci gudang" in dewi.text


def test_a_question_withdrawn_before_it_is_sent_never_arrives(house: House, dewi: Talk, budi: Talk) -> None:
    dewi.type(UNKNOWN).tap("Tanya koordinator").tap("Ya").tap("Tarik pertanyaan")
    before = len(budi.messages)
    house.send_due()
    assert len(budi.messages) == before


def test_one_person_cannot_pile_questions_up(house: House, dewi: Talk, budi: Talk) -> None:
    for name in ("melati", "kenanga", "mawar", "anggrek", "dahlia", "teratai"):
        dewi.type(f"kunci lemari {name} dibawa siapa {name}").tap("Tanya koordinator").tap("Tanpa nama")
    assert dewi.text.startswith("Masih ada 5 pertanyaan Anda yang menunggu jawaban.")
    assert len(rows_of(house, select(TeamQuestion))) == 5


def test_an_asker_who_blocked_the_bot_finds_the_answer_later(house: House, dewi: Talk, budi: Talk) -> None:
    handed(house, dewi)
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == dewi.user_id)).one()
        person.unreachable_at = house.clock.now()
    budi.tap("Jawab").type("Tanggal 5.")
    assert "Penanya sedang tidak dapat dihubungi" in budi.text
    house.send_due()
    dewi.type("/tanya").tap("Pertanyaan saya").tap("1")
    assert "Tanggal 5." in dewi.text


def test_an_asker_who_had_their_data_deleted_is_no_longer_linked(
    house: House, dewi: Talk, budi: Talk
) -> None:
    handed(house, dewi)
    dewi.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    row = the_question(house)
    assert (row.asker_id, row.named, row.state) == (None, False, "open")
    assert rows_of(house, select(Draft)) == []
    budi.tap("Lihat status")
    assert "Dewi" not in budi.text
    assert "sudah tidak terdaftar" in budi.text
    budi.tap("Jawab").type("Tanggal 5.")
    assert the_question(house).state == "answered"
    assert rows_of(house, select(Outbox).where(Outbox.chat_id == dewi.user_id)) == []


def test_ones_own_data_name_ones_questions_and_answers(house: House, dewi: Talk, budi: Talk) -> None:
    handed(house, dewi)
    budi.tap("Jawab").type("Tanggal 5.")
    for talk, key in ((dewi, "pertanyaan_ke_koordinator"), (budi, "jawaban_untuk_tim")):
        talk.type("/privasi").tap("Unduh data saya")
        file_id = talk.messages[-1]["document"]["file_id"]
        data = json.loads(house.standin.store.content(file_id) or b"")
        assert len(data[key]) == 1
        assert data[key][0]["jawaban"] == "Tanggal 5."


def test_a_question_belongs_to_its_asker_and_its_units_coordinators(
    house: House, unit: int, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    handed(house, dewi)
    number = the_question(house).id
    sari = house.member(unit, "anggota", "PW", "Sari Contoh")
    far = house.member(house.unit("Kantor Lain"), "koordinator", None, "Joko Contoh")
    for talk in (sari, far, ani):
        talk.type("/menu")
        for route in ("lihat", "jawab", "tutup", "sl", "tarik", "balas", "masuk"):
            talk.tap_data(f"koor.{route}:{number}")
            assert "resepsionis" not in talk.text
    assert the_question(house).state == "open"


def test_the_way_back_to_an_open_prompt_stays_beside_the_coordinator(
    house: House, dewi: Talk, budi: Talk
) -> None:
    dewi.type("/lke").tap("Area 1").tap("A.I.1.i").tap("A.I.1.i.a")
    dewi.type(UNKNOWN)
    assert dewi.labels[0] == "Kembali ke A.I.1.i.a"
    assert "Tanya koordinator" in dewi.labels


@pytest.mark.db
def test_everything_survives_a_restart_and_reaches_every_process(
    house: House, library: Library, database_url: str, dewi: Talk, budi: Talk, ani: Talk
) -> None:
    handed(house, dewi)
    budi.tap("Jawab")
    other = House(database_url, library)
    try:
        for _ in range(1000):
            other.standin.next_id("update", first=10_000)  # so that no update of one looks like the other's
        there = {talk: beside(other, talk) for talk in (dewi, budi, ani)}
        there[budi].type("Tanggal 5.")
        other.send_due()
        assert there[dewi].text.startswith("Jawaban koordinator unit, bukan kutipan aturan.")
        dewi.type(UNKNOWN)  # the first process has looked, and found nothing yet
        assert "Tanggal 5." not in dewi.text
        there[ani].tap("Perlu ditinjau").tap("Setujui")
        for talk in (dewi, there[dewi]):
            talk.type(UNKNOWN)
            assert talk.text.startswith("Jawaban instansi: Tanggal 5.")
        there[ani].type("/admin").tap_data(routes.ENTRY(1).pack()).tap("Ubah jawaban").type("Tanggal 7.")
        dewi.type(UNKNOWN)
        assert dewi.text.startswith("Jawaban instansi: Tanggal 7.")
        there[ani].tap("Pensiunkan")
        dewi.type(UNKNOWN)
        assert "Tanggal 7." not in dewi.text
    finally:
        other.close()


def beside(other: House, talk: Talk) -> Talk:
    """The same person before a second bot on the same database."""
    other.standin.add_user(talk.user_id, "Orang")
    other.standin.users[talk.user_id].started = True
    return Talk(other, talk.user_id)


def test_a_key_ignores_order_and_fillers(library: Library) -> None:
    assert unmet.key_of(library, "apa syarat WBK?") == unmet.key_of(library, "syarat wbk apa ya")
    assert unmet.key_of(library, "syarat wbk") != unmet.key_of(library, "syarat wbbm")
