"""The public names of everything a button, a command or a prompt can mean.

A route name is public API: buttons that people received last year still carry it. Names are never
reused; a retired one is listed in `ALIASES`. An action packs into Telegram's 64 bytes of callback data
as "name:arg:arg"; text arguments are short codes without a colon.
"""

from flows.action import MAX_PACKED_BYTES as MAX_PACKED_BYTES
from flows.action import Action as Action
from flows.action import Route as Route
from flows.action import all_routes as all_routes
from flows.action import handler_of as handler_of
from flows.action import handles as handles
from flows.action import unpack as unpack
from flows.routes_announce import *
from flows.routes_api import *
from flows.routes_assess import *
from flows.routes_board import *
from flows.routes_bulk import *
from flows.routes_calendar import *
from flows.routes_evidence import *
from flows.routes_groups import *
from flows.routes_nextyear import *
from flows.routes_operations import *
from flows.routes_outside import *
from flows.routes_pact import *
from flows.routes_papers import *
from flows.routes_prepare import *
from flows.routes_registers import *
from flows.routes_remind import *
from flows.routes_season import *
from flows.routes_team import *
from flows.routes_work import *
from flows.routes_workbook import *

# menu, help, choice of unit ------------------------------------------------------------------------
HOME = Route("menu")
HELP = Route("bantuan")
CANCEL = Route("batal")
UNITS = Route("unit", int)  # page
UNIT_OPEN = Route("unit.buka", int)  # unit
DRAFT_USE = Route("draf.pakai")
DRAFT_ASK = Route("draf.tanya")
STRAY_FILE = Route("berkas.lain")
STRAY_OTHER = Route("pesan.lain")
OLD_BUTTON = Route("tombol.lama")

# ask -----------------------------------------------------------------------------------------------
ASK = Route("tanya")  # the typed text is the question
ASK_PROMPT = Route("tanya.mulai")
TOPIC = Route("topik", str)  # FAQ or glossary entry
TOPIC_PICK = Route("topik.pilih", str)  # typed 1, 2, 3 choose among comma-joined topic ids
TOPIC_RATE = Route("topik.nilai", str, int)  # topic, 1 helpful / 0 not
TOPICS = Route("topik.daftar", str, int)  # group ("" = groups), page

# terms and search ----------------------------------------------------------------------------------
TERMS = Route("istilah")  # the typed text is a term; without one the letters are shown
TERM_LETTER = Route("istilah.h", str, int)  # letter, page
SEARCH = Route("cari")  # the typed text is looked for; without one it is asked for
SEARCH_FOR = Route("cari.k", str)  # packed query: every group
SEARCH_GROUP = Route("cari.g", str, int, str)  # group, page, packed query
SEARCH_PICK = Route("cari.p", str, int, str)  # as above ("" = every group): a typed number opens a result

# questions about one's own unit --------------------------------------------------------------------
OWN = Route("kita", str, str)  # kind, and what is named with it: "", an area's number, or a target

# checklist (Isi LKE) and progress ------------------------------------------------------------------
LKE = Route("lke")
LKE_AREA = Route("lke.area", str)  # area
LKE_SUB = Route("lke.sub", str)  # sub-component or result group
LKE_ITEM = Route("lke.i", str)  # indicator or result item
LKE_SET = Route("lke.j", int, str, str, int)  # assessment, item, answer code, revision
LKE_FORCE = Route("lke.g", int, str, str, int)  # the same: replace the other person's answer
LKE_CLASH = Route("lke.k", int, str, str)  # assessment, item, answer code: somebody was quicker
LKE_TYPED = Route("lke.t", int, str, int)  # assessment, item, revision: the typed text is the answer
LKE_CLEAR_ASK = Route("lke.ha", str)  # item
LKE_CLEAR = Route("lke.h", int, str, int)  # assessment, item, revision
LKE_NOTE = Route("lke.p", str)  # item: prompt for Penjelasan
LKE_NOTE_SAVE = Route("lke.ps", int, str, int)  # assessment, item, revision: the typed text is the Penjelasan
LKE_NOTE_CLASH = Route("lke.pk", int, str)  # assessment, item: somebody was quicker
LKE_NOTE_MINE = Route("lke.pm", int, str, int, int)  # assessment, item, revision, 0 replace / 1 add below
LKE_EVIDENCE = Route("lke.b", str)  # item: examples of evidence in full
LKE_HISTORY = Route("lke.r", str, int)  # item, page
LKE_CONTINUE = Route("lke.lanjut")  # exactly where the person left off
PROGRESS = Route("progres")
PROGRESS_AREA = Route("progres.area", str)
PROGRESS_COPY = Route("progres.salin", str)  # area, or "" for the unit: plain text, ready to paste

# readiness: score, gates, priority steps, what-if, surveys, conditions of proposal -------------------
READINESS = Route("siap")
READINESS_GATES = Route("siap.syarat", str)  # target
READINESS_BOTH = Route("siap.banding")  # WBK beside WBBM
READINESS_OLDER = Route("siap.lama")  # the instrument before 2021
READINESS_PICTURE = Route("siap.gambar")
READINESS_HISTORY = Route("siap.riwayat")
READINESS_SEND = Route("siap.kirim")  # picture and five lines to forward
PRIORITY = Route("langkah", str, int)  # target ("" = the unit's), page
PRIORITY_ITEM = Route("langkah.i", str)  # item: its work, and how hard it is
PRIORITY_MARK = Route("langkah.t", int, str, str)  # assessment, item, mark ("" takes it away)
PRIORITY_MARKS = Route("langkah.daftar", int)  # page
SIMULATE = Route("simul", str)  # item at its best
SIMULATE_AS = Route("simul.j", str, str)  # item, answer code
SIMULATE_TYPED = Route("simul.k", str)  # item: the typed text is the answer to try
SURVEYS = Route("survei", int)  # page
SURVEY = Route("survei.lihat", int)
SURVEY_NEW = Route("survei.baru")
SURVEY_PERIOD = Route("survei.b", int, str)  # unit, kind: prompt for the period
SURVEY_PERIOD_TYPED = Route("survei.bk", int, str)  # unit, kind: the typed text is the period
SURVEY_ADD = Route("survei.bt", int, str, int, str)  # unit, kind, year, part
SURVEY_FIELD = Route("survei.isi", int, str, int)  # survey, field, 1 step by step / 0 this field alone
SURVEY_FIELD_SAVE = Route(
    "survei.is", int, str, int, int
)  # as above and revision: the typed text is the value
SURVEY_FIELD_CLEAR = Route("survei.ik", int, str, int)  # survey, field, revision
SURVEY_DELETE_ASK = Route("survei.ha", int)
SURVEY_DELETE = Route("survei.hapus", int, int)  # survey, revision
CONDITIONS = Route("syarat")  # of the open unit and its agency
CONDITION = Route("syarat.lihat", str)  # line
CONDITION_SET = Route("syarat.j", int, str, str)  # assessment, line, "ya" / "tidak" / ""
AGENCY_CONDITIONS = Route("syarat.instansi", int, int)  # agency, year
AGENCY_CONDITION = Route("syarat.il", int, int, str)  # agency, year, line
AGENCY_CONDITION_SET = Route("syarat.is", int, int, str, str)  # agency, year, line, value

# import (an LKE in Excel) ---------------------------------------------------------------------------
IMPORT = Route("impor")  # how to send it: prompt for the file
IMPORT_FILE = Route("impor.berkas")  # the sent file is an LKE in Excel
IMPORT_SHOW = Route("impor.lihat", int)  # import: what was read, or how it ended
IMPORT_TOLD = Route("impor.kabar", int)  # the sender is told that the file has been read
IMPORT_DOUBT = Route("impor.ragu", int, int)  # import, place of the doubt
IMPORT_DOUBT_SET = Route("impor.rs", int, int, str)  # import, place, answer code
IMPORT_DOUBT_TYPED = Route("impor.rt", int, int)  # import, place: the typed text is the answer
IMPORT_DOUBT_SKIP = Route("impor.rl", int, int)  # import, place
IMPORT_DIFF = Route("impor.beda", int)  # import: the next item that differs
IMPORT_DIFF_SET = Route("impor.bs", int, str, str)  # import, item, "e" from Excel / "k" keep the present
IMPORT_APPLY = Route("impor.simpan", int, int, int)  # import, 1 take what differs / 0 keep it, stamp
IMPORT_CANCEL = Route("impor.batal", int)
LKE_CONFIRM = Route("lke.ok", int, str, int)  # assessment, item, revision: the answer from Excel is right

# start, invitations, registration, agency, units, team ---------------------------------------------
START = Route("mulai")  # /start; the payload is the event's text
JOIN = Route("gabung", str)  # signed payload of the link: consent screen
JOIN_YES = Route("gabung.ya", str)  # payload: consent given, join
JOIN_READ = Route("gabung.baca", str)  # payload: "Baca dulu"
JOIN_DECLINE = Route("gabung.tidak", str)  # payload
JOIN_WAIT = Route("gabung.tunggu", int)  # join request: waiting for a decision
LINK_BAD = Route("gabung.salah")  # what can be done without a usable link
WELCOME = Route("gabung.hai", int)  # membership: pokja, who coordinates, first step
UNIT_REQUEST = Route("daftar.unit")
UNIT_REQUEST_SAVE = Route("daftar.simpan")
REQUESTS = Route("daftar.antre", int)  # page; admin: unit requests
REQUEST_SHOW = Route("daftar.lihat", int)
REQUEST_DECIDE = Route("daftar.putus", int, int)  # request, 1 accept / 0 refuse
REQUEST_ASKED = Route("daftar.masuk", int)  # an admin is told of a waiting request
REQUEST_TOLD = Route("daftar.kabar", int)  # the asker is told
REQUEST_MINE = Route("daftar.saya", int)  # the asker looks at their request
REQUEST_WITHDRAW = Route("daftar.tarik", int)
CLAIM = Route("klaim", str)  # signed payload of the first admin's link: consent
AGENCY_NAME = Route("instansi.nama", str)  # payload: prompt
AGENCY_NAME_SAVE = Route("instansi.ns", str)  # payload: the typed text is the name
ADMIN = Route("admin")
ADMIN_UNITS = Route("admin.unit", int, int)  # parent unit (0 = top), page
UNIT_NEW = Route("unit.baru", int)  # parent unit (0 = top): asks for the kind
UNIT_NEW_NAME = Route("unit.bn", int, str)  # parent, kind: prompt for the name
UNIT_NEW_SAVE = Route("unit.bs", int, str)  # parent, kind: the typed text is the name
UNIT_EDIT = Route("unit.ubah", int)
UNIT_RENAME = Route("unit.nama", int)
UNIT_RENAME_SAVE = Route("unit.nas", int, int)  # unit, revision
UNIT_ZONE = Route("unit.zona", int, str, int)  # unit, zone, revision
UNIT_TARGET = Route("unit.target", int, str)  # unit, WBK or WBBM
UNIT_YEAR = Route("unit.tahun", int, int)  # unit, year
UNIT_ARCHIVE_ASK = Route("unit.aa", int)
UNIT_ARCHIVE = Route("unit.arsip", int, int)  # unit, revision
UNIT_RESTORE = Route("unit.pulih", int, int)  # unit, revision
UNIT_MOVE = Route("unit.pindah", int, int)  # unit, page: choose a new parent
UNIT_MOVE_TO = Route("unit.ke", int, int, int)  # unit, parent (0 = top), revision
UNIT_CHECK = Route("unit.cek", int)  # a new coordinator checks the unit's data
UNIT_CHECK_TYPED = Route("unit.cekt", int)  # the typed text corrects or confirms them
UNIT_READY = Route("unit.siap", int)  # the next useful step
TEAM = Route("tim")
TEAM_PAGE = Route("tim.hal", int)
MEMBER = Route("tim.orang", int)  # membership
MEMBER_REVOKE_ASK = Route("tim.ca", int)
MEMBER_REVOKE = Route("tim.cabut", int)
INVITES = Route("undang")  # ways to invite
INVITE_MAKE = Route("undang.buat", str, str)  # role, area ("" = all)
INVITE_SHOW = Route("undang.lihat", int)
INVITE_QR = Route("undang.qr", int)
INVITE_REVOKE = Route("undang.cabut", int)
INVITE_OPEN = Route("undang.buka", int, int)  # invite, 1 accept all for two hours / 0 confirm each
INVITE_POKJA = Route("undang.pokja")  # makes links for all six areas at once
INVITE_POKJA_SHOW = Route("undang.pokjal")  # text to paste
INVITE_ROLE = Route("undang.peran", str)  # role: choose the area
INVITE_LIST = Route("undang.daftar", int)  # page: links that still work
INVITE_ADMIN = Route("undang.admin")  # a further admin of the agency
INVITE_COORDINATOR = Route("undang.koord", int)  # admin: unit
INVITE_ASSESSOR = Route("undang.penilai", int)  # admin: unit
JOIN_REQUESTS = Route("gabung.antre", int)  # page
JOIN_DECIDE = Route("gabung.putus", int, int)  # join request, 1 / 0
JOIN_ASKED = Route("gabung.kabar", int)  # coordinator is told of a waiting request
JOIN_TOLD = Route("gabung.hasil", int)  # the person is told

# personal: settings and privacy --------------------------------------------------------------------
SETTINGS = Route("atur")
SETTINGS_ZONE = Route("atur.zona", str)  # zone, or "" to follow the unit
PRIVACY = Route("privasi")
PRIVACY_EXPORT = Route("privasi.unduh")
PRIVACY_DELETE_ASK = Route("privasi.ha")
PRIVACY_DELETE = Route("privasi.hapus")
PRIVACY_DONE = Route("privasi.selesai")  # after the deletion

# deadlines and reminders ---------------------------------------------------------------------------
SCHEDULE = Route("jadwal")
DEADLINE = Route("jadwal.lihat", str)  # "tpi", "pengajuan" or area id
DEADLINE_ASK = Route("jadwal.atur", str)  # prompt for the date
DEADLINE_TYPED = Route("jadwal.ketik", str)  # the typed text is the date
DEADLINE_CHECK = Route("jadwal.cek", str, int)  # scope, minutes since 1970 (UTC): confirm before saving
DEADLINE_YES = Route("jadwal.ya", int, str, int, int)  # as DEADLINE_SET: the typed text confirms or corrects
DEADLINE_SET = Route("jadwal.s", int, str, int, int)  # unit, scope, minutes, revision (0 = none yet)
DEADLINE_CLEAR = Route("jadwal.h", int, str, int)  # unit, scope, revision
DEADLINE_DONE = Route("jadwal.ok", int, str, int)  # unit, scope, revision
DEADLINE_REOPEN = Route("jadwal.bk", int, str, int)  # unit, scope, revision
REMIND = Route("ingat", int, str, int)  # unit, "H-7" / "H-1" / "H", due day as yyyymmdd: rendered when sent
REMIND_OPEN = Route("ingat.buka", int, str)  # unit, "jadwal", "lke" or area: opens that unit first

# announcements -------------------------------------------------------------------------------------
ANNOUNCE = Route("umum")  # prompt for the text
ANNOUNCE_TEXT = Route("umum.isi")  # the typed text is the announcement
ANNOUNCE_EDIT = Route("umum.ubah", int)
ANNOUNCE_EDIT_TEXT = Route("umum.ui", int)
ANNOUNCE_PREVIEW = Route("umum.lihat", int)
ANNOUNCE_SEND = Route("umum.kirim", int)
ANNOUNCE_CANCEL = Route("umum.batal", int)
ANNOUNCE_STATUS = Route("umum.status", int)
ANNOUNCE_LEAVE = Route("umum.keluar", int)  # leaves a status that is still counting
ANNOUNCE_LIST = Route("umum.daftar", int)  # page
ANNOUNCED = Route("umum.terima", int)  # rendered at the receiver

# learning from people: what was not met, questions to the coordinator, the agency's own answers --------
TOPIC_WHY = Route("topik.sebab", str)  # topic: prompt for what was not quite right
TOPIC_WHY_SAVE = Route("topik.ss", str)  # topic: the typed text is the reason
TEAM_QUESTIONS = Route("tt", int)  # page: what the bot could not answer, grouped
UNMET = Route("tt.lihat", int)  # unmet question: its group
UNMET_ANSWER = Route("tt.jawab", int)  # prompt for the answer
UNMET_ANSWER_SAVE = Route("tt.js", int)  # the typed text is the answer
UNMET_IGNORE = Route("tt.abai", int)
COORD_ASK = Route("koor.tanya")  # the kept text: send it to the coordinators?
COORD_WRITE = Route("koor.tulis")  # prompt for the question
COORD_TYPED = Route("koor.isi")  # the typed text is the question
COORD_SEND = Route("koor.kirim", int)  # 1 with the asker's name / 0 without
COORD_ASKED = Route("koor.masuk", int)  # question: rendered at a coordinator
COORD_LIST = Route("koor.antre", int)  # page: questions to the open unit
COORD_SHOW = Route("koor.lihat", int)  # question, as a coordinator sees it
COORD_ANSWER = Route("koor.jawab", int)  # prompt for the answer
COORD_ANSWER_SAVE = Route("koor.js", int)  # the typed text is the answer
COORD_CLOSE = Route("koor.tutup", int)
COORD_REPLIED = Route("koor.balas", int)  # question: the answer, rendered at its asker
MY_QUESTIONS = Route("koor.saya", int)  # page
MY_QUESTION = Route("koor.sl", int)
MY_QUESTION_WITHDRAW = Route("koor.tarik", int)
ENTRY_READ = Route("ins", int)  # agency entry, as an answer
ENTRY_RATE = Route("ins.nilai", int, int)  # entry, 1 helpful / 0 not
ENTRIES = Route("ins.daftar", str, int)  # state, page
ENTRY = Route("ins.lihat", int)  # entry, as its keeper sees it
ENTRY_ASKED = Route("ins.kabar", int)  # entry to review: rendered at an admin
ENTRY_EDIT = Route("ins.ubah", int, str)  # entry, field: prompt
ENTRY_EDIT_SAVE = Route("ins.us", int, str, int)  # entry, field, revision: the typed text is the value
ENTRY_POLICY = Route("ins.keb", int, int)  # entry, revision: its base is the agency's own policy
ENTRY_STATE = Route("ins.jadi", int, str, int)  # entry, state, revision
ENTRIES_EXPORT = Route("ins.unduh", str)  # "xlsx" or "yaml"
ENTRIES_IMPORT = Route("ins.impor")  # prompt for the file
ENTRIES_FILE = Route("ins.berkas")  # the sent file holds entries
ENTRIES_READ = Route("ins.il", int)  # import: what was read, or how it ended
ENTRIES_TOLD = Route("ins.ik", int)  # the sender is told that the file has been read
ENTRIES_APPLY = Route("ins.is", int, int)  # import, version of the agency's entries
ENTRIES_CANCEL = Route("ins.ib", int)

COMMANDS: dict[str, Action] = {
    "start": START(),
    "menu": HOME(),
    "lke": LKE(),
    "ceklis": LKE(),
    "bukti": EVIDENCE(),
    "progres": PROGRESS(),
    "reviu": REVIEW_QUEUE(0),
    "kesiapan": READINESS(),
    "dokumen": DOCUMENTS(),
    "skor": READINESS(),
    "tanya": ASK_PROMPT(),
    "cari": SEARCH(),
    "istilah": TERMS(),
    "jadwal": SCHEDULE(),
    "tenggat": SCHEDULE(),
    "papan": BOARD(0, "", "jarak", 0),
    "keadaan": STATUS(),
    "status": STATUS(),
    "pengumuman": ANNOUNCE(),
    "siaran": ANNOUNCE(),
    "tugas": MINE(0),
    "rapat": MEETINGS(0),
    "tim": TEAM(),
    "unit": UNITS(0),
    "tahun": YEARS(0),
    "latihan": DRILLS(),
    "keliling": WALKS(),
    "pengesahan": ENDORSE(),
    "pakta": PACT(),
    "panduan": GUIDES(),
    "nilai": ASSESS(),
    "catatan": FINDINGS_HERE(),
    "grup": GROUP(),
    "tautkan": GROUP_TIE(),
    "topik": GROUP_TOPIC(),
    "pengingat": REMINDERS(0),
    "pengaturan": SETTINGS(),
    "privasi": PRIVACY(),
    "bantuan": HELP(),
    "help": HELP(),
    "batal": CANCEL(),
}
"""Commands and their aliases. `/tanya apa syarat WBK?` with a text is ASK itself (see `flows.step`)."""

ASKED_BY_COMMAND = {
    "progres": "progres",
    "kesiapan": "nilai",
    "skor": "nilai",
    "jadwal": "batas",
    "tenggat": "batas",
    "tim": "tim",
}
"""Commands that in a group are a question about one's own unit: answered in private."""

IN_GROUPS = frozenset(
    route.name
    for route in (
        *(HOME, HELP, CANCEL, START, OLD_BUTTON, STRAY_FILE, STRAY_OTHER),
        *(TASK_OF_MESSAGE, ASK, ASK_PROMPT, TOPIC, TOPIC_PICK, TOPIC_RATE, TOPICS),
        *(GUIDES, GUIDE, GUIDE_TYPED),
        *(TERMS, TERM_LETTER, SEARCH, SEARCH_FOR, SEARCH_GROUP, SEARCH_PICK),
        *(GROUP_TIE, GROUP_HELLO, GROUP_TOPIC, GROUP_RECAP, GROUP_BOARD, GROUP_CHANGED, GROUP_ASKED),
    )
)
"""What may be said where others read along: nothing of a unit or a person. All else is refused in groups."""
