"""How far the review of an item is, in words: for its screen, for lists, for counts."""

from collections.abc import Iterable, Mapping

from flows import fmt
from flows.checklist.service import ItemView
from flows.item_words import REVIEW_STATES, Reader
from flows.models import Person

NOT_APPLICABLE = "tidak berlaku"
CHANGED_SINCE = "! Isinya berubah setelah {what}, jadi perlu dikirim lagi untuk direviu."


def lines(view: ItemView, reader: Reader) -> list[str]:
    """Review and "tidak berlaku" on the item's own screen, HTML."""
    work = view.work
    if work is None:
        return []
    if work.not_applicable:
        by = reader.by(_of(view, work.na_by), work.na_at)
        return [
            f"Tidak berlaku: “{fmt.esc(fmt.cut(fmt.one_line(work.na_reason), 300))}” · {by}",
            "Dihitung 0, sama seperti yang belum dijawab.",
        ]
    if view.asked_off:
        how = " Ketuk Masih tidak berlaku, atau jawab bila sekarang berlaku." if view.may_answer else ""
        said = fmt.esc(fmt.cut(fmt.one_line(work.na_reason), 300))
        return [f"! Tahun lalu ditandai tidak berlaku: “{said}”. Perlu dikonfirmasi.{how}"]
    if work.state == "waiting":
        return [f"Reviu: menunggu reviu · dikirim {reader.by(_of(view, work.sent_by), work.sent_at)}"]
    by = reader.by(_of(view, work.decided_by), work.decided_at)
    if work.state == "approved":
        return [f"✓ Reviu: disetujui {by}"]
    if work.state == "returned":
        lines = [f"↩ Perlu perbaikan: “{fmt.esc(fmt.cut(fmt.one_line(work.reason), 300))}” · {by}"]
        if work.fix_by is not None:
            today = fmt.local(reader.now, reader.zone_name).date()
            away = fmt.distance(work.fix_by, today)
            lines.append(f"Batas perbaikan: {fmt.day_long(work.fix_by)} ({away}).")
        return lines
    if work.sent_at is None:
        return []
    return [CHANGED_SINCE.format(what="disetujui" if work.decided_at else "dikirim")]


def _of(view: ItemView, person_id: int | None) -> Person | None:
    return view.people.get(person_id) if person_id is not None else None


def suffix(item_id: str, review: Mapping[str, str]) -> str:
    """ " · menunggu reviu" behind an item in a list, or nothing."""
    return f" · {REVIEW_STATES[review[item_id]]}" if item_id in review else ""


def tally(review: Iterable[str]) -> str:
    """ "3 disetujui, 1 menunggu reviu, 1 perlu perbaikan"; empty where nothing was sent."""
    found = list(review)
    counts = [(found.count(state), REVIEW_STATES[state]) for state in ("approved", "waiting", "returned")]
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def tally_line(item_ids: Iterable[str], review: Mapping[str, str], off: frozenset[str]) -> list[str]:
    """ "Reviu: 3 disetujui." and "1 bertanda tidak berlaku." for these items, as lines."""
    ids = list(item_ids)
    said = tally(review[i] for i in ids if i in review)
    away = sum(i in off for i in ids)
    return [
        *([f"Reviu: {said}."] if said else []),
        *([f"{away} bertanda tidak berlaku (dihitung 0)."] if away else []),
    ]
