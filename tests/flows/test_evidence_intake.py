"""Evidence on its way in: every strange thing gets its sentence, nothing is lost or doubled."""

import asyncio
import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlmodel import col, func, select

from flows import outbox, routes
from flows.evidence import findings, intake, pdf
from flows.models import (
    AnswerChange,
    Deadline,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Intake,
    ItemWork,
    Job,
    Membership,
    Outbox,
    StoredFile,
)
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk

ITEM, SIBLING, ELSEWHERE = "PW.P.1.a", "PW.P.1.b", "SDM.P.1.a"
CAPTION = "sosialisasi gratifikasi di loket 12 jan"


@pytest.fixture
def unit_id(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit_id: int) -> Talk:
    return house.member(unit_id, "anggota", "PW")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Albums count as complete at once; the test of the wait undoes it."""
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 0.0)


def ready_for(talk: Talk, item_id: str = ITEM) -> Talk:
    """The prompt for evidence of an item is open."""
    talk.type("/menu")
    return talk.tap_data(routes.EVIDENCE_ADD(item_id).pack())


def send(talk: Talk, name: str, data: bytes, caption: str = "") -> Talk:
    ready_for(talk).send_file(name, data, caption=caption)
    talk.house.send_due()
    return talk


def save(talk: Talk) -> Talk:
    """Confirm what the newest intake proposes."""
    row = newest(talk.house)
    talk.tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    talk.house.send_due()
    return talk


def newest(house: House) -> Intake:
    found: Intake = house.read(lambda s: s.exec(select(Intake).order_by(col(Intake.id).desc())).first())
    return found


def count(house: House, table: Any) -> int:
    return int(house.read(lambda s: s.exec(select(func.count()).select_from(table)).one()))


def shots(number: int) -> list[tuple[str, bytes]]:
    return [(f"{n}.jpg", pictures.jpeg(80 + n, 60, 20 * n)) for n in range(number)]


# the ordinary way ----------------------------------------------------------------------------------


@pytest.mark.db
def test_a_file_is_received_at_once_and_its_message_becomes_the_question(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf(), caption=CAPTION)
    before = budi.messages[-1]
    assert "sedang diperiksa" in before["text"]
    house.send_due()
    after = budi.messages[-1]
    assert after["message_id"] == before["message_id"], "the message is edited, not followed by another"
    assert "12 Januari 2027" in after["text"]
    assert newest(house).state == intake.READY


@pytest.mark.db
def test_it_is_saved_with_history_and_kept_in_the_store(house: House, budi: Talk) -> None:
    save(send(budi, "notula.pdf", pictures.pdf(), CAPTION))
    evidence = house.read(lambda s: s.exec(select(Evidence)).one())
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    use = house.read(lambda s: s.exec(select(EvidenceUse)).one())
    change = house.read(lambda s: s.exec(select(AnswerChange)).one())
    assert evidence.dated_on is not None
    assert evidence.dated_on.isoformat() == "2027-01-12"
    assert house.edge.store.get(version.sha256) == pictures.pdf()
    assert (use.item_id, use.evidence_id) == (ITEM, evidence.id)
    assert (change.kind, change.item_id, change.after["evidence"]) == ("evidence", ITEM, evidence.id)
    assert newest(house).state == intake.SAVED


@pytest.mark.db
def test_saving_twice_saves_once(house: House, budi: Talk) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    row = newest(house)
    for _ in range(2):
        budi.tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    assert (count(house, Evidence), count(house, EvidenceUse)) == (1, 1)


def test_an_update_that_comes_twice_is_one_intake(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf())
    house.process(*budi.last_updates)
    house.send_due()
    assert count(house, Intake) == 1


def test_evidence_undoes_an_approval(house: House, budi: Talk, unit_id: int) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    with house.writing() as session:
        session.add(ItemWork(assessment_id=newest(house).assessment_id, item_id=ITEM, state="approved"))
    save(budi)
    assert house.read(lambda s: s.exec(select(ItemWork.state)).one()) == ""


# albums --------------------------------------------------------------------------------------------


@pytest.mark.db
def test_an_album_of_ten_is_one_intake_with_one_answer_and_one_pdf(house: House, budi: Talk) -> None:
    ready_for(budi)
    said = len(budi.messages)
    budi.send_album(shots(10), CAPTION)
    house.send_due()
    assert len(budi.messages) == said + 1, "one reply"
    assert "10 foto" in budi.text
    row = newest(house)
    assert (count(house, Intake), len(row.parts)) == (1, 10)
    save(budi)
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    assert version.file_name.endswith(".pdf")
    read = pdf.read(house.edge.store.get(version.sha256))
    assert read.pages == 5
    assert "Tanggal: 12 Januari 2027" in read.text
    assert "Tempat: loket" in read.text
    assert count(house, Evidence) == 1


def test_an_album_waits_for_its_last_part(house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 2.5)
    ready_for(budi).send_album(shots(3))
    house.send_due()
    assert newest(house).state == intake.RECEIVING
    house.settle()
    assert newest(house).state == intake.READY
    assert (
        len(house.read(lambda s: s.exec(select(Job.id).where(col(Job.kind) != "board.refresh")).all())) == 1
    )


@pytest.mark.db
def test_a_part_that_comes_late_joins_its_album(house: House, budi: Talk) -> None:
    ready_for(budi)
    group = house.standin.new_album_id()
    for n, (name, data) in enumerate(shots(3)):
        house.standin.send_file(budi.user_id, name, data, photo=True, group=group)
        house.deliver()
        if n == 1:
            house.send_due()
    house.send_due()
    row = newest(house)
    assert (count(house, Intake), len(row.parts), row.state) == (1, 3, intake.READY)
    assert all(part["sha256"] for part in row.parts)


def test_a_part_that_comes_while_the_others_are_examined_is_not_lost(house: House, budi: Talk) -> None:
    ready_for(budi)
    group = house.standin.new_album_id()
    house.standin.send_file(budi.user_id, "a.jpg", shots(1)[0][1], photo=True, group=group)
    house.deliver()
    claimed = house.worker.jobs.claim()
    assert claimed is not None
    house.standin.send_file(budi.user_id, "b.jpg", shots(2)[1][1], photo=True, group=group)
    house.deliver()
    with house.writing() as session:  # the first job dies; its lease runs out
        session.exec(select(Job).where(Job.state == "leased")).one().lease_until = 0.0
    house.send_due()
    row = newest(house)
    assert (len(row.parts), row.state) == (2, intake.READY)


def test_the_same_photo_twice_in_an_album_is_kept_once(house: House, budi: Talk) -> None:
    ready_for(budi).send_album([("a.jpg", pictures.jpeg()), ("b.jpg", pictures.jpeg())])
    house.send_due()
    assert "dikirim dua kali; disimpan satu" in budi.text
    save(budi)
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    assert house.edge.store.get(version.sha256) == pictures.jpeg()


def test_documents_of_one_album_become_a_piece_each(house: House, budi: Talk) -> None:
    ready_for(budi).send_album(
        [("undangan.pdf", pictures.pdf(note="u")), ("notula.pdf", pictures.pdf(note="n"))],
        "rapat monev 12 jan",
        photos=False,
    )
    house.send_due()
    save(budi)
    titles = house.read(lambda s: s.exec(select(Evidence.title).order_by(col(Evidence.id))).all())
    assert len(titles) == 2
    assert titles[1].endswith("· notula")
    assert count(house, EvidenceUse) == 2


# strange files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "sentence", "fix"),
    [
        ("kosong.pdf", b"", "kosong (0 bita)", "simpan ulang"),
        ("pasang.exe", b"MZ" + b"\0" * 50, "adalah program", "PDF atau foto"),
        ("laporan.pdf", b"MZ" + b"\0" * 50, "adalah program", "PDF atau foto"),
        ("bom.docx", pictures.zip_bomb(), "jauh lebih besar daripada ukurannya", "Simpan ulang"),
        ("peta.png", pictures.pixel_bomb(), "jauh lebih besar daripada ukurannya", "Simpan ulang"),
        ("sandi.pdf", pictures.pdf(password="x"), "memakai kata sandi", "tanpa kata sandi"),
        ("rusak.pdf", b"%PDF-1.7 rusak", "tidak dapat dibaca", "Simpan ulang sebagai PDF"),
        ("isi.zip", b"PK\x05\x06" + b"\0" * 18, "arsip terkompresi", "satu per satu"),
    ],
)
def test_each_gets_its_sentence_and_nothing_is_kept(
    house: House, budi: Talk, name: str, data: bytes, sentence: str, fix: str
) -> None:
    send(budi, name, data)
    assert sentence in budi.text
    assert fix in budi.text
    assert newest(house).state == intake.FAILED
    assert count(house, StoredFile) == 0
    assert list(house.edge.store.keys()) == []


def test_25_mb_is_refused_with_the_limit_and_the_other_way(house: House, budi: Talk) -> None:
    send(budi, "video rapat.pdf", b"%PDF-" + b"\0" * (25 * 1024 * 1024))
    assert "Berkas 25 MB melebihi batas 20 MB, jadi belum tersimpan." in budi.text
    assert "Kirim tautannya" in budi.text
    assert not [c for c in house.standin.calls if c.method == "getFile"], "it is not even asked for"


def test_one_bad_file_in_an_album_does_not_spoil_the_others(house: House, budi: Talk) -> None:
    ready_for(budi).send_album(
        [("a.pdf", pictures.pdf()), ("b.pdf", b"%PDF-1.7 rusak")], CAPTION, photos=False
    )
    house.send_due()
    assert newest(house).state == intake.READY
    assert "b.pdf tidak dapat dibaca" in budi.text
    save(budi)
    assert count(house, Evidence) == 1


@pytest.mark.db
def test_a_name_with_emoji_and_turning_marks_is_cleaned(house: House, budi: Talk) -> None:
    send(budi, "Notula 🎉\u202e rapat\u200f.pdf", pictures.pdf())
    assert "Nama berkas dirapikan menjadi Notula rapat.pdf." in budi.text
    save(budi)
    name = house.read(lambda s: s.exec(select(EvidenceVersion.file_name)).one())
    assert name == "Notula rapat.pdf"


# the same again ------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_same_file_twice_is_kept_once_and_said(house: House, budi: Talk, unit_id: int) -> None:
    save(send(budi, "notula.pdf", pictures.pdf(), "notula monev 12 jan"))
    send(budi, "salinan.pdf", pictures.pdf())
    assert "sudah menjadi bukti" in budi.text
    save(budi)
    assert (count(house, Evidence), count(house, StoredFile), count(house, EvidenceUse)) == (1, 1, 1)
    assert newest(house).problem == findings.DUPLICATE


def test_twice_before_either_is_saved_is_still_one(house: House, budi: Talk) -> None:
    send(budi, "satu.pdf", pictures.pdf())
    first = newest(house)
    send(budi, "dua.pdf", pictures.pdf())
    save(budi)
    budi.tap_data(routes.INTAKE_SAVE(first.id or 0, first.revision).pack())
    assert (count(house, Evidence), count(house, EvidenceUse)) == (1, 1)


def test_the_same_photos_again_are_the_same_evidence(house: House, budi: Talk) -> None:
    for _ in range(2):
        ready_for(budi).send_album(shots(3), CAPTION)
        house.send_due()
        save(budi)
    assert count(house, Evidence) == 1
    assert newest(house).problem == findings.DUPLICATE


def test_of_another_unit_it_is_new(house: House, budi: Talk) -> None:
    save(send(budi, "notula.pdf", pictures.pdf()))
    other = house.member(house.unit("Kantor Lain"), "anggota", "PW", "Sari Contoh")
    send(other, "notula.pdf", pictures.pdf())
    assert "sudah menjadi bukti" not in other.text
    save(other)
    assert (count(house, Evidence), count(house, StoredFile)) == (2, 1)


# duties that move meanwhile ------------------------------------------------------------------------


def move(house: House, area: str) -> None:
    with house.writing() as session:
        session.exec(select(Membership)).one().area = area


@pytest.mark.db
def test_an_upload_while_the_indicator_is_taken_from_ones_duties(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf(), caption=CAPTION)
    move(house, "SDM")
    house.send_due()
    assert "tidak lagi termasuk tugas Anda" in budi.text
    assert "saya pegang" in budi.text
    row = newest(house)
    assert row.state == intake.READY, "the file is kept"
    budi.tap_data(routes.INTAKE_ITEM(row.id or 0, ELSEWHERE, row.revision).pack())
    save(budi)
    assert house.read(lambda s: s.exec(select(EvidenceUse.item_id)).one()) == ELSEWHERE


def test_taken_away_between_the_question_and_the_answer(house: House, budi: Talk) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    move(house, "SDM")
    row = newest(house)
    budi.tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    assert count(house, Evidence) == 0
    assert newest(house).state == intake.READY


def test_who_has_left_the_unit_is_told(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf())
    with house.writing() as session:
        session.exec(select(Membership)).one().revoked_at = house.clock.now()
    house.send_due()
    assert "tidak lagi termasuk tim unit itu" in budi.text
    assert "sedang diperiksa" not in budi.text
    assert count(house, Evidence) == 0


def test_what_others_sent_is_nobody_elses(house: House, budi: Talk, unit_id: int) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    row = newest(house)
    other = house.member(unit_id, "koordinator", name="Sari Contoh")
    other.type("/menu").tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    assert count(house, Evidence) == 0
    assert "daftar Anda" in other.text + other.toast


# kills ---------------------------------------------------------------------------------------------


def die_after_preparing(house: House) -> None:
    """The process is killed after the download and before anything of it is saved."""
    claimed = house.worker.jobs.claim()
    assert claimed is not None
    _, kind, _, args = claimed
    prepare = outbox.job_kind(kind).prepare
    assert prepare is not None
    files = house.worker.jobs.files

    async def prepared() -> None:
        files.loop = asyncio.get_running_loop()
        await asyncio.to_thread(prepare, args, files, house.library)

    house.runner.run(prepared())
    with house.writing() as session:
        session.exec(select(Job).where(Job.state == "leased")).one().lease_until = 0.0


@pytest.mark.db
def test_a_kill_between_download_and_save_loses_and_doubles_nothing(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf(), caption=CAPTION)
    die_after_preparing(house)
    assert len(list(house.edge.store.keys())) == 1
    assert newest(house).state == intake.EXAMINING
    house.send_due()
    assert newest(house).state == intake.READY
    save(budi)
    assert (count(house, Evidence), len(list(house.edge.store.keys()))) == (1, 1)
    assert count(house, Outbox) == 1, "one question"


def test_a_kill_while_photos_are_bound_is_made_good(house: House, budi: Talk) -> None:
    ready_for(budi).send_album(shots(3), CAPTION)
    house.send_due()
    row = newest(house)
    budi.tap_data(routes.INTAKE_SAVE(row.id or 0, row.revision).pack())
    die_after_preparing(house)
    house.send_due()
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    assert pdf.read(house.edge.store.get(version.sha256)).pages == 2


def test_a_file_that_telegram_does_not_give_can_be_asked_for_again(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("notula.pdf", pictures.pdf())
    row = newest(house)
    known = house.standin.files.pop(row.parts[0]["file_id"])
    house.send_due()
    assert "belum dapat diambil dari Telegram" in budi.text
    house.standin.files[row.parts[0]["file_id"]] = known
    budi.tap("Coba lagi")
    house.send_due()
    assert newest(house).state == intake.READY


# letting go ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", [False, True])
def test_an_examination_that_went_wrong_can_be_asked_for_again(house: House, budi: Talk, link: bool) -> None:
    ready_for(budi)
    if link:
        budi.type("https://drive.google.com/drive/folders/buka 12 januari 2027")
    else:
        budi.send_file("notula.pdf", pictures.pdf(), caption=CAPTION)
    with house.writing() as session:  # as after the last try of a job that always breaks
        for job in session.exec(select(Job)).all():
            job.state, job.error = "failed", "OSError"
            session.add(job)
    row = newest(house)
    budi.tap_data(routes.INTAKE(row.id or 0).pack())
    assert "Coba lagi" not in budi.labels, "it has only just begun"
    house.clock.set_to(house.clock.now() + timedelta(minutes=11))
    budi.tap_data(routes.INTAKE(row.id or 0).pack())
    assert "lebih lama dari biasanya" in budi.text
    budi.tap("Coba lagi")
    house.send_due()
    assert "Saya catat sebagai" in budi.text
    save(budi)
    assert count(house, Evidence) == 1


def test_what_is_cancelled_leaves_no_evidence(house: House, budi: Talk) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    budi.tap_data(routes.INTAKE_CANCEL(newest(house).id or 0).pack())
    row = newest(house)
    assert row.state == intake.CANCELLED
    assert "file_id" not in row.parts[0]
    assert count(house, Evidence) == 0


def test_what_nobody_decides_about_is_let_go_after_two_weeks(house: House, budi: Talk) -> None:
    send(budi, "notula.pdf", pictures.pdf())
    house.advance(days=intake.KEPT_DAYS - 1)
    assert newest(house).state == intake.READY
    house.advance(days=2)
    row = newest(house)
    assert (row.state, row.parts) == (intake.CANCELLED, [])


# versions and files back ---------------------------------------------------------------------------


@pytest.mark.db
def test_a_new_version_leaves_the_old_one(house: House, budi: Talk) -> None:
    save(send(budi, "notula.pdf", pictures.pdf()))
    evidence_id = house.read(lambda s: s.exec(select(Evidence.id)).one())
    budi.type("/menu").tap_data(routes.EVIDENCE_REPLACE(evidence_id).pack())
    budi.send_file("notula ttd.pdf", pictures.pdf(note="ttd"))
    house.send_due()
    save(budi)
    versions = house.read(lambda s: s.exec(select(EvidenceVersion).order_by(col(EvidenceVersion.no))).all())
    assert [v.no for v in versions] == [1, 2]
    assert house.edge.store.get(versions[0].sha256) == pictures.pdf()
    budi.type("/menu").tap_data(routes.EVIDENCE_SEND(evidence_id, 0).pack())
    sent = next(m for m in reversed(budi.messages) if "document" in m)
    assert house.standin.store.content(sent["document"]["file_id"]) == pictures.pdf(note="ttd")


def test_a_single_photo_comes_back_as_a_photo_without_its_place(house: House, budi: Talk) -> None:
    ready_for(budi).send_file("IMG_1.jpg", pictures.jpeg(64, 48, turned=True, gps=True), "image/jpeg")
    house.send_due()
    save(budi)
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    with Image.open(io.BytesIO(house.edge.store.get(version.sha256))) as image:
        assert (image.size, dict(image.getexif())) == ((48, 64), {})


# links ---------------------------------------------------------------------------------------------


def send_link(talk: Talk, text: str) -> Talk:
    ready_for(talk).type(text)
    talk.house.send_due()
    return talk


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("https://drive.google.com/drive/folders/buka", "open"),
        ("https://drive.google.com/drive/folders/terkunci", "locked"),
        ("https://drive.google.com/hilang", "unknown"),
        ("https://s.id/BuktiZI", "unknown"),
        ("https://contoh.example/bukti", "unknown"),
    ],
)
def test_a_link_is_looked_at_in_a_job_and_kept_with_what_was_seen(
    house: House, budi: Talk, text: str, state: str
) -> None:
    send_link(budi, text)
    asked = list(house.links.asked)
    save(budi)
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    assert (version.kind, version.url, version.link_state) == ("link", text, state)
    assert bool(asked) == ("google" in text), "only hosts of the list are asked"


def test_the_same_link_again_is_the_same_evidence(house: House, budi: Talk) -> None:
    for _ in range(2):
        save(send_link(budi, "https://drive.google.com/drive/folders/buka"))
    assert count(house, Evidence) == 1


def test_a_link_is_looked_at_again_and_its_sender_told_when_it_was_locked(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(send_link(budi, "https://drive.google.com/drive/folders/buka"))
    house.links.asked.clear()
    house.advance(days=10)
    assert house.links.asked == []
    monkeypatch.setattr(house.links, "_look", lambda _url: "locked")
    before = len(budi.messages)
    house.advance(days=6)
    version = house.read(lambda s: s.exec(select(EvidenceVersion)).one())
    assert version.link_state == "locked"
    assert house.clock.now() - version.checked_at < timedelta(days=6)
    assert len(budi.messages) == before + 1
    assert "terkunci" in budi.text


@pytest.mark.db
def test_two_who_save_the_same_file_at_once_make_one_evidence(house: House, budi: Talk, unit_id: int) -> None:
    sari = house.member(unit_id, "anggota", "PW", "Sari Contoh")
    intakes = []
    for talk in (budi, sari):
        send(talk, "notula.pdf", pictures.pdf(), CAPTION)
        row = newest(house)
        intakes.append((talk, routes.INTAKE_SAVE(row.id or 0, row.revision).pack()))
    for talk, data in intakes:
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], data)
    house.deliver()  # answers both at the same time, in threads
    assert (count(house, Evidence), count(house, EvidenceUse)) == (1, 1)
    states = house.read(lambda s: s.exec(select(Intake.state)).all())
    assert list(states) == [intake.SAVED, intake.SAVED]


def test_links_are_looked_at_more_often_before_a_deadline(house: House, budi: Talk, unit_id: int) -> None:
    save(send_link(budi, "https://drive.google.com/drive/folders/buka"))
    save(send_link(budi, "https://contoh.example/bukti"))
    with house.writing() as session:
        due = house.clock.now() + timedelta(days=9)
        session.add(
            Deadline(
                assessment_id=newest(house).assessment_id,
                unit_id=unit_id,
                scope="tpi",
                due_at=due,
                set_at=house.clock.now(),
            )
        )
    house.links.asked.clear()
    house.advance(days=1)
    assert house.links.asked == []
    house.advance(days=3)
    assert len(house.links.asked) == 1
    house.advance(days=3)
    assert len(house.links.asked) == 2
