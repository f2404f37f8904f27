"""Action items that the agency asks for beside the LKE: how lists name them, and what is put beside them."""

from typing import Any

from flows import routes
from flows.errors import Missing
from flows.models import Task
from flows.tasks.service import OUTSIDE, View, claim, save
from flows.turn import Turn


def attach(turn: Turn, task_id: int, what: dict[str, Any] | None, seen: int) -> View:
    """Put a link or a sent file beside it; None takes it away. Raises Outdated, NotAllowed, Missing."""
    view = claim(turn, task_id, seen)
    if view.task.source != OUTSIDE:
        raise Missing("Lampiran hanya untuk daftar di luar LKE.", next=routes.TASK(task_id))
    before = {"attached": attachment(view.task)}
    view.task.attached = what
    save(turn, view.task, "attach", before, {"attached": attachment(view.task)})
    return view


def attachment(task: Task) -> str:
    """The link or the name of the file beside it; "" without one."""
    held = task.attached or {}
    return str(held.get("link") or held.get("name") or "")


def said(task: Task) -> str:
    """The title as lists of the LKE's work say it: what is outside it says so."""
    return f"{task.title} (di luar LKE)" if task.source == OUTSIDE else task.title
