"""Deleting, what to do when somebody was quicker, narratives, history."""

from collections.abc import Sequence
from datetime import timedelta

from flows import fmt
from flows.checklist.changes import NOTE_LIMIT
from flows.checklist.service import Change, ItemView
from flows.checklist.texts import record
from flows.checklist.texts.labels import READ_ONLY_NOTE, Reader, answer, heading
from knowledge.answers import Answer, Item

_JUST_NOW = timedelta(minutes=10)


def clear_ask(view: ItemView, reader: Reader) -> str:
    """Whether the answer should really go."""
    return (
        f"Hapus jawaban {view.item.number}?\n\n{heading(view.item)}\n\n"
        f"Jawaban sekarang: <b>{fmt.esc(answer(view.item, view.answer))}</b> · "
        f"{reader.by(view.answered_by, view.answered_at)}\n\n"
        "Indikator kembali belum terjawab. Penjelasan dan riwayatnya tetap tersimpan."
    )


def clash(view: ItemView, wanted: Answer, reader: Reader, cleared_by: Change | None) -> str:
    """Somebody was quicker with another answer."""
    mine = fmt.esc(answer(view.item, wanted))
    if view.answer is None:
        who = fmt.esc(reader.name(cleared_by.who)) if cleared_by else "tim"
        first = f"Jawaban ini baru dikosongkan oleh {who}. Anda memilih {mine}."
    else:
        theirs, who = fmt.esc(answer(view.item, view.answer)), fmt.esc(reader.name(view.answered_by))
        recent = view.answered_at is not None and reader.now - view.answered_at < _JUST_NOW
        when = "" if recent or view.answered_at is None else f" ({reader.when(view.answered_at)})"
        first = (
            f"{'Baru saja' if recent else 'Sudah'} dijawab {theirs} oleh {who}{when}. Anda memilih {mine}."
        )
    return (
        f"{first}\n\n{heading(view.item)}\n\nJawaban Anda belum disimpan. Mana yang dipakai? "
        "Bila ragu, tanyakan dahulu kepada yang menjawab."
    )


def use(item: Item, wanted: Answer) -> str:
    """Button label."""
    return f"Pakai {answer(item, wanted)}"


def keep(item: Item, present: Answer | None) -> str:
    """Button label."""
    return f"Biarkan {answer(item, present)}"


def suggest(view: ItemView, sentence: str) -> str:
    """The typed text may mean an answer: it is offered, not assumed."""
    return f"{fmt.esc(sentence)}\n\n{heading(view.item)}\n\nBelum ada yang diubah."


def store(item: Item, wanted: Answer) -> str:
    """Button label."""
    return f"Simpan {answer(item, wanted)}"


def note_prompt(view: ItemView, reader: Reader) -> str:
    """Asks for the narrative."""
    lines = [f"Tulis penjelasan {view.item.number}.", "", heading(view.item), ""]
    lines.append(
        "Tulis tiga baris: kegiatannya, seberapa sering, hasilnya. "
        f"Paling banyak {fmt.number(NOTE_LIMIT, 0)} huruf; bagian inilah yang dibaca penilai."
    )
    if view.note:
        lines += ["", f"Yang tersimpan {reader.by(view.note_by, view.note_at)}:", _quote(view.note)]
        lines.append("Tulisan baru menggantikan yang tersimpan.")
    return "\n".join(lines)


def note_read(view: ItemView, reader: Reader) -> str:
    """The narrative for people who do not write it."""
    lines = [f"Penjelasan {view.item.number}", "", heading(view.item), ""]
    if view.note:
        lines += [f"Ditulis {reader.by(view.note_by, view.note_at)}:", _quote(view.note)]
    else:
        lines.append("Belum diisi.")
    return "\n".join([*lines, "", READ_ONLY_NOTE])


def note_clash(view: ItemView, mine: str, reader: Reader) -> str:
    """Two people wrote a narrative: both are shown."""
    who = fmt.esc(reader.name(view.note_by))
    room = 1500
    return "\n".join(
        [
            f"Penjelasan {view.item.number} sudah diubah oleh {who}. Tulisan Anda belum disimpan.",
            "",
            f"Tulisan {who}:",
            _quote(fmt.cut(view.note, room)),
            "Tulisan Anda:",
            _quote(fmt.cut(mine, room)),
            "Pilih yang dipakai, atau ketik gabungannya di sini. Tulisan Anda tetap saya pegang.",
        ]
    )


def _quote(text: str) -> str:
    return f"<blockquote>{fmt.esc(text)}</blockquote>"


def history(item: Item, changes: Sequence[Change], reader: Reader, page: int) -> str:
    """One page of changes, newest first."""
    lines = [f"Riwayat {item.number}" + (f" · halaman {page + 1}" if page else ""), "", heading(item)]
    if not changes:
        lines += ["", "Belum ada perubahan." if not page else "Tidak ada perubahan yang lebih lama."]
    for change in changes:
        who = fmt.esc(fmt.cut(reader.name(change.who), 60))
        if change.behalf is not None:
            who += f" atas nama {fmt.esc(fmt.cut(reader.name(change.behalf), 60))}"
        lines += ["", f"{reader.when(change.at)} · {who}", record.change(item, change)]
    return "\n".join(lines)
