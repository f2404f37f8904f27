"""Changing answers and narratives: claim the row, compare what the person saw, write, keep the history.

Nobody's answer vanishes: a change made by somebody else after the screen that a person acted on is a CLASH.
Nothing is written then; the person is shown it and decides.
"""

from enum import Enum
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from flows import policy, routes
from flows.checklist import service, stored
from flows.checklist.record import Place as Place
from flows.checklist.record import log as log
from flows.errors import BadInput, Missing, Outdated
from flows.models import Answer, AnswerChange, Draft
from flows.review import states
from flows.routes import unpack
from flows.turn import Turn
from knowledge.answers import Answer as Known
from knowledge.answers import Index, Item, Notice, Ratio, judge
from knowledge.errors import AnswerError
from knowledge.instrument import Indicator

NOTE_LIMIT = 2000
"""Characters of one Penjelasan."""
ANSWER, CLEAR, NOTE, CONFIRM = "answer", "clear", "note", "confirm"
IMPORT, IMPORT_NOTE, CARRY = "import", "import_note", "carry"
_ANSWERING, _NOTING = (ANSWER, CLEAR, CONFIRM, IMPORT, CARRY), (NOTE, IMPORT_NOTE)
FROM_EXCEL = stored.FROM_EXCEL


class Outcome(Enum):
    """What became of a wish to change something."""

    SAVED = "saved"
    SAME = "same"  # it stood so already
    CLASH = "clash"  # somebody else changed it meanwhile: nothing written


def place(turn: Turn, assessment_id: int, item_id: str) -> Place:
    """Where a button or prompt wants to write.

    Raises Outdated when it was made for another unit or year than the one that is open now, NotAllowed for
    people of another area, Missing for an unknown item.
    """
    where = service.current(turn)
    if where.id != assessment_id:
        raise Outdated(
            f"Tombol ini dari LKE unit atau tahun lain, jadi belum ada yang diubah. "
            f"Yang sedang terbuka: {where.unit.name}, {where.assessment.year}.",
            next=routes.LKE(),
            assessment_id=assessment_id,
        )
    item = service.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", where.unit, service.area_id_of(item))
    return Place(where, item)


_CLAIM = (
    select(Answer)
    .where(col(Answer.assessment_id) == bindparam("assessment"), col(Answer.item_id) == bindparam("item"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def claim(turn: Turn, at: Place) -> Answer | None:
    """The item's row, locked until the transaction ends; None while nobody has written one."""
    found: Answer | None = turn.session.execute(
        _CLAIM, {"assessment": at.current.id, "item": at.item.id}
    ).scalar()
    return found


# answers -------------------------------------------------------------------------------------------


def set_answer(turn: Turn, at: Place, wanted: Known, seen: int, *, forced: bool = False) -> Outcome:
    """Make `wanted` the answer. `seen` is the revision the person acted on (0: no row); `forced` is noted.

    Raises BadInput for an answer that does not fit the item; the old one stays.
    """
    _fitting(at, wanted)
    row = claim(turn, at)
    if row is None:
        choice, inputs = stored.columns(wanted)
        given = {
            "choice": choice,
            "inputs": inputs,
            "answered_by": turn.actor.person_id,
            "answered_at": turn.now,
        }
        if _inserted(turn, at, given):
            log(turn, at, ANSWER, None, {"choice": choice, "inputs": inputs, "rev": 1}, forced)
            states.touched(turn, at, answered=True)
            return Outcome.SAVED
        row = claim(turn, at)
        if row is None:
            raise RuntimeError("the row that stood in the way is gone")
    before = service.known_answer(row)
    wanted = _with_supporting(at.item, wanted, before)
    if before == wanted and not stored.is_unconfirmed(row):
        return Outcome.SAME
    if _someone_else(turn, at, row, seen, _ANSWERING):
        return Outcome.CLASH
    if before == wanted:
        _confirm(turn, at, row)
    else:
        _write_answer(turn, at, row, wanted, forced)
    return Outcome.SAVED


def confirm_answer(turn: Turn, at: Place, seen: int) -> Outcome:
    """Say that an answer from Excel or of last year is right: it counts as the actor's from now on."""
    row = claim(turn, at)
    if row is None or not stored.is_unconfirmed(row):
        return Outcome.SAME
    if _someone_else(turn, at, row, seen, _ANSWERING):
        return Outcome.CLASH
    _confirm(turn, at, row)
    return Outcome.SAVED


def _confirm(turn: Turn, at: Place, row: Answer) -> None:
    origin = row.source
    row.source, row.answered_by, row.answered_at = "chat", turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    same = {"choice": row.choice, "inputs": row.inputs}
    log(turn, at, CONFIRM, same, {**same, "from": origin, "rev": row.revision})


def clear_answer(turn: Turn, at: Place, seen: int) -> Outcome:
    """Take the answer away; its narrative and history stay."""
    row = claim(turn, at)
    if row is None or service.known_answer(row) is None:
        return Outcome.SAME
    if _someone_else(turn, at, row, seen, _ANSWERING):
        return Outcome.CLASH
    _write_answer(turn, at, row, None)
    return Outcome.SAVED


def _write_answer(turn: Turn, at: Place, row: Answer, wanted: Known | None, forced: bool = False) -> None:
    before = {"choice": row.choice, "inputs": row.inputs}
    row.choice, row.inputs = stored.columns(wanted)
    row.source = "chat"
    row.answered_by = turn.actor.person_id if wanted is not None else None
    row.answered_at = turn.now if wanted is not None else None
    turn.session.add(row)
    turn.session.flush()
    after = {"choice": row.choice, "inputs": row.inputs, "rev": row.revision}
    log(turn, at, ANSWER if wanted is not None else CLEAR, before, after, forced)
    states.touched(turn, at, answered=wanted is not None)


def _fitting(at: Place, answer: Known) -> None:
    """Raise BadInput unless the item can take the answer."""
    item, prompt = at.item, at.shown
    try:
        notice = judge(item, answer).notice
    except AnswerError as err:
        raise BadInput(
            f"Jawaban itu tidak cocok untuk bagian ini. Yang diterima {err.allowed}.", next=prompt
        ) from err
    if notice is Notice.EXCEEDS and isinstance(item, Indicator) and item.formula is not None:
        raise BadInput(
            f"Itu tidak mungkin: {item.formula.impossible}. Isian lama tetap tersimpan.", next=prompt
        )
    if isinstance(answer, Index):
        exponent = answer.value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > stored.INDEX_PLACES:
            raise BadInput(
                f"Tulis indeks dengan paling banyak {stored.INDEX_PLACES} angka di belakang koma, "
                "misalnya 3,62. Isian lama tetap tersimpan.",
                next=prompt,
            )


def _with_supporting(item: Item, wanted: Known, before: Known | None) -> Known:
    """Counts outside the formula that were not given anew stay as they were."""
    if not (isinstance(item, Indicator) and isinstance(wanted, Ratio) and isinstance(before, Ratio)):
        return wanted
    kept = {i.key: before.inputs[i.key] for i in item.inputs if not i.in_formula and i.key in before.inputs}
    return Ratio({**kept, **wanted.inputs})


# narratives (Penjelasan) ---------------------------------------------------------------------------


def write_note(turn: Turn, at: Place, text: str, seen: int) -> Outcome:
    """Make `text` the narrative. Raises BadInput when it is empty or too long: it is never cut."""
    text = note_text(at, text)
    row = claim(turn, at)
    if row is None:
        given = {"note": text, "note_by": turn.actor.person_id, "note_at": turn.now}
        if _inserted(turn, at, given):
            log(turn, at, NOTE, None, {"note": text, "rev": 1})
            states.touched(turn, at)
            return Outcome.SAVED
        row = claim(turn, at)
        if row is None:
            raise RuntimeError("the row that stood in the way is gone")
    if row.note == text:
        return Outcome.SAME
    if _someone_else(turn, at, row, seen, _NOTING):
        return Outcome.CLASH
    before = {"note": row.note}
    row.note, row.note_by, row.note_at = text, turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    log(turn, at, NOTE, before, {"note": text, "rev": row.revision})
    states.touched(turn, at)
    return Outcome.SAVED


def clear_note(turn: Turn, at: Place, seen: int) -> Outcome:
    """Take the narrative away; the answer stays, and the history holds what was written."""
    row = claim(turn, at)
    if row is None or not row.note:
        return Outcome.SAME
    if _someone_else(turn, at, row, seen, _NOTING):
        return Outcome.CLASH
    before = {"note": row.note}
    row.note, row.note_by, row.note_at = "", turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    log(turn, at, NOTE, before, {"note": "", "rev": row.revision})
    states.touched(turn, at)
    return Outcome.SAVED


def note_text(at: Place, text: str) -> str:
    """The narrative as it would be kept. Raises BadInput when it is empty or too long."""
    text = text.strip()
    if not text:
        raise BadInput("Penjelasan masih kosong. Silakan tulis isinya.", next=at.noting)
    if len(text) > NOTE_LIMIT:
        raise BadInput(
            f"Penjelasan ini {len(text)} huruf, sedangkan paling banyak {NOTE_LIMIT}, jadi belum disimpan. "
            "Tulisan Anda masih ada di percakapan ini: salin, ringkas, lalu kirim lagi.",
            next=at.noting,
        )
    return text


def hold_note(turn: Turn, at: Place, text: str) -> None:
    """Keep a narrative that met somebody else's, until its writer has decided."""
    turn.session.flush()
    key = (turn.event.chat_id, turn.event.sender.telegram_id)
    draft = turn.session.get(Draft, key) or Draft(chat_id=key[0], telegram_id=key[1], text="", at=turn.now)
    row = claim(turn, at)
    save = routes.LKE_NOTE_SAVE(at.current.id, at.item.id, row.revision if row is not None else 0)
    draft.text, draft.action, draft.at = text, save.pack(), turn.now
    turn.session.add(draft)


def held_note(turn: Turn, assessment_id: int, item_id: str) -> str:
    """The narrative kept by `hold_note` for this item. Raises Missing when it was used or replaced."""
    draft = turn.session.get(Draft, (turn.event.chat_id, turn.event.sender.telegram_id))
    action = unpack(draft.action) if draft is not None else None
    if draft is None or action is None or action.args[:2] != (assessment_id, item_id):
        raise Missing(
            "Tulisan yang menunggu keputusan sudah dipakai atau diganti. Ini keadaan terbaru.",
            next=routes.LKE_NOTE(item_id),
        )
    return draft.text


def write_held_note(turn: Turn, at: Place, seen: int, *, below: bool) -> Outcome:
    """Write the held narrative in place of the present one, or below it. It is let go once saved."""
    text = held_note(turn, at.current.id, at.item.id)
    row = claim(turn, at)
    outcome = write_note(turn, at, f"{row.note}\n{text}" if below and row is not None else text, seen)
    if outcome is not Outcome.CLASH:
        turn.session.delete(turn.session.get_one(Draft, (turn.event.chat_id, turn.event.sender.telegram_id)))
    return outcome


# shared --------------------------------------------------------------------------------------------


def ensure_row(turn: Turn, at: Place) -> Answer:
    """The item's row, locked; an empty one is made where there is none."""
    row = claim(turn, at)
    if row is None:
        _inserted(turn, at, {})
        row = claim(turn, at)
    if row is None:
        raise RuntimeError("the row that was just made is gone")
    return row


def _inserted(turn: Turn, at: Place, given: dict[str, Any]) -> bool:
    """Insert the item's first row; False when somebody was quicker (waits for them to commit)."""
    session = turn.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"assessment_id": at.current.id, "item_id": at.item.id, "note": "", "source": "chat", "revision": 1}
    statement = (
        insert(Answer)
        .values({**row, **given})
        .on_conflict_do_nothing(index_elements=["assessment_id", "item_id"])
        # Asked for by key: the row count of such an insert cannot be trusted on PostgreSQL.
        .returning(col(Answer.id))
    )
    return session.connection().execute(statement).first() is not None


def _someone_else(turn: Turn, at: Place, row: Answer, seen: int, kinds: tuple[str, ...]) -> bool:
    """Whether another person made a change of these kinds after revision `seen`.

    A narrative written meanwhile does not stand in the way of an answer, nor one's own earlier tap.
    """
    if seen == row.revision:
        return False
    me = turn.actor.person_id
    last = turn.session.exec(
        select(AnswerChange)
        .where(
            AnswerChange.assessment_id == at.current.id,
            AnswerChange.item_id == at.item.id,
            col(AnswerChange.kind).in_(kinds),
        )
        .order_by(col(AnswerChange.id).desc())
        .limit(1)
    ).first()
    if last is None:  # a row that came without history
        by = row.answered_by if ANSWER in kinds else row.note_by
        present = service.known_answer(row) is not None if ANSWER in kinds else bool(row.note)
        return present and by != me
    made_at = int((last.after or {}).get("rev", row.revision))
    return last.person_id != me and (made_at > seen or seen > row.revision)
