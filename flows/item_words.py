"""An item, its answer and the people around it in words, as every feature says them."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from flows import fmt
from flows.models import Person
from knowledge.answers import Answer, Choice, Index, Item, Ratio
from knowledge.instrument import Indicator

REVIEW_STATES = {"waiting": "menunggu reviu", "approved": "disetujui", "returned": "perlu perbaikan"}
"""The states of a review in words."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a screen, and when: times and names are told as seen by them."""

    person_id: int | None
    now: datetime
    zone_name: str
    unit_name: str = ""

    def name(self, person: Person | None) -> str:
        """Plain text: "Anda", a name, or "mantan anggota"."""
        if person is None:
            return "tim"
        if person.deleted_at is not None:
            return "mantan anggota"
        return "Anda" if person.id == self.person_id else person.name

    def when(self, at: datetime) -> str:
        """The moment as people say it."""
        return fmt.ago(at, self.now, self.zone_name)

    def by(self, person: Person | None, at: datetime | None) -> str:
        """HTML: "oleh Budi, 12 Mei 2027"."""
        return f"oleh {fmt.esc(self.name(person))}" + (f", {self.when(at)}" if at else "")


def answer(item: Item, given: Answer | None) -> str:
    """An answer in a few words, plain text: "B", "18 dari 20", "4 menjadi 2", "3,62"."""
    if given is None:
        return "kosong"
    if isinstance(given, Choice):
        return given.key
    if isinstance(given, Index):
        return index(Fraction(given.value))
    return _counts(item, given)


def index(value: Fraction) -> str:
    """A survey index with two to four decimals: 3,52 or 3,525."""
    whole, _, decimals = fmt.number(value, 4).partition(",")
    return f"{whole},{decimals.rstrip('0').ljust(2, '0')}"


def _counts(item: Item, given: Ratio) -> str:
    formula = item.formula if isinstance(item, Indicator) else None
    if formula is None:
        return ", ".join(str(count) for count in given.inputs.values())
    if formula.kind == "penurunan":
        return f"{given.inputs.get(formula.previous, '-')} menjadi {given.inputs.get(formula.current, '-')}"
    above = sum(given.inputs.get(key, 0) for key in formula.numerator)
    below = sum(given.inputs.get(key, 0) for key in formula.denominator)
    return f"{fmt.number(above, 0)} dari {fmt.number(below, 0)}"


def heading(one: Item) -> str:
    """Number and title, HTML."""
    return f"<b>{one.number}  {fmt.esc(one.title)}</b>"
