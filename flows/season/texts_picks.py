"""Wording of the agency's list and shortlist. Points come in ten-thousandths, as they are stored."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flows import fmt, words
from flows.board.standing import SCALE
from flows.models import SeasonRound, SeasonUnit, Unit
from flows.season.overview import ENDED, NONE, PICKED, READY, Line, Page
from flows.season.picking import News, Tally
from flows.season.texts import RESULTS
from knowledge.after import after
from knowledge.figures import GateResult

TITLE = "Usulan dan tahap TPN"
LIST, FILTER, SEARCH, BRANCHES = "Usulan dan tahap", "Saring", "Cari unit", "Per cabang"
QUOTA, TELL, OPEN, CLOSE = "Isi kuota", "Umumkan pilihan", "Buka untuk unit", "Tutup untuk unit"
WAY, INTO, ALL, YEAR = "Tahap unit ini", "Buka unit ini", "Semua unit", "Tahun {year}"
UNPICK = "Batalkan usulan"
PICK: Mapping[str, str] = {"WBK": "Usulkan WBK", "WBBM": "Usulkan WBBM"}
ANYWAY: Mapping[str, str] = {"WBK": "Tetap usulkan WBK", "WBBM": "Tetap usulkan WBBM"}
PICKED_TOAST, UNPICKED_TOAST = "Pilihan disimpan; unit belum diberi tahu.", "Usulan dibatalkan."
SAME, QUOTA_SAVED = "Tidak ada yang berubah.", "Kuota disimpan."
OPENED = "Menu Setelah pengajuan kini tampil di unit."
CLOSED = "Menu Setelah pengajuan tampil lagi setelah tanggal pengajuan unit."
_SELF = "Nilai di sini penilaian mandiri unit, bukan peringkat dan bukan hasil resmi."
FILTER_NAMES: Mapping[str, str] = {
    "": "Semua",
    READY: "Memenuhi nilai",
    PICKED: "Diusulkan",
    NONE: "Belum ada hasil",
    ENDED: "Tidak lolos",
}
SHOWN_NEWS, SHOWN_UNREACHED = 15, 3


def filter_name(which: str) -> str:
    """A filter as people read it."""
    step = after().step(which)
    return FILTER_NAMES.get(which) or (step.short if step is not None else which)


def points(stored: int) -> str:
    """Ten-thousandths as points."""
    return fmt.number(Fraction(stored, SCALE))


def _where(branch: Unit | None) -> str:
    return f" · {fmt.esc(branch.name)}" if branch is not None else ""


def listing(page: Page, first: int) -> str:
    """One page of the list."""
    head = f"<b>{TITLE} {page.year}</b>{_where(page.branch)}"
    lines = [head, ""]
    if page.tally is not None:
        lines += [*tally(page.tally, page.round), ""]
    if not page.overall:
        return "\n".join([*lines, "Belum ada unit di sini. Daftar terisi begitu unit mulai bekerja."])
    name = filter_name(page.which)
    lines.append(f"{name}: {page.total} unit, yang paling dekat memenuhi syarat nilai lebih dulu.")
    if not page.lines:
        lines += ["", "Tidak ada unit dengan saringan ini."]
    for number, line in enumerate(page.lines, first):
        lines += ["", *_line(number, line)]
    return "\n".join([*lines, "", _SELF])


def tally(now: Tally, row: SeasonRound | None) -> list[str]:
    """What is picked of the quota, and whether the units know."""
    of = f" dari kuota {now.quota}" if now.quota is not None else ""
    lines = [f"Diusulkan {now.picked} unit{of} (WBK {now.wbk}, WBBM {now.wbbm})"]
    if now.quota is None:
        lines.append(f"○ Kuota belum diisi. {after().quota}")
    elif row is not None:
        lines.append(f"Surat: {fmt.esc(row.letter)}")
    if now.untold:
        lines.append(f"! {now.untold} perubahan belum diumumkan ke unit")
    elif now.picked:
        lines.append("✓ Pilihan sudah diumumkan ke unit")
    return lines


def _line(number: int, line: Line) -> list[str]:
    row = line.standing
    gates = (
        f"memenuhi semua syarat nilai {row.target}"
        if not row.missed
        else f"{len(row.missed)} syarat {row.target} belum terpenuhi, kurang {points(row.short)} poin"
    )
    said = [
        f"{number}  <b>{fmt.esc(fmt.cut(line.unit.name, 60))}</b>",
        f"Nilai {points(row.total)} · {gates}"
        if row.answered
        else f"Target {row.target} · {words.NOT_BEGUN}",
    ]
    if line.pick:
        said.append(f"✓ diusulkan menuju {line.pick}")
    stage = stage_of(line.entry)
    return [*said, stage] if stage else said


def stage_of(entry: SeasonUnit | None) -> str:
    """The last stage that has a result; empty without one."""
    step = after().step(entry.stage) if entry is not None else None
    if step is None or entry is None:
        return ""
    return f"{'!' if entry.ended else '✓'} {step.short}: {RESULTS.get(entry.result, entry.result)}"


def filters(branch: Unit | None, year: int) -> str:
    """Choosing what is shown."""
    return (
        f"<b>Saring usulan dan tahap {year}</b>{_where(branch)}\n\n"
        "Nama tahap menampilkan unit yang hasil terakhirnya di tahap itu."
    )


def branches(branch: Unit | None, year: int, found: Sequence[tuple[Unit, int]], first: int) -> str:
    """The branches below a branch."""
    head = f"<b>Per cabang {year}</b>{_where(branch)}"
    if not found:
        return f"{head}\n\nTidak ada cabang lagi di bawahnya."
    lines = [
        f"{n}  {fmt.esc(fmt.cut(u.name, 70))} ({inside} unit)" for n, (u, inside) in enumerate(found, first)
    ]
    return f"{head}\n\n" + "\n".join(lines) + "\n\nPilih nomornya untuk melihat cabang itu."


def ask(branch: Unit | None) -> str:
    """Prompt for a name."""
    return (
        f"<b>Cari unit</b>{_where(branch)}\n\n"
        "Ketik nama unit atau sebagian namanya, misalnya: <i>kantor layanan</i>"
    )


def found(branch: Unit | None, text: str, lines: Sequence[Line]) -> str:
    """What a search for a name finds."""
    typed = fmt.esc(fmt.cut(fmt.one_line(text), 40))
    head = f"<b>{len(lines)} unit mirip “{typed}”</b>{_where(branch)}"
    if not lines:
        return (
            f"{head}\n\nTidak ada unit yang namanya mirip. Coba sebagian namanya saja, atau periksa ejaannya."
        )
    return head + "".join("\n\n" + "\n".join(_line(n, line)) for n, line in enumerate(lines, 1))


def candidate(
    line: Line,
    year: int,
    lacking: Mapping[str, tuple[GateResult, ...] | None],
    now: Tally | None,
    row: SeasonRound | None,
) -> str:
    """One unit: readiness for both targets beside the choice."""
    standing = line.standing
    lines = [f"<b>{fmt.esc(line.unit.name)}</b>", f"Usulan {year} · target LKE {standing.target}", ""]
    lines.append(
        f"Nilai {points(standing.total)} dari 100 · terjawab {standing.answered} dari {standing.items}, "
        f"disetujui {standing.approved}"
    )
    for targets, gates in _alike(lacking):
        lines += ["", *_gates(targets, gates)]
    lines += ["", "Syarat pengusulan (TLHP, laporan harta, SAKIP) diperiksa terpisah di Kesiapan unit."]
    if stage := stage_of(line.entry):
        lines += ["", stage]
    lines += ["", f"✓ Diusulkan menuju {line.pick}" if line.pick else "○ Belum diusulkan"]
    if now is not None:
        told = line.entry.told if line.entry is not None else ""
        if line.pick != told:
            lines.append("Unit belum diberi tahu; ketuk Umumkan pilihan di daftar bila sudah pasti.")
        lines += ["", *tally(now, row)[:1]]
        if now.full and not line.pick:
            lines.append("! Kuota sudah terpakai semua. Batalkan satu pilihan lain, atau ubah kuotanya dulu.")
    return "\n".join([*lines, "", _SELF])


def _alike(
    lacking: Mapping[str, tuple[GateResult, ...] | None],
) -> list[tuple[str, tuple[GateResult, ...] | None]]:
    """Targets that lack the same are said once: a unit that has not begun lacks everything for both."""
    said: list[tuple[str, tuple[GateResult, ...] | None]] = []
    for target, gates in lacking.items():
        if said and _names(said[-1][1]) == _names(gates):
            said[-1] = f"{said[-1][0]} dan {target}", gates
        else:
            said.append((target, gates))
    return said


def _names(gates: tuple[GateResult, ...] | None) -> list[str] | None:
    return None if gates is None else [each.gate.name for each in gates]


def _gates(target: str, gates: tuple[GateResult, ...] | None) -> list[str]:
    if gates is None:
        return [f"<b>{target}</b>: unit belum punya LKE"]
    if not gates:
        return [f"✓ <b>{target}</b>: semua syarat nilai terpenuhi"]
    return [
        f"<b>{target}: {len(gates)} syarat belum terpenuhi</b>",
        *(f"! {fmt.esc(gate.gate.name)}" for gate in gates),
    ]


def pick_ask(line: Line, year: int, target: str, gates: tuple[GateResult, ...] | None) -> str:
    """The unit is not ready: what is missing, and the choice stays with the admin."""
    return "\n".join(
        [
            f"<b>Tetap usulkan menuju {target}?</b>",
            f"{fmt.esc(line.unit.name)} · {year}",
            "",
            *_gates(target, gates),
            "",
            "Pada pra-evaluasi TPN, LKE diperiksa terhadap batas nilai ini. Keputusan tetap "
            "pada instansi, dan "
            "tercatat di jejak perubahan.",
        ]
    )


def quota(year: int, row: SeasonRound | None) -> str:
    """Prompt for the quota."""
    now = (
        f"\n\nSekarang: {row.quota} unit, {fmt.esc(row.letter)}"
        if row is not None and row.quota is not None
        else ""
    )
    return (
        f"<b>Kuota usulan {year}</b>{now}\n\n{after().quota}\n\n"
        "Ketik jumlah unit lalu nomor suratnya, misalnya: <i>12 / B-23/PW.00/2027</i>"
    )


def tell_ask(news: News, year: int) -> str:
    """What the units would be told."""
    head = f"<b>Umumkan pilihan {year}?</b>"
    lines = [
        f"• {fmt.esc(fmt.cut(unit.name, 60))}: "
        + (f"diusulkan menuju {target}" if target else "tidak jadi diusulkan")
        for unit, target in news.changed[:SHOWN_NEWS]
    ]
    more = len(news.changed) - SHOWN_NEWS
    if more > 0:
        lines.append(f"… dan {more} unit lagi")
    if not lines:
        lines = ["Tidak ada perubahan sejak pengumuman terakhir."]
    return "\n".join(
        [
            head,
            "",
            f"Diusulkan {news.picked} unit.",
            *lines,
            "",
            "Koordinator dan pimpinan unit yang disebut ini menerima pesan. Unit yang tidak dipilih "
            "tidak dikirimi pesan; "
            "keterangannya ada di layar Setelah pengajuan mereka.",
            *_unreached(news.unreached),
        ]
    )


def _unreached(units: Sequence[Unit]) -> list[str]:
    if not units:
        return []
    names = ", ".join(fmt.esc(fmt.cut(unit.name, 60)) for unit in units[:SHOWN_UNREACHED])
    more = f", dan {len(units) - SHOWN_UNREACHED} unit lagi" if len(units) > SHOWN_UNREACHED else ""
    return [
        "",
        f"! {names}{more} belum punya koordinator atau pimpinan yang memakai bot, jadi tidak ada yang "
        "menerima pesan. Undang dulu, atau kabari langsung.",
    ]


def told(count: int) -> str:
    """Toast after telling."""
    return f"Pilihan diumumkan; {count} unit dikirimi pesan." if count else "Pilihan diumumkan."
