"""What the bot says in a linked group: counts by pokja, never a name."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.groups.numbers import AreaLine, Numbers
from flows.models import Unit
from flows.readiness import said as readiness
from knowledge.instrument import Area

MOST_SOON = 5
SENT_PRIVATELY = "Jawabannya saya kirim ke obrolan pribadi Anda, supaya hanya Anda yang membaca."
ONLY_PRIVATELY = "Jawabannya tentang unit dan pekerjaan Anda, jadi saya buka di obrolan pribadi saja."
MY_TASKS, OPEN_BOT = "Tugas saya", "Buka obrolan"


def hello(unit: Unit) -> str:
    """The group has been linked."""
    return (
        f"<b>Grup ini sekarang tertaut ke {fmt.esc(unit.name)}.</b>\n\n"
        f"Di sini akan ada rekap awal pekan (08.30 {unit.zone}), papan progres, dan pengumuman unit. "
        "Yang tampil angka per pokja, bukan nama orang. Urusan pribadi tetap di obrolan pribadi.\n\n"
        "Grup bertopik: ketik /topik area 5 di dalam topik Area 5."
    )


def topic_set(area: Area | None, away: bool) -> str:
    """An area's news has another place now."""
    name = f"Kabar Area {area.no} {fmt.esc(area.name)}" if area is not None else "Rekap, papan, dan lainnya"
    return f"✓ {name} kembali masuk topik umum." if away else f"✓ {name} sekarang masuk topik ini."


def topics(lines: Sequence[str]) -> str:
    """Which area goes where, and how to change it."""
    known = "\n".join(lines) or "Semua kabar masuk topik umum."
    return f"{known}\n\nUntuk mengubah, ketik di dalam topiknya, misalnya <b>/topik area 5</b>."


def place(name: str, topic: str) -> str:
    """One line of them."""
    return f"{name}: {topic}"


# the weekly summary ----------------------------------------------------------------------------------


def recap(of: Numbers, day: date, elsewhere: frozenset[str], bot_username: str) -> str:
    """The weekly summary; areas `elsewhere` are told in topics of their own."""
    lines = [f"<b>Rekap ZI, {fmt.day_long(day)}</b>", f"{fmt.esc(of.unit.name)} · target {of.target}", ""]
    lines += [_area(each, _reviews(of)) for each in of.areas if each.area.id not in elsewhere]
    if elsewhere:
        numbers = [str(each.area.no) for each in of.areas if each.area.id in elsewhere]
        lines.append(f"Area {', '.join(numbers)}: di topiknya masing-masing")
    lines += _late_rest(of)
    if of.standing is not None:
        lines += ["", *_score(of)]
    lines += ["", _soon(of, elsewhere), f"Rincian: t.me/{bot_username}"]
    return "\n".join(lines)


def recap_of_area(of: Numbers, area: Area, day: date) -> str:
    """The weekly summary of one area, in its own topic."""
    line = next(each for each in of.areas if each.area.id == area.id)
    names = [what for where, what in of.soon if where == area.id]
    lines = [f"<b>Rekap Area {area.no}, {fmt.day_long(day)}</b>", "", _area(line, _reviews(of))]
    if names:
        lines.append(f"Yang perlu minggu ini: {_listed(names)}")
    return "\n".join(lines)


def _reviews(of: Numbers) -> bool:
    """Whether the unit works with review: then what counts is what was approved."""
    return of.progress.work.sent


def _area(line: AreaLine, reviewed: bool) -> str:
    done, word = (line.approved, "disetujui") if reviewed else (line.answered, "terjawab")
    late = f", {line.late} lewat batas waktu" if line.late else ""
    return f"Area {line.area.no}  {done} dari {line.total} indikator {word}{late}"


def _late_rest(of: Numbers) -> list[str]:
    lines = [f"Hasil  {of.late_results} isian lewat batas waktu"] if of.late_results else []
    if of.late_whole:
        lines.append(f"! Lewat batas waktu: {_listed(of.late_whole)}")
    return lines


def _soon(of: Numbers, elsewhere: frozenset[str]) -> str:
    names = [what for where, what in of.soon if where not in elsewhere]
    more = f"{of.soon_more} tugas di /tugas masing-masing" if of.soon_more else ""
    if not names:
        return (
            f"Yang perlu minggu ini: {more}"
            if more
            else "Minggu ini tidak ada batas waktu yang belum selesai."
        )
    return f"Yang perlu minggu ini: {_listed(names)}" + (f"; {more}" if more else "")


def _listed(names: Sequence[str]) -> str:
    kept = [fmt.esc(fmt.cut(fmt.one_line(each), 80)) for each in dict.fromkeys(names)]
    rest = len(kept) - MOST_SOON
    return ", ".join(kept[:MOST_SOON]) + (f", dan {rest} lagi" if rest > 0 else "")


# the scoreboard --------------------------------------------------------------------------------------


def board(of: Numbers, now: datetime) -> str:
    """The pinned scoreboard."""
    total, work = of.progress.indicators, of.progress.work
    lines = [
        f"<b>Papan ZI: {total.done} dari {total.total} indikator terjawab</b>",
        f"{fmt.esc(of.unit.name)} · LKE {of.year} · target {of.target}",
    ]
    if _reviews(of):
        lines.append(
            f"{work.approved} disetujui · {work.waiting} menunggu reviu · {work.returned} perlu perbaikan"
        )
    lines.append("")
    lines += [_board_line(each, _reviews(of)) for each in of.areas]
    lines += _late_rest(of)
    if of.standing is not None:
        lines += ["", *_score(of)]
    lines += ["", f"Diperbarui {fmt.moment(now, of.unit.zone)}. Angka per pokja; rincian di obrolan pribadi."]
    return "\n".join(lines)


def _board_line(line: AreaLine, reviewed: bool) -> str:
    mark = "!" if line.late else "✓" if line.answered == line.total else "○"
    said = f"{mark} Area {line.area.no} {fmt.esc(line.area.name)}: {line.answered} dari {line.total}"
    if reviewed and line.approved:
        said += f", {line.approved} disetujui"
    return said + (f", {line.late} lewat batas waktu" if line.late else "")


def _score(of: Numbers) -> list[str]:
    assert of.standing is not None
    ready = of.standing.ready()
    total = fmt.number(of.standing.score.total)
    return [f"{readiness.verdict(ready)}.", f"Nilai total {total}, penilaian mandiri tim."]
