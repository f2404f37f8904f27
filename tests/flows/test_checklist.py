"""Isi LKE: stories of people who walk, answer, type, and tap forged or old buttons."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from flows import routes
from flows.checklist import service, stored
from flows.errors import NotAllowed
from flows.events import Event, Sender
from flows.models import Answer, Assessment, AuditEntry, ChatState, Membership, Person, Survey, Unit
from flows.turn import Turn, load_state
from knowledge.answers import Choice, Index, Item, Ratio
from knowledge.library import Library
from tests.support.house import House
from tests.support.lke import (
    CAMPAIGN,
    COMPLAINTS,
    assessment_id,
    chosen,
    history_of,
    open_item,
    row_of,
    rows_of,
)
from tests.support.talk import Talk

WEALTH = "PW.R.3.a"  # four counts
DISCIPLINE = "SDM.R.3.a"  # a fall from year to year
TEAM = "MP.P.1.a"  # Ya, Tidak
IPAK = "H.1.a"  # survey index


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


# walking -------------------------------------------------------------------------------------------


def test_a_person_walks_from_the_areas_to_an_indicator_and_answers_it(house: House, budi: Talk) -> None:
    budi.type("/lke")
    assert budi.text.startswith("Isi LKE: Kantor Layanan Contoh, 2027\n\n0 dari 110 indikator terjawab.")
    assert "○ Area 5 Penguatan Pengawasan (area Anda): 0 dari 22" in budi.text
    budi.tap("Area 5")
    assert "○ A.I.5.i  Pengendalian Gratifikasi: 0 dari 2" in budi.text
    budi.tap("A.I.5.i")
    assert "○ A.I.5.i.a  Kampanye publik antigratifikasi: belum" in budi.text
    budi.tap("A.I.5.i.a")
    assert budi.text.splitlines()[:3] == [
        "Area 5 › Pengendalian Gratifikasi · 1 dari 2",
        "",
        "A.I.5.i.a  Kampanye publik antigratifikasi",
    ]
    assert "B  Ada, tidak rutin" in budi.text
    assert budi.text.endswith("Ketuk atau ketik A, B, atau C.")
    screen = budi.messages[-1]["message_id"]
    budi.tap("B")
    assert budi.toast == "Tersimpan: B"
    assert budi.messages[-1]["message_id"] == screen, "the indicator is edited in place"
    assert "Jawaban: B · oleh Anda, hari ini 09.00 WIB" in budi.text
    assert budi.labels[:4] == ["A", "✓ B", "C", "Lanjut ›"]
    assert chosen(house, CAMPAIGN) == "B"
    budi.tap("Lanjut ›")
    assert "A.I.5.i.b" in budi.text
    budi.tap("Area 5").tap("A.I.5.i")
    assert "✓ A.I.5.i.a  Kampanye publik antigratifikasi: B" in budi.text


def test_others_see_who_answered_and_when(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("B")
    house.clock.set_to(house.clock.now() + timedelta(days=1))
    assert "Jawaban: B · oleh Budi Contoh, kemarin 09.00 WIB" in open_item(sari, CAMPAIGN).text


def test_an_answer_leaves_history_and_an_audit_line(house: House, unit: int, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("B").tap("A")
    first, second = history_of(house, CAMPAIGN)
    assert (first.before, first.after) == (None, {"choice": "B", "inputs": None, "rev": 1})
    assert second.before == {"choice": "B", "inputs": None}
    assert second.after == {"choice": "A", "inputs": None, "rev": 2}
    entries = rows_of(house, select(AuditEntry).order_by(col(AuditEntry.id)))
    subject = f"{assessment_id(house, unit)}/{CAMPAIGN}"
    assert [(e.act, e.subject, e.unit_id) for e in entries] == [("lke.answer", subject, unit)] * 2


def test_lanjutkan_opens_the_first_unanswered_indicator_of_ones_area_then_the_last_place(
    budi: Talk, sari: Talk
) -> None:
    budi.type("/lke").tap("Lanjutkan")
    assert "A.I.5.i.a" in budi.text
    open_item(budi, WEALTH)
    budi.type("/menu").type("/lke").tap("Lanjutkan")
    assert "A.II.5.iii.a" in budi.text
    sari.type("/lke").tap("Lanjutkan")
    assert "A.I.1.i.a" in sari.text


def test_a_place_is_kept_while_looking_elsewhere(house: House, budi: Talk) -> None:
    open_item(budi, COMPLAINTS).tap("Bukti dukung")
    assert "contoh dari praktik, bukan daftar wajib" in budi.text
    budi.type("/progres").tap("Lanjutkan")
    assert "A.II.5.ii.a" in budi.text
    states = rows_of(house, select(ChatState).where(ChatState.chat_id == budi.user_id))
    assert [state.last_item for state in states] == [COMPLAINTS]


def test_with_everything_answered_lanjutkan_says_so(house: House, unit: int, budi: Talk) -> None:
    number = assessment_id(house, unit)
    with house.writing() as session:
        for indicator in house.library.instrument().area("PW").indicators:
            needed = {i.key: 1 for i in indicator.inputs if i.in_formula}
            choice = indicator.options[0].key if indicator.options else None
            answer = Answer(
                assessment_id=number, item_id=indicator.id, choice=choice, inputs=None if choice else needed
            )
            session.add(answer)
    budi.type("/lke").tap("Lanjutkan")
    assert budi.toast == "Semua bagian Anda sudah terjawab."
    assert "✓ Area 5 Penguatan Pengawasan (area Anda): 22 dari 22" in budi.text


# typing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item_id", "typed", "answer"),
    [
        (CAMPAIGN, "A", Choice("A")),
        (CAMPAIGN, "b.", Choice("B")),
        (CAMPAIGN, "jawab c", Choice("C")),
        (TEAM, "ya", Choice("Ya")),
        (TEAM, "belum", Choice("Tidak")),
        (COMPLAINTS, "18 dari 20", Ratio({"selesai": 18, "wajib": 20})),
        (COMPLAINTS, "18/20", Ratio({"selesai": 18, "wajib": 20})),
    ],
)
def test_a_typed_answer_counts_like_a_tap(
    house: House, sari: Talk, item_id: str, typed: str, answer: Any
) -> None:
    open_item(sari, item_id).type(typed)
    assert sari.text.startswith("Tersimpan: ")
    assert service.known_answer(row_of(house, item_id)) == answer


def test_an_index_is_typed_with_a_comma_and_one_of_a_hundred_is_asked_back(house: House, sari: Talk) -> None:
    open_item(sari, IPAK).type("90,5")
    assert "dibagi 25 menjadi 3,62" in sari.text
    assert row_of(house, IPAK) is None
    sari.tap("Simpan 3,62")
    assert sari.toast == "Tersimpan: 3,62"
    sari.type("3,7")
    assert service.known_answer(row_of(house, IPAK)) == Index(Decimal("3.7"))
    sari.type("3,71234")
    assert "paling banyak 4 angka di belakang koma" in sari.text
    assert "Jawaban: 3,70" in sari.text


def test_impossible_counts_are_refused_with_the_reason_and_the_old_answer_stays(
    house: House, budi: Talk
) -> None:
    open_item(budi, COMPLAINTS).type("18 dari 20")
    budi.type("18 dari 12")
    assert budi.text.startswith("18 dari 12 tidak mungkin: ")
    assert "Isian lama tetap tersimpan." in budi.text
    assert "Jawaban: 18 dari 20" in budi.text
    budi.type("19 dari 20")
    assert budi.text.startswith("Tersimpan: 19 dari 20"), "the prompt stayed"


def test_missing_counts_are_named(house: House, budi: Talk) -> None:
    open_item(budi, WEALTH).type("kepala 1, pejabat 3")
    assert budi.text.startswith("Masih kurang: Wajib lapor: lainnya; Jumlah yang sudah melapor.")
    assert row_of(house, WEALTH) is None
    budi.type("kepala 1, pejabat 3, lainnya 4, sudah 8")
    assert "Jawaban: 8 dari 8" in budi.text
    assert "• Wajib lapor: lainnya: 4" in budi.text


def test_a_supporting_count_stays_when_only_the_others_are_typed_anew(house: House, budi: Talk) -> None:
    open_item(budi, COMPLAINTS).type("wajib 20 proses 2 selesai 18")
    budi.type("19 dari 20")
    row = row_of(house, COMPLAINTS)
    assert row is not None
    assert row.inputs == {"wajib": 20, "proses": 2, "selesai": 19}


def test_a_denominator_of_zero_is_saved_and_said(budi: Talk) -> None:
    open_item(budi, COMPLAINTS).type("0 dari 0")
    assert "! Pembaginya 0, jadi indikator ini belum dapat dinilai." in budi.text


def test_a_fall_from_year_to_year_is_told_as_such(sari: Talk) -> None:
    open_item(sari, DISCIPLINE).type("dari 4 menjadi 2")
    assert "Jawaban: 4 menjadi 2" in sari.text


def test_a_question_at_the_prompt_is_answered_and_the_place_is_kept(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).type("apa syarat WBK?")
    assert "gangguan" not in budi.text
    assert "Jawaban:" not in budi.text
    assert row_of(house, CAMPAIGN) is None
    budi.type("b")
    assert budi.text.startswith("Tersimpan: B")
    assert chosen(house, CAMPAIGN) == "B"


# who may -------------------------------------------------------------------------------------------


def test_members_of_another_area_read_but_do_not_answer(house: House, unit: int, budi: Talk) -> None:
    open_item(budi, TEAM)
    assert budi.text.endswith("Hanya dibaca: diisi Pokja 1 Manajemen Perubahan atau koordinator unit.")
    assert budi.labels == ["Bukti dukung", "Area 1", "Lanjut ›"]
    forged = routes.LKE_SET(assessment_id(house, unit), TEAM, "Ya", 0).pack()
    budi.tap_data(forged)
    assert "diisi pokja area lain" in budi.toast
    budi.tap_data(routes.LKE_CLEAR_ASK(TEAM).pack())
    assert "diisi pokja area lain" in budi.toast
    assert row_of(house, TEAM) is None


@pytest.mark.parametrize(
    ("item", "typed"), [(CAMPAIGN, "A"), (TEAM, "ya"), (COMPLAINTS, "a"), (IPAK, "3,62")]
)
def test_an_answer_typed_where_one_only_reads_is_refused_in_place(
    house: House, unit: int, item: str, typed: str
) -> None:
    for who in (
        house.member(unit, "penilai", None, "Tia Contoh"),
        house.member(unit, "anggota", "TL", "Tono Contoh"),
        house.admin(house.read(lambda s: s.get_one(Unit, unit).agency_id)),
    ):
        who.type("/menu").tap_data(routes.UNIT_OPEN(unit).pack())
        sentence = open_item(who, item).text.splitlines()[-1]
        assert sentence.startswith("Hanya dibaca: ")
        for _ in range(2):
            who.type(typed)
            assert who.text.startswith(f"{sentence}\n\n")
            assert who.text.endswith(sentence)
        assert row_of(house, item) is None
        who.type("apa syarat WBK?")
        assert "Hanya dibaca" not in who.text
        assert "WBK" in who.text
        who.type("/lke").tap("Lanjutkan")
        assert who.text.endswith(sentence), "the place is kept"


def test_a_remark_typed_where_one_only_reads_is_no_answer(house: House, budi: Talk) -> None:
    open_item(budi, TEAM).type("terima kasih")
    assert "Hanya dibaca" not in budi.text


# the survey register -------------------------------------------------------------------------------


def recorded(house: House, unit: int, kind: str, index_10k: int | None, year: int = 2026) -> None:
    """A survey in the register."""
    at = house.clock.now()
    with house.writing() as session:
        session.add(
            Survey(
                unit_id=unit, kind=kind, year=year, part="T4", index_10k=index_10k, added_at=at, changed_at=at
            )
        )


@pytest.mark.db
def test_an_index_in_the_survey_register_counts_as_filled(house: House, unit: int, sari: Talk) -> None:
    other = house.unit("Unit Lain")
    recorded(house, unit, "SPAK", 35200)
    recorded(house, unit, "SPKP", None)
    recorded(house, unit, "SKM", 36000)
    recorded(house, unit, "SPKP", 36000, year=2025)
    recorded(house, other, "SPKP", 36000)
    sari.type("/lke")
    assert "○ Hasil (survei dan kinerja): 1 dari 3" in sari.text
    assert "0 dari 110 indikator terjawab." in sari.text
    sari.tap("Hasil")
    assert "✓ B.I.a  Indeks persepsi anti korupsi (IPAK): 3,52 (dari daftar survei)" in sari.text
    assert "(IPKP): belum" in sari.text
    sari.type("/progres")
    assert "Hasil (survei dan kinerja): 1 dari 3" in sari.text


def test_the_item_says_that_its_value_comes_from_the_register(house: House, unit: int, sari: Talk) -> None:
    open_item(sari, IPAK)
    assert "Daftar survei" not in sari.labels
    sari.type("3,4")
    recorded(house, unit, "SPAK", 35200)
    open_item(sari, IPAK)
    assert "Jawaban: 3,52 · dari SPAK TW IV 2026 di daftar survei" in sari.text
    assert "Diketik di sini: 3,40 · oleh Anda" in sari.text
    assert "yang diketik tidak dipakai" in sari.text
    assert sari.text.endswith("baru dipakai bila surveinya tidak ada.")
    sari.type("3,52")
    assert "tidak dipakai" not in sari.text
    sari.tap("Daftar survei")
    assert "SPAK TW IV 2026: indeks 3,52" in sari.text
    tia = open_item(house.member(unit, "penilai", None, "Tia Contoh"), IPAK)
    assert "dari SPAK TW IV 2026 di daftar survei" in tia.text
    assert tia.text.endswith("Hanya dibaca: bagian Hasil diisi koordinator unit.")
    assert "Daftar survei" in tia.labels


def test_the_result_part_is_for_the_coordinator(house: House, budi: Talk, sari: Talk) -> None:
    open_item(budi, IPAK)
    assert budi.text.endswith("Hanya dibaca: bagian Hasil diisi koordinator unit.")
    open_item(sari, "H.1.b").tap("C")
    assert chosen(house, "H.1.b") == "C"


def test_an_assessor_reads_everything_and_changes_nothing(house: House, unit: int, sari: Talk) -> None:
    open_item(sari, CAMPAIGN).tap("Isi penjelasan").type("Kampanye tiap triwulan.")
    tpi = house.member(unit, "penilai", None, "Tia Contoh")
    open_item(tpi, CAMPAIGN)
    assert tpi.labels == ["Bukti dukung", "Baca penjelasan", "Riwayat", "Nilai TPI", "Area 5", "Lanjut ›"]
    tpi.tap("Baca penjelasan")
    assert "Kampanye tiap triwulan." in tpi.text
    number = assessment_id(house, unit)
    tpi.tap_data(routes.LKE_SET(number, CAMPAIGN, "A", 1).pack())
    tpi.tap_data(routes.LKE_NOTE_MINE(number, CAMPAIGN, 1, 0).pack())
    assert chosen(house, CAMPAIGN) is None


def test_somebody_who_left_the_unit_is_refused_at_the_old_button(house: House, unit: int, budi: Talk) -> None:
    open_item(budi, CAMPAIGN)
    data = budi.data_of("A")
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == budi.user_id)).one()
        for membership in session.exec(select(Membership).where(Membership.person_id == person.id)):
            membership.revoked_at = house.clock.now()
    budi.tap_data(data)
    assert "perlu unit kerja" in budi.toast
    assert row_of(house, CAMPAIGN) is None


# forged and old buttons ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda number: routes.LKE_ITEM("PW.P.9.z"),
        lambda number: routes.LKE_ITEM("PW"),
        lambda number: routes.LKE_AREA("XX"),
        lambda number: routes.LKE_AREA(CAMPAIGN),
        lambda number: routes.LKE_SUB("PW"),
        lambda number: routes.LKE_EVIDENCE(""),
        lambda number: routes.LKE_HISTORY("PW.P", -5),
        lambda number: routes.LKE_NOTE("nihil"),
        lambda number: routes.LKE_SET(number, "PW", "A", 0),
        lambda number: routes.LKE_SET(number, CAMPAIGN, "Z", 0),
        lambda number: routes.LKE_SET(number, CAMPAIGN, "", -1),
        lambda number: routes.LKE_SET(number, COMPLAINTS, "1.2", 0),
        lambda number: routes.LKE_SET(number, COMPLAINTS, "-.-.-", 0),
        lambda number: routes.LKE_SET(number, COMPLAINTS, "99999999.1.1", 0),
        lambda number: routes.LKE_SET(number, IPAK, "NaN", 0),
        lambda number: routes.LKE_SET(number, IPAK, "9", 0),
        lambda number: routes.LKE_SET(number + 99, CAMPAIGN, "A", 0),
        lambda number: routes.LKE_FORCE(number, CAMPAIGN, "Q", 7),
        lambda number: routes.LKE_CLASH(number, CAMPAIGN, "Q"),
        lambda number: routes.LKE_CLEAR(number, CAMPAIGN, 3),
        lambda number: routes.LKE_NOTE_CLASH(number, CAMPAIGN),
        lambda number: routes.LKE_NOTE_MINE(number, CAMPAIGN, 1, 9),
        lambda number: routes.PROGRESS_AREA("ZZ"),
    ],
)
def test_forged_buttons_change_nothing_and_lead_on(
    house: House, unit: int, sari: Talk, make: Callable[[int], routes.Action]
) -> None:
    sari.type("/lke")
    sari.tap_data(make(assessment_id(house, unit)).pack())
    assert "gangguan" not in sari.text
    assert sari.labels
    assert rows_of(house, select(Answer)) == []


def test_a_count_that_no_typing_would_give_is_refused_at_the_button_too(
    house: House, unit: int, sari: Talk
) -> None:
    sari.type("/lke")
    sari.tap_data(routes.LKE_SET(assessment_id(house, unit), COMPLAINTS, "12.-.18", 0).pack())
    assert sari.toast.startswith("Itu tidak mungkin: ")
    assert row_of(house, COMPLAINTS) is None


def test_a_button_of_another_unit_changes_nothing_in_the_open_one(house: House, unit: int) -> None:
    other = house.unit("Balai Uji Contoh")
    dewi = house.member(unit, "koordinator", None, "Dewi Contoh")
    with house.writing() as session:
        mine = session.exec(select(Membership)).one()
        session.add(
            Membership(
                person_id=mine.person_id,
                agency_id=mine.agency_id,
                unit_id=other,
                role="koordinator",
                created_at=house.clock.now(),
            )
        )
    open_item(dewi, CAMPAIGN)
    assert "· Kantor Layanan Contoh" in dewi.text
    data = dewi.data_of("A")
    dewi.tap_data(routes.UNIT_OPEN(other).pack())
    dewi.tap_data(data)
    assert "dari LKE unit atau tahun lain" in dewi.toast
    assert "Balai Uji Contoh, 2027" in dewi.toast
    assert rows_of(house, select(Answer)) == []


def test_a_closed_year_is_no_longer_written(house: House, unit: int, sari: Talk) -> None:
    open_item(sari, CAMPAIGN)
    data = sari.data_of("A")
    with house.writing() as session:
        session.exec(select(Assessment)).one().closed_at = house.clock.now()
    sari.tap_data(data)
    assert "belum punya LKE yang terbuka" in sari.toast
    sari.type("/lke")
    assert "Mintalah admin instansi" in sari.text
    assert row_of(house, CAMPAIGN) is None


def test_in_a_group_nothing_of_the_unit_is_shown(house: House, budi: Talk) -> None:
    with house.db.writing() as session:
        sender = Sender(budi.user_id, "Budi")
        seen = Event(update_id=1, kind="command", chat_id=-500, sender=sender, private=False)
        turn = Turn(session, seen, load_state(session, seen), house.clock.now(), house.library)
        with pytest.raises(NotAllowed):
            service.current(turn)
        with pytest.raises(NotAllowed):
            service.view_item(turn, CAMPAIGN)


# limits --------------------------------------------------------------------------------------------


def test_every_item_fits_a_phone_and_its_buttons_fit_telegram(house: House, sari: Talk) -> None:
    instrument = house.library.instrument()
    items: list[Item] = [*instrument.area_order, *instrument.results]
    sari.type("/lke")
    with house.writing() as session:
        happening = Event(update_id=1, kind="tap", chat_id=sari.user_id, sender=Sender(sari.user_id, ""))
        turn = Turn(session, happening, load_state(session, happening), house.clock.now(), house.library)
        for item in items:
            screen = routes.handler_of(routes.LKE_ITEM(item.id))(turn, item.id)
            assert len(screen.text) <= 3500, item.id
            for row in screen.rows:
                assert len(row) <= 3
                for button in row:
                    assert len(button.action.pack().encode()) <= routes.MAX_PACKED_BYTES
                    assert len(button.label) <= 18


def test_the_longest_answer_still_fits_a_button(library: Library) -> None:
    item = library.instrument().indicator(WEALTH)
    most = Ratio(dict.fromkeys((i.key for i in item.inputs), stored.LARGEST_COUNT))
    code = stored.code_of(item, most)
    assert stored.from_code(item, code) == most
    packed = routes.LKE_FORCE(999_999_999, item.id, code, 99_999).pack()
    assert len(packed.encode()) <= routes.MAX_PACKED_BYTES


def test_one_tap_costs_few_queries(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        tables = ("answer", "assessment", "audit_entry", "survey")
        if any(f" {table}" in statement.replace("\n", " ") for table in tables):
            asked.append(statement)

    event.listen(house.db.engine, "before_cursor_execute", note)
    try:
        budi.tap("B")
        assert len(asked) <= 6, asked
        asked.clear()
        budi.tap("A")
        assert len(asked) <= 6, asked
        asked.clear()
        budi.tap("Lanjut ›")
        assert len(asked) == 1, asked
    finally:
        event.remove(house.db.engine, "before_cursor_execute", note)
