"""Wording of the workbook in the chat: the list of documents, captions, and the text to paste."""

from datetime import datetime

from flows import fmt
from flows.workbook.content import Content
from flows.workbook.pasting import Recap
from flows.workbook.texts.sheet import NOT_OFFICIAL

LKE, LKE_ABOUT = (
    "LKE Excel",
    "seluruh LKE dengan rumus, bukti, dan kolom TPI; bisa diisi lalu dikirim kembali.",
)
CSV, CSV_ABOUT = "Data CSV", "isi LKE, bukti, tugas, dan batas waktu sebagai tabel."
JSON, JSON_ABOUT = "Data JSON", "isi yang sama untuk aplikasi lain."
RECAP, RECAP_ABOUT = "Salin teks rekap", "ringkasan singkat siap tempel di grup."
RETURN, RETURN_ABOUT = "Kirim kembali LKE", "berkas LKE dari sini yang sudah Anda ubah."


def caption_lke(content: Content, moment: datetime) -> str:
    """Under the workbook."""
    return (
        f"LKE {fmt.bold(content.unit_name)}, penilaian {content.year}.\n\n"
        f"Keadaan {fmt.moment(moment, content.zone)}. {NOT_OFFICIAL}.\n"
        "Sel kuning muda boleh diubah. Simpan sebagai .xlsx, lalu kirim kembali ke sini; perbedaannya "
        "saya tunjukkan dulu sebelum disimpan."
    )


def caption_data(content: Content, moment: datetime, kind: str) -> str:
    """Under the files of data."""
    return (
        f"{kind} {fmt.bold(content.unit_name)}, penilaian {content.year}.\n\n"
        f"Keadaan {fmt.moment(moment, content.zone)}. {NOT_OFFICIAL}."
    )


def recap(found: Recap, moment: datetime, bot_username: str) -> str:
    """The unit in a few lines, plain text."""
    unit, assessment = found.where.unit, found.where.assessment
    day = fmt.day_long(fmt.local(moment, unit.zone).date()).replace(",", "", 1)
    lines = [f"Rekap ZI, {day}", f"{unit.name} · target {assessment.target}", ""]
    for each, late in found.areas:
        if found.reviewed:
            said = f"{each.work.approved:>2} dari {each.count.total} indikator disetujui"
        else:
            said = f"{each.count.done:>2} dari {each.count.total} indikator terjawab"
        lines.append(f"Area {each.area.no}  {said}" + (f", {late} lewat batas waktu" if late else ""))
    if found.due:
        lines.append(f"Yang perlu minggu ini: {', '.join(found.due)}")
    if bot_username:
        lines.append(f"Rincian: t.me/{bot_username}")
    return "\n".join(lines)


def recap_screen(text: str) -> str:
    """The recap as one block that a tap copies."""
    return f"Siap tempel di grup; ketuk teksnya untuk menyalin.\n\n<pre>{fmt.esc(text)}</pre>"
