"""Units with their teams and everything that falls due in a year, made by chance from a seed.

What is written into the database is remembered here too, so that the oracle needs none of our code.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from flows.models import (
    Agency,
    Assessment,
    Deadline,
    ItemWork,
    Membership,
    Person,
    Pic,
    Task,
    Unit,
)
from knowledge.instrument import Instrument
from knowledge.library import Library

YEAR = 2027
FIRST_DAY, LAST_DAY = date(YEAR, 1, 4), date(YEAR, 12, 31)
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
NAMES = ("Budi", "Sari", "Dewi", "Joko", "Tini", "Rina", "Ani", "Eka", "Agus", "Wati", "Hadi", "Lina")
TASKS = (
    "Susun notula rapat monev",
    "Perbarui papan maklumat pelayanan",
    "Kumpulkan dokumentasi kampanye antigratifikasi",
    "Rekap pengaduan dan tindak lanjutnya",
    "Perbarui standar pelayanan di ruang tunggu",
    "Unggah laporan survei kepuasan",
    "Siapkan bahan sosialisasi benturan kepentingan",
)
TASKS_A_YEAR = 10
OWN_DEADLINES = 18
"""Items of a unit with a deadline of their own."""


@dataclass(slots=True)
class Somebody:
    """A person of a team."""

    id: int
    account: int
    unit: int
    zone: str
    role: str
    area: str = ""
    leave: list[tuple[date, date]] = field(default_factory=list)

    def away(self, day: date) -> bool:
        """On leave that day."""
        return any(first <= day <= last for first, last in self.leave)


@dataclass(slots=True)
class Matter:
    """Something due; whom it concerns follows from `kind`. It is done on the day `done_on` at 10.00."""

    unit: int
    kind: str
    ref: str
    what: str
    due_on: date
    row_id: int
    person: int = 0
    done_on: date | None = None


@dataclass(slots=True)
class Town:
    """Everything of the run."""

    people: dict[int, Somebody] = field(default_factory=dict)
    matters: list[Matter] = field(default_factory=list)
    pics: dict[tuple[int, str], int] = field(default_factory=dict)  # unit, item -> person
    items_done: dict[tuple[int, str], date | None] = field(default_factory=dict)
    assessments: dict[int, int] = field(default_factory=dict)

    def of_unit(self, unit: int) -> list[Matter]:
        """What falls due there."""
        return [m for m in self.matters if m.unit == unit]


def working(chance: random.Random, first: date, last: date) -> date:
    """A weekday between two days."""
    while True:
        day = first + timedelta(days=chance.randrange((last - first).days + 1))
        if day.weekday() < 5:
            return day


def done(chance: random.Random, due_on: date) -> date | None:
    """When it is done: mostly in time, some late, a few never."""
    luck = chance.random()
    if luck < 0.72:
        return max(FIRST_DAY, due_on - timedelta(days=chance.randrange(0, 12)))  # the year begins then
    return due_on + timedelta(days=chance.randrange(1, 26)) if luck < 0.95 else None


def settle(session: Session, library: Library, units: int, seed: int) -> Town:
    """Make the units with a team of twelve each and their year."""
    chance = random.Random(seed)
    instrument = library.instrument("lke-2021")
    town = Town()
    agency = Agency(name="Instansi Contoh", created_at=_start())
    session.add(agency)
    session.flush()
    for number in range(units):
        _unit(session, instrument, town, agency.id or 0, number, chance)
    session.flush()
    return town


def _start() -> datetime:
    return datetime.combine(FIRST_DAY - timedelta(days=3), time(2), UTC)


def _unit(
    session: Session, instrument: Instrument, town: Town, agency: int, number: int, chance: random.Random
) -> None:
    zone = chance.choices(list(ZONES), (6, 3, 1))[0]
    unit = Unit(
        agency_id=agency, name=f"Kantor Layanan {number + 1} (contoh)", zone=zone, created_at=_start()
    )
    session.add(unit)
    session.flush()
    assert unit.id is not None
    unit.path = f"/{unit.id}/"
    assessment = Assessment(
        unit_id=unit.id, year=YEAR, target="WBK", instrument_id=instrument.id, created_at=_start()
    )
    session.add(assessment)
    session.flush()
    town.assessments[unit.id] = assessment.id or 0
    team = _team(session, instrument, town, agency, unit, chance)
    _duties(session, instrument, town, unit.id, team, chance)
    _deadlines(session, instrument, town, unit, chance)
    _tasks(session, town, unit.id, team, chance)


def _team(
    session: Session, instrument: Instrument, town: Town, agency: int, unit: Unit, chance: random.Random
) -> list[Somebody]:
    areas = [area.id for area in instrument.areas]
    roles = [("koordinator", ""), *(("ketua", a) for a in areas), *(("anggota", a) for a in areas[:5])]
    team: list[Somebody] = []
    for role, area in roles:
        account = 1_000_000 + len(town.people)
        name = f"{NAMES[len(team) % len(NAMES)]} (contoh)"
        person = Person(telegram_id=account, name=name, created_at=_start(), consent_at=_start())
        session.add(person)
        session.flush()
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=agency,
                unit_id=unit.id,
                role=role,
                area=area or None,
                created_at=_start(),
            )
        )
        one = Somebody(person.id or 0, account, unit.id or 0, unit.zone, role, area)
        if chance.random() < 0.4:
            first = working(chance, FIRST_DAY + timedelta(days=20), LAST_DAY - timedelta(days=40))
            one.leave.append((first, first + timedelta(days=chance.randrange(1, 12))))
        town.people[one.id] = one
        team.append(one)
    return team


def _duties(
    session: Session,
    instrument: Instrument,
    town: Town,
    unit: int,
    team: list[Somebody],
    chance: random.Random,
) -> None:
    """Everybody of an area is PIC of some of its sub-components; the coordinator of the results."""
    assessment = town.assessments[unit]
    scopes: dict[str, int] = {"H": team[0].id}
    for area in instrument.areas:
        pokja = [p for p in team if p.area == area.id]
        for sub_id in dict.fromkeys(i.sub_id for i in area.indicators):
            scopes[sub_id] = chance.choice(pokja).id
    for scope, person in scopes.items():
        session.add(Pic(assessment_id=assessment, scope=scope, person_id=person, set_at=_start()))
    for item in instrument.area_order:
        town.pics[(unit, item.id)] = scopes[item.sub_id]
        town.items_done[(unit, item.id)] = done(
            chance, date(YEAR, 3, 1) + timedelta(days=chance.randrange(20))
        )
    for result in instrument.results:
        town.pics[(unit, result.id)] = team[0].id
        town.items_done[(unit, result.id)] = date(YEAR, 4, 1)


def _deadlines(
    session: Session, instrument: Instrument, town: Town, unit: Unit, chance: random.Random
) -> None:
    unit_id = unit.id or 0
    wanted: list[tuple[str, str, str, date]] = [
        ("tpi", "", "Penilaian TPI", date(YEAR, 4, 16)),
        ("pengajuan", "", "Pengusulan nasional", date(YEAR, 5, 31)),
    ]
    for area in instrument.areas:
        day = working(chance, date(YEAR, 2, 15), date(YEAR, 3, 25))
        wanted.append(("area", area.id, f"Area {area.no} {area.name}", day))
    for item in chance.sample(instrument.area_order, OWN_DEADLINES):
        day = date(YEAR, 2, 1) + timedelta(days=chance.randrange(60))  # days off among them
        wanted.append(("item", item.id, f"{item.title} ({item.number})", day))
    for kind, ref, what, day in wanted:
        row = Deadline(
            assessment_id=town.assessments[unit_id],
            unit_id=unit_id,
            scope=kind,
            ref=ref,
            due_at=datetime.combine(day, time(16), ZONES[unit.zone]).astimezone(UTC),
            set_at=_start(),
        )
        session.add(row)
        session.flush()
        ends = done(chance, day) if kind in {"tpi", "pengajuan", "area"} else None
        town.matters.append(Matter(unit_id, kind, ref, what, day, row.id or 0, done_on=ends))


def _tasks(session: Session, town: Town, unit: int, team: list[Somebody], chance: random.Random) -> None:
    for person in team:
        for number in range(TASKS_A_YEAR):
            day = working(chance, FIRST_DAY + timedelta(days=10), LAST_DAY - timedelta(days=45))
            title = f"{chance.choice(TASKS)}, {person.id}-{number + 1}."
            row = Task(unit_id=unit, title=title, person_id=person.id, due_on=day, made_at=_start())
            session.add(row)
            session.flush()
            town.matters.append(
                Matter(unit, "task", str(row.id), title, day, row.id or 0, person.id, done(chance, day))
            )


def carry_out(session: Session, town: Town, day: date, at: datetime) -> None:
    """Everything that people finish on this day."""
    for matter in town.matters:
        if matter.done_on == day:
            if matter.kind == "task":
                task = session.get_one(Task, matter.row_id)
                task.state, task.done_at = "done", at
                session.add(task)
            else:
                row = session.get_one(Deadline, matter.row_id)
                row.done_at = at
                session.add(row)
    for (unit, item), when in town.items_done.items():
        if when == day:
            _finish(session, town.assessments[unit], item, at)


def _finish(session: Session, assessment: int, item: str, at: datetime) -> None:
    query = select(ItemWork).where(ItemWork.assessment_id == assessment, ItemWork.item_id == item)
    row = session.exec(query).first() or ItemWork(assessment_id=assessment, item_id=item)
    row.state, row.decided_at = "approved", at
    session.add(row)
