"""Who of a unit has signed the pakta integritas, and what the pencanangan needs. Reading.

Signed is whoever a signed sheet covers. A tap in the chat is a promise (kesanggupan), nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows import policy, routes
from flows.errors import Missing
from flows.models import Assessment, Deadline, Launch, Membership, PactSheet, PactSigner, Person, Unit
from flows.people import active
from flows.policy import UNIT_SIDE_ROLES
from flows.turn import Turn

READING, READY, FAILED, REMOVED = "reading", "ready", "failed", "removed"
SCAN, TTE = "scan", "tte"
STAGE, TOPIC = "pencanangan", "pakta-integritas"
"""The stage of the year and the answer that say what the rule is."""
_GONE = "Lembar ini tidak ada dalam daftar unit Anda."
_NOBODY = "Nama itu tidak ada dalam daftar pegawai unit Anda."


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is to sign. `code`: "p" and a person's id, "n" and a typed name's row.

    `sheet` is the readable signed sheet that covers them. `leads`: the head of the unit.
    """

    code: str
    name: str
    person: Person | None
    row: PactSigner | None
    sheet: PactSheet | None
    leads: bool = False

    @property
    def signed(self) -> bool:
        """Whether a signed sheet covers them."""
        return self.sheet is not None

    @property
    def willing(self) -> bool:
        """Whether they have promised to sign and not done so yet."""
        return not self.signed and self.row is not None and self.row.willing_at is not None

    @property
    def reachable(self) -> bool:
        """Whether the bot can write to them."""
        return self.person is not None and self.person.telegram_id is not None


@dataclass(frozen=True, slots=True)
class View:
    """The pakta of a unit. `lines`: who has not signed first, by name. `mine` is the actor's own."""

    unit: Unit
    lines: tuple[Line, ...]
    launch: Launch | None
    mine: Line | None
    may_record: bool
    may_read: bool

    @property
    def signed(self) -> int:
        """How many have signed."""
        return sum(line.signed for line in self.lines)

    @property
    def open(self) -> tuple[Line, ...]:
        """Who has not."""
        return tuple(line for line in self.lines if not line.signed)

    @property
    def willing(self) -> int:
        """How many have promised only."""
        return sum(line.willing for line in self.lines)

    @property
    def most(self) -> bool:
        """Whether most have signed. The rule gives no number: more than half is read here."""
        return self.signed * 2 > len(self.lines)

    @property
    def heads(self) -> tuple[Line, ...]:
        """The heads of the unit that are known here."""
        return tuple(line for line in self.lines if line.leads)

    def line(self, code: str) -> Line | None:
        """The line with this code."""
        return next((line for line in self.lines if line.code == code), None)


def view(turn: Turn, unit: Unit | None = None) -> View:
    """The pakta of the open unit (or of `unit`). Raises NotAllowed."""
    unit = unit or turn.unit
    policy.require(turn.actor, "view", unit)
    lines = lines_of(turn, unit)
    own = f"p{turn.actor.person_id}"
    return View(
        unit=unit,
        lines=lines,
        launch=launch_of(turn.session, unit),
        mine=next((line for line in lines if line.code == own), None),
        may_record=policy.can(turn.actor, "pact", unit),
        may_read=policy.can(turn.actor, "pact_names", unit),
    )


def lines_of(turn: Turn, unit: Unit) -> tuple[Line, ...]:
    """Everybody of the unit who is to sign: its own people, and names that were typed. Three queries."""
    session = turn.session
    held = session.exec(
        select(Person, Membership.role)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.unit_id == unit.id,
            col(Membership.role).in_(UNIT_SIDE_ROLES),
            active(turn.now),
            col(Person.deleted_at).is_(None),
        )
    ).all()
    rows = session.exec(
        select(PactSigner).where(PactSigner.unit_id == unit.id, col(PactSigner.removed_at).is_(None))
    ).all()
    sheets = {
        sheet.id or 0: sheet
        for sheet in session.exec(
            select(PactSheet).where(PactSheet.unit_id == unit.id, PactSheet.state == READY)
        ).all()
    }
    of_person = {row.person_id: row for row in rows if row.person_id is not None}
    people = {person.id: person for person, _ in held}
    heads = {person.id for person, role in held if role == "pimpinan"}
    made = []
    for number, person in people.items():
        row = of_person.get(number or 0)
        sheet = _sheet_of(row, sheets)
        made.append(Line(f"p{number}", person.name, person, row, sheet, number in heads))
    made += [
        Line(f"n{row.id}", row.name, None, row, _sheet_of(row, sheets))
        for row in rows
        if row.person_id is None
    ]
    return tuple(sorted(made, key=lambda line: (line.signed, line.name.lower(), line.code)))


def _sheet_of(row: PactSigner | None, sheets: Mapping[int, PactSheet]) -> PactSheet | None:
    return sheets.get(row.sheet_id) if row is not None and row.sheet_id is not None else None


def launch_of(session: Session, unit: Unit) -> Launch | None:
    """What was recorded of the unit's pencanangan."""
    return session.exec(select(Launch).where(Launch.unit_id == unit.id)).first()


def stage_open(session: Session, unit: Unit) -> bool:
    """Whether the stage stands in the unit's schedule and is not marked as done."""
    found = (
        select(Deadline.id)
        .join(Assessment, col(Assessment.id) == col(Deadline.assessment_id))
        .where(
            Deadline.unit_id == unit.id,
            Deadline.scope == "stage",
            Deadline.ref == STAGE,
            col(Deadline.done_at).is_(None),
            col(Assessment.closed_at).is_(None),
        )
    )
    return session.exec(found.limit(1)).first() is not None


def someone(turn: Turn, code: str) -> tuple[View, Line]:
    """One line of the open unit, for who may read names, or one's own. Raises Missing, NotAllowed."""
    found = view(turn)
    line = found.line(code)
    if not found.may_read and (line is None or line is not found.mine):
        policy.require(turn.actor, "pact_names", found.unit)
    if line is None:
        raise Missing(_NOBODY, next=routes.PACT())
    return found, line


# sheets --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet with whom it covers. `may_change`: recorders, and its sender for their own sheet."""

    of: View
    sheet: PactSheet
    covers: tuple[Line, ...]
    sender: str
    may_change: bool
    may_open: bool


def sheet(turn: Turn, sheet_id: int, *, lock: bool = False) -> SheetView:
    """A sheet that the actor may look at: recorders and readers of its unit, its sender, whom it covers.

    Raises Missing for any other, of foreign units too.
    """
    query = select(PactSheet).where(PactSheet.id == sheet_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or row.state == REMOVED or unit is None or not turn.actor.roles_in(unit):
        raise Missing(_GONE, next=routes.PACT(), sheet_id=sheet_id)
    found = view(turn, unit)
    covers = covered(found.lines, sheet_id)
    sent = row.added_by == turn.actor.person_id
    own = found.mine is not None and found.mine in covers
    if not (found.may_read or sent or own):
        raise Missing(_GONE, next=routes.PACT(), sheet_id=sheet_id)
    sender = turn.session.get(Person, row.added_by) if row.added_by is not None else None
    alone = all(line is found.mine for line in covers)
    return SheetView(
        of=found,
        sheet=row,
        covers=covers,
        sender=sender.name if sender is not None else "",
        may_change=found.may_record or (sent and alone and found.mine is not None),
        may_open=row.sha256 is not None and (found.may_record or sent or (own and alone)),
    )


def covered(lines: Iterable[Line], sheet_id: int) -> tuple[Line, ...]:
    """Whom a sheet covers."""
    return tuple(line for line in lines if line.sheet is not None and line.sheet.id == sheet_id)


def sheets_of(turn: Turn) -> tuple[View, tuple[tuple[PactSheet, int], ...]]:
    """Every sheet of the open unit with how many it covers, newest first. Raises NotAllowed."""
    found = view(turn)
    policy.require(turn.actor, "pact", found.unit)
    rows = turn.session.exec(
        select(PactSheet)
        .where(PactSheet.unit_id == found.unit.id, col(PactSheet.state).in_((READING, READY)))
        .order_by(col(PactSheet.id).desc())
    ).all()
    return found, tuple((row, len(covered(found.lines, row.id or 0))) for row in rows)
