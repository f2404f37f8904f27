"""Why something of a review could not be done, in one sentence."""

from collections.abc import Sequence

from flows import routes, words
from flows.checklist.record import Place
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import ItemWork, Person
from flows.routes import Action

_DECIDED = {"approved": "disetujui", "returned": "diminta diperbaiki"}


def _item(at: Place) -> Action:
    """The item itself, in its unit: everybody of the unit may see it."""
    return routes.REVIEW_FIX(at.current.id, at.item.id)


def outdated(at: Place) -> Outdated:
    """The item has moved on since the button was drawn."""
    return Outdated(words.OLD_BUTTON, next=_item(at), assessment_id=at.current.id)


def sent_already(at: Place) -> Outdated:
    """It is waiting already."""
    return Outdated(f"{at.item.number} sudah dikirim dan sedang menunggu reviu.", next=_item(at))


def unanswered(at: Place) -> BadInput:
    """There is nothing to look at."""
    return BadInput(
        f"{at.item.number} belum dijawab, jadi belum bisa dikirim. Isi jawabannya dahulu.", next=_item(at)
    )


def unchecked(at: Place) -> BadInput:
    """What came from the year before is looked at by the unit first."""
    return BadInput(
        f"Jawaban {at.item.number} masih dari tahun lalu. Ketuk Masih benar atau pilih jawaban baru, lalu "
        "kirim.",
        next=_item(at),
    )


def not_applicable(at: Place) -> BadInput:
    """An item that does not apply is not reviewed."""
    return BadInput(
        f"{at.item.number} bertanda tidak berlaku, jadi tidak dikirim. Jawab dahulu bila ternyata berlaku.",
        next=_item(at),
    )


def not_sender(at: Place) -> NotAllowed:
    """Only who sent it takes it back."""
    return NotAllowed("Hanya pengirimnya yang dapat menarik kembali.", next=_item(at))


def decided(at: Place, work: ItemWork, by: Person | None, *, reviewer: bool = True) -> Outdated:
    """Somebody was quicker, or the item has changed. Leads a `reviewer` to the card, others to the item."""
    card = routes.REVIEW_CARD(at.current.id, at.item.id) if reviewer else _item(at)
    number = at.item.number
    if work.state in _DECIDED:
        who = by.name if by is not None and by.deleted_at is None else "pereviu lain"
        return Outdated(f"{number} sudah {_DECIDED[work.state]} oleh {who}. Ini keadaan terbaru.", next=card)
    if work.state == "":
        return Outdated(
            f"{number} tidak lagi menunggu reviu: ditarik kembali atau isinya berubah. Ini keadaan terbaru.",
            next=card,
        )
    return Outdated(f"{number} sudah berubah sejak layar itu. Ini keadaan terbaru.", next=card)


def own_work(at: Place, others: Sequence[str]) -> NotAllowed:
    """The agency's rule keeps people from deciding on their own work."""
    who = f"Pereviunya: {', '.join(others[:3])}." if others else "Mintalah koordinator unit menunjuk pereviu."
    return NotAllowed(
        f"Isian {at.item.number} Anda sendiri yang isi atau kirim, jadi direviu orang lain. {who}",
        next=routes.REVIEW_CARD(at.current.id, at.item.id),
    )


def day_is_over(at: Place) -> Outdated:
    """The day by which it was to be mended is over."""
    return Outdated(
        "Batas perbaikan itu sudah lewat, jadi belum dikirim. Pilih catatan lagi.",
        next=routes.REVIEW_CARD(at.current.id, at.item.id),
    )


def nobody_to_ask(at: Place) -> Missing:
    """Whoever decided has left or has no account."""
    return Missing(
        "Pereviunya tidak dapat dihubungi lewat bot. Tanyakan kepada koordinator unit.", next=_item(at)
    )


def length(typed: int, most: int, again: Action) -> BadInput:
    """Empty, or too long."""
    if not typed:
        return BadInput("Tulisannya masih kosong. Silakan tulis isinya.", next=again)
    return BadInput(
        f"Tulisan ini {typed} huruf, sedangkan paling banyak {most}, jadi belum dikirim. Mohon diringkas.",
        next=again,
    )
