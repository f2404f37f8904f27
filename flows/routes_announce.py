"""Routes of announcements: contents, receivers, moment, following, answers. See `flows.routes`."""

from flows.action import Route

# what it says --------------------------------------------------------------------------------------
ANNOUNCE_FILE = Route("umum.berkas")  # the sent photo or document begins an announcement
ANNOUNCE_ATTACH = Route("umum.lampir", int)  # prompt for a photo or document
ANNOUNCE_ATTACH_FILE = Route("umum.lf", int)  # the sent file is its attachment
ANNOUNCE_DETACH = Route("umum.lepas", int)
ANNOUNCE_TEMPLATE = Route("umum.contoh", str)  # kind: prompt for the three lines
ANNOUNCE_TEMPLATE_TEXT = Route("umum.ct", str)  # kind: the typed text holds the three lines
ANNOUNCE_SAMPLE = Route("umum.saya", int)  # the draft exactly as its receivers will get it
ANNOUNCE_COPY = Route("umum.salin", int)  # plain text, ready to paste
READINESS_COPY = Route("siap.salin")  # the five lines about readiness as plain text
ANNOUNCE_POSTER = Route("umum.poster", int)  # a QR poster for those who have never opened the bot

# whom it is for ------------------------------------------------------------------------------------
ANNOUNCE_WIDE = Route("umum.luas")  # prompt for an announcement to several units
ANNOUNCE_WIDE_TEXT = Route("umum.li")  # the typed text is that announcement
ANNOUNCE_WIDE_FILE = Route("umum.lb")  # the sent file begins that announcement
ANNOUNCE_TO = Route("umum.ke", int)  # choose who
ANNOUNCE_TO_SET = Route("umum.ks", int, str)  # audience
ANNOUNCE_TO_AREA = Route("umum.area", int)  # choose the area
ANNOUNCE_TO_UNREAD = Route("umum.belum", int)  # choose the earlier one that they have not read
ANNOUNCE_TO_PEOPLE = Route("umum.orang", int, int)  # page: choose persons
ANNOUNCE_TO_PERSON = Route("umum.ot", int, int, int)  # person, page: in or out
ANNOUNCE_WHERE = Route("umum.unit", int, int)  # page: choose which units
ANNOUNCE_WHERE_SET = Route("umum.us", int, str, int)  # scope, unit
ANNOUNCE_GATE = Route("umum.syarat", int)  # choose the gate that the units have missed
ANNOUNCE_GATE_SET = Route("umum.ss", int, str)  # gate ("" = none)

# when ----------------------------------------------------------------------------------------------
ANNOUNCE_WHEN = Route("umum.kapan", int)  # prompt for the moment
ANNOUNCE_WHEN_TYPED = Route("umum.kt", int)  # the typed text is the moment
ANNOUNCE_WHEN_CHECK = Route("umum.kc", int, int)  # minutes since 1970 (UTC): confirm
ANNOUNCE_WHEN_SET = Route("umum.kj", int, int)  # minutes since 1970 (UTC)
ANNOUNCE_UNSCHEDULE = Route("umum.kb", int)
ANNOUNCE_VALID = Route("umum.laku", int)  # choose or type how long it is current
ANNOUNCE_VALID_SET = Route("umum.ls", int, int)  # days from sending
ANNOUNCE_VALID_TYPED = Route("umum.lt", int)  # the typed text is its last day
ANNOUNCE_NOT_SENT = Route("umum.gagal", int)  # told to its author: it was not sent at its moment

# following it --------------------------------------------------------------------------------------
ANNOUNCE_FOLLOW = Route("umum.pantau", int)  # its author follows it: edited in place
ANNOUNCE_TO_GROUP = Route("umum.grup", int)  # a sent one goes to the unit's group as well
ANNOUNCE_STOP = Route("umum.henti", int)  # what was not sent yet stays unsent
ANNOUNCE_READERS = Route("umum.baca", int, int)  # page: who has read it, for its author
ANNOUNCE_REMIND = Route("umum.ingat", int)  # remind the others, once
ANNOUNCE_SUGGEST = Route("umum.saran", int)  # rendered at its author: remind the others?
ANNOUNCE_SUGGEST_NO = Route("umum.st", int)
ANNOUNCE_ABSENCE = Route("umum.alasan", int, int)  # person: who cannot come, told to the coordinator

# at the receiver -----------------------------------------------------------------------------------
ANNOUNCE_READ = Route("umum.sudah", int)
ANNOUNCE_ABSENT = Route("umum.absen", int)  # prompt for the reason
ANNOUNCE_ABSENT_SAVE = Route("umum.as", int)  # the typed text is the reason
ANNOUNCE_COMING = Route("umum.hadir", int)  # can come after all
ANNOUNCE_QUESTION = Route("umum.tanya", int)  # a question to the unit's coordinator
ANNOUNCE_REMINDER = Route("umum.lagi", int)  # the reminder, rendered at the receiver
