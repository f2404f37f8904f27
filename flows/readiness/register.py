"""The survey register: what stands in it, and which of it feeds the score.

The rule by which a survey stands for a result item is in `flows.readiness.feeds`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import UNIT_SIDE, Assessment, Survey, Unit
from flows.readiness import periods
from flows.readiness.feeds import FEEDS as FEEDS
from flows.readiness.feeds import WINDOW_YEARS as WINDOW_YEARS
from flows.readiness.feeds import counts_for as counts_for
from flows.readiness.feeds import feeding as feeding
from flows.readiness.feeds import index_of as index_of
from flows.readiness.feeds import indexes as indexes
from flows.readiness.feeds import period_of as period_of
from flows.readiness.feeds import surveys_of as surveys_of
from flows.readiness.periods import Period
from flows.readiness.survey_values import FIELDS
from flows.turn import Turn

KINDS = ("SPAK", "SPKP", "SKM")
AREA = "PP"
"""The area (6, public service) whose team keeps the register, beside the coordinator."""

_GONE = "Survei ini tidak ada dalam daftar unit Anda."
_CHANGED = "Survei ini baru saja diubah. Ini keadaan terbaru; isian Anda tadi belum disimpan."


@dataclass(frozen=True, slots=True)
class Register:
    """A unit's surveys, newest period first, and those that feed the score by result item.

    `closed`: the closed year that the survey being looked at was scored in, 0 for none.
    """

    surveys: tuple[Survey, ...]
    feeding: Mapping[str, Survey]
    may_edit: bool
    closed: int = 0

    def of(self, kind: str) -> tuple[Survey, ...]:
        """The surveys of a kind, newest period first."""
        return tuple(each for each in self.surveys if each.kind == kind)


def register(turn: Turn, where: checklist.Current) -> Register:
    """The register of the open unit."""
    found = surveys_of(turn.session, where.unit)
    may = policy.can(turn.actor, "answer", where.unit, AREA)
    at = where.assessment
    return Register(found, feeding(found, at.year, where.instrument, at.archived_at), may)


def survey(turn: Turn, survey_id: int, *, lock: bool = False) -> Survey:
    """One survey of the open unit. Raises Missing for any other."""
    where = checklist.current(turn)
    query = select(Survey).where(Survey.id == survey_id, Survey.unit_id == where.unit.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = turn.session.exec(query).first()
    if found is None:
        raise Missing(_GONE, next=routes.SURVEYS(0), survey_id=survey_id)
    return found


def closed_by(turn: Turn, found: Survey) -> int:
    """The closed year of the open unit whose score the survey is part of, 0 for none: it only rests then."""
    if found.kind not in FEEDS:
        return 0
    closed = turn.session.exec(
        select(Assessment)
        .where(
            Assessment.unit_id == found.unit_id,
            Assessment.side == UNIT_SIDE,
            col(Assessment.archived_at).is_not(None),
        )
        .order_by(col(Assessment.year).desc())
    ).all()
    return next((row.year for row in closed if counts_for(found, row.year, row.archived_at)), 0)


def require_open(turn: Turn, found: Survey) -> None:
    """Raise NotAllowed for a survey that a closed year was scored with."""
    year = closed_by(turn, found)
    if year:
        raise NotAllowed(
            f"Survei ini dipakai dalam nilai LKE {year} yang sudah ditutup, jadi hanya dibaca. Bila keliru, "
            f"admin instansi dapat membuka kembali {year} di Tahun LKE. Survei baru tetap dapat ditambah.",
            next=routes.SURVEY(found.id or 0),
        )


def may_edit(turn: Turn) -> bool:
    """Whether the actor keeps the register of the open unit."""
    return policy.can(turn.actor, "answer", turn.unit, AREA)


def writable_unit(turn: Turn, unit_id: int) -> Unit:
    """The open unit, for those who keep its register. Raises Outdated when the button is of another."""
    where = checklist.current(turn)
    if where.unit.id != unit_id:
        raise Outdated(
            f"Tombol ini dari unit lain, jadi belum ada yang disimpan. Yang terbuka: {where.unit.name}.",
            next=routes.SURVEYS(0),
        )
    policy.require(turn.actor, "answer", where.unit, AREA)
    return where.unit


def add(turn: Turn, unit_id: int, kind: str, period: Period) -> tuple[int, bool]:
    """Open a survey; its id, and whether it is new. Raises BadInput for a period that has not begun."""
    unit = writable_unit(turn, unit_id)
    if kind not in KINDS or not periods.is_part(period.part):
        raise Missing(_GONE, next=routes.SURVEYS(0))
    fitting_period(turn, period, routes.SURVEY_PERIOD(unit_id, kind))
    session = turn.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    person_id = turn.actor.person_id
    row = {
        "unit_id": unit.id,
        "kind": kind,
        "year": period.year,
        "part": period.part,
        "report": "",
        "published": "",
        "follow_up": "",
        "added_by": person_id,
        "added_at": turn.now,
        "changed_by": person_id,
        "changed_at": turn.now,
        "revision": 1,
    }
    statement = (
        insert(Survey)
        .values(row)
        .on_conflict_do_nothing(index_elements=["unit_id", "kind", "year", "part"])
        .returning(col(Survey.id))
    )
    made = session.connection().execute(statement).scalar()
    if made is not None:
        audit.record(turn, "survei.tambah", f"{made}", unit.id, kind=kind, year=period.year, part=period.part)
        return int(made), True
    standing = session.exec(
        select(Survey.id).where(
            Survey.unit_id == unit.id,
            Survey.kind == kind,
            Survey.year == period.year,
            Survey.part == period.part,
        )
    ).one()
    return int(standing or 0), False


def fitting_period(turn: Turn, period: Period, prompt: routes.Action) -> None:
    """Raise BadInput for a period that has not begun or is long gone."""
    if period.year < periods.FIRST_YEAR:
        raise BadInput(
            f"Tahun {period.year} terlalu lama. Ketik periodenya, misalnya TW I 2027.", next=prompt
        )
    if period.starts > turn.today:
        raise BadInput(
            f"{period.name} belum mulai, jadi belum ada surveinya. Belum ada yang disimpan.", next=prompt
        )


def write(turn: Turn, survey_id: int, field: str, seen: int, value: object) -> Survey:
    """Put `value` (as read by `survey_values`; a Period for "periode") into a field. Raises Outdated."""
    found = survey(turn, survey_id, lock=True)
    policy.require(turn.actor, "answer", turn.unit, AREA)
    require_open(turn, found)
    prompt = routes.SURVEY_FIELD(survey_id, field, 0)
    if found.revision != seen:
        raise Outdated(_CHANGED, next=routes.SURVEY(survey_id), survey_id=survey_id)
    if isinstance(value, Period):
        fitting_period(turn, value, prompt)
        _free(turn, found, value, prompt)
        found.year, found.part = value.year, value.part
    else:
        setattr(found, FIELDS[field].column, value)
    found.changed_by, found.changed_at = turn.actor.person_id, turn.now
    turn.session.add(found)
    turn.session.flush()
    audit.record(turn, "survei.ubah", f"{survey_id}", found.unit_id, field=field, revision=found.revision)
    return found


def _free(turn: Turn, row: Survey, period: Period, prompt: routes.Action) -> None:
    taken = turn.session.exec(
        select(Survey.id).where(
            Survey.unit_id == row.unit_id,
            Survey.kind == row.kind,
            Survey.year == period.year,
            Survey.part == period.part,
            Survey.id != row.id,
        )
    ).first()
    if taken is not None:
        raise BadInput(
            f"{row.kind} {period.name} sudah ada dalam daftar. Belum ada yang diubah.", next=prompt
        )


def delete(turn: Turn, survey_id: int, seen: int) -> None:
    """Take a survey out of the register. Raises Outdated when it was changed meanwhile."""
    found = survey(turn, survey_id, lock=True)
    policy.require(turn.actor, "answer", turn.unit, AREA)
    require_open(turn, found)
    if found.revision != seen:
        raise Outdated(_CHANGED, next=routes.SURVEY(survey_id), survey_id=survey_id)
    facts: dict[str, int | str] = {"kind": found.kind, "year": found.year, "part": found.part}
    audit.record(turn, "survei.hapus", f"{survey_id}", found.unit_id, **facts)
    turn.session.delete(found)
    turn.session.flush()


def trend(surveys: Sequence[Survey]) -> list[tuple[Period, Decimal]]:
    """Periods with an index, oldest first."""
    points = [(period_of(each), index_of(each)) for each in surveys]
    return sorted((period, value) for period, value in points if value is not None)
