"""Screens of bringing lines in from a table."""

from flows import routes
from flows.registers.carrying import APPLIED, CHANGED, FAILED, NEW, READY, WAITING, View
from flows.registers.kinds import Kind
from flows.registers.texts import importing as texts
from flows.screen import Button, Expect, Screen, rows


def ask(unit_id: int, kind: Kind) -> Screen:
    """The prompt for a file."""
    return Screen(texts.ask(kind), rows(_to(kind)), Expect(file=routes.REGISTER_FILE(unit_id, kind.code)))


def of(found: View) -> Screen:
    """An import as it stands."""
    row, kind = found.row, found.kind
    again = Button(texts.AGAIN, routes.REGISTER_FILE_ASK(row.unit_id, kind.code))
    if row.state == WAITING:
        return Screen(texts.waiting(row.file_name), rows(_to(kind)))
    if row.state == FAILED:
        return Screen(texts.failed(row.file_name, str(row.problems[0]["why"])), rows((again, _to(kind))))
    if row.state == APPLIED:
        return Screen(texts.done(found), rows(_to(kind)))
    if row.state != READY:
        return Screen(texts.ended(row.file_name), rows((again, _to(kind))))
    number = row.id or 0
    todo = found.count(NEW) + found.count(CHANGED)
    apply = Button(texts.APPLY, routes.REGISTER_IMPORT_APPLY(number, found.stamp)) if todo else None
    return Screen(
        texts.plan(found),
        rows(apply, (Button(texts.CANCEL, routes.REGISTER_IMPORT_CANCEL(number)), again)),
    )


def _to(kind: Kind) -> Button:
    return Button(texts.LIST, routes.REGISTER_LIST(kind.code, 0))
