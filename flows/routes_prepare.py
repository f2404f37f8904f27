"""Routes of what a unit does before an evaluation: interview drills and counter walks. See `flows.routes`."""

from flows.action import Route

PREPARE = Route("siaga")  # before the evaluation: drills and walks of the open unit

# drills (latihan wawancara) --------------------------------------------------------------------------
DRILLS = Route("latih")  # one's own drills in the open unit
DRILL_JOIN = Route("latih.ikut", int, int)  # unit, 1 with a reminder / 0 without
DRILL_LEAVE = Route("latih.henti", int)  # unit
DRILL_REMIND = Route("latih.ingat", int, int)  # unit, 1 / 0
DRILL_START = Route("latih.mulai", int)  # unit: a new drill, or the one that was left
DRILL = Route("latih.soal", int)  # drill: the question that is next, or how it went
DRILL_PICK = Route("latih.p", int, int, int)  # drill, place, choice
DRILL_TYPED = Route("latih.k", int, int)  # drill, place: the typed text is the answer
DRILL_TOLD = Route("latih.j", int, int)  # drill, place: the explanation
DRILL_POINTS = Route("latih.isi", int, int)  # drill, place: what a good answer to an open question holds
DRILL_MARK = Route("latih.n", int, int, int)  # drill, place, 1 covered / 0 again: marked by oneself
DRILL_AGAIN = Route("latih.lagi", int)  # drill: those that were wrong, at once
DRILL_READ = Route("latih.baca", str, int)  # area ("-" general, "" the list), page
DRILL_COVERAGE = Route("latih.cakup", int)  # unit: by area, for those who lead
DRILL_INVITE = Route("latih.undang", int)  # unit: the draft of one announcement

# counter walk (keliling loket) -----------------------------------------------------------------------
WALKS = Route("keliling")  # the open unit's walk
WALK_BEGIN = Route("keliling.mulai", int)  # unit
WALK = Route("keliling.lihat", int)
WALK_PLACE = Route("keliling.tempat", int, str)  # walk, place
WALK_POINT = Route("keliling.titik", int, str)  # walk, point
WALK_MARK = Route("keliling.t", int, str, str, int)  # walk, point, state, revision (0 = none yet)
WALK_FINDING = Route("keliling.temu", int, str)  # walk, point: note and owner
WALK_NOTE = Route("keliling.cat", int, str)  # walk, point: the typed text says what is wrong
WALK_OWNERS = Route("keliling.siapa", int, str, int)  # walk, point, page
WALK_TASK = Route("keliling.tugas", int, str, int)  # walk, point, person: it becomes an action item
WALK_PHOTO = Route("keliling.foto", int, str)  # walk, point: the sent file is a photo of it
WALK_PICTURE = Route("keliling.fl", int)  # photo
WALK_PICTURE_REMOVE = Route("keliling.fh", int)  # photo
WALK_ATTACH = Route("keliling.fb", int)  # photo: it goes the way of evidence
WALK_FINDINGS = Route("keliling.daftar", int, int)  # walk, page
WALK_END_ASK = Route("keliling.tanya", int)  # walk: not every point has been looked at
WALK_END = Route("keliling.usai", int, int)  # walk, revision
