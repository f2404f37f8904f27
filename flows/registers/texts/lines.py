"""Wording of the lists, of one line, of prompts and of what is asked before saving."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows import fmt
from flows.models import RegisterEntry
from flows.registers import slots
from flows.registers.kinds import LAPOR, LHKAN, LHKPN, MONTH, YES, Field, Kind
from flows.registers.texts import recap
from flows.registers.typed import Value

MENU, PACT = "Register", "Pakta integritas"
BUTTONS = {
    "lapor": "SP4N-LAPOR!",
    "agen": "Agen perubahan",
    "inovasi": "Inovasi",
    "lhkpn": "LHKPN",
    "lhkan": "LHKAN",
}
ADD, LIST, ALL, OTHER = "Tambah catatan", "‹ Daftar", "‹ Register", "Periode lain"
SAVE, RETYPE, CHANGE, SKIP, EMPTY = "Simpan", "Ketik ulang", "Ubah angka", "Lewati", "Kosongkan"
DELETE, DELETE_YES, DELETE_NO = "Hapus", "Ya, hapus", "Tidak jadi"
IMPORT, CLOCKS = "Impor tabel", "Batas LAPOR!"
YES_LABEL, NO_LABEL = "Ya, sudah", "Belum"
SAVED, SAME, REMOVED, CLEARED, ADDED = (
    "Tersimpan.",
    "Sudah tersimpan seperti itu.",
    "Catatan dihapus.",
    "Isian dikosongkan.",
    "Catatan dibuat.",
)
NO_FIELD = "Isian itu tidak ada pada register ini."
NO_PERIOD = "Bulannya belum disebut, jadi belum ada yang disimpan. Tulis seperti contoh: {example}."
_ABOUT = {
    "lapor": "jumlah laporan per bulan, tanpa nama pelapor",
    "agen": "agen perubahan dan hasil nyatanya",
    "inovasi": "inovasi layanan beserta dampaknya",
    "lhkpn": "jumlah wajib lapor dan yang sudah lapor, tanpa nama",
    "lhkan": "jumlah wajib lapor dan yang sudah lapor, tanpa nama",
}


def menu(unit_name: str, kinds: Sequence[Kind], numbers: Mapping[str, int], late: int) -> str:
    """The registers of a unit."""
    warned = f"! Rekap SP4N-LAPOR!: {late} bulan punya laporan yang perlu diperiksa batas waktunya."
    said = [f"• <b>{fmt.esc(kind.name)}</b> ({numbers[kind.code]}): {_ABOUT[kind.code]}" for kind in kinds]
    return "\n".join(
        [
            f"Register {fmt.bold(unit_name)}: catatan dari lapangan yang dipakai mengisi LKE.",
            "",
            *said,
            "• <b>Pakta integritas</b>: siapa yang sudah menandatangani, dan pencanangannya",
            "",
            *([warned, ""] if late else []),
            "Angkanya baru masuk LKE setelah Anda mengambilnya.",
        ]
    )


def keepers(kind: Kind, numbers: Sequence[int]) -> str:
    """Who fills the register in, for those who only read it."""
    teams = " atau ".join(f"pokja Area {number}" for number in numbers)
    return f"Register ini diisi {teams} dan koordinator unit."


def listing(
    kind: Kind,
    unit_name: str,
    shown: Sequence[RegisterEntry],
    found: Sequence[RegisterEntry],
    more: Sequence[str],
) -> str:
    """A register, a page of it. `more` are further paragraphs, HTML."""
    head = f"<b>{fmt.esc(kind.name)}</b> · {fmt.esc(unit_name)}"
    said = [f"• {fmt.esc(recap.line(kind, row.slot, row.content))}" for row in shown]
    body = "\n".join(said) if said else "Belum ada catatan."
    return "\n\n".join([head, body, *filter(None, [fmt.esc(recap.trend(kind, found)), *more])])


def how_to_type(kind: Kind) -> str:
    """That counts can be typed right here. HTML."""
    return f"Menambah: ketik langsung di sini, misalnya\n<i>{kind.example}</i>"


def one(kind: Kind, row: RegisterEntry, more: Sequence[str]) -> str:
    """One line with all its fields."""
    head = slots.name(row.slot) if row.slot else str(row.content.get(kind.fields[0].key, ""))
    fields = kind.fields if row.slot else kind.fields[1:]
    said = [f"{field.label}: {shown(field, row.content.get(field.key))}" for field in fields]
    text = [f"<b>{fmt.esc(head)}</b> · {fmt.esc(kind.name)}", "\n".join(said)]
    if kind.total:
        text.append(fmt.esc(recap.line(kind, row.slot, row.content)) + ".")
    return "\n\n".join([*text, *filter(None, [mismatch(kind, row.content), *more])])


def shown(field: Field, value: Value | None) -> str:
    """A value as people read it. HTML."""
    if value is None or value == "":
        return "belum diisi"
    if field.form == "day":
        return fmt.day_short(date.fromisoformat(str(value)))
    if field.form == "yes":
        return "sudah" if value == YES else "belum"
    return fmt.number(value, 0) if isinstance(value, int) else fmt.esc(str(value))


def mismatch(kind: Kind, values: Mapping[str, Value]) -> str:
    """That counts by kind and by status disagree; "" when they do not or kinds were not counted. HTML."""
    if kind.code != LAPOR:
        return ""
    by_kind = ("pengawasan", "biasa", "aspirasi", "informasi")
    if not any(key in values for key in by_kind):
        return ""
    one, other = recap.whole(values, by_kind), recap.whole(values, kind.total)
    if one == other:
        return ""
    return f"! Menurut jenis {one} laporan, menurut status {other}. Periksa lagi salah satunya."


# prompts -------------------------------------------------------------------------------------------


def ask_counts(kind: Kind, slot: str, present: Mapping[str, Value] | None) -> str:
    """The prompt for the counts of a period (or of one to be named)."""
    fields = ", ".join(field.label.lower() for field in kind.counts)
    example = kind.example.split(": ", 1)[1] if slot else kind.example
    head = f"{kind.name} {slots.name(slot)}" if slot else f"{kind.name}: tambah atau ganti angka"
    text = [
        f"<b>{fmt.esc(head)}</b>",
        f"Ketik jumlahnya dalam satu pesan, misalnya\n<i>{example}</i>",
        f"Yang dikenali: {fields}. Hanya jumlah, tanpa nama orang.",
    ]
    if present:
        text.insert(1, "Sekarang tercatat:\n" + _counted(kind, present))
    elif not slot:
        what = "bulannya" if kind.slots == MONTH else "tahun lapornya"
        text.append(f"Bisa juga pilih {what} lebih dulu di bawah.")
    if kind.code in (LHKPN, LHKAN) and slot:
        text.append(f"Tahun lapor {slot} adalah laporan yang disampaikan pada tahun {slot}.")
    return "\n\n".join(text)


def _counted(kind: Kind, values: Mapping[str, Value]) -> str:
    return "\n".join(f"{f.label}: {shown(f, values[f.key])}" for f in kind.counts if f.key in values)


def check(kind: Kind, slot: str, values: Mapping[str, Value], present: Mapping[str, Value] | None) -> str:
    """What will be saved, beside what stands there."""
    text = [f"<b>{fmt.esc(kind.name)} {slots.name(slot)}</b>. Simpan angka ini?"]
    if present:
        changed = [
            f"{f.label}: {shown(f, present.get(f.key))} menjadi {shown(f, values.get(f.key))}"
            for f in kind.counts
            if present.get(f.key) != values.get(f.key)
        ]
        same = [
            f"{f.label}: {shown(f, values[f.key])} (tetap)"
            for f in kind.counts
            if f.key in values and present.get(f.key) == values[f.key]
        ]
        text.append("\n".join([*changed, *same]))
    else:
        text.append(_counted(kind, values))
    text.append(fmt.esc(recap.line(kind, slot, values)) + ".")
    return "\n\n".join([*text, *filter(None, [mismatch(kind, values)])])


def ask_first(kind: Kind) -> str:
    """The prompt that begins a line."""
    return f"<b>{fmt.esc(kind.name)}</b>: catatan baru\n\n{kind.fields[0].ask}"


def ask_field(kind: Kind, row: RegisterEntry, field: Field, guided: bool) -> str:
    """The prompt for one field."""
    head = slots.name(row.slot) if row.slot else str(row.content.get(kind.fields[0].key, ""))
    text = [f"<b>{fmt.esc(field.label)}</b> · {fmt.esc(fmt.cut(head, 80))}", field.ask]
    value = row.content.get(field.key)
    if value not in (None, ""):
        text.append(f"Sekarang: {shown(field, value)}")
    if guided:
        text.append("Yang sudah diisi tersimpan; sisanya bisa dilengkapi kapan saja.")
    return "\n\n".join(text)


def delete_ask(kind: Kind, row: RegisterEntry) -> str:
    """Asks before a line goes."""
    said = fmt.esc(recap.line(kind, row.slot, row.content))
    return (
        f"Hapus catatan ini dari {fmt.esc(kind.name)}?\n\n{said}\n\n"
        "Isian LKE yang sudah diambil dari register tidak ikut berubah."
    )
