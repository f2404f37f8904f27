"""Walking down a sheet of answers: in which sub-component or result group each row stands."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from flows.importing import outline
from flows.importing.outline import Line
from knowledge.answers import Item
from knowledge.instrument import Indicator, Instrument, ResultGroup, SubComponent

SURE_TITLE = 86.0
"""Likeness (0 to 100) from which a heading without a marker is taken for an area or sub-component."""
MAX_LINES_OF_SUB = 24

_WORDS = re.compile(r"[0-9a-z]+")
_EXCLUDED = re.compile(r"^(total|nilai (akhir|evaluasi|hasil evaluasi)|jumlah nilai|rekap)\b")
_COUNT_WORDS = re.compile(r"^[-–]?\s*jumlah\b")


@dataclass(slots=True)
class Group:
    """The rows found under one sub-component or result group."""

    items: tuple[Item, ...]
    lines: list[Line] = field(default_factory=list)


def plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def likeness(text: str, name: str) -> float:
    """How alike a heading and a name are, 0 to 100; figures in brackets do not count."""
    return fuzz.token_sort_ratio(
        plain(re.sub(r"\([^)]*\)", " ", text)), plain(re.sub(r"\([^)]*\)", " ", name))
    )


class Walk:
    """Where one is while reading down: component, aspect, area, sub-component; and what was found there."""

    def __init__(self, instrument: Instrument, title: str) -> None:
        self._instrument = instrument
        items: list[Item] = [*instrument.area_order, *instrument.results]
        self.item_ids = frozenset(item.id for item in items)
        self._results = False
        self._aspect: str | None = None
        self._area: int | None = None
        self._place: str | None = None
        self._last: Line | None = None
        self.groups: dict[str, Group] = {}
        self.by_id: dict[str, Line] = {}
        self.loose: list[Line] = []
        self.areas_seen: set[int] = set()
        self.aspects_seen = 0
        if found := re.search(r"\b(?:area|pokja)\s*([1-6])\b", title.lower()):
            self._area = int(found[1])
        elif (area := self._like_area(title)) is not None:
            self._area = area

    def take(self, line: Line, *, typed: bool) -> None:
        """Go on by one row."""
        if line.raw_mark in self.item_ids:
            self.by_id[line.raw_mark] = line
            self._last = line
            return
        if _EXCLUDED.match(plain(line.text)) and line.kind is None:
            return
        if self._is_count(line, typed):
            if self._last is not None:
                self._last.counts.append(line)
            return
        # A heading repeats its scale in some sheets; its level tells it from an item.
        for level, number in line.marks:
            self._step(level, number, line)
        if not line.marks or line.level == outline.DASH:
            self._by_title(line)
        if self._is_item(line, typed):
            self._keep(line)

    def _is_count(self, line: Line, typed: bool) -> bool:
        if typed and line.kind is not None:
            return line.kind == outline.COUNT
        if self._last is None or line.kind is not None or line.level not in {None, outline.DASH}:
            return False
        if typed:
            return bool(_COUNT_WORDS.match(line.text.lower()))
        opens = line.level is None or not line.text.lower().lstrip("-– ").startswith("persen")
        ratio = self._last_is_ratio()
        return ratio and opens and (line.level == outline.DASH or bool(_COUNT_WORDS.match(line.text.lower())))

    def _last_is_ratio(self) -> bool:
        group = self.groups.get(self._place or "")
        return group is not None and any(isinstance(i, Indicator) and i.formula for i in group.items)

    def _is_item(self, line: Line, typed: bool) -> bool:
        if not line.text:
            return False
        if line.level in {outline.ITEM, outline.DASH}:
            return not typed or line.kind is not None
        if line.level is None:
            return line.kind is not None or (not typed and line.value is not None)
        return False

    def _keep(self, line: Line) -> None:
        self._last = line
        group = self.groups.get(self._place or "")
        if group is None or len(group.lines) >= MAX_LINES_OF_SUB:
            self.loose.append(line)
        else:
            group.lines.append(line)

    def _step(self, level: str, number: int, line: Line) -> None:
        if level == outline.COMPONENT:
            self._results = number == 2
            self._place = None
        elif level == outline.ASPECT and self._results:
            self._enter_result(number)
        elif level == outline.ASPECT:
            self._enter_aspect(number, line)
        elif level == outline.AREA and self._results:
            self._enter_result(number)
        elif level == outline.AREA:
            self._enter_area(number, line)
        elif level == outline.SUB and self._results:
            self._enter_result(number)
        elif level == outline.SUB:
            self._enter_sub(number, line)

    def _enter_result(self, number: int) -> None:
        groups = self._instrument.result_groups
        if 0 < number <= len(groups):
            self._open(groups[number - 1].id, groups[number - 1].items)

    def _enter_aspect(self, number: int, line: Line) -> None:
        heads = plain(line.text).startswith(("pemenuhan", "reform")) or line.level != outline.ASPECT
        if number in (1, 2) and (heads or not line.text):
            self._aspect = "PR"[number - 1]
            self._place = None
            if line.level == outline.ASPECT:
                self.aspects_seen += 1
        elif (area := self._like_area(line.text)) is not None:
            self._enter_area(area, line)  # cousins number the areas I, II, III

    def _enter_area(self, number: int, line: Line) -> None:
        area = self._like_area(line.text) if line.level in {outline.AREA, outline.ASPECT} else None
        if area is None and line.level == outline.AREA and self._like_place(line.text):
            return  # cousins number the sub-components 1, 2, 3
        number = area or number
        if 0 < number <= len(self._instrument.areas):
            self._area, self._place = number, None
            if area is not None:
                self.areas_seen.add(area)

    def _enter_sub(self, number: int, line: Line) -> None:
        subs = self._subs_here()
        if not subs:
            return
        own_text = line.text if line.level == outline.SUB else ""
        present = next((place for place, sub in enumerate(subs) if sub.id == self._place), -1)

        def fits(place: int) -> float:
            marked = 30.0 if subs[place].number.rpartition(".")[2] == _roman(number) else 0.0
            # Some sheets count anew inside a sub-component: going back needs the name to agree.
            follows = 10.0 if place == present + 1 else -20.0 if place < present else 0.0
            named = likeness(own_text, subs[place].name) if own_text else 0.0
            within = fuzz.token_set_ratio(plain(own_text), plain(subs[place].name)) if own_text else 0.0
            return marked + follows + 0.35 * (named + within)

        chosen = subs[max(range(len(subs)), key=fits)]
        self._open(chosen.id, chosen.indicators)

    def _subs_here(self) -> list[SubComponent]:
        areas = self._instrument.areas
        if self._area is None:
            return []
        return [
            sub
            for aspect in areas[self._area - 1].aspects
            if self._aspect in (None, aspect.kind)
            for sub in aspect.subs
        ]

    def _open(self, place: str, items: tuple[Item, ...]) -> None:
        self._place = place
        self.groups.setdefault(place, Group(items))

    def _by_title(self, line: Line) -> None:
        """A heading that lost its marker still says where one is."""
        words = plain(line.text)
        if line.kind is not None or not words or len(words) > 120:
            return
        if words in {"pemenuhan", "reform"}:
            self._aspect, self._place, self._results = ("P" if words == "pemenuhan" else "R"), None, False
            self.aspects_seen += 1
        elif words in {"pengungkit", "hasil"}:
            self._results, self._place = words == "hasil", None
        elif (area := self._like_area(line.text)) is not None:
            self._area, self._place = area, None
            self.areas_seen.add(area)
        else:
            self._like_place(line.text)

    def _like_place(self, text: str) -> bool:
        """Enter the sub-component or result group whose name this is; False when it is none."""
        places: list[SubComponent | ResultGroup] = [*self._subs_here()]
        if self._results:
            places = [*self._instrument.result_groups]
        best = max(places, key=lambda place: likeness(text, place.name), default=None)
        if best is None or likeness(text, best.name) < SURE_TITLE:
            return False
        self._open(best.id, best.indicators if isinstance(best, SubComponent) else best.items)
        return True

    def _like_area(self, text: str) -> int | None:
        found = [(likeness(text, area.name), area.no) for area in self._instrument.areas]
        best, number = max(found)
        return number if best >= SURE_TITLE else None


def _roman(number: int) -> str:
    return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[number] if 0 < number < 9 else ""
