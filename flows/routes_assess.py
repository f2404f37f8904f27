"""Routes of the internal assessors (TPI): desk, card, rounds, findings, team, proposal. See `flows.routes`.

An assessment named here is always the unit's own worksheet; the assessors' is found by it.
"""

from flows.action import Route

# the assessor's desk ---------------------------------------------------------------------------------
ASSESS = Route("nilai")  # Penilaian saya: units and what waits there, oldest first
ASSESS_UNIT = Route("nilai.unit", int)  # assessment: one unit's desk; opens the unit
ASSESS_ITEMS = Route("nilai.daftar", int, str, int)  # assessment, "beda" / "belum" / "semua" or area, page
ASSESS_CARD = Route("nilai.i", int, str)  # assessment, item: answer, evidence, and the own value
ASSESS_SET = Route("nilai.j", int, str, str, int)  # assessment, item, answer code, revision
ASSESS_TYPED = Route("nilai.t", int, str, int)  # assessment, item, revision: the typed text is the value
ASSESS_CLEAR = Route("nilai.h", int, str, int)  # assessment, item, revision
ASSESS_REASON = Route("nilai.al", int, str)  # assessment, item: prompt for the reason
ASSESS_REASON_SAVE = Route("nilai.as", int, str, int)  # as above, revision: the typed text is the reason
ASSESS_REASON_USE = Route("nilai.af", int, str, int, int)  # as above, and the place of a ready phrase
ASSESS_HISTORY = Route("nilai.r", int, str, int)  # assessment, item, page: both sides' changes
ASSESS_NOTE = Route("nilai.c", int, str)  # assessment, item: private notes of the assessors
ASSESS_NOTE_SAVE = Route("nilai.cs", int, str)  # as above: the typed text is one's note
ASSESS_NOTE_CLEAR = Route("nilai.ch", int, str)  # as above: one's note goes

# rounds (putaran) ------------------------------------------------------------------------------------
ROUND_CUTOFF = Route("nilai.batas", int)  # assessment: prompt for the last day that counts
ROUND_CUTOFF_SAVE = Route("nilai.bs", int, int)  # round, revision: the typed text is the day
ROUND_SIGN_ASK = Route("nilai.sa", int)  # round: what would be signed
ROUND_SIGN = Route("nilai.s", int, int)  # round, revision: as ketua or pengendali teknis
ROUND_BACK = Route("nilai.sb", int, int)  # round, revision: pengendali teknis gives it back to the team
ROUND_OPEN = Route("nilai.buka", int, int)  # assessment, number of the round
ROUND_TOLD = Route("nilai.kabar", int)  # round: signed, rendered at the unit

# scores side by side, and whether a unit may be proposed -----------------------------------------------
TPI_SCORES = Route("tpi.nilai", int)  # assessment: by area, differences first
TPI_DIFFERENCES = Route("tpi.beda", int, int)  # assessment, page: by item, differences first
PROPOSABLE = Route("tpi.usul", int)  # assessment: siap diusulkan?
PROPOSABLE_EVIDENCE = Route("tpi.bukti", int, int)  # assessment, page: what its evidence lacks

# findings (catatan TPI) and the unit's tanggapan --------------------------------------------------------
FINDINGS = Route("catatan", int, int)  # assessment, page
FINDINGS_HERE = Route("catatan.unit")  # of the open unit
FINDING = Route("catatan.lihat", int)
FINDING_OF_TASK = Route("catatan.tugas", int)  # action item: the finding behind it
FINDING_NEW = Route("catatan.baru", int, str)  # assessment, item: prompt
FINDING_SAVE = Route("catatan.s", int, str)  # as above: the typed text is the finding
FINDING_USE = Route("catatan.f", int, str, int)  # as above and the place of a ready phrase
FINDING_PIC = Route("catatan.pic", int, int)  # finding, page: who of the unit answers
FINDING_PIC_SET = Route("catatan.ps", int, int, int)  # finding, person, revision
FINDING_DUE = Route("catatan.tgl", int)  # finding: prompt
FINDING_DUE_SAVE = Route("catatan.ts", int, int)  # finding, revision: the typed text is the day
FINDING_DROP = Route("catatan.hapus", int, int)  # finding, revision: taken back by the assessors
FINDING_ANSWER = Route("catatan.jawab", int)  # finding: prompt for the tanggapan
FINDING_ANSWER_SAVE = Route("catatan.js", int, int)  # finding, revision: the typed text is the tanggapan
FINDING_ACCEPT = Route("catatan.ok", int, int)  # finding, revision: settled
FINDING_KEEP = Route("catatan.tetap", int)  # finding: prompt for what is still to be done
FINDING_KEEP_SAVE = Route("catatan.tt", int, int)  # finding, revision: the typed text says it
FINDING_ANSWERED = Route("catatan.masuk", int, int)  # finding, revision: rendered at the assessors
FINDING_TOLD = Route("catatan.kabar", int, int)  # finding, revision: decided, rendered at who answered

# the team of assessors, for the agency's admin ----------------------------------------------------------
TPI_TEAM = Route("tpi.tim", int)  # unit
TPI_ADD = Route("tpi.tambah", int, str, int)  # unit, tier, page: whom?
TPI_ASSIGN = Route("tpi.tunjuk", int, int, str)  # unit, person, tier
TPI_MEMBER = Route("tpi.orang", int)  # assignment: tier, areas
TPI_TIER = Route("tpi.tk", int, str, int)  # assignment, tier, revision
TPI_AREA = Route("tpi.area", int, str, int)  # assignment, area ("" = all), revision: on or off
TPI_END = Route("tpi.lepas", int, int)  # assignment, revision
TPI_ASSIGNED = Route("tpi.kabar", int)  # assignment: rendered at the assessor
