"""Routes of the calendar: stages, recurring duties, batas waktu of every level. See `flows.routes`."""

from flows.action import Route

AGENDA = Route("jadwal.daftar", str, int)  # view ("", saya, tahap, lke, rutin, tugas, selesai), page
AGENDA_TYPED = Route("jadwal.nomor", str, int)  # as above: the typed number opens one
STAGES = Route("tahap")  # the unit's year
STAGE = Route("tahap.lihat", str)  # stage: what it is, who, guidance, date
STAGES_USE = Route("tahap.pakai", int, int)  # unit, stamp: give the stages to come their template dates
PLAN = Route("jadwal.usul")  # what the bot proposes, counted back from the TPI's date
PLAN_USE = Route("jadwal.pakai", int, int)  # unit, stamp
PLAN_LATER = Route("jadwal.nanti")
DEADLINE_SHIFT = Route(
    "jadwal.geser", int, str, int, int
)  # unit, scope, minutes, stamp: with what goes along
DEADLINE_SHIFT_TYPED = Route("jadwal.gk", int, str, int, int)  # as above: the text confirms or corrects
DEADLINE_PIN = Route("jadwal.kunci", int, str, int, int)  # unit, scope, 1 stays / 0 goes along, revision
DUTIES = Route("rutin")  # recurring duties of the open unit
DUTY = Route("rutin.lihat", str)  # duty
DUTY_SWITCH = Route("rutin.j", int, str, int, int)  # unit, duty, 1 on / 0 off, revision
DUTY_DAY = Route("rutin.hari", str)  # duty: prompt for the day of the month
DUTY_DAY_SAVE = Route("rutin.hs", int, str, int)  # unit, duty, revision: the typed text is the day
DUTY_DAY_USUAL = Route("rutin.hu", int, str, int)  # unit, duty, revision
CALENDAR = Route("jadwal.ics", str)  # "" the whole unit's, "saya" one's own: the file
AGENCY_STAGES = Route("tahap.i", int)  # agency: its template
AGENCY_STAGE = Route("tahap.il", int, str)  # agency, stage: prompt for the distance
AGENCY_STAGE_SAVE = Route(
    "tahap.is", int, str, int
)  # agency, stage, revision: the typed text is the distance
AGENCY_STAGE_USUAL = Route("tahap.iu", int, str, int)  # agency, stage, revision
DUE_OPEN = Route("due.buka", int, str, str)  # unit, kind, ref ("~" for ":"): opens the unit, then the thing
