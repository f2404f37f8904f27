"""Wording of Tugas saya."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.mine.lacking import Lack
from flows.mine.service import RETURNED, REVIEW, TASK, Entry
from flows.models import Task, Unit
from flows.tasks.service import OUTSIDE

MINE, TAKE, NO_PIC, ALL_TASKS = "Tugas saya", "Ambil indikator", "Tanpa PIC", "Semua tugas"
STATES = {"open": "belum", "doing": "dikerjakan", "stuck": "ada kendala"}


def label(count: int) -> str:
    """The button in the menu."""
    return f"{MINE} ({count})" if count else MINE


def mine(
    unit: str, shown: Sequence[Entry], first: int, total: int, today: date, others: Sequence[tuple[Unit, int]]
) -> str:
    """One page of what waits."""
    if not total:
        lines = ["<b>Tidak ada yang menunggu Anda.</b>", "", fmt.esc(unit)]
    else:
        lines = [f"<b>{total} hal menunggu Anda</b>", "", fmt.esc(unit)]
    for number, entry in enumerate(shown, start=first):
        lines += ["", *_entry(number, entry, today)]
    if others:
        lines += ["", "Di unit lain: " + "; ".join(f"{fmt.esc(u.name)} {n} hal" for u, n in others) + "."]
    if total:
        lines += ["", "Ketuk nomornya untuk mengerjakan."]
    return "\n".join(lines)


def _entry(number: int, entry: Entry, today: date) -> list[str]:
    each = entry.waiting
    late = "! " if entry.due_on is not None and entry.due_on < today else ""
    if each.task is not None:
        head = f"{number}  {late}Tugas: {fmt.esc(fmt.cut(each.task.title, 120))}"
        return [
            head,
            "   " + " · ".join([*_when(entry, today), *_task(each.task, each.item is not None, entry)]),
        ]
    assert each.item is not None
    mark = {RETURNED: "↩ Perlu perbaikan: ", REVIEW: "Reviu: "}.get(each.kind, "")
    head = f"{number}  {late}{mark}<b>{each.item.number}</b>  {fmt.esc(fmt.cut(each.item.title, 90))}"
    return [head, "   " + " · ".join([*_when(entry, today), _what(entry)])]


def _when(entry: Entry, today: date) -> list[str]:
    if entry.due_on is None:
        return []
    each = entry.waiting
    promised = each.kind == TASK and each.task is not None and each.task.promised_on is not None
    day = f"{fmt.day_short(entry.due_on)} ({fmt.distance(entry.due_on, today)})"
    return [f"dijanjikan {day}" if promised else f"batas {day}"]


def _task(task: Task, about: bool, entry: Entry) -> list[str]:
    said = [STATES.get(task.state, task.state)]
    if task.source == OUTSIDE:
        said.append("di luar LKE")
    if about and entry.waiting.item is not None:
        said.append(entry.waiting.item.number)
    return said


def _what(entry: Entry) -> str:
    each = entry.waiting
    if each.kind == RETURNED and each.work is not None and each.work.reason:
        return f"“{fmt.esc(fmt.cut(fmt.one_line(each.work.reason), 120))}”"
    if each.kind == REVIEW:
        return "menunggu reviu Anda"
    return lacks(entry.lack) if entry.lack is not None else ""


def lacks(lack: Lack) -> str:
    """What an item lacks, in few words, with the points at stake. HTML."""
    said = []
    if not lack.answered:
        said.append("jawaban")
    if not lack.noted:
        said.append("penjelasan")
    if lack.missing:
        said.append(f"{len(lack.missing)} bukti")
    elif not lack.evidence:
        said.append("bukti")
    what = f"kurang {', '.join(said)}" if said else "lengkap, tinggal dikirim untuk reviu"
    return what + (f" · {fmt.number(lack.at_stake)} poin" if lack.at_stake else "")
