"""Doubtful cells and differences, one at a time."""

from collections.abc import Mapping
from typing import Any

from flows import fmt
from flows.importing.plan import Difference
from flows.importing.service import View
from flows.importing.texts.labels import why
from flows.item_words import answer as said
from knowledge.answers import Answer, Item
from knowledge.instrument import Indicator
from knowledge.typed_ratio import example


def doubt(view: View, number: int, which: Mapping[str, Any], item: Item) -> str:
    """One doubtful cell."""
    place = view.open_doubts.index(number) + 1 if number in view.open_doubts else 0
    count = f"Sel {place} dari {len(view.open_doubts)} yang meragukan" if place else "Sel ini sudah diperiksa"
    lines = [
        f"{count}: terisi “{fmt.esc(str(which['raw']))}”.",
        "",
        f"<b>{item.number}  {fmt.esc(item.title)}</b>",
        fmt.esc(item.question),
        "",
        *[f"<b>{option.key}</b>  {fmt.esc(option.text)}" for option in item.options],
        *[f"• {fmt.esc(each.label)}" for each in (item.inputs if isinstance(item, Indicator) else ())],
        "",
        f"Di berkas: {why(str(which['why']))} ({fmt.esc(str(which['where']))}).",
        _how(item),
    ]
    return "\n".join(lines)


def _how(item: Item) -> str:
    if item.options:
        return "Ketuk atau ketik yang benar, atau lewati bila belum yakin."
    if isinstance(item, Indicator):
        return f"Ketik jumlahnya, misalnya: {fmt.esc(example(item))}. Lewati bila belum yakin."
    return "Ketik indeksnya, misalnya: 3,62. Lewati bila belum yakin."


def use(item: Item, answer: Answer) -> str:
    """Button label."""
    return f"Pakai {said(item, answer)}"


def noted(item: Item, answer: Answer) -> str:
    """Plain text for a toast."""
    return f"{item.number}: {said(item, answer)}. Disimpan bersama yang lain."


def difference(each: Difference, place: int, total: int, who: str) -> str:
    """One item that has something else now."""
    lines = [
        f"Perbedaan {place} dari {total}: {each.item.number}.",
        "",
        f"<b>{each.item.number}  {fmt.esc(each.item.title)}</b>",
        "",
    ]
    if each.in_answer:
        by = f" · oleh {fmt.esc(who)}" if who else ""
        lines += [
            f"Isian sekarang: <b>{fmt.esc(said(each.item, each.now))}</b>{by}",
            f"Di Excel: <b>{fmt.esc(said(each.item, each.excel))}</b>",
        ]
    if each.excel_note and each.now_note and each.excel_note != each.now_note:
        lines += [
            "",
            "Penjelasan sekarang:",
            f"<blockquote>{fmt.esc(fmt.cut(each.now_note, 600))}</blockquote>",
            "Penjelasan di Excel:",
            f"<blockquote>{fmt.esc(fmt.cut(each.excel_note, 600))}</blockquote>",
        ]
    return "\n".join([*lines, "", "Mana yang dipakai? Riwayat menyimpan keduanya."])


def take(each: Difference) -> str:
    """Button label."""
    return f"Excel: {said(each.item, each.excel)}" if each.in_answer else "Pakai dari Excel"


def keep(each: Difference) -> str:
    """Button label."""
    return f"Biarkan {said(each.item, each.now)}" if each.in_answer else "Biarkan isian"
