"""The lines of units against the tree as it stands: who is meant, what changes, what cannot be. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows import fmt
from flows.admin.service import MAX_DEPTH
from flows.bulk import wrong
from flows.bulk.columns import CODE, KIND, KINDS, MAX_CODE, NAME, PARENT, TARGET, TARGETS, UNIT, ZONE, ZONES
from flows.bulk.present import Known, Present
from flows.bulk.reading import Line
from flows.registration.names import MAX_NAME, MIN_NAME

NEW, CHANGED, SAME = "baru", "berubah", "sama"
AT_LINE, AT_UNIT = "line", "unit"
Ref = tuple[str, int]
"""A unit: one of the file by its line, or one that stands by its id."""
Problem = tuple[int, str, str]
_TOP: Ref = ("top", 0)
_FIELDS = ((CODE, "code"), (NAME, "name"), (KIND, "type"), (TARGET, "target"), (ZONE, "zone"))


@dataclass(slots=True)
class _Row:
    """A line on its way: what it says, which unit it is, where it shall hang."""

    line: Line
    said: dict[str, str]
    known: Known | None = None
    parent: Ref | None = None
    named_parent: bool = False


@dataclass(slots=True)
class _Work:
    present: Present
    rows: dict[int, _Row] = field(default_factory=dict)
    bad: dict[int, tuple[str, str]] = field(default_factory=dict)
    by_code: dict[str, list[Ref]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Ref]] = field(default_factory=lambda: defaultdict(list))
    known_code: dict[str, Known] = field(default_factory=dict)
    known_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def refuse(self, at: int, column: str, why: str) -> None:
        self.bad.setdefault(at, (column, why))


@dataclass(frozen=True, slots=True)
class Units:
    """The right lines, parents before children; what is wrong; which words name a wrong line."""

    lines: list[dict[str, Any]]
    problems: list[Problem]
    wrong_words: dict[str, int]


def plan(lines: Sequence[Line], present: Present) -> Units:
    """Compare the lines of units with the tree."""
    work = _Work(present)
    for line in lines:
        _read(work, line)
    _index(work)
    for row in work.rows.values():
        _find_parent(work, row)
    _spread(work)
    for at in _ordered(work):
        _identify(work, work.rows[at])
    _whole_tree(work)
    _spread(work)
    made = [_outcome(work, work.rows[at]) for at in _ordered(work) if at not in work.bad]
    problems = [(at, column, why) for at, (column, why) in work.bad.items()]
    words = {work.rows[at].said[key].casefold(): at for at in work.bad for key in ("code", "name")}
    return Units(made, problems, {word: at for word, at in words.items() if word})


# one line ------------------------------------------------------------------------------------------


def _read(work: _Work, line: Line) -> None:
    """What a line says, each value in the form in which it is kept."""
    at, values = line.at, line.values
    for column in line.formulas:
        work.refuse(at, column, wrong.FORMULA)
    why = wrong.text(values.get(NAME, ""), MIN_NAME, MAX_NAME)
    if why:
        work.refuse(at, NAME, why)
    kind, target, zone = (values.get(name, "") for name in (KIND, TARGET, ZONE))
    code = values.get(CODE, "")
    for column, failed, why in (
        (CODE, len(code) > MAX_CODE, wrong.CODE),
        (CODE, code.startswith(("=", "+", "@")), wrong.text(code, 0, MAX_CODE)),
        (KIND, bool(kind) and kind.lower() not in KINDS, wrong.KIND),
        (TARGET, bool(target) and target.upper() not in TARGETS, wrong.TARGET),
        (ZONE, bool(zone) and zone.upper() not in ZONES, wrong.ZONE),
    ):
        if failed:
            work.refuse(at, column, why)
    said = {
        "code": code,
        "name": values.get(NAME, ""),
        "type": KINDS.get(kind.lower(), ""),
        "target": target.upper(),
        "zone": zone.upper(),
        "parent": values.get(PARENT, ""),
    }
    work.rows[at] = _Row(line, said)


def _index(work: _Work) -> None:
    """By which words a unit can be named: those of the file, and those that stand and are not in it."""
    codes: dict[str, int] = {}
    seen: dict[tuple[str, str, str], int] = {}
    in_file: set[str] = set()
    for at, row in work.rows.items():
        code, name = row.said["code"].casefold(), row.said["name"].casefold()
        if code and code in codes:
            work.refuse(at, CODE, wrong.code_twice(codes[code]))
            continue
        key = (code, name, row.said["parent"].casefold())
        if key in seen:
            work.refuse(at, NAME, wrong.twice(seen[key]))
            continue
        seen[key] = at
        in_file.add(name)
        work.by_name[name].append((AT_LINE, at))
        if code:
            codes[code] = at
            work.by_code[code].append((AT_LINE, at))
    for unit in work.present.units.values():
        code, name = unit.code.casefold(), unit.name.casefold()
        if code:
            work.known_code[code] = unit
        if not unit.archived:
            work.known_name[name].append(unit)
        if code and code not in codes:
            work.by_code[code].append((AT_UNIT, unit.id))
        if name not in in_file and not unit.archived:
            work.by_name[name].append((AT_UNIT, unit.id))


def _named(work: _Work, said: str) -> tuple[Ref | None, str]:
    """The unit that a word means, a code before a name; or why none."""
    word = said.casefold()
    found = work.by_code.get(word) or work.by_name.get(word) or []
    if len(found) == 1:
        return found[0], ""
    return None, wrong.several_units(said, len(found)) if found else wrong.unknown_unit(fmt.cut(said, 60))


def _find_parent(work: _Work, row: _Row) -> None:
    at, said = row.line.at, row.said["parent"]
    if not said:
        return
    row.named_parent = True
    ref, why = _named(work, said)
    if ref is None:
        work.refuse(at, PARENT, why)
    elif ref == (AT_LINE, at):
        work.refuse(at, PARENT, wrong.SELF_PARENT)
    elif ref[0] == AT_UNIT and work.present.units[ref[1]].archived:
        work.refuse(at, PARENT, wrong.ARCHIVED)
    row.parent = ref


def _spread(work: _Work) -> None:
    """What hangs below a wrong line is wrong too; circles are."""
    for at, row in work.rows.items():
        if at in work.bad:
            continue
        trail = [at]
        above = row
        while above.parent is not None and above.parent[0] == AT_LINE:
            up = above.parent[1]
            if up in trail:
                said = " → ".join(fmt.cut(work.rows[n].said["name"], 30) for n in (*trail, up))
                work.refuse(at, PARENT, wrong.circle(said) if up == at else wrong.rests_on(up))
                break
            if up in work.bad:
                work.refuse(at, PARENT, wrong.rests_on(up))
                break
            trail.append(up)
            above = work.rows[up]


def _ordered(work: _Work) -> list[int]:
    """The lines, each behind the one that it hangs below."""
    done: dict[int, None] = {}

    def put(at: int) -> None:
        trail: list[int] = []
        while at not in done and at not in work.bad and at not in trail:
            trail.append(at)
            parent = work.rows[at].parent
            if parent is None or parent[0] != AT_LINE:
                break
            at = parent[1]
        done.update(dict.fromkeys(reversed(trail)))

    for at in work.rows:
        put(at)
    return list(done)


# against what stands -------------------------------------------------------------------------------


def _identify(work: _Work, row: _Row) -> None:
    """Which unit a line is: by its code, else by its name below its parent (any, where none is named)."""
    if row.line.at in work.bad:
        return
    code, name = row.said["code"].casefold(), row.said["name"].casefold()
    by_code = work.known_code.get(code) if code else None
    if by_code is not None:
        row.known = by_code
    else:
        alike = work.known_name.get(name, [])
        if row.named_parent:
            parent_id = _id_of(work, row.parent)
            alike = [u for u in alike if u.parent_id == parent_id] if parent_id is not None else []
        elif len(alike) > 1:
            alike = [u for u in alike if u.parent_id is None] or alike
        if len(alike) > 1:
            work.refuse(row.line.at, NAME, wrong.several_units(row.said["name"], len(alike)))
            return
        row.known = alike[0] if alike and not (code and alike[0].code) else None
    if row.known is not None and row.known.archived:
        work.refuse(row.line.at, NAME, wrong.ARCHIVED)
    if row.known is not None and not row.named_parent:
        row.parent = (AT_UNIT, row.known.parent_id) if row.known.parent_id is not None else None


def _id_of(work: _Work, ref: Ref | None) -> int | None:
    """The id of a unit that stands already."""
    if ref is None:
        return None
    if ref[0] == AT_UNIT:
        return ref[1]
    known = work.rows[ref[1]].known
    return known.id if known is not None else None


def _whole_tree(work: _Work) -> None:
    """The tree as it would be: nobody twice, no two of a name under one parent, no circle, not too deep."""
    line_of: dict[int, int] = {}
    for at, row in work.rows.items():
        if at in work.bad or row.known is None:
            continue
        if row.known.id in line_of:
            work.refuse(at, NAME, wrong.twice(line_of[row.known.id]))
        else:
            line_of[row.known.id] = at
    taken: dict[tuple[Ref, str], str] = {}
    for unit in work.present.units.values():
        if unit.id not in line_of and not unit.archived:
            above: Ref = (AT_UNIT, unit.parent_id) if unit.parent_id is not None else _TOP
            taken[above, unit.name.casefold()] = "unit yang sudah ada"
    for at, row in work.rows.items():
        if at in work.bad:
            continue
        parent_id = _id_of(work, row.parent)
        place: Ref = (AT_UNIT, parent_id) if parent_id is not None else row.parent or _TOP
        key = (place, row.said["name"].casefold())
        if key in taken:
            work.refuse(at, NAME, wrong.name_taken(taken[key]))
        taken.setdefault(key, f"baris {at}")
        _climb(work, line_of, row)


def _climb(work: _Work, line_of: Mapping[int, int], row: _Row) -> None:
    """From a line up to the top, through the file and what stands."""
    at, steps, names = row.line.at, 1, [row.said["name"]]
    me: Ref = (AT_UNIT, row.known.id) if row.known is not None else (AT_LINE, at)
    ref = row.parent
    while ref is not None:
        unit_id = _id_of(work, ref)
        here: Ref = (AT_UNIT, unit_id) if unit_id is not None else ref
        names.append(_name_of(work, here))
        if here == me:
            work.refuse(at, PARENT, wrong.circle(" → ".join(fmt.cut(name, 30) for name in names[:6])))
            return
        steps += 1
        if steps > 3 * MAX_DEPTH:
            break
        ref = _above(work, line_of, here)
    if steps > MAX_DEPTH:
        work.refuse(at, PARENT, wrong.TOO_DEEP)


def _above(work: _Work, line_of: Mapping[int, int], here: Ref) -> Ref | None:
    at = here[1] if here[0] == AT_LINE else line_of.get(here[1])
    if at is not None:
        return work.rows[at].parent
    parent_id = work.present.units[here[1]].parent_id
    return (AT_UNIT, parent_id) if parent_id is not None else None


def _name_of(work: _Work, ref: Ref) -> str:
    return work.rows[ref[1]].said["name"] if ref[0] == AT_LINE else work.present.units[ref[1]].name


def _outcome(work: _Work, row: _Row) -> dict[str, Any]:
    """The line as it is applied; empty words leave what stands."""
    known, said = row.known, row.said
    made: dict[str, Any] = {"s": UNIT, "at": row.line.at, "id": known.id if known else None, "kind": NEW}
    made |= {key: said[key] for _, key in _FIELDS}
    parent_id = _id_of(work, row.parent)
    made["parent"] = [AT_UNIT, parent_id] if parent_id is not None else list(row.parent or ()) or None
    made["moves"] = False
    if known is None:
        return made
    there = {
        "code": known.code,
        "name": known.name,
        "type": known.kind,
        "target": known.target,
        "zone": known.zone,
    }
    made["diff"] = [column for column, key in _FIELDS if said[key] and said[key] != there[key]]
    if row.named_parent and parent_id != known.parent_id:
        made["diff"].append(PARENT)
        made["moves"] = True
    made["kind"] = CHANGED if made["diff"] else SAME
    return made


# for others ----------------------------------------------------------------------------------------


class References:
    """Finds the unit that a line of people names."""

    def __init__(self, units: Units, present: Present) -> None:
        self._wrong = units.wrong_words
        self.ids: dict[int, int] = {line["at"]: line["id"] for line in units.lines if line["id"] is not None}
        self._by_code: dict[str, list[Ref]] = defaultdict(list)
        self._by_name: dict[str, list[Ref]] = defaultdict(list)
        for line in units.lines:
            known = present.units.get(line["id"] or 0)
            code = line["code"] or (known.code if known is not None else "")
            self._note((AT_LINE, line["at"]), code, line["name"])
        mine = set(self.ids.values())
        for unit in present.units.values():
            if unit.id not in mine and not unit.archived:
                self._note((AT_UNIT, unit.id), unit.code, unit.name)

    def _note(self, ref: Ref, code: str, name: str) -> None:
        self._by_name[name.casefold()].append(ref)
        if code:
            self._by_code[code.casefold()].append(ref)

    def find(self, said: str) -> tuple[Ref | None, str]:
        """The unit meant, or why none."""
        word = said.casefold()
        found = self._by_code.get(word) or self._by_name.get(word) or []
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, wrong.several_units(said, len(found))
        if word in self._wrong:
            return None, wrong.rests_on(self._wrong[word])
        return None, wrong.unknown_unit(fmt.cut(said, 60))

    def id_of(self, ref: Ref) -> int | None:
        """The id of a unit that stands already; None for one that the file makes."""
        return ref[1] if ref[0] == AT_UNIT else self.ids.get(ref[1])
