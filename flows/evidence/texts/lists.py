"""Evidence of an item, of an area, of a unit."""

from collections.abc import Sequence

from flows import fmt
from flows.evidence.service import ItemEvidence, Piece, state_of
from flows.evidence.slots import Slot
from flows.evidence.summary import line
from flows.evidence.texts.labels import SOURCES, STATES, heading, months, title_of, when
from flows.evidence.window import Window
from knowledge.answers import Item
from knowledge.instrument import Area
from knowledge.recurrence import Recurrence

MOST_SLOTS = 6
_EVERY = {"month": "tiap bulan", "quarter": "tiap triwulan", "half": "tiap semester", "year": "tiap tahun"}

ADD_HINT = (
    "Kirim foto, PDF, dokumen Office, atau tautan di sini; boleh beberapa sekaligus, dengan keterangan."
)


def item(
    found: ItemEvidence,
    window: Window,
    slots: Sequence[Slot],
    recurrence: Recurrence | None,
    shared: int = 0,
) -> str:
    """Examples, what is there and what is missing; `shared`: what the agency offers and is not attached."""
    one = found.item
    lines = [line(found), "", heading(one), ""]
    numbers = {piece.id: n for n, piece in enumerate(found.uses, 1)}
    there = found.expected_there
    for place, example in enumerate(one.evidence):
        if place in there:
            lines.append(f"✓ {fmt.esc(example)}")
            lines += [_piece(numbers[p.id], p, found, window) for p in there[place]]
        elif place in found.waived:
            lines.append(f"– {fmt.esc(example)} (tidak perlu)")
        else:
            lines.append(f"○ {fmt.esc(example)}: belum ada")
    if found.others:
        lines.append("Lainnya" if one.evidence else "Bukti dukung")
        lines += [_piece(numbers[p.id], p, found, window) for p in found.others]
    if shared:
        lines += ["", f"Bukti bersama dari instansi: {shared} dokumen dapat dipasang."]
    if any(piece.source for piece in found.uses):
        lines += ["", "Dokumen dari instansi perlu ditemani bukti penerapan di unit."]
    if recurrence is not None and slots:
        lines += ["", *_slots(slots, recurrence)]
    if one.work:
        lines += ["", f"Yang dikerjakan: {fmt.esc(one.work)}."]
    if one.confidential:
        lines += ["", "Buktinya biasanya memuat data pribadi, jadi disimpan sebagai bukti terbatas."]
    lines += ["", f"Rentang bukti: {months(window)}. Daftar ini contoh dari praktik, bukan daftar wajib."]
    return "\n".join(lines)


def _piece(number: int, piece: Piece, found: ItemEvidence, window: Window) -> str:
    state = STATES[state_of(piece, found.work_state, window)]
    if not piece.seen:
        return f"   {number}  {title_of(piece)} · {state}"
    link = {"locked": " · tautan terkunci", "unknown": " · tautan tidak dapat dicek"}.get(
        piece.newest.link_state if piece.newest.kind == "link" else "", ""
    )
    title = fmt.esc(fmt.cut(title_of(piece), 70))
    source = f" · {SOURCES[piece.source]}" if piece.source else ""
    return f"   {number}  {title} · {when(piece.evidence)} · {state}{source}{link}"


def _slots(slots: Sequence[Slot], recurrence: Recurrence) -> list[str]:
    head = f"{recurrence.what[:1].upper()}{recurrence.what[1:]}, {_EVERY[recurrence.every]}"
    missing = [slot.span.short for slot in slots if slot.missing]
    there = sum(1 for slot in slots if slot.pieces)
    over = [slot for slot in slots if not slot.running or slot.pieces]
    lines = [f"{fmt.esc(head)}: {there} dari {len(over)} periode."]
    if len(slots) <= MOST_SLOTS:
        for slot in slots:
            said = "ada" if slot.pieces else "sedang berjalan" if slot.running else "belum ada"
            lines.append(f"{'✓' if slot.pieces else '○'} {slot.span.short}: {said}")
    elif missing:
        shown = ", ".join(missing[-MOST_SLOTS:])
        earlier = f" dan {len(missing) - MOST_SLOTS} sebelumnya" if len(missing) > MOST_SLOTS else ""
        lines.append(f"Belum ada: {shown}{earlier}")
    return lines


def add(found: ItemEvidence) -> str:
    """The prompt for more evidence of an item."""
    one = found.item
    missing = [one.evidence[place] for place in found.expected_missing]
    lines = [ADD_HINT, "", heading(one), *([line(found)] if found.uses else [])]
    if missing:
        lines += ["", "Yang diharapkan:", *(f"• {fmt.esc(text)}" for text in missing)]
    if one.confidential:
        lines += [
            "",
            "Bukti indikator ini disimpan terbatas: hanya PIC, ketua pokja, koordinator, dan penilai.",
        ]
    return "\n".join(lines)


def waives(found: ItemEvidence) -> str:
    """Which examples are not needed?"""
    lines = ["Contoh mana yang tidak perlu di unit Anda?", "", heading(found.item), ""]
    for place, example in enumerate(found.item.evidence):
        mark = "tidak perlu" if place in found.waived else "perlu"
        lines.append(f"{place + 1}  {fmt.esc(example)}: {mark}")
    return "\n".join([*lines, "", "Ketuk nomornya untuk mengubah. Yang tidak perlu tidak dihitung kurang."])


def unit(unit_name: str, areas: Sequence[tuple[str, int, int, int]], lacking: int) -> str:
    """The unit's evidence by area; each with its pieces, the items that have some, and all its items."""
    total = sum(pieces for _, pieces, _, _ in areas)
    lines = [f"<b>Bukti dukung {fmt.esc(unit_name)}</b>", ""]
    for name, pieces, having, items in areas:
        lines.append(f"{fmt.esc(name)}: {pieces} bukti, {having} dari {items} indikator")
    lines.append("")
    if not total:
        lines.append(
            "Belum ada bukti. Kirim foto, PDF, atau tautan kapan saja; saya bantu mencarikan indikatornya."
        )
    if lacking:
        lines.append(f"! {lacking} indikator dijawab A (atau Ya) tanpa bukti dukung atau tanpa Penjelasan.")
    return "\n".join([*lines, "Pilih area, atau cari dengan kata."])


def area(name: str, found: Sequence[tuple[Piece, str]], total: int, start: int) -> str:
    """One page of an area's evidence, newest first."""
    lines = [f"<b>{fmt.esc(name)}</b>: {total} bukti", ""]
    return "\n".join([*lines, *_listed(found, start), "", "Pilih nomor untuk membukanya."])


def found(words: str, pieces: Sequence[tuple[Piece, str]], total: int, start: int) -> str:
    """One page of what was found."""
    if not pieces:
        return (
            f"Tidak ada bukti dengan kata “{fmt.esc(words)}”.\n\n"
            "Coba kata lain dari judul, nama berkas, atau nomor indikatornya."
        )
    return "\n".join(
        [f"{total} bukti dengan kata “{fmt.esc(words)}”", "", *_listed(pieces, start), "", "Pilih nomor."]
    )


def _listed(pieces: Sequence[tuple[Piece, str]], start: int) -> list[str]:
    return [
        f"{n}  {fmt.esc(fmt.cut(title_of(piece), 60))} · {numbers}"
        + (f" · {when(piece.evidence)}" if piece.seen else "")
        for n, (piece, numbers) in enumerate(pieces, start + 1)
    ]


EMPTY_AREA = "Belum ada bukti di bagian ini.\n\nKirim dari layar indikatornya, atau langsung di obrolan ini."
SEARCH_PROMPT = (
    "Cari bukti apa?\n\nKetik kata dari judul, nama berkas, atau nomor indikatornya, misalnya: notula monev"
)


NOTHING_LACKS = (
    "Semua jawaban A dan Ya sudah punya bukti dukung dan Penjelasan.\n\nYang kurang akan tampil di sini."
)


def lacking(found: Sequence[tuple[Item, bool, bool]], total: int, start: int) -> str:
    """Items answered at their best that nothing supports."""
    if not found:
        return NOTHING_LACKS
    lines = [f"{total} indikator dijawab A (atau Ya), tetapi belum didukung lengkap", ""]
    for n, (one, evidence, note) in enumerate(found, start + 1):
        lacks = " dan ".join(w for w, no in (("bukti dukung", evidence), ("Penjelasan", note)) if no)
        lines.append(f"{n}  {one.number} {fmt.esc(one.title)}: belum ada {lacks}")
    return "\n".join([*lines, "", "Penilai melihat bukti dan Penjelasan, bukan hanya hurufnya."])


def area_name(which: Area | None) -> str:
    """ "Area 5 Penguatan Pengawasan"; the result part without one."""
    return f"Area {which.no} {which.name}" if which is not None else "Hasil"
