"""Wording of the team and its invitations."""

from flows import fmt

INVITE, WAITING, REVOKE = "Undang anggota", "Permintaan", "Keluarkan"
REVOKE_YES, KEEP = "Ya, keluarkan", "Tidak jadi"
ALL_POKJA, PER_AREA, HEADS, COORDINATOR = (
    "Tautan 6 pokja",
    "Anggota per area",
    "Ketua pokja",
    "Koordinator unit",
)
ACTIVE, QR, OPEN, CONFIRM, CANCEL_LINK = (
    "Tautan aktif",
    "Gambar QR",
    "Terima 2 jam",
    "Selalu periksa",
    "Cabut tautan",
)
NEW_LINK, TEAM = "Buat tautan lain", "Tim"

ROLES = {
    "anggota": "anggota",
    "ketua": "ketua pokja",
    "koordinator": "koordinator unit",
    "penilai": "penilai (TPI)",
    "admin": "admin instansi",
}
LINK_REVOKED = "Tautan dicabut. Yang sudah bergabung tetap di tim."
LINK_OPEN = "Selama 2 jam ke depan orang langsung diterima."
LINK_CONFIRM = "Setiap orang kini menunggu persetujuan Anda."


def pokja(area_no: int, area_name: str) -> str:
    """A pokja as people call it."""
    return f"Pokja {area_no} {area_name}"


def role_at(role: str, area: str) -> str:
    """A role with its pokja: "ketua Pokja 5 …"."""
    if not area:
        return ROLES[role]
    return f"ketua {area}" if role == "ketua" else f"{ROLES[role]} {area}"


def group_head(role: str, area: str) -> str:
    """Heading of a group in the list."""
    if role == "koordinator":
        return "Koordinator unit"
    if role == "penilai":
        return "Penilai (TPI)"
    return area or "Semua area"


def member_line(number: int | None, name: str, is_head: bool) -> str:
    """One person in the list."""
    lead = f"{number}  " if number is not None else "• "
    return f"{lead}{fmt.esc(name)}" + (" · ketua pokja" if is_head else "")


def team(unit: str, people: int, lines: list[str], leads: bool) -> str:
    """The members of a unit."""
    head = f"{fmt.bold(unit)}: {people} orang"
    if not lines:
        return f"{head}\n\nBelum ada anggota. " + (
            f"Ketuk {INVITE} untuk mulai." if leads else "Koordinator unit mengundang lewat tautan."
        )
    foot = "\n\nKetuk nomornya untuk melihat atau mengeluarkan seseorang." if leads else ""
    return f"{head}\n\n" + "\n".join(lines) + foot


def waiting_label(count: int) -> str:
    """The button to those who wait."""
    return f"{WAITING} ({count})"


def member(
    name: str, roles: str, unit: str, since: str, *, reachable: bool, has_account: bool, is_last: bool
) -> str:
    """One member."""
    lines = [fmt.bold(name), "", f"{fmt.esc(roles)}, {fmt.esc(unit)}", f"Bergabung {since}"]
    if not has_account:
        lines.append("Tanpa Telegram: tercatat namanya saja.")
    elif not reachable:
        lines.append("! Pesan tidak sampai: bot sedang diblokir atau belum dibuka orang ini.")
    if is_last:
        lines += ["", "Satu-satunya koordinator unit. Bila akan diganti, undang koordinator lain lebih dulu."]
    return "\n".join(lines)


def revoke_ask(name: str, roles: str, unit: str, own: bool) -> str:
    """Before somebody is removed."""
    if own:
        return (
            f"Anda akan keluar dari peran {fmt.esc(roles)}, {fmt.bold(unit)}.\n\n"
            "Jawaban dan penjelasan yang sudah Anda isi tetap tersimpan. Untuk kembali, perlu undangan baru."
        )
    return (
        f"Keluarkan {fmt.bold(name)} dari peran {fmt.esc(roles)}?\n\n"
        f"Ia tidak lagi melihat data {fmt.esc(unit)} lewat peran ini. Jawaban dan penjelasan yang "
        "sudah diisinya "
        "tetap tersimpan, dan ia dapat diundang lagi."
    )


def revoked(name: str) -> str:
    """After somebody was removed."""
    return f"{fmt.cut(name, 80)} sudah dikeluarkan dari peran itu."


# invitations ---------------------------------------------------------------------------------------


def invites(unit: str) -> str:
    """Ways to invite."""
    return (
        f"Undang tim {fmt.bold(unit)}.\n\n"
        "Paling cepat: satu tautan untuk tiap pokja, ditempel di grup kantor; anggota langsung masuk "
        "areanya. "
        "Tautan berlaku 7 hari dan dapat dicabut kapan saja."
    )


def choose_area(role: str, names: list[str]) -> str:
    """For which area."""
    who = "ketua pokja" if role == "ketua" else "anggota"
    return f"Undang {who} untuk area mana?\n\n" + "\n".join(fmt.esc(n) for n in names)


def paste(role: str, area: str, place: str, url: str) -> str:
    """The plain text to forward, for one link."""
    if role == "admin":
        return f"Bapak/Ibu, mohon bergabung sebagai admin instansi {place} di Pandu ZI lewat: {url}"
    if role == "koordinator":
        return f"Bapak/Ibu, mohon bergabung sebagai koordinator unit {place} di Pandu ZI lewat: {url}"
    if role == "penilai":
        return f"Bapak/Ibu, mohon bergabung sebagai penilai (TPI) {place} di Pandu ZI lewat: {url}"
    who = f"ketua {area}" if role == "ketua" else f"anggota {area}"
    return f"Bapak/Ibu {who}, {place}, mohon bergabung di Pandu ZI lewat: {url}"


def invite(role: str, area: str, place: str, url: str, until: str, how: str, uses: int, single: bool) -> str:
    """One link, ready to forward."""
    lines = [f"Tautan undangan {fmt.bold(role_at(role, area))}, {fmt.esc(place)}", ""]
    lines.append("Siap diteruskan; ketuk teksnya untuk menyalin:")
    lines.append(f"<pre>{fmt.esc(paste(role, area, place, url))}</pre>")
    lines.append(f"Berlaku sampai {until}" + (", untuk satu orang." if single else "."))
    lines.append(how)
    if uses:
        lines.append(f"Dipakai {uses} kali.")
    return "\n".join(lines)


def invite_dead(role: str, area: str, place: str, why: str) -> str:
    """A link that works no longer."""
    return f"Tautan {fmt.esc(role_at(role, area))}, {fmt.bold(place)} tidak berlaku lagi.\n\n{why}"


WHY_REVOKED = "Tautan ini sudah dicabut. Yang sudah bergabung tetap di tim."
WHY_EXPIRED = "Masa berlakunya habis. Buat tautan baru bila masih perlu."
WHY_USED = "Tautan untuk satu orang ini sudah dipakai. Buat tautan baru untuk orang berikutnya."
HOW_CONFIRM = "Setiap orang yang membukanya menunggu persetujuan koordinator."
HOW_CONFIRM_ADMIN = "Orang yang membukanya menunggu persetujuan admin."
HOW_AT_ONCE = "Yang membukanya langsung diterima, jadi kirim hanya kepada orangnya."


def how_open(until: str) -> str:
    """An open link."""
    return f"Sampai {until} orang langsung diterima; setelah itu menunggu persetujuan koordinator."


def pokja_links(unit: str, until: str, how: str, lines: list[str]) -> str:
    """All links of the pokja, to paste into the office's group."""
    body = f"Tim ZI {unit}, mohon bergabung sesuai pokja masing-masing:\n\n" + "\n\n".join(lines)
    return (
        f"<b>{len(lines)} tautan siap</b>, berlaku sampai {until}.\n\n"
        f"Siap tempel di grup; ketuk teksnya untuk menyalin:\n<pre>{fmt.esc(body)}</pre>\n{how}"
    )


def pokja_line(area: str, url: str) -> str:
    """One pokja in the text to paste."""
    return f"{area}:\n{url}"


NO_POKJA_LINKS = "Belum ada tautan pokja yang berlaku.\n\nBuat enam tautan sekaligus lewat tombol di bawah."


def active(unit: str, total: int, lines: list[str]) -> str:
    """Links that still work."""
    if not total:
        return f"Tidak ada tautan yang masih berlaku untuk {fmt.bold(unit)}.\n\nBuat lewat layar undangan."
    return (
        f"<b>{total} tautan masih berlaku</b>, {fmt.esc(unit)}.\n\nKetuk nomornya untuk melihat atau "
        "mencabut.\n\n" + "\n".join(lines)
    )


def active_line(number: int, role: str, until: str, uses: int, opened: bool) -> str:
    """One link in the list."""
    state = "langsung diterima" if opened else "diperiksa dulu"
    return f"{number}  {fmt.esc(role)} · sampai {until}, {state}, dipakai {uses} kali"


def qr(role: str, place: str, until: str) -> str:
    """Caption of the QR picture."""
    return (
        f"QR undangan {fmt.bold(role)}, {fmt.esc(place)}\n\n"
        f"Pindai dengan kamera ponsel. Berlaku sampai {until}."
    )
