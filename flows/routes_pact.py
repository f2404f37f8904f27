"""Routes of the pakta integritas, the pencanangan, and the short guide. See `flows.routes`."""

from flows.action import Route

PACT = Route("pakta")  # of the open unit; strangers read what a pakta is
PACT_LIST = Route("pakta.daftar", int)  # page: who has not signed, then who has
PACT_PERSON = Route("pakta.orang", str)  # "p" and a person's id, or "n" and a typed name's row
PACT_WILLING = Route("pakta.sanggup", int, int)  # unit, 1 promises to sign / 0 no longer
PACT_FILE = Route("pakta.kirim", int, str)  # unit, whom it is for ("" = chosen after): the sent file
PACT_SHEET = Route("pakta.lembar", int, int)  # sheet, page: in whatever state, and whom it covers
PACT_SHEET_TOLD = Route("pakta.kabar", int)  # sheet: rendered at its sender once it was read
PACT_SHEET_SEND = Route("pakta.unduh", int)
PACT_SHEETS = Route("pakta.berkas", int)  # page: every sheet of the unit
PACT_COVER = Route("pakta.untuk", int, str, int, int)  # sheet, whom, 1 covered / 0 not, page
PACT_COVER_ALL = Route("pakta.semua", int)  # sheet: everybody who has not signed
PACT_COVER_TYPED = Route("pakta.uk", int)  # sheet: the typed text names whom it covers
PACT_FORM = Route("pakta.bentuk", int, str, int)  # sheet, scan or tte, revision
PACT_DATE = Route("pakta.tgl", int)  # sheet: prompt for the day of signing
PACT_DATE_SAVE = Route("pakta.tgls", int, int)  # sheet, revision: the typed text is the day
PACT_SHEET_REMOVE_ASK = Route("pakta.ha", int)
PACT_SHEET_REMOVE = Route("pakta.hapus", int, int)  # sheet, revision
PACT_NAMES = Route("pakta.nama", int)  # unit: prompt for names, one a line
PACT_NAMES_SAVE = Route("pakta.ns", int)
PACT_NAME_REMOVE_ASK = Route("pakta.na", str)  # a typed name
PACT_NAME_REMOVE = Route("pakta.nh", str)  # take it off the list
PACT_ASK = Route("pakta.ingat", int)  # unit: before those who have not signed are asked
PACT_ASK_DO = Route("pakta.ik", int)
PACT_ASKED = Route("pakta.ajak", int)  # unit: rendered at who is asked to sign
PACT_OPEN = Route("pakta.buka", int)  # unit: opens it, then the pakta
LAUNCH = Route("canang")  # the pencanangan of the open unit: what is ready, what was recorded
LAUNCH_FIELD = Route("canang.isi", int, str)  # unit, field: prompt
LAUNCH_SAVE = Route("canang.s", int, str, int)  # unit, field, revision: the typed text is the value
LAUNCH_CLEAR = Route("canang.k", int, str, int)  # unit, field, revision
GUIDES = Route("panduan")  # the short guide: its pages
GUIDE = Route("panduan.lihat", str)  # topic
GUIDE_TYPED = Route("panduan.ketik")  # the typed text is the number or name of a page
