"""A unit with one row of everything, and one person of every kind; every text of it carries its mark."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from flows.board.standing import compute
from flows.importing.service import OURS
from flows.models import (
    SERVICE_SIDE,
    AgencyEntry,
    Announcement,
    AnnouncementReceipt,
    Answer,
    AnswerChange,
    ApiToken,
    Assessment,
    BulkImport,
    BulkPart,
    ChatState,
    Deadline,
    DrillEnrolment,
    DrillRound,
    Endorsement,
    EntryImport,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    GroupClaim,
    Handover,
    Intake,
    Invite,
    ItemWork,
    Job,
    JoinRequest,
    LetterTemplate,
    LheNote,
    LinkedGroup,
    LkeImport,
    Meeting,
    MeetingPart,
    Membership,
    Outbox,
    Person,
    Pic,
    RegisterEntry,
    RegisterImport,
    Reminder,
    SeasonRound,
    SeasonUnit,
    SharedEvidence,
    SharedVersion,
    StageResult,
    StoredFile,
    Survey,
    Task,
    TeamQuestion,
    TpiAssignment,
    TpiFinding,
    TpiNote,
    TpiRound,
    Unit,
    UnitRequest,
    UnmetQuestion,
    Walk,
    WalkMark,
    WalkPhoto,
)
from flows.registration.service import payload_of
from flows.tables import Table
from knowledge.service_check import service_check
from tests.support.house import House
from tests.support.world_pact import pact

AREA, OTHER_AREA = "MP", "PW"


@dataclass(slots=True)
class World:
    """Ids by word, and the Telegram ids of its people by kind."""

    mark: str
    ids: dict[str, int | str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def furnish(house: House, mark: str, first_account: int) -> World:
    """A new agency with a branch, a unit below it, its people and one row of everything."""
    world = World(mark)
    at = house.clock.now()
    agency_id = house.agency(f"Instansi {mark}")
    branch_id = house.unit(f"Wilayah {mark}", agency_id, kind="kanwil")
    unit_id = house.unit(f"Kantor {mark}", agency_id, parent_id=branch_id)
    with house.writing() as session:
        unit = session.get_one(Unit, unit_id)
        _people(session, world, unit, branch_id, first_account, at)
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit_id)).one()
        indicator = next(
            i for i in house.library.instrument().area_order if i.area_id == AREA and len(i.options) == 3
        )
        world.ids |= {
            "agency": agency_id,
            "unit": unit_id,
            "assessment": assessment.id or 0,
            "area": AREA,
            "item": indicator.id,
            "sub": indicator.sub_id,
            "rev": 1,
        }
        _rows(session, world, unit, indicator.id, at)
        world.ids["payload"] = payload_of(session, session.get_one(Invite, world.ids["invite"]))
        compute(session, house.library, [unit_id], at)
    return world


ROLES: tuple[tuple[str, str, str | None], ...] = (
    ("anggota", "anggota", AREA),
    ("ketua", "ketua", AREA),
    ("ketua lain", "ketua", OTHER_AREA),
    ("koordinator", "koordinator", None),
    ("sekretaris", "sekretaris", None),
    ("pimpinan", "pimpinan", None),
    ("penilai", "penilai", None),
    ("pendamping", "pendamping", None),
    ("wilayah", "wilayah", None),
    ("admin", "admin", None),
    ("keluar", "koordinator", None),
    ("Plt usai", "koordinator", None),
)
"""Kind, role, area. "keluar" was removed; "Plt usai" stood in until yesterday."""


def _people(session: Session, world: World, unit: Unit, branch_id: int, account: int, at: datetime) -> None:
    for number, (kind, role, area) in enumerate(ROLES):
        person = Person(
            telegram_id=account + number, name=f"{kind} {world.mark}", created_at=at, consent_at=at
        )
        session.add(person)
        session.flush()
        held = Membership(
            person_id=person.id or 0,
            agency_id=unit.agency_id,
            unit_id=None if role == "admin" else branch_id if role == "wilayah" else unit.id,
            role=role,
            area=area,
            created_at=at,
        )
        if kind == "keluar":
            held.revoked_at = at
        elif kind == "Plt usai":
            yesterday = at.date() - timedelta(days=1)
            held.acting, held.starts_on, held.ends_on = "Plt", yesterday - timedelta(days=30), yesterday
        session.add(held)
        if kind in {"admin", "wilayah", "keluar", "Plt usai"}:  # they had the unit open
            session.add(ChatState(chat_id=account + number, telegram_id=account + number, unit_id=unit.id))
        session.flush()
        world.people[kind] = account + number
        world.ids[f"person {kind}"], world.ids[f"member {kind}"] = person.id or 0, held.id or 0
    world.ids["person"], world.ids["member"] = world.ids["person anggota"], world.ids["member anggota"]
    world.ids["other"] = world.ids["person ketua"]


def _kept(session: Session, world: World, word: str, row: Table) -> None:
    session.add(row)
    session.flush()
    world.ids[word] = row.id  # type: ignore[attr-defined]


def _rows(session: Session, world: World, unit: Unit, item: str, at: datetime) -> None:
    mark, unit_id, agency_id = world.mark, unit.id or 0, unit.agency_id
    assessment, me, lead = (int(world.ids[w]) for w in ("assessment", "person", "person koordinator"))
    account = world.people["anggota"]
    of_item: dict[str, Any] = {"assessment_id": assessment, "item_id": item}

    def keep(word: str, row: Table) -> None:
        _kept(session, world, word, row)

    keep("answer", Answer(**of_item, choice="B", note=f"Catatan {mark}", answered_by=me, answered_at=at))
    after = {"choice": "B", "inputs": None, "rev": 1, "text": f"Tanya {mark}"}
    keep("change", AnswerChange(**of_item, person_id=me, at=at, kind="answer", after=after))
    world.ids["seen"] = world.ids["change"]
    keep("pic", Pic(assessment_id=assessment, scope=AREA, person_id=int(world.ids["other"]), set_at=at))
    keep("work", ItemWork(**of_item, state="waiting", sent_by=me, sent_at=at))
    keep("deadline", Deadline(assessment_id=assessment, unit_id=unit_id, scope="area", ref=AREA,
                              due_at=at + timedelta(days=7), set_by=lead, set_at=at))  # fmt: skip
    survey = Survey(unit_id=unit_id, kind="SPAK", year=2026, part="T4", added_at=at, changed_at=at)
    survey.index_10k, survey.report = 35200, f"Laporan {mark}"
    keep("survey", survey)
    _registers(session, world, unit_id, at)
    world.ids.update(pact(session, world.ids, world.mark, unit_id, at))
    _service(session, world, unit_id, at)
    invite = Invite(agency_id=agency_id, unit_id=unit_id, role="anggota", area=AREA, created_by=lead,
                    created_at=at, expires_at=at + timedelta(days=7))  # fmt: skip
    keep("invite", invite)
    asker = Person(telegram_id=account + 50, name=f"Pemohon {mark}", created_at=at, consent_at=at)
    keep("asker", asker)
    keep(
        "join", JoinRequest(invite_id=invite.id or 0, unit_id=unit_id, person_id=asker.id or 0, created_at=at)
    )
    # A wish for a unit belongs to no agency yet: every admin sees it, so it bears no mark.
    nobody = Person(telegram_id=account + 60, name="Pemohon unit", created_at=at, consent_at=at)
    keep("wisher", nobody)
    keep("request", UnitRequest(person_id=nobody.id or 0, unit_name="Unit baru yang diminta", created_at=at))
    keep("news", Announcement(unit_id=unit_id, created_by=lead, text=f"Umum {mark}", state="draft",
                              created_at=at))  # fmt: skip
    keep("news_sent", Announcement(unit_id=unit_id, created_by=lead, text=f"Rapat {mark}", state="done",
                                   kind="rapat", reached_to=-1, created_at=at, sent_at=at))  # fmt: skip
    session.add(Outbox(key=f"umum:{world.ids['news_sent']}:{me}", chat_id=account, person_id=me, state="sent",
                       action=f"umum.terima:{world.ids['news_sent']}", created_at=at, sent_at=at,
                       announcement_id=int(world.ids["news_sent"])))  # fmt: skip
    session.add(AnnouncementReceipt(announcement_id=int(world.ids["news_sent"]), person_id=me, read_at=at,
                                    absent_at=at, reason=f"Alasan {mark}"))  # fmt: skip
    keep("question", TeamQuestion(agency_id=agency_id, unit_id=unit_id, asker_id=me, named=True,
                                  text=f"Tanya {mark}", asked_at=at))  # fmt: skip
    keep("unmet", UnmetQuestion(agency_id=agency_id, unit_id=unit_id, text=f"belum terjawab {mark}",
                                key=f"belum terjawab {mark}", reason="unknown", kind="unknown",
                                at=at))  # fmt: skip
    keep("entry", AgencyEntry(agency_id=agency_id, questions=[f"apa {mark}"], short=f"Jawaban {mark}",
                              state="active", revision=1, made_at=at, changed_at=at))  # fmt: skip
    boss = int(world.ids["person admin"])
    keep("entries", EntryImport(agency_id=agency_id, person_id=boss, chat_id=world.people["admin"],
                                file_name=f"{mark}.xlsx", state="ready", created_at=at))  # fmt: skip
    keep("import", LkeImport(assessment_id=assessment, unit_id=unit_id, person_id=lead,
                             chat_id=world.people["koordinator"], file_name=f"{mark}.xlsx", state="failed",
                             created_at=at))  # fmt: skip
    _files(session, world, unit_id, item, at)
    _before_evaluation(session, world, unit_id, at)
    _agency_side(session, world, agency_id, item, at)
    _evidence(session, world, unit_id, item, at)
    keep("intake", Intake(unit_id=unit_id, assessment_id=assessment, person_id=me, chat_id=account,
                          caption=f"Kiriman {mark}", url="https://drive.google.com/x", item_id=item,
                          state="ready", created_at=at))  # fmt: skip
    keep("task", Task(unit_id=unit_id, **of_item, title=f"Tugas {mark}", person_id=me, made_by=lead,
                      made_at=at, due_on=date(2027, 2, 26)))  # fmt: skip
    keep("luar", Task(unit_id=unit_id, title=f"Video {mark}", person_id=me, made_by=lead, made_at=at,
                      source="luar", attached={"link": f"https://contoh.go.id/{unit_id}"}))  # fmt: skip
    keep("reminder", Reminder(unit_id=unit_id, person_id=me, kind="task", ref=str(world.ids["task"]),
                              due_on=date(2027, 2, 26), first_told_on=at.date(), last_told_on=at.date(),
                              times_told=1, reason=f"Kendala {mark}", stuck_at=at))  # fmt: skip
    keep("meeting", Meeting(unit_id=unit_id, assessment_id=assessment, title=f"Rapat {mark}",
                            held_on=date(2027, 1, 15), items=[item], made_by=lead, made_at=at))  # fmt: skip
    keep("part", MeetingPart(meeting_id=int(world.ids["meeting"]), kind="foto", sha256=f"{unit_id:064x}",
                             file_name=f"{mark}.jpg", made_by=lead, made_at=at))  # fmt: skip
    template: dict[str, Any] = {"agency_id": agency_id, "code": "sptjm", "state": "ready", "made_by": boss}
    stored: dict[str, Any] = {"sha256": f"{unit_id:064x}", "trial_sha256": f"{unit_id:064x}"}
    keep("template", LetterTemplate(**template, **stored, file_name=f"Templat {mark}.docx", made_at=at))
    keep("handover", Handover(unit_id=unit_id, from_id=lead, to_id=int(world.ids["other"]), content={},
                              made_by=lead, made_at=at))  # fmt: skip
    keep("group", LinkedGroup(unit_id=unit_id, chat_id=-unit_id, title=f"Grup {mark}", linked_by=lead,
                              linked_at=at, board_at=at))  # fmt: skip
    keep("claim", GroupClaim(chat_id=-1000 - unit_id, person_id=lead, title=f"Grup {mark}", at=at))
    _assessors(session, world, unit_id, item, at)
    keep("closed", Assessment(unit_id=unit_id, year=2026, instrument_id="lke-2021", created_at=at,
                              closed_at=at, archived_at=at - timedelta(days=1)))  # fmt: skip
    past = int(world.ids["closed"])
    session.add(Answer(assessment_id=past, item_id=item, choice="A", note=f"Arsip {mark}"))
    of_year: dict[str, Any] = {"year": 2027, "set_at": at}
    keep("season_round", SeasonRound(agency_id=agency_id, **of_year, quota=5, letter=f"B-1 {mark}",
                                     opened_at=at, announced_at=at, set_by=boss))  # fmt: skip
    keep("season", SeasonUnit(agency_id=agency_id, unit_id=unit_id, year=2027, pick="WBK", told="WBK",
                              stage="pra_evaluasi", result="tidak", ended=True, picked_by=boss,
                              picked_at=at))  # fmt: skip
    keep("stage", StageResult(unit_id=unit_id, **of_year, stage="pra_evaluasi", result="tidak",
                              decided_on=at.date(), note=f"Hasil {mark}", set_by=lead))  # fmt: skip
    keep("lhe", LheNote(unit_id=unit_id, year=2026, item_id=item, text=f"LHE {mark}", made_by=lead,
                        made_at=at))  # fmt: skip
    keep("endorsement", Endorsement(assessment_id=assessment, person_id=int(world.ids["person pimpinan"]),
                                    at=at - timedelta(days=1), total="40.00", answered=1,
                                    approved=0))  # fmt: skip


def _assessors(session: Session, world: World, unit_id: int, item: str, at: datetime) -> None:
    """A team of one, a running round, a finding in draft and one that the unit has, a private note."""
    mark, judge = world.mark, int(world.ids["person penilai"])
    lke: dict[str, Any] = {"assessment_id": int(world.ids["assessment"])}
    made: dict[str, Any] = {"made_by": judge, "made_at": at}
    _kept(session, world, "tpi", TpiAssignment(**lke, unit_id=unit_id, person_id=judge, tier="ketua",
                                               made_at=at))  # fmt: skip
    _kept(session, world, "round", TpiRound(**lke, no=1, opened_by=judge, opened_at=at))
    task = Task(unit_id=unit_id, **lke, item_id=item, title=f"Tanggapi {mark}", made_at=at, source="tpi",
                person_id=int(world.ids["other"]), due_on=date(2027, 2, 26))  # fmt: skip
    _kept(session, world, "findingtask", task)
    about: dict[str, Any] = {
        **lke, **made, "unit_id": unit_id, "round_id": int(world.ids["round"]), "item_id": item
    }  # fmt: skip
    _kept(session, world, "finding", TpiFinding(**about, text=f"Catatan {mark}", state="open",
                                                task_id=task.id))  # fmt: skip
    _kept(session, world, "replied", TpiFinding(**about, text=f"Catatan {mark}", state="answered",
                                                answer=f"Tanggapan {mark}", answered_at=at))  # fmt: skip
    _kept(session, world, "draft", TpiFinding(**about, text=f"Rancangan {mark}", due_on=date(2027, 2, 26)))
    session.add(TpiNote(**lke, item_id=item, person_id=judge, text=f"Internal {mark}", at=at))


def _agency_side(session: Session, world: World, agency_id: int, item: str, at: datetime) -> None:
    """A table that the admin has sent, somebody who has not joined, and what the agency shares."""
    mark, boss, unit_id = world.mark, int(world.ids["person admin"]), int(world.ids["unit"])
    table = BulkImport(agency_id=agency_id, person_id=boss, chat_id=world.people["admin"], state="ready",
                       file_name=f"{mark}.xlsx", counts={"orang.baru": 1, "unit.salah": 1}, total=1,
                       problems=[["unit", 3, "nama", f"salah {mark}"]], created_at=at)  # fmt: skip
    _kept(session, world, "table", table)
    line = {"s": "orang", "at": 2, "kind": "baru", "key": f"unit|orang {mark}", "marked": False, "id": None,
            "name": f"Orang Tabel {mark}", "unit": ["unit", unit_id], "role": "anggota",
            "areas": [AREA]}  # fmt: skip
    session.add(BulkPart(import_id=table.id or 0, no=0, lines=[line]))
    waiting = Person(name=f"Belum Bergabung {mark}", created_at=at)
    _kept(session, world, "unjoined", waiting)
    held: dict[str, Any] = {
        "person_id": waiting.id or 0,
        "agency_id": agency_id,
        "unit_id": unit_id,
        "role": "anggota",
    }
    session.add(Membership(**held, area=AREA, created_at=at))
    session.add(Invite(**held, area=AREA, created_by=boss, created_at=at, uses_left=1,
                       expires_at=at + timedelta(days=30)))  # fmt: skip
    session.add(StoredFile(sha256=f"{agency_id + 10_000:064x}", size_bytes=9, mime="application/pdf",
                           stored_at=at))  # fmt: skip
    session.flush()
    _kept(
        session,
        world,
        "token",
        ApiToken(agency_id=agency_id, label=f"Dasbor {mark}", made_by=boss, made_at=at),
    )
    shared = SharedEvidence(agency_id=agency_id, title=f"Bersama {mark}", items=[item], state="active",
                            made_by=boss, made_at=at, published_at=at)  # fmt: skip
    _kept(session, world, "shared", shared)
    session.add(SharedVersion(shared_id=shared.id or 0, sha256=f"{agency_id + 10_000:064x}", state="ready",
                              file_name=f"bersama {mark}.pdf", made_by=boss, made_at=at))  # fmt: skip
    session.flush()


def _service(session: Session, world: World, unit_id: int, at: datetime) -> None:
    """A question of the check of public service, partly done and with a note."""
    row = Assessment(unit_id=unit_id, year=2027, side=SERVICE_SIDE, target="", created_at=at,
                     instrument_id=service_check().instrument.key)  # fmt: skip
    _kept(session, world, "service", row)
    lead = int(world.ids["person koordinator"])
    answer = Answer(assessment_id=row.id or 0, item_id="OM.PD.1", choice="B", answered_by=lead,
                    answered_at=at, note=f"Layanan {world.mark}", note_by=lead, note_at=at)  # fmt: skip
    _kept(session, world, "service_answer", answer)


def _registers(session: Session, world: World, unit_id: int, at: datetime) -> None:
    """A line of every register, and a table that the coordinator has sent."""
    lead, mark = int(world.ids["person koordinator"]), world.mark
    counted = {"selesai": 5, "proses": 2, "belum": 1, "aspirasi": 3}
    change = {"agen": f"Agen {mark}", "perubahan": f"Perubahan {mark}", "tanggal": "2026-09-01"}
    new = {"nama": f"Inovasi {mark}", "masalah": f"Masalah {mark}", "layanan": 2}
    lhkpn = {"kepala": 1, "pejabat": 3, "lainnya": 0, "sudah": 4}
    lhkan = {"administrator": 1, "pengawas": 4, "fungsional_pelaksana": 20, "sudah": 24, "tepat": 20}
    for kind, slot, content in (
        ("lapor", "202608", counted),
        ("agen", None, change),
        ("inovasi", None, new),
        ("lhkpn", "2026", lhkpn),
        ("lhkan", "2026", lhkan),
    ):
        row = RegisterEntry(unit_id=unit_id, kind=kind, slot=slot, content=content, added_by=lead,
                            added_at=at, changed_by=lead, changed_at=at)  # fmt: skip
        _kept(session, world, f"line {kind}", row)
    world.ids["line"] = world.ids["line agen"]
    read = [{"at": 2, "slot": "202609", "values": {"selesai": 1, "proses": 0, "belum": 0}}]
    sent = RegisterImport(unit_id=unit_id, kind="lapor", person_id=lead, chat_id=world.people["koordinator"],
                          file_name=f"{mark}.csv", state="ready", lines=read,
                          problems=[{"at": 3, "why": f"{mark} tidak terbaca sebagai bulan"}],
                          created_at=at)  # fmt: skip
    _kept(session, world, "lines", sent)


def _before_evaluation(session: Session, world: World, unit_id: int, at: datetime) -> None:
    """An evaluation in two weeks, a drill under way, and a walk with a finding and a photo."""
    me, assessment = int(world.ids["person"]), int(world.ids["assessment"])
    session.add(Deadline(assessment_id=assessment, unit_id=unit_id, scope="stage", ref="desk_evaluasi",
                         due_at=at + timedelta(days=14), set_at=at))  # fmt: skip
    session.add(DrillEnrolment(person_id=me, unit_id=unit_id, joined_at=at))
    drill = DrillRound(person_id=me, unit_id=unit_id, cards=["f.tpi", "f.tlhp"], picks=[-1, -1],
                       marks=[-1, -1], begun_on=at.date(), begun_at=at)  # fmt: skip
    _kept(session, world, "drill", drill)
    walk = Walk(unit_id=unit_id, begun_by=me, begun_at=at)
    _kept(session, world, "walk", walk)
    session.add(WalkMark(walk_id=walk.id or 0, point="maklumat", state="rusak", note=f"Temuan {world.mark}",
                         set_by=me, set_at=at))  # fmt: skip
    part = {"file_id": world.mark, "unique_id": "x", "name": "foto.jpg", "mime": "image/jpeg", "size": 9,
            "photo": True, "album": ""}  # fmt: skip
    _kept(session, world, "walkphoto", WalkPhoto(walk_id=walk.id or 0, point="maklumat", file=part,
                                                 taken_by=me, taken_at=at))  # fmt: skip


def _files(session: Session, world: World, unit_id: int, item: str, at: datetime) -> None:
    """A file of ours that the coordinator has sent back, and a document that they have had made."""
    lead, account = int(world.ids["person koordinator"]), world.people["koordinator"]
    side: dict[str, Any] = {"answers": {}, "notes": {}, "held": None}
    cells: dict[str, Any] = {
        "at": None,
        "unit": {**side, "answers": {item: ["A", None]}, "notes": {item: f"Penjelasan {world.mark}"}},
        "tpi": side,
        "troubles": [],
        "decided": {},
    }
    sent = LkeImport(assessment_id=int(world.ids["assessment"]), unit_id=unit_id, person_id=lead,
                     chat_id=account, file_name=f"{world.mark}.xlsx", state="ready", cells={OURS: cells},
                     created_at=at)  # fmt: skip
    _kept(session, world, "returned", sent)
    world.ids["returnedkey"] = f"u.j.{item}"
    part = {"sha256": f"{unit_id:064x}", "name": f"{world.mark}.xlsx", "mime": "x", "size": 1, "caption": "."}
    args = {"code": "lke", "unit_id": unit_id, "params": {}, "person_id": lead, "chat_id": account,
            "message_id": 1, "status": "ready", "made_at": at.isoformat(), "parts": [part],
            "rights": [["koordinator", ""]]}  # fmt: skip
    made = Job(
        key=f"document:{lead}:0:lke", kind="document", args=args, state="done", created_at=at, done_at=at
    )
    _kept(session, world, "document", made)


def _evidence(session: Session, world: World, unit_id: int, item: str, at: datetime) -> None:
    """One piece that the whole team may see, and one of the class "terbatas"."""
    lead = int(world.ids["person koordinator"])
    session.add(StoredFile(sha256=f"{unit_id:064x}", size_bytes=9, mime="application/pdf", stored_at=at))
    session.flush()
    for word, restricted in (("evidence", False), ("restricted", True)):
        piece = Evidence(unit_id=unit_id, title=f"{'Terbatas' if restricted else 'Bukti'} {world.mark}",
                         restricted=restricted, made_by=lead, made_at=at)  # fmt: skip
        _kept(session, world, word, piece)
        session.add(EvidenceVersion(evidence_id=piece.id or 0, sha256=f"{unit_id:064x}", made_by=lead,
                                    file_name=f"{'Terbatas' if restricted else 'berkas'} {world.mark}.pdf",
                                    made_at=at))  # fmt: skip
        session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=int(world.ids["assessment"]),
                                item_id=item, made_by=lead, made_at=at))  # fmt: skip
    session.flush()
