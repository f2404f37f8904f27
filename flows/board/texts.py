"""Wording of the board. Points come in ten-thousandths, as they are stored."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from flows import fmt, words
from flows.board.service import QUIET, Line, Page, Stall
from flows.board.standing import SCALE
from flows.models import Unit
from knowledge.instrument import Gate

TITLE = "Papan unit"
FILTER, SEARCH, BRANCHES, STALLS, PICTURE = (
    "Saring & urutkan",
    "Cari unit",
    "Per cabang",
    "Macet di mana",
    "Gambar",
)
ALL_UNITS, OPEN, BOARD, PROPOSALS = "Semua unit", "Buka unit ini", "Papan unit", "Usulan dan tahap"
FILTER_NAMES: Mapping[str, str] = {
    "": "Semua",
    "siap": "Memenuhi",
    "hampir": "Hampir",
    "jauh": "Masih jauh",
    "awal": "Baru mulai",
    "diam": f"Diam {QUIET.days} hari",
    "wbk": "Target WBK",
    "wbbm": "Target WBBM",
}
ORDER_NAMES: Mapping[str, str] = {
    "jarak": "Perlu dibantu",
    "dekat": "Paling dekat",
    "batas": "Batas terdekat",
    "diam": "Paling lama diam",
    "nama": "Nama",
}
ORDER_SAID: Mapping[str, str] = {
    "jarak": "yang paling perlu dibantu lebih dulu",
    "dekat": "yang paling dekat memenuhi semua syarat lebih dulu",
    "batas": "batas waktu terdekat lebih dulu",
    "diam": "yang paling lama tanpa kegiatan lebih dulu",
    "nama": "menurut nama",
}
_MEANING = (
    "<b>Hampir</b>: kurang paling banyak 3 poin dari semua syarat. <b>Masih jauh</b>: lebih dari itu. "
    f"<b>Baru mulai</b>: belum separuh indikator terjawab. <b>Diam</b>: {QUIET.days} hari tanpa kegiatan."
)
_SELF = "Angka ini penilaian mandiri unit, bukan peringkat dan bukan hasil resmi."
NOBODY = "Belum ada unit di sini."
NONE_FOUND = "Tidak ada unit yang namanya mirip. Coba sebagian namanya saja, atau periksa ejaannya."


def _points(stored: int) -> str:
    return fmt.number(Fraction(stored, SCALE))


def _where(branch: Unit | None) -> str:
    return f" · {fmt.esc(branch.name)}" if branch is not None else ""


def board(found: Page, which: str, order: str, first: int, zone: str, today: date, now: datetime) -> str:
    """One page of the board."""
    if not found.overall:
        return f"<b>{TITLE}</b>{_where(found.branch)}\n\n{NOBODY} Papan terisi begitu unit mulai bekerja."
    head = f"<b>{found.ready} dari {found.overall} unit memenuhi semua syarat nilai</b>{_where(found.branch)}"
    shown = f"{FILTER_NAMES[which]}: {found.total} unit, " if which else ""
    lines = [head, "", f"{shown}{ORDER_SAID[order]}"[0].upper() + f"{shown}{ORDER_SAID[order]}"[1:] + "."]
    if not found.lines:
        lines += ["", "Tidak ada unit dengan saringan ini."]
    for number, line in enumerate(found.lines, first):
        lines += ["", *_line(number, line, zone, today, now)]
    fresh = f" Diperbarui {fmt.ago(found.computed_at, now, zone)}." if found.computed_at else ""
    return "\n".join([*lines, "", f"{_SELF}{fresh}"])


def _line(number: int, line: Line, zone: str, today: date, now: datetime) -> list[str]:
    row = line.standing
    name = fmt.esc(fmt.cut(line.unit.name, 60))
    last = f"{_due(row.due_at, zone, today)} · {_active(row.active_at, now, zone)}"
    if not row.answered and not row.carried:
        return [f"{number}  <b>{name}</b>", f"Target {row.target} · {words.NOT_BEGUN}", last]
    state = (
        f"✓ memenuhi semua syarat nilai {row.target}"
        if not row.missed
        else f"{len(row.missed)} syarat {row.target} belum terpenuhi, kurang {_points(row.short)} poin"
    )
    return [
        f"{number}  <b>{name}</b>",
        f"Nilai {_points(row.total)} · terjawab {row.answered} dari {row.items}",
        *_carried(row.carried),
        state,
        last,
    ]


def _carried(count: int) -> list[str]:
    """That the score holds answers of last year which nobody has confirmed."""
    return [f"! {count} jawaban dari tahun lalu ikut dihitung, belum dikonfirmasi"] if count else []


def _due(due_at: datetime | None, zone: str, today: date) -> str:
    if due_at is None:
        return "Batas belum diisi"
    day = fmt.local(due_at, zone).date()
    return f"Batas {fmt.day_short(day)} ({fmt.distance(day, today)})"


def _active(active_at: datetime | None, now: datetime, zone: str) -> str:
    return f"kegiatan terakhir {fmt.ago(active_at, now, zone)}" if active_at else "belum ada kegiatan"


def unit(
    line: Line,
    gates: Sequence[Gate],
    areas: Sequence[tuple[str, int]],
    above: Sequence[str],
    zone: str,
    today: date,
    now: datetime,
) -> str:
    """One unit: what it lacks, area by area."""
    row = line.standing
    head = [f"<b>{fmt.esc(line.unit.name)}</b>"]
    if above:
        head.append(fmt.esc(" › ".join(above)))
    missed = [gate.name for gate in gates if gate.id in set(row.missed)]
    state = [
        f"Target {row.target}, penilaian {row.year}",
        f"Nilai {_points(row.total)} dari 100 · terjawab {row.answered} dari {row.items}, "
        f"disetujui {row.approved}",
        *_carried(row.carried),
        _due(row.due_at, zone, today),
        _active(row.active_at, now, zone)[0].upper() + _active(row.active_at, now, zone)[1:],
    ]
    lacking = (
        ["", f"<b>Belum terpenuhi: {len(missed)} syarat, jumlah kurangnya {_points(row.short)} poin</b>"]
        + [f"! {fmt.esc(name)}" for name in missed]
        if missed
        else ["", "✓ Semua syarat nilai terpenuhi. Syarat pengusulan diperiksa terpisah."]
    )
    shares = ["", "<b>Area</b>", *(f"{name}: {fmt.percent(Fraction(share, SCALE))}" for name, share in areas)]
    return "\n".join([*head, "", *state, *lacking, *shares, "", _SELF])


def filters(branch: Unit | None) -> str:
    """Choosing what is shown, and in which order."""
    return f"<b>Saring dan urutkan</b>{_where(branch)}\n\n{_MEANING}"


def branches(branch: Unit | None, found: Sequence[tuple[Unit, int]], first: int) -> str:
    """The branches below a branch."""
    head = f"<b>Per cabang</b>{_where(branch)}"
    if not found:
        return f"{head}\n\nTidak ada cabang lagi di bawahnya."
    lines = [
        f"{n}  {fmt.esc(fmt.cut(u.name, 70))} ({inside} unit)" for n, (u, inside) in enumerate(found, first)
    ]
    return f"{head}\n\n" + "\n".join(lines) + "\n\nPilih nomornya untuk melihat papan cabang itu."


def ask(branch: Unit | None) -> str:
    """Prompt for a name."""
    example = "Ketik nama unit atau sebagian namanya, misalnya: <i>kantor layanan</i>"
    return f"<b>Cari unit</b>{_where(branch)}\n\n{example}"


def found(branch: Unit | None, text: str, lines: Sequence[Line]) -> str:
    """What a search for a name finds."""
    head = f"<b>{len(lines)} unit mirip “{fmt.esc(fmt.cut(fmt.one_line(text), 40))}”</b>{_where(branch)}"
    if not lines:
        return f"{head}\n\n{NONE_FOUND}"
    listed = [
        f"{n}  {fmt.esc(fmt.cut(line.unit.name, 70))} · nilai {_points(line.standing.total)}"
        for n, line in enumerate(lines, 1)
    ]
    return f"{head}\n\n" + "\n".join(listed)


def stalls(branch: Unit | None, shown: Sequence[Stall], first: int, units: int) -> str:
    """Indicators that are open in most units."""
    head = f"<b>Indikator yang paling banyak belum terjawab</b>{_where(branch)}"
    if not shown:
        return (
            f"{head}\n\nTidak ada: semua indikator terjawab di {units} unit."
            if units
            else f"{head}\n\n{NOBODY}"
        )
    lines = [
        f"{n}  {fmt.esc(stall.item.number)} {fmt.esc(stall.item.title)}: {stall.units} dari {stall.of} unit"
        for n, stall in enumerate(shown, first)
    ]
    return (
        f"{head}\n\n"
        + "\n".join(lines)
        + "\n\nYang macet di banyak unit sering menunggu dari pusat: SOP, SK, "
        "atau kebijakan yang dibuat sekali untuk semua."
    )


def picture_caption(branch: Unit | None, number: int, pages: int) -> str:
    """Under the picture of units × areas."""
    return f"Persen tiap area per unit{_where(branch)} · halaman {number + 1} dari {pages}\n\n{_SELF}"


PICTURE_HEAD = "Persen tiap area, dan syarat minimalnya"
PICTURE_FOOT = "Kotak bergaris: di bawah syarat minimal targetnya. Penilaian mandiri, bukan hasil resmi."
