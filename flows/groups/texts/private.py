"""Wording of the unit's group: in private, and while it is being linked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows import fmt
from flows.models import LinkedGroup, Unit
from knowledge.instrument import Area

NAME = "Grup kantor"
GONE = "Grup ini tidak lagi tertaut ke unit Anda."
OUTDATED = "Pengaturan grup baru saja diubah. Ini keadaan terbaru."
CLAIM_GONE = "Permintaan tautan ini sudah lewat sehari. Ketik /tautkan sekali lagi di grupnya."
TAKEN = (
    "Grup ini sudah ditautkan oleh unit lain, dan satu grup hanya untuk satu unit. Koordinator unit itu "
    "dapat melepasnya lewat /grup di obrolan pribadi; sesudah itu ketik /tautkan lagi."
)
NOT_COORDINATOR = (
    "Grup ini ditautkan oleh koordinator unit.\n\n"
    "Bila Anda koordinator: buka dulu obrolan pribadi dengan bot ini, dan tulis di grup dengan nama Anda "
    "sendiri (bukan sebagai admin anonim), lalu ketik /tautkan lagi."
)
CHOOSE = "Tinggal satu langkah: pilih unitnya di obrolan pribadi. Pilihan ini berlaku sehari."
CHOOSE_BUTTON, OPEN_CHAT, OPEN_ANSWER = "Pilih di obrolan", "Buka obrolan", "Buka jawabannya"
BOARD_ENDED = "Papan progres unit tidak diperbarui lagi di grup ini. Sematannya boleh dilepas."
GROUP_ENDED = "Grup ini tidak lagi tertaut ke unit. Rekap, papan, dan pengumuman unit berhenti di sini."
UNKNOWN_AREA = (
    "Tulis areanya, misalnya <b>/topik area 5</b>. Untuk rekap, papan, dan pengumuman: <b>/topik umum</b>. "
    "Untuk mengembalikan ke topik umum: <b>/topik lepas area 5</b>."
)
NO_TOPICS = "Grup ini belum memakai topik, jadi semua kabar masuk ke sini."
NO_LKE = "Unit ini belum punya LKE yang terbuka, jadi belum ada yang dirangkum."
NOT_LINKED = "Grup ini belum tertaut ke unit. Koordinator unit dapat mengetik /tautkan di sini."

LINK, MOVE, CANCEL, UNLINK, YES_UNLINK = "Tautkan", "Pindahkan", "Batal", "Lepas tautan", "Ya, lepas"
ADD, TOPICS, SAMPLE, AGAIN, ALL_GROUPS = (
    "Tambahkan ke grup",
    "Topik per area",
    "Contoh rekap",
    "Pasang ulang papan",
    "Semua grup",
)
RECAP_ON, RECAP_OFF = "Nyalakan rekap", "Matikan rekap"
BOARD_ON, BOARD_OFF = "Pasang papan", "Hentikan papan"
SCORES_ON, SCORES_OFF = "Tampilkan nilai", "Hanya progres"
GENERAL, EVERYTHING_ELSE = "Topik umum", "Selain area"
LINKED_NOW, MOVED_NOW = "✓ Grup tertaut.", "✓ Grup dipindahkan."
UNLINKED, SAVED, TRYING = "✓ Tautan dilepas.", "✓ Tersimpan.", "✓ Papan baru sedang dikirim ke grup."
OPEN_GROUP = "Atur grup"
OPEN_UNIT_ANSWER = "Buka jawabannya"


def title(group: LinkedGroup) -> str:
    """The group's name in quotes. HTML."""
    return f"“{fmt.esc(fmt.cut(group.title, 60))}”" if group.title else "tanpa nama"


def none(unit: Unit) -> str:
    """A unit without a group."""
    return (
        f"<b>Unit ini belum punya grup.</b>\n\n{fmt.esc(unit.name)}\n\n"
        "Grup kantor menerima rekap tiap awal pekan, papan progres yang disematkan, dan pengumuman unit. "
        "Yang tampil hanya angka per pokja, tidak pernah nama orang.\n\n"
        "1  Tambahkan bot ini ke grup (tombol di bawah)\n"
        "2  Ketik /tautkan di grup itu\n\n"
        "Siapa pun di grup itu dapat membacanya, jadi pastikan isinya rekan sekantor."
    )


def none_to_see(unit: Unit) -> str:
    """The same for who may not link one."""
    return (
        f"<b>Unit ini belum punya grup.</b>\n\n{fmt.esc(unit.name)}\n\nGrup ditautkan oleh koordinator unit."
    )


def group(unit: Unit, linked: LinkedGroup, by: str, places: Sequence[tuple[str, str]], may_set: bool) -> str:
    """The settings. `by` is who linked it, `places` area and topic."""
    lines = [f"<b>{NAME}: {title(linked)}</b>", "", fmt.esc(unit.name)]
    day = fmt.day_short(fmt.local(linked.linked_at, unit.zone).date())
    lines.append(f"Tertaut sejak {day}" + (f" oleh {fmt.esc(by)}" if by else ""))
    trouble = TROUBLE.get(linked.state)
    if trouble:
        lines += ["", f"! {trouble}"]
    lines += [
        "",
        _line(linked.recap, f"Rekap awal pekan, 08.30 {unit.zone}", "Rekap awal pekan dimatikan"),
        _board(linked),
        "Isi: progres dan nilai" if linked.scores else "Isi: hanya progres, tanpa nilai",
    ]
    if places:
        lines += ["", *(f"{area}: topik {topic}" for area, topic in places), "Selain itu: topik umum"]
    if may_set:
        lines += ["", "Di grup hanya tampil angka per pokja, tidak pernah nama orang."]
    return "\n".join(lines)


TROUBLE = {
    "removed": "Bot tidak ada lagi di grup ini, jadi kabar ke sana berhenti. Tambahkan lagi ke grup; "
    "pengaturannya tetap tersimpan.",
    "muted": "Bot tidak boleh menulis di grup ini, jadi kabar ke sana berhenti. Mintalah admin grup memberi "
    "bot izin mengirim pesan; sesudah itu ketuk Pasang ulang papan.",
}


def _line(on: bool, said: str, otherwise: str) -> str:
    return f"✓ {said}" if on else f"○ {otherwise}"


def _board(linked: LinkedGroup) -> str:
    if not linked.board:
        return "○ Papan progres tidak dipasang"
    if linked.board_pinned:
        return "✓ Papan progres disematkan dan diperbarui sendiri"
    if linked.board_message_id is None:
        return "○ Papan progres segera dikirim"
    return "! Papan progres ada, tetapi belum disematkan (bot perlu hak Sematkan pesan)"


def link_ask(unit: Unit, title_: str, old: LinkedGroup | None, other: Unit | None) -> str:
    """What linking would change. `old`: the unit's present group; `other`: the chat's present unit."""
    name = f"“{fmt.esc(fmt.cut(title_, 60))}”" if title_ else "ini"
    lines = [f"<b>Tautkan grup {name} ke {fmt.esc(unit.name)}?</b>"]
    if old is not None:
        lines += [
            "",
            f"Unit ini sekarang tertaut ke grup {title(old)}. Bila dipindahkan:",
            "• rekap, papan, dan pengumuman berhenti di grup lama dan berlanjut di grup baru",
            "• topik per area diatur lagi di grup baru",
            "• pesan yang sudah terkirim di grup lama tetap ada",
        ]
    if other is not None:
        lines += [
            "",
            f"Grup ini sekarang tertaut ke {fmt.esc(other.name)}; tautan itu berakhir.",
        ]
    lines += [
        "",
        "Anggota grup akan melihat progres unit per pokja, tanpa nama orang dan tanpa nilai. Nilai baru "
        "tampil bila Anda menyalakannya.",
    ]
    return "\n".join(lines)


def choose_unit(title_: str) -> str:
    """Several units: which one?"""
    name = f" “{fmt.esc(fmt.cut(title_, 60))}”" if title_ else " ini"
    return f"<b>Untuk unit mana grup{name}?</b>\n\nSatu grup untuk satu unit."


def unlink_ask(unit: Unit, linked: LinkedGroup) -> str:
    """Before the link is ended."""
    return (
        f"<b>Lepas tautan grup {title(linked)}?</b>\n\n{fmt.esc(unit.name)}\n\n"
        "Rekap, papan, dan pengumuman berhenti di grup itu. Pengaturan topik dihapus. Pesan yang sudah "
        "terkirim tetap ada, dan grup dapat ditautkan lagi kapan saja."
    )


def told_linked(unit: Unit, linked: LinkedGroup) -> str:
    """A coordinator is told of the new link."""
    return (
        f"<b>Grup {title(linked)} sekarang tertaut.</b>\n\n{fmt.esc(unit.name)}\n\n"
        f"Yang masuk ke grup: rekap awal pekan pukul 08.30 {unit.zone}, papan progres yang disematkan, dan "
        "pengumuman unit. Hanya angka per pokja, tanpa nama orang dan tanpa nilai."
    )


def told_problem(unit: Unit, linked: LinkedGroup, state: str) -> str:
    """A coordinator is told that nothing goes to the group for now."""
    return f"<b>Kabar ke grup {title(linked)} berhenti dulu.</b>\n\n{fmt.esc(unit.name)}\n\n{TROUBLE[state]}"


def told_unpinned(unit: Unit, linked: LinkedGroup) -> str:
    """A coordinator is told that the scoreboard stands unpinned."""
    return (
        f"<b>Papan di grup {title(linked)} belum dapat disematkan.</b>\n\n{fmt.esc(unit.name)}\n\n"
        "Papannya sudah terkirim dan tetap diperbarui. Agar selalu di atas, jadikan bot admin grup dengan "
        "hak Sematkan pesan; sesudah itu papan disematkan sendiri. Boleh juga admin grup menyematkannya."
    )


def places(unit: Unit, known: Mapping[int, str], chosen: Mapping[str, int], areas: Sequence[Area]) -> str:
    """Which area goes to which topic."""
    lines = ["<b>Topik per area</b>", "", fmt.esc(unit.name), ""]
    lines += [f"Area {a.no} {fmt.esc(a.name)}: {topic(known, chosen.get(a.id))}" for a in areas]
    lines.append(f"Rekap, papan, dan lainnya: {topic(known, chosen.get(''))}")
    lines += ["", "Ketuk areanya untuk memilih, atau ketik <b>/topik area 5</b> di dalam topiknya."]
    return "\n".join(lines)


def topic(known: Mapping[int, str], thread_id: int | None) -> str:
    """A topic's name. HTML."""
    if thread_id is None:
        return "topik umum"
    return f"“{fmt.esc(known.get(thread_id, 'tanpa nama'))}”"


def choose_topic(area: Area | None, any_known: bool) -> str:
    """To which topic?"""
    name = f"kabar Area {area.no} {fmt.esc(area.name)}" if area is not None else "rekap, papan, dan lainnya"
    more = (
        "Topik yang tidak ada dalam daftar: ketik perintah /topik di dalam topik itu."
        if any_known
        else "Belum ada topik yang saya kenal di grup itu. Ketik /topik di dalam topiknya, misalnya "
        "<b>/topik area 5</b>."
    )
    return f"<b>Ke topik mana {name}?</b>\n\n{more}"


def groups(agency: str, lines: Sequence[tuple[str, LinkedGroup]], total: int, first: int) -> str:
    """Every linked group of an agency, for its admin."""
    if not total:
        return f"<b>Belum ada grup yang tertaut.</b>\n\n{fmt.esc(agency)}\n\nGrup ditautkan koordinator unit."
    said = [f"<b>{total} grup tertaut</b>", "", fmt.esc(agency), ""]
    for number, (unit, linked) in enumerate(lines, first):
        state = {"removed": " · bot tidak di grup", "muted": " · bot dibisukan"}.get(linked.state, "")
        said.append(f"{number}  {fmt.esc(unit)}: {title(linked)}{state}")
    return "\n".join(said)


def since(at: datetime, zone: str) -> str:
    """The day of a moment."""
    return fmt.day_short(fmt.local(at, zone).date())


def asked_elsewhere(unit: Unit) -> str:
    """The question was asked in the group of a unit that is not the open one."""
    return (
        f"<b>Jawaban atas pertanyaan Anda di grup sudah siap.</b>\n\nUnitnya {fmt.esc(unit.name)}. "
        "Saat dibuka, unit itu menjadi unit aktif Anda di sini."
    )
