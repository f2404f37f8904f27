"""Evidence that an agency shares: sent once, attached in one tap, replaced and withdrawn in the open."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot import check_store
from flows import routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.evidence import service as evidence
from flows.models import (
    AnswerChange,
    Assessment,
    Evidence,
    EvidenceVersion,
    Person,
    SharedEvidence,
    SharedVersion,
    Unit,
)
from flows.papers import package, package_plan
from flows.turn import actor_of
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk

ITEM = "PW.P.1.b"


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit("Kantor Layanan Satu")


@pytest.fixture
def agency(house: House, unit: int) -> int:
    """Its agency."""
    return int(house.read(lambda s: s.get_one(Unit, unit).agency_id))


@pytest.fixture
def ani(house: House, agency: int) -> Talk:
    """The agency's admin."""
    return house.admin(agency, "Ani Contoh")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """The ketua of pokja 5 in the unit."""
    return house.member(unit, "ketua", "PW", "Sari Contoh")


def drafted(house: House, ani: Talk, title: str = "SK UPG instansi 12 januari 2027") -> Talk:
    """The admin has sent a file and named the item it fits."""
    ani.type("/menu").tap("Kelola instansi").tap("Bukti bersama").tap("Tambah")
    ani.send_file("sk upg.pdf", pictures.pdf(1, note=title), "application/pdf", title)
    assert "Sedang diperiksa" in ani.text
    house.settle()
    assert "draf, belum dibagikan" in ani.text
    number = house.read(
        lambda s: s.exec(select(SharedEvidence.id).order_by(col(SharedEvidence.id))).all()[-1]
    )
    with house.writing() as session:
        session.get_one(SharedEvidence, number).items = []
    ani.tap_data(routes.SHARED_ITEMS(number, "").pack())
    ani.type("A.I.5.i.b")
    assert "• A.I.5.i.b" in ani.text, ani.text
    return ani


def shared(house: House, ani: Talk) -> Talk:
    """It is shared."""
    drafted(house, ani).tap("Bagikan")
    assert "dibagikan" in ani.text
    return ani


def opened(talk: Talk, item: str = ITEM) -> Talk:
    """The evidence screen of an item."""
    return talk.type("/menu").tap_data(routes.EVIDENCE_ITEM(item).pack())


def pieces(house: House, unit_id: int, item: str = ITEM) -> Any:
    """The evidence of an item as every screen counts it."""

    def read(session: Any) -> Any:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit_id)).one()
        found = checklist.item_of(house.library.instrument(), item)
        return evidence.of_item(session, assessment, found).uses

    return house.read(read)


@pytest.mark.db
def test_a_unit_attaches_what_the_agency_shares_and_adds_its_own_proof(
    house: House, unit: int, ani: Talk, sari: Talk
) -> None:
    opened(sari)
    assert "Bukti bersama" not in " ".join(sari.labels)
    drafted(house, ani)
    opened(sari)
    assert "Bukti bersama" not in " ".join(sari.labels)  # a draft is nobody else's business

    ani.tap("Bagikan")
    opened(sari)
    assert "1 dokumen dapat dipasang" in sari.text
    sari.tap("Bukti bersama (1)")
    assert "SK UPG instansi" in sari.text
    assert "12 Januari 2027" in sari.text
    sari.tap("Pasang 1")
    assert "✓ terpasang" in sari.text
    assert "Tambahkan bukti penerapan" in sari.toast
    (piece,) = pieces(house, unit)
    assert piece.source == "shared"
    assert piece.evidence.dated_on.isoformat() == "2027-01-12"
    history = house.read(lambda s: [c.kind for c in s.exec(select(AnswerChange)).all()])
    assert history == ["evidence"]

    sari.tap("Tambah bukti penerapan")
    sari.send_photo(pictures.jpeg(), "sosialisasi gratifikasi 12 januari 2027")
    house.settle()
    sari.tap("Benar, simpan")
    opened(sari)
    assert "dari instansi" in sari.text
    assert len(pieces(house, unit)) == 2
    assert "Dokumen dari instansi perlu ditemani" in sari.text


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("SK UPG instansi tanggal 12 januari 2027", "SK UPG instansi"),
        ("SK UPG instansi, 12-01-2027", "SK UPG instansi"),
        ("SK UPG 12 januari 2027 revisi kedua", "SK UPG 12 januari 2027 revisi kedua"),
    ],
)
def test_the_day_that_was_written_stands_beside_the_title_once(
    house: House, ani: Talk, written: str, title: str
) -> None:
    drafted(house, ani, written)
    assert f"\n{title} · draf, belum dibagikan" in ani.text
    assert "Tanggal atau periode: 12 Januari 2027" in ani.text
    assert "Belum dipasang unit mana pun." in ani.tap("Bagikan").text


@pytest.mark.db
def test_a_replaced_piece_is_seen_and_taken_over_by_the_unit_alone(
    house: House, unit: int, ani: Talk, sari: Talk
) -> None:
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    shared(house, ani)
    opened(sari).tap("Bukti bersama (1)").tap("Pasang 1")
    ani.tap("Ganti berkas")
    ani.send_file("sk baru.pdf", pictures.pdf(2, note="baru"), "application/pdf", "")
    house.settle()
    assert "versi 2" in ani.text
    assert "Dipasang 1 unit" in ani.text
    assert "Instansi memperbarui bukti bersama" in budi.text

    opened(sari)
    assert "sudah ada versi baru" in sari.text
    (piece,) = pieces(house, unit)
    assert piece.newest.no == 1
    sari.tap("1")
    assert "Ganti berkas" not in sari.labels
    sari.tap("Pakai versi baru")
    (piece,) = pieces(house, unit)
    assert (piece.newest.no, piece.source, piece.newest.file_name) == (2, "shared", "sk baru.pdf")
    assert house.read(lambda s: len(s.exec(select(EvidenceVersion)).all())) == 2  # the first one stays


@pytest.mark.db
def test_a_withdrawn_piece_stays_with_who_has_it_and_is_offered_to_nobody(
    house: House, agency: int, unit: int, ani: Talk, sari: Talk
) -> None:
    other = house.unit("Kantor Layanan Dua", agency)
    dewi = house.member(other, "ketua", "PW", "Dewi Contoh")
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    shared(house, ani)
    opened(sari).tap("Bukti bersama (1)").tap("Pasang 1")
    opened(dewi).tap("Bukti bersama (1)")
    attach = dewi.data_of("Pasang 1")
    ani.tap("Tarik").tap("Ya, tarik")
    house.settle()
    assert "ditarik" in ani.text
    assert "Instansi menarik bukti bersama" in budi.text
    budi.tap("Lihat bukti")
    assert "Instansi sudah menariknya" in budi.text

    dewi.tap_data(attach)
    assert pieces(house, other) == ()
    assert "tidak (lagi) dibagikan" in dewi.text + dewi.toast
    opened(sari)
    assert "sudah ditarik" in sari.text
    assert len(pieces(house, unit)) == 1


def test_two_people_attaching_at_once_make_one_copy(house: House, unit: int, ani: Talk, sari: Talk) -> None:
    shared(house, ani)
    opened(sari).tap("Bukti bersama (1)")
    attach = sari.data_of("Pasang 1")
    sari.tap_data(attach).tap_data(attach)
    assert "sudah terpasang" in sari.toast
    assert house.read(lambda s: len(s.exec(select(Evidence)).all())) == 1


def test_what_is_for_one_branch_is_offered_there_alone(house: House, agency: int, ani: Talk) -> None:
    top = house.unit("Kantor Wilayah Timur", agency, kind="kanwil")
    inside = house.member(house.unit("Kantor Timur", agency, parent_id=top), "ketua", "PW", "Sari Contoh")
    outside = house.member(house.unit("Kantor Barat", agency), "ketua", "PW", "Dewi Contoh")
    drafted(house, ani).tap("Untuk unit mana").tap("1")
    assert "Kantor Wilayah Timur dan unit di bawahnya" in ani.text
    ani.tap("Bagikan")
    assert "Bukti bersama (1)" in opened(inside).labels
    assert "Bukti bersama" not in " ".join(opened(outside).labels)
    number = house.read(lambda s: s.exec(select(SharedEvidence.id)).one())
    for action in (routes.SHARED_ATTACH(number, ITEM), routes.SHARED_OPEN(number, 0)):
        outside.type("/menu").tap_data(action.pack())
        assert "SK UPG" not in outside.text


@pytest.mark.db
def test_another_agency_sees_and_does_nothing(house: House, ani: Talk, sari: Talk) -> None:
    shared(house, ani)
    number, revision = house.read(lambda s: s.exec(select(SharedEvidence.id, SharedEvidence.revision)).one())
    foreign = house.unit("Kantor Asing")
    others = [
        house.admin(house.agency("Instansi Barat"), "Admin Lain"),
        house.member(foreign, "koordinator", name="Koor Asing"),
        sari,
    ]
    actions = (
        routes.SHARED_SHOW(number),
        routes.SHARED_WITHDRAW(number, revision),
        routes.SHARED_ITEM_SET(number, ITEM, revision),
        routes.SHARED_BRANCH_SET(number, 0, revision),
        routes.SHARED_REPLACE(number),
    )
    for talk in others:
        for action in actions:
            talk.type("/menu").tap_data(action.pack())
            assert "SK UPG" not in talk.text
    for talk in others[:2]:
        talk.type("/menu").tap_data(routes.SHARED_OPEN(number, 0).pack())
        assert "SK UPG" not in talk.text
    assert house.read(lambda s: s.get_one(SharedEvidence, number).state) == "active"


def test_a_program_is_not_shared_and_a_link_is(house: House, ani: Talk) -> None:
    ani.type("/menu").tap("Kelola instansi").tap("Bukti bersama").tap("Tambah")
    ani.send_file("setup.exe", b"MZ\x90\x00", "application/octet-stream", "SOP")
    house.settle()
    assert "program atau berisi perintah" in ani.text
    ani.type("/menu").tap("Kelola instansi").tap("Bukti bersama").tap("Tambah")
    ani.type("SOP pengaduan pusat https://drive.google.com/drive/folders/contoh")
    house.settle()
    assert "SOP pengaduan pusat" in ani.text
    assert "Tautan: https://drive.google.com" in ani.text
    ani.tap("Tanggal").type("TW III 2026")
    assert "TW III 2026" in ani.text
    ani.tap("Judul").type("SOP pengaduan")
    assert "SOP pengaduan" in ani.text


def test_workbook_and_package_hold_what_is_shared_and_say_its_source(
    house: House, unit: int, ani: Talk, sari: Talk
) -> None:
    shared(house, ani)
    opened(sari).tap("Bukti bersama (1)").tap("Pasang 1")

    def read(session: Any) -> Any:
        where = Current(
            session.get_one(Unit, unit),
            session.exec(select(Assessment).where(Assessment.unit_id == unit)).one(),
            house.library.instrument(),
        )
        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        actor = actor_of(session, person, house.clock.now())
        sight = evidence.Sight(session, actor, where.unit, where.assessment, where.instrument)
        return package.content_of(session, where, sight, house.clock.now()).pieces

    (piece,) = house.read(read)
    assert piece.title == "SK UPG instansi (dari instansi)"
    assert (piece.items, piece.sha256 != "") == ((ITEM,), True)
    plan = package_plan.plan(house.library.instrument(), [piece], 10**8)
    assert [row["put"] for row in plan["rows"]] == [True]


def test_the_bytes_of_what_is_shared_outlive_the_sweep(house: House, ani: Talk) -> None:
    shared(house, ani)
    key = house.read(lambda s: s.exec(select(SharedVersion.sha256)).one())
    for path in Path(house.settings.evidence_folder).rglob(key):
        os.utime(path, (0, 0))
    check_store.sweep(house.db, house.edge.store)
    assert house.edge.store.has(key)
    ani.tap("Buka berkas")
    assert "Bukti bersama dari instansi, versi 1" in ani.text
