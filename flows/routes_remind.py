"""Routes of reminders: the morning digest, answers to it, how one wants to be told. See `flows.routes`."""

from flows.action import Route

# the digest and its things -------------------------------------------------------------------------
DIGEST = Route("pagi", int)  # day as yyyymmdd: rendered when sent
REMINDERS = Route("pagi.semua", int)  # page: everything the person is reminded of now
REMINDER = Route("ing", int)  # reminder: what, why, what ends it
REMINDER_DO = Route("ing.buka", int)  # reminder: opens its unit and leads to the work
REMINDER_AGAIN = Route("ing.lagi", int)  # reminder: when to be told again
REMINDER_AGAIN_SET = Route("ing.ls", int, str, int)  # reminder, "1j" / "b" / "s", revision
REMINDER_NOW = Route(
    "ing.kini", int, int
)  # reminder, yyyymmdd: the wish for "in an hour", rendered when sent
REMINDER_OTHER = Route("ing.lain", int)  # reminder: Pilihan lain
REMINDER_PROMISE = Route("ing.janji", int)  # prompt for the day
REMINDER_PROMISE_SAVE = Route("ing.js", int, int)  # reminder, revision: the typed text is the day
REMINDER_STUCK = Route("ing.kendala", int)  # prompt for what stands in the way
REMINDER_STUCK_SAVE = Route("ing.ks", int, int)  # reminder, revision: the typed text is the reason
REMINDER_NOT_MINE = Route("ing.bukan", int)  # prompt: whose is it?
REMINDER_NOT_MINE_SAVE = Route("ing.bs", int, int)  # reminder, revision: the typed text says it
REMINDER_TOLD = Route("ing.kabar", int, int)  # reminder, revision: rendered at those who lead
REMINDER_STAYS = Route("ing.tetap", int, int)  # reminder, revision: who leads decides that it stays theirs
REMINDER_DECIDED = Route("ing.putus", int, int)  # reminder, who decided: rendered at the one who asked
REMINDER_REASSIGN = Route("ing.alih", int)  # reminder: opens its unit, where its PIC is changed

# following up (Pantau pengingat) and the unit's own days -------------------------------------------
WATCH = Route("pantau", int)  # page: what each person was told, opened, promised, did
WATCH_PERSON = Route("pantau.orang", int, int)  # person, page
UNIT_DAYS = Route("pantau.jarak")  # how many days before something is due the unit reminds
UNIT_DAYS_SET = Route("pantau.js", int, int, int)  # unit, days before, 1 on / 0 off
UNIT_DAYS_USUAL = Route("pantau.ju", int)  # unit: as usual again
TO_ADMIN = Route("pantau.admin", int)  # agency: are its admins told of overdue stages?
TO_ADMIN_SET = Route("pantau.as", int, int)  # agency, 1 on / 0 off

# how one wants to be told --------------------------------------------------------------------------
PREFS = Route("atur.ingat")
PREFS_SLOT = Route("atur.jam", int)  # minutes after midnight
PREFS_QUIET = Route("atur.tenang", int)  # minutes after midnight
PREFS_KIND = Route("atur.jenis", str, int)  # kind, 1 on / 0 off
LEAVE = Route("atur.cuti")  # prompt for the days of leave
LEAVE_SAVE = Route("atur.cs")  # the typed text holds them
LEAVE_SAY = Route("atur.cutik")  # "cuti sampai 12 Juni", typed without a prompt
LEAVE_END = Route("atur.ch")  # back from leave
