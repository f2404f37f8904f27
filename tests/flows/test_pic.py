"""PIC: naming people, inheriting, taking for oneself, what has nobody, being told, leaving."""

import pytest
from sqlmodel import col, select

from flows import routes
from flows.models import AnswerChange, Intake, Membership, Outbox, Person, Pic, Unit
from flows.pic.candidates import Candidate, meant
from tests.flows.test_registration import an_invite, at_the_same_moment, counted
from tests.support.house import START, House
from tests.support.lke import CAMPAIGN, assessment_id, history_of, open_item, rows_of
from tests.support.talk import Talk

SUB = "PW.P.1"


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
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


def id_of(house: House, name: str) -> int:
    return int(house.read(lambda s: s.exec(select(Person.id).where(Person.name == name)).one()))


def named(house: House) -> dict[str, tuple[int | None, int | None]]:
    """Every row by scope."""
    return {row.scope: (row.person_id, row.deputy_id) for row in rows_of(house, select(Pic))}


def absent(house: House, unit_id: int, name: str, role: str = "anggota", area: str | None = "PW") -> int:
    """Somebody known by name only."""
    with house.writing() as session:
        held_in = session.get_one(Unit, unit_id)
        person = Person(name=name, created_at=house.clock.now())
        session.add(person)
        session.flush()
        assert person.id is not None
        session.add(
            Membership(
                person_id=person.id,
                agency_id=held_in.agency_id,
                unit_id=unit_id,
                role=role,
                area=area,
                created_at=house.clock.now(),
            )
        )
        return person.id


# naming --------------------------------------------------------------------------------------------


def test_a_coordinator_names_a_pic_and_the_person_is_told(house: House, budi: Talk, dewi: Talk) -> None:
    open_item(budi, CAMPAIGN)
    assert "PIC: belum ada" in budi.text
    budi.tap("PIC")
    assert budi.text.startswith("Siapa PIC A.I.5.i.a?")
    assert budi.labels[:2] == ["Dewi Contoh", "Saya sendiri"], "the area's own people come first"
    budi.tap("Dewi Contoh")
    assert budi.toast == "PIC A.I.5.i.a: Dewi Contoh."
    assert "PIC: Dewi Contoh" in budi.text
    house.send_due()
    assert dewi.text.startswith("Anda ditunjuk sebagai PIC, Kantor Layanan Contoh.")
    assert "• A.I.5.i.a" in dewi.text
    open_item(dewi, CAMPAIGN)
    assert "PIC: Anda" in dewi.text
    assert "PIC" not in dewi.labels
    assert "Saya ambil" not in dewi.labels
    last = history_of(house, CAMPAIGN)[-1]
    assert (last.kind, last.before) == ("pic", None)
    assert last.after == {"person": id_of(house, "Dewi Contoh"), "deputy": None, "rev": 1}


def test_an_area_is_inherited_and_an_item_may_differ(house: House, budi: Talk, dewi: Talk) -> None:
    budi.type("/lke")
    budi.tap_data(routes.PIC("PW", 0, 0).pack()).tap("Dewi Contoh")
    assert budi.toast == "PIC Area 5 Penguatan Pengawasan: Dewi Contoh."
    open_item(budi, CAMPAIGN)
    assert "PIC: Dewi Contoh (dari area)" in budi.text
    budi.tap("PIC").tap("Satu komponen").tap("Saya sendiri")
    open_item(budi, CAMPAIGN)
    assert "PIC: Anda (dari komponen)" in budi.text
    budi.tap("PIC").tap("Dewi Contoh").tap("PIC").tap("Lepas PIC")
    assert budi.toast == "PIC dilepas."
    assert "PIC: Anda (dari komponen)" in budi.text


def test_the_history_of_an_item_names_its_pics(house: House, budi: Talk, dewi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh").tap("PIC")
    assert "Ditunjuk oleh Anda, hari ini 09.00 WIB" in budi.text
    budi.tap("Saya sendiri").tap("PIC").tap("Wakil").tap("Dewi Contoh")
    open_item(budi, CAMPAIGN).tap("PIC").tap("Lepas PIC")
    budi.tap_data(routes.LKE_HISTORY(CAMPAIGN, 0).pack())
    said = ["PIC: Dewi Contoh\n", "PIC: Dewi Contoh menjadi Budi Contoh", "Wakil PIC: Dewi Contoh"]
    for line in [*said, "PIC dilepas (semula Budi Contoh)"]:
        assert line in budi.text + "\n", line


def test_naming_oneself_tells_nobody(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").tap("Saya sendiri")
    assert counted(house, Outbox, col(Outbox.key).startswith("pic:")) == 0


def test_several_names_of_a_day_are_one_message(house: House, budi: Talk, dewi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh")
    house.send_due()
    seen = len(dewi.messages)
    open_item(budi, "PW.P.1.b").tap("PIC").tap("Dewi Contoh")
    house.send_due()
    assert len(dewi.messages) == seen
    assert "Anda ditunjuk untuk bagian ini" in dewi.text
    assert dewi.text.count("• ") == 2


def test_a_message_that_is_no_longer_true_is_not_sent(house: House, budi: Talk, dewi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh").tap("PIC").tap("Lepas PIC")
    house.send_due()
    assert dewi.messages == []


def test_a_deputy_stands_beside_a_pic(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    house.member(unit, "anggota", "PW", "Andi Contoh")
    open_item(budi, CAMPAIGN).tap("PIC")
    assert "Wakil" not in budi.labels
    budi.tap_data(routes.PIC(CAMPAIGN, 1, 0).pack()).tap("Andi Contoh")
    assert "Tunjuk PIC-nya dahulu" in budi.text
    budi.tap("Dewi Contoh").tap("PIC").tap("Wakil").type("dewi")
    assert "sudah menjadi PIC-nya" in budi.text
    budi.tap("Andi Contoh")
    assert budi.toast == "Wakil PIC A.I.5.i.a: Andi Contoh."
    open_item(budi, CAMPAIGN)
    assert "PIC: Dewi Contoh, wakil Andi Contoh" in budi.text
    budi.tap("PIC").tap("Wakil").tap("Lepas wakil")
    assert named(house)[CAMPAIGN] == (id_of(house, "Dewi Contoh"), None)


def test_a_deputy_for_an_inherited_pic_keeps_the_pic(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    house.member(unit, "anggota", "PW", "Andi Contoh")
    budi.type("/lke").tap_data(routes.PIC("PW", 0, 0).pack()).tap("Dewi Contoh")
    open_item(budi, CAMPAIGN).tap("PIC").tap("Wakil").tap("Andi Contoh")
    open_item(budi, CAMPAIGN)
    assert "PIC: Dewi Contoh, wakil Andi Contoh" in budi.text


def test_somebody_without_telegram_may_be_pic(house: House, unit: int, budi: Talk) -> None:
    eko = absent(house, unit, "Eko Contoh")
    open_item(budi, CAMPAIGN).tap("PIC")
    assert "tanpa Telegram" in budi.text
    budi.tap("Eko Contoh ○")
    assert named(house)[CAMPAIGN] == (eko, None)


# typed names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["dewi", "Bu Dewi", "dwi contoh lestari", "DEWI LESTARI", "lestari"])
def test_a_typed_name_is_found_roughly(house: House, unit: int, budi: Talk, typed: str) -> None:
    house.member(unit, "anggota", "PW", "Dewi Lestari Contoh")
    house.member(unit, "anggota", "PW", "Andi Pratama Contoh")
    open_item(budi, CAMPAIGN).tap("PIC").type(typed)
    assert "PIC: Dewi Lestari Contoh" in budi.text


def test_a_name_that_fits_two_is_asked_and_one_that_fits_nobody_is_said(
    house: House, unit: int, budi: Talk
) -> None:
    house.member(unit, "anggota", "PW", "Dewi Lestari")
    house.member(unit, "anggota", "MP", "Dewi Anggraini")
    open_item(budi, CAMPAIGN).tap("PIC").type("dewi")
    assert budi.text.startswith("Nama “dewi” cocok untuk beberapa orang.")
    assert set(budi.labels[:2]) == {"Dewi Lestari", "Dewi Anggraini"}
    budi.type("zulkifli")
    assert "Tidak ada anggota tim bernama “zulkifli”" in budi.text
    budi.type("saya")
    assert "PIC: Anda" in budi.text
    budi.tap("PIC").type("lepas")
    assert "PIC: belum ada" in budi.text


def test_a_question_typed_at_the_names_is_answered(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").type("apa syarat WBK?")
    assert "WBK" in budi.text
    assert "Tidak ada anggota" not in budi.text


def test_a_whole_name_goes_before_a_longer_one() -> None:
    people = [
        Candidate(Person(id=n, name=name, created_at=START), ())
        for n, name in enumerate(("Sari", "Sari Dewi"), 1)
    ]
    assert [each.id for each in meant("sari", people)] == [1]
    assert [each.id for each in meant("sari dewi", people)] == [2]
    assert meant("   ...", people) == []


# who may -------------------------------------------------------------------------------------------


def test_a_ketua_names_in_the_own_area_only(house: House, unit: int, dewi: Talk) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    open_item(sari, CAMPAIGN).tap("PIC").tap("Dewi Contoh")
    assert "PIC: Dewi Contoh" in sari.text
    open_item(sari, "MP.P.1.a")
    assert "PIC" not in sari.labels
    at, person = assessment_id(house, unit), id_of(house, "Dewi Contoh")
    for forged in (routes.PIC("MP", 0, 0), routes.PIC_SET(at, "MP", 0, person, 0)):
        sari.tap_data(forged.pack())
        assert "PIC ditunjuk ketua pokja areanya" in sari.text, forged
    assert set(named(house)) == {CAMPAIGN}


def test_a_member_cannot_name_others(house: House, unit: int, dewi: Talk) -> None:
    person, at = id_of(house, "Dewi Contoh"), assessment_id(house, unit)
    open_item(dewi, CAMPAIGN)
    dewi.tap_data(routes.PIC_SET(at, CAMPAIGN, 0, person, 0).pack())
    assert "PIC ditunjuk ketua pokja areanya" in dewi.text
    assert named(house) == {}


def test_people_and_scopes_of_elsewhere_are_refused(house: House, unit: int, budi: Talk) -> None:
    other = house.unit("Unit Lain")
    house.member(other, "anggota", "PW", "Orang Lain")
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    at = assessment_id(house, unit)
    open_item(budi, CAMPAIGN)
    for name in ("Orang Lain", "Rina Contoh"):
        budi.tap_data(routes.PIC_SET(at, CAMPAIGN, 0, id_of(house, name), 0).pack())
        assert "sudah tidak di tim unit" in budi.text, name
    budi.tap_data(routes.PIC("PW.X.9", 0, 0).pack())
    assert "tidak ada dalam LKE" in budi.text
    budi.tap_data(routes.PIC_SET(assessment_id(house, other), CAMPAIGN, 0, 1, 0).pack())
    assert "dari LKE unit atau tahun lain" in budi.text
    open_item(rina, CAMPAIGN)
    assert "Saya ambil" not in rina.labels
    rina.tap_data(routes.PIC_TAKE(at, CAMPAIGN).pack())
    rina.tap_data(routes.PIC_NONE().pack())
    assert "PIC ditunjuk" in rina.text
    assert named(house) == {}


def test_a_stale_button_shows_the_present_state(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    house.member(unit, "anggota", "PW", "Andi Contoh")
    old = open_item(budi, CAMPAIGN).tap("PIC").data_of("Andi Contoh")
    budi.tap("Dewi Contoh")
    budi.tap_data(old)
    assert "baru saja diubah" in budi.text
    assert "Sekarang: Dewi Contoh" in budi.text
    budi.tap("Andi Contoh")
    assert "PIC: Andi Contoh" in budi.text


# taking --------------------------------------------------------------------------------------------


def test_a_member_takes_an_item_and_may_give_it_back(house: House, unit: int, dewi: Talk) -> None:
    open_item(dewi, CAMPAIGN).tap("Saya ambil")
    assert dewi.text.startswith("✓ Anda PIC A.I.5.i.a.")
    assert "Bukti yang belum ada:" in dewi.text
    assert "Yang belum diisi: jawaban dan penjelasan." in dewi.text
    assert counted(house, Outbox, col(Outbox.key).startswith("pic:")) == 0
    dewi.tap("Tidak jadi")
    assert dewi.toast == "PIC dilepas."
    assert "PIC: belum ada" in dewi.text


def test_right_after_taking_a_file_is_its_evidence_and_a_question_is_answered(
    house: House, unit: int, dewi: Talk
) -> None:
    open_item(dewi, CAMPAIGN).tap("Saya ambil").type("apa syarat WBK?")
    assert "WBK" in dewi.text
    open_item(dewi, CAMPAIGN).tap_data(routes.PIC_BEGIN(CAMPAIGN).pack())
    dewi.send_file("laporan.pdf", b"%PDF-1.4 contoh", "application/pdf")
    (intake,) = rows_of(house, select(Intake))
    assert intake.item_id == CAMPAIGN


def test_nobody_takes_what_is_not_theirs(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    at = assessment_id(house, unit)
    open_item(dewi, "MP.P.1.a")
    assert "Saya ambil" not in dewi.labels
    dewi.tap_data(routes.PIC_TAKE(at, "MP.P.1.a").pack())
    assert "diisi pokja area lain" in dewi.text
    take = open_item(dewi, CAMPAIGN).data_of("Saya ambil")
    open_item(budi, CAMPAIGN).tap("PIC").tap("Saya sendiri")
    dewi.tap_data(take)
    assert "baru saja ada PIC-nya: Budi Contoh" in dewi.text
    dewi.tap_data(routes.PIC_SET(at, CAMPAIGN, 0, 0, 1).pack())
    assert "PIC ditunjuk" in dewi.text
    dewi.tap_data(routes.PIC_BEGIN(CAMPAIGN).pack())
    assert "PIC: Budi Contoh" in dewi.text


@pytest.mark.db
def test_two_who_take_at_the_same_moment(
    house: House, unit: int, dewi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    andi = house.member(unit, "anggota", "PW", "Andi Contoh")
    taps = [(talk, open_item(talk, CAMPAIGN).data_of("Saya ambil")) for talk in (dewi, andi)]
    house.flush()
    at_the_same_moment(monkeypatch, 2)
    for talk, data in taps:
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], data)
    house.deliver()
    texts = sorted(talk.text for talk in (dewi, andi))
    assert sum("baru saja ada PIC-nya" in text for text in texts) == 1, texts
    assert sum(text.startswith("✓ Anda PIC") for text in texts) == 1
    assert len(rows_of(house, select(Pic))) == 1
    assert len(history_of(house, CAMPAIGN)) == 1


# what has nobody -----------------------------------------------------------------------------------


def test_what_has_no_pic_is_settled_in_two_taps(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    budi.type("/menu").tap("Tanpa PIC (113)")
    assert budi.text.startswith("113 isian belum ada PIC-nya")
    budi.tap("Area 5 (22)").tap("2").tap("Dewi Contoh")
    assert budi.text.startswith("Area 5 Penguatan Pengawasan: 21 belum ada PIC-nya")
    budi.tap("Semua yang belum").tap("Dewi Contoh")
    assert "PIC Area 5 Penguatan Pengawasan: Dewi Contoh." in budi.toast
    assert "✓ Area 5 Penguatan Pengawasan" in budi.text
    assert not any(label.startswith("Area 5") for label in budi.labels)
    assert len(named(house)) == 2


def test_the_list_is_paged_and_reached_from_team_and_progress(house: House, unit: int, budi: Talk) -> None:
    budi.type("/tim").tap("Tanpa PIC (113)")
    budi.tap_data(routes.PROGRESS_AREA("PW").pack()).tap("Tanpa PIC (22)").tap("›")
    assert "\n9  " in budi.text
    budi.tap("‹")
    assert "\n1  " in budi.text


def test_a_member_sees_the_own_area_and_takes_from_the_list(house: House, unit: int, dewi: Talk) -> None:
    dewi.type("/tugas").tap("Ambil indikator")
    assert dewi.text.startswith("22 isian belum ada PIC-nya")
    dewi.tap("Area 5 (22)").tap("1")
    assert dewi.text.startswith("✓ Anda PIC")


# joining and leaving -------------------------------------------------------------------------------


def test_a_new_member_is_offered_items_to_take(house: House, unit: int) -> None:
    payload = an_invite(house, unit, open_until=house.clock.now().replace(year=2028))
    rudi = house.stranger("Rudi Contoh").start(payload).tap("Setuju, bergabung")
    assert "Ada 22 indikator pokja yang belum ada PIC-nya; mau ambil satu?" in rudi.text
    assert rudi.labels == ["1", "2", "3", "4", "Isi LKE", "Nanti saja"]
    rudi.tap("2")
    assert rudi.text.startswith("✓ Anda PIC ")
    assert "Lihat indikator" in rudi.labels
    taken = next(iter(named(house)))
    rudi.tap("Lihat indikator")
    assert "PIC: Anda" in rudi.text
    assert [row.scope for row in rows_of(house, select(Pic))] == [taken]


def test_who_leaves_is_pic_no_more_and_the_deputy_steps_up(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    house.member(unit, "anggota", "PW", "Andi Contoh")
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh").tap("PIC").tap("Wakil").tap("Andi Contoh")
    open_item(budi, "PW.P.1.b").tap("PIC").tap("Dewi Contoh")
    held = house.read(
        lambda s: s.exec(
            select(Membership.id).where(Membership.person_id == id_of(house, "Dewi Contoh"))
        ).one()
    )
    budi.tap_data(routes.MEMBER_REVOKE(held).pack())
    assert named(house) == {CAMPAIGN: (id_of(house, "Andi Contoh"), None), "PW.P.1.b": (None, None)}
    changes = rows_of(house, select(AnswerChange).where(AnswerChange.kind == "pic"))
    assert len(changes) == 5


def test_who_deletes_their_data_is_pic_no_more(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("PIC").tap("Dewi Contoh")
    dewi.type("/privasi").tap_data(routes.PRIVACY_DELETE().pack())
    assert named(house) == {CAMPAIGN: (None, None)}
    open_item(budi, CAMPAIGN)
    assert "PIC: belum ada" in budi.text
