"""Routes of what leaves the chat as a file, and of our own workbook coming back. See `flows.routes`."""

from flows.action import Route

# documents -------------------------------------------------------------------------------------------
DOCUMENTS = Route("dok")  # what can be made of the open unit
DOCUMENT_MAKE = Route("dok.buat", str, int)  # kind, unit: asks for it
DOCUMENT = Route("dok.lihat", int)  # document: how far its making is
DOCUMENT_FILE = Route("dok.berkas", int, int)  # document, part: the file, rendered at the one who asked
