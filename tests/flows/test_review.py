"""Review: sent, seen on one card, approved or returned, taken back; own work; "tidak berlaku"; history."""

import contextlib
import threading
from datetime import date

import pytest
from sqlmodel import select

from flows import routes
from flows.checklist.service import Change
from flows.checklist.texts import changing
from flows.item_words import Reader
from flows.models import Agency, AuditEntry, ItemWork, Membership, Outbox, Person
from flows.review import service, states
from flows.turn import Turn
from knowledge.library import Library
from tests.support.house import House
from tests.support.lke import (
    CAMPAIGN,
    COMPLAINTS,
    assessment_id,
    chosen,
    history_of,
    open_item,
    rows_of,
)
from tests.support.proof import prove
from tests.support.talk import Talk


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Budi Contoh")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """Ketua pokja of area 5."""
    return house.member(unit, "ketua", "PW", "Sari Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """Coordinator of the unit."""
    return house.member(unit, "koordinator", None, "Dewi Contoh")


def state(house: House, item_id: str = CAMPAIGN) -> str:
    """The stored review state."""
    found = rows_of(house, select(ItemWork).where(ItemWork.item_id == item_id))
    return found[0].state if found else ""


def kinds(house: House, item_id: str = CAMPAIGN) -> list[str]:
    """The kinds of the item's history, oldest first."""
    return [change.kind for change in history_of(house, item_id)]


def sent(house: House, who: Talk, item_id: str = CAMPAIGN, label: str = "B") -> Talk:
    """Answer an item and send it as it is."""
    open_item(who, item_id)
    who.tap(label) if item_id == CAMPAIGN else who.type(label)
    who.tap("Kirim untuk direviu").tap("Kirim sekarang")
    assert state(house, item_id) == "waiting"
    house.send_due()
    return who


# the way there and back ----------------------------------------------------------------------------


def test_an_item_is_sent_returned_mended_and_approved(
    house: House, unit: int, budi: Talk, sari: Talk, dewi: Talk
) -> None:
    open_item(budi, CAMPAIGN).tap("A").tap("Isi penjelasan").type("Kampanye tiap triwulan di loket.")
    prove(house, unit)
    open_item(budi, CAMPAIGN).tap("Kirim untuk direviu")
    assert budi.text.endswith(
        "Sampai direviu, Anda bisa menariknya kembali.\nTidak ada lagi yang perlu Anda kerjakan hari ini."
    )
    assert budi.labels[:2] == ["Tugas saya", "Tanya sesuatu"]
    assert "✓ Dikirim ke ketua pokja untuk direviu." in budi.text
    house.send_due()
    assert sari.text.startswith("Menunggu reviu Anda: A.I.5.i.a · ")
    assert "jawaban A" in sari.text
    assert "Penjelasan: “Kampanye tiap triwulan di loket.”" in sari.text
    assert sari.labels == ["Lihat bukti", "Setujui", "Minta perbaikan"]
    assert dewi.messages == []

    assert "Menunggu reviu Anda (1)" in sari.type("/menu").labels
    sari.tap("Menunggu reviu Anda (1)")
    assert sari.text.startswith("Menunggu reviu Anda: 1")
    sari.tap("1")
    assert "Jawaban: A: Rutin" in sari.text
    assert "Bukti dukung (" in sari.text
    sari.tap("Minta perbaikan").type("tanggal kegiatan belum terlihat pada foto 2.")
    assert "Batas perbaikan: Kamis, 21 Januari 2027 (3 hari kerja)." in sari.text
    assert state(house) == "waiting"
    sari.type("rabu 20 jan")
    assert "Batas perbaikan: Rabu, 20 Januari 2027." in sari.text
    sari.tap("Kirim balik")
    assert sari.toast == "Dikirim balik untuk diperbaiki."
    house.send_due()
    assert budi.text.startswith("Perlu perbaikan: A.I.5.i.a. Jawaban dan berkas Anda tetap tersimpan.")
    assert "Catatan reviu: tanggal kegiatan belum terlihat pada foto 2." in budi.text
    assert "Batas perbaikan: Rabu, 20 Januari 2027 (lusa)." in budi.text
    assert budi.labels == ["Perbaiki", "Tanya pereviu"]

    budi.tap("Perbaiki")
    assert "↩ Perlu perbaikan: “tanggal kegiatan belum terlihat pada foto 2.”" in budi.text
    budi.type("/lke").tap("Area 5").tap("A.I.5.i")
    assert "↩ A.I.5.i.a  Kampanye publik antigratifikasi: A · perlu perbaikan" in budi.text
    open_item(budi, CAMPAIGN).tap("Kirim untuk direviu")
    house.send_due()
    sari.tap("Setujui")
    assert sari.toast == "Disetujui."
    house.send_due()
    assert budi.text.startswith("✓ Disetujui: A.I.5.i.a")
    assert "✓ Reviu: disetujui oleh Sari Contoh" in open_item(budi, CAMPAIGN).text
    assert kinds(house) == ["answer", "note", "send", "return", "send", "approve"]
    acts = {e.act for e in rows_of(house, select(AuditEntry))}
    assert {"lke.send", "lke.return", "lke.approve"} <= acts

    budi.tap("Riwayat")
    assert "Sari Contoh\n✓ Disetujui" in budi.text
    assert (
        "↩ Diminta diperbaiki: “tanggal kegiatan belum terlihat pada foto 2.”. Batas perbaikan" in budi.text
    )
    assert "Anda\nDikirim lagi untuk direviu" in budi.text

    budi.type("/progres")
    assert "Belum 112 · diisi 0 · menunggu reviu 0 · disetujui 1 · perlu perbaikan 0" in budi.text
    assert "Area 5 Penguatan Pengawasan: 1 dari 22 (4,5%) · 1 disetujui" in budi.text
    assert "1 dari 110 indikator terjawab, 1 disetujui." in budi.type("/kesiapan").text
    budi.type("/lke")
    assert "Reviu: 1 disetujui." in budi.text


def test_what_is_missing_is_said_before_sending_and_sending_stays_possible(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(budi, CAMPAIGN)
    assert "Kirim untuk direviu" not in budi.labels
    budi.tap("A").tap("Kirim untuk direviu")
    assert budi.text.startswith("Jawaban A tersimpan, tetapi belum didukung bukti.")
    assert "Penjelasan juga belum diisi" in budi.text
    assert state(house) == ""
    assert budi.labels == ["Tambah bukti", "Isi penjelasan", "Kirim sekarang", "Nanti saja"]
    budi.tap("Nanti saja")
    assert "Jawaban: A" in budi.text
    sent(house, budi)
    assert "Bukti dukung: belum ada" in sari.tap("Lihat bukti").text


def test_without_a_ketua_the_coordinator_is_asked(house: House, budi: Talk, dewi: Talk) -> None:
    sent(house, budi)
    assert "Dikirim ke koordinator unit" in budi.text
    assert dewi.text.startswith("Menunggu reviu Anda: A.I.5.i.a")


def test_ready_reasons_and_a_day_that_is_over(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    sari.tap("Minta perbaikan").tap("Tautan terkunci")
    assert "Catatan reviu: Tautan bukti belum dapat dibuka." in sari.text
    sari.type("31 februari")
    assert "31 Februari" in sari.text
    assert "Tautan bukti belum dapat dibuka." in sari.text
    late = sari.data_of("Kirim balik")
    house.advance(days=7)
    sari.tap_data(late)
    assert "sudah lewat" in sari.toast
    assert state(house) == "waiting"


def test_the_sender_takes_it_back_and_nobody_else_does(
    house: House, unit: int, budi: Talk, sari: Talk
) -> None:
    sent(house, budi)
    recall = budi.data_of("Tarik kembali")
    andi = house.member(unit, "anggota", "PW", "Andi Contoh")
    andi.type("/lke").tap_data(recall)
    assert "Hanya pengirimnya" in andi.toast
    budi.tap("Tarik kembali")
    assert "Ditarik kembali" in budi.toast
    assert "Kirim untuk direviu" in budi.labels
    sari.tap("Setujui")
    assert "tidak lagi menunggu reviu" in sari.toast
    assert state(house) == ""
    assert kinds(house) == ["answer", "send", "recall"]


def test_taking_back_what_was_decided_meanwhile_says_so(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    recall = budi.data_of("Tarik kembali")
    sari.tap("Setujui")
    budi.tap_data(recall)
    assert budi.toast == "A.I.5.i.a sudah disetujui oleh Sari Contoh. Ini keadaan terbaru."
    assert "✓ Reviu: disetujui oleh Sari Contoh" in budi.text
    assert state(house) == "approved"


def test_a_message_about_what_was_taken_back_is_not_sent_any_more(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(budi, CAMPAIGN).tap("B").tap("Kirim untuk direviu").tap("Kirim sekarang").tap("Tarik kembali")
    house.send_due()
    assert sari.messages == []
    assert [row.state for row in rows_of(house, select(Outbox))] == ["dropped"]


def test_a_question_to_the_reviewer_and_the_reply(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    sari.tap("Minta perbaikan").tap("Bukti kurang").tap("Kirim balik")
    house.send_due()
    budi.tap("Tanya pereviu").type("Foto yang kedua atau semuanya.")
    assert budi.toast == "Pertanyaan terkirim ke Sari Contoh." or "Pertanyaan terkirim" in budi.text
    house.send_due()
    assert sari.text.startswith("Pertanyaan reviu A.I.5.i.a dari Budi Contoh")
    sari.tap("Balas").type("Cukup foto kedua.")
    house.send_due()
    assert budi.text.startswith("Balasan pereviu untuk A.I.5.i.a")
    assert "Cukup foto kedua." in budi.text
    assert kinds(house)[-2:] == ["ask", "reply"]
    assert "Menjawab pertanyaan reviu: “Cukup foto kedua.”" in open_item(budi, CAMPAIGN).tap("Riwayat").text


# changes after sending -----------------------------------------------------------------------------


def test_a_change_after_approval_undoes_it_and_says_so(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    sari.tap("Setujui")
    open_item(budi, CAMPAIGN).tap("A")
    assert state(house) == ""
    assert "! Isinya berubah setelah disetujui, jadi perlu dikirim lagi untuk direviu." in budi.text
    assert "Kirim untuk direviu" in budi.labels
    assert "Tidak lagi disetujui karena isinya berubah" in budi.tap("Riwayat").text


def test_a_narrative_written_while_it_waits_makes_the_reviewers_button_old(
    house: House, budi: Talk, sari: Talk
) -> None:
    sent(house, budi)
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type("Kampanye tiap bulan di loket.")
    assert "berubah setelah dikirim" in budi.text
    sari.tap("Setujui")
    assert "tidak lagi menunggu reviu" in sari.toast
    assert state(house) == ""


def test_the_same_answer_again_changes_nothing(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    open_item(budi, CAMPAIGN).tap("B")
    assert state(house) == "waiting"


# who may -------------------------------------------------------------------------------------------


def test_a_reviewer_whose_area_was_taken_away_is_refused(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        for held in session.exec(select(Membership).where(Membership.person_id == person.id)):
            held.area = "TL"
    for label in ("Setujui", "Minta perbaikan", "Lihat bukti"):
        sari.tap(label)
        assert "Reviu dilakukan ketua pokja area ini" in sari.toast
    assert state(house) == "waiting"
    assert not any("Menunggu reviu" in label for label in sari.type("/menu").labels)


def test_members_assessors_and_strangers_do_not_review(
    house: House, unit: int, budi: Talk, sari: Talk
) -> None:
    sent(house, budi)
    number = assessment_id(house, unit)
    revision = rows_of(house, select(ItemWork))[0].revision
    tia = house.member(unit, "penilai", None, "Tia Contoh")
    other = house.member(house.unit("Unit Lain"), "koordinator", None, "Oki Contoh")
    for who in (budi, tia, other, house.stranger()):
        who.type("/menu")
        for action in (
            routes.REVIEW_OK(number, CAMPAIGN, revision),
            routes.REVIEW_CARD(number, CAMPAIGN),
            routes.REVIEW_RETURN(number, CAMPAIGN, revision, 20270120),
            routes.REVIEW_ASKED(number, CAMPAIGN, revision),
        ):
            who.tap_data(action.pack())
            assert who.toast
    assert state(house) == "waiting"


def test_forged_actions_lead_on(house: House, unit: int, sari: Talk, budi: Talk) -> None:
    sent(house, budi)
    number = assessment_id(house, unit)
    for action in (
        routes.REVIEW_OK(number + 9, CAMPAIGN, 1),
        routes.REVIEW_OK(number, "PW", 1),
        routes.REVIEW_OK(number, CAMPAIGN, 999),
        routes.REVIEW_REASON(number, CAMPAIGN, 1, 99),
        routes.REVIEW_DRAFT(number, CAMPAIGN, 1, 20270231),
        routes.REVIEW_RETURN(number, CAMPAIGN, 1, -1),
        routes.REVIEW_TOLD(number, CAMPAIGN, 1),
        routes.REVIEW_QUESTION(99),
        routes.REVIEW_REPLY(1),
        routes.REVIEW_QUEUE(-5),
        routes.OWN_REVIEW(1),
        routes.OWN_REVIEW_SET(1, "yes"),
        routes.NA_ASK("H.1.a"),
        routes.NA_CHECK(number, CAMPAIGN, 1),
        routes.NA_SET(number, CAMPAIGN, 1),
        routes.NA_OFF(number, CAMPAIGN, 1),
        routes.NOTE_PREVIEW(number, CAMPAIGN, 1),
        routes.NOTE_USE(number, CAMPAIGN, 1, 7),
    ):
        sari.tap_data(action.pack())
        assert "gangguan" not in sari.text
        assert sari.labels
    assert state(house) == "waiting"


# one's own work ------------------------------------------------------------------------------------


def test_own_work_is_left_to_another_reviewer_where_there_is_one(
    house: House, sari: Talk, dewi: Talk
) -> None:
    sent(house, sari)
    assert "Buka reviu" not in sari.labels
    assert dewi.text.startswith("Menunggu reviu Anda: A.I.5.i.a")
    assert not any("Menunggu reviu" in label for label in sari.type("/menu").labels)
    open_item(sari, CAMPAIGN).tap("Buka reviu")
    assert "isian sendiri direviu orang lain. Pereviunya: Dewi Contoh." in sari.text
    assert "Setujui" not in sari.labels
    data = dewi.data_of("Setujui")
    sari.tap_data(data)
    assert "direviu orang lain" in sari.toast
    assert state(house) == "waiting"


def test_where_nobody_else_reviews_one_may_approve_ones_own_openly(house: House, sari: Talk) -> None:
    sent(house, sari)
    assert "Anda boleh menyetujuinya sendiri" in sari.text
    sari.tap("Buka reviu")
    assert "Anda boleh menyetujuinya karena tidak ada pereviu lain; ini tercatat di riwayat." in sari.text
    sari.tap("Setujui")
    assert state(house) == "approved"
    assert "✓ Disetujui (isian sendiri)" in open_item(sari, CAMPAIGN).tap("Riwayat").text


def test_the_admin_sets_the_rule(house: House, unit: int, sari: Talk, dewi: Talk) -> None:
    agency = house.read(lambda s: s.exec(select(Agency.id)).one())
    ani = house.admin(agency)
    ani.type("/menu").tap_data(routes.ADMIN().pack())
    ani.tap("Aturan reviu")
    assert "✓ Otomatis" in ani.labels
    ani.tap("Boleh")
    assert "✓ Boleh" in ani.labels
    sent(house, sari)
    sari.tap("Buka reviu")
    assert "Instansi mengizinkan pereviu menyetujui isiannya sendiri" in sari.text
    ani.tap("Tidak boleh")
    sari.tap("Setujui")
    assert "direviu orang lain" in sari.toast
    sari.type("/menu").tap_data(routes.OWN_REVIEW_SET(agency, "yes").pack())
    assert "hanya untuk admin" in sari.toast
    assert rows_of(house, select(Agency))[0].own_review == "no"


# two at once ---------------------------------------------------------------------------------------


class Meeting:
    """Lets two people claim the row at the same moment, or one wait until the other is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._gate = threading.Barrier(2)
        self._met = threading.local()
        self._claim = states.claim
        monkeypatch.setattr(service, "claim", self.claim)

    def claim(self, turn: Turn, assessment_id: int, item_id: str) -> ItemWork:
        """The real claim after a wait, the first time in each thread."""
        if not getattr(self._met, "done", False):
            self._met.done = True
            with contextlib.suppress(threading.BrokenBarrierError):
                self._gate.wait(timeout=0.5)
        return self._claim(turn, assessment_id, item_id)


@pytest.mark.db
def test_two_reviewers_at_once_decide_once(
    house: House, unit: int, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = house.member(unit, "ketua", "PW", "Sari Contoh")
    two = house.member(unit, "ketua", "PW", "Tono Contoh")
    sent(house, budi)
    two.tap("Minta perbaikan").tap("Bukti kurang")
    taps = [
        (talk, talk.messages[-1]["message_id"], talk.data_of(label))
        for talk, label in ((one, "Setujui"), (two, "Kirim balik"))
    ]
    house.flush()
    Meeting(monkeypatch)
    for talk, message_id, data in taps:
        house.standin.tap(talk.user_id, message_id, data)
    house.deliver()
    decided = [kind for kind in kinds(house) if kind in {"approve", "return"}]
    assert len(decided) == 1
    assert state(house) == {"approve": "approved", "return": "returned"}[decided[0]]
    house.send_due()
    assert sum("Disetujui:" in m["text"] or "Perlu perbaikan" in m["text"] for m in budi.messages) == 1


@pytest.mark.db
def test_an_answer_changed_while_it_is_approved_is_never_left_approved(
    house: House, budi: Talk, sari: Talk
) -> None:
    sent(house, budi)
    open_item(budi, CAMPAIGN)
    house.flush()
    for talk, label in ((sari, "Setujui"), (budi, "A")):
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], talk.data_of(label))
    house.deliver()
    assert chosen(house, CAMPAIGN) == "A"
    assert state(house) == ""


# tidak berlaku -------------------------------------------------------------------------------------


def test_not_applicable_takes_the_answer_away_and_says_that_it_scores_nothing(
    house: House, unit: int, budi: Talk
) -> None:
    open_item(budi, CAMPAIGN).tap("B").tap("Tidak berlaku")
    assert "nilainya tetap 0" in budi.text
    assert "Jawaban B akan dihapus" in budi.text
    budi.type("Unit ini tidak melayani publik secara langsung.")
    assert budi.text.startswith("Tandai A.I.5.i.a tidak berlaku?")
    assert chosen(house, CAMPAIGN) == "B"
    budi.tap("Ya, tidak berlaku")
    assert chosen(house, CAMPAIGN) is None
    assert "Tidak berlaku: “Unit ini tidak melayani publik secara langsung.” · oleh Anda" in budi.text
    assert "Dihitung 0, sama seperti yang belum dijawab." in budi.text
    tia = open_item(house.member(unit, "penilai", None, "Tia Contoh"), CAMPAIGN)
    assert "Tidak berlaku: “Unit ini" in tia.text
    assert "Berlaku lagi" not in tia.labels
    budi.type("/lke")
    assert "1 bertanda tidak berlaku (dihitung 0)." in budi.text
    budi.tap("Area 5").tap("A.I.5.i")
    assert "○ A.I.5.i.a  Kampanye publik antigratifikasi: tidak berlaku" in budi.text
    assert "Belum 113 (tidak berlaku 1)" in budi.type("/progres").text
    budi.tap("Area 5").tap("Isi yang belum")
    assert "A.I.5.i.b" in budi.text
    open_item(budi, CAMPAIGN).tap("Berlaku lagi")
    assert "Tidak berlaku:" not in budi.text
    assert kinds(house) == ["answer", "clear", "na", "na_off"]


def test_an_answer_ends_not_applicable(house: House, budi: Talk) -> None:
    open_item(budi, COMPLAINTS).tap("Tidak berlaku").type("Belum ada pengaduan.").tap("Ya, tidak berlaku")
    budi.type("18 dari 20")
    assert "Jawaban: 18 dari 20" in budi.text
    assert "Tidak berlaku:" not in budi.text
    assert kinds(house, COMPLAINTS) == ["na", "answer", "na_off"]


def test_marking_what_waits_ends_the_review(house: House, budi: Talk, sari: Talk) -> None:
    sent(house, budi)
    open_item(budi, CAMPAIGN).tap("Tidak berlaku").type("Tidak ada layanan.").tap("Ya, tidak berlaku")
    assert state(house) == ""
    sari.tap("Setujui")
    assert "tidak lagi menunggu reviu" in sari.toast


def test_working_days() -> None:
    assert service.fix_day(date(2027, 1, 18)) == date(2027, 1, 21)
    assert service.fix_day(date(2027, 1, 22)) == date(2027, 1, 27)


# history -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        ("evidence", None, {"title": "Foto <1>"}, "Bukti ditambahkan: “Foto &lt;1&gt;”"),
        ("evidence", {"version": 1}, {"title": "Foto", "version": 2}, "Bukti diganti dengan versi 2: “Foto”"),
        ("evidence", None, {"what": "restricted"}, "Bukti ditandai terbatas"),
        ("evid_gone", {"title": "Foto"}, {"title": "Foto"}, "Bukti dilepas: “Foto”"),
        ("pic", None, {"person": 2, "name": "Dewi"}, "PIC: Dewi"),
        ("waive", {"waived": []}, {"waived": [0]}, "Contoh bukti ditandai tidak perlu"),
        ("waive", {"waived": [0]}, {"waived": []}, "Contoh bukti kembali diperlukan"),
        ("import", None, {"choice": "B"}, "Dijawab B dari Excel"),
        ("import_note", None, {"note": "Ada."}, "Penjelasan ditulis dari Excel: “Ada.”"),
        ("note", {"note": "Lama."}, {"note": "Baru."}, "Penjelasan diubah: “Baru.” (semula “Lama.”)"),
        ("recall", {"state": "waiting"}, {"state": ""}, "Ditarik kembali dari reviu"),
        ("na", None, {"reason": "Tanpa loket."}, "Ditandai tidak berlaku: “Tanpa loket.”"),
        ("na_off", {"reason": "Tanpa loket."}, {}, "Tanda tidak berlaku dilepas"),
        ("advice", None, {"text": "Beri <tanggal>."}, "Saran pendamping: “Beri &lt;tanggal&gt;.”"),
        ("masa_depan", None, {}, "Perubahan lain"),
    ],
)
def test_every_kind_of_change_has_words(
    house: House,
    library: Library,
    kind: str,
    before: dict[str, object] | None,
    after: dict[str, object],
    said: str,
) -> None:
    item = library.instrument().indicator(CAMPAIGN)
    now = house.clock.now()
    done = Change(
        now,
        kind,
        Person(id=1, name="Sita", created_at=now),
        before or {},
        after,
        Person(id=2, name="Pak Dedi", created_at=now),
    )
    text = changing.history(item, [done], Reader(9, now, "WIB"), 0)
    assert f"Sita atas nama Pak Dedi\n{said}" in text
