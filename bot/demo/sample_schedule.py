"""The sample unit's year (contoh): stages, two recurring duties, dates within the LKE."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.checklist.service import Current
from flows.days import DEFAULT_TIME, at
from flows.models import Assessment, Deadline, Person, Unit, UnitDuty
from flows.schedule import duties
from flows.schedule.names import AREA, ITEM, STAGE, STAGE_CODES, SUBMISSION, TPI
from flows.schedule.planning import working
from knowledge.duties import duty_of
from knowledge.instrument import Instrument
from knowledge.stages import timeline

DUTIES = ("monev", "kampanye")
FIRST_DAYS = 9
"""In how many days the area of the sample's ketua pokja is due."""
PROMPT_ITEM = ("PW.P.2.d", 5)
"""An indicator with a date of its own, and in how many days."""
SOONEST_SUBMISSION = 125
"""In how many days the submission is at the earliest: in some years it was in summer."""
LATER_WEEKS = 6
"""How long after it the other areas are due."""


def sample(
    session: Session,
    unit: Unit,
    assessment: Assessment,
    instrument: Instrument,
    coordinator: Person | None,
    now: datetime,
) -> None:
    """Write it down as of `now`. What lies behind is marked done."""
    today = fmt.local(now, unit.zone).date()
    soonest = working(today + timedelta(days=SOONEST_SUBMISSION))
    submission = max(timeline().customary(assessment.year), soonest)
    by = coordinator.id if coordinator is not None else None
    found: dict[tuple[str, str], date] = {(SUBMISSION, ""): submission}
    for stage, day in timeline().dates(submission, working).items():
        if stage not in STAGE_CODES:
            found[STAGE, stage] = day
        elif STAGE_CODES[stage] == TPI:
            found[TPI, ""] = day
    for area in instrument.areas:
        later = working(today + timedelta(weeks=LATER_WEEKS, days=FIRST_DAYS))
        found[AREA, area.id] = today + timedelta(days=FIRST_DAYS) if area.id == "PW" else later
    found[ITEM, PROMPT_ITEM[0]] = working(today + timedelta(days=PROMPT_ITEM[1]))
    for (scope, ref), day in found.items():
        session.add(
            Deadline(
                assessment_id=assessment.id or 0,
                unit_id=unit.id or 0,
                scope=scope,
                ref=ref,
                due_at=at(day, DEFAULT_TIME, unit.zone),
                set_by=by,
                set_at=now,
                done_at=now if day < today else None,
            )
        )
    where = Current(unit, assessment, instrument)
    for duty_id in DUTIES:
        duty = duty_of(instrument, duty_id)
        assert duty is not None
        session.add(UnitDuty(unit_id=unit.id or 0, duty=duty_id, set_by=by, set_at=now))
        session.flush()
        duties.fill(session, where, duty, None, now)
