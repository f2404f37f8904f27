"""Routes of what stands beside the LKE: the check of public service, and what the agency asks for.

See `flows.routes`.
"""

from flows.action import Route

# kesiapan pelayanan publik ---------------------------------------------------------------------------
SERVICE = Route("layanan")  # the five components of the open unit
SERVICE_NEXT = Route("layanan.lanjut")  # the first question without an answer
SERVICE_PART = Route("layanan.bagian", str)  # component
SERVICE_ITEM = Route("layanan.i", str)  # question
SERVICE_SET = Route("layanan.j", int, int, str, str, int)  # unit, year, question, answer, revision
SERVICE_TYPED = Route(
    "layanan.t", int, int, str, int
)  # unit, year, question, revision: the text is the answer
SERVICE_CLEAR = Route("layanan.h", int, int, str, int)  # unit, year, question, revision
SERVICE_NOTE = Route("layanan.p", str)  # question: prompt for its note
SERVICE_NOTE_SAVE = Route("layanan.ps", int, int, str, int)  # as SERVICE_TYPED: the text is the note
SERVICE_HISTORY = Route("layanan.r", str, int)  # question, page
SERVICE_MEND = Route("layanan.benahi", int)  # page: what to mend first
SERVICE_TASK = Route("layanan.tugas", int, int, str)  # unit, year, question: make it an action item
SERVICE_COPY = Route("layanan.salin")  # the result as text to paste
