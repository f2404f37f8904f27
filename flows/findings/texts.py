"""Wording of findings (catatan TPI) and the unit's tanggapan."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.checklist.service import Current
from flows.findings.service import ANSWER_LIMIT, LIMIT, View
from flows.item_words import Reader, heading
from knowledge.answers import Item
from knowledge.phrases import Phrase

ANSWER, EDIT_ANSWER, ACCEPT, KEEP, DROP = (
    "Beri tanggapan",
    "Ubah tanggapan",
    "Terima",
    "Belum selesai",
    "Hapus",
)
PIC, DUE, TO_LIST, TO_CARD, ITEM = "Ganti PIC", "Ubah batas", "Semua catatan", "‹ Kartu", "Lihat indikator"
EVIDENCE, SCORES, MINE, OPEN = "Tambah bukti", "Nilai TPI", "Tugas saya", "Buka catatan"
READINESS, DESK = "Kesiapan", "Meja penilaian"
STATES = {
    "draft": "rancangan, belum disampaikan",
    "open": "menunggu tanggapan",
    "answered": "sudah ditanggapi, menunggu TPI",
    "done": "selesai",
}
MADE = "Catatan disimpan sebagai rancangan. Unit melihatnya setelah putaran disahkan."
PIC_SET, DUE_SET, DROPPED = "PIC diganti.", "Batas tanggapan disimpan.", "Catatan dihapus."
ANSWERED, ACCEPTED, KEPT = (
    "Tanggapan terkirim kepada TPI.",
    "Catatan selesai.",
    "Catatan dikembalikan kepada unit.",
)
NO_PHRASE = "Kalimat itu tidak ada dalam daftar."


def listed(
    where: Current, found: Sequence[View], total: int, open_now: int, first: int, reader: Reader, today: date
) -> str:
    """One page of findings."""
    unit = fmt.esc(where.unit.name)
    if not total:
        return (
            f"<b>Belum ada catatan TPI.</b>\n\n{unit}\n\n"
            "Catatan penilai terlihat di sini setelah putaran penilaian TPI disahkan."
        )
    head = f"{open_now} catatan TPI menunggu tanggapan" if open_now else f"{total} catatan TPI"
    lines = [f"<b>{head}</b>", "", unit]
    for number, each in enumerate(found, first):
        title = fmt.esc(fmt.cut(each.item.title, 60))
        lines += ["", f"{number}  <b>{each.item.number}</b>  {title}", f"   {_state(each, reader, today)}"]
        lines.append(f"   {fmt.esc(fmt.cut(fmt.one_line(each.row.text), 140))}")
    return "\n".join([*lines, "", "Pilih nomor untuk membukanya."])


def _state(view: View, reader: Reader, today: date) -> str:
    said = [f"Putaran {view.round_no}: {STATES[view.row.state]}"]
    if view.row.state in {"open", "draft"} and view.due_on is not None:
        said.append(f"batas {fmt.day_short(view.due_on)} ({fmt.distance(view.due_on, today)})")
    if view.row.state == "open" and view.pic is not None:
        said.append(f"PIC {fmt.esc(reader.name(view.pic))}")
    late = view.row.state == "open" and view.due_on is not None and view.due_on < today
    return ("! " if late else "") + " · ".join(said)


def card(view: View, reader: Reader, today: date) -> str:
    """One finding with its tanggapan."""
    row = view.row
    lines = [f"Catatan TPI untuk {view.item.number}: {STATES[row.state]}", "", heading(view.item), ""]
    lines.append(f"Putaran {view.round_no} · {fmt.esc(view.where.unit.name)}")
    lines += [
        f"Catatan ({fmt.esc(reader.name(view.maker))}):",
        f"<blockquote>{fmt.esc(row.text)}</blockquote>",
    ]
    pic = fmt.esc(reader.name(view.pic)) if view.pic is not None else "belum ada"
    lines.append(f"PIC: {pic}")
    if view.due_on is not None:
        lines.append(f"Batas tanggapan: {fmt.day_long(view.due_on)} ({fmt.distance(view.due_on, today)})")
    if row.answer:
        who = reader.by(view.answerer, row.answered_at)
        lines += [f"Tanggapan {who}:", f"<blockquote>{fmt.esc(row.answer)}</blockquote>"]
    if row.remark:
        lines += ["Yang masih diminta TPI:", f"<blockquote>{fmt.esc(row.remark)}</blockquote>"]
    return "\n".join([*lines, *_next(view)])


def _next(view: View) -> list[str]:
    state = view.row.state
    if state == "draft":
        return [
            "",
            "Unit melihat catatan ini setelah putaran disahkan. Sampai saat itu PIC dan batas dapat diubah.",
        ]
    if view.may_answer and state == "open":
        return ["", "Lengkapi bukti atau Penjelasannya bila perlu, lalu beri tanggapan."]
    if view.judges and state == "answered":
        return ["", "Terima bila sudah cukup; pilih Belum selesai bila masih ada yang diminta."]
    return []


def prompt(item: Item, phrases: Sequence[Phrase]) -> str:
    """Asks for a finding."""
    lines = [f"Apa yang diminta dari unit pada {item.number}?", "", heading(item), ""]
    lines.append("Tulis di sini, atau pilih kalimat:")
    lines += [f"• {fmt.esc(phrase.label)}: {fmt.esc(phrase.text)}" for phrase in phrases]
    return "\n".join([*lines, "", f"Paling banyak {LIMIT} huruf. Unit melihatnya setelah putaran disahkan."])


def people(view: View, names: Sequence[str], first: int) -> str:
    """Who of the unit answers?"""
    lines = [f"Siapa PIC catatan {view.item.number}?", "", fmt.esc(view.where.unit.name), ""]
    if not names:
        lines.append("Unit ini belum punya anggota tim.")
    lines += [f"{number}  {fmt.esc(name)}" for number, name in enumerate(names, first)]
    return "\n".join([*lines, "", "Pilih nomornya."])


def due(view: View) -> str:
    """Asks for the day."""
    now = f"Sekarang: {fmt.day_long(view.due_on)}.\n" if view.due_on is not None else ""
    return (
        f"Sampai kapan unit menanggapi {view.item.number}?\n\n{now}Ketik tanggalnya, misalnya: 12 maret 2027."
    )


def answer_prompt(view: View) -> str:
    """Asks for the tanggapan."""
    lines = [f"Tulis tanggapan untuk {view.item.number}.", "", heading(view.item), "", "Catatan TPI:"]
    lines.append(f"<blockquote>{fmt.esc(view.row.text)}</blockquote>")
    if view.row.remark:
        lines += ["Yang masih diminta:", f"<blockquote>{fmt.esc(view.row.remark)}</blockquote>"]
    lines.append(
        "Sebutkan apa yang sudah dilengkapi dan di mana buktinya. Tulis apa adanya; "
        f"paling banyak {ANSWER_LIMIT} huruf."
    )
    return "\n".join(lines)


def keep_prompt(view: View) -> str:
    """Asks what is still to be done."""
    lines = [f"Apa yang masih kurang pada {view.item.number}?", "", "Tanggapan unit:"]
    lines.append(f"<blockquote>{fmt.esc(fmt.cut(view.row.answer, 700))}</blockquote>")
    return "\n".join([*lines, "Tulis di sini. Unit mendapat 7 hari kerja lagi untuk menanggapi."])


def answered(view: View, reader: Reader) -> str:
    """At the assessors."""
    return "\n".join(
        [
            f"Tanggapan atas catatan {view.item.number}: {fmt.esc(view.where.unit.name)}",
            "",
            heading(view.item),
            "",
            f"Catatan: {fmt.esc(fmt.cut(view.row.text, 400))}",
            f"Tanggapan {reader.by(view.answerer, view.row.answered_at)}:",
            f"<blockquote>{fmt.esc(view.row.answer)}</blockquote>",
        ]
    )


def told(view: View) -> str:
    """At who answered, once it is decided."""
    if view.row.state == "done":
        first = f"✓ Catatan TPI {view.item.number} selesai"
        return f"{first}\n\n{heading(view.item)}\n\n{fmt.esc(view.where.unit.name)}. Tanggapan diterima TPI."
    lines = [
        f"Catatan TPI {view.item.number} belum selesai",
        "",
        heading(view.item),
        "",
        "Yang masih diminta:",
    ]
    lines.append(f"<blockquote>{fmt.esc(view.row.remark)}</blockquote>")
    if view.due_on is not None:
        lines.append(f"Batas tanggapan: {fmt.day_long(view.due_on)}.")
    return "\n".join(lines)
