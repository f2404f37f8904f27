"""What the agency asks of a unit beside the LKE: action items of a source of their own."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from flows import fmt, policy, routes
from flows.errors import BadInput, Missing, Outdated
from flows.evidence import links
from flows.models import Person, Task, Unit
from flows.pic import candidates
from flows.tasks import service as tasks
from flows.tasks import typed
from flows.tasks.service import DONE, OUTSIDE, UNDONE, View
from flows.turn import Turn

PAGE = 8
SUGGESTED: Mapping[str, str] = {
    "video": "Video profil unit",
    "paparan": "Bahan paparan pimpinan",
    "yel": "Yel-yel dan latihannya",
    "profil": "Buku profil unit",
    "seragam": "Seragam atau atribut tim",
    "pojok": "Pojok ZI di ruang layanan",
    "sambut": "Penyambutan tim penilai",
}
"""What agencies ask for by habit, by its code on a button. No national rule asks for any of it."""
_KNOWN_BY = {
    "video": "video",
    "paparan": "paparan",
    "yel": "yel",
    "profil": "buku profil",
    "seragam": "seragam",
    "pojok": "pojok",
    "sambut": "penyambutan",
}
"""The words by which something on the list is one of these."""
_STATES = (*UNDONE, DONE)
_GONE = "Usulan ini tidak ada lagi. Ketuk Tambah, lalu tulis yang diminta instansi."


def unit_of(turn: Turn) -> Unit:
    """The open unit, for whoever may look at it. Raises NotAllowed."""
    policy.require(turn.actor, "view", turn.unit)
    return turn.unit


def listed(
    session: Session, unit: Unit, page: int
) -> tuple[list[tuple[Task, Person | None]], int, int]:  # fmt: skip
    """One page by day (without one last, what is done after all), how many there are and are done."""
    where = (Task.unit_id == unit.id, Task.source == OUTSIDE, col(Task.state).in_(_STATES))
    states = session.exec(select(Task.state, func.count()).where(*where).group_by(col(Task.state))).all()
    day = func.coalesce(col(Task.promised_on), col(Task.due_on))
    found = session.exec(
        select(Task, Person)
        .outerjoin(Person, col(Person.id) == col(Task.person_id))
        .where(*where)
        .order_by(col(Task.state) == DONE, day.is_(None), day, col(Task.id))
        .limit(PAGE)
        .offset(page * PAGE)
    ).all()
    total = sum(count for _, count in states)
    return [(task, person) for task, person in found], total, dict(states).get(DONE, 0)


def missing(session: Session, unit: Unit) -> dict[str, str]:
    """The suggestions that are not on the list yet."""
    query = select(Task.title).where(
        Task.unit_id == unit.id, Task.source == OUTSIDE, col(Task.state).in_(_STATES)
    )
    there = " / ".join(session.exec(query).all()).casefold()
    return {code: title for code, title in SUGGESTED.items() if _KNOWN_BY[code] not in there}


def add_suggested(turn: Turn, unit_id: int, code: str) -> tuple[str, bool]:
    """Put a suggestion on the list; its title, and whether it was not there. Raises as `add`, Missing."""
    unit = _present(turn, unit_id)
    title = SUGGESTED.get(code)
    if title is None:
        raise Missing(_GONE, next=routes.OUTSIDE(0))
    if code not in missing(turn.session, unit):
        return title, False
    tasks.create(turn, unit, title, person_id=None, source=OUTSIDE)
    return title, True


def add(turn: Turn, unit_id: int, text: str) -> tuple[Task, typed.Said]:
    """Put what was typed on the list, perhaps with PIC and day after slashes.

    Raises NotAllowed, BadInput, Outdated.
    """
    unit = _present(turn, unit_id)
    today = fmt.local(turn.now, unit.zone).date()
    said = typed.read(text, candidates.team(turn.session, unit, turn.now), today)
    task = tasks.create(
        turn,
        unit,
        said.title,
        person_id=said.person.id if said.person is not None else None,
        due_on=said.due_on,
        source=OUTSIDE,
        again=routes.OUTSIDE_NEW(),
    )
    return task, said


def _present(turn: Turn, unit_id: int) -> Unit:
    unit = unit_of(turn)
    if unit.id != unit_id:
        raise Outdated(
            f"Tombol ini dari unit lain, jadi belum ada yang disimpan. Yang terbuka: {unit.name}.",
            next=routes.OUTSIDE(0),
        )
    policy.require(turn.actor, "task", unit)
    return unit


def outside(turn: Turn, task_id: int, *, work: bool = False) -> View:
    """An action item of this list. Raises Missing for any other; with `work` NotAllowed for readers."""
    view = tasks.find(turn, task_id)
    if view.task.source != OUTSIDE:
        raise Missing("Ini bukan bagian daftar di luar LKE.", next=routes.TASK(task_id))
    if work and not view.may_work:
        tasks.claim(turn, task_id, view.task.revision)
    return view


def sent_file(turn: Turn, task_id: int) -> dict[str, Any]:
    """The sent file as it is kept: Telegram has its bytes. Raises BadInput without one."""
    file = turn.event.file
    if file is None:
        raise BadInput("Kirim berkas atau tautannya.", next=routes.OUTSIDE_ATTACH(task_id))
    photo = file.name == "foto.jpg" and file.mime == "image/jpeg"
    return {"file_id": file.file_id, "name": file.name[-160:], "kind": "photo" if photo else "document"}


def link_in(text: str) -> dict[str, Any] | None:
    """The link in a text as it is kept; None without one."""
    url = links.cleaned(text)
    return {"link": url} if url is not None else None
