"""Screens of the registers: the list of them, one register, one line, prompts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows import copying, routes, words
from flows.checklist.service import Current
from flows.models import RegisterEntry
from flows.registers import clocks, slots, typed
from flows.registers.kinds import FREE, KINDS, LAPOR, NO, YES, Field, Kind
from flows.registers.texts import lines as texts
from flows.registers.texts import recap
from flows.registers.typed import Value
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.instrument import Indicator

PAGE = 8
LABEL = 28
TO_ALL = Button(texts.ALL, routes.REGISTERS())
MENU = Button(words.TO_MENU, routes.HOME())


@dataclass(frozen=True, slots=True)
class Register:
    """One register of the open unit as its screen shows it. `caution`: the doubt about its clocks."""

    where: Current
    kind: Kind
    lines: tuple[RegisterEntry, ...]
    may_edit: bool
    today: date
    caution: str = ""

    @property
    def unit_id(self) -> int:
        """Id of the unit."""
        return self.where.unit.id or 0

    def feeds(self) -> tuple[Indicator, ...]:
        """The indicators of the unit's worksheet that it feeds."""
        found = (self.where.instrument.by_id.get(item_id) for item_id in self.kind.feeds)
        return tuple(item for item in found if isinstance(item, Indicator))


def menu(where: Current, numbers: Mapping[str, int], late: int) -> Screen:
    """The registers of a unit; `late` months have reports past a limit."""
    buttons = [Button(texts.BUTTONS[code], routes.REGISTER_LIST(code, 0)) for code in KINDS]
    return Screen(
        texts.menu(where.unit.name, tuple(KINDS.values()), numbers, late),
        rows(*grid([*buttons, Button(texts.PACT, routes.PACT())], 2), MENU),
    )


def listing(found: Register, page: int) -> Screen:
    """One register; counts may be typed right here."""
    kind, total = found.kind, len(found.lines)
    page = min(max(0, page), max(0, (total - 1) // PAGE))
    shown = found.lines[page * PAGE : (page + 1) * PAGE]
    opening = [Button(_label(kind, row), routes.REGISTER(row.id or 0)) for row in shown]
    turning = (
        *([Button("‹", routes.REGISTER_LIST(kind.code, page - 1))] if page else []),
        *([Button("›", routes.REGISTER_LIST(kind.code, page + 1))] if (page + 1) * PAGE < total else []),
    )
    copied = recap.copied(kind, found.where.unit.name, found.lines)
    typing = found.may_edit and kind.slots != FREE
    more = [
        *_warnings(found),
        texts.how_to_type(kind) if typing else "",
        "" if found.may_edit else _keepers(found),
    ]
    add = Button(texts.ADD, routes.REGISTER_NEW(found.unit_id, kind.code))
    bring = Button(texts.IMPORT, routes.REGISTER_FILE_ASK(found.unit_id, kind.code))
    return Screen(
        texts.listing(kind, found.where.unit.name, shown, found.lines, more),
        rows(
            (add, bring) if found.may_edit else None,
            *grid(opening, 1 if kind.slots == FREE else 2),
            turning,
            *grid(_takes(found), 1),
            tuple(
                button
                for button in (
                    copying.button(copied, routes.REGISTER_COPY(kind.code)),
                    Button(texts.CLOCKS, routes.TOPIC(clocks.FACT)) if kind.code == LAPOR else None,
                )
                if button is not None
            ),
            (TO_ALL, MENU),
        ),
        Expect(text=routes.REGISTER_TYPED(found.unit_id, kind.code, "")) if typing else None,
    )


def _label(kind: Kind, row: RegisterEntry) -> str:
    if row.slot:
        return slots.name(row.slot)
    text = next((str(row.content[key]) for key in kind.titles if row.content.get(key)), "")
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


def _takes(found: Register) -> list[Button]:
    """What can be taken into the LKE, once there is something."""
    if not found.lines:
        return []
    return [Button(f"Ambil ke LKE {item.number}", routes.REGISTER_TAKE(item.id, 0)) for item in found.feeds()]


def _warnings(found: Register) -> list[str]:
    if found.kind.code != LAPOR:
        return []
    late = [clocks.late(row.slot or "", row.content, found.today) for row in found.lines]
    said = [recap.warning(each) for each in late if each is not None][:4]
    return ["\n".join(said), recap.rule(found.caution)] if said else []


def _keepers(found: Register) -> str:
    areas = (found.where.instrument.area(area_id).no for area_id in found.kind.areas)
    return texts.keepers(found.kind, tuple(areas))


def one(found: Register, row: RegisterEntry) -> Screen:
    """One line; each field can be changed by those who keep the register."""
    kind, number = found.kind, row.id or 0
    fields = [Button(field.label, routes.REGISTER_FIELD(number, field.key, 0)) for field in kind.fields]
    again = routes.REGISTER_SLOT(found.unit_id, kind.code, row.slot) if row.slot else None
    more = []
    if kind.code == LAPOR and row.slot:
        late = clocks.late(row.slot, row.content, found.today)
        more = [recap.warning(late), recap.rule(found.caution)] if late is not None else []
    return Screen(
        texts.one(kind, row, more),
        rows(
            Button(texts.CHANGE, again) if again and found.may_edit else None,
            *(grid(fields, 2) if found.may_edit else ()),
            Button(texts.DELETE, routes.REGISTER_DELETE_ASK(number)) if found.may_edit else None,
            (Button(texts.LIST, routes.REGISTER_LIST(kind.code, 0)), TO_ALL),
        ),
    )


# adding --------------------------------------------------------------------------------------------


def ask_counts(
    unit_id: int, kind: Kind, slot: str, present: Mapping[str, Value] | None, today: date
) -> Screen:
    """The prompt for counts: of this period, or of one that is typed or tapped."""
    likely = () if slot else slots.likely(kind, today)
    buttons = [Button(slots.name(each), routes.REGISTER_SLOT(unit_id, kind.code, each)) for each in likely]
    other = Button(texts.OTHER, routes.REGISTER_NEW(unit_id, kind.code)) if slot else None
    return Screen(
        texts.ask_counts(kind, slot, present),
        rows(*grid(buttons, 2), other, (Button(texts.LIST, routes.REGISTER_LIST(kind.code, 0)), MENU)),
        Expect(text=routes.REGISTER_TYPED(unit_id, kind.code, slot)),
    )


def check(
    unit_id: int, kind: Kind, slot: str, values: Mapping[str, Value], present: RegisterEntry | None
) -> Screen:
    """Asks before counts are saved; a further message corrects them."""
    seen = present.revision if present is not None else 0
    save = routes.REGISTER_PUT(unit_id, kind.code, slot, typed.code_of(kind, values), seen)
    again = Button(texts.RETYPE, routes.REGISTER_SLOT(unit_id, kind.code, slot))
    return Screen(
        texts.check(kind, slot, values, present.content if present is not None else None),
        rows((Button(texts.SAVE, save), again), Button(texts.LIST, routes.REGISTER_LIST(kind.code, 0))),
        Expect(text=routes.REGISTER_TYPED(unit_id, kind.code, slot)),
    )


def ask_first(unit_id: int, kind: Kind) -> Screen:
    """The prompt that begins a line."""
    return Screen(
        texts.ask_first(kind),
        rows((Button(texts.LIST, routes.REGISTER_LIST(kind.code, 0)), MENU)),
        Expect(text=routes.REGISTER_FIRST(unit_id, kind.code), only=True),
    )


def ask_field(kind: Kind, row: RegisterEntry, field: Field, guided: int) -> Screen:
    """The prompt for one field; step by step it can be skipped."""
    number = row.id or 0
    following = kind.after(field.key)
    onward = routes.REGISTER_FIELD(number, following.key, 1) if following else routes.REGISTER(number)

    def set_to(value: str) -> routes.Action:
        return routes.REGISTER_FIELD_SET(number, field.key, guided, row.revision, value)

    answers = (Button(texts.YES_LABEL, set_to(YES)), Button(texts.NO_LABEL, set_to(NO)))
    clears = field.key in row.content and field.key not in kind.needed and not guided
    return Screen(
        texts.ask_field(kind, row, field, bool(guided)),
        rows(
            answers if field.form == "yes" else None,
            Button(texts.SKIP, onward) if guided else None,
            Button(texts.EMPTY, set_to("")) if clears else None,
            Button(words.BACK, routes.REGISTER(number)),
        ),
        Expect(
            text=routes.REGISTER_FIELD_SAVE(number, field.key, guided, row.revision),
            only=field.form == "text",
        ),
    )


def delete_ask(kind: Kind, row: RegisterEntry) -> Screen:
    """Asks before a line goes."""
    number = row.id or 0
    yes = Button(texts.DELETE_YES, routes.REGISTER_DELETE(number, row.revision))
    return Screen(texts.delete_ask(kind, row), rows((yes, Button(texts.DELETE_NO, routes.REGISTER(number)))))


def copied(found: Register) -> Screen:
    """The register as text to copy."""
    text = recap.copied(found.kind, found.where.unit.name, found.lines)
    back: Sequence[Button] = (Button(texts.LIST, routes.REGISTER_LIST(found.kind.code, 0)), MENU)
    return Screen(copying.block(text) if text else "Belum ada catatan.", rows(back))
