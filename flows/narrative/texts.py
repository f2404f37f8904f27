"""Wording of the arranged Penjelasan."""

from flows import fmt
from flows.item_words import heading
from knowledge.answers import Item

USE, CHANGE, AS_TYPED = "Pakai ini", "Ubah", "Simpan apa adanya"
SAVED = "Penjelasan tersimpan."
SAVED_AND_SENT = "Penjelasan tersimpan dan dikirim untuk direviu."
SAME = "Penjelasan sudah tersimpan persis seperti itu."


def preview(item: Item, made: str, sends: bool) -> str:
    """The narrative as it will be saved. `sends`: the item is complete and goes to its reviewer with it."""
    lines = ["Penjelasan yang akan tersimpan:", "", heading(item)]
    lines += [f"<blockquote>{fmt.esc(made)}</blockquote>"]
    lines.append("Isinya hanya dari tulisan Anda: singkatan dibuka dan disusun, tidak ada yang ditambahkan.")
    if sends:
        lines += ["", "Jawaban dan buktinya sudah lengkap, jadi sekaligus dikirim untuk direviu."]
    return "\n".join(lines)


def example(item: Item, typed: tuple[str, ...], made: str) -> str:
    """What three lines become."""
    return "\n".join(
        [
            f"Contoh penjelasan (bukan untuk disalin): {item.number}",
            "",
            heading(item),
            "",
            "Yang diketik, tiga baris:",
            f"<blockquote>{fmt.esc(chr(10).join(typed))}</blockquote>",
            "Yang tersimpan:",
            f"<blockquote>{fmt.esc(made)}</blockquote>",
            "Tulis yang benar-benar dilakukan unit Anda. Boleh juga satu paragraf bebas; "
            "itu disimpan apa adanya.",
        ]
    )
