"""Routes of what leaves the chat as a file, and of our own workbook coming back. See `flows.routes`."""

from flows.action import Route

# documents -------------------------------------------------------------------------------------------
DOCUMENTS = Route("dok")  # what can be made of the open unit
DOCUMENT_MAKE = Route("dok.buat", str, int)  # kind, unit: asks for it
DOCUMENT = Route("dok.lihat", int)  # document: how far its making is
DOCUMENT_FILE = Route("dok.berkas", int, int)  # document, part: the file, rendered at the one who asked

# our own workbook coming back ------------------------------------------------------------------------
WORKBOOK_SEND = Route("buku.kirim")  # prompt for the file
WORKBOOK_SHOW = Route("buku.lihat", int)  # import: what would change, or how it ended
WORKBOOK_TOLD = Route("buku.kabar", int)  # import: rendered at its sender
WORKBOOK_LIST = Route("buku.daftar", int, int)  # import, page: every change
WORKBOOK_CHANGE = Route("buku.beda", int, str)  # import, change
WORKBOOK_SET = Route("buku.pilih", int, str, str)  # import, change, "e" from the file / "k" keep the present
WORKBOOK_APPLY = Route("buku.simpan", int, int)  # import, stamp of what was seen
WORKBOOK_CANCEL = Route("buku.batal", int)
WORKBOOK_TEXT = Route("buku.teks")  # the unit in a few lines to paste
