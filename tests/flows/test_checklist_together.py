"""Isi LKE: two people on one answer or Penjelasan, races on both databases, history."""

import contextlib
import itertools
import random
import threading

import pytest
from sqlmodel import Session, col, select

from flows.checklist import changes, service
from flows.checklist.changes import NOTE_LIMIT, Outcome
from flows.events import Event, Sender
from flows.models import Answer, AuditEntry, Person
from flows.turn import Turn, load_state
from knowledge.answers import Choice
from knowledge.library import Library
from tests.support.house import House
from tests.support.lke import (
    CAMPAIGN,
    COMPLAINTS,
    chosen,
    history_of,
    note_of,
    open_item,
    row_of,
    rows_of,
)
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
    """Coordinator of the unit."""
    return house.member(unit, "koordinator", None, "Sari Contoh")


# two people ----------------------------------------------------------------------------------------


def test_the_second_sees_the_firsts_answer_and_decides(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN)
    open_item(sari, CAMPAIGN)
    budi.tap("B")
    sari.tap("A")
    assert sari.text.startswith("Baru saja dijawab B oleh Budi Contoh. Anda memilih A.\n\n")
    assert sari.labels == ["Pakai A", "Biarkan B", "Riwayat"]
    assert chosen(house, CAMPAIGN) == "B"
    sari.tap("Pakai A")
    assert sari.toast == "Tersimpan: A"
    assert [change.after and change.after["choice"] for change in history_of(house, CAMPAIGN)] == ["B", "A"]
    newest = rows_of(house, select(AuditEntry).order_by(col(AuditEntry.id)))[-1]
    assert newest.facts == {"revision": 2, "forced": True}


def test_leaving_the_firsts_answer_keeps_it(house: House, budi: Talk, sari: Talk) -> None:
    open_item(sari, CAMPAIGN)
    open_item(budi, CAMPAIGN).tap("B")
    sari.type("a")
    assert sari.text.startswith("Baru saja dijawab B oleh Budi Contoh. Anda memilih A.")
    sari.tap("Biarkan B")
    assert "Jawaban: B · oleh Budi Contoh" in sari.text
    assert len(history_of(house, CAMPAIGN)) == 1


def test_saying_what_is_saved_already_is_no_conflict(house: House, budi: Talk, sari: Talk) -> None:
    open_item(sari, CAMPAIGN)
    open_item(budi, CAMPAIGN).tap("B")
    sari.tap("B")
    assert sari.toast == "Sudah tersimpan: B"
    assert len(history_of(house, CAMPAIGN)) == 1


def test_a_narrative_written_meanwhile_does_not_stand_in_the_way_of_an_answer(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(sari, CAMPAIGN).tap("B")
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type("Kampanye tiap triwulan.")
    sari.tap("A")
    assert sari.toast == "Tersimpan: A"


def test_ones_own_two_quick_taps_are_no_conflict(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN)
    first, second = budi.data_of("A"), budi.data_of("C")
    budi.tap_data(first).tap_data(second)
    assert budi.toast == "Tersimpan: C"
    assert chosen(house, CAMPAIGN) == "C"


def test_an_old_button_against_a_later_answer_asks_again_and_again(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(sari, CAMPAIGN)
    open_item(budi, CAMPAIGN).tap("B")
    sari.tap("A")
    budi.tap("C")
    sari.tap("Pakai A")
    assert sari.text.startswith("Baru saja dijawab C oleh Budi Contoh. Anda memilih A.")
    assert chosen(house, CAMPAIGN) == "C"


def test_an_answer_taken_away_meanwhile_is_told(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("B")
    open_item(sari, CAMPAIGN)
    budi.tap("Hapus jawaban").tap("Ya, hapus")
    sari.tap("A")
    assert sari.text.startswith("Jawaban ini baru dikosongkan oleh Budi Contoh. Anda memilih A.")
    sari.tap("Pakai A")
    assert chosen(house, CAMPAIGN) == "A"


def test_counts_that_collide_are_offered_too(house: House, budi: Talk, sari: Talk) -> None:
    open_item(sari, COMPLAINTS)
    open_item(budi, COMPLAINTS).type("18 dari 20")
    sari.type("17 dari 20")
    assert sari.text.startswith("Baru saja dijawab 18 dari 20 oleh Budi Contoh. Anda memilih 17 dari 20.")
    sari.tap("Pakai 17 dari 20")
    row = row_of(house, COMPLAINTS)
    assert row is not None
    assert row.inputs == {"wajib": 20, "selesai": 17}


def test_deleting_asks_and_refuses_what_it_did_not_show(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("B").tap("Hapus jawaban")
    assert budi.text.startswith("Hapus jawaban A.I.5.i.a?")
    open_item(sari, CAMPAIGN).tap("A")
    budi.tap("Ya, hapus")
    assert "baru saja diubah orang lain" in budi.toast
    assert "Jawaban sekarang: A" in budi.text
    assert chosen(house, CAMPAIGN) == "A"
    budi.tap("Ya, hapus")
    assert chosen(house, CAMPAIGN) is None
    assert "Jawaban: belum ada" in budi.text


class Meeting:
    """Holds whoever has claimed the row until the other has too, or half a second has shown they cannot."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._gate = threading.Barrier(2)
        self._claim = changes.claim
        self._met = threading.local()
        monkeypatch.setattr(changes, "claim", self.claim)

    def claim(self, turn: Turn, at: changes.Place) -> Answer | None:
        """The real claim, followed by the wait the first time in each transaction."""
        row = self._claim(turn, at)
        if not getattr(self._met, "done", False):
            self._met.done = True
            self._wait()
        return row

    def _wait(self) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            self._gate.wait(timeout=0.5)


@pytest.mark.db
@pytest.mark.parametrize("answered_before", [False, True])
def test_two_people_racing_on_one_answer_lose_neither(
    house: House, budi: Talk, sari: Talk, monkeypatch: pytest.MonkeyPatch, answered_before: bool
) -> None:
    if answered_before:
        open_item(sari, CAMPAIGN).tap("C")
    open_item(budi, CAMPAIGN)
    open_item(sari, CAMPAIGN)
    taps = [
        (talk, talk.messages[-1]["message_id"], talk.data_of(label))
        for talk, label in ((budi, "A"), (sari, "B"))
    ]
    house.flush()  # what a transaction writes down on behalf of earlier replies would order the two
    Meeting(monkeypatch)
    for talk, message_id, data in taps:
        house.standin.tap(talk.user_id, message_id, data)
    house.deliver()
    clashed = [talk for talk in (budi, sari) if "Anda memilih" in talk.text]
    assert len(clashed) == 1, (budi.text, sari.text)
    winner, loser = ("A", "B") if clashed == [sari] else ("B", "A")
    assert chosen(house, CAMPAIGN) == winner
    assert clashed[0].text.startswith(f"Baru saja dijawab {winner} oleh ")
    clashed[0].tap(f"Pakai {loser}")
    given = [change.after and change.after["choice"] for change in history_of(house, CAMPAIGN)]
    assert given == (["C"] if answered_before else []) + [winner, loser]


@pytest.mark.db
def test_two_people_racing_on_one_narrative_lose_neither(
    house: House, budi: Talk, sari: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for talk in (budi, sari):
        open_item(talk, CAMPAIGN).tap("Isi penjelasan")
    house.flush()
    Meeting(monkeypatch)
    house.standin.say(budi.user_id, "Tulisan Budi.")
    house.standin.say(sari.user_id, "Tulisan Sari.")
    house.deliver()
    clashed = [talk for talk in (budi, sari) if "belum disimpan" in talk.text]
    assert len(clashed) == 1, (budi.text, sari.text)
    assert "Tulisan Budi." in clashed[0].text
    assert "Tulisan Sari." in clashed[0].text
    clashed[0].tap("Gabungkan")
    assert sorted(note_of(house, CAMPAIGN).splitlines()) == ["Tulisan Budi.", "Tulisan Sari."]


@pytest.mark.db
def test_whatever_the_order_nobody_overwrites_what_they_have_not_seen(
    house: House, unit: int, budi: Talk, sari: Talk, library: Library
) -> None:
    """Random looks, answers and deletions by two people who act on what they saw last."""
    chance = random.Random(20270118)
    seen = {budi.user_id: 0, sari.user_id: 0}
    by: int | None = None
    made_at = 0

    def act(session: Session, talk: Talk) -> None:
        nonlocal by, made_at
        happening = Event(update_id=1, kind="tap", chat_id=talk.user_id, sender=Sender(talk.user_id, ""))
        turn = Turn(session, happening, load_state(session, happening), house.clock.now(), library)
        view = service.view_item(turn, CAMPAIGN)
        if chance.random() < 0.4:
            seen[talk.user_id] = view.revision
            return
        at = changes.place(turn, view.current.id, CAMPAIGN)
        if chance.random() < 0.2:
            outcome = changes.clear_answer(turn, at, seen[talk.user_id])
        else:
            outcome = changes.set_answer(turn, at, Choice(chance.choice("ABC")), seen[talk.user_id])
        after = service.view_item(turn, CAMPAIGN)
        if outcome is Outcome.SAVED:
            assert by in (None, talk.user_id) or seen[talk.user_id] >= made_at
            by, made_at = talk.user_id, after.revision
        else:
            assert (after.answer, after.revision) == (view.answer, view.revision)

    for _ in range(150):
        with house.writing() as session:
            act(session, chance.choice((budi, sari)))
    chain = history_of(house, CAMPAIGN)
    assert len(chain) > 20
    for before, after in itertools.pairwise(chain):
        assert before.after is not None
        assert after.before == {key: before.after[key] for key in ("choice", "inputs")}
        assert after.after is not None
        assert after.after["rev"] > before.after["rev"]
    last = row_of(house, CAMPAIGN)
    assert last is not None
    assert chain[-1].after is not None
    assert last.choice == chain[-1].after["choice"]


# narratives ----------------------------------------------------------------------------------------


def test_a_narrative_is_written_shown_and_changed(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan")
    assert "Tulis tiga baris: kegiatannya, seberapa sering, hasilnya." in budi.text
    budi.type("Kampanye di loket <b>\ntiap triwulan\npetugas & pengguna paham").tap("Simpan apa adanya")
    assert budi.text.startswith("Penjelasan tersimpan.") or budi.toast == "Penjelasan tersimpan."
    assert "Penjelasan: “Kampanye di loket <b> tiap triwulan petugas & pengguna paham”" in budi.text
    open_item(sari, CAMPAIGN).tap("Ubah penjelasan")
    assert "Yang tersimpan oleh Budi Contoh" in sari.text
    sari.type("Kampanye di loket tiap bulan.")
    assert note_of(house, CAMPAIGN) == "Kampanye di loket tiap bulan."
    assert [change.kind for change in history_of(house, CAMPAIGN)] == ["note", "note"]


def test_a_narrative_that_is_too_long_is_not_cut_and_the_prompt_stays(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type("x" * (NOTE_LIMIT + 1))
    assert budi.text.startswith(
        "Penjelasan ini 2001 huruf, sedangkan paling banyak 2000, jadi belum disimpan."
    )
    assert row_of(house, CAMPAIGN) is None
    budi.type("y" * NOTE_LIMIT)
    assert note_of(house, CAMPAIGN) == "y" * NOTE_LIMIT


def test_the_second_writer_sees_the_firsts_text_and_keeps_their_own(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan")
    open_item(sari, CAMPAIGN).tap("Isi penjelasan").type("Tulisan Sari.")
    budi.type("Tulisan Budi.")
    assert budi.text.startswith("Penjelasan A.I.5.i.a sudah diubah oleh Sari Contoh.")
    assert "Tulisan Sari." in budi.text
    assert "Tulisan Budi." in budi.text
    old_choice = budi.data_of("Pakai tulisan saya")
    budi.tap("Biarkan yang ada")
    assert note_of(house, CAMPAIGN) == "Tulisan Sari."
    budi.tap_data(old_choice)
    assert note_of(house, CAMPAIGN) == "Tulisan Budi."
    budi.tap_data(old_choice)
    assert "sudah dipakai atau diganti" in budi.toast


def test_a_text_typed_at_the_collision_counts_for_both(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan")
    open_item(sari, CAMPAIGN).tap("Isi penjelasan").type("Tulisan Sari.")
    budi.type("Tulisan Budi.").type("Keduanya dirangkum.")
    assert note_of(house, CAMPAIGN) == "Keduanya dirangkum."


def test_an_answer_given_meanwhile_does_not_stand_in_the_way_of_a_narrative(
    house: House, budi: Talk, sari: Talk
) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan")
    open_item(sari, CAMPAIGN).tap("A")
    budi.type("Kampanye tiap triwulan.")
    assert budi.text.startswith("Penjelasan tersimpan.")
    assert chosen(house, CAMPAIGN) == "A"


# history -------------------------------------------------------------------------------------------


def test_history_tells_who_what_and_when_page_by_page(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN)
    for label in "ABABABABA":
        budi.tap(label)
    budi.tap("Hapus jawaban").tap("Ya, hapus").tap("Riwayat")
    assert "hari ini 09.00 WIB · Anda\nJawaban dihapus (semula A)" in budi.text
    assert "Dijawab A" not in budi.text
    budi.tap("Lebih lama ›")
    assert budi.text.endswith("Dijawab A")
    budi.tap("‹ Lebih baru").tap("‹ Kembali")
    assert "Jawaban: belum ada" in budi.text


def test_people_who_deleted_their_data_are_named_former_members(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("B")
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == budi.user_id)).one()
        person.deleted_at, person.name, person.telegram_id = house.clock.now(), "", None
    open_item(sari, CAMPAIGN)
    assert "Jawaban: B · oleh mantan anggota" in sari.text
    sari.tap("Riwayat")
    assert "· mantan anggota\nDijawab B" in sari.text
