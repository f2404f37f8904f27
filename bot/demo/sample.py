"""The sample agency (contoh): every name ends in "(contoh)", every figure comes from its answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from bot.demo import (
    sample_announce,
    sample_bulk,
    sample_evidence,
    sample_groups,
    sample_learning,
    sample_meetings,
    sample_outside,
    sample_pact,
    sample_pic,
    sample_prepare,
    sample_registers,
    sample_reminders,
    sample_review,
    sample_schedule,
    sample_season,
    sample_tasks,
    sample_tpi,
)
from bot.demo.control import Person as Someone
from flows.checklist import stored
from flows.models import (
    Agency,
    Answer,
    AnswerChange,
    Assessment,
    AuditEntry,
    Membership,
    Person,
    Survey,
    Unit,
)
from flows.ports import Store
from knowledge.answers import Choice, Item, Ratio
from knowledge.instrument import Indicator, Instrument, ResultItem, load_instruments
from knowledge.library import DATA

AGENCY = "Instansi Contoh"
BRANCH = "Kantor Wilayah (contoh)"
UNIT = "Kantor Layanan (contoh)"
SECOND_UNIT = "Kantor Pratama (contoh)"
FIRST_ID = 700_000_001
GROUP = "Grup ZI Kantor Layanan (contoh)"
GROUP_ID = -1_001_700_000_001
TOPICS = ("Tanya aturan", "Rapat dan jadwal")
CAMPAIGN = "PW.P.1.a"
"""Answered B by the coordinator, two of three documents there, no PIC: for whoever joins pokja 5."""


@dataclass(frozen=True, slots=True)
class Role:
    """A person of the sample with what they are."""

    name: str
    label: str
    note: str
    role: str = ""
    area: str | None = None
    elsewhere: bool = False
    """In the second unit."""


CAST = (
    Role("Budi (contoh)", "Koordinator unit", "Mengatur tim, jadwal, dan pengumuman", "koordinator"),
    Role("Sari (contoh)", "Ketua pokja Area 5", "Memimpin Penguatan Pengawasan", "ketua", "PW"),
    Role("Dewi (contoh)", "Anggota pokja Area 1", "Mengisi Manajemen Perubahan", "anggota", "MP"),
    Role("Rina (contoh)", "Penilai (TPI)", "Menilai LKE unit sebagai anggota TPI", "penilai"),
    Role("Ani (contoh)", "Admin instansi", "Membuat unit dan mengundang koordinator", "admin"),
    Role("Joko (contoh)", "Pendatang baru", "Baru pertama kali membuka bot"),
    Role("Tini (contoh)", "Sekretaris tim", "Mengisi dan mengunggah atas nama PIC", "sekretaris"),
    Role("Pak Hadi (contoh)", "Pimpinan unit", "Membaca dan mengesahkan penilaian mandiri", "pimpinan"),
    Role("Wati (contoh)", "Ketua TPI", "Memimpin penilaian dan mengesahkan putaran", "penilai"),
    Role("Yoga (contoh)", "Pengendali teknis", "Mengesahkan putaran penilaian TPI", "penilai"),
    Role(
        "Lina (contoh)",
        "Ketua pokja unit kedua",
        "Unitnya sebentar lagi dievaluasi TPN",
        "ketua",
        "PP",
        elsewhere=True,
    ),
)


def people() -> list[Someone]:
    """The cast with their Telegram ids, in the order shown."""
    return [Someone(FIRST_ID + i, r.name, r.label, r.note) for i, r in enumerate(CAST)]


def in_group() -> list[int]:
    """The Telegram ids of those who talk in the team's group: the unit's own people."""
    return [
        FIRST_ID + i
        for i, r in enumerate(CAST)
        if r.role in {"koordinator", "ketua", "anggota"} and not r.elsewhere
    ]


def fill(session: Session, now: datetime, store: Store | None = None, photo: str = "") -> list[Someone]:
    """Write the sample into an empty database as of `now`. Returns the cast.

    The bytes of its evidence go into the store; without one only the rows are there. `photo` is the file_id
    of the picture of an announcement.
    """
    instrument = load_instruments(DATA / "instruments")["lke-2021"]
    agency = Agency(name=AGENCY, is_sample=True, created_at=now)
    session.add(agency)
    session.flush()
    branch = _unit(session, agency, None, "kanwil", BRANCH, now)
    unit = _unit(session, agency, branch, "satker", UNIT, now)
    second = _unit(session, agency, branch, "satker", SECOND_UNIT, now)
    year = now.year + (1 if now.month > 6 else 0)
    persons = [
        _person(session, agency, second if r.elsewhere else unit, FIRST_ID + i, r, now)
        for i, r in enumerate(CAST)
    ]
    assessment = _assessment(session, unit, year, now)
    writers = {"MP": persons[2], "PW": persons[1]}
    _answers(session, assessment, instrument, writers, persons[0], now)
    _surveys(session, unit, year, persons[0], now)
    sample_registers.sample(session, unit, persons, now)
    sample_outside.sample(session, unit, year, persons, now)
    sample_schedule.sample(session, unit, assessment, instrument, persons[0], now)
    sample_pact.sample(session, unit, assessment, persons, now, store)
    sample_learning.fill(session, agency, unit, persons[2], persons[4], now)
    sample_pic.sample(session, unit, assessment, persons, now)
    sample_evidence.sample(session, unit, assessment, persons, now, store)
    sample_tasks.sample(session, unit, assessment, persons, now)
    sample_reminders.sample(session, unit, assessment, persons, now)
    sample_meetings.fill(session, unit, assessment, persons, now)
    boss = next((person for person, each in zip(persons, CAST, strict=True) if each.role == "admin"), None)
    sample_season.sample(session, (unit, second), year, persons[0], boss, now)
    sample_groups.sample(session, unit, GROUP_ID, GROUP, persons[0], now)
    sample_announce.sample(session, unit, persons, now, photo)
    sample_prepare.walk(session, unit, assessment, persons, now, photo)
    sample_prepare.drills(session, second, _assessment_of(session, second), persons[-1], now)
    sample_bulk.sample(session, agency, persons[4], now, store)
    if persons[0] is not None and persons[2] is not None:
        team = {"koordinator": persons[0], "anggota": persons[2]}
        sample_review.sample(session, unit, assessment, team, now)
    by_label = {cast.label: person for cast, person in zip(CAST, persons, strict=True) if person is not None}
    sample_tpi.sample(
        session,
        unit,
        assessment,
        instrument,
        {
            sample_tpi.MEMBER: by_label["Penilai (TPI)"],
            sample_tpi.LEAD: by_label["Ketua TPI"],
            sample_tpi.CONTROL: by_label["Pengendali teknis"],
        },
        {"koordinator": by_label["Koordinator unit"], "ketua": by_label["Ketua pokja Area 5"]},
        now,
    )
    return people()


def _unit(session: Session, agency: Agency, parent: Unit | None, kind: str, name: str, now: datetime) -> Unit:
    unit = Unit(
        agency_id=agency.id or 0,
        parent_id=parent.id if parent else None,
        kind=kind,
        name=name,
        zone="WIB",
        created_at=now,
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    if name == SECOND_UNIT or kind == "kanwil":
        year = now.year + (1 if now.month > 6 else 0)
        _assessment(session, unit, year, now)
    return unit


def _assessment_of(session: Session, unit: Unit) -> Assessment:
    return session.exec(select(Assessment).where(Assessment.unit_id == unit.id)).one()


def _assessment(session: Session, unit: Unit, year: int, now: datetime) -> Assessment:
    assessment = Assessment(
        unit_id=unit.id or 0, year=year, target="WBK", instrument_id="lke-2021", created_at=now
    )
    session.add(assessment)
    session.flush()
    return assessment


def _person(
    session: Session, agency: Agency, unit: Unit, telegram_id: int, cast: Role, now: datetime
) -> Person | None:
    if not cast.role:
        return None
    person = Person(telegram_id=telegram_id, name=cast.name, created_at=now, consent_at=now)
    session.add(person)
    session.flush()
    session.add(
        Membership(
            person_id=person.id or 0,
            agency_id=agency.id or 0,
            unit_id=None if cast.role == "admin" else unit.id,
            role=cast.role,
            area=cast.area,
            created_at=now,
        )
    )
    return person


def _answers(
    session: Session,
    assessment: Assessment,
    instrument: Instrument,
    writers: dict[str, Person | None],
    coordinator: Person | None,
    now: datetime,
) -> None:
    """Nine of ten indicators answered over the last weeks, so that there is work to see."""
    items: list[Item] = [i for n, i in enumerate(instrument.area_order) if n % 10 != 9]
    items.append(instrument.result("H.1.b"))
    for position, item in enumerate(items):
        area_id = item.area_id if isinstance(item, Indicator) else ""
        writer = (writers.get(area_id) if item.id != CAMPAIGN else None) or coordinator
        step = 1 if position % 4 == 1 or (area_id == "PW" and position % 3 != 0) or item.id == CAMPAIGN else 0
        answer = _sample_answer(item, step)
        choice, inputs = stored.columns(answer)
        at = now - timedelta(days=40 - position * 40 // len(items), hours=2)
        person_id = writer.id if writer else None
        session.add(
            Answer(
                assessment_id=assessment.id or 0,
                item_id=item.id,
                choice=choice,
                inputs=inputs,
                answered_by=person_id,
                answered_at=at,
            )
        )
        session.add(
            AnswerChange(
                assessment_id=assessment.id or 0,
                item_id=item.id,
                person_id=person_id,
                at=at,
                kind="answer",
                after={"choice": choice, "inputs": inputs, "rev": 1},
            )
        )
        # As a real answer does: the board tells by it when a unit was last active.
        session.add(
            AuditEntry(
                at=at,
                unit_id=assessment.unit_id,
                person_id=person_id,
                act="lke.answer",
                subject=f"{assessment.id}/{item.id}",
                facts={"revision": 1},
            )
        )


def _sample_answer(item: Item, step: int) -> Choice | Ratio:
    if isinstance(item, ResultItem):
        return Choice("C")
    if item.options:
        return Choice(item.options[min(step, len(item.options) - 1)].key)
    counts: dict[str, Any] = {i.key: 4 for i in item.inputs}
    formula = item.formula
    if formula is not None and formula.denominator:
        done = 4 * len(formula.denominator) - step
        counts |= dict.fromkeys(formula.numerator, done)
    return Ratio(counts)


def _surveys(session: Session, unit: Unit, year: int, coordinator: Person | None, now: datetime) -> None:
    """The anti-corruption survey stands just under its limit, the service survey above."""
    for kind, part, index, respondents in (
        ("SPAK", "S1", 34_400, 118),
        ("SPAK", "S2", 35_200, 124),
        ("SPKP", "S2", 34_400, 124),
    ):
        person_id = coordinator.id if coordinator else None
        session.add(
            Survey(
                unit_id=unit.id or 0,
                kind=kind,
                year=year - 1,
                part=part,
                index_10k=index,
                respondents=respondents,
                added_by=person_id,
                added_at=now - timedelta(days=20),
                changed_by=person_id,
                changed_at=now - timedelta(days=20),
            )
        )
