"""Wording of the endorsement."""

from decimal import Decimal

from flows import fmt

ENDORSE, RENEW, WITHDRAW = "Sahkan", "Sahkan lagi", "Tarik pengesahan"
YES, WITHDRAW_YES, KEEP = "Ya, sahkan", "Ya, tarik", "Tidak jadi"
READINESS, PROGRESS = "Kesiapan", "Progres"
DONE = "✓ Penilaian mandiri disahkan."
WITHDRAWN = "Pengesahan ditarik. Catatannya tetap ada."
MEANING = (
    "Pengesahan mencatat bahwa pimpinan sudah membaca dan menyetujui penilaian mandiri tim. Ini catatan "
    "unit; pengusulan tetap lewat sistem Kementerian PANRB."
)
OPEN, HEAD = "Buka unit", "pimpinan unit"
NOBODY = "Pengesahan dilakukan pimpinan unit."


def figures(total: str, answered: int, approved: int, items: int) -> str:
    """Score and counts."""
    return (
        f"nilai total {fmt.number(Decimal(total))} · terjawab {answered} dari {items} isian · "
        f"disetujui {approved}"
    )


def none(unit: str, year: int, now: str, may: bool) -> str:
    """Not endorsed (any more)."""
    lines = ["<b>Penilaian mandiri belum disahkan.</b>", "", f"{fmt.esc(unit)}, penilaian {year}"]
    lines += [f"Sekarang: {now}", "", MEANING]
    if not may:
        lines.append(NOBODY)
    return "\n".join(lines)


def endorsed(
    who: str, when: str, unit: str, year: int, then: str, now: str, items_changed: int, surveys_changed: int
) -> str:
    """Endorsed, and what has changed since."""
    lines = [f"✓ <b>Disahkan {fmt.esc(who)}, {when}.</b>", "", f"{fmt.esc(unit)}, penilaian {year}"]
    lines.append(f"Saat disahkan: {then}")
    parts = []
    if items_changed:
        parts.append(f"{items_changed} isian")
    if surveys_changed:
        parts.append(f"{surveys_changed} survei")
    if parts:
        lines += [f"Sekarang: {now}", "", f"! Sejak itu berubah: {' dan '.join(parts)}."]
        lines.append("Bila sudah sesuai, pimpinan dapat mengesahkan lagi.")
    else:
        lines += ["", "LKE belum berubah sejak disahkan."]
    return "\n".join(lines)


def ask(unit: str, year: int, now: str) -> str:
    """Before it is endorsed."""
    return (
        f"Sahkan penilaian mandiri {fmt.bold(unit)}, penilaian {year}?\n\n"
        f"Yang disahkan: {now}.\n\n{MEANING} Bila LKE berubah sesudahnya, layar ini menyebutkannya."
    )


def withdraw_ask(unit: str) -> str:
    """Before it is taken back."""
    return (
        f"Tarik pengesahan {fmt.bold(unit)}?\n\n"
        "LKE dan riwayatnya tidak berubah. Anda dapat mengesahkan lagi kapan saja."
    )


def told(who: str, unit: str, year: int, then: str, withdrawn: bool) -> str:
    """To the coordinators."""
    if withdrawn:
        return (
            f"<b>Pengesahan ditarik: {fmt.esc(unit)}, penilaian {year}.</b>\n\n"
            f"Oleh pimpinan unit ({fmt.esc(who)}). Tanyakan kepadanya bagian yang perlu diperbaiki."
        )
    return (
        f"✓ <b>Penilaian mandiri {fmt.esc(unit)} disahkan.</b>\n\n"
        f"Oleh {fmt.esc(who)}, penilaian {year}: {then}."
    )
