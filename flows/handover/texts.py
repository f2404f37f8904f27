"""Wording of the handover."""

from collections.abc import Sequence

from flows import fmt
from flows.handover.service import Between
from flows.pic.candidates import Candidate

HANDOVER, SEND, ACCEPT, DECLINE, CANCEL = "Serah terima", "Kirim", "Terima", "Tolak", "Batalkan"
OTHER, NOBODY, INVITE, SEND_NOW = "Pilih orang lain", "Belum ada penerus", "Undang penerus", "Pindahkan"
TEAM, MINE, DECREE_TEAM, DECREE_AGENTS = "Tim", "Tugas saya", "SK tim ZI", "SK agen perubahan"
ACCEPTED = "✓ Serah terima selesai. Semuanya sudah berpindah."
GROWN = "Isinya bertambah sejak Anda ditanya. Ini daftar terbaru; ketuk Terima bila setuju."
DECLINED = "Serah terima ditolak. Tidak ada yang berpindah."
CANCELLED = "Serah terima dibatalkan. Tidak ada yang berpindah."
DECREE_NOTED, DECREE_BEFORE = "Dicatat sebagai tugas Anda.", "Sudah dicatat sebagai tugas."
DECREES = {"tim": "SK tim kerja ZI", "ap": "SK agen perubahan"}


def sent(name: str) -> str:
    """Plain text for a toast."""
    return f"Terkirim. Menunggu jawaban {fmt.cut(name, 80)}."


def who(unit: str, found: Sequence[Candidate], first: int, me: int) -> str:
    """Whose work is handed over?"""
    lines = [f"<b>Pekerjaan siapa yang diserahkan?</b>\n\n{fmt.esc(unit)}", ""]
    lines += [
        f"{number}  {fmt.esc(each.person.name)}" + (" (Anda)" if each.id == me else "")
        for number, each in enumerate(found, start=first)
    ]
    return "\n".join(lines)


def choose(giver: str, unit: str, own: bool, several: bool = False) -> str:
    """Who takes over?"""
    whose = "Anda" if own else fmt.esc(giver)
    ask = "Nama itu cocok untuk beberapa orang. Yang mana?" if several else "Siapa penerusnya?"
    return (
        f"<b>Serah terima pekerjaan {whose}: {ask[0].lower()}{ask[1:]}</b>\n\n{fmt.esc(unit)}\n\n"
        "Ketuk namanya, atau ketik sebagian nama. Belum ada yang berpindah sebelum penerus menerima."
    )


def unknown(typed: str) -> str:
    """Plain text."""
    return (
        f"Tidak ada anggota tim bernama “{fmt.cut(fmt.one_line(typed), 40)}”. "
        f"Pilih dari daftar, atau ketuk {NOBODY}."
    )


def nobody(giver: str, unit: str) -> str:
    """There is no successor yet."""
    return (
        f"<b>Penerus {fmt.esc(giver)} belum ada di tim.</b>\n\n{fmt.esc(unit)}\n\n"
        "Undang penerusnya lebih dahulu; setelah ia bergabung, buka lagi Serah terima dan pilih namanya. "
        "Sementara itu semua tugas dan peran tetap pada pemegang sekarang."
    )


def content(at: Between, scopes: Sequence[str], deputies: Sequence[str], roles: Sequence[str]) -> list[str]:
    """What moves, line by line. HTML."""
    lines = []
    if scopes:
        lines.append(f"• PIC: {_listed(scopes)}")
    if deputies:
        lines.append(f"• Wakil PIC: {_listed(deputies)}")
    if at.content.tasks:
        promised = sum(task.promised_on is not None for task in at.content.tasks)
        more = f", {promised} sudah dijanjikan tanggalnya" if promised else ""
        lines.append(f"• Tugas yang belum selesai: {len(at.content.tasks)}{more}")
    if at.content.helps:
        lines.append(f"• Diminta membantu: {len(at.content.helps)} tugas")
    if roles:
        lines.append(f"• Peran: {_listed(roles)}")
    return lines


def _listed(names: Sequence[str]) -> str:
    shown = [fmt.esc(name) for name in names[:10]]
    more = f" dan {len(names) - 10} lagi" if len(names) > 10 else ""
    return "; ".join(shown) + more


def preview(at: Between, lines: Sequence[str]) -> str:
    """Before it is sent."""
    assert at.successor is not None
    giver, successor = fmt.esc(at.giver.name), fmt.esc(at.successor.name)
    absent = at.successor.telegram_id is None
    ask = (
        f"{successor} belum memakai Telegram. Bila sudah disepakati, Anda memindahkannya atas namanya."
        if absent
        else f"{successor} akan diminta menerima. Baru setelah itu semuanya berpindah."
    )
    return "\n".join(
        [
            f"<b>Serah terima {giver} kepada {successor}</b>",
            "",
            fmt.esc(at.unit.name),
            "",
            "Yang berpindah:",
            *lines,
            "",
            f"Pengingat dan janji tanggalnya ikut berpindah; peran {giver} di unit ini berakhir. {ask}",
        ]
    )


def asked(at: Between, lines: Sequence[str], made_by: str) -> str:
    """At the successor."""
    giver = fmt.esc(at.giver.name)
    return "\n".join(
        [
            f"<b>Anda diminta menerima pekerjaan {giver}.</b>",
            "",
            f"{fmt.esc(at.unit.name)} · diminta oleh {fmt.esc(made_by)}",
            "",
            "Yang berpindah kepada Anda:",
            *lines,
            "",
            f"Pengingatnya ikut kepada Anda, dan peran {giver} di unit ini berakhir.",
        ]
    )


def waiting(at: Between, lines: Sequence[str]) -> str:
    """For those who wait for the successor's word."""
    assert at.successor is not None
    return "\n".join(
        [
            f"<b>Menunggu jawaban {fmt.esc(at.successor.name)}</b>",
            "",
            f"Serah terima {fmt.esc(at.giver.name)}, {fmt.esc(at.unit.name)}",
            "",
            *lines,
        ]
    )


def ended(at: Between, counts: str, ask: bool, left: bool) -> str:
    """How it ended; `left`: the reader is the giver, who has no role in the unit any more."""
    assert at.successor is not None
    assert at.row is not None
    giver, successor = fmt.esc(at.giver.name), fmt.esc(at.successor.name)
    unit = fmt.esc(at.unit.name)
    if at.row.state == "accepted":
        lines = [
            f"<b>✓ Pekerjaan {giver} kini dipegang {successor}.</b>",
            "",
            f"{unit}. Berpindah: {counts}.",
        ]
        if left:
            lines += [
                "",
                "Peran Anda di unit ini sudah berakhir. Terima kasih. Riwayat tetap mencatat pekerjaan "
                "Anda; data pribadi Anda dapat diunduh atau dihapus lewat /privasi.",
            ]
        if ask:
            lines += [
                "",
                f"Apakah {giver} tercantum dalam SK tim kerja ZI atau SK agen perubahan? "
                "Bila ya, SK-nya perlu diperbarui; ketuk untuk mencatatnya sebagai tugas.",
            ]
        return "\n".join(lines)
    if at.row.state == "declined":
        return (
            f"<b>{successor} belum menerima pekerjaan {giver}.</b>\n\n{unit}. Tidak ada yang berpindah; "
            "silakan bicarakan, lalu pilih penerus lain."
        )
    return f"<b>Serah terima {giver} dibatalkan.</b>\n\n{unit}. Tidak ada yang berpindah."


def counts(stamp: dict[str, list[int]]) -> str:
    """What has moved, in numbers."""
    named = (("pics", "PIC"), ("tasks", "tugas"), ("helps", "bantuan"), ("roles", "peran"))
    said = [f"{len(stamp.get(key, []))} {word}" for key, word in named if stamp.get(key)]
    return ", ".join(said) or "tidak ada"


def decree_title(which: str, giver: str, successor: str) -> str:
    """Title of the action item. Plain text."""
    return fmt.cut(f"Perbarui {DECREES[which]}: {giver} digantikan {successor}", 300)
