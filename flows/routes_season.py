"""Routes of what comes after the submission, and of an agency's shortlist. See `flows.routes`.

A year of 0 is the one that is shown first.
"""

from flows.action import Route

# one unit (setelah pengajuan) ------------------------------------------------------------------------
SEASON = Route("usai", int, int)  # unit, year: where it stands, what comes next
SEASON_STAGE = Route("usai.tahap", int, int, str)  # unit, year, stage
SEASON_RESULT = Route(
    "usai.hasil", int, int, str, str, int
)  # unit, year, stage, result ("" = none), revision
SEASON_DAY = Route("usai.tgl", int, int, str)  # prompt for the day of the result
SEASON_DAY_SAVE = Route("usai.ts", int, int, str, int)  # as above and revision: the typed text is the day
SEASON_NOTE = Route("usai.cat", int, int, str)  # prompt for a note
SEASON_NOTE_SAVE = Route("usai.cs", int, int, str, int)  # as above and revision: the typed text is the note
SEASON_OBJECT = Route("usai.sanggah", int, int)  # prompt for what is objected to
SEASON_OBJECT_SAVE = Route("usai.ss", int, int)  # the typed text says it, perhaps with a day: an action item
SEASON_KEEP = Route("usai.jaga", int, int)  # what holds once the unit has the predicate

# notes of the LHE ------------------------------------------------------------------------------------
LHE = Route("lhe", int, int, int)  # unit, year, page
LHE_ADD = Route("lhe.isi", int, int)  # prompt
LHE_ADD_SAVE = Route("lhe.is", int, int)  # the typed lines are notes
LHE_NOTE = Route("lhe.lihat", int)  # note
LHE_EDIT = Route("lhe.ubah", int)  # prompt
LHE_EDIT_SAVE = Route("lhe.us", int, int)  # note, revision: the typed text is the note
LHE_REMOVE = Route("lhe.hapus", int, int)  # note, revision
LHE_CARRY = Route("lhe.bawa", int, int)  # unit, year: what would become action items
LHE_CARRY_DO = Route("lhe.jadi", int, int, int)  # unit, year, stamp

# the agency's list and shortlist -----------------------------------------------------------------------
PROPOSALS = Route("usul", int, int, str, int)  # branch (0 = all one may see), year, filter, page
PROPOSALS_FILTERS = Route("usul.saring", int, int, str)  # branch, year, filter
PROPOSALS_BRANCHES = Route("usul.cabang", int, int, int)  # branch, year, page
PROPOSALS_ASK = Route("usul.cari", int, int)  # branch, year: prompt for a unit's name
PROPOSALS_TYPED = Route("usul.ck", int, int)  # the typed text is a unit's name
CANDIDATE = Route("usul.unit", int, int)  # unit, year: readiness and the choice
PICK_ASK = Route("usul.tanya", int, int, str)  # unit, year, target: it is not ready, propose it all the same?
PICK = Route("usul.pilih", int, int, str, int)  # unit, year, target ("" = none), revision
PICK_TOLD = Route("usul.kabar", int, int)  # unit, year: rendered at the unit's coordinator
QUOTA = Route("usul.kuota", int, int)  # agency, year: prompt
QUOTA_SAVE = Route("usul.ks", int, int, int)  # agency, year, revision: the typed text holds number and letter
SEASON_OPEN = Route("usul.buka", int, int, int, int)  # agency, year, 1 open / 0 close, revision
PICKS_TELL_ASK = Route("usul.umum", int, int)  # agency, year: what the units would be told
PICKS_TELL = Route("usul.uk", int, int, int)  # agency, year, stamp
