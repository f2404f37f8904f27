"""Wording of review, of "tidak berlaku", and of the agency's rule on one's own work."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.checklist.record import Place
from flows.item_words import REVIEW_STATES, Reader, answer, heading
from flows.models import AnswerChange, Person
from flows.review.asking import REASON_LIMIT
from flows.review.looking import Card, Waiting
from flows.review.reviewers import AUTO, NO, YES
from flows.review.service import APPROVED, FIX_DAYS, RETURNED, WAITING, fix_day
from knowledge.answers import Item

QUEUE, CARD, OK, BACK_TO = "Menunggu reviu Anda", "Buka reviu", "Setujui", "Minta perbaikan"
SHOW_EVIDENCE, SHOW_ITEM, NEXT_ONE = "Lihat bukti", "Lihat indikator", "Reviu berikutnya"
SEND_NOW, NOT_YET, ADD_EVIDENCE, WRITE_NOTE = "Kirim sekarang", "Nanti saja", "Tambah bukti", "Isi penjelasan"
MINE, ASK_ZI = "Tugas saya", "Tanya sesuatu"
RECALL, FIX, ASK, REPLY = "Tarik kembali", "Perbaiki", "Tanya pereviu", "Balas"
SEND_BACK, OTHER_REASON, TO_QUEUE = "Kirim balik", "Ubah catatan", "Daftar reviu"
NA_YES, NA_NO = "Ya, tidak berlaku", "Batal"

SENT, RECALLED = "Terkirim untuk direviu.", "Ditarik kembali. Jawaban dan berkas Anda tetap tersimpan."
APPROVED_TOAST, RETURNED_TOAST = "Disetujui.", "Dikirim balik untuk diperbaiki."
RULE_SET, RULE_SAME = "Aturan reviu disimpan.", "Aturan itu sudah berlaku."
NA_SET, NA_LIFTED = "Ditandai tidak berlaku.", "Tanda tidak berlaku dilepas."
RULE_BUTTON = "Aturan reviu"

REASONS = (
    ("Tanggal belum ada", "Tanggal kegiatan belum terlihat pada bukti."),
    ("Bukti kurang", "Bukti belum lengkap."),
    ("Bukti tidak sesuai", "Bukti belum sesuai dengan pertanyaan indikator."),
    ("Tautan terkunci", "Tautan bukti belum dapat dibuka."),
    ("Penjelasan kurang", "Penjelasan belum memuat kegiatan, seberapa sering, dan hasilnya."),
    ("Jawaban ditinjau", "Jawaban belum sesuai dengan buktinya."),
)
"""Ready reasons: label and sentence."""

RULES = {
    AUTO: ("Otomatis", "hanya bila tidak ada pereviu lain untuk bagian itu"),
    YES: ("Boleh", "pereviu boleh menyetujui isiannya sendiri"),
    NO: ("Tidak boleh", "isian sendiri selalu direviu orang lain"),
}


# before and after sending --------------------------------------------------------------------------


def send_ask(card: Card, lacks: Sequence[str]) -> str:
    """What an item has not, said before it is sent."""
    item, given = card.at.item, answer(card.at.item, card.answer)
    if "evidence" in lacks:
        first = f"Jawaban {given} tersimpan, tetapi belum didukung bukti."
    elif "note" in lacks:
        first = f"Jawaban {given} tersimpan, tetapi Penjelasan belum diisi."
    else:
        first = f"Bukti dukung belum lengkap: {card.evidence.count} sudah ada."
    lines = [fmt.esc(first), "", heading(item), ""]
    if card.evidence.missing and "".join(lacks) != "note":
        lines.append(f"Yang biasa diharapkan: {fmt.esc('; '.join(card.evidence.missing[:3]))}.")
    if "note" in lacks and "evidence" in lacks:
        lines.append("Penjelasan juga belum diisi, padahal bagian itulah yang dibaca penilai.")
    lines += ["", "Anda tetap bisa mengirimnya sekarang; pereviu melihat apa adanya."]
    return "\n".join(lines)


def sent(card: Card, left: int) -> str:
    """It is on its way: to whom, and what one may do. `left` is how much else waits for the person."""
    lines = [f"✓ {fmt.esc(_sent_to(card))}", "", heading(card.at.item), ""]
    if not card.others and not card.own:
        lines.append("Belum ada pereviu di unit ini. Sampaikan kepada koordinator unit.")
    elif not card.others and card.may_decide:
        lines.append("Tidak ada pereviu lain untuk bagian ini, jadi Anda boleh menyetujuinya sendiri.")
    elif not card.others:
        lines.append(
            "! Belum ada pereviu lain untuk bagian ini, dan instansi tidak mengizinkan menyetujui isian "
            "sendiri. Mintalah koordinator unit atau admin instansi menambah pereviu."
        )
    else:
        lines.append("Anda diberi tahu begitu ada hasilnya. Sampai direviu, Anda bisa menariknya kembali.")
    if left:
        lines.append(f"Masih ada {left} hal lain di Tugas saya.")
    else:
        lines.append("Tidak ada lagi yang perlu Anda kerjakan hari ini.")
    return "\n".join(lines)


def _sent_to(card: Card) -> str:
    who = "ketua pokja" if card.leaders else "koordinator unit"
    return f"Dikirim ke {who} untuk direviu." if card.others else "Tercatat menunggu reviu."


# the reviewer --------------------------------------------------------------------------------------


def asked(card: Card, unit_name: str) -> str:
    """One message for the reviewer, HTML."""
    lines = [_first(card), "", heading(card.at.item), ""]
    if card.note:
        lines.append(f"Penjelasan: “{fmt.esc(fmt.cut(fmt.one_line(card.note), 300))}”")
    else:
        lines.append("Penjelasan: belum diisi")
    return "\n".join([*lines, "", f"{fmt.esc(unit_name)} · dikirim {fmt.esc(_sender(card))}"])


def _first(card: Card) -> str:
    given = fmt.esc(answer(card.at.item, card.answer))
    return f"Menunggu reviu Anda: {card.at.item.number} · {card.evidence.count} bukti · jawaban {given}"


def _sender(card: Card) -> str:
    person = card.people.get(card.work.sent_by) if card.work is not None and card.work.sent_by else None
    return _name(person)


def _name(person: Person | None) -> str:
    if person is None:
        return "tim"
    return "mantan anggota" if person.deleted_at is not None else person.name


def card(shown: Card, reader: Reader) -> str:
    """Answer, Penjelasan and evidence on one card."""
    item = shown.at.item
    lines = [_state_line(shown, reader), "", heading(item), "", fmt.esc(item.question), ""]
    chosen = answer(item, shown.answer)
    option = next((f": {o.text}" for o in item.options if o.key == chosen), "")
    by = reader.name(shown.people.get(shown.answered_by)) if shown.answered_by else ""
    lines.append(f"Jawaban: <b>{fmt.esc(chosen)}</b>{fmt.esc(option)}" + (f" · {fmt.esc(by)}" if by else ""))
    lines += _evidence(shown)
    if shown.note:
        by = reader.name(shown.people.get(shown.note_by)) if shown.note_by else "tim"
        lines += [
            f"Penjelasan ({fmt.esc(by)}):",
            f"<blockquote>{fmt.esc(fmt.cut(shown.note, 1200))}</blockquote>",
        ]
    else:
        lines.append("! Penjelasan: belum diisi")
    if shown.work is not None and shown.state == RETURNED:
        lines += ["", f"Catatan reviu: {fmt.esc(shown.work.reason)}"]
        if shown.work.fix_by is not None:
            lines.append(f"Batas perbaikan: {fmt.day_long(shown.work.fix_by)}.")
    own = _own(shown)
    return "\n".join([*lines, *(["", own] if own and shown.state == WAITING else [])])


def _state_line(shown: Card, reader: Reader) -> str:
    if shown.state == WAITING and shown.may_decide:
        return _first(shown)
    state = REVIEW_STATES.get(shown.state, "belum dikirim untuk direviu")
    who = ""
    if shown.work is not None and shown.work.decided_by and shown.state in (APPROVED, RETURNED):
        how = "oleh" if shown.state == APPROVED else "menurut"
        who = f" {how} {fmt.esc(reader.name(shown.people.get(shown.work.decided_by)))}"
    return f"{shown.at.item.number}: {state}{who}"


def _evidence(shown: Card) -> list[str]:
    there = shown.evidence
    if not there.count:
        lines = ["! Bukti dukung: belum ada"]
    else:
        listed = "; ".join(there.titles[:5])
        more = f"; dan {there.count - 5} lainnya" if there.count > 5 else ""
        lines = [f"Bukti dukung ({there.count}): {fmt.esc(fmt.cut(listed, 500))}{more}"]
    if there.missing:
        lines.append(f"Contoh yang belum ada: {fmt.esc(fmt.cut('; '.join(there.missing), 300))}")
    return lines


def _own(shown: Card) -> str:
    """The rule on one's own work, openly."""
    if not shown.own:
        return ""
    first = "Ini isian Anda sendiri. "
    if not shown.may_decide:
        who = f" Pereviunya: {fmt.esc(', '.join(shown.others[:3]))}." if shown.others else ""
        return f"{first}Menurut aturan instansi, isian sendiri direviu orang lain.{who}"
    if shown.rule == YES:
        return f"{first}Instansi mengizinkan pereviu menyetujui isiannya sendiri; ini tercatat di riwayat."
    return f"{first}Anda boleh menyetujuinya karena tidak ada pereviu lain; ini tercatat di riwayat."


def queue(unit_name: str, waiting: Sequence[Waiting], total: int, first: int, reader: Reader) -> str:
    """What waits for the reader's review."""
    if not total:
        return f"<b>Tidak ada yang menunggu reviu Anda.</b>\n\n{fmt.esc(unit_name)}"
    lines = [f"<b>Menunggu reviu Anda: {total}</b>", "", fmt.esc(unit_name), ""]
    for number, each in enumerate(waiting, start=first):
        when = reader.when(each.work.sent_at) if each.work.sent_at else ""
        given = answer(each.item, each.answer)
        who = fmt.esc(_name(each.sender))
        lines.append(
            f"{number}. {each.item.number}  {fmt.esc(each.item.title)} · jawaban {fmt.esc(given)} · "
            f"{who}, {when}"
        )
    return "\n".join([*lines, "", "Pilih nomor untuk mereviu. Yang paling lama menunggu ada di atas."])


def reasons(item: Item) -> str:
    """What is to be mended?"""
    lines = [f"Apa yang perlu diperbaiki pada {item.number}?", "", heading(item), ""]
    lines.append("Pilih catatan di bawah, atau tulis sendiri di sini (misalnya bukti dan halaman berapa).")
    lines.append(f"Paling banyak {REASON_LIMIT} huruf. Belum ada yang dikirim.")
    return "\n".join(lines)


def draft(item: Item, reason: str, day: date, today: date, to: str) -> str:
    """The return as it will be sent."""
    usual = f" ({FIX_DAYS} hari kerja)" if day == fix_day(today) else ""
    return "\n".join(
        [
            f"Yang dikirim balik ke {fmt.esc(to)}: {item.number}",
            "",
            f"Catatan reviu: {fmt.esc(reason)}",
            f"Batas perbaikan: {fmt.day_long(day)}{usual}.",
            "",
            "Belum terkirim. Untuk mengubah batasnya, ketik tanggal, misalnya: jumat depan.",
        ]
    )


# the sender ----------------------------------------------------------------------------------------


def told_returned(shown: Card, today: date) -> str:
    """The return as its sender sees it."""
    work = shown.work
    assert work is not None
    lines = [f"Perlu perbaikan: {shown.at.item.number}. Jawaban dan berkas Anda tetap tersimpan.", ""]
    lines += [heading(shown.at.item), "", f"Catatan reviu: {fmt.esc(work.reason)}"]
    if work.fix_by is not None:
        lines.append(f"Batas perbaikan: {fmt.day_long(work.fix_by)} ({fmt.distance(work.fix_by, today)}).")
    by = shown.people.get(work.decided_by or 0)
    return "\n".join([*lines, "", f"Pereviu: {fmt.esc(_name(by))} · {fmt.esc(shown.at.current.unit.name)}"])


def told_approved(shown: Card) -> str:
    """The approval as its sender sees it."""
    by = shown.people.get(shown.work.decided_by or 0) if shown.work is not None else None
    return "\n".join(
        [
            f"✓ Disetujui: {shown.at.item.number}",
            "",
            heading(shown.at.item),
            "",
            f"Pereviu: {fmt.esc(_name(by))} · {fmt.esc(shown.at.current.unit.name)}",
        ]
    )


def ask(item: Item, reviewer: str) -> str:
    """Prompt for a question to the reviewer."""
    return (
        f"Tulis pertanyaan Anda untuk {fmt.esc(reviewer)}.\n\n{heading(item)}\n\n"
        "Pertanyaan dan jawabannya tersimpan di riwayat indikator ini."
    )


def question(change: AnswerChange, at: Place, who: str) -> str:
    """A question, at the reviewer."""
    text = str((change.after or {}).get("text", ""))
    return (
        f"Pertanyaan reviu {at.item.number} dari {fmt.esc(who)}\n\n{heading(at.item)}\n\n"
        f"<blockquote>{fmt.esc(text)}</blockquote>"
    )


def reply_prompt(change: AnswerChange, at: Place, who: str) -> str:
    """Prompt for the reply."""
    return f"{question(change, at, who)}\nTulis balasan Anda di sini."


def replied(change: AnswerChange, at: Place, who: str) -> str:
    """A reply, at the asker."""
    text = str((change.after or {}).get("text", ""))
    return (
        f"Balasan pereviu untuk {at.item.number}\n\n{heading(at.item)}\n\n"
        f"<blockquote>{fmt.esc(text)}</blockquote>{fmt.esc(who)}"
    )


def question_sent(name: str) -> str:
    """Plain text for a toast."""
    return f"Pertanyaan terkirim ke {fmt.cut(name, 60)}."


def reply_sent(name: str) -> str:
    """Plain text for a toast."""
    return f"Balasan terkirim ke {fmt.cut(name, 60)}." if name else "Balasan tersimpan di riwayat."


# tidak berlaku -------------------------------------------------------------------------------------


def na_ask(item: Item, given: str) -> str:
    """Prompt for the reason why an indicator does not apply."""
    lines = [f"Mengapa {item.number} tidak berlaku di unit Anda?", "", heading(item), ""]
    lines.append("Tulis alasannya di sini. Alasan itu terlihat oleh penilai.")
    lines += ["", "Yang perlu diketahui:", "• Instrumen tidak mengenal pengecualian: nilainya tetap 0."]
    if given:
        lines.append(f"• Jawaban {fmt.esc(given)} akan dihapus; riwayatnya tetap ada.")
    return "\n".join([*lines, "• Tanda ini dapat dilepas kapan saja."])


def na_check(item: Item, given: str, reason: str) -> str:
    """Before it is set."""
    lines = [f"Tandai {item.number} tidak berlaku?", "", heading(item), ""]
    lines += [f"Alasan: “{fmt.esc(reason)}”", ""]
    gone = f"Jawaban {fmt.esc(given)} dihapus, " if given else "Indikator tetap tanpa jawaban, "
    return "\n".join([*lines, f"{gone}jadi dihitung 0. Penjelasan, bukti, dan riwayatnya tetap tersimpan."])


# the agency's rule ---------------------------------------------------------------------------------


def rule(agency: str, chosen: str) -> str:
    """May reviewers approve what they have filled in themselves?"""
    lines = [f"<b>Aturan reviu {fmt.esc(agency)}: {RULES[chosen][0].lower()}</b>", ""]
    lines.append("Bolehkah pereviu menyetujui isian yang ia isi atau kirim sendiri?")
    lines.append("")
    lines += [f"• {label}: {meaning}" for label, meaning in RULES.values()]
    return "\n".join([*lines, "", "Aturan ini terlihat pada kartu reviu dan tercatat di riwayat indikator."])
