"""The job that applies an import: a portion in each transaction, so that a kill repeats nothing.

A portion goes with the transaction that applied it. Each line is looked at once more against what stands by
then: what somebody did meanwhile is not done twice, and what has become wrong is left out and counted.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, insert, select

from flows import joined, outbox, policy, routes
from flows.admin import refusals, tree
from flows.admin import service as admin
from flows.bulk import present, service, wrong
from flows.bulk.columns import CODE, KIND, NAME, PERSON, TARGET, UNIT, ZONE
from flows.bulk.plan_units import AT_UNIT
from flows.errors import FlowError
from flows.models import AuditEntry, BulkImport, BulkPart, Membership, Person, Unit
from flows.outbox import JobTurn
from flows.slips import service as slips
from flows.turn import Turn, turn_as

YIELD_SECONDS = 0.05
"""Between two portions everybody else gets at the database."""
PROGRESS_STEPS = 10
"""How often on the way the sender's message is edited."""
NOT_ADMIN = (
    "Peran admin Anda berakhir, jadi sisa berkas ini tidak diterapkan. Yang sudah tersimpan tetap ada."
)
DISTURBED = (
    "Penerapan berhenti karena gangguan. Yang sudah tersimpan tetap ada: kirim berkas yang sama lagi, "
    "dan hanya sisanya yang diterapkan."
)


@dataclass(slots=True)
class _Portion:
    """One portion at work."""

    turn: Turn
    row: BulkImport
    counts: Counter[str] = field(default_factory=Counter)
    late: list[list[Any]] = field(default_factory=list)

    def skip(self, line: dict[str, Any], column: str, why: str) -> None:
        """A line that has become wrong since the trial."""
        self.counts[f"{line['s']}.{service.SKIPPED}"] += 1
        self.late.append([line["s"], line["at"], column, why])

    def unit_id(self, ref: list[Any] | None) -> int | None:
        """The unit that a line means, by now; None when it was not made."""
        if ref is None:
            return None
        return int(ref[1]) if ref[0] == AT_UNIT else self.row.made.get(str(ref[1]))


def _gave_up(job: JobTurn) -> None:
    row = job.session.get(BulkImport, int(job.args["import_id"]), with_for_update=True)
    if row is not None and row.state == service.APPLYING:
        _stop(job, row, DISTURBED)


def _stop(job: JobTurn, row: BulkImport, why: str) -> None:
    service.end(job.session, row, service.STOPPED, job.now)
    row.failure = why
    service.tell(job, row, routes.BULK_TOLD(row.id or 0), "berhenti")


@outbox.carries_out(service.APPLY_JOB, gave_up=_gave_up)
def apply_portion(job: JobTurn) -> None:
    """The next portion; then the job queues itself for the rest. Run twice, it finds the portion gone."""
    session = job.session
    row = session.get(BulkImport, int(job.args["import_id"]), with_for_update=True)
    if row is None or row.state != service.APPLYING:
        return
    person = session.get_one(Person, row.person_id)
    turn = turn_as(session, person, job.now, job.library, None)
    if person.deleted_at is not None or row.agency_id not in policy.admin_agencies(turn.actor):
        _stop(job, row, NOT_ADMIN)
        return
    part = session.exec(
        select(BulkPart).where(BulkPart.import_id == row.id).order_by(col(BulkPart.no)).limit(1)
    ).first()
    if part is not None:
        work = _Portion(turn, row)
        carry_out(work, part.lines)
        session.delete(part)
        row.done += 1
        row.problems = [*row.problems, *work.late][: service.MOST_PROBLEMS]
        counted = Counter(row.counts) + work.counts
        row.counts = dict(counted)
        session.add(row)
        session.flush()
    if part is None or row.done >= row.total:
        service.end(session, row, service.APPLIED, job.now)
        if row.total > PROGRESS_STEPS:
            service.tell(job, row, routes.BULK_PROGRESS(row.id or 0), "maju:usai", slot=f"massal:{row.id}")
        service.tell(job, row, routes.BULK_TOLD(row.id or 0), "usai")
        return
    step = PROGRESS_STEPS * row.done // row.total
    if row.total > PROGRESS_STEPS:
        service.tell(job, row, routes.BULK_PROGRESS(row.id or 0), f"maju:{step}", slot=f"massal:{row.id}")
    service.queue(session, row, job.now, YIELD_SECONDS)


def portion(turn: Turn, row: BulkImport) -> _Portion:
    """A portion at work, for those who apply all of them at once."""
    return _Portion(turn, row)


def carry_out(work: _Portion, lines: list[dict[str, Any]]) -> None:
    """Apply the lines of one portion within the caller's transaction."""
    if lines and lines[0]["s"] == UNIT:
        for line in lines:
            _unit(work, line)
    elif lines:
        _people(work, lines)


# units ---------------------------------------------------------------------------------------------


def _unit(work: _Portion, line: dict[str, Any]) -> None:
    """One unit, made or changed; a line that is refused by now leaves no trace."""
    try:
        with work.turn.session.begin_nested():
            unit = _made(work, line) if line["id"] is None else _changed(work, line)
    except FlowError as err:
        work.skip(line, NAME, err.for_user)
        return
    work.row.made = {**work.row.made, str(line["at"]): unit.id or 0}


def _made(work: _Portion, line: dict[str, Any]) -> Unit:
    turn, agency_id = work.turn, work.row.agency_id
    parent_id = work.unit_id(line["parent"])
    if line["parent"] is not None and parent_id is None:
        raise refusals.unit_missing(0)
    parent = turn.session.get(Unit, parent_id) if parent_id is not None else None
    there = _there_by_now(work, line, parent_id)
    if there is not None:
        return there
    if parent is not None and parent.archived_at is not None:
        raise refusals.unit_archived(parent.id)
    unit = admin.plant(turn, agency_id, parent, line["type"] or "satker", line["name"], routes.BULK())
    unit.code = line["code"]
    unit.zone = line["zone"] or unit.zone
    turn.session.flush()
    if line["target"] and line["target"] != "WBK":
        admin.set_target(turn, unit.id or 0, line["target"])
    work.counts[f"{UNIT}.tersimpan"] += 1
    return unit


def _there_by_now(work: _Portion, line: dict[str, Any], parent_id: int | None) -> Unit | None:
    """The unit that somebody else has made since the trial."""
    query = tree.below_of(work.row.agency_id, parent_id).where(col(Unit.archived_at).is_(None))
    same = line["name"].casefold()
    return next(
        (
            unit
            for unit in work.turn.session.exec(query)
            if unit.name.casefold() == same and unit.code in {"", line["code"]}
        ),
        None,
    )


def _changed(work: _Portion, line: dict[str, Any]) -> Unit:
    """Only what the file asks to change; each through the service that people's taps use."""
    turn, unit_id, diff = work.turn, int(line["id"]), line["diff"]
    unit = turn.unit_by_id(unit_id)
    if line["moves"]:
        parent_id = work.unit_id(line["parent"])
        if line["parent"] is not None and parent_id is None:
            raise refusals.unit_missing(0)
        unit = admin.move(turn, unit_id, parent_id or 0, unit.revision)
    if NAME in diff:
        unit = admin.rename(turn, unit_id, unit.revision, line["name"])
    if ZONE in diff:
        admin.set_zone(turn, unit_id, line["zone"], None)
    if TARGET in diff:
        admin.set_target(turn, unit_id, line["target"])
    if CODE in diff or KIND in diff:
        admin.describe(turn, unit_id, line["type"], line["code"])
    work.counts[f"{UNIT}.tersimpan"] += 1
    return unit


# people --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _New:
    """Rows to be written for a portion of people."""

    people: dict[str, str] = field(default_factory=dict)
    """The key of a line's person to the name, for those who are not there yet."""
    roles: list[tuple[str | int, dict[str, Any], int, str | None]] = field(default_factory=list)
    """The person (key or id), the line, the unit, the area."""


def _people(work: _Portion, lines: list[dict[str, Any]]) -> None:
    """Persons, roles and personal links of one portion, written in a few statements."""
    session = work.turn.session
    places = [(line, work.unit_id(line["unit"])) for line in lines]
    there = present.people_near(
        session,
        work.row.agency_id,
        work.turn.now,
        {unit_id for _, unit_id in places if unit_id is not None},
        sent=any(line["role"] in policy.AGENCY_GIVEN for line in lines),
        names={line["name"] for line in lines if line["marked"]},
    )
    new = _New()
    for line, unit_id in places:
        if unit_id is None:
            work.skip(line, "unit", wrong.unknown_unit(""))
            continue
        _plan_roles(work, there, new, line, unit_id)
    _write(work, new)


def _plan_roles(work: _Portion, there: present.People, new: _New, line: dict[str, Any], unit_id: int) -> None:
    who: str | int | None = line["key"] if line["key"] in new.people else None
    if who is None:
        alike = there.those(line["name"], line["role"], unit_id, marked=line["marked"])
        if len(alike) > 1:
            work.skip(line, NAME, wrong.several_people(len(alike)))
            return
        who = alike[0] if alike else line["key"]
    held = there.held.get(who, []) if isinstance(who, int) else []
    roles = {h.role for h in held if h.unit_id == unit_id and not h.over}
    roles |= {given["role"] for one, given, at, _ in new.roles if one == who and at == unit_id}
    if "penilai" in roles | {line["role"]} and len(roles | {line["role"]}) > 1:
        work.skip(line, "peran", wrong.BOTH_SIDES)
        return
    mine = [h for h in held if h.unit_id == unit_id and h.role == line["role"]]
    missing = [a for a in line["areas"] if not any(not h.over and h.area in {None, a} for h in mine)]
    if any(h.revoked and h.area in missing for h in mine):
        work.skip(line, NAME, wrong.REMOVED)
        return
    if isinstance(who, str):
        new.people.setdefault(who, line["name"])
    new.roles += [(who, line, unit_id, area) for area in missing]


def _write(work: _Portion, new: _New) -> None:
    turn, session = work.turn, work.turn.session
    ids: dict[str, int] = {}
    if new.people:
        rows = [{"name": name, "created_at": turn.now} for name in new.people.values()]
        made = session.execute(insert(Person).returning(col(Person.id), sort_by_parameter_order=True), rows)
        ids = dict(zip(new.people, made.scalars().all(), strict=True))
    memberships, trail, invited = [], [], dict[int, dict[str, Any]]()
    for who, line, unit_id, area in new.roles:
        person_id = ids[who] if isinstance(who, str) else who
        place = {"agency_id": work.row.agency_id, "unit_id": unit_id, "role": line["role"], "area": area}
        memberships.append({"person_id": person_id, **place, "created_at": turn.now})
        facts = {"role": line["role"], "area": area, "import": work.row.id}
        trail.append(_trail(turn, f"person:{person_id}", unit_id, facts))
        if isinstance(who, str):
            invited.setdefault(person_id, {"person_id": person_id, **place})
    if memberships:
        session.execute(insert(Membership), memberships)
        session.execute(insert(AuditEntry), trail)
        slips.invite(turn, list(invited.values()))
    for who, _, unit_id, _ in new.roles:
        if isinstance(who, int):
            joined.tell(session, who, unit_id, turn.now)
    lines = {(line["s"], line["at"]) for _, line, _, _ in new.roles}
    work.counts[f"{PERSON}.tersimpan"] += len(lines)


def _trail(turn: Turn, subject: str, unit_id: int, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": turn.now,
        "unit_id": unit_id,
        "person_id": turn.actor.person_id,
        "act": "person_import",
        "subject": subject,
        "facts": facts,
    }
