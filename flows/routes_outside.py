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

# di luar LKE, sesuai permintaan instansi ---------------------------------------------------------------
OUTSIDE = Route("luar", int)  # page: what the agency asks for beside the LKE
OUTSIDE_TYPED = Route("luar.t", int, int)  # unit, page: a number of the list, or something to add
OUTSIDE_ADD = Route("luar.usul", int, str)  # unit, suggestion
OUTSIDE_NEW = Route("luar.baru")  # prompt
OUTSIDE_NEW_SAVE = Route("luar.s", int)  # unit: the typed text is the thing, perhaps with PIC and day
OUTSIDE_ATTACH = Route("luar.lampir", int)  # action item: prompt for a file or link
OUTSIDE_LINK = Route("luar.tautan", int, int)  # action item, revision: the typed text holds the link
OUTSIDE_FILE = Route("luar.berkas", int, int)  # as above: the sent file
OUTSIDE_SHOW = Route("luar.lihat", int)  # action item: what is attached
OUTSIDE_DETACH = Route("luar.lepas", int, int)  # action item, revision
