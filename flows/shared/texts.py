"""Wording of shared evidence (bukti bersama)."""

from collections.abc import Sequence

from flows import fmt
from flows.evidence.periods import span_of
from flows.models import SharedEvidence, SharedVersion
from flows.shared.offers import ACTIVE, FAILED, READING, READY, WITHDRAWN
from knowledge.answers import Item

ADD, TITLE, WHEN, ITEMS, BRANCH = "Tambah", "Judul", "Tanggal", "Indikator", "Untuk unit mana"
PUBLISH, REPLACE, WITHDRAW, OPEN, OPEN_LINK = (
    "Bagikan",
    "Ganti berkas",
    "Tarik",
    "Buka berkas",
    "Buka tautan",
)
WITHDRAW_YES, DROP, DROP_YES, KEEP = "Ya, tarik", "Hapus draf", "Ya, hapus", "Jangan"
ALL_UNITS, DONE, ATTACH, PROOF = "Semua unit", "Selesai memilih", "Pasang", "Tambah bukti penerapan"
RENEW, SEE, OTHER_FILE = "Pakai versi baru", "Lihat bukti", "Kirim yang lain"

TITLE_SET, WHEN_SET, BRANCH_SET = "Judul tersimpan.", "Tanggal tersimpan.", "Penerima tersimpan."
ITEM_ON, ITEM_OFF = "Indikator ditambahkan.", "Indikator dilepas."
PUBLISHED = "✓ Dibagikan. Unit menemukannya di layar bukti indikatornya."
WITHDRAWN_TOAST = "Ditarik. Unit yang memasangnya diberi tahu."
DROPPED = "Draf dihapus."
ATTACHED = "✓ Terpasang. Tambahkan bukti penerapan di unit Anda."
ATTACHED_ALREADY = "Bukti ini sudah terpasang di indikator itu."
RENEWED = "Versi baru dipakai. Versi lama tetap ada."
OF_LINK = "Bukti bersama ini berupa tautan."

_STATES = {
    READING: "sedang diperiksa",
    READY: "draf, belum dibagikan",
    ACTIVE: "dibagikan",
    WITHDRAWN: "ditarik",
    FAILED: "tidak dapat dipakai",
}


def when(row: SharedEvidence) -> str:
    """ "12 Januari 2027", "TW III 2026", or that none is known."""
    span = span_of(row.period)
    if span is not None:
        return span.name
    return fmt.day_short(row.dated_on) if row.dated_on is not None else "tanpa tanggal"


def listed(rows: Sequence[tuple[SharedEvidence, int]], start: int, total: int) -> str:
    """What the agency shares."""
    head = "<b>Bukti bersama</b>"
    about = (
        "Dokumen dari instansi yang sama untuk banyak unit, misalnya SK UPG, SOP, kanal WBS, atau kebijakan "
        "mutasi. Kirim sekali di sini; unit memasangnya dengan satu ketukan dan menambah bukti penerapannya."
    )
    if not rows:
        return f"{head}\n\n{about}\n\nBelum ada. Ketuk {ADD} untuk mulai."
    lines = [
        f"{n}  {fmt.esc(fmt.cut(row.title or 'Tanpa judul', 70))} · {_STATES[row.state]}"
        + (f" · dipakai {units} unit" if units else "")
        for n, (row, units) in enumerate(rows, start + 1)
    ]
    return "\n".join([f"{head}: {total}", "", about, "", *lines])


ASK = (
    "Kirim berkas atau tautan yang akan dibagikan ke unit.\n\n"
    "Tulis judulnya sebagai keterangan, misalnya: SK Unit Pengendalian Gratifikasi 12 januari 2027. "
    "Setelah itu Anda memeriksa judul, tanggal, dan indikatornya; unit belum melihatnya sebelum "
    "Anda ketuk Bagikan."
)


def ask_version(title: str) -> str:
    """The prompt for a new version."""
    return (
        f"Kirim berkas atau tautan pengganti untuk “{fmt.esc(title)}”.\n\n"
        "Versi lama tetap tersimpan. Unit yang sudah memasangnya diberi tahu dan memilih memakai versi baru."
    )


def _what(version: SharedVersion | None) -> str:
    if version is None:
        return "Berkas: belum ada"
    number = f" · versi {version.no}" if version.no > 1 else ""
    if version.kind == "link":
        return f"Tautan: {fmt.esc(fmt.cut(version.url, 150))}{number}"
    return f"Berkas: {fmt.esc(version.file_name)}{number}"


def show(
    row: SharedEvidence,
    version: SharedVersion | None,
    items: Sequence[Item],
    branch: str,
    attached: int,
    *,
    reading: bool,
) -> str:
    """A shared piece in full, to its admin."""
    lines = [f"<b>{fmt.esc(row.title or 'Bukti bersama')}</b> · {_STATES[row.state]}", ""]
    if row.state == READING:
        return "\n".join([*lines, "Sedang diperiksa. Hasilnya muncul di obrolan ini."])
    if row.state == FAILED:
        return "\n".join([*lines, f"! {fmt.esc(row.why)}"])
    lines += [_what(version), f"Tanggal atau periode: {when(row)}"]
    lines.append(f"Untuk: {fmt.esc(branch) + ' dan unit di bawahnya' if branch else 'semua unit'}")
    lines.append("Indikator:" if items else "Indikator: belum dipilih")
    lines += [f"• {item.number} {fmt.esc(fmt.cut(item.title, 80))}" for item in items[:12]]
    if len(items) > 12:
        lines.append(f"dan {len(items) - 12} lagi")
    if row.state != READY:
        lines += ["", f"Dipasang {attached} unit." if attached else "Belum dipasang unit mana pun."]
    if reading:
        lines += ["", "Versi baru sedang diperiksa."]
    elif row.why:
        lines += ["", f"! Versi yang terakhir dikirim tidak dapat dipakai. {fmt.esc(row.why)}"]
    if row.state == READY:
        lines += [
            "",
            f"Periksa judul, tanggal, dan indikatornya, lalu ketuk {PUBLISH}. "
            "Jangan bagikan dokumen yang memuat data pribadi.",
        ]
    return "\n".join(lines)


def title_prompt(row: SharedEvidence) -> str:
    """The prompt for a title."""
    return f"Ketik judulnya.\n\nSekarang: {fmt.esc(row.title)}"


def when_prompt(row: SharedEvidence) -> str:
    """The prompt for date or period."""
    return (
        "Tanggal dokumen, atau periodenya?\n\n"
        f"Sekarang: {when(row)}. Ketik misalnya: 12 januari 2027, TW III 2026, atau 2026."
    )


def choose(title: str, head: str, lines: Sequence[str], chosen: int) -> str:
    """Which items does it fit?"""
    body = "\n".join(lines)
    return (
        f"Untuk indikator mana “{fmt.esc(fmt.cut(title, 60))}”? {chosen} dipilih.\n\n"
        f"{fmt.bold(head)}\n{body}\n\nKetuk, atau ketik nomornya, misalnya: 5 ii a, 5 iv b."
    )


def branches(title: str, lines: Sequence[str]) -> str:
    """For which branch?"""
    body = "\n".join(lines) if lines else "Belum ada unit yang punya unit di bawahnya."
    return f"“{fmt.esc(fmt.cut(title, 60))}” untuk unit mana?\n\n{body}\n\nUnit di bawahnya ikut."


def withdraw_ask(row: SharedEvidence, attached: int) -> str:
    """Before it is withdrawn, or a draft dropped."""
    if row.state != ACTIVE:
        return f"Hapus draf “{fmt.esc(row.title or 'Bukti bersama')}”?\n\nUnit belum pernah melihatnya."
    told = f"{attached} unit yang memasangnya diberi tahu. " if attached else ""
    return (
        f"Tarik “{fmt.esc(row.title)}”?\n\n"
        f"Unit tidak lagi dapat memasangnya. {told}Salinan dan riwayat di unit tetap ada."
    )


def caption(row: SharedEvidence, version: SharedVersion) -> str:
    """With the file itself."""
    return f"{fmt.esc(row.title)} · {when(row)}\n\nBukti bersama dari instansi, versi {version.no}."


def offered(item: Item, lines: Sequence[str], open_ones: int, may: bool) -> str:
    """What the agency shares for an item, to the unit; `open_ones` are not attached yet."""
    head = f"<b>Bukti bersama dari instansi</b> untuk {item.number}"
    if not lines:
        return f"{head}\n\n{fmt.esc(item.title)}\n\nInstansi belum membagikan dokumen untuk indikator ini."
    first = "Ketuk Pasang untuk memakainya, lalu tambahkan" if open_ones else "Tambahkan"
    how = (
        f"{first} bukti penerapan di unit Anda: dokumen dari instansi saja biasanya belum cukup."
        if may
        else "Pemasangan dilakukan pokja yang mengisi indikator ini."
    )
    return "\n".join([head, "", fmt.esc(item.title), "", *lines, "", how])


def offer_line(number: int, row: SharedEvidence, version: SharedVersion, attached: bool) -> str:
    """One shared piece."""
    state = "✓ terpasang" if attached else "belum dipasang"
    what = "tautan" if version.kind == "link" else "berkas"
    return f"{number}  {fmt.esc(fmt.cut(row.title, 80))} · {when(row)} · {what} · {state}"


def news(row: SharedEvidence, unit: str) -> str:
    """A coordinator hears that something attached was replaced or withdrawn."""
    title = fmt.esc(fmt.cut(row.title, 90))
    if row.state == WITHDRAWN:
        return (
            f"Instansi menarik bukti bersama “{title}”.\n\n"
            f"Salinan di {fmt.esc(unit)} dan riwayatnya tetap ada. Lepaskan bila tidak berlaku lagi, "
            "dan siapkan penggantinya."
        )
    return (
        f"Instansi memperbarui bukti bersama “{title}”.\n\n"
        f"{fmt.esc(unit)} masih memakai versi sebelumnya. Lihat buktinya, lalu ketuk {RENEW}; "
        "reviu atas versi lama tidak berlaku untuk yang baru."
    )
