"""Wording of the unit's year: stages, what a shift takes along, the proposal, the agency's template."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.days import due_day
from flows.reminders import moments
from flows.schedule.duties import Kept
from flows.schedule.names import title
from flows.schedule.planning import DONE, PAST, PINNED, TOO_EARLY, Move, Proposal, Shift, StageLine, Year
from flows.schedule.texts import duty as duty_texts
from knowledge.stages import SUBMISSION, Place, timeline

PREPARE = "Menjelang evaluasi"
STAGES, USE_TEMPLATE, TEAM_DUTIES, STRATEGIES = "Tahapan", "Pakai perkiraan", "Tugas tim", "Lima strategi"
READY, PACT = "Kesiapan pencanangan", "Pakta integritas"
USE, OWN, LATER = "Pakai usulan", "Atur sendiri", "Nanti saja"
SHIFT, ONLY_THIS = "Simpan, geser", "Hanya ini"
CHANGE_DISTANCE, USUAL_DISTANCE = "Ubah jarak", "Jarak semula"
DISTANCE_SET, DISTANCE_SAME = "Jarak tersimpan.", "Tidak ada yang berubah."
ONLY_WORDS = frozenset({"hanya ini", "ini saja", "cuma ini", "satu saja", "jangan geser"})
MOST_MOVES = 12

_WHY = {
    PINNED: "dikunci",
    DONE: "sudah selesai",
    PAST: "sudah lewat",
    TOO_EARLY: "akan jatuh di hari yang sudah lewat",
}


def adopted(count: int) -> str:
    """The toast after the template dates were taken. Plain text."""
    return f"{count} tahap diberi tanggal." if count else "Semua tahap sudah punya tanggal."


def accepted(areas: int, duties: int) -> str:
    """The toast after the proposal was taken. Plain text."""
    parts = [f"batas {areas} area"] * bool(areas) + [f"{duties} tugas rutin"] * bool(duties)
    return f"Tersimpan: {' dan '.join(parts)}." if parts else "Usulan ini sudah tersimpan."


# the year ------------------------------------------------------------------------------------------


def stages(year: Year) -> str:
    """Every stage with its date, the next one named first."""
    unit = year.where.unit
    coming = next((x for x in year.lines if not x.done and x.day >= x.line.today), None)
    head = f"Tahapan ZI {year.where.assessment.year}"
    if coming is not None:
        far = fmt.distance(coming.day, coming.line.today)
        head = f"{head}: berikutnya {fmt.esc(coming.place.name)}, {far}."
    root = next(x for x in year.lines if x.place.id == SUBMISSION)
    said = fmt.day_long(root.day)
    if not year.announced:
        said = f"{said} (tanggal umum; {timeline().submission.caution})"
    lines = "\n".join(_stage_line(each) for each in year.lines)
    notes = []
    if any(each.line.deadline is None for each in year.lines):
        notes.append(
            "Perkiraan dihitung dari tanggal pengajuan, maju ke hari kerja sebelumnya bila libur. "
            "Itu titik awal, bukan ketentuan; perkiraan tidak diingatkan sampai dipakai."
        )
    if year.to_adopt and root.line.may_set:
        notes.append(f"Pakai perkiraan mengisi {len(year.to_adopt)} tahap yang akan datang sekaligus.")
    return f"<b>{head}</b>\n\n{fmt.esc(unit.name)} · pengajuan {said}\n\n{lines}\n\n" + "\n".join(
        [*notes, "Ketuk nomornya untuk melihat tahapnya."]
    )


def _stage_line(each: StageLine) -> str:
    row = each.line.deadline
    mark = "✓ " if each.done else "" if row is not None else "○ "
    if row is None:
        when = f"perkiraan {fmt.day_short(each.day)}"
    else:
        far = "selesai" if row.done_at else fmt.distance(each.day, each.line.today)
        when = f"{fmt.day_short(each.day)}, {far}" + (" · dikunci" if row.pinned else "")
    return f"{mark}{each.place.no}  {fmt.esc(each.place.name)} · {when}"


def stage(each: StageLine) -> str:
    """One stage: when, who, what, by which rule, and the guidance that belongs to it."""
    place, stage = each.place, each.place.stage
    row = each.line.deadline
    when = fmt.day_long(each.day)
    if row is None:
        when = f"perkiraan {when}"
    parts = [f"<b>{fmt.esc(place.name)}: {when}.</b>\n", _state(each)]
    parts += [f"Siapa: {fmt.esc(stage.who)}.", "Yang dikerjakan:"]
    parts += [f"• {fmt.esc(what)}" for what in stage.what]
    parts.append(f"Waktu: {fmt.esc(stage.timing)}.")
    parts += [fmt.esc(stage.note)] if stage.note else []
    if place.practice is not None:
        practice = place.practice
        parts.append(f"Praktik terakhir ({practice.valid_until}): {fmt.esc(practice.text)}")
    parts.append(_source(place))
    return "\n".join([*(part for part in parts if part), *_guidance(place)])


def _state(each: StageLine) -> str:
    row = each.line.deadline
    if row is None:
        if each.template < each.line.today:
            return "Tanggal perkiraannya sudah lewat.\n"
        return f"{fmt.distance(each.template, each.line.today).capitalize()}. Belum ada tanggal yang diisi.\n"
    if row.done_at is not None:
        return "Sudah selesai.\n"
    pinned = " Dikunci: tidak ikut bergeser." if row.pinned else ""
    return f"{fmt.distance(each.day, each.line.today).capitalize()}.{pinned}\n"


def _source(place: Place) -> str:
    said = f"Dasar: {fmt.esc(place.stage.rule)}." if place.stage.rule else ""
    if not place.certain:
        said = (
            f"{said} ! Keterangan tahap ini dari praktik dan belum dapat dipastikan; tanyakan ke TPI.".strip()
        )
    if place.id != SUBMISSION and not place.sure:
        said += "\nJarak waktunya praktik, bukan ketentuan."
    elif place.id != SUBMISSION:
        said += f"\nJarak waktunya mengikuti {fmt.esc(place.rule)}."
    return said + f"\n{fmt.esc(timeline().caution)}"


def _guidance(place: Place) -> list[str]:
    parts: list[str] = []
    if place.duties:
        team = timeline().team
        parts += ["", "<b>Tugas tim pada tahap ini</b>"]
        parts += [
            f"• {fmt.esc(duty.text)}" + ("" if duty.confidence == "verified" else " (praktik)")
            for duty in place.duties
        ]
        parts.append(f"Dasar: {fmt.esc(team.rule)}. {fmt.esc(team.caution)}")
    if place.strategies:
        strategies = timeline().strategies
        parts += ["", "<b>Strategi yang membantu</b>"]
        parts += [f"• {fmt.esc(each.name)}: {fmt.esc(each.text)}" for each in place.strategies]
        parts.append(f"Dasar: {fmt.esc(strategies.rule)}. {fmt.esc(strategies.caution)}")
    return parts


# a shift -------------------------------------------------------------------------------------------


def shift(found: Shift, now: datetime) -> list[str]:
    """What goes along, old and new, with its reminders, and what stays."""
    zone = found.line.zone
    parts: list[str] = []
    if found.moves:
        parts += ["", f"<b>Ikut bergeser: {len(found.moves)}</b>"]
        for move in found.moves[:MOST_MOVES]:
            parts += _move(move, found, now)
        if len(found.moves) > MOST_MOVES:
            parts.append(f"dan {len(found.moves) - MOST_MOVES} lagi, sejauh yang sama.")
    if found.stays:
        parts += ["", f"<b>Tetap: {len(found.stays)}</b>"]
        parts += [
            f"• {title(stay.scope)}: {_day(stay.at, zone)} ({_WHY[stay.why]})"
            for stay in found.stays[:MOST_MOVES]
        ]
    return parts


def _move(move: Move, shift: Shift, now: datetime) -> list[str]:
    zone = shift.line.zone
    before, after = (_reminded(at, shift, now) for at in (move.before, move.after))
    lines = [f"• {title(move.scope)}: {_day(move.before, zone)} → {_day(move.after, zone)}"]
    if before != after:
        lines.append(f"   pengingat: {before or 'tidak ada'} → {after or 'tidak ada'}")
    return lines


def _reminded(due_at: datetime, shift: Shift, now: datetime) -> str:
    planned = moments.planned(due_at, shift.line.zone, now, shift.days_before)
    days = [fmt.local(moment, shift.line.zone).date() for _, moment in planned]
    return ", ".join(f"{day.day}/{day.month}" for day in days)


def _day(at: datetime, zone: str) -> str:
    return fmt.day_short(due_day(at, zone))


def shifted(name: str, count: int) -> str:
    """The toast after a shift. Plain text."""
    return f"Tersimpan: {name}; {count} tanggal lain ikut bergeser."


# the proposal --------------------------------------------------------------------------------------


def plan(proposal: Proposal, kept: Sequence[Kept]) -> str:
    """What the bot proposes from the TPI's date."""
    when = fmt.day_long(proposal.tpi_on)
    if proposal.due_at is None and not kept:
        return (
            f"<b>Tidak ada usulan lagi dari tanggal TPI, {when}.</b>\n\n"
            "Batas tiap area dan monev sudah diatur, atau waktunya terlalu dekat untuk diusulkan. "
            "Semuanya dapat diubah satu per satu di jadwal."
        )
    said = "" if proposal.sure else " (perkiraan, tanggal TPI belum diisi)"
    parts = [f"<b>Usulan jadwal dari tanggal TPI: {when}{said}.</b>\n"]
    if proposal.due_at is not None:
        numbers = ", ".join(str(scope.area.no) for scope in proposal.areas if scope.area is not None)
        day = fmt.day_long(due_day(proposal.due_at, proposal.where.unit.zone))
        parts.append(f"• Batas bukti per area: {day} (Area {numbers})")
    for each in kept:
        following = f"; berikutnya {fmt.day_long(each.next.due_on)}" if each.next is not None else ""
        parts.append(f"• {fmt.esc(each.duty.name)}: {duty_texts.rhythm(each.duty, each.day)}{following}")
    parts += [
        "",
        "Belum tersimpan. Yang jatuh pada hari libur maju ke hari kerja sebelumnya; "
        "setiap tanggal tetap dapat diubah satu per satu.",
    ]
    return "\n".join(parts)


# the agency's template -----------------------------------------------------------------------------


def template(lines: Sequence[tuple[Place, int, date, object]], year: int) -> str:
    """The agency's distances with what they lead to."""
    body = "\n".join(
        f"{place.no}  {fmt.esc(place.name)} · {distance(days)} · {fmt.day_short(day)}"
        + (" · diubah instansi" if row is not None else "")
        for place, days, day, row in lines
    )
    customary = fmt.day_short(timeline().customary(year))
    return (
        f"<b>Templat tahapan instansi, dihitung dari pengajuan {customary}.</b>\n\n{body}\n\n"
        f"Tanggal pengajuan itu {timeline().submission.caution}. Template dipakai unit sebagai perkiraan; "
        "tanggal yang sudah diisi unit tidak ikut berubah.\nKetuk nomornya untuk mengubah jarak."
    )


def distance(days_before: int) -> str:
    """How far a stage is from the submission."""
    if not days_before:
        return "hari pengajuan"
    return f"{abs(days_before)} hari {'sebelum' if days_before > 0 else 'sesudah'}"


def distance_prompt(place: Place, days: int, day: date) -> str:
    """The prompt for a distance."""
    return (
        f"<b>{fmt.esc(place.name)}: {distance(days)} pengajuan, yaitu {fmt.day_short(day)}.</b>\n\n"
        "Ketik jarak yang baru, contoh: 45 hari sebelum, 6 minggu sebelum, 2 bulan sesudah.\n"
        "Tanggal yang sudah diisi unit tidak ikut berubah."
    )


DISTANCE_BAD = "Jarak itu belum terbaca. Contoh: 45 hari sebelum, 2 bulan sesudah."
DISTANCE_ORDER = (
    "Dengan jarak itu urutan tahap menjadi terbalik, jadi belum disimpan. "
    "Jaraknya harus di antara tahap sebelum dan sesudahnya."
)
