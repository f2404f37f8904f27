"""Personal invitations on paper and as text, for those who are known by name and have not joined."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlmodel import select

from flows.models import Invite, Person, Unit
from flows.papers import plain
from flows.slips import kind
from tests.flows.test_bulk import agency, ani, applied, book, document, roles, sent
from tests.support.house import House
from tests.support.talk import Talk

__all__ = ["agency", "ani"]


def links(talk: Talk) -> list[str]:
    """The payloads in the text to paste."""
    return re.findall(r"start=(\S+)", talk.text)


@pytest.mark.db
def test_a_printed_invitation_lets_its_person_in_with_their_roles(house: House, ani: Talk) -> None:
    applied(house, sent(house, ani, book()))
    ani.tap("Lembar undangan")
    assert "4 orang belum bergabung" in ani.text.replace("<b>", "")
    ani.tap("1").tap("Cetak PDF")
    house.settle()
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document(house, ani))).pages)
    assert "Budi Santoso" in text
    assert "koordinator unit" in text
    assert "Hanya untuk Anda" in text

    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang").tap("Lembar undangan (4)").tap("1")
    ani.tap("Salin teks")
    assert "Budi Santoso (koordinator unit)" in ani.text
    budi = house.stranger("Pak Budi")
    budi.start(links(ani)[0]).tap("Setuju, ini saya")
    assert ("Budi Santoso", "Kantor Layanan Satu", "koordinator", None) in roles(house)
    account = house.read(
        lambda s: s.exec(select(Person.telegram_id).where(Person.name == "Budi Santoso")).one()
    )
    assert account == budi.user_id
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
    assert "Lembar undangan (3)" in ani.labels


def test_names_of_every_kind_are_printed_within_their_slip() -> None:
    names = [
        "Dr. H. Muhammad Nurdiansyah Kusumawardhana Prawiranegara, S.H., M.Hum.",
        "Siti 🌸 Aminah",
        "محمد عبد الله",
        "A" * 120,
        "=cmd|'/c calc'!A1",
        "#strong[x] $1$ \\ _a_",
    ] * 4
    link = "t.me/contoh_pandu_bot?start=u1z-" + "x" * 22
    slip = {
        "unit": "Kantor Wilayah " + "Yang Panjang " * 6,
        "role": "ketua pokja 1, 2 dan 3, koordinator unit",
        "until": "Berlaku sampai 30 Desember 2026.",
        "url": f"https://{link}",
        "link": link,
    }
    made = kind.pdf([{**slip, "name": plain.typeset(name, kind.NAME, "-")} for name in names])
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 3
    text = pages[0].extract_text()
    assert "Siti Aminah" in text
    assert plain.OTHER_SCRIPT in text
    assert "#strong[x]" in text


@pytest.mark.db
def test_a_coordinator_hands_out_their_own_teams_invitations(house: House, agency: int) -> None:
    ani = house.admin(agency, "Ani Contoh")
    applied(house, sent(house, ani, book()))
    unit_id = house.read(lambda s: s.exec(select(Unit.id).where(Unit.name == "Kantor Layanan Satu")).one())
    koor = house.member(unit_id, "koordinator", name="Koor Contoh")
    koor.type("/menu").tap("Tim").tap("Undang anggota").tap("Lembar undangan (2)")
    koor.tap("Salin teks")
    assert "Sari Lestari" in koor.text
    assert "Rina Utami" not in koor.text
    sari = house.stranger("Sari")
    sari.start(links(koor)[-1]).tap("Setuju, ini saya")
    koor.type("/menu").tap("Tim").tap("Undang anggota")
    assert "Lembar undangan (1)" in koor.labels

    outsider = house.member(house.unit("Kantor Asing"), "koordinator", name="Orang Asing")
    for action in (
        f"lembar.unit:{unit_id}",
        f"lembar.salin:{unit_id}",
        f"lembar.teks:{unit_id}:0",
        "lembar:0:0",
    ):
        outsider.type("/menu").tap_data(action)
        assert "Layanan Satu" not in outsider.text
        assert "Santoso" not in outsider.text


def test_links_that_are_about_to_end_are_renewed_and_no_others(house: House, ani: Talk) -> None:
    applied(house, sent(house, ani, book()))
    before = house.read(lambda s: len(s.exec(select(Invite)).all()))
    ani.tap("Lembar undangan").tap("1").tap("Salin teks")
    assert house.read(lambda s: len(s.exec(select(Invite)).all())) == before
    house.clock.set_to(house.clock.now().replace(month=3))
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang").tap("Lembar undangan (4)").tap("1")
    ani.tap("Salin teks")
    assert house.read(lambda s: len(s.exec(select(Invite)).all())) > before
