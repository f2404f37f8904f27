"""Routes of the unit's group. See `flows.routes`."""

from flows.action import Route

GROUP = Route("grup")  # of the open unit, in private
GROUP_OF = Route("grup.unit", int)  # unit: as a coordinator who opens it, or as an admin who looks
GROUPS = Route("grup.daftar", int)  # page: every linked group of an admin's agency
GROUP_TIE = Route("grup.taut")  # /tautkan, typed in the group
GROUP_CLAIM = Route("grup.klaim", int)  # claim: which unit?
GROUP_LINK_ASK = Route("grup.tanya", int, int)  # claim, unit: what would change
GROUP_LINK = Route("grup.sambung", int, int)  # claim, unit
GROUP_HELLO = Route("grup.hai", int)  # group: said there when it has been linked
GROUP_TOLD = Route("grup.info", int, str, int)  # group, what happened, its number: rendered at a coordinator
GROUP_SWITCH = Route("grup.ganti", int, str, int, int)  # group, "rekap" / "nilai" / "papan", 1 / 0, revision
GROUP_AGAIN = Route("grup.ulang", int, int)  # group, revision: a new scoreboard, and another try
GROUP_UNLINK_ASK = Route("grup.la", int)  # group
GROUP_UNLINK = Route("grup.lepas", int, int)  # group, revision
GROUP_SAMPLE = Route("grup.contoh", int)  # group: the summary as it would be now
GROUP_TOPIC = Route("grup.topik")  # /topik, typed in the group
GROUP_PLACES = Route("grup.tempat", int)  # group: which area goes to which topic
GROUP_PLACE = Route("grup.tp", int, str)  # group, area ("" = everything else): choose a topic
GROUP_PLACE_SET = Route("grup.ts", int, str, int)  # as above, thread (0 = the general topic)
GROUP_RECAP = Route("grup.rekap", int, str, int)  # group, area, day as yyyymmdd: rendered in the group
GROUP_COPY = Route("grup.salin", int, str)  # group, area: the summary as plain text, ready to paste
GROUP_BOARD = Route("grup.papan", int)  # group: the scoreboard, rendered in the group
GROUP_CHANGED = Route("grup.ubah")  # the chat itself changed: moved, bot in or out, topics
GROUP_ASKED = Route("grup.t", str, str)  # kind, named: a question about one's own unit, asked in a group
GROUP_ANSWER = Route("grup.jawab", int, str, str)  # unit (0 = the open one), kind, named: its private answer
