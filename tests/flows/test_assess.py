"""The assessors' year: a team is formed, judges, signs, hears the unit, judges again, and proposes."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from flows import routes
from flows.checklist import changes
from flows.models import (
    ASSESSOR_SIDE,
    Answer,
    AnswerChange,
    Assessment,
    AuditEntry,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Membership,
    Person,
    Task,
    TpiAssignment,
    TpiFinding,
    TpiNote,
    TpiRound,
)
from flows.step import NOTICE_ROOM
from flows.turn import Turn
from knowledge.phrases import phrases
from tests.support.house import House
from tests.support.lke import CAMPAIGN, COMPLAINTS, open_item, rows_of
from tests.support.talk import Talk

TEAM = "MP.P.1.a"  # Ya, Tidak
REASON = "Kampanye baru satu kali pada 2026."
FINDING = "Mohon sampaikan dokumentasi kampanye tiap triwulan."
REPLY = "Dokumentasi TW I sampai TW IV sudah dilampirkan."


class Office:
    """An agency with an admin, a unit at work, and three assessors who come from another unit."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.agency = house.agency()
        self.unit = house.unit(agency_id=self.agency)
        self.elsewhere = house.unit("Kantor Pratama Contoh", self.agency)
        self.ani = house.admin(self.agency)
        self.budi = house.member(self.unit, "koordinator", name="Budi Contoh")
        self.sari = house.member(self.unit, "ketua", "PW", name="Sari Contoh")
        self.dewi = house.member(self.unit, "anggota", "MP", name="Dewi Contoh")
        self.hadi = house.member(self.unit, "pimpinan", name="Hadi Contoh")
        self.rina = house.member(self.elsewhere, "penilai", name="Rina Contoh")
        self.tono = house.member(self.elsewhere, "penilai", name="Tono Contoh")
        self.lina = house.member(self.elsewhere, "penilai", name="Lina Contoh")

    @property
    def lke(self) -> int:
        """Id of the unit's own worksheet."""
        query = select(Assessment.id).where(Assessment.unit_id == self.unit, Assessment.side == "unit")
        return int(self.house.read(lambda s: s.exec(query).one()))

    def person(self, talk: Talk) -> int:
        """Id of a person."""
        query = select(Person.id).where(Person.telegram_id == talk.user_id)
        return int(self.house.read(lambda s: s.exec(query).one()))

    def answers(self) -> None:
        """The unit answers three items."""
        open_item(self.budi, TEAM).tap("Ya")
        open_item(self.budi, CAMPAIGN).tap("A")
        open_item(self.budi, COMPLAINTS).type("18 dari 20")

    def forms_team(self) -> None:
        """The admin assigns a ketua, a pengendali teknis and a member for area 5."""
        self.assign(self.tono, "Tunjuk ketua")
        self.assign(self.lina, "Tunjuk pengendali")
        self.assign(self.rina, "Tambah anggota")

    def assign(self, talk: Talk, button: str) -> None:
        """One assignment, by the number in front of the name."""
        self.ani.tap_data(routes.TPI_TEAM(self.unit).pack()).tap(button)
        name = self.house.read(lambda s: s.get_one(Person, self.person(talk)).name)
        line = next(line for line in self.ani.text.splitlines() if name in line)
        self.ani.tap(line.split()[0])

    def card(self, talk: Talk, item_id: str = CAMPAIGN) -> Talk:
        """Open an item's card."""
        if not talk.messages:
            talk.type("/menu")
        return talk.tap_data(routes.ASSESS_CARD(self.lke, item_id).pack())

    def judges(self) -> None:
        """Ketua takes the two answers over, the member lowers the campaign."""
        self.card(self.tono, TEAM).tap("Ya")
        self.card(self.tono, COMPLAINTS).tap("Sama dengan unit")
        self.card(self.rina).tap("B").type(REASON)

    def signs(self, no: int = 1) -> None:
        """Ketua and pengendali teknis sign the round."""
        round_id = self.round(no).id or 0
        self.tono.tap_data(routes.ROUND_SIGN_ASK(round_id).pack()).tap("Sahkan sebagai ketua")
        if not self.lina.messages:
            self.lina.type("/menu")
        self.lina.tap_data(routes.ROUND_SIGN_ASK(round_id).pack()).tap("Sahkan putaran")

    def round(self, no: int = 1) -> TpiRound:
        """A round as stored."""
        found: TpiRound = rows_of(self.house, select(TpiRound).where(TpiRound.no == no))[0]
        return found

    def value(self, item_id: str) -> Answer | None:
        """The assessors' row of an item."""
        query = (
            select(Answer)
            .join(Assessment, col(Assessment.id) == col(Answer.assessment_id))
            .where(Answer.item_id == item_id, Assessment.side == ASSESSOR_SIDE)
        )
        found = rows_of(self.house, query)
        return found[0] if found else None

    def findings(self) -> list[TpiFinding]:
        """Every finding as stored."""
        return rows_of(self.house, select(TpiFinding).order_by(col(TpiFinding.id)))


@pytest.fixture
def office(house: House) -> Office:
    made = Office(house)
    made.ani.type("/menu")
    return made


# the team ------------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_admin_forms_a_team_in_tiers_and_who_has_least_open_is_suggested(
    house: House, office: Office
) -> None:
    office.answers()
    office.ani.type("/menu").tap("Kelola instansi").tap("Unit kerja")
    office.ani.tap_data(routes.UNIT_EDIT(office.unit).pack()).tap("Tim TPI")
    assert office.ani.text.startswith("Tim TPI: Kantor Layanan Contoh, 2027")
    assert "Belum ada yang ditunjuk." in office.ani.text
    office.assign(office.tono, "Tunjuk ketua")
    assert "Ketua TPI · Kantor Layanan Contoh" in office.ani.text
    # At the other unit, Rina is the one who carries something.
    with house.writing() as session:
        other = session.exec(select(Assessment.id).where(Assessment.unit_id == office.elsewhere)).one()
        session.add(
            TpiAssignment(
                assessment_id=other or 0, unit_id=office.elsewhere, person_id=office.person(office.rina),
                made_at=house.clock.now(),
            )
        )  # fmt: skip
        session.add(Answer(assessment_id=other or 0, item_id=TEAM, choice="Ya"))
    office.ani.tap("‹ Tim TPI").tap("Tambah anggota")
    lines = [line for line in office.ani.text.splitlines() if line[:1].isdigit()]
    assert lines == [
        "1  Lina Contoh: belum punya tugas · saran: beban paling ringan",
        "2  Rina Contoh: 1 unit, 1 isian menunggu",
    ]
    office.ani.tap("2").tap("Area 5")
    assert "Bagian: Area 5." in office.ani.text
    office.ani.tap("‹ Tim TPI")
    assert "Rina Contoh · anggota TPI · Area 5 · 3 isian menunggu" in office.ani.text
    assert "Belum ada pengendali teknis" in office.ani.text
    house.send_due()
    assert office.rina.text.startswith("Anda ditunjuk menilai Kantor Layanan Contoh")
    assert "Sebagai anggota TPI, bagian: Area 5." in office.rina.text
    office.rina.tap("Mulai menilai")
    assert "Bagian Anda: 0 isian sudah dinilai, 2 belum." in office.rina.text


@pytest.mark.db
def test_nobody_judges_their_own_unit_nor_one_they_have_advised(house: House, office: Office) -> None:
    with house.writing() as session:
        for talk, role, gone in ((office.rina, "anggota", None), (office.tono, "pendamping", True)):
            session.add(
                Membership(
                    person_id=office.person(talk), agency_id=office.agency, unit_id=office.unit, role=role,
                    created_at=house.clock.now(), revoked_at=house.clock.now() if gone else None,
                )
            )  # fmt: skip
    office.ani.tap_data(routes.TPI_ADD(office.unit, "anggota", 0).pack())
    assert "Lina Contoh" in office.ani.text
    assert "Rina" not in office.ani.text
    assert "Tono" not in office.ani.text
    for talk in (office.rina, office.tono):
        office.ani.tap_data(routes.TPI_ASSIGN(office.unit, office.person(talk), "ketua").pack())
        assert "Belum ditunjuk: orang ini anggota tim unit itu atau pernah mendampinginya" in office.ani.text
    assert rows_of(house, select(TpiAssignment)) == []
    # Somebody who is both at once (by the database's history) still may not write a value.
    with house.writing() as session:
        session.add(
            Membership(
                person_id=office.person(office.budi), agency_id=office.agency, unit_id=office.unit,
                role="penilai", created_at=house.clock.now(),
            )
        )  # fmt: skip
    office.answers()
    office.card(office.budi)
    assert "bukan tim atau pendamping unitnya" in office.budi.text
    assert office.value(CAMPAIGN) is None


@pytest.mark.db
def test_who_leaves_the_team_is_no_assessor_of_the_unit_any_more(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.card(office.rina)
    assert office.rina.text.startswith("Nilai TPI · Kantor Layanan Contoh")
    assigned = rows_of(
        house, select(TpiAssignment).where(TpiAssignment.person_id == office.person(office.rina))
    )[0]
    office.ani.tap_data(routes.TPI_MEMBER(assigned.id).pack()).tap("Lepas dari tim")
    assert "Rina" not in office.ani.text
    office.card(office.rina)
    assert "Nilai TPI ·" not in office.rina.text


# judging -------------------------------------------------------------------------------------------


@pytest.mark.db
def test_an_assessor_judges_on_the_card_by_tap_and_by_typing(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.rina.type("/nilai")
    assert office.rina.text.startswith("1 unit menunggu penilaian Anda")
    assert "Kantor Layanan Contoh · Anda anggota TPI" in office.rina.text
    assert "3 belum dinilai" in office.rina.text
    office.rina.tap("1").tap("Belum dinilai (3)")
    assert "unit Ya · TPI belum dinilai" in office.rina.text
    office.card(office.rina)
    assert "Jawaban unit: A" in office.rina.text
    assert "! Bukti dukung: belum ada" in office.rina.text
    office.rina.type("b")
    assert office.rina.text.startswith("Nilai TPI B tersimpan. Mengapa beda dengan jawaban unit (A)?")
    assert all(phrase.text in office.rina.text for phrase in phrases().alasan)
    office.rina.tap("Belum rutin")
    assert "Nilai TPI: B · oleh Anda" in office.rina.text
    assert "beda dengan unit" in office.rina.text
    assert "belum rutin sepanjang rentang bukti" in office.rina.text
    office.card(office.rina, COMPLAINTS).type("10 dari 20")
    assert office.rina.text.startswith("Nilai TPI 10 dari 20 tersimpan.")
    office.rina.tap("Nanti saja")
    assert "! Alasan belum ditulis." in office.rina.text
    office.rina.type("apa syarat WBK?")
    assert "75" in office.rina.text
    office.card(office.rina, TEAM).tap("Beda berikutnya")
    assert "A.I.5.i.a" in office.rina.text
    own = rows_of(house, select(Answer).where(Answer.assessment_id == office.lke, Answer.item_id == CAMPAIGN))
    assert own[0].choice == "A"
    assert office.value(CAMPAIGN).choice == "B"  # type: ignore[union-attr]
    office.card(office.rina).tap("Riwayat nilai")
    assert "Dinilai B" in office.rina.text
    office.rina.tap("Hapus nilai")
    assert "Nilai TPI: belum ada" in office.rina.text


@pytest.mark.db
def test_a_member_judges_the_areas_given_to_them_and_two_do_not_overwrite_each_other(
    house: House, office: Office
) -> None:
    office.answers()
    office.forms_team()
    mine = rows_of(house, select(TpiAssignment).where(TpiAssignment.person_id == office.person(office.rina)))[
        0
    ]
    office.ani.tap_data(routes.TPI_AREA(mine.id, "PW", mine.revision).pack())
    office.card(office.rina, TEAM)
    assert "bagian ini dinilai anggota tim TPI lain" in office.rina.text
    office.rina.tap_data(routes.ASSESS_SET(office.lke, TEAM, "Ya", 0).pack())
    assert "Bagian ini dinilai anggota tim TPI lain" in office.rina.text
    assert office.value(TEAM) is None
    office.card(office.tono)
    office.card(office.rina).tap("B")
    office.tono.tap("C")
    assert "baru saja diubah penilai lain" in office.tono.toast
    assert office.value(CAMPAIGN).choice == "B"  # type: ignore[union-attr]
    office.tono.tap("C")
    assert office.value(CAMPAIGN).choice == "C"  # type: ignore[union-attr]


@pytest.mark.db
def test_private_notes_stay_among_the_assessors(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.card(office.rina).tap("Catatan internal").type("Dugaan foto dipakai ulang.")
    assert "Unit tidak melihatnya" in office.rina.toast + office.rina.text
    office.card(office.tono).tap("Catatan internal (1)")
    assert "Dugaan foto dipakai ulang." in office.tono.text
    office.budi.tap_data(routes.ASSESS_NOTE(office.lke, CAMPAIGN).pack())
    assert "Dugaan" not in office.budi.text
    office.ani.tap_data(routes.ASSESS_NOTE(office.lke, CAMPAIGN).pack())
    assert "Dugaan" not in office.ani.text
    assert all("Dugaan" not in str(e.facts) for e in rows_of(house, select(AuditEntry)))
    office.card(office.rina).tap("Catatan internal (1)").tap("Hapus catatan saya")
    assert rows_of(house, select(TpiNote)) == []


# the whole story -----------------------------------------------------------------------------------


@pytest.mark.db
def test_from_the_first_value_to_the_second_signature(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.tono.type("/nilai").tap("1")
    office.card(office.rina).tap("Catatan untuk unit").type(FINDING)
    assert "rancangan, belum disampaikan" in office.rina.text
    assert "PIC: Budi Contoh" in office.rina.text
    office.rina.tap("Ganti PIC")
    sari = next(line for line in office.rina.text.splitlines() if "Sari" in line)
    office.rina.tap(sari.split()[0]).tap("Ubah batas").type("26 februari 2027")
    assert "Batas tanggapan: Jumat, 26 Februari 2027" in office.rina.text
    # Nothing of it is the unit's yet.
    office.budi.type("/catatan")
    assert office.budi.text.startswith("Belum ada catatan TPI.")
    office.budi.tap("Nilai TPI")
    assert "belum ada untuk dilihat" in office.budi.text
    round_id = office.round().id or 0
    office.tono.tap_data(routes.ROUND_SIGN_ASK(round_id).pack())
    assert "3 isian unit belum dinilai" in office.tono.text
    assert "Sahkan sebagai ketua" not in office.tono.labels
    office.judges()
    office.lina.type("/menu").tap_data(routes.ROUND_SIGN(round_id, 1).pack())
    assert "giliran ketua TPI" in office.lina.text
    office.tono.tap_data(routes.ROUND_SIGN_ASK(round_id).pack()).tap("Sahkan sebagai ketua")
    # Whose signature is next finds it in their list, and is not told to ask themselves.
    office.lina.type("/nilai")
    assert office.lina.text.startswith("1 unit menunggu penilaian Anda")
    assert "menunggu pengesahan Anda" in office.lina.text
    office.lina.tap("1")
    assert "Giliran Anda: periksa, lalu sahkan atau kembalikan lewat Pengesahan." in office.lina.text
    assert "mintalah pengendali teknis" not in office.lina.text
    assert "Nilai dapat diisi di sini" not in office.lina.text
    office.tono.tap_data(routes.ASSESS_UNIT(office.lke).pack())
    assert "mintalah pengendali teknis mengembalikannya" in office.tono.text
    office.lina.tap("Pengesahan").tap("Sahkan putaran")
    assert "Putaran 1, disahkan." in office.lina.text
    assert office.round().closed_at is not None
    house.send_due()
    # The unit hears, sees values and reasons, and the PIC has it among their work.
    assert "Putaran 1 penilaian TPI sudah disahkan" in office.hadi.text
    office.hadi.tap("Nilai TPI").tap("Per isian")
    assert "unit A · TPI B" in office.hadi.text
    assert REASON in office.hadi.text
    office.sari.type("/tugas")
    assert "Tanggapi catatan TPI A.I.5.i.a" in office.sari.text
    assert "batas 26 Februari 2027" in office.sari.text
    office.sari.tap("1")
    assert FINDING in office.sari.text
    task = rows_of(house, select(Task))[0]
    office.sari.tap_data(routes.TASK_STATE(task.id, "done", task.revision).pack())
    assert "selesai bersama tanggapannya" in office.sari.text
    office.dewi.type("/catatan").tap("1")
    assert FINDING in office.dewi.text
    assert "Beri tanggapan" not in office.dewi.labels
    office.sari.tap("Beri tanggapan").type(REPLY)
    assert "sudah ditanggapi, menunggu TPI" in office.sari.text
    assert rows_of(house, select(Task))[0].state == "done"
    house.send_due()
    assert office.rina.text.startswith("Tanggapan atas catatan A.I.5.i.a: Kantor Layanan Contoh")
    office.rina.tap("Belum selesai").type("Dokumentasi TW II belum ada.")
    assert rows_of(house, select(Task))[0].state == "open"
    house.send_due()
    office.sari.type("/tugas").tap("1").tap("Beri tanggapan").type("TW II dilampirkan.")
    # Values stay locked between the rounds.
    office.card(office.rina)
    assert "Putaran 1 sudah disahkan, jadi nilainya terkunci" in office.rina.text
    office.rina.tap_data(routes.ASSESS_SET(office.lke, CAMPAIGN, "A", 1).pack())
    assert office.value(CAMPAIGN).choice == "B"  # type: ignore[union-attr]
    # Round 2.
    office.tono.tap_data(routes.ASSESS_UNIT(office.lke).pack()).tap("Buka putaran 2")
    assert "Putaran 2, berjalan." in office.tono.text
    finding = office.findings()[0]
    office.rina.tap_data(routes.FINDING(finding.id or 0).pack()).tap("Terima")
    assert "selesai" in office.rina.text
    office.card(office.rina).tap("A")
    office.budi.tap_data(routes.TPI_DIFFERENCES(office.lke, 0).pack())
    assert "unit A · TPI B" in office.budi.text  # the signed one, not the one in progress
    office.signs(2)
    office.budi.tap_data(routes.TPI_DIFFERENCES(office.lke, 0).pack())
    assert "Semua nilai TPI sama dengan jawaban unit." in office.budi.text
    assert [office.round(no).values[CAMPAIGN][0] for no in (1, 2)] == ["B", "A"]
    office.tono.tap_data(routes.ROUND_OPEN(office.lke, 3).pack())
    assert "Putaran itu tidak tersedia" in office.tono.text


@pytest.mark.db
def test_a_signed_round_is_frozen_for_taps_typing_findings_and_the_ketua(
    house: House, office: Office
) -> None:
    office.answers()
    office.forms_team()
    office.judges()
    before = office.card(office.rina).data_of("C")
    finding = office.card(office.rina).data_of("Catatan untuk unit")
    round_id = office.round().id or 0
    office.tono.tap_data(routes.ROUND_SIGN_ASK(round_id).pack()).tap("Sahkan sebagai ketua")
    office.rina.tap_data(before)
    assert "sudah disahkan ketua TPI" in office.rina.text
    house.send_due()
    office.lina.type("/menu").tap_data(routes.ROUND_SIGN_ASK(round_id).pack()).tap("Kembalikan")
    office.rina.tap_data(before)
    assert office.value(CAMPAIGN).choice == "C"  # type: ignore[union-attr]
    office.rina.tap_data(routes.ASSESS_CARD(office.lke, CAMPAIGN).pack()).tap("B")
    office.signs()
    stored = office.round().values
    for data in (before, finding, routes.ASSESS_REASON(office.lke, CAMPAIGN).pack()):
        office.rina.tap_data(data)
        assert "Putaran 1 sudah disahkan" in office.rina.text
    office.tono.tap_data(routes.ROUND_BACK(round_id, 9).pack())
    assert "Putaran 1 sudah disahkan" in office.tono.text
    assert office.round().values == stored
    # What the unit changes afterwards moves its own score alone.
    open_item(office.budi, CAMPAIGN).tap("C")
    office.budi.tap_data(routes.TPI_DIFFERENCES(office.lke, 0).pack())
    assert "unit C · TPI B" in office.budi.text
    kinds = rows_of(house, select(AuditEntry.act).where(col(AuditEntry.act).like("tpi.%")))
    assert {"tpi.sign", "tpi.give_back", "tpi.close", "tpi.assign"} <= set(kinds)


def test_the_cut_off_marks_what_the_unit_changed_afterwards(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.judges()
    office.tono.tap_data(routes.ASSESS_UNIT(office.lke).pack()).tap("Batas isi").type("18 januari 2027")
    assert "Batas isi unit: Senin, 18 Januari 2027" in office.tono.text
    house.advance(days=3)
    open_item(office.budi, CAMPAIGN).tap("B")
    office.card(office.rina)
    assert "! Diisi setelah batas isi putaran 1 (18 Januari 2027)." in office.rina.text
    office.rina.tap_data(routes.ROUND_CUTOFF(office.lke).pack())
    assert "giliran ketua TPI" in office.rina.text


# isolation -----------------------------------------------------------------------------------------


@pytest.mark.db
def test_values_in_progress_and_other_units_are_out_of_sight(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.judges()
    stranger = house.member(house.unit("Kantor Lain Contoh"), "penilai", name="Wati Contoh")
    stranger.type("/menu")
    for data in (
        routes.ASSESS_CARD(office.lke, CAMPAIGN),
        routes.ASSESS_SET(office.lke, CAMPAIGN, "C", 1),
        routes.TPI_SCORES(office.lke),
        routes.PROPOSABLE(office.lke),
        routes.FINDINGS(office.lke, 0),
        routes.TPI_TEAM(office.unit),
    ):
        stranger.tap_data(data.pack())
        assert "Kantor Layanan Contoh" not in stranger.text
    for talk in (office.budi, office.sari, office.dewi, office.hadi, office.ani):
        if not talk.messages:
            talk.type("/menu")
        for data in (
            routes.TPI_SCORES(office.lke),
            routes.TPI_DIFFERENCES(office.lke, 0),
            routes.ASSESS_CARD(office.lke, CAMPAIGN),
            routes.ROUND_SIGN_ASK(office.round().id or 0),
        ):
            talk.tap_data(data.pack())
            assert REASON not in talk.text
            assert "TPI B" not in talk.text
    assert office.value(CAMPAIGN).choice == "B"  # type: ignore[union-attr]


# siap diusulkan ------------------------------------------------------------------------------------


@pytest.mark.db
def test_what_is_missing_for_a_proposal_is_listed_with_the_way_to_it(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.budi.type("/kesiapan").tap("Siap diusulkan?")
    assert office.budi.text.startswith("Belum siap diusulkan WBK.")
    assert "! Nilai TPI: belum ada putaran yang disahkan" in office.budi.text
    assert "! Bukti dukung 3 indikator: 3 belum ada bukti" in office.budi.text
    office.judges()
    office.card(office.rina).tap("Catatan untuk unit").tap("Lengkapi bukti")
    office.signs()
    office.budi.type("/kesiapan").tap("Siap diusulkan?")
    assert "! Nilai total" in office.budi.text
    assert "pada nilai TPI, minimal 75" in office.budi.text
    assert "! 1 catatan TPI menunggu tanggapan unit" in office.budi.text
    assert "Syarat instansi" in office.budi.text
    office.budi.tap("Bukti yang kurang")
    assert "A.I.5.i.a" in office.budi.text
    office.budi.tap("1")
    assert "A.I.1.i.a" in office.budi.text
    office.ani.tap_data(routes.TPI_TEAM(office.unit).pack()).tap("Siap diusulkan?")
    assert "Belum siap diusulkan WBK." in office.ani.text
    office.ani.tap("‹ Tim TPI")
    assert office.ani.text.startswith("Tim TPI: Kantor Layanan Contoh")


def test_findings_are_due_like_other_work(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.card(office.rina).tap("Catatan untuk unit").type(FINDING)
    office.judges()
    office.signs()
    house.send_due()
    due = rows_of(house, select(Task))[0].due_on
    house.advance(days=(due - house.clock.now().date()).days + 1)
    assert any("Tanggapi catatan TPI" in str(m.get("text")) for m in office.budi.messages[-3:])


def test_history_holds_who_valued_what(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.judges()
    theirs = rows_of(house, select(Assessment).where(Assessment.side == ASSESSOR_SIDE))[0]
    changes = rows_of(
        house,
        select(AnswerChange)
        .where(AnswerChange.assessment_id == theirs.id, AnswerChange.item_id == CAMPAIGN)
        .order_by(col(AnswerChange.id)),
    )
    assert [(c.kind, c.person_id) for c in changes] == [
        ("answer", office.person(office.rina)),
        ("note", office.person(office.rina)),
    ]
    assert changes[0].at - house.clock.now() < timedelta(minutes=1)


def test_the_fullest_card_fits_one_message(house: House, office: Office) -> None:
    office.answers()
    office.forms_team()
    office.judges()
    lke, at = office.lke, house.clock.now()
    with house.writing() as session:
        for row in session.exec(select(Answer)).all():
            row.note = "Penjelasan panjang. " * 100
        for number in range(9):
            piece = Evidence(unit_id=office.unit, title=f"Bukti {number} " + "x" * 190, made_at=at)
            session.add(piece)
            session.flush()
            session.add(EvidenceVersion(evidence_id=piece.id or 0, kind="link", url="https://contoh.go.id",
                                        link_state="locked", made_at=at))  # fmt: skip
            for item in (CAMPAIGN, COMPLAINTS):
                session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=lke, item_id=item,
                                        made_at=at))  # fmt: skip
        said: dict[str, Any] = {"text": "Mohon " * 130, "answer": "Sudah " * 160, "remark": "Belum " * 130}
        of: dict[str, Any] = {
            "assessment_id": lke,
            "unit_id": office.unit,
            "round_id": 1,
            "state": "answered",
            "made_at": at,
        }
        for item in (CAMPAIGN, COMPLAINTS):
            session.add_all(TpiFinding(**of, **said, item_id=item) for _ in range(4))
    for item in (CAMPAIGN, COMPLAINTS):
        office.card(office.rina, item)
        assert len(office.rina.text) < 4096 - NOTICE_ROOM
        assert "… dan 3 lagi." in office.rina.text
    office.rina.tap("Catatan 1")
    assert len(office.rina.text) < 4096 - NOTICE_ROOM


@pytest.mark.db
def test_no_value_slips_in_under_a_signature(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that is being written holds the signature back; one that comes later is refused."""
    office.answers()
    office.forms_team()
    office.judges()
    round_id = office.round().id or 0
    office.tono.tap_data(routes.ROUND_SIGN_ASK(round_id).pack())
    office.card(office.rina)
    taps = [
        (talk, talk.messages[-1]["message_id"], talk.data_of(label))
        for talk, label in ((office.rina, "C"), (office.tono, "Sahkan sebagai ketua"))
    ]
    house.flush()
    claim = changes.claim

    def slowly(turn: Turn, at: changes.Place) -> Answer | None:
        time.sleep(0.5)
        return claim(turn, at)

    monkeypatch.setattr(changes, "claim", slowly)
    for talk, message_id, data in taps:
        house.standin.tap(talk.user_id, message_id, data)
    house.deliver()
    acts = rows_of(house, select(AuditEntry.act).order_by(col(AuditEntry.id)))
    assert acts.count("tpi.sign") == 1
    value = office.value(CAMPAIGN)
    assert value is not None
    if value.choice == "C":
        assert acts[-2:] == ["lke.answer", "tpi.sign"]
    else:
        assert "sudah disahkan ketua TPI" in office.rina.text


def test_a_team_without_the_tier_whose_turn_it_is_says_who_names_one(house: House, office: Office) -> None:
    office.answers()
    office.assign(office.rina, "Tambah anggota")
    for item, value in ((TEAM, "Ya"), (CAMPAIGN, "A"), (COMPLAINTS, "Sama dengan unit")):
        office.card(office.rina, item).tap(value)
    office.rina.tap_data(routes.ROUND_SIGN_ASK(office.round().id or 0).pack())
    assert "! Tim ini belum punya ketua TPI; admin instansi menunjuknya di Tim TPI." in office.rina.text
    assert "Sahkan sebagai ketua" not in office.rina.labels
    office.rina.tap_data(routes.ROUND_OPEN(office.lke, 2).pack())
    assert "giliran ketua TPI atau pengendali teknis" in office.rina.text
