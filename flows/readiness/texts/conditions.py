"""Wording of the conditions of proposal."""

from datetime import datetime

from flows import fmt
from flows.models import Person
from flows.readiness.conditions import (
    NO,
    WBK_ONLY,
    YES,
    AgencyConditions,
    Government,
    OneCondition,
    UnitConditions,
    graded,
)
from flows.readiness.texts.score import tally
from knowledge.eligibility import Line, LineResult, Standing

STATES = {Standing.MET: "ya", Standing.UNMET: "belum", Standing.OPEN: "belum diisi"}
_SYMBOLS = {Standing.MET: "✓", Standing.UNMET: "!", Standing.OPEN: "○"}
_ANSWERS = {YES: "ya", NO: "belum"}
_GRADED = {YES: "ya, untuk WBK dan WBBM", WBK_ONLY: "ya untuk WBK, belum untuk WBBM", NO: "belum"}
SAY = {YES: "Ya, terpenuhi", NO: "Belum"}
SAY_GRADED = {YES: "Ya, WBK dan WBBM", WBK_ONLY: "Ya, WBK saja", NO: "Belum"}
SAY_NOTHING = "Kosongkan"
UP, UP_AGENCY, AGENCY = "‹ Syarat", "‹ Syarat instansi", "Syarat instansi"
KINDS: dict[Government, str] = {"pemda": "Pemerintah daerah", "kl": "Kementerian/lembaga"}
SAVED, SAVED_KIND = "Tersimpan.", "Jenis instansi tersimpan."


def unit(shown: UnitConditions, numbered: list[tuple[int, LineResult]]) -> str:
    """Every condition of a unit with its state; `numbered` in the order of the buttons."""
    where, found = shown.where, shown.found
    yes, no, waiting = shown.counts()
    lines = [
        f"<b>Syarat pengusulan {found.target}: {tally(yes, no, waiting)}</b>",
        "",
        f"{fmt.esc(where.unit.name)}, penilaian {where.assessment.year}. Terpisah dari nilai LKE.",
    ]
    for heading, part in (
        ("Instansi (dijawab admin instansi)", found.instansi),
        ("Unit (dijawab koordinator unit)", found.unit),
        ("Peringatan dari praktik, bukan syarat peraturan", found.warnings),
    ):
        if part:
            lines += ["", f"<b>{heading}</b>"]
            lines += [_numbered(place, result) for place, result in numbered if result in part]
    if shown.government is None:
        lines += ["", "Jenis instansi belum diisi admin, jadi kedua baris indeks RB ditampilkan."]
    return "\n".join([*lines, "", "Ketuk nomornya untuk dasar aturan dan jawabannya."])


def _numbered(place: int, result: LineResult) -> str:
    state = STATES[result.standing]
    line = result.line
    return f"{_SYMBOLS[result.standing]} {place}. {fmt.esc(line.name)}, {fmt.esc(result.needed)}: {state}"


def one(shown: OneCondition, result_or_both: LineResult | None, zone: str, now: datetime) -> str:
    """One condition with its rule, its state and who said so."""
    line = shown.line
    lines = [f"<b>{fmt.esc(line.name)}</b>", ""]
    if result_or_both is not None and not graded(line):
        lines.append(f"Yang diperlukan: {fmt.esc(result_or_both.needed)}")
    else:
        lines += [
            f"{name}: {fmt.esc(text)}" for name, text in (("WBK", line.WBK), ("WBBM", line.WBBM)) if text
        ]
    lines += [f"Keadaan: {_state(shown, zone, now)}", "", f"Dasar: {fmt.esc(line.rule)}"]
    lines += _notes(line)
    if not shown.may_set:
        owner = "admin instansi, sekali untuk semua unit" if line.owner == "instansi" else "koordinator unit"
        lines += ["", f"Dijawab oleh {owner}."]
    return "\n".join(lines)


def _state(shown: OneCondition, zone: str, now: datetime) -> str:
    if shown.value is None or shown.at is None:
        return "belum diisi"
    return f"{value(shown.line, shown.value)}, dijawab {_name(shown.by)}, {fmt.ago(shown.at, now, zone)}"


def value(line: Line, answer: str) -> str:
    """An answer in words."""
    return (_GRADED if graded(line) else _ANSWERS).get(answer, "belum diisi")


def _name(person: Person | None) -> str:
    if person is None:
        return "tim"
    return "mantan anggota" if person.deleted_at is not None else fmt.esc(person.name)


def _notes(line: Line) -> list[str]:
    lines = []
    if not line.binding:
        lines.append("Ini peringatan dari praktik seleksi, bukan syarat dalam peraturan.")
    if line.valid_until:
        lines.append(
            f"Praktik yang diketahui sampai {fmt.esc(line.valid_until)}; periksa edaran tahun berjalan."
        )
    if line.note:
        lines.append(fmt.esc(line.note))
    return lines


def related(number: str) -> str:
    """The indicator that holds the same fact."""
    return f"Lihat juga {number}"


def agency(shown: AgencyConditions) -> str:
    """The conditions of the whole agency."""
    answered = sum(answer is not None for _, answer in shown.lines)
    kind = KINDS[shown.government] if shown.government else "belum diisi"
    lines = [
        f"<b>Syarat instansi {shown.year}: {answered} dari {len(shown.lines)} terjawab</b>",
        "",
        f"{fmt.esc(shown.agency.name)}. Dijawab sekali, berlaku untuk semua unitnya.",
        f"Jenis instansi: {kind}",
        "",
    ]
    for place, (line, answer) in enumerate(shown.lines, 1):
        mark = {YES: "✓", WBK_ONLY: "✓", NO: "!"}.get(answer or "", "○")
        state = value(line, answer or "")
        needs = f"WBK {line.WBK}, WBBM {line.WBBM}" if line.WBK != line.WBBM else line.WBK
        lines.append(f"{mark} {place}. {fmt.esc(line.name)}, {fmt.esc(needs)}: {state}")
    return "\n".join([*lines, "", "Ketuk nomornya untuk menjawab."])
