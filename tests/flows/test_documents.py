"""Documents on request: built in a job from a snapshot, sent to the one who asked with the rights of then."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import col, select

from flows import delivery
from flows.delivery import File, Kind, Round
from flows.errors import BadInput
from flows.models import Answer, Assessment, Job, Membership, Person, StoredFile, Unit
from flows.ports import Files
from flows.turn import Turn
from tests.support.house import House
from tests.support.talk import Talk

TRIAL = "uji"


def _gather(turn: Turn, unit: Unit, params: Mapping[str, Any]) -> str:
    if unit.name == "Kantor Kosong":
        raise BadInput("Belum ada isinya. Isi dulu LKE-nya.")
    if unit.name == "Kantor Rusak":
        raise RuntimeError("a mistake of ours")
    return f"{unit.name} untuk {turn.actor.person.name if turn.actor.person else '?'}"


def _build(content: str, state: Mapping[str, Any], _files: Files) -> Round:
    number = int(state.get("number", 1))
    made = (File(f"bagian-{number}.txt", f"{content} {number}".encode(), "text/plain", f"Bagian {number}"),)
    return Round(made, {"number": number + 1} if number < 3 else None, number, 3)


@pytest.fixture(autouse=True)
def trial_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_kinds", dict(delivery._kinds))
    monkeypatch.setattr(delivery, "_offers", list(delivery._offers))
    delivery.register(Kind(TRIAL, "Berkas uji", "berkas untuk mencoba.", _gather, _build))


def _files(talk: Talk) -> list[str]:
    """Names of the files that came; in tests nothing paces a chat, so two may swap."""
    return sorted(m["document"]["file_name"] for m in talk.messages if "document" in m)


@pytest.mark.db
def test_two_taps_from_the_menu_bring_every_part_once_and_the_message_says_how_far_it_is(
    house: House,
) -> None:
    budi = house.member(house.unit(), "koordinator").start().type("/menu")
    budi.tap("Unduh dokumen")
    assert "Berkas uji" in budi.text
    budi.tap("Berkas uji")
    waiting = budi.messages[-1]
    assert "Berkas uji sedang disusun" in budi.text
    house.settle()
    assert _files(budi) == ["bagian-1.txt", "bagian-2.txt", "bagian-3.txt"]
    edited = next(m for m in budi.messages if m["message_id"] == waiting["message_id"])
    assert edited["text"].startswith("✓ Berkas uji selesai: 3 berkas ada di bawah.")
    assert len([m for m in budi.messages if "selesai" in m.get("text", "")]) == 1
    stored = house.read(lambda s: len(s.exec(select(StoredFile)).all()))
    assert stored == 3


def test_a_second_tap_while_it_is_made_does_not_begin_another(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    budi.type("/dokumen").tap("Berkas uji")
    house.settle()
    assert len(_files(budi)) == 3


def test_who_lost_the_role_before_delivery_gets_no_file_and_learns_it(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.runner.run(_only_jobs(house))
    with house.writing() as session:
        for held in session.exec(select(Membership)).all():
            held.revoked_at = house.clock.now()
    house.settle()
    assert _files(budi) == []
    assert not any("sedang disusun" in m.get("text", "") for m in budi.messages)


def test_a_narrower_role_since_the_making_stops_the_file(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.runner.run(_only_jobs(house))
    with house.writing() as session:
        session.exec(select(Membership)).one().role = "pimpinan"
    house.settle()
    assert _files(budi) == []
    assert "Peran Anda berubah" in budi.text
    budi.tap("Buat lagi")
    house.settle()
    assert len(_files(budi)) == 3


async def _only_jobs(house: House) -> None:
    while house.worker.jobs.do_one():
        pass


def test_what_cannot_be_made_is_said_in_the_words_of_its_maker(house: House) -> None:
    budi = house.member(house.unit("Kantor Kosong"), "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.settle()
    assert budi.text == "Belum ada isinya. Isi dulu LKE-nya."
    assert "Buat lagi" in budi.labels


def test_a_mistake_of_ours_ends_in_a_sentence_not_in_silence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.MAX_TRIES", 1)
    budi = house.member(house.unit("Kantor Rusak"), "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.settle()
    assert "belum berhasil dibuat" in budi.text


def test_nobody_elses_document_is_shown(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator").start()
    dewi = house.member(unit, "koordinator", name="Dewi Contoh").start()
    budi.type("/dokumen").tap("Berkas uji")
    document = house.read(lambda s: s.exec(select(Job.id).where(col(Job.kind) == delivery.JOB)).first())
    house.settle()
    dewi.tap_data(f"dok.lihat:{document}")
    assert "tidak ada dalam daftar Anda" in dewi.text
    dewi.tap_data(f"dok.berkas:{document}:0")
    assert _files(dewi) == []
    other = house.unit("Unit Lain", house.agency("Instansi Lain"))
    budi.tap_data(f"dok.buat:{TRIAL}:{other}")
    assert "tidak ada dalam daftar Anda" in budi.text


def test_deleting_ones_data_takes_the_documents_along(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator")
    budi = house.member(unit, "anggota", name="Budi Dua").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.settle()
    person = house.read(lambda s: s.exec(select(Person.id).where(Person.name == "Budi Dua")).one())
    budi.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    left = house.read(lambda s: s.exec(select(Job.key).where(Job.kind == delivery.JOB)).all())
    assert not [key for key in left if key.startswith(f"{delivery.JOB}:{person}:")]


@pytest.mark.db
def test_a_document_shows_one_moment_while_people_keep_answering(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit_id = house.unit()
    seen: list[int] = []

    def gather(turn: Turn, _unit: Unit, _params: Mapping[str, Any]) -> str:
        def count() -> int:
            return len(turn.session.exec(select(Answer.id)).all())

        seen.append(count())
        with house.writing() as session:  # somebody answers meanwhile; nobody waits for anybody
            assessment = session.exec(select(Assessment.id).where(Assessment.unit_id == unit_id)).one()
            session.add(Answer(assessment_id=assessment or 0, item_id="MP.P.1.a", choice="Ya"))
        seen.append(count())
        return ""

    monkeypatch.setattr(delivery, "_kinds", {})
    monkeypatch.setattr(delivery, "_offers", [])
    delivery.register(Kind(TRIAL, "Berkas uji", "berkas untuk mencoba.", gather, _build))
    budi = house.member(unit_id, "koordinator").start()
    budi.type("/dokumen").tap("Berkas uji")
    house.runner.run(_one_job(house))
    assert seen == [0, 0]
    assert house.read(lambda s: len(s.exec(select(Answer.id)).all())) == 1


async def _one_job(house: House) -> None:
    house.worker.jobs.do_one()
