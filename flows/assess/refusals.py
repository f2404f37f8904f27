"""Why something of the assessors' work could not be done, in one sentence."""

from flows import routes, words
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.routes import Action


def outdated(next: Action) -> Outdated:
    """The row has moved on since the button was drawn."""
    return Outdated(words.OLD_BUTTON, next=next)


# the team ------------------------------------------------------------------------------------------


def not_assigned() -> Missing:
    """The assignment is over, or of another year."""
    return Missing("Penugasan ini sudah berakhir. Lihat daftar tim TPI unitnya.", next=routes.HOME())


def no_such_tier(unit_id: int) -> Missing:
    """A forged tier or area."""
    return Missing("Pilihan itu tidak dikenal. Ini keadaan terbaru.", next=routes.TPI_TEAM(unit_id))


def no_assessor(unit_id: int) -> Missing:
    """The person is no assessor of this agency (any more)."""
    return Missing(
        "Orang ini bukan penilai di instansi Anda. Undang dahulu sebagai penilai, lalu tunjuk di sini.",
        next=routes.TPI_TEAM(unit_id),
    )


def partial(unit_id: int) -> NotAllowed:
    """Nobody judges their own unit, nor one that they have advised."""
    return NotAllowed(
        "Belum ditunjuk: orang ini anggota tim unit itu atau pernah mendampinginya, jadi tidak dapat "
        "menilainya. Pilih penilai lain.",
        next=routes.TPI_TEAM(unit_id),
        unit_id=unit_id,
    )


# rounds --------------------------------------------------------------------------------------------


def other_area(assessment_id: int) -> NotAllowed:
    """The item belongs to an area that somebody else of the team judges."""
    return NotAllowed(
        "Bagian ini dinilai anggota tim TPI lain. Anda tetap dapat membacanya.",
        next=routes.ASSESS_UNIT(assessment_id),
    )


def signed_sentence(no: int, *, closed: bool, last: bool) -> str:
    """Why values are locked, plain text."""
    if not closed:
        return (
            f"Putaran {no} sudah disahkan ketua TPI, jadi nilainya terkunci. Bila perlu diubah, mintalah "
            "pengendali teknis mengembalikannya."
        )
    if last:
        return f"Putaran {no} sudah disahkan dan merupakan putaran terakhir, jadi nilainya terkunci."
    return (
        f"Putaran {no} sudah disahkan, jadi nilainya terkunci. Ketua TPI dapat membuka putaran {no + 1} "
        "setelah tanggapan unit masuk."
    )


def frozen(sentence: str, next: Action) -> NotAllowed:
    """The round is signed."""
    return NotAllowed(sentence, next=next)


def not_yours_to_sign(assessment_id: int, who: str) -> NotAllowed:
    """Only the tier whose turn it is signs."""
    return NotAllowed(
        f"Pengesahan ini giliran {who}. Penunjukannya diatur admin instansi di Tim TPI.",
        next=routes.ASSESS_UNIT(assessment_id),
    )


def unvalued(assessment_id: int, count: int) -> BadInput:
    """There is still something to judge."""
    return BadInput(
        f"Masih ada {count} isian unit yang belum dinilai, jadi putaran belum dapat disahkan.",
        next=routes.ASSESS_ITEMS(assessment_id, "belum", 0),
    )


def no_round(assessment_id: int) -> Missing:
    """There is no such round, or it may not be opened."""
    return Missing("Putaran itu tidak tersedia. Ini keadaan terbaru.", next=routes.ASSESS_UNIT(assessment_id))


# values --------------------------------------------------------------------------------------------


def no_value(assessment_id: int, item_id: str) -> BadInput:
    """A reason needs a value."""
    return BadInput("Isi dahulu nilai TPI, baru alasannya.", next=routes.ASSESS_CARD(assessment_id, item_id))


def length(typed: int, most: int, again: Action) -> BadInput:
    """Empty, or too long."""
    if not typed:
        return BadInput("Tulisannya masih kosong. Silakan tulis isinya.", next=again)
    return BadInput(
        f"Tulisan ini {typed} huruf, sedangkan paling banyak {most}, jadi belum disimpan. Mohon diringkas.",
        next=again,
    )
