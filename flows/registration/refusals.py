"""Why a way in is closed, each with the sentence for the person."""

from flows import fmt, routes
from flows.errors import BadInput, FlowError, Missing, NotAllowed, Outdated
from flows.routes import Action

_BAD = routes.LINK_BAD()


def link_bad() -> FlowError:
    """Forged, cut off while copying, or never made by this bot."""
    return Missing(
        "Tautan undangan ini tidak lengkap atau tidak dikenali. Salin lagi seluruh tautannya, "
        "atau minta tautan baru kepada yang mengundang Anda.",
        next=_BAD,
    )


def link_expired(invite_id: int | None) -> FlowError:
    """Past its last day."""
    return Missing(
        "Masa berlaku tautan undangan ini sudah habis. Mintalah tautan baru kepada yang mengundang Anda.",
        next=_BAD,
        invite_id=invite_id,
    )


def link_revoked(invite_id: int | None) -> FlowError:
    """Taken back by the unit."""
    return Missing(
        "Tautan undangan ini sudah dicabut oleh unitnya. Mintalah tautan baru kepada yang mengundang Anda.",
        next=_BAD,
        invite_id=invite_id,
    )


def link_used_up(invite_id: int | None) -> FlowError:
    """As many people as it was meant for have used it."""
    return Missing(
        "Tautan undangan ini sudah terpakai. Bila tautan itu untuk Anda, mintalah yang baru kepada "
        "yang mengundang Anda.",
        next=_BAD,
        invite_id=invite_id,
    )


def unit_archived(unit_id: int | None) -> FlowError:
    """The unit is no longer in use."""
    return Missing(
        "Unit pada tautan ini sudah diarsipkan. Mintalah tautan baru kepada admin instansi.",
        next=_BAD,
        unit_id=unit_id,
    )


def already_claimed() -> FlowError:
    """The agency has its first admin."""
    return Missing(
        "Tautan admin pertama ini sudah dipakai. Untuk menjadi admin, mintalah undangan kepada admin "
        "instansi.",
        next=_BAD,
    )


def not_private() -> FlowError:
    """Joining happens between one person and the bot."""
    return NotAllowed("Bergabung hanya bisa di obrolan pribadi. Buka tautan undangannya di sana.")


def request_refused_before(request_id: int | None, unit_name: str | None) -> FlowError:
    """Those who lead the unit (None: the agency) said no to this link and person."""
    whom = f"koordinator {fmt.cut(unit_name, 60)}" if unit_name is not None else "admin instansi"
    return NotAllowed(
        f"Permintaan Anda lewat tautan ini belum disetujui. Bila ada kekeliruan, hubungi {whom}; "
        "ia dapat mengirim tautan baru.",
        next=_BAD,
        request_id=request_id,
    )


def own_unit(unit_id: int | None) -> FlowError:
    """Somebody of the team opened an assessor's link: nobody judges their own unit."""
    return NotAllowed(
        "Anda tergabung dalam tim unit ini atau pernah mendampinginya, jadi tidak dapat menjadi penilainya: "
        "tim tidak menilai unitnya sendiri. Bila tugas Anda berganti, hubungi admin instansi.",
        next=_BAD,
        unit_id=unit_id,
    )


def judged_unit(unit_id: int | None) -> FlowError:
    """An assessor opened a link into the team of the unit that they judge."""
    return NotAllowed(
        "Anda penilai unit ini, jadi tidak dapat sekaligus menjadi timnya. Bila tugas Anda berganti, hubungi "
        "admin instansi.",
        next=_BAD,
        unit_id=unit_id,
    )


def asker_judges(request_id: int) -> FlowError:
    """The one who decides learns that the asker has become the unit's assessor."""
    return NotAllowed(
        "Orang ini penilai unit Anda, jadi tidak dapat sekaligus menjadi timnya. Bila tugasnya berganti, "
        "keluarkan dulu dari peran penilai.",
        next=routes.JOIN_REQUESTS(0),
        request_id=request_id,
    )


def maker_gone(invite_id: int | None) -> FlowError:
    """The admin who made a link that only admins make is no admin any more."""
    return Missing(
        "Tautan ini tidak berlaku lagi karena pembuatnya bukan admin instansi. Mintalah tautan baru "
        "kepada admin instansi.",
        next=_BAD,
        invite_id=invite_id,
    )


def account_taken(name: str) -> FlowError:
    """A personal link was opened by an account that is another person's already."""
    return NotAllowed(
        f"Akun Telegram ini sudah tercatat atas nama {fmt.cut(name, 50)}, jadi tidak bisa dipakai untuk "
        "orang lain. Buka tautannya dari akun yang benar, atau hapus dulu data akun ini lewat /privasi.",
        next=_BAD,
    )


def request_gone(request_id: int) -> FlowError:
    """No such request, or not this person's to see."""
    return Missing("Permintaan ini tidak ada lagi.", request_id=request_id)


def request_decided(request_id: int | None) -> FlowError:
    """Somebody else was quicker."""
    return Outdated(
        "Permintaan ini sudah diputus. Ini keadaan terbaru.",
        next=routes.JOIN_REQUESTS(0),
        request_id=request_id,
    )


def no_admin_yet() -> FlowError:
    """Nobody could look at a request for a unit."""
    return NotAllowed(
        "Bot ini belum punya admin instansi, jadi permintaan belum dapat diperiksa. "
        "Sampaikan kepada pengelola bot agar membuka tautan admin pertama."
    )


def name_many_lines(next: Action) -> FlowError:
    """A name is one line."""
    return BadInput("Namanya cukup satu baris. Silakan ketik lagi dalam satu baris.", next=next)


def name_length(next: Action, length: int) -> FlowError:
    """A name has 3 to 160 characters, at least one of them a letter."""
    return BadInput(
        f"Nama berisi 3 sampai 160 karakter dan memuat huruf; yang diketik {length} karakter. Silakan "
        "ketik lagi.",
        next=next,
        length=length,
    )
