"""Wording of advice."""

from flows import fmt
from flows.advice.service import LIMIT
from flows.item_words import heading
from knowledge.answers import Item

SHOW_ITEM = "Lihat indikator"


def prompt(item: Item) -> str:
    """Asks for the advice."""
    return (
        f"Apa saran Anda untuk {item.number}?\n\n{heading(item)}\n\n"
        "Tulis di sini. Saran disampaikan kepada PIC dan ketua pokjanya, lalu tercatat di Riwayat. "
        f"Saran tidak mengubah isian dan bukan nilai; paling banyak {LIMIT} huruf."
    )


def told(item: Item, text: str, who: str, unit: str) -> str:
    """At those who work on the item."""
    return (
        f"Saran pendamping untuk {item.number}\n\n{heading(item)}\n\n<blockquote>{fmt.esc(text)}</blockquote>"
        f"{fmt.esc(who)} · {fmt.esc(unit)}. Isian Anda tidak berubah."
    )


def kept(told_to: int) -> str:
    """Plain text for a toast."""
    if not told_to:
        return "Saran tercatat di Riwayat. Belum ada PIC atau ketua pokja yang dapat diberi tahu."
    return f"Saran tercatat dan disampaikan kepada {told_to} orang."
