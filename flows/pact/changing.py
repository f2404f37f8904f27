"""What is written about the pakta: promises, whom a sheet covers, typed names, and the pencanangan."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import select

from flows import audit, outbox, policy, routes
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Launch, PactSheet, PactSigner, Unit
from flows.pact import service
from flows.pact.service import SCAN, TTE, Line, SheetView, View
from flows.reminders import moments
from flows.turn import Turn

MAX_NAME, MOST_NAMES = 120, 500
AGAIN_DAYS = 7
"""Nobody is asked more often than that."""
FIELDS = ("tanggal", "piagam", "saksi", "publikasi")
_DAYS = {"tanggal": "held_on", "piagam": "charter_on"}
_TEXTS = {"saksi": ("witnesses", 300), "publikasi": ("published", 500)}
_CHANGED = "Catatan ini baru saja diubah. Ini keadaan terbaru; belum ada yang disimpan."
_OTHER_UNIT = "Tombol ini dari unit lain, jadi belum ada yang disimpan. Yang terbuka: {}."
_NOT_YOURS = "Lembar ini berlaku juga untuk orang lain, atau bukan kiriman Anda. Mintalah koordinator unit."
_NOT_READY = "Lembarnya belum selesai diperiksa, jadi belum ada yang dicatat."


def own_unit(turn: Turn, unit_id: int) -> Unit:
    """The open unit, when a button is of it. Raises Outdated."""
    unit = turn.unit
    if unit.id != unit_id:
        raise Outdated(_OTHER_UNIT.format(unit.name), next=routes.PACT())
    return unit


def recorded(turn: Turn, unit_id: int) -> Unit:
    """The open unit, for those who record. Raises Outdated, NotAllowed."""
    unit = own_unit(turn, unit_id)
    policy.require(turn.actor, "pact", unit)
    return unit


def _row(turn: Turn, unit: Unit, line: Line) -> PactSigner:
    """The row of a line, made when there is none, locked."""
    found = turn.session.exec(
        select(PactSigner)
        .where(
            PactSigner.unit_id == unit.id,
            PactSigner.person_id == line.person.id
            if line.person is not None
            else PactSigner.id == int(line.code[1:]),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is not None:
        found.removed_at = None
        return found
    row = PactSigner(
        unit_id=unit.id or 0,
        person_id=line.person.id if line.person is not None else None,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    return row


def locked(turn: Turn, unit: Unit) -> None:
    """Hold the unit while rows are made, so that two people at once make one."""
    turn.session.exec(select(Unit.id).where(Unit.id == unit.id).with_for_update()).one()


def promise(turn: Turn, unit_id: int, willing: bool) -> None:
    """Note (or take back) that one is going to sign. Raises NotAllowed for who does not sign here."""
    unit = own_unit(turn, unit_id)
    locked(turn, unit)
    found = service.view(turn)
    if found.mine is None:
        raise NotAllowed(
            "Kesanggupan dicatat oleh pegawai unit ini. Anda membaca rekapnya saja.", next=routes.PACT()
        )
    row = _row(turn, unit, found.mine)
    if (row.willing_at is not None) == willing:
        return
    row.willing_at = turn.now if willing else None
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "pact.willing", f"{row.id}", unit.id, willing=willing)


# sheets --------------------------------------------------------------------------------------------


def claimed(turn: Turn, sheet_id: int, revision: int | None = None) -> SheetView:
    """A readable sheet to be changed, locked. Raises Missing, NotAllowed, Outdated."""
    found = service.sheet(turn, sheet_id, lock=True)
    here = routes.PACT_SHEET(sheet_id, 0)
    if not found.may_change:
        raise NotAllowed(_NOT_YOURS, next=here)
    if found.sheet.state == service.READING:
        raise Outdated(_NOT_READY, next=here)
    if revision is not None and found.sheet.revision != revision:
        raise Outdated(_CHANGED, next=here)
    return found


def cover(turn: Turn, sheet_id: int, codes: Iterable[str], on: bool) -> int:
    """Note whom a signed sheet covers (or does not). Returns how many changed. Raises as `claimed`.

    Somebody who is no recorder covers themselves only.
    """
    found = claimed(turn, sheet_id)
    locked(turn, found.of.unit)  # after the sheet: in the order in which the job takes them
    if found.sheet.state != service.READY:
        raise Outdated(_NOT_READY, next=routes.PACT_SHEET(sheet_id, 0))
    changed = 0
    for code in codes:
        line = found.of.line(code)
        if line is None:
            raise Missing("Nama itu tidak ada lagi dalam daftar.", next=routes.PACT_SHEET(sheet_id, 0))
        if not found.of.may_record and line is not found.of.mine:
            raise NotAllowed(policy.REFUSED["pact"], next=routes.PACT_SHEET(sheet_id, 0))
        row = _row(turn, found.of.unit, line)
        if (row.sheet_id == sheet_id) == on:
            continue
        row.sheet_id = sheet_id if on else None
        turn.session.add(row)
        changed += 1
    turn.session.flush()
    if changed:
        audit.record(turn, "pact.cover", f"{sheet_id}", found.of.unit.id, on=on, count=changed)
    return changed


def cover_by(turn: Turn, unit: Unit, sheet: PactSheet, code: str) -> None:
    """Note that a sheet just read covers this line, when it still stands on the list."""
    locked(turn, unit)
    line = service.view(turn, unit).line(code)
    if line is None:
        return
    row = _row(turn, unit, line)
    row.sheet_id = sheet.id
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "pact.cover", f"{sheet.id}", unit.id, on=True, count=1)


def set_form(turn: Turn, sheet_id: int, form: str, revision: int) -> None:
    """Whether it is a scan or carries electronic signatures. Raises as `claimed`."""
    found = claimed(turn, sheet_id, revision)
    found.sheet.form = TTE if form == TTE else SCAN
    turn.session.add(found.sheet)
    turn.session.flush()
    audit.record(turn, "pact.form", f"{sheet_id}", found.of.unit.id, form=found.sheet.form)


def set_day(turn: Turn, sheet_id: int, day: date, revision: int) -> None:
    """The day on which it was signed. Raises as `claimed`."""
    found = claimed(turn, sheet_id, revision)
    found.sheet.signed_on = day
    turn.session.add(found.sheet)
    turn.session.flush()
    audit.record(turn, "pact.day", f"{sheet_id}", found.of.unit.id)


def remove(turn: Turn, sheet_id: int, revision: int) -> int:
    """Take a sheet away with its file; whom it covered counts as unsigned. Returns how many those are."""
    found = claimed(turn, sheet_id, revision)
    turn.session.flush()
    rows = turn.session.exec(
        select(PactSigner).where(PactSigner.sheet_id == sheet_id).with_for_update()
    ).all()
    for row in rows:
        row.sheet_id = None
        turn.session.add(row)
    emptied(found.sheet)
    turn.session.add(found.sheet)
    turn.session.flush()
    audit.record(turn, "pact.remove", f"{sheet_id}", found.of.unit.id, count=len(rows))
    return len(found.covers)


def emptied(sheet: PactSheet) -> None:
    """Empty a sheet; its bytes go with the next sweep of the store."""
    sheet.state, sheet.sha256, sheet.file_name, sheet.signed_on, sheet.why = (
        service.REMOVED,
        None,
        "",
        None,
        "",
    )


# typed names ---------------------------------------------------------------------------------------


def add_names(turn: Turn, unit_id: int, names: list[str]) -> tuple[int, int]:
    """Put employees who do not use the bot on the list. Returns how many are new and known already.

    Raises NotAllowed, Outdated, BadInput.
    """
    unit = recorded(turn, unit_id)
    locked(turn, unit)
    found = service.view(turn)
    again = routes.PACT_NAMES(unit_id)
    if not names:
        raise BadInput("Belum ada nama yang terbaca. Ketik satu nama tiap baris.", next=again)
    if any(len(name) > MAX_NAME for name in names):
        raise BadInput(
            f"Satu nama paling panjang {MAX_NAME} huruf; satu baris satu nama. Belum ada yang disimpan.",
            next=again,
        )
    known = {line.name.lower() for line in found.lines}
    fresh = [name for name in dict.fromkeys(names) if name.lower() not in known]
    if len(found.lines) + len(fresh) > MOST_NAMES:
        raise BadInput(
            f"Daftar ini memuat paling banyak {MOST_NAMES} orang, jadi belum ada yang ditambah.",
            next=routes.PACT_LIST(0),
        )
    for name in fresh:
        turn.session.add(
            PactSigner(unit_id=unit.id or 0, name=name, made_by=turn.actor.person_id, made_at=turn.now)
        )
    turn.session.flush()
    if fresh:
        audit.record(turn, "pact.names", f"{unit.id}", unit.id, count=len(fresh))
    return len(fresh), len(names) - len(fresh)


def remove_name(turn: Turn, code: str) -> None:
    """Take a typed name off the list; its row is emptied. Raises Missing, NotAllowed."""
    found, line = service.someone(turn, code)
    policy.require(turn.actor, "pact", found.unit)
    if line.person is not None or line.row is None:
        raise Missing("Anggota tim keluar dari daftar ini lewat Tim.", next=routes.PACT_PERSON(code))
    line.row.name, line.row.sheet_id, line.row.willing_at = "", None, None
    line.row.removed_at = turn.now
    turn.session.add(line.row)
    turn.session.flush()
    audit.record(turn, "pact.name_gone", f"{line.row.id}", found.unit.id)


# asking --------------------------------------------------------------------------------------------


def to_ask(found: View, now: datetime) -> tuple[Line, ...]:
    """Who may be asked now: unsigned, within reach, and not asked during the last days."""
    before = now - timedelta(days=AGAIN_DAYS)
    return tuple(
        line
        for line in found.open
        if line.reachable
        and line is not found.mine
        and (line.row is None or line.row.asked_at is None or line.row.asked_at < before)
    )


def ask(turn: Turn, unit_id: int) -> int:
    """Ask those who have not signed, politely and once. Returns how many.

    Raises NotAllowed, Outdated, BadInput outside the hours in which people are written to.
    """
    unit = recorded(turn, unit_id)
    if not moments.is_sending_time(turn.now, unit.zone, moments.SLOTS[0], moments.QUIET_FROM[-1]):
        raise BadInput(
            "Di luar jam kerja tidak ada pengingat yang dikirim. Ketuk lagi pada hari kerja, "
            "07.30 sampai 20.00.",
            next=routes.PACT_LIST(0),
        )
    locked(turn, unit)
    found = service.view(turn)
    asked = to_ask(found, turn.now)
    messages = []
    for line in asked:
        row = _row(turn, unit, line)
        row.asked_at = turn.now
        turn.session.add(row)
        messages.append(message(unit.id or 0, line, turn.now))
    turn.session.flush()
    outbox.add(turn.session, messages, turn.now)
    audit.record(turn, "pact.ask", f"{unit.id}", unit.id, count=len(asked))
    return len(asked)


def message(unit_id: int, line: Line, now: datetime, *, wait_seconds: float = 0.0) -> outbox.Message:
    """What somebody is asked with: dropped when they have signed by then."""
    assert line.person is not None
    assert line.person.telegram_id is not None
    return outbox.Message(
        key=f"pakta:{unit_id}:{line.person.id}:{now:%Y%m%d}",
        chat_id=line.person.telegram_id,
        person_id=line.person.id,
        action=routes.PACT_ASKED(unit_id),
        wait_seconds=wait_seconds,
    )


# the pencanangan -----------------------------------------------------------------------------------


def launch_value(row: Launch | None, field: str) -> date | str | None:
    """What is recorded in a field. Raises Missing for one that there is not."""
    if field not in FIELDS:
        raise Missing("Isian itu tidak ada pada catatan pencanangan.", next=routes.LAUNCH())
    name = _DAYS.get(field) or _TEXTS[field][0]
    value: date | str | None = getattr(row, name) if row is not None else None
    return value or None


def is_day(field: str) -> bool:
    """Whether a field holds a day."""
    return field in _DAYS


def record(turn: Turn, unit_id: int, field: str, value: date | str | None, revision: int) -> None:
    """Put a value into a field of the pencanangan; None empties it.

    Raises NotAllowed, Outdated, BadInput.
    """
    unit = recorded(turn, unit_id)
    locked(turn, unit)
    row = turn.session.exec(
        select(Launch)
        .where(Launch.unit_id == unit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    launch_value(row, field)
    if (row.revision if row is not None else 0) != revision:
        raise Outdated(_CHANGED, next=routes.LAUNCH())
    row = row or Launch(unit_id=unit.id or 0, set_at=turn.now)
    if field in _DAYS:
        setattr(row, _DAYS[field], value)
    else:
        name, limit = _TEXTS[field]
        if isinstance(value, str) and len(value) > limit:
            raise BadInput(
                f"Tulisannya {len(value)} huruf, paling panjang {limit}. Belum ada yang disimpan.",
                next=routes.LAUNCH_FIELD(unit_id, field),
            )
        setattr(row, name, value or "")
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "launch.set", f"{row.id}", unit.id, field=field, empty=value is None)
