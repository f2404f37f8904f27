"""What a register says for an indicator: counts for its formula, or a narrative. Reads and adds up; pure.

Nothing here writes: counts go into the LKE through the ordinary answer, narratives through the ordinary
Penjelasan, and only when somebody taps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flows import fmt
from flows.models import RegisterEntry
from flows.registers import service
from flows.registers.kinds import YES, Kind
from knowledge.answers import Answer, Item, Ratio
from knowledge.instrument import Indicator

NOTE_ROOM = 1_900
"""Characters of a proposed narrative; what is left of a Penjelasan belongs to its writer."""
Lines = Sequence[RegisterEntry]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What can be taken: an answer, a narrative, or neither and why. Sentences are plain text.

    `said` tells the counts by name; `doubts` what the person should look at first.
    """

    answer: Ratio | None = None
    note: str = ""
    said: tuple[tuple[str, int], ...] = ()
    doubts: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Counts for inputs by key, and what is doubtful about them; or why there are none."""

    inputs: Mapping[str, int]
    doubts: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is added up: the lines of a register, the year meant (0: all), the indicator's answer now."""

    kind: Kind
    all: Lines
    year: int
    present: Answer | None

    @property
    def lines(self) -> Lines:
        """The lines of the year."""
        return service.of_year(self.all, self.year) if self.year else self.all


def for_item(item: Indicator, kind: Kind, found: Lines, year: int, present: Answer | None) -> Proposal:
    """What the register says for the indicator in a year (0: all of it); `present` is its answer now."""
    maker = _COUNTING.get(item.id)
    if maker is None:
        note, left = narrative(found)
        doubts = (f"{left} inovasi lain tidak muat dan tidak disebut.",) if left else ()
        return Proposal(note=note, doubts=doubts, why_not="" if note else NOTHING)
    made = maker(Told(kind, found, year, present))
    if made.why_not:
        return Proposal(why_not=made.why_not)
    if not item.inputs or {each.key for each in item.inputs if each.in_formula} - set(made.inputs):
        return Proposal(
            why_not="Isian indikator ini berbeda pada lembar kerja unit Anda. Isi langsung di LKE."
        )
    inputs = {each.key: made.inputs[each.key] for each in item.inputs if each.key in made.inputs}
    labels = tuple(
        (each.label.split(" (", 1)[0], inputs[each.key]) for each in item.inputs if each.key in inputs
    )
    return Proposal(answer=Ratio(inputs), said=labels, doubts=made.doubts)


NOTHING = "Belum ada catatan yang bisa diambil. Lengkapi registernya lebih dulu."


def _complaints(told: Told) -> Sum:
    found = told.lines
    if not found:
        return Sum({}, why_not=NOTHING)
    done, under_way, open_ = (service.summed(found, key) for key in ("selesai", "proses", "belum"))
    others = service.summed(found, "aspirasi") + service.summed(found, "informasi")
    doubts = (
        (
            f"Di dalamnya ada {others} aspirasi atau permintaan informasi, sedangkan indikator ini tentang "
            "pengaduan. Bila perlu, ketik sendiri angkanya di indikator.",
        )
        if others
        else ()
    )
    return Sum({"wajib": done + under_way + open_, "proses": under_way, "selesai": done}, doubts)


def _changes(told: Told) -> Sum:
    """Agents are agents in every year; a change counts in the year of its day, or is told as doubtful."""
    agents = {fmt.one_line(str(row.content.get("agen", ""))).casefold() for row in told.all}
    dated = set(told.lines)
    made = [
        row
        for row in told.all
        if row.content.get("perubahan") and (row in dated or not row.content.get("tanggal"))
    ]
    if not agents:
        return Sum({}, why_not=NOTHING)
    undated = sum(not row.content.get("tanggal") for row in made)
    doubts = (
        (f"{undated} perubahan belum bertanggal; pastikan memang dihasilkan tahun itu.",) if undated else ()
    )
    into = sum(row.content.get("terintegrasi") == YES for row in made)
    return Sum({"agen": len(agents), "perubahan": len(made), "terintegrasi": into}, doubts)


def _reports(told: Told) -> Sum:
    kind, found = told.kind, told.lines
    if not found:
        return Sum({}, why_not=NOTHING)
    return Sum({key: service.summed(found, key) for key in (*kind.total, "sudah")})


def _eased(told: Told) -> Sum:
    eased, present = service.summed(told.all, "layanan"), told.present
    listed = present.inputs.get("terdaftar") if isinstance(present, Ratio) else None
    if not eased:
        return Sum({}, why_not="Belum ada inovasi yang mencatat jumlah layanan yang dipermudah.")
    if listed is None:
        return Sum(
            {},
            why_not=f"Menurut register, {eased} layanan dipermudah. Jumlah layanan terdaftar belum ada di "
            f"LKE; isi keduanya di indikator, misalnya {eased} dari {eased + 2}.",
        )
    if eased > listed:
        return Sum(
            {},
            why_not=f"Register menyebut {eased} layanan dipermudah, lebih banyak daripada {listed} yang "
            "terdaftar. Layanan yang sama mungkin terhitung dua kali; periksa registernya.",
        )
    return Sum({"terdaftar": listed, "dipermudah": eased})


_COUNTING: Mapping[str, Callable[[Told], Sum]] = {
    "PW.R.2.a": _complaints,
    "MP.R.1.a": _changes,
    "MP.R.1.b": _changes,
    "PW.R.3.a": _reports,
    "PW.R.3.b": _reports,
    "PP.R.1.b": _eased,
}


def narrative(found: Lines) -> tuple[str, int]:
    """The innovations told one after the other, oldest first, and how many did not fit."""
    told: list[str] = []
    for row in reversed(found):
        text = _told(len(told) + 1, row)
        if sum(map(len, told)) + len(told) + len(text) > NOTE_ROOM:
            break
        told.append(text)
    return "\n".join(told), len(found) - len(told)


_PARTS = (
    ("masalah", "Masalah"),
    ("sebelum", "Sebelum"),
    ("sesudah", "Sesudah"),
    ("pengguna", "Pengguna"),
    ("dampak", "Dampak"),
    ("replikasi", "Replikasi"),
)


def _told(number: int, row: RegisterEntry) -> str:
    parts = [
        f"{label}: {fmt.one_line(str(row.content[key])).rstrip('. ')}."
        for key, label in _PARTS
        if row.content.get(key)
    ]
    return f"{number}. {fmt.one_line(str(row.content.get('nama', '')))}. {' '.join(parts)}".strip()


def is_count(item: Item) -> bool:
    """Whether the register proposes counts for the item; else it proposes a narrative."""
    return item.id in _COUNTING
