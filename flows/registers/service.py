"""Lines of a unit's registers: read, added, changed, removed. Who keeps a register is asked each time.

Features that only read may use `lines` and `summed`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing, Outdated
from flows.models import RegisterEntry, Unit
from flows.registers import slots, typed
from flows.registers.kinds import FREE, KINDS, Kind
from flows.registers.typed import Value
from flows.routes import Action
from flows.turn import Turn

MOST_LINES = 300
"""Lines of one register of one unit."""
_GONE = "Catatan ini tidak ada dalam register unit Anda."
_CHANGED = "Catatan ini baru saja diubah. Ini keadaan terbaru; isian Anda tadi belum disimpan."
_BAD_BUTTON = "Tombol ini tidak cocok dengan registernya, jadi belum ada yang disimpan."


def kind_of(code: str) -> Kind:
    """The register with this code. Raises Missing for a forged one."""
    if code not in KINDS:
        raise Missing(_GONE, next=routes.REGISTERS())
    return KINDS[code]


def counted_kind(code: str) -> Kind:
    """The register of counts by period with this code. Raises Missing for any other."""
    kind = kind_of(code)
    if kind.slots == FREE:
        raise Missing(_BAD_BUTTON, next=routes.REGISTER_LIST(code, 0))
    return kind


def may_edit(turn: Turn, unit: Unit, kind: Kind) -> bool:
    """Whether the actor keeps this register: who may answer for one of its areas."""
    return any(policy.can(turn.actor, "answer", unit, area) for area in kind.areas)


def require_edit(turn: Turn, unit: Unit, kind: Kind) -> None:
    """Raise NotAllowed unless `may_edit`."""
    if not may_edit(turn, unit, kind):
        policy.require(turn.actor, "answer", unit, kind.areas[0])


def writable(turn: Turn, unit_id: int, kind: Kind) -> Unit:
    """The open unit, for those who keep the register. Raises Outdated when the button is of another."""
    where = checklist.current(turn)
    if where.unit.id != unit_id:
        raise Outdated(
            f"Tombol ini dari unit lain, jadi belum ada yang disimpan. Yang terbuka: {where.unit.name}.",
            next=routes.REGISTERS(),
        )
    require_edit(turn, where.unit, kind)
    return where.unit


# reading -------------------------------------------------------------------------------------------


def lines(session: Session, unit: Unit, kind: Kind) -> tuple[RegisterEntry, ...]:
    """The lines of a register, newest period or newest line first. One query."""
    found = session.exec(
        select(RegisterEntry)
        .where(
            RegisterEntry.unit_id == unit.id,
            RegisterEntry.kind == kind.code,
            col(RegisterEntry.removed_at).is_(None),
        )
        .limit(MOST_LINES)
    ).all()
    return tuple(sorted(found, key=lambda row: (row.slot or "", row.id or 0), reverse=True))


def numbers(session: Session, unit: Unit) -> dict[str, int]:
    """How many lines each register has. One query."""
    found = session.exec(
        select(RegisterEntry.kind).where(
            RegisterEntry.unit_id == unit.id, col(RegisterEntry.removed_at).is_(None)
        )
    ).all()
    return {code: sum(kind == code for kind in found) for code in KINDS}


def line(turn: Turn, line_id: int, *, lock: bool = False) -> tuple[RegisterEntry, Kind]:
    """One line of the open unit and its register. Raises Missing for any other."""
    where = checklist.current(turn)
    query = select(RegisterEntry).where(
        RegisterEntry.id == line_id,
        RegisterEntry.unit_id == where.unit.id,
        col(RegisterEntry.removed_at).is_(None),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = turn.session.exec(query).first()
    if found is None:
        raise Missing(_GONE, next=routes.REGISTERS(), line_id=line_id)
    return found, kind_of(found.kind)


def at_slot(
    session: Session, unit: Unit, kind: Kind, slot: str, *, lock: bool = False
) -> RegisterEntry | None:
    """The line of a period; None while there is none."""
    query = select(RegisterEntry).where(
        RegisterEntry.unit_id == unit.id, RegisterEntry.kind == kind.code, RegisterEntry.slot == slot
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).first()


def summed(found: Iterable[RegisterEntry], key: str) -> int:
    """The sum of a count over lines."""
    return sum(int(row.content.get(key, 0)) for row in found)


# writing -------------------------------------------------------------------------------------------


def fitting_slot(turn: Turn, kind: Kind, slot: str, prompt: Action) -> None:
    """Raise BadInput for a period that has not begun or is long gone, Missing for a forged one."""
    if not slots.fits(kind, slot):
        raise Missing(_BAD_BUTTON, next=routes.REGISTER_LIST(kind.code, 0))
    if slots.first_day(slot) > turn.today:
        raise BadInput(
            f"{slots.name(slot)} belum mulai, jadi belum ada angkanya. Belum ada yang disimpan.", next=prompt
        )


def put(turn: Turn, unit_id: int, kind: Kind, slot: str, values: Mapping[str, Value], seen: int) -> int:
    """Make `values` the counts of a period; returns the line's id. `seen`: its revision (0: none).

    Raises NotAllowed, BadInput, Outdated.
    """
    unit = writable(turn, unit_id, kind)
    prompt = routes.REGISTER_SLOT(unit_id, kind.code, slot)
    fitting_slot(turn, kind, slot, prompt)
    _sound(kind, values, prompt)
    row = at_slot(turn.session, unit, kind, slot, lock=True)
    if row is None:
        if seen:
            raise Outdated(_CHANGED, next=prompt)
        made = insert(turn, unit, kind, slot, values)
        if made is not None:
            return made
        row = at_slot(turn.session, unit, kind, slot, lock=True)
    if row is None or (row.revision != seen and dict(row.content) != dict(values)):
        raise Outdated(_CHANGED, next=routes.REGISTER(row.id or 0) if row is not None else prompt)
    if dict(row.content) != dict(values):
        change(turn, row, dict(values), "angka")
    return row.id or 0


def add(turn: Turn, unit_id: int, kind: Kind, first: str) -> int:
    """A new line of a register without periods, begun with its first field. Returns its id."""
    unit = writable(turn, unit_id, kind)
    if kind.slots != FREE:
        raise Missing(_BAD_BUTTON, next=routes.REGISTER_LIST(kind.code, 0))
    made = insert(turn, unit, kind, None, {kind.fields[0].key: first})
    if made is None:
        raise RuntimeError("a line without a period met another")
    return made


def insert(turn: Turn, unit: Unit, kind: Kind, slot: str | None, values: Mapping[str, Value]) -> int | None:
    """Write a new line; None when somebody was quicker with this period. Raises BadInput when it is full."""
    session = turn.session
    if numbers(session, unit)[kind.code] >= MOST_LINES:
        raise BadInput(
            f"Register ini sudah berisi {MOST_LINES} catatan, jadi belum ditambah. Hapus dulu yang lama.",
            next=routes.REGISTER_LIST(kind.code, 0),
        )
    row: dict[str, Any] = {
        "unit_id": unit.id,
        "kind": kind.code,
        "slot": slot,
        "content": dict(values),
        "added_by": turn.actor.person_id,
        "added_at": turn.now,
        "changed_by": turn.actor.person_id,
        "changed_at": turn.now,
        "revision": 1,
    }
    maker = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        maker(RegisterEntry)
        .values(row)
        .on_conflict_do_nothing(index_elements=["unit_id", "kind", "slot"])
        .returning(col(RegisterEntry.id))
    )
    made = session.connection().execute(statement).scalar()
    if made is None:
        return None
    audit.record(turn, "register.tambah", f"{made}", unit.id, kind=kind.code, slot=slot)
    return int(made)


def change(turn: Turn, row: RegisterEntry, values: dict[str, Value], what: str) -> None:
    """Make `values` the content of a line that the caller has claimed. `what` is noted: a field's key."""
    row.content = values
    row.changed_by, row.changed_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "register.ubah", f"{row.id}", row.unit_id, field=what, revision=row.revision)


def write(turn: Turn, line_id: int, field_key: str, seen: int, value: Value | None) -> None:
    """Put a value into a field (None empties it). Raises Outdated, BadInput, Missing, NotAllowed."""
    row, kind = _claimed(turn, line_id, seen)
    if kind.field(field_key) is None or (value is None and field_key in kind.needed):
        raise Missing(_BAD_BUTTON, next=routes.REGISTER(line_id))
    values = {key: kept for key, kept in row.content.items() if key != field_key}
    if value is not None:
        values[field_key] = value
    _sound(kind, values, routes.REGISTER_FIELD(line_id, field_key, 0))
    change(turn, row, values, field_key)


def remove(turn: Turn, line_id: int, seen: int) -> Kind:
    """Take a line out of its register; it is emptied. Raises Outdated when it was changed meanwhile."""
    row, kind = _claimed(turn, line_id, seen)
    audit.record(turn, "register.hapus", f"{line_id}", row.unit_id, kind=kind.code, slot=row.slot)
    row.content, row.slot, row.removed_at = {}, None, turn.now
    row.changed_by, row.changed_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    return kind


def _claimed(turn: Turn, line_id: int, seen: int) -> tuple[RegisterEntry, Kind]:
    row, kind = line(turn, line_id, lock=True)
    require_edit(turn, turn.unit, kind)
    if row.revision != seen:
        raise Outdated(_CHANGED, next=routes.REGISTER(line_id), line_id=line_id)
    return row, kind


def _sound(kind: Kind, values: Mapping[str, Value], prompt: Action) -> None:
    why = typed.fault(kind, values)
    if why:
        raise BadInput(f"{why} Periksa lagi; belum ada yang disimpan.", next=prompt)


def years_of(kind: Kind, found: Sequence[RegisterEntry]) -> tuple[int, ...]:
    """The years that the lines tell about, newest first: of their period, else of their day."""
    said = {str(row.slot or row.content.get("tanggal", ""))[:4] for row in found}
    return tuple(sorted({int(year) for year in said if year}, reverse=True))


def of_year(found: Iterable[RegisterEntry], year: int) -> tuple[RegisterEntry, ...]:
    """The lines of a year."""
    return tuple(
        row for row in found if str(row.slot or row.content.get("tanggal", "")).startswith(f"{year}")
    )
