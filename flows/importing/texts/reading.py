"""Sending the file, why it cannot be read, and what was read."""

from datetime import datetime

from flows import fmt
from flows.importing.archive import BOMB, BROKEN, GONE, LOCKED, MAX_BYTES, MIB, NO_LKE, NOT_EXCEL, OLD_FORMAT
from flows.importing.archive import TOO_BIG as FILE_TOO_BIG
from flows.importing.plan import Difference
from flows.importing.service import View
from flows.importing.texts.labels import NOTHING_SAVED, RECEIVED, why
from flows.item_words import answer as said
from knowledge.answers import Item

OLD_RULES = "Tentang aturan lama"
_FAILURES = {
    NOT_EXCEL: "Berkas ini bukan lembar kerja Excel, jadi tidak dibaca. Buka LKE di Excel, lalu simpan "
    "sebagai "
    ".xlsx dan kirim lagi.",
    OLD_FORMAT: "Berkas ini masih format Excel lama atau format lain. Buka di Excel, pilih Simpan "
    "sebagai, ambil "
    "Buku Kerja Excel (.xlsx), lalu kirim lagi.",
    LOCKED: "Berkas ini dilindungi kata sandi, jadi tidak dapat dibuka. Hapus kata sandi pembukanya di Excel "
    "(File, Info, Lindungi Buku Kerja), simpan, lalu kirim lagi.",
    FILE_TOO_BIG: f"Berkas ini melebihi {MAX_BYTES // MIB} MB, jadi belum tersimpan. Simpan salinan "
    f"yang hanya "
    "memuat lembar LKE, tanpa gambar, lalu kirim lagi.",
    BOMB: "Isi berkas ini jauh lebih besar daripada LKE biasa, jadi tidak dibuka. Salin lembar LKE saja "
    "ke buku "
    "kerja baru, simpan sebagai .xlsx, lalu kirim lagi.",
    BROKEN: "Berkas ini rusak atau terpotong, jadi tidak terbaca. Buka di Excel, simpan ulang sebagai "
    ".xlsx, lalu "
    "kirim lagi.",
    NO_LKE: "Tidak ada lembar LKE di dalam berkas ini. Yang dicari: lembar dengan kolom Penilaian dan "
    "Jawaban, "
    "seperti Lampiran III. Bila lembarnya berbeda, kirim LKE asli unit Anda.",
    "hampa": "Lembar LKE ditemukan, tetapi kolom Jawaban masih kosong. Bila sudah diisi di Excel, "
    "simpan dahulu "
    "berkasnya, lalu kirim lagi. Atau isi langsung di sini.",
    "koordinator": "LKE yang bukan hasil unduhan bot ini dibawa masuk oleh koordinator unit. Teruskan "
    "berkasnya kepadanya; isian area Anda bisa diubah lewat /lke, atau lewat LKE Excel dari /dokumen.",
    "stempel": "Berkas ini berasal dari bot, tetapi tanda pengenalnya (lembar tersembunyi) berubah. Unduh "
    "lagi LKE Excel di /dokumen, pindahkan isian Anda ke sana, lalu kirim.",
    "asing": "Berkas ini milik unit lain yang tidak dapat Anda ubah dari sini. Periksa unit di lembar Info, "
    "lalu unduh LKE Excel unit yang benar di /dokumen.",
    "tutup": "LKE tahun berkas ini sudah tidak terbuka. Unduh LKE Excel terbaru di /dokumen.",
    "kolom": "Kolom jawabannya tidak ditemukan. Pertahankan baris judul dan kolom id berkas dari bot.",
    "bukan kami": "Data JSON ini bukan dari bot ini. Unduh Data JSON di /dokumen untuk bentuknya.",
    GONE: "Berkasnya tidak dapat diunduh dari Telegram. Mohon kirim sekali lagi.",
}


def ask_file(unit_name: str, year: int) -> str:
    """How to send a worksheet."""
    return (
        f"Kirim berkas Excel LKE {fmt.bold(unit_name)} di sini.\n\n"
        f"Yang dibaca: jawaban, penjelasan, dan tautan bukti dukung, untuk penilaian {year}. Boleh baru "
        f"sebagian, "
        "boleh dari tahun lalu, dan susunan kolomnya boleh berbeda.\n\n"
        f"Bentuknya .xlsx, paling besar {MAX_BYTES // MIB} MB. Belum ada yang disimpan sebelum Anda setujui."
    )


def _file(view: View) -> str:
    return fmt.esc(fmt.cut(view.row.file_name, 60))


def waiting(view: View) -> str:
    """The file is being read."""
    return (
        f"{RECEIVED}\n\nBerkas: {fmt.esc(view.row.file_name)}\n"
        f"Unit: {fmt.esc(view.unit.name)}, {view.assessment.year}\n\n"
        "Hasilnya dikirim di sini, biasanya dalam setengah menit. Belum ada yang disimpan ke LKE."
    )


def failed(view: View) -> str:
    """The file cannot be read."""
    why = _FAILURES.get(str(view.row.cells.get("error", "")), _FAILURES[BROKEN])
    return f"{_file(view)}: belum terbaca.\n\n{why}\n\nIsian LKE tidak berubah."


def ended(view: View) -> str:
    """An import that was cancelled, or replaced by a newer file."""
    return (
        f"Impor {_file(view)} sudah ditutup.\n\n"
        "Isian LKE tidak berubah karenanya. Kirim berkasnya lagi bila perlu."
    )


# what was read -------------------------------------------------------------------------------------


def result(view: View, zone_name: str) -> str:
    """What was read, what is doubtful, what differs."""
    plan, cells = view.plan, view.row.cells
    assert plan is not None
    if cells.get("old"):
        return _old(view)
    settled = cells["answers"]
    asked = {str(d["item"]) for d in view.row.doubts if str(d["item"]) not in settled}
    results = {item.id for item in view.instrument.results}
    read = {*settled, *asked}
    lines = [
        f"Terbaca: {len(read - results)} dari {len(view.instrument.area_order)} jawaban, "
        f"{cells['links']} tautan bukti." + _doubtful(len(view.open_doubts)),
        "",
        f"<b>{fmt.esc(view.unit.name)}, {view.assessment.year}</b> · {_file(view)}",
        f"Bagian Hasil: {len(read & results)} dari {len(results)}. Penjelasan: {len(cells['notes'])}.",
        *_remarks(view, zone_name),
        *_comparison(view),
    ]
    if view.open_doubts:
        doubt = view.row.doubts[view.open_doubts[0]]
        item = view.instrument.by_id[str(doubt["item"])]
        lines += [
            "",
            f"Contoh: {item.number if isinstance(item, Item) else ''} terisi “{fmt.esc(doubt['raw'])}”, "
            f"{why(str(doubt['why']))}.",
        ]
    return "\n".join([*lines, "", NOTHING_SAVED])


def _doubtful(count: int) -> str:
    return f" Ada {count} sel yang meragukan." if count else ""


def _remarks(view: View, zone_name: str) -> list[str]:
    cells, lines = view.row.cells, []
    skipped = sum(d["state"] == "skipped" for d in view.row.doubts)
    if skipped:
        lines.append(f"{skipped} sel dilewati, jadi tidak ikut disimpan.")
    if cells.get("cut"):
        lines.append(f"! {cells['cut']} penjelasan terlalu panjang; yang disimpan 2.000 huruf pertamanya.")
    year = cells.get("year")
    if year and year != view.assessment.year:
        lines.append(
            f"! Berkas ini tampaknya LKE tahun {year}, sedangkan yang terbuka {view.assessment.year}. "
            f"Boleh dipakai "
            "sebagai awal; jawaban dan bukti dukungnya perlu diperiksa lagi."
        )
    if view.saved_before is not None:
        lines.append(f"Berkas yang sama sudah disimpan {_day(view.saved_before, zone_name)}.")
    return lines


def _day(at: datetime, zone_name: str) -> str:
    return fmt.day_long(fmt.local(at, zone_name).date())


def _comparison(view: View) -> list[str]:
    plan = view.plan
    assert plan is not None
    lines: list[str] = []
    if plan.same:
        lines.append(f"{plan.same} jawaban sama dengan isian sekarang.")
    if plan.differing:
        first = "; ".join(_short(d) for d in plan.differing[:3])
        more = len(plan.differing) - 3
        rest = f"; dan {more} lagi" if more > 0 else ""
        lines.append(f"! {len(plan.differing)} berbeda dari isian sekarang: {first}{rest}.")
        decided = len(plan.differing) - len(plan.undecided)
        if decided:
            lines.append(f"Sudah diputuskan: {decided} dari {len(plan.differing)}.")
    if nothing_new(view) and not plan.differing and not view.open_doubts:
        lines.append("✓ Tidak ada yang perlu disimpan: isi berkas sama dengan isian sekarang.")
    return ["", *lines] if lines else []


def nothing_new(view: View) -> bool:
    """Whether saving would write nothing."""
    plan = view.plan
    return plan is None or not (plan.answers_to_write(differing=True) or plan.notes_to_write(differing=True))


def _short(each: Difference) -> str:
    if not each.in_answer:
        return f"{each.item.number} penjelasan"
    now, excel = fmt.esc(said(each.item, each.now)), fmt.esc(said(each.item, each.excel))
    return f"{each.item.number} {now}, di Excel {excel}"


def _old(view: View) -> str:
    plan = view.plan
    assert plan is not None
    notes = plan.notes_to_write(differing=False)
    lines = [
        "LKE ini memakai susunan lama, sebelum PermenPANRB 90/2021.",
        "",
        f"<b>{fmt.esc(view.unit.name)}, {view.assessment.year}</b> · {_file(view)}",
        "",
        "Yang tidak dibawa: jawaban. Pilihan dan bobotnya berubah, bagian reform belum ada, dan TLHP "
        "diganti capaian "
        "kinerja; huruf yang sama sudah berarti lain.",
        f"Yang bisa dibawa: {notes} penjelasan dan tautan bukti, pada indikator yang kalimatnya masih sama."
        if notes
        else "Tidak ada penjelasan atau tautan yang kalimat indikatornya masih sama, jadi tidak ada "
        "yang dibawa.",
        *(
            [f"{len(plan.differing)} indikator sudah berpenjelasan lain; itu dibiarkan."]
            if plan.differing
            else []
        ),
        "",
        NOTHING_SAVED,
    ]
    return "\n".join(lines)


def save_label(answers: int, notes: int) -> str:
    """Button label."""
    return f"Simpan {answers} jawaban" if answers else f"Simpan {notes} penjelasan"


def check_label(count: int) -> str:
    """Button label."""
    return f"Periksa {count} sel"
