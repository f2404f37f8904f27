"""The agency's own answers: found, kept apart, reviewed, and carried in and out as files."""

import io
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # published without types
import yaml
from sqlmodel import col, select

from flows import routes
from flows.learning import entries, table
from flows.learning.carrying import MOST_PROBLEMS_SHOWN
from flows.models import AgencyEntry, EntryImport, Unit, UnmetQuestion
from knowledge.library import Library
from tests import test_gallery as gallery
from tests.support.gallery import Shot, tap, walk
from tests.support.house import House
from tests.support.talk import Talk

SHUTTLE = "jemputan pegawai dari stasiun berangkat jam berapa"
UNIFORM = "ambil seragam batik di koperasi kapan"


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def agency(house: House, unit: int) -> int:
    """Its agency."""
    return int(house.read(lambda s: s.get_one(Unit, unit).agency_id))


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """A member."""
    return house.member(unit, "anggota", "MP", "Dewi Contoh")


@pytest.fixture
def ani(house: House, agency: int) -> Talk:
    """The admin."""
    return house.admin(agency, "Ani Contoh")


def written(
    house: House,
    agency_id: int,
    *questions: str,
    short: str = "Pukul 06.30 dari pintu timur.",
    state: str = entries.ACTIVE,
    detail: str = "",
    unit_id: int | None = None,
) -> AgencyEntry:
    """An entry as if it had been reviewed."""
    with house.writing() as session:
        entry = AgencyEntry(
            agency_id=agency_id,
            unit_id=unit_id,
            questions=list(questions),
            short=short,
            detail=detail,
            rule=entries.POLICY,
            state=state,
            revision=entries.lock(session, agency_id) + 1,
            made_at=house.clock.now(),
            changed_at=house.clock.now(),
        )
        session.add(entry)
        session.flush()
        session.expunge(entry)
        return entry


def stored(house: House) -> list[AgencyEntry]:
    """Every entry by number."""
    return list(house.read(lambda s: list(s.exec(select(AgencyEntry).order_by(col(AgencyEntry.id))).all())))


def file_of(house: House, talk: Talk) -> bytes:
    """The bytes of the newest document."""
    document = next(m["document"] for m in reversed(talk.messages) if "document" in m)
    return house.standin.store.content(document["file_id"]) or b""


def sheet(*lines: tuple[Any, ...], formula_at: tuple[int, int] | None = None) -> bytes:
    """A workbook with the usual heading."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(table.SHEET)
    for row, line in enumerate((table.COLUMNS, *lines)):
        for column, value in enumerate(line):
            if value is not None:
                page.write(row, column, value)
    if formula_at is not None:
        page.write_formula(*formula_at, '=HYPERLINK("http://contoh.id","klik")', None, "klik")
    book.close()
    return out.getvalue()


def imported(house: House, ani: Talk, name: str, data: bytes) -> Talk:
    """The admin sends a file, and it is read."""
    ani.type("/menu").tap("Kelola instansi").tap("Jawaban instansi").tap("Impor berkas")
    ani.send_file(name, data)
    assert ani.text.startswith("Diterima, sedang dibaca")
    house.send_due()
    return ani


# answering -----------------------------------------------------------------------------------------


def test_an_entry_answers_its_people_in_the_same_and_in_near_words(
    house: House, agency: int, dewi: Talk
) -> None:
    written(house, agency, SHUTTLE, "jadwal jemputan stasiun")
    for text in (SHUTTLE, "Jadwal jemputan stasiun?", "min jemputan dari stasiun berangkatnya jam brp ya"):
        dewi.type(text)
        assert dewi.text.startswith("Jawaban instansi: Pukul 06.30 dari pintu timur."), text
    assert "Berlaku di Instansi Contoh, diperbarui 18 Januari 2027." in dewi.text
    assert dewi.labels == ["Membantu", "Kurang tepat", "Ke menu"]


def test_other_agencies_strangers_and_groups_never_see_it(house: House, agency: int, dewi: Talk) -> None:
    entry = written(house, agency, SHUTTLE)
    far_agency = house.agency("Instansi Lain")
    far = house.member(house.unit("Kantor Lain", far_agency), "anggota", "MP", "Joko Contoh")
    far_admin = house.admin(far_agency)
    for talk in (far, far_admin, house.stranger()):
        talk.type(SHUTTLE)
        assert "06.30" not in talk.text
        for forged in (
            routes.ENTRY_READ(entry.id or 0),
            routes.ENTRY(entry.id or 0),
            routes.ENTRY_RATE(entry.id or 0, 0),
            routes.ENTRY_EDIT(entry.id or 0, "s"),
            routes.ENTRY_STATE(entry.id or 0, "retired", entry.revision),
            routes.ENTRY_POLICY(entry.id or 0, entry.revision),
            routes.TOPIC_WHY(f"ins.{entry.id}"),
        ):
            talk.tap_data(forged.pack())
            assert "06.30" not in talk.text
    assert stored(house)[0].state == entries.ACTIVE
    dewi.type(SHUTTLE)
    assert "06.30" in dewi.text


def test_drafts_and_retired_entries_do_not_answer(house: House, agency: int, dewi: Talk) -> None:
    written(house, agency, SHUTTLE, state=entries.DRAFT)
    written(house, agency, UNIFORM, state=entries.RETIRED)
    for text in (SHUTTLE, UNIFORM):
        dewi.type(text)
        assert "06.30" not in dewi.text


def test_a_surer_national_answer_stays_and_the_same_words_win_with_the_way_to_the_rule(
    house: House, agency: int, dewi: Talk
) -> None:
    written(house, agency, "syarat WBK untuk kantor cabang pembantu", short="Lihat surat edaran 7.")
    dewi.type("apa syarat WBK?")
    assert "surat edaran 7" not in dewi.text
    written(house, agency, "apa syarat WBK", short="Di instansi kami nilainya minimal 78.")
    dewi.type("syarat wbk apa ya?")
    assert dewi.text.startswith("Jawaban instansi: Di instansi kami nilainya minimal 78.")
    dewi.tap("Aturan nasional")
    assert "Dasar: PermenPANRB 90/2021" in dewi.text


def test_deciding_words_are_not_overlooked(house: House, agency: int, dewi: Talk) -> None:
    written(house, agency, "koordinator survei SPAK di kantor kita siapa", short="Bu Rina.")
    dewi.type("koordinator survei SPAK di kantor kita siapa")
    assert "Bu Rina." in dewi.text
    dewi.type("koordinator reformasi birokrasi WBBM di kantor kita siapa")
    assert "Bu Rina." not in dewi.text


def test_a_thumbs_down_on_an_entry_reaches_the_team(
    house: House, agency: int, unit: int, dewi: Talk, ani: Talk
) -> None:
    written(house, agency, SHUTTLE)
    dewi.type(SHUTTLE).tap("Membantu")
    assert "Terima kasih" in dewi.toast
    dewi.tap("Kurang tepat").type("sekarang dari pintu barat")
    assert "Jawaban instansi:" in dewi.text
    ani.type("/menu").tap("Pertanyaan tim (1)").tap("1")
    assert "sekarang dari pintu barat" in ani.text
    ani.tap("Lihat jawabannya")
    assert ani.text.startswith("Jawaban instansi nomor 1 · berlaku")
    row = house.read(lambda s: s.exec(select(UnmetQuestion)).one())
    assert row.topic == "ins.1"


# reviewing -----------------------------------------------------------------------------------------


def test_the_admin_edits_every_part_before_approving(
    house: House, agency: int, dewi: Talk, ani: Talk
) -> None:
    written(house, agency, SHUTTLE, state=entries.DRAFT)
    ani.type("/menu").tap("Pertanyaan tim (1)").tap("Perlu ditinjau (1)").tap("1")
    ani.tap("Ubah pertanyaan").type(f"1. {SHUTTLE}\n- bus pegawai jam berapa\n\nbus pegawai jam berapa")
    ani.tap("Ubah jawaban").type("Pukul <b>07.00</b> dari pintu barat.")
    ani.tap("Ubah rincian").type("Hari Jumat pukul 07.30.")
    ani.tap("Ubah dasar").type("Surat edaran sekretaris nomor 7")
    assert "Dasar: Surat edaran sekretaris nomor 7" in ani.text
    ani.tap("Ubah dasar").tap("Kebijakan instansi")
    ani.tap("Ubah rincian").type("-")
    ani.tap("Setujui")
    (entry,) = stored(house)
    assert entry.questions == [SHUTTLE, "bus pegawai jam berapa"]
    assert (entry.short, entry.detail, entry.rule, entry.state) == (
        "Pukul <b>07.00</b> dari pintu barat.",
        "",
        "kebijakan instansi",
        "active",
    )
    dewi.type("bus pegawai jam berapa?")
    assert dewi.text.startswith("Jawaban instansi: Pukul <b>07.00</b> dari pintu barat.")


def test_an_edit_on_an_old_screen_is_refused_and_nothing_is_lost(
    house: House, agency: int, ani: Talk
) -> None:
    written(house, agency, SHUTTLE)
    eka = house.admin(agency, "Eka Contoh")
    for talk in (ani, eka):
        talk.type("/admin").tap_data(routes.ENTRY(1).pack()).tap("Ubah jawaban")
    ani.type("Pukul 07.00.")
    eka.type("Pukul 08.00.")
    assert eka.text.startswith("Jawaban ini baru saja diubah orang lain")
    assert stored(house)[0].short == "Pukul 07.00."


def test_two_entries_may_not_answer_the_same_question(house: House, agency: int, ani: Talk) -> None:
    written(house, agency, SHUTTLE)
    written(house, agency, "berangkat jam berapa jemputan pegawai dari stasiun", state=entries.DRAFT)
    ani.type("/admin").tap_data(routes.ENTRY(2).pack()).tap("Setujui")
    assert "sudah dijawab oleh jawaban nomor 1" in ani.text
    assert stored(house)[1].state == entries.DRAFT


def test_coordinators_read_the_active_ones_and_change_nothing(
    house: House, unit: int, agency: int, ani: Talk
) -> None:
    entry = written(house, agency, SHUTTLE)
    draft = written(house, agency, UNIFORM, state=entries.DRAFT)
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    budi.type("/menu")
    budi.tap_data("tt:0").tap("Jawaban instansi").tap("1")
    assert "Pukul 06.30" in budi.text
    assert budi.labels == ["‹ Daftar", "Ke menu"]
    for forged in (
        routes.ENTRY_STATE(entry.id or 0, "retired", entry.revision),
        routes.ENTRY_STATE(draft.id or 0, "active", draft.revision),
        routes.ENTRY_EDIT(entry.id or 0, "s"),
        routes.ENTRIES_EXPORT("xlsx"),
        routes.ENTRIES_IMPORT(),
        routes.ENTRY(draft.id or 0),
    ):
        budi.tap_data(forged.pack())
    assert not any("document" in message for message in budi.messages)
    assert [e.state for e in stored(house)] == ["active", "draft"]


def test_the_list_of_entries_pages(house: House, agency: int, ani: Talk) -> None:
    for number in range(11):
        written(house, agency, f"pertanyaan khusus nomor {number}")
    ani.type("/menu").tap("Kelola instansi").tap("Jawaban instansi")
    assert "Berlaku: 11." in ani.text
    ani.tap("›")
    assert "9  " in ani.text
    ani.tap("Pensiun")
    assert "Pensiun: belum ada." in ani.text


# files ---------------------------------------------------------------------------------------------


def test_an_export_holds_text_only_and_comes_back_unchanged(house: House, agency: int, ani: Talk) -> None:
    written(house, agency, SHUTTLE, "=1+1", short='=HYPERLINK("http://contoh.id")', detail="+62 dan @budi")
    written(house, agency, UNIFORM, short="-", state=entries.DRAFT)
    for label, name in (("Unduh Excel", "jawaban.xlsx"), ("Unduh YAML", "jawaban.yaml")):
        ani.type("/menu").tap("Kelola instansi").tap("Jawaban instansi").tap(label)
        data = file_of(house, ani)
        if name.endswith("xlsx"):
            cells = [
                c for row in openpyxl.load_workbook(io.BytesIO(data))[table.SHEET].iter_rows() for c in row
            ]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
        else:
            assert yaml.safe_load(data)["jawaban_instansi"][0]["keadaan"] == "aktif"
        imported(house, ani, name, data)
        assert "0 baru, 0 berubah, 2 sama" in ani.text
        assert "semuanya sudah sama" in ani.text
        assert "Terapkan" not in ani.labels


@pytest.mark.db
def test_an_import_is_tried_first_then_applied_once(house: House, agency: int, dewi: Talk, ani: Talk) -> None:
    written(house, agency, SHUTTLE)
    data = sheet(
        (1, SHUTTLE, "Pukul 07.00.", "", "kebijakan instansi", "aktif"),
        (None, f"{UNIFORM}\nseragam batik diambil di mana", "Tiap Rabu.", "Bawa kartu.", "", ""),
        (None, "tanpa jawaban", "", "", "", ""),
        (77, "nomor asing", "x", "", "", ""),
        ("dua", "nomor salah", "x", "", "", "entah"),
        (None, UNIFORM.upper(), "kembar", "", "", ""),
    )
    imported(house, ani, "jawaban.xlsx", data)
    assert "1 baru, 1 berubah, 0 sama" in ani.text
    assert "Belum ada yang disimpan." in ani.text
    for problem in (
        "! baris 4: jawaban kosong",
        "! baris 5: nomor 77 tidak ada di instansi ini; kosongkan untuk jawaban baru",
        "! baris 6: keadaan bukan aktif, draf, pensiun; nomor bukan angka",
        "! baris 7: sama dengan baris 3",
    ):
        assert problem in ani.text
    assert [e.short for e in stored(house)] == ["Pukul 06.30 dari pintu timur."]
    again = ani.data_of("Terapkan")
    ani.tap("Terapkan")
    assert ani.text.startswith("Impor jawaban.xlsx selesai: 1 baru, 1 berubah, 0 sama.")
    ani.tap_data(again)
    assert [(e.id, e.short) for e in stored(house)] == [(1, "Pukul 07.00."), (2, "Tiap Rabu.")]
    dewi.type("seragam batik diambil di mana?")
    assert dewi.text.startswith("Jawaban instansi: Tiap Rabu.")
    imported(house, ani, "jawaban.xlsx", data)
    assert "0 baru, 0 berubah, 2 sama" in ani.text
    row = house.read(lambda s: s.exec(select(EntryImport).where(EntryImport.id == 1)).one())
    assert (row.state, row.lines, row.problems) == ("applied", [], [])


def test_cells_with_formulas_are_refused_by_line(house: House, agency: int, ani: Talk) -> None:
    data = sheet((None, SHUTTLE, "klik", "", "", ""), formula_at=(1, 2))
    imported(house, ani, "jawaban.xlsx", data)
    assert "! baris 2: kolom jawaban berisi rumus; tulis sebagai teks biasa" in ani.text
    assert "Terapkan" not in ani.labels


def test_yaml_problems_name_their_line(house: House, agency: int, ani: Talk) -> None:
    text = (
        "jawaban_instansi:\n"
        "- pertanyaan: [kapan apel pagi]\n"
        "  jawaban: Senin pukul 07.30.\n"
        "- pertanyaan: [apa saja, {x: 1}]\n"
        "  jawaban: tidak\n"
        "- pertanyaan: satu\n"
        "  jawaban: [a, b]\n"
        "- cuma teks\n"
    )
    imported(house, ani, "jawaban.yml", text.encode())
    assert "1 baru" in ani.text
    assert "! baris 4: pertanyaan harus berupa daftar kalimat" in ani.text
    assert "! baris 6: jawaban harus berupa teks" in ani.text
    assert "! baris 8: bukan satu jawaban dengan kolom bernama" in ani.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("jawaban.xlsx", b"bukan excel"),
        ("jawaban.xlsx", b"PK\x03\x04rusak"),
        ("jawaban.yaml", b"jawaban: [\n  belum: selesai"),
        ("jawaban.yaml", b"\xff\xfe\x00salah"),
        ("jawaban.yaml", b"hanya teks"),
        ("jawaban.yaml", b"[" * 3000),
        ("jawaban.yaml", b"a: &a [*a]"),
        ("jawaban.yaml", b""),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    house: House, agency: int, ani: Talk, name: str, data: bytes
) -> None:
    imported(house, ani, name, data)
    assert "Tidak ada yang berubah." in ani.text or "Tidak ada baris yang bisa disimpan." in ani.text
    assert stored(house) == []


def test_other_kinds_of_files_are_refused_at_once(house: House, agency: int, ani: Talk) -> None:
    ani.type("/menu").tap("Kelola instansi").tap("Jawaban instansi").tap("Impor berkas")
    ani.send_file("foto.jpg", b"x", "image/jpeg")
    assert ani.text.startswith("Berkas ini bukan Excel (.xlsx) atau YAML")


def test_an_import_holds_only_for_what_it_was_tried_on(house: House, agency: int, ani: Talk) -> None:
    imported(house, ani, "jawaban.xlsx", sheet((None, UNIFORM, "Tiap Rabu.", "", "", "")))
    written(house, agency, UNIFORM, short="Tiap Kamis.")
    ani.tap("Terapkan")
    assert ani.text.startswith("Jawaban instansi berubah sejak hasil ini dihitung")
    assert "1 berubah" in ani.text
    ani.tap("Batal")
    assert [e.short for e in stored(house)] == ["Tiap Kamis."]


def test_an_import_belongs_to_its_sender(house: House, agency: int, ani: Talk) -> None:
    imported(house, ani, "jawaban.xlsx", sheet((None, UNIFORM, "Tiap Rabu.", "", "", "")))
    eka, far = house.admin(agency, "Eka Contoh"), house.admin(house.agency("Instansi Lain"), "Joko Contoh")
    for talk in (eka, far):
        talk.type("/menu")
        for forged in ("ins.il:1", "ins.is:1:0", "ins.ib:1"):
            talk.tap_data(forged)
            assert "Tiap Rabu" not in talk.text
    assert stored(house) == []
    assert house.read(lambda s: s.get_one(EntryImport, 1).state) == "ready"


def test_many_problems_are_counted_and_the_screen_stays_readable(
    house: House, agency: int, ani: Talk
) -> None:
    imported(house, ani, "jawaban.xlsx", sheet(*[(None, f"t{n}", "", "", "", "") for n in range(60)]))
    assert "60 baris bermasalah" in ani.text
    assert f"dan {60 - MOST_PROBLEMS_SHOWN} baris lain" in ani.text
    assert len(ani.text) < 3500


# the gallery ---------------------------------------------------------------------------------------


def test_every_screen_of_learning_fits_a_phone_with_the_longest_texts(
    house: House, agency: int, unit: int, dewi: Talk, ani: Talk
) -> None:
    budi = house.member(unit, "koordinator", None, "Budi & <Contoh>")
    long = "kunci gudang <anggrek> & resepsionis " * 40
    made = {
        state: written(
            house,
            agency,
            *(f"{state} {n} {long}"[: entries.QUESTION_LIMIT] for n in range(entries.MOST_QUESTIONS)),
            short=long[: entries.SHORT_LIMIT],
            detail=(long * 3)[: entries.DETAIL_LIMIT],
            state=state,
            unit_id=unit,
        )
        for state in entries.STATES
    }
    dewi.type(UNIFORM).tap("Tanya koordinator").tap("Ubah pertanyaan").type(long[:1000]).tap("Ya")
    dewi.type("/tanya").tap("Pertanyaan saya").tap("Tanya lagi").type(SHUTTLE).tap("Tanpa nama")
    house.send_due()
    budi.tap_data(routes.COORD_ANSWER(1).pack()).type((long * 3)[: entries.ANSWER_LIMIT])
    for n in range(10):
        dewi.type(f"loket {n} gedung {n}{n} dijaga siapa {long}"[:390])
    dewi.type("apa syarat WBK?").tap("Kurang tepat").type(long[:300])
    house.send_due()
    ani.tap_data("ins.impor").send_file("j.xlsx", sheet(*[(None, f"t{n}", "x" * 900) for n in range(30)]))
    house.send_due()
    by_hand = (
        routes.ENTRY_READ(made[entries.ACTIVE].id or 0),
        routes.COORD_SHOW(1),
        routes.MY_QUESTION(1),
        routes.COORD_ASKED(2),
        routes.ENTRIES_READ(1),
        routes.COORD_ASK(),
    )
    shots = []
    for talk, role in ((dewi, "anggota"), (budi, "koordinator"), (ani, "admin")):
        shots += walk(house, talk.user_id, role)
        shots += [Shot(role, action, tap(house, talk.user_id, action)) for action in by_hand]
    assert {"tt", "tt.lihat", "koor.lihat", "koor.sl", "ins.lihat", "ins.ubah", "ins.daftar"} <= {
        shot.via.route for shot in shots
    }
    gallery.test_every_screen_is_valid_telegram_html_within_the_limit(shots)
    gallery.test_every_screen_says_its_point_first_and_leaves_a_blank_line(shots)
    gallery.test_every_screen_has_a_way_on(shots)
    gallery.test_every_button_reaches_a_handler_and_fits_telegram(shots)
    gallery.test_labels_fit_a_phone(shots)
    gallery.test_the_interface_never_says_what_it_must_not(shots)
    gallery.test_toasts_fit(shots)


# parts ---------------------------------------------------------------------------------------------


def test_a_long_answer_is_split_at_a_sentence() -> None:
    short, detail = entries.split("Kalimat pertama. " * 60)
    assert len(short) <= entries.SHORT_LIMIT
    assert short.endswith("pertama.")
    assert detail.startswith("Kalimat")
    assert entries.split("Pendek saja.") == ("Pendek saja.", "")
    assert entries.split("Inti.\n\nRincian.") == ("Inti.", "Rincian.")
    assert len(entries.split("x" * 2000)[0]) == entries.SHORT_LIMIT


def test_the_national_base_stays_untouched_by_local_entries(library: Library) -> None:
    assert not any(topic.startswith("ins.") for topic in library.faq)
