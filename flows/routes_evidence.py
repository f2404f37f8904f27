"""Routes of evidence (bukti dukung). See `flows.routes`."""

from flows.action import Route

# what was sent and is being taken in ---------------------------------------------------------------

INTAKE = Route("bi", int)  # intake, in whatever state: examined, asking where it belongs, saved, refused
INTAKES = Route("bi.antre", int)  # page: what one has sent and that waits for a word
INTAKE_FILE = Route("bi.kirim", str)  # item ("" = none): the sent file is evidence
INTAKE_LINK = Route("bi.tautan", str)  # item ("" = none): the typed text is a link to evidence
INTAKE_SHEET = Route("bi.lke", int)  # intake: the sheet is an LKE after all, to be imported
INTAKE_SAVE = Route("bi.simpan", int, int)  # intake, revision: right, save it so
INTAKE_TYPED = Route("bi.ketik", int, int)  # intake, revision: the typed text confirms or corrects
INTAKE_DATE = Route("bi.tgl", int)  # intake: prompt for the date
INTAKE_DATE_SAVE = Route("bi.tgls", int, int)  # intake, revision: the typed text is the date
INTAKE_PERIOD = Route("bi.per", int)  # intake: for which period?
INTAKE_PERIOD_SET = Route("bi.pers", int, str, int)  # intake, period, revision
INTAKE_PERIOD_TYPED = Route("bi.perk", int, int)  # intake, revision: the typed text is the period
INTAKE_WHERE = Route("bi.ke", int, str)  # intake, area or sub-component ("" = areas): choose an item
INTAKE_ITEM = Route("bi.kei", int, str, int)  # intake, item, revision: it belongs there
INTAKE_WHAT = Route("bi.apa", int)  # intake: which document is it?
INTAKE_EXPECTED = Route("bi.apas", int, int, int)  # intake, place of the example (-1 = other), revision
INTAKE_CANCEL_ASK = Route("bi.ba", int)  # intake
INTAKE_CANCEL = Route("bi.batal", int)  # intake
INTAKE_AGAIN = Route("bi.lagi", int)  # intake: examine again what could not be fetched
INTAKE_SAVED = Route("bi.sudah", int)  # intake: saved, and the next step

# evidence of an item, of a unit --------------------------------------------------------------------
EVIDENCE = Route("bukti")  # the unit's evidence by area
EVIDENCE_AREA = Route("bukti.area", str, int)  # area, page
EVIDENCE_SEARCH = Route("bukti.cari")  # prompt for words
EVIDENCE_SEARCHED = Route("bukti.cr")  # the typed text is looked for
EVIDENCE_FOUND = Route("bukti.temu", str, int)  # words, page
EVIDENCE_LACKING = Route("bukti.kurang", int)  # page: answered at its best without evidence or Penjelasan
EVIDENCE_ITEM = Route("bukti.i", str)  # item: examples, what is there and what is missing
EVIDENCE_ADD = Route("bukti.tambah", str)  # item: prompt for files or links
EVIDENCE_WAIVES = Route("bukti.tpd", str)  # item: which examples are not needed?
EVIDENCE_WAIVE = Route("bukti.tp", int, str, int, int)  # assessment, item, example, revision: on or off
EVIDENCE_SHOW = Route("bukti.lihat", int)  # evidence
EVIDENCE_SEND = Route("bukti.unduh", int, int)  # evidence, version (0 = newest)
EVIDENCE_VERSIONS = Route("bukti.versi", int)  # evidence
EVIDENCE_REPLACE = Route("bukti.ganti", int)  # evidence: prompt for a new version
EVIDENCE_REPLACE_FILE = Route("bukti.gf", int)  # evidence: the sent file is its new version
EVIDENCE_REPLACE_LINK = Route("bukti.gt", int)  # evidence: the typed text is the link of its new version
EVIDENCE_EDIT = Route("bukti.ubah", int)  # evidence: what may be changed
EVIDENCE_TITLE = Route("bukti.judul", int)  # evidence: prompt
EVIDENCE_TITLE_SAVE = Route("bukti.js", int, int)  # evidence, revision: the typed text is the title
EVIDENCE_RESTRICT = Route("bukti.tb", int, int, int)  # evidence, 1 restricted / 0 open, revision
EVIDENCE_USES = Route("bukti.untuk", int, str)  # evidence, area or sub-component: one more item
EVIDENCE_USE_TYPED = Route("bukti.uk", int)  # evidence: the typed text names an item
EVIDENCE_USE_WHAT = Route("bukti.ud", int, str)  # evidence, item: which document is it there?
EVIDENCE_USE_AS = Route("bukti.us", int, str, int)  # evidence, item, example (-1 = other)
EVIDENCE_DETACH_ASK = Route("bukti.la", int, str)  # evidence, item
EVIDENCE_DETACH = Route("bukti.lepas", int, str)  # evidence, item
EVIDENCE_REMOVE_ASK = Route("bukti.ha", int)  # evidence
EVIDENCE_REMOVE = Route("bukti.hapus", int, int)  # evidence, revision

# links, period and window --------------------------------------------------------------------------
LINK_CHECK = Route("bukti.cek", int)  # evidence: look at its link again
LINK_TOLD = Route("bukti.kabar", int)  # evidence: its link looks otherwise since; rendered at its sender
EVIDENCE_OPEN = Route("bukti.buka", int)  # evidence: opens its unit first
EVIDENCE_DATE = Route("bukti.et", int)  # evidence: prompt for the date
EVIDENCE_DATE_SAVE = Route("bukti.ets", int, int)  # evidence, revision: the typed text is the date
EVIDENCE_VALID = Route("bukti.sah", int)  # evidence: prompt for the last day on which it counts
EVIDENCE_VALID_SAVE = Route("bukti.ss", int, int)  # evidence, revision: the typed text is that day
EVIDENCE_VALID_CLEAR = Route("bukti.sh", int, int)  # evidence, revision
EVIDENCE_PERIOD = Route("bukti.ep", int)  # evidence: for which period?
EVIDENCE_PERIOD_SET = Route("bukti.eps", int, str, int)  # evidence, period, revision
EVIDENCE_PERIOD_TYPED = Route("bukti.epk", int, int)  # evidence, revision: the typed text is the period
WINDOW = Route("rentang", int)  # agency ahead of unit: 0 the open unit's, else the agency
WINDOW_ASK = Route("rentang.atur", int)  # as above: prompt for the two dates
WINDOW_SAVE = Route("rentang.s", int)  # as above: the typed text holds the two dates
WINDOW_RESET = Route("rentang.h", int)  # as above: back to the usual window
