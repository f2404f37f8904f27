"""Why something about drills was not done, and what to do now."""

from flows import routes
from flows.errors import BadInput, Missing


def not_open() -> BadInput:
    """Outside the weeks before an evaluation."""
    return BadInput(
        "Latihan belum dibuka atau sudah selesai. Tanggalnya ada di layar ini; bahannya tetap bisa dibaca.",
        next=routes.DRILLS(),
    )


def not_enrolled() -> Missing:
    """Only those who take part by their own choice."""
    return Missing(
        "Anda belum ikut latihan di unit ini. Ketuk Ikut latihan lebih dulu.", next=routes.DRILLS()
    )


def invited_already() -> BadInput:
    """One announcement is enough."""
    return BadInput(
        "Undangan latihan sudah dikirim sekali untuk evaluasi ini. Siapa yang ikut adalah pilihan "
        "masing-masing.",
        next=routes.DRILLS(),
    )


def unclear(round_id: int, letters: str) -> BadInput:
    """A typed answer that fits no choice, or two."""
    return BadInput(
        f"Jawaban itu belum cocok dengan satu pilihan. Ketik hurufnya saja ({letters}), atau ketuk.",
        next=routes.DRILL(round_id),
    )
