"""Wording of the team and its invitations."""

from collections.abc import Sequence
from datetime import date

from flows import fmt, role_words

INVITE, WAITING, REVOKE = "Undang anggota", "Permintaan", "Keluarkan"
REVOKE_YES, KEEP = "Ya, keluarkan", "Tidak jadi"
ALL_POKJA, PER_AREA, HEADS, COORDINATOR = (
    "Tautan 6 pokja",
    "Anggota per area",
    "Ketua pokja",
    "Koordinator unit",
)
SLIPS = "Lembar undangan"
ACTIVE, QR, OPEN, CONFIRM, CANCEL_LINK = (
    "Tautan aktif",
    "Gambar QR",
    "Terima 2 jam",
    "Selalu periksa",
    "Cabut tautan",
)
NEW_LINK, TEAM = "Buat tautan lain", "Tim"
HAND_OVER, NO_PIC = "Serah terima", "Tanpa PIC"

ROLES = role_words.NAMES
SECRETARY, HEAD_OF_UNIT, NO_TELEGRAM, STAND_IN = "Sekretaris", "Pimpinan", "Tanpa Telegram", "Plt/Plh"
DUTIES = "Tugas tim"
PERSONAL, NEW_ACCOUNT, MAKE_LINK = "Tautan pribadi", "Ganti akun", "Ya, buat tautan"
BY_LINK, NAME_IT, ALL_AREAS = "Lewat tautan", "Ya, tunjuk", "Semua area"
STOOD_IN = "✓ Tercatat, dan orangnya diberi tahu."
LINK_REVOKED = "Tautan dicabut. Yang sudah bergabung tetap di tim."
LINK_OPEN = "Selama 2 jam ke depan orang langsung diterima."
LINK_CONFIRM = "Setiap orang kini menunggu persetujuan Anda."


def pokja(area_no: int, area_name: str) -> str:
    """A pokja as people call it."""
    return f"Pokja {area_no} {area_name}"


def role_at(role: str, area: str, acting: str | None = None) -> str:
    """A role with its pokja: "ketua Pokja 5 …", "Plt koordinator unit"."""
    return role_words.at(role, area, acting)


def group_head(role: str, area: str) -> str:
    """Heading of a group in the list."""
    if role in {"anggota", "ketua"}:
        return area or ALL_AREAS
    name = ROLES[role]
    return name[0].upper() + name[1:]


def member_line(
    number: int | None, name: str, is_head: bool, has_account: bool, acting: str | None = None, days: str = ""
) -> str:
    """One person in the list."""
    lead = f"{number}  " if number is not None else "• "
    notes = ["ketua pokja"] if is_head else []
    if acting:
        notes = [f"{acting} {notes[0]}" if notes else acting, days]
    if not has_account:
        notes.append("tanpa Telegram")
    return f"{lead}{fmt.esc(name)}" + "".join(f" · {note}" for note in notes if note)


def days(first: date | None, last: date | None) -> str:
    """The days of a stand-in, "" for everybody else."""
    return f"{fmt.day_short(first)} sampai {fmt.day_short(last)}" if first and last else ""


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
    name: str,
    roles: str,
    unit: str,
    since: str,
    *,
    reachable: bool,
    has_account: bool,
    is_last: bool,
    days: str = "",
    by_admin: bool = False,
) -> str:
    """One member."""
    lines = [fmt.bold(name), "", f"{fmt.esc(roles)}, {fmt.esc(unit)}", f"Bergabung {since}"]
    if days:
        lines.append(f"Berlaku {days}")
    if not has_account:
        lines.append(
            "Tanpa Telegram: tercatat namanya saja. Ia bisa menjadi PIC, dan anggota lain mengisi atas "
            "namanya. Bila nanti punya akun, buatkan tautan pribadi."
        )
    elif not reachable:
        lines.append("! Pesan tidak sampai: bot sedang diblokir atau belum dibuka orang ini.")
    if by_admin:
        lines += ["", "Peran ini diatur admin instansi, bukan oleh unitnya."]
    if is_last:
        lines += [
            "",
            "Satu-satunya koordinator unit. Bila akan diganti, pakai Serah terima, "
            "atau undang koordinator lain lebih dulu.",
        ]
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


def paste(role: str, area: str, place: str, url: str, acting: str | None = None) -> str:
    """The plain text to forward, for one link."""
    if acting or role not in {"anggota", "ketua"}:
        what = role_at(role, area, acting)
        return f"Bapak/Ibu, mohon bergabung sebagai {what} {place} di Pandu ZI lewat: {url}"
    who = f"ketua {area}" if role == "ketua" else f"anggota {area}"
    return f"Bapak/Ibu {who}, {place}, mohon bergabung di Pandu ZI lewat: {url}"


def personal_paste(name: str, place: str, url: str) -> str:
    """The plain text to forward, for a personal link."""
    return f"Bapak/Ibu {name}, mohon buka tautan pribadi Anda di Pandu ZI ({place}): {url}"


def invite(what: str, place: str, pasted: str, until: str, how: str, uses: int, single: bool) -> str:
    """One link, ready to forward; `what` is the role it gives or whom it is for."""
    lines = [f"Tautan undangan {fmt.bold(what)}, {fmt.esc(place)}", ""]
    lines.append("Siap diteruskan; ketuk teksnya untuk menyalin:")
    lines.append(f"<pre>{fmt.esc(pasted)}</pre>")
    lines.append(f"Berlaku sampai {until}" + (", untuk satu orang." if single else "."))
    lines.append(how)
    if uses:
        lines.append(f"Dipakai {uses} kali.")
    return "\n".join(lines)


def invite_dead(what: str, place: str, why: str) -> str:
    """A link that works no longer."""
    return f"Tautan {fmt.esc(what)}, {fmt.bold(place)} tidak berlaku lagi.\n\n{why}"


WHY_REVOKED = "Tautan ini sudah dicabut. Yang sudah bergabung tetap di tim."
WHY_EXPIRED = "Masa berlakunya habis. Buat tautan baru bila masih perlu."
WHY_USED = "Tautan untuk satu orang ini sudah dipakai. Buat tautan baru untuk orang berikutnya."
HOW_CONFIRM = "Setiap orang yang membukanya menunggu persetujuan koordinator."
HOW_CONFIRM_ADMIN = "Orang yang membukanya menunggu persetujuan admin."
HOW_PERSONAL = (
    "Hanya untuk orang itu. Setelah ia setuju, akun Telegram pembukanya menjadi akunnya; akun lama, bila "
    "ada, langsung tidak dapat masuk. Kirim langsung kepadanya, jangan ke grup."
)
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


# people without Telegram, lost accounts --------------------------------------------------------------


def personal(name: str) -> str:
    """Whom a personal link is for."""
    return f"pribadi {name}"


def account(name: str, unit: str, has_account: bool) -> str:
    """Before a personal link is made."""
    if has_account:
        return (
            f"Ganti akun Telegram {fmt.bold(name)}?\n\n"
            f"Untuk akun yang hilang atau berganti. Anda mendapat tautan pribadi untuk {fmt.esc(unit)}; "
            "begitu orangnya membukanya dari akun baru dan setuju, akun lama langsung tidak dapat masuk. "
            "Peran, tugas, dan riwayatnya tetap. Pastikan dulu di luar bot bahwa yang meminta benar orangnya."
        )
    return (
        f"Buat tautan pribadi untuk {fmt.bold(name)}?\n\n"
        "Akun yang membukanya menjadi akun orang ini, lengkap dengan peran dan tugas yang sudah tercatat. "
        "Kirim langsung kepadanya, jangan ke grup."
    )


def names_area(names: Sequence[str]) -> str:
    """People without Telegram: of which area."""
    return "Tambah anggota tanpa Telegram untuk area mana?\n\n" + "\n".join(fmt.esc(n) for n in names)


def names(area: str, most: int) -> str:
    """Prompt for names."""
    return (
        f"Ketik nama anggota {fmt.esc(area)}, satu nama satu baris.\n\n"
        "Contoh:\n<i>Sari Contoh\nTono Contoh</i>\n\n"
        f"Paling banyak {most} nama sekali kirim. Mereka tercatat di tim dan bisa menjadi PIC; "
        "anggota lain mengisi atas namanya. Beri tahu orangnya bahwa namanya dicatat di sini."
    )


def names_added(new: int, known: int) -> str:
    """After names were noted."""
    more = f" {known} nama sudah ada di tim." if known else ""
    return f"✓ {new} orang ditambahkan.{more}" if new else f"Tidak ada yang baru.{more}"


# stand-ins --------------------------------------------------------------------------------------------


def stand_in(unit: str) -> str:
    """Which role needs a stand-in."""
    return (
        f"Plt atau Plh untuk peran apa di {fmt.bold(unit)}?\n\n"
        "Haknya berlaku hanya pada tanggal yang Anda tentukan, lalu berakhir sendiri. "
        "Pemegang peran yang sebenarnya tetap tercatat."
    )


def stand_in_area(names: Sequence[str]) -> str:
    """Of which pokja."""
    return "Plt atau Plh ketua pokja untuk area mana?\n\n" + "\n".join(fmt.esc(n) for n in names)


def stand_in_who(role: str, lines: Sequence[str]) -> str:
    """Choose the person."""
    if not lines:
        return (
            f"Siapa yang menjadi Plt atau Plh {fmt.esc(role)}?\n\n"
            f"Belum ada anggota unit yang bisa dipilih. Ketuk {BY_LINK} untuk orang dari luar tim."
        )
    return (
        f"Siapa yang menjadi Plt atau Plh {fmt.esc(role)}?\n\n"
        + "\n".join(lines)
        + f"\n\nUntuk orang dari luar tim, ketuk {BY_LINK}."
    )


def stand_in_kind(name: str, role: str) -> str:
    """Plt or Plh."""
    return (
        f"{fmt.bold(name)} menjadi Plt atau Plh {fmt.esc(role)}?\n\n"
        "Plt: jabatannya sedang kosong. Plh: pejabatnya berhalangan sementara."
    )


def stand_in_days(name: str, role: str, most: int) -> str:
    """Prompt for the days."""
    return (
        f"Kapan {fmt.bold(name)} menjadi {fmt.esc(role)}?\n\n"
        "Ketik hari pertama dan hari terakhir, misalnya <i>1 februari sampai 28 februari</i> atau "
        f"<i>besok sampai 12 maret</i>. Paling lama {most} hari."
    )


SOMEBODY = "Orang yang membuka tautan"


def stand_in_check(name: str, role: str, unit: str, first: date, last: date) -> str:
    """Before it is noted."""
    return (
        f"Tunjuk {fmt.bold(name)} sebagai {fmt.esc(role)}?\n\n"
        f"{fmt.esc(unit)}\nMulai {fmt.day_long(first)}\nSampai {fmt.day_long(last)} (termasuk hari itu)\n\n"
        "Setelah hari terakhir, haknya berakhir sendiri. Penunjukan ini tercatat; pastikan sesuai surat "
        "perintahnya."
    )


def stand_in_told(role: str, unit: str, first: date, last: date) -> str:
    """To the stand-in."""
    return (
        f"Anda ditunjuk sebagai {fmt.bold(role)}, {fmt.esc(unit)}.\n\n"
        f"Berlaku {fmt.day_long(first)} sampai {fmt.day_long(last)}, lalu berakhir sendiri."
    )
