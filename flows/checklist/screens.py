"""Screens of Isi LKE: data in, `Screen` out."""

from collections.abc import Mapping, Sequence

from flows import routes, words
from flows.checklist import stored
from flows.checklist.service import RESULTS, Change, Current, ItemView, Marks, area_id_of
from flows.checklist.texts import changing, item_text, labels, lists
from flows.checklist.texts.labels import Reader
from flows.evidence.service import ItemEvidence
from flows.registers.kinds import KIND_OF_ITEM
from flows.schedule.nearest import Nearest
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Answer, Item
from knowledge.instrument import Area, Indicator, SubComponent

NUMBERS_PER_ROW = 3


def start(where: Current, marks: Marks, own: Sequence[str], may_import: bool = False) -> Screen:
    """The six areas and the result part with their counts; coordinators may bring a worksheet."""
    instrument, done = where.instrument, marks.done
    areas = [(a, sum(i.id in done for i in a.indicators), len(a.indicators)) for a in instrument.areas]
    results = (sum(r.id in done for r in instrument.results), len(instrument.results))
    buttons = [Button(f"Area {a.no}", routes.LKE_AREA(a.id)) for a in instrument.areas]
    return Screen(
        lists.start(where, areas, results, own, marks),
        rows(
            Button(labels.CONTINUE, routes.LKE_CONTINUE()),
            *grid(buttons, NUMBERS_PER_ROW),
            (
                Button(labels.RESULT_PART, routes.LKE_AREA(RESULTS)),
                Button(labels.PROGRESS, routes.PROGRESS()),
                Button(words.TO_MENU, routes.HOME()),
            ),
            Button(f"{labels.TO_CONFIRM} ({len(marks.to_confirm)})", routes.CARRIED("", 0))
            if marks.to_confirm
            else None,
            (
                *([Button(labels.IMPORT_FILE, routes.IMPORT())] if may_import else []),
                Button(labels.EIGHT_AREAS, routes.GUIDE("delapan-area-rb")),
            ),
        ),
    )


def area(where: Current, which: Area, marks: Marks, unit_name: str) -> Screen:
    """One area: its sub-components by aspect."""
    parts = [
        (aspect, [(sub, sum(i.id in marks.done for i in sub.indicators)) for sub in aspect.subs])
        for aspect in which.aspects
    ]
    buttons = [Button(sub.number, routes.LKE_SUB(sub.id)) for aspect in which.aspects for sub in aspect.subs]
    areas = where.instrument.areas
    return Screen(
        lists.area(which, parts, unit_name, marks),
        rows(
            *grid(buttons, NUMBERS_PER_ROW),
            (
                *(Button(f"‹ Area {a.no}", routes.LKE_AREA(a.id)) for a in areas if a.no == which.no - 1),
                Button(labels.TO_LKE, routes.LKE()),
                *(Button(f"Area {a.no} ›", routes.LKE_AREA(a.id)) for a in areas if a.no == which.no + 1),
            ),
            Button(labels.DUE, routes.DEADLINE(which.id)),
        ),
    )


def sub(
    where: Current, which: SubComponent, given: Mapping[str, Answer], marks: Marks, unit_name: str
) -> Screen:
    """One sub-component: its indicators."""
    home = where.instrument.area(which.area_id)
    kind = next(aspect.kind for aspect in home.aspects if aspect.id == which.aspect_id)
    buttons = [Button(i.number, routes.LKE_ITEM(i.id)) for i in which.indicators]
    return Screen(
        lists.sub(which, home.no, kind, given, marks, unit_name),
        rows(
            *grid(buttons, NUMBERS_PER_ROW),
            Button(labels.DUE, routes.DEADLINE(which.id)),
            (Button(f"‹ Area {home.no}", routes.LKE_AREA(home.id)), Button(labels.TO_LKE, routes.LKE())),
        ),
    )


def results(
    where: Current,
    given: Mapping[str, Answer],
    fed: Mapping[str, Answer],
    marks: Marks,
    unit_name: str,
) -> Screen:
    """The result part; `fed` are the answers that stand in the survey register, they go before."""
    instrument = where.instrument
    return Screen(
        lists.results([(g.name, g.items) for g in instrument.result_groups], given, fed, marks, unit_name),
        rows(
            *grid([Button(r.number, routes.LKE_ITEM(r.id)) for r in instrument.results], NUMBERS_PER_ROW),
            Button(labels.TO_LKE, routes.LKE()),
        ),
    )


def item(view: ItemView, reader: Reader, evidence: ItemEvidence, due: Nearest | None = None) -> Screen:
    """One indicator or result item; answers typed by those who only read are refused here, in place."""
    one, where = view.item, view.current
    step_on = Button(labels.AFTER, routes.LKE_ITEM(view.after.id)) if view.after else None
    main = step_on if view.answered and view.may_answer else None
    options = _option_buttons(view) if view.may_answer else ()
    own = view.may_answer
    note = (labels.EDIT_NOTE if view.note else labels.WRITE_NOTE) if own else labels.READ_NOTE
    sure = Button(
        labels.STILL_TRUE if view.carried else labels.CONFIRM,
        routes.LKE_CONFIRM(where.id, one.id, view.revision),
    )
    more = [
        *([Button(labels.ADD_EVIDENCE, routes.EVIDENCE_ADD(one.id))] if own else []),
        Button(labels.EVIDENCE, routes.EVIDENCE_ITEM(one.id)),
        *([Button(note, routes.LKE_NOTE(one.id))] if own or view.note else []),
        *([Button(labels.simulate(one), routes.SIMULATE(one.id))] if own else []),
        *([Button(labels.SURVEYS, routes.SURVEYS(0))] if view.fed else []),
        *_register_button(view),
        *_pic_button(view),
        *([Button(labels.DUE, routes.DEADLINE(one.id))] if own else []),
        *([Button(labels.HISTORY, routes.LKE_HISTORY(one.id, 0))] if view.revision else []),
        *([Button(labels.CLEAR_ANSWER, routes.LKE_CLEAR_ASK(one.id))] if own and view.answer else []),
    ]
    if view.may_advise:
        more.append(Button(labels.ADVISE, routes.ADVICE(where.id, one.id)))
    if view.may_assess:
        more.append(Button(labels.ASSESS, routes.ASSESS_CARD(where.id, one.id)))
    if own and isinstance(one, Indicator):
        more.append(_applies(view))
        more.append(Button(labels.TO_TASK, routes.TASK_NEW(one.id)))
    last = (
        *([Button(labels.BEFORE, routes.LKE_ITEM(view.before.id))] if view.before else []),
        up(one),
        *([step_on] if step_on and main is None else []),
    )
    files = routes.INTAKE_FILE(one.id) if own else None
    expects = Expect(text=routes.LKE_TYPED(where.id, one.id, view.revision), file=files)
    confirm = sure if own and view.unconfirmed else _still_off(view) if own else None
    return Screen(
        item_text.item(view, reader, evidence, due),
        rows(*options, confirm, main, _review_buttons(view, reader), *grid(more, 2), last),
        expects,
    )


def _still_off(view: ItemView) -> Button | None:
    """What did not apply in the year before still does not."""
    if not view.asked_off or view.work is None:
        return None
    return Button(labels.STILL_OFF, routes.CARRIED_OFF(view.current.id, view.item.id, view.work.revision, ""))


def _register_button(view: ItemView) -> list[Button]:
    """What the unit's register says for the item, where one feeds it."""
    if view.item.id not in KIND_OF_ITEM:
        return []
    label = labels.FROM_REGISTER if view.may_answer else labels.REGISTER
    return [Button(label, routes.REGISTER_TAKE(view.item.id, 0))]


def _applies(view: ItemView) -> Button:
    revision = view.work.revision if view.work is not None else 0
    if view.not_applicable:
        return Button(labels.APPLIES, routes.NA_OFF(view.current.id, view.item.id, revision))
    return Button(labels.NOT_APPLICABLE, routes.NA_ASK(view.item.id))


def _review_buttons(view: ItemView, reader: Reader) -> tuple[Button, ...]:
    """To send, to take back, to look as a reviewer: what fits the state and the person."""
    target, work = (view.current.id, view.item.id), view.work
    revision = work.revision if work is not None else 0
    if view.review == "waiting" and work is not None:
        mine = work.sent_by == reader.person_id and view.may_answer
        return (
            *([Button(labels.REVIEW, routes.REVIEW_CARD(*target))] if view.may_review else []),
            *([Button(labels.RECALL, routes.REVIEW_RECALL(*target, revision))] if mine else []),
        )
    if not view.may_answer or not view.answered or view.review == "approved":
        return ()
    return (Button(labels.SEND, routes.REVIEW_SEND(*target, revision, 0)),)


def _pic_button(view: ItemView) -> list[Button]:
    """Leads to the choice of a PIC, or takes an item that has none for oneself."""
    if view.may_assign:
        return [Button(labels.PIC, routes.PIC(view.item.id, 0, 0))]
    if view.pic is None and view.may_take:
        return [Button(labels.TAKE, routes.PIC_TAKE(view.current.id, view.item.id))]
    return []


def _option_buttons(view: ItemView) -> tuple[tuple[Button, ...], ...]:
    one = view.item
    chosen = stored.code_of(one, view.answer) if view.answer else ""
    buttons = [
        Button(
            f"✓ {option.key}" if option.key == chosen else option.key,
            routes.LKE_SET(view.current.id, one.id, option.key, view.revision),
        )
        for option in one.options
    ]
    return grid(buttons, 2 if len(buttons) == 4 else 3)


def up(one: Item) -> Button:
    """Leads from an item to its area."""
    label = f"Area {one.area_no}" if isinstance(one, Indicator) else labels.RESULT_PART
    return Button(label, routes.LKE_AREA(area_id_of(one)))


def back(one: Item) -> Button:
    """Leads from a side screen to its item."""
    return Button(words.BACK, routes.LKE_ITEM(one.id))


def clear_ask(view: ItemView, reader: Reader) -> Screen:
    """Asks before an answer goes."""
    one = view.item
    return Screen(
        changing.clear_ask(view, reader),
        rows(
            (
                Button(labels.CLEAR_YES, routes.LKE_CLEAR(view.current.id, one.id, view.revision)),
                Button(labels.CLEAR_NO, routes.LKE_ITEM(one.id)),
            )
        ),
    )


def clash(view: ItemView, wanted: Answer, reader: Reader, cleared_by: Change | None) -> Screen:
    """Somebody else's answer stands there: the person decides."""
    one = view.item
    code = stored.code_of(one, wanted)
    return Screen(
        changing.clash(view, wanted, reader, cleared_by),
        rows(
            (
                Button(
                    changing.use(one, wanted), routes.LKE_FORCE(view.current.id, one.id, code, view.revision)
                ),
                Button(changing.keep(one, view.answer), routes.LKE_ITEM(one.id)),
            ),
            Button(labels.HISTORY, routes.LKE_HISTORY(one.id, 0)),
        ),
    )


def suggest(view: ItemView, wanted: Answer, sentence: str) -> Screen:
    """What was typed may mean this answer: one tap takes it, typing goes on."""
    one, where = view.item, view.current
    code = stored.code_of(one, wanted)
    return Screen(
        changing.suggest(view, sentence),
        rows(
            (
                Button(changing.store(one, wanted), routes.LKE_SET(where.id, one.id, code, view.revision)),
                Button(labels.TYPE_AGAIN, routes.LKE_ITEM(one.id)),
            )
        ),
        Expect(text=routes.LKE_TYPED(where.id, one.id, view.revision)),
    )


def note(view: ItemView, reader: Reader) -> Screen:
    """The narrative: a prompt for those who write it, a text for others."""
    if not view.may_answer:
        return Screen(changing.note_read(view, reader), rows((back(view.item), up(view.item))))
    save = routes.LKE_NOTE_SAVE(view.current.id, view.item.id, view.revision)
    shown = Button(labels.NOTE_EXAMPLE, routes.NOTE_EXAMPLE(view.item.id))
    return Screen(
        changing.note_prompt(view, reader), rows((shown, back(view.item))), Expect(text=save, only=True)
    )


def note_clash(view: ItemView, mine: str, reader: Reader) -> Screen:
    """Both narratives, and the choice; a new text typed here replaces both."""
    where, one = view.current, view.item
    target = (where.id, one.id, view.revision)
    return Screen(
        changing.note_clash(view, mine, reader),
        rows(
            (
                Button(labels.NOTE_MINE, routes.LKE_NOTE_MINE(*target, 0)),
                Button(labels.NOTE_BOTH, routes.LKE_NOTE_MINE(*target, 1)),
            ),
            Button(labels.NOTE_THEIRS, routes.LKE_ITEM(one.id)),
        ),
        Expect(text=routes.LKE_NOTE_SAVE(*target), only=True),
    )


def history(one: Item, changes: Sequence[Change], more: bool, reader: Reader, page: int) -> Screen:
    """One page of changes."""
    turning = (
        *([Button(labels.NEWER, routes.LKE_HISTORY(one.id, page - 1))] if page else []),
        *([Button(labels.OLDER, routes.LKE_HISTORY(one.id, page + 1))] if more else []),
    )
    return Screen(changing.history(one, changes, reader, page), rows(turning, (back(one), up(one))))
