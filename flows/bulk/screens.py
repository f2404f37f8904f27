"""Screens of the import of units and people."""

from collections.abc import Sequence
from typing import Any

from flows import routes, words
from flows.bulk import files, service, texts
from flows.bulk.columns import PERSON, SHEETS, UNIT
from flows.models import BulkImport
from flows.screen import Button, Expect, Media, Screen, rows

MENU = Button(words.TO_MENU, routes.HOME())
BACK = Button(words.BACK, routes.ADMIN())
START = Button(words.BACK, routes.BULK())
_SENDS = Expect(file=routes.BULK_FILE())
"""A corrected file may come at any moment: what is told later, below, asks nothing by itself."""
_NAMES = {"xlsx": "contoh-unit-dan-orang.xlsx", UNIT: "contoh-unit.csv", PERSON: "contoh-orang.csv"}


def ask_file(waiting: int) -> Screen:
    """Templates, and the prompt for the filled file; `waiting`: how many have not joined."""
    slips = Button(f"{texts.SLIPS} ({waiting})" if waiting else texts.SLIPS, routes.SLIPS(0, 0))
    return Screen(
        texts.ASK_FILE,
        rows(
            (
                Button(texts.XLSX, routes.BULK_TEMPLATE("xlsx")),
                Button(texts.CSV_UNIT, routes.BULK_TEMPLATE(UNIT)),
                Button(texts.CSV_PERSON, routes.BULK_TEMPLATE(PERSON)),
            ),
            slips,
            (BACK, MENU),
        ),
        _SENDS,
    )


def template(form: str) -> Screen:
    """A template; a file may be sent right after it."""
    media = Media(files.TEMPLATE, (form,), _NAMES[form], "document")
    return Screen(texts.TEMPLATE[form], rows((START, MENU)), _SENDS, media=media)


def show(row: BulkImport) -> Screen:
    """An import in whatever state."""
    number, name = row.id or 0, row.file_name
    again = Button(texts.AGAIN, routes.BULK())
    if row.state == service.WAITING:
        return Screen(texts.waiting(name), rows((START, MENU)), _SENDS)
    if row.state == service.FAILED:
        return Screen(texts.failed(name, row.failure), rows(again, (START, MENU)), _SENDS)
    if row.state == service.READY:
        to_do = service.to_do(row)
        apply = Button(texts.APPLY, routes.BULK_APPLY(number)) if to_do else None
        cancel = Button(texts.CANCEL, routes.BULK_CANCEL(number))
        report = Button(texts.REPORT, routes.BULK_REPORT(number))
        return Screen(
            texts.trial(name, row.counts, to_do, row.problems),
            rows([b for b in (apply, cancel) if b], report, (START, MENU)),
            _SENDS,
        )
    if row.state == service.APPLYING:
        refresh = Button(texts.REFRESH, routes.BULK_SHOW(number))
        return Screen(texts.applying(name, row.done, max(1, row.total)), rows(refresh, (START, MENU)), _SENDS)
    wrong = Button(texts.REPORT, routes.BULK_REPORT(number)) if row.problems else None
    if row.state == service.APPLIED:
        ways = (Button(texts.SLIPS, routes.SLIPS(0, 0)), Button(texts.UNITS, routes.ADMIN_UNITS(0, 0)))
        return Screen(texts.applied(name, row.counts, row.problems), rows(ways, wrong, (START, MENU)), _SENDS)
    if row.state == service.STOPPED:
        return Screen(texts.stopped(name, row.failure, row.counts), rows(again, wrong, (START, MENU)), _SENDS)
    return Screen(texts.ended(name), rows(again, (START, MENU)), _SENDS)


def progress(row: BulkImport) -> Screen:
    """How far it is, in a message that is edited; its buttons answer below."""
    number = row.id or 0
    if row.state == service.APPLYING:
        text, label = texts.applying(row.file_name, row.done, max(1, row.total)), texts.REFRESH
    else:
        text, label = texts.progress_over(row.file_name), texts.TO_RESULT
    return Screen(text, rows((Button(label, routes.BULK_SHOW(number)), MENU)), keep=True)


def report(row: BulkImport, lines: Sequence[dict[str, Any]]) -> Screen:
    """The report by line as a file."""
    media = Media(files.REPORT, (_reported(row, lines),), "laporan-impor.xlsx", "document")
    back = Button(words.BACK, routes.BULK_SHOW(row.id or 0))
    return Screen(texts.report(row.file_name), rows((back, MENU)), media=media)


def _reported(row: BulkImport, lines: Sequence[dict[str, Any]]) -> tuple[files.Reported, ...]:
    """Wrong lines first, then what changes, then what stays as it is."""
    made: list[files.Reported] = [
        (SHEETS[sheet], str(at), "salah", str(column), "", str(why))
        for sheet, at, column, why in row.problems
    ]
    for line in lines:
        changed = ", ".join(line.get("diff", ())) if line["s"] == UNIT else ""
        made.append((SHEETS[line["s"]], str(line["at"]), line["kind"], changed, line["name"], ""))
    for sheet, first, last in row.same:
        at = str(first) if first == last else f"{first}–{last}"
        made.append((SHEETS[sheet], at, "sama", "", "", ""))
    return tuple(made)
