"""One line of an item's history in words, whatever kind of change it was."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flows import fmt
from flows.checklist import stored
from flows.checklist.changes import ANSWER, CARRY, CLEAR, CONFIRM, IMPORT, IMPORT_NOTE, NOTE
from flows.checklist.service import Change
from flows.item_words import REVIEW_STATES, answer
from knowledge.answers import Answer, Item

_SHOWN = 160
"""Characters of a text quoted in the history."""


def change(item: Item, one: Change) -> str:
    """What happened, HTML: before and after where there is both."""
    if one.kind in {ANSWER, CLEAR, CONFIRM, IMPORT, CARRY}:
        return _answer(item, one)
    if one.kind in {NOTE, IMPORT_NOTE}:
        return _note(one)
    say = _WORDS.get(one.kind)
    return say(item, one) if say is not None else _generic(one)


def _answer(item: Item, one: Change) -> str:
    before, after = (fmt.esc(answer(item, _known(side))) for side in (one.before, one.after))
    if one.kind == CLEAR:
        return f"Jawaban dihapus (semula {before})"
    if one.kind == CONFIRM:
        origin = "tahun lalu" if one.after.get("from") == stored.CARRIED else "Excel"
        return f"Jawaban {after} dari {origin} dikonfirmasi"
    if one.kind == CARRY:
        return f"Jawaban {after} dibawa dari LKE {one.after.get('year', 'tahun lalu')}"
    origin = " dari Excel" if one.kind == IMPORT else ""
    if _known(one.before) is None:
        return f"Dijawab {after}{origin}"
    return f"Jawaban {before} menjadi {after}{origin}"


def _note(one: Change) -> str:
    verb = "Penjelasan diubah" if one.before.get("note") else "Penjelasan ditulis"
    verb += " dari Excel" if one.kind == IMPORT_NOTE else ""
    was = f" (semula {_quoted(one.before, 'note', 60)})" if one.before.get("note") else ""
    return f"{verb}: {_quoted(one.after, 'note')}{was}"


def _known(value: Mapping[str, Any]) -> Answer | None:
    return stored.known(value.get("choice"), value.get("inputs"))


def _quoted(value: Mapping[str, Any], key: str, room: int = _SHOWN) -> str:
    return f"“{fmt.esc(fmt.cut(fmt.one_line(str(value.get(key) or '')), room))}”"


def _name(value: Mapping[str, Any]) -> str:
    """What a change of evidence or of a PIC names: its title or name, quoted or plain; empty without."""
    if value.get("title"):
        return _quoted(value, "title", 100)
    return fmt.esc(fmt.cut(fmt.one_line(str(value.get("name") or "")), 100))


# review --------------------------------------------------------------------------------------------


def _sent(_item: Item, one: Change) -> str:
    again = " lagi" if one.before.get("state") == "returned" else ""
    return f"Dikirim{again} untuk direviu"


def _approved(_item: Item, one: Change) -> str:
    return "✓ Disetujui" + (" (isian sendiri)" if one.after.get("own") else "")


def _returned(_item: Item, one: Change) -> str:
    by = ""
    day = one.after.get("fix_by")
    if day:
        by = f" Batas perbaikan {fmt.day_short(date.fromisoformat(str(day)))}."
    own = " (isian sendiri)" if one.after.get("own") else ""
    return f"↩ Diminta diperbaiki{own}: {_quoted(one.after, 'reason')}.{by}"


def _reopened(_item: Item, one: Change) -> str:
    was = REVIEW_STATES.get(str(one.before.get("state")), "terkirim")
    return f"Tidak lagi {was} karena isinya berubah"


def _na(_item: Item, one: Change) -> str:
    return f"Ditandai tidak berlaku: {_quoted(one.after, 'reason')}"


# evidence and persons in charge --------------------------------------------------------------------


_DONE_TO = {
    "title": "Judul bukti diubah",
    "date": "Tanggal bukti diubah",
    "period": "Periode bukti diubah",
    "validity": "Masa berlaku bukti diubah",
    "restricted": "Bukti ditandai terbatas",
    "open": "Tanda terbatas pada bukti dilepas",
}


def _evidence(_item: Item, one: Change) -> str:
    version = one.after.get("version")
    verb = _DONE_TO.get(str(one.after.get("what")), "Bukti ditambahkan")
    if version and one.before:
        verb = f"Bukti diganti dengan versi {version}"
    return _with_name(verb, one)


def _evidence_off(_item: Item, one: Change) -> str:
    return _with_name("Bukti dilepas", one)


def _with_name(verb: str, one: Change) -> str:
    """A restricted piece has no title here: the history is read by more people than the piece."""
    name = _name(one.after) or _name(one.before)
    return f"{verb}: {name}" if name else verb


def _pic(_item: Item, one: Change) -> str:
    """Who is in charge, or who stands in when only that has changed; by handover where it was one."""
    only_deputy = bool(one.before) and one.before.get("person") == one.after.get("person")
    key, what = ("deputy_name", "Wakil PIC") if only_deputy else ("name", "PIC")
    before, after = (fmt.esc(fmt.cut(str(value.get(key) or ""), 100)) for value in (one.before, one.after))
    if not after:
        return f"{what} dilepas" + (f" (semula {before})" if before else "")
    how = " (serah terima)" if one.after.get("handover") else ""
    return (f"{what}: {before} menjadi {after}" if before else f"{what}: {after}") + how


def _waive(item: Item, one: Change) -> str:
    before, after = (set(side.get("waived") or ()) for side in (one.before, one.after))
    said = "Contoh bukti ditandai tidak perlu" if after - before else "Contoh bukti kembali diperlukan"
    places = sorted((after - before) or (before - after))
    names = "; ".join(item.evidence[place] for place in places if place < len(item.evidence))
    return f"{said}: {fmt.esc(fmt.cut(names, _SHOWN))}" if names else said


def _generic(one: Change) -> str:
    """A kind that a later version has made."""
    name = _name(one.after) or _name(one.before)
    return f"Perubahan lain: {name}" if name else "Perubahan lain"


_WORDS: dict[str, Callable[[Item, Change], str]] = {
    "send": _sent,
    "recall": lambda _item, _one: "Ditarik kembali dari reviu",
    "approve": _approved,
    "return": _returned,
    "reopen": _reopened,
    "ask": lambda _item, one: f"Bertanya kepada pereviu: {_quoted(one.after, 'text')}",
    "advice": lambda _item, one: f"Saran pendamping: {_quoted(one.after, 'text', 500)}",
    "reply": lambda _item, one: f"Menjawab pertanyaan reviu: {_quoted(one.after, 'text')}",
    "na": _na,
    "na_off": lambda _item, _one: "Tanda tidak berlaku dilepas",
    "evidence": _evidence,
    "evidence_off": _evidence_off,
    "evid_gone": _evidence_off,
    "pic": _pic,
    "waive": _waive,
}
