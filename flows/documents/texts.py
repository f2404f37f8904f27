"""Wording of the list of documents and of their making."""

from collections.abc import Sequence

from flows import fmt
from flows.delivery import FAILED, MAKING, REFUSED, Document, Offer

MAKE_AGAIN, OTHERS, BACK_TO_LIST = "Buat lagi", "Dokumen lain", "‹ Dokumen"
ASKED = "Baik, sedang saya susun."
_FAILED = (
    "Berkas ini belum berhasil dibuat karena gangguan di sisi kami. Data unit tidak berubah.\n\n"
    "Silakan buat lagi; bila tetap gagal, beri tahu admin instansi."
)


def listed(unit_name: str, lines: Sequence[Offer]) -> str:
    """The list of documents with what each is for."""
    said = [f"<b>{fmt.esc(line.label)}</b>: {fmt.esc(line.about)}" for line in lines]
    return "\n\n".join(
        [
            f"Dokumen {fmt.bold(unit_name)}. Pilih yang ingin dibuat.",
            "\n".join(said),
            "Isinya keadaan saat ini, dan dikirim di obrolan ini. Semuanya penilaian mandiri tim.",
        ]
    )


def making(document: Document) -> str:
    """How far a document is."""
    name = fmt.esc(document.kind.label)
    if document.status == MAKING:
        if document.total:
            return f"{name} sedang disusun: {document.done} dari {document.total} bagian.\n\n{_WAIT}"
        return f"{name} sedang disusun.\n\n{_WAIT}"
    if document.status == REFUSED:
        return fmt.esc(document.why)
    if document.status == FAILED:
        return _FAILED
    many = f"{len(document.parts)} berkas" if len(document.parts) > 1 else "berkasnya"
    return f"✓ {name} selesai: {many} ada di bawah."


_WAIT = "Anda bisa melanjutkan pekerjaan lain; berkasnya saya kirim di sini begitu siap."


def no_file(document: Document) -> str:
    """A file that is not sent, and why."""
    return fmt.esc(document.why) or making(document)
