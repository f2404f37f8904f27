"""Serah terima: who may, what moves, the successor's word, and what happens meanwhile."""

from datetime import date

import pytest
from sqlmodel import col, select

from flows import routes
from flows.models import AnswerChange, AuditEntry, Handover, Membership, Person, Pic, Task, TaskChange
from tests.flows.test_mine import a_task, in_charge, person_of
from tests.flows.test_pic import absent, id_of, named
from tests.flows.test_registration import at_the_same_moment, counted
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id, open_item, rows_of
from tests.support.talk import Talk


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """Coordinator."""
    return house.member(unit, "koordinator", None, "Budi Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """Member of area 5, who leaves."""
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


@pytest.fixture
def andi(house: House, unit: int) -> Talk:
    """Member of area 1, who takes over."""
    return house.member(unit, "anggota", "MP", "Andi Contoh")


def roles_of(house: House, talk: Talk) -> set[tuple[str, str | None]]:
    """The present roles of a person."""
    query = select(Membership).where(
        Membership.person_id == person_of(house, talk), col(Membership.revoked_at).is_(None)
    )
    return {(row.role, row.area) for row in rows_of(house, query)}


def the(house: House) -> Handover:
    """The one handover."""
    (row,) = rows_of(house, select(Handover))
    assert isinstance(row, Handover)
    return row


def asked(house: House, unit: int, maker: Talk, giver: Talk, successor: Talk) -> Talk:
    """A handover sent to its successor, who has the message before them."""
    start = routes.HANDOVER_PREVIEW(unit, person_of(house, giver), person_of(house, successor))
    (maker if maker.messages else maker.type("/menu")).tap_data(start.pack()).tap("Kirim")
    house.send_due()
    return successor


# the whole way -------------------------------------------------------------------------------------


@pytest.mark.db
def test_everything_moves_when_the_successor_accepts(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    in_charge(house, unit, dewi, "PW", CAMPAIGN)
    in_charge(house, unit, budi, "MP", deputy=person_of(house, dewi))
    a_task(house, unit, dewi, "Foto spanduk", promised_on=date(2027, 1, 30), state="doing")
    a_task(house, unit, dewi, "Selesai lama", state="done")
    a_task(house, unit, budi, "Bantu notula", helper_id=person_of(house, dewi), state="stuck", reason="x")
    budi.type("/tim").tap("Serah terima")
    assert budi.text.startswith("Pekerjaan siapa yang diserahkan?")
    budi.tap("3")
    assert budi.text.startswith("Serah terima pekerjaan Dewi Contoh: siapa penerusnya?")
    budi.type("andi")
    assert budi.text.startswith("Serah terima Dewi Contoh kepada Andi Contoh")
    assert "• PIC: Area 5 Penguatan Pengawasan; A.I.5.i.a" in budi.text
    assert "• Wakil PIC: Area 1 Manajemen Perubahan" in budi.text
    assert "• Tugas yang belum selesai: 1, 1 sudah dijanjikan tanggalnya" in budi.text
    assert "• Diminta membantu: 1 tugas" in budi.text
    assert "• Peran: anggota Pokja 5 Penguatan Pengawasan" in budi.text
    budi.tap("Kirim")
    assert budi.text.startswith("Menunggu jawaban Andi Contoh")
    assert roles_of(house, dewi) == {("anggota", "PW")}, "nothing has moved yet"
    house.send_due()
    assert andi.text.startswith("Anda diminta menerima pekerjaan Dewi Contoh.")
    assert "diminta oleh Budi Contoh" in andi.text
    andi.tap("Terima")
    assert andi.text.startswith("✓ Pekerjaan Dewi Contoh kini dipegang Andi Contoh.")
    new, lead = person_of(house, andi), person_of(house, budi)
    assert named(house) == {"PW": (new, None), CAMPAIGN: (new, None), "MP": (lead, new)}
    assert roles_of(house, andi) == {("anggota", "MP"), ("anggota", "PW")}
    assert roles_of(house, dewi) == set()
    tasks = {t.title: t for t in rows_of(house, select(Task))}
    assert (tasks["Foto spanduk"].person_id, tasks["Foto spanduk"].promised_on) == (new, date(2027, 1, 30))
    assert tasks["Selesai lama"].person_id == person_of(house, dewi)
    assert tasks["Bantu notula"].helper_id == new
    assert [c.kind for c in rows_of(house, select(TaskChange))] == ["handover", "handover"]
    changes = rows_of(house, select(AnswerChange).where(AnswerChange.kind == "pic"))
    assert {c.item_id for c in changes} == {"PW", CAMPAIGN, "MP"}
    assert all((c.after or {})["handover"] == the(house).id for c in changes)
    assert counted(house, AuditEntry, AuditEntry.act == "handover.accepted") == 1
    house.send_due()
    for talk in (budi, dewi):
        assert talk.text.startswith("✓ Pekerjaan Dewi Contoh kini dipegang Andi Contoh."), talk.text
    assert "Peran Anda di unit ini sudah berakhir." in dewi.text
    assert "Peran Anda" not in budi.text
    assert "Anda: anggota pokja Area 1, anggota pokja Area 5" in andi.type("/menu").text


def test_a_member_hands_over_the_own_work(house: House, unit: int, dewi: Talk, andi: Talk) -> None:
    open_item(dewi, CAMPAIGN).tap("Saya ambil")
    dewi.type("/tim").tap("Serah terima")
    assert dewi.text.startswith("Serah terima pekerjaan Anda: siapa penerusnya?")
    dewi.tap("Andi Contoh").tap("Kirim")
    house.send_due()
    andi.tap("Terima")
    open_item(andi, CAMPAIGN)
    assert "PIC: Anda" in andi.text
    house.send_due()
    assert "kini dipegang Andi Contoh" in dewi.text
    assert dewi.labels == ["Ke menu"], "no questions about decrees to somebody who has left"


def test_the_last_coordinator_hands_over_and_the_unit_keeps_one(
    house: House, unit: int, budi: Talk, andi: Talk
) -> None:
    held = house.read(lambda s: s.exec(select(Membership.id).where(Membership.role == "koordinator")).one())
    budi.type("/tim").tap_data(routes.MEMBER(held).pack())
    assert "pakai Serah terima" in budi.text
    budi.tap("Serah terima").tap("Andi Contoh")
    assert "• Peran: koordinator unit" in budi.text
    budi.tap("Kirim")
    house.send_due()
    andi.tap("Terima")
    assert roles_of(house, andi) == {("anggota", "MP"), ("koordinator", None)}
    assert roles_of(house, budi) == set()
    assert "SK tim ZI" in andi.labels
    assert "Anda: koordinator unit, anggota pokja Area 1" in andi.type("/menu").text
    budi.type("/tim")
    assert "perlu unit kerja" in budi.text


def test_a_decree_becomes_an_action_item_once(house: House, unit: int, dewi: Talk, andi: Talk) -> None:
    asked(house, unit, dewi, dewi, andi).tap("Terima")
    assert "perlu diperbarui" in andi.text
    data = andi.data_of("SK tim ZI")
    andi.tap("SK tim ZI")
    assert andi.toast == "Dicatat sebagai tugas Anda."
    assert "SK tim ZI" not in andi.labels
    andi.tap_data(data)
    assert andi.toast == "Sudah dicatat sebagai tugas."
    andi.tap("SK agen perubahan")
    titles = [t.title for t in rows_of(house, select(Task).order_by(col(Task.id)))]
    assert titles == [
        "Perbarui SK tim kerja ZI: Dewi Contoh digantikan Andi Contoh",
        "Perbarui SK agen perubahan: Dewi Contoh digantikan Andi Contoh",
    ]
    andi.tap("Tugas saya")
    assert "Tugas: Perbarui SK tim kerja ZI" in andi.text


# other answers -------------------------------------------------------------------------------------


def test_a_declined_handover_moves_nothing_and_both_hear(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    asked(house, unit, budi, dewi, andi)
    accept = andi.data_of("Terima")
    andi.tap("Tolak")
    assert andi.toast == "Serah terima ditolak. Tidak ada yang berpindah."
    house.send_due()
    for talk in (budi, dewi):
        assert talk.text.startswith("Andi Contoh belum menerima pekerjaan Dewi Contoh.")
    andi.tap_data(accept)
    assert "sudah ditolak penerusnya" in andi.text
    assert named(house)[CAMPAIGN] == (person_of(house, dewi), None)
    budi.tap("Pilih orang lain")
    assert budi.text.startswith("Serah terima pekerjaan Dewi Contoh")


def test_it_can_be_taken_back_and_the_message_is_not_sent(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    start = routes.HANDOVER_PREVIEW(unit, person_of(house, dewi), person_of(house, andi))
    budi.type("/menu").tap_data(start.pack()).tap("Kirim")
    budi.tap_data(start.pack())
    assert budi.text.startswith("Menunggu jawaban Andi Contoh"), "the one that waits is shown"
    budi.tap("Batalkan")
    assert "dibatalkan" in budi.text
    house.send_due()
    assert andi.messages == []


def test_a_second_accept_changes_nothing(house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    accept = asked(house, unit, budi, dewi, andi).data_of("Terima")
    andi.tap("Terima").tap_data(accept)
    assert "sudah diterima" in andi.text
    assert counted(house, AnswerChange, AnswerChange.kind == "pic") == 1
    assert counted(house, Membership, col(Membership.person_id) == person_of(house, andi)) == 2


@pytest.mark.db
def test_accepting_and_taking_back_at_the_same_moment(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    asked(house, unit, budi, dewi, andi)
    taps = [(andi, andi.data_of("Terima")), (budi, budi.data_of("Batalkan"))]
    house.flush()
    at_the_same_moment(monkeypatch, 2)
    for talk, data in taps:
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], data)
    house.deliver()
    state, holder = the(house).state, named(house)[CAMPAIGN][0]
    assert (state, holder) in {
        ("accepted", person_of(house, andi)),
        ("cancelled", person_of(house, dewi)),
    }
    loser = budi if state == "accepted" else andi
    assert f"sudah {'diterima' if state == 'accepted' else 'dibatalkan'}" in loser.text


def test_what_was_added_meanwhile_is_shown_before_it_moves(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    asked(house, unit, budi, dewi, andi)
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh")
    andi.tap("Terima")
    assert "Isinya bertambah" in andi.toast
    assert "• PIC: A.I.5.i.a" in andi.text
    assert the(house).state == "waiting"
    andi.tap("Terima")
    assert named(house)[CAMPAIGN] == (person_of(house, andi), None)


def test_a_successor_who_has_left_gets_nothing(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    accept = asked(house, unit, budi, dewi, andi).data_of("Terima")
    held = rows_of(house, select(Membership).where(Membership.person_id == person_of(house, andi)))[0]
    budi.tap_data(routes.MEMBER_REVOKE(held.id).pack())
    andi.tap_data(accept)
    assert "sudah tidak di tim unit" in andi.text
    assert named(house)[CAMPAIGN] == (person_of(house, dewi), None)
    assert roles_of(house, andi) == set()


def test_work_moves_even_when_the_giver_has_left_already(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    a_task(house, unit, dewi, "Foto spanduk")
    asked(house, unit, budi, dewi, andi)
    held = rows_of(house, select(Membership).where(Membership.person_id == person_of(house, dewi)))[0]
    budi.tap_data(routes.MEMBER_REVOKE(held.id).pack())
    andi.tap("Terima")
    (task,) = rows_of(house, select(Task))
    assert task.person_id == person_of(house, andi)
    assert roles_of(house, andi) == {("anggota", "MP")}, "a role that was taken away does not come back"


def test_a_giver_who_deletes_their_data_ends_what_waits(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    accept = asked(house, unit, budi, dewi, andi).data_of("Terima")
    dewi.type("/privasi").tap_data(routes.PRIVACY_DELETE().pack())
    andi.tap_data(accept)
    assert "sudah dibatalkan" in andi.text
    assert named(house)[CAMPAIGN] == (None, None)


# who may -------------------------------------------------------------------------------------------


def test_a_member_cannot_hand_over_for_others_or_answer_for_them(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    me, other, lead = person_of(house, dewi), person_of(house, andi), person_of(house, budi)
    dewi.type("/menu")
    for forged in (
        routes.HANDOVER(unit, lead, 0),
        routes.HANDOVER_PREVIEW(unit, lead, me),
        routes.HANDOVER_SEND(unit, lead, me),
    ):
        dewi.tap_data(forged.pack())
        assert "Serah terima diatur koordinator unit" in dewi.text, forged
    asked(house, unit, budi, budi, andi)
    row = the(house)
    dewi.tap_data(routes.HANDOVER_ACCEPT(row.id or 0, row.revision).pack())
    assert "tidak ada dalam daftar Anda" in dewi.text
    budi.tap_data(routes.HANDOVER_ACCEPT(row.id or 0, row.revision).pack())
    assert "hanya diterima penerusnya" in budi.text
    budi.tap_data(routes.HANDOVER_DECLINE(row.id or 0, row.revision).pack())
    assert "hanya dijawab penerusnya" in budi.text
    assert the(house).state == "waiting"
    assert other == row.to_id


def test_a_sekretaris_hands_on_for_members_but_gains_nothing(
    house: House, unit: int, budi: Talk, dewi: Talk, andi: Talk
) -> None:
    sita = house.member(unit, "sekretaris", None, "Sita Contoh")
    giver, lead, me = person_of(house, dewi), person_of(house, budi), person_of(house, sita)
    sita.type("/menu").tap_data(routes.HANDOVER_PREVIEW(unit, lead, person_of(house, andi)).pack())
    assert "diserahkan oleh orangnya sendiri" in sita.text
    sita.tap_data(routes.HANDOVER_SEND(unit, giver, me).pack())
    assert "Serah terima kepada diri sendiri" in sita.text
    sita.type("/tim").tap("Serah terima")
    assert sita.text.startswith("Pekerjaan siapa")
    asked(house, unit, sita, dewi, andi).tap("Terima")
    assert ("anggota", "PW") in roles_of(house, andi)


def test_an_admin_hands_over_in_a_unit_of_the_agency(house: House, unit: int, dewi: Talk, andi: Talk) -> None:
    agency_id = house.read(lambda s: s.exec(select(Membership.agency_id).limit(1)).one())
    ani = house.admin(agency_id)
    asked(house, unit, ani, dewi, andi).tap("Terima")
    assert roles_of(house, dewi) == set()
    stranger = house.member(house.unit("Unit Lain"), "koordinator", None, "Orang Lain")
    stranger.type("/menu").tap_data(routes.HANDOVER_SHOW(the(house).id or 0).pack())
    assert "tidak ada dalam daftar Anda" in stranger.text


def test_somebody_of_another_unit_is_no_successor(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    house.member(house.unit("Unit Lain"), "anggota", "PW", "Orang Lain")
    giver = person_of(house, dewi)
    budi.type("/menu").tap_data(routes.HANDOVER_SEND(unit, giver, id_of(house, "Orang Lain")).pack())
    assert "sudah tidak di tim unit" in budi.text
    budi.type("orang lain")
    assert "Tidak ada anggota tim bernama “orang lain”" in budi.text


# special successors --------------------------------------------------------------------------------


def test_without_a_successor_the_way_is_an_invitation(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    budi.type("/menu").tap_data(routes.HANDOVER(unit, person_of(house, dewi), 0).pack())
    budi.tap("Belum ada penerus")
    assert "buka lagi Serah terima" in budi.text
    budi.tap("Undang penerus")
    assert "Tautan undangan anggota Pokja 5" in budi.text
    dewi.type("/tim").tap("Serah terima").tap("Belum ada penerus")
    assert "Undang penerus" not in dewi.labels


def test_for_somebody_without_telegram_it_is_done_at_once(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    eko = absent(house, unit, "Eko Contoh", area="MP")
    in_charge(house, unit, dewi, CAMPAIGN)
    preview = routes.HANDOVER_PREVIEW(unit, person_of(house, dewi), eko).pack()
    dewi.type("/menu").tap_data(preview).tap("Pindahkan")
    assert "belum memakai Telegram" in dewi.text
    assert counted(house, Handover) == 0
    budi.type("/menu").tap_data(routes.HANDOVER_PREVIEW(unit, person_of(house, budi), eko).pack())
    budi.tap("Pindahkan")
    assert "perlu bisa dihubungi" in budi.text
    budi.tap_data(preview).tap("Pindahkan")
    assert budi.text.startswith("✓ Pekerjaan Dewi Contoh kini dipegang Eko Contoh.")
    assert named(house)[CAMPAIGN] == (eko, None)
    assert counted(house, Person, col(Person.telegram_id).is_(None)) == 1


def test_a_coordinator_takes_over_for_themself(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    in_charge(house, unit, dewi, CAMPAIGN)
    lead = person_of(house, budi)
    budi.type("/menu").tap_data(routes.HANDOVER_PREVIEW(unit, person_of(house, dewi), lead).pack())
    budi.tap("Kirim").tap("Terima")
    assert named(house)[CAMPAIGN] == (lead, None)
    assert counted(house, Pic, col(Pic.assessment_id) == assessment_id(house, unit)) == 1
