"""Why something about the team cannot be done, each with the sentence for the person."""

from datetime import date

from flows import fmt, routes
from flows.errors import BadInput, FlowError, Missing, NotAllowed, Outdated


def member_missing(membership_id: int) -> FlowError:
    """No such member, or not in this person's units."""
    return Missing("Anggota ini tidak ada dalam tim Anda.", next=routes.TEAM(), membership_id=membership_id)


def member_gone(membership_id: int | None) -> FlowError:
    """Removed already."""
    return Outdated(
        "Orang ini sudah tidak terdaftar di peran itu. Ini tim terbaru.",
        next=routes.TEAM(),
        membership_id=membership_id,
    )


def last_coordinator(unit_name: str) -> FlowError:
    """Every unit keeps a coordinator."""
    return NotAllowed(
        f"Ini satu-satunya koordinator {fmt.cut(unit_name, 70)}. Pakai Serah terima, atau undang "
        "koordinator lain lebih dulu, lalu ulangi.",
        next=routes.INVITES(),
    )


def invite_missing(invite_id: int) -> FlowError:
    """No such link, or not this person's to see."""
    return Missing("Tautan undangan ini tidak ada dalam daftar Anda.", invite_id=invite_id)


def invite_closed(invite_id: int) -> FlowError:
    """Revoked or expired links are not changed."""
    return Outdated(
        "Tautan ini sudah tidak berlaku. Buat tautan baru bila masih perlu.",
        next=routes.INVITE_SHOW(invite_id),
    )


def not_yours_to_vouch(name: str) -> FlowError:
    """The person holds roles that the actor could not give: an admin makes the link."""
    return NotAllowed(
        f"{fmt.cut(name, 50)} juga punya peran di luar unit Anda, jadi tautan pribadinya dibuat "
        "admin instansi.",
        next=routes.TEAM(),
    )


def role_unknown() -> FlowError:
    """A role or area that nobody can be invited to."""
    return Missing("Pilihan peran atau area ini tidak tersedia.", next=routes.INVITES())


def unit_archived(unit_id: int | None) -> FlowError:
    """Nobody is invited into an archived unit."""
    return NotAllowed("Unit ini sudah diarsipkan, jadi tidak bisa mengundang orang.", unit_id=unit_id)


def stand_in_choice() -> FlowError:
    """A role, area or kind that stand-ins do not have."""
    return Missing("Pilihan Plt atau Plh ini tidak tersedia.", next=routes.STAND_IN())


def stand_in_person(name: str) -> FlowError:
    """The person cannot stand in: gone, without an account, or the unit's assessor."""
    return NotAllowed(
        f"{fmt.cut(name, 50)} tidak dapat menjadi Plt atau Plh di sini: perlu anggota unit yang punya akun "
        "Telegram dan bukan penilai unit ini.",
        next=routes.STAND_IN(),
    )


def stand_in_holds(name: str) -> FlowError:
    """The person holds the very role already."""
    return BadInput(
        f"{fmt.cut(name, 60)} sudah memegang peran itu, jadi tidak perlu Plt atau Plh.",
        next=routes.STAND_IN(),
    )


def days_unread(next: routes.Action) -> FlowError:
    """Not two days."""
    return BadInput(
        "Tanggalnya belum terbaca. Ketik hari pertama dan hari terakhir, misalnya: 1 februari sampai "
        "28 februari.",
        next=next,
    )


def days_wrong(sentence: str, next: routes.Action) -> FlowError:
    """A day that is none, in the words of the reader of dates."""
    return BadInput(sentence, next=next)


def days_turned(first: date, last: date, next: routes.Action) -> FlowError:
    """The last day comes before the first."""
    return BadInput(
        f"Hari terakhir ({fmt.day_short(last)}) lebih dulu daripada hari pertama ({fmt.day_short(first)}). "
        "Silakan ketik lagi.",
        next=next,
    )


def days_long(most: int, next: routes.Action) -> FlowError:
    """Longer than a stand-in may be named for at once."""
    return BadInput(
        f"Plt atau Plh paling lama {most} hari sekali ditunjuk. Silakan ketik tanggal yang lebih pendek.",
        next=next,
    )


def names_empty(next: routes.Action) -> FlowError:
    """No name among the lines."""
    return BadInput("Belum ada nama yang terbaca. Tulis satu nama dalam satu baris.", next=next)


def names_many(most: int, next: routes.Action) -> FlowError:
    """More lines than are taken at once."""
    return BadInput(
        f"Paling banyak {most} nama sekali kirim, jadi belum ada yang ditambahkan. "
        "Kirim dalam beberapa pesan.",
        next=next,
    )


def name_odd(line: str, next: routes.Action) -> FlowError:
    """A line that can be no name."""
    return BadInput(
        f"Baris ini belum seperti nama: “{fmt.cut(line, 60)}”. Nama berisi 3 sampai 120 karakter dan memuat "
        "huruf. Belum ada yang ditambahkan; perbaiki lalu kirim lagi semuanya.",
        next=next,
    )
