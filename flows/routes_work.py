"""Routes of PIC, own tasks, action items, review, meetings. See `flows.routes`."""

from flows.action import Route

# PIC (person in charge) ----------------------------------------------------------------------------
PIC = Route("pic", str, int, int)  # scope, part (0 PIC, 1 deputy, 2 PIC from the list), page: choose a person
PIC_TYPED = Route("pic.k", str, int, int)  # scope, part, revision: the typed text is a name
PIC_SET = Route("pic.s", int, str, int, int, int)  # assessment, scope, part, person (0 = nobody), revision
PIC_TAKE = Route("pic.ambil", int, str)  # assessment, item: for oneself
PIC_BEGIN = Route("pic.mulai", str)  # item just taken: by when, and what is missing
PIC_TOLD = Route("pic.kabar", int, int)  # assessment, yyyymmdd: rendered at who was made PIC
PIC_NONE = Route("pic.kosong")  # items without PIC by area
PIC_NONE_AREA = Route("pic.ka", str, int)  # area, page


# own work (Tugas saya) and action items (tugas) ----------------------------------------------------
MINE = Route("saya", int)  # page: everything that waits for the person in the open unit
MINE_IN = Route("saya.di", int)  # unit: opens it first
TASKS = Route("tugas", str, int)  # "" open / "k" stuck / "s" done; page: of the open unit
TASK = Route("tugas.lihat", int)
TASK_NEW = Route("tugas.baru", str)  # item ("" = none): prompt for what is to be done
TASK_NEW_SAVE = Route("tugas.bs", int, str)  # assessment, item: the typed text holds work, PIC and day
TASK_PAYLOAD = "tugas"
"""What /start carries from a group to the private chat where an action item is made."""
TASK_OF_MESSAGE = Route("tugas.pesan")  # /tugas with words, or in reply to a message
TASK_STATE = Route("tugas.jadi", int, str, int)  # task, state, revision
TASK_STUCK = Route("tugas.k", int)  # prompt for what stands in the way
TASK_STUCK_SAVE = Route("tugas.ks", int, int)  # task, revision: the typed text is the reason
TASK_PEOPLE = Route("tugas.siapa", int, str, int)  # task, "pic" or "bantu", page: choose a person
TASK_PERSON = Route("tugas.orang", int, str, int, int)  # task, as above, person (0 = nobody), revision
TASK_PERSON_TYPED = Route("tugas.ot", int, str, int)  # task, as above, revision: the typed text is a name
TASK_DAY = Route("tugas.tgl", int, str)  # task, "promise" or "due": prompt for the day
TASK_DAY_SAVE = Route("tugas.ts", int, str, int)  # task, as above, revision: the typed text is the day
TASK_DAY_CLEAR = Route("tugas.th", int, str, int)  # task, as above, revision
TASK_TITLE = Route("tugas.judul", int)  # prompt
TASK_TITLE_SAVE = Route("tugas.js", int, int)  # task, revision: the typed text is the title
TASK_EDIT = Route("tugas.ubah", int)  # what may be changed
TASK_HISTORY = Route("tugas.r", int, int)  # task, page
TASK_NEWS = Route("tugas.kabar", int, int)  # task, revision: rendered at whom it concerns
TASK_OPEN = Route("tugas.buka", int)  # task: opens its unit first
TASKS_DUE = Route("tugas.hari", int, int)  # unit, day as yyyymmdd: rendered when sent
TASKS_OF_PLAN = Route("tugas.rencana", str, int)  # target, page of the plan: before they are made
TASKS_OF_PLAN_MAKE = Route("tugas.rb", int, str, int)  # assessment, target, page


# review (reviu) ------------------------------------------------------------------------------------
REVIEW_SEND = Route(
    "reviu.kirim", int, str, int, int
)  # assessment, item, revision, 1 = sure / 0 = look first
REVIEW_SEND_ASK = Route("reviu.ka", int, str)  # assessment, item: what is still missing, before sending
REVIEW_SENT = Route("reviu.sudah", int, str)  # assessment, item: sent, and what happens now
REVIEW_RECALL = Route("reviu.tarik", int, str, int)  # assessment, item, revision
REVIEW_ASKED = Route("reviu.masuk", int, str, int)  # assessment, item, revision: rendered at the reviewer
REVIEW_QUEUE = Route("reviu", int)  # page: what waits for the person's review in the open unit
REVIEW_CARD = Route(
    "reviu.lihat", int, str
)  # assessment, item: answer, Penjelasan, evidence (opens its unit)
REVIEW_OK = Route("reviu.ok", int, str, int)  # assessment, item, revision: approve
REVIEW_BACK = Route("reviu.ulang", int, str, int)  # as above: choose or type what is to be mended
REVIEW_REASON = Route("reviu.al", int, str, int, int)  # as above and the place of a ready reason
REVIEW_REASON_TYPED = Route("reviu.at", int, str, int)  # as above: the typed text is the reason
REVIEW_DRAFT = Route("reviu.pra", int, str, int, int)  # as above and the day as yyyymmdd: before it is sent
REVIEW_DATE_TYPED = Route("reviu.tg", int, str, int, int)  # as above: the typed text is another day
REVIEW_RETURN = Route("reviu.balik", int, str, int, int)  # as above: send it back
REVIEW_TOLD = Route("reviu.kabar", int, str, int)  # assessment, item, revision: rendered at the sender
REVIEW_FIX = Route("reviu.perbaiki", int, str)  # assessment, item: opens its unit and the item
REVIEW_ASK = Route("reviu.tanya", int, str)  # assessment, item: prompt for a question to the reviewer
REVIEW_ASK_SAVE = Route("reviu.ts", int, str)  # as above: the typed text is the question
REVIEW_QUESTION = Route("reviu.tm", int)  # change: the question, rendered at the reviewer
REVIEW_REPLY = Route("reviu.jb", int)  # change: prompt for the reply
REVIEW_REPLY_SAVE = Route("reviu.js", int)  # change: the typed text is the reply
REVIEW_REPLIED = Route("reviu.jm", int)  # change: the reply, rendered at the asker
OWN_REVIEW = Route("reviu.atur", int)  # agency: may reviewers approve what they filled in?
OWN_REVIEW_SET = Route("reviu.as", int, str)  # agency, "auto" / "yes" / "no"
NA_ASK = Route("lke.na", str)  # item: prompt for the reason why it does not apply
NA_TYPED = Route("lke.nat", int, str, int)  # assessment, item, revision: the typed text is the reason
NA_CHECK = Route("lke.nac", int, str, int)  # as above: before it is set
NA_SET = Route("lke.nas", int, str, int)  # as above
NA_OFF = Route("lke.nao", int, str, int)  # as above: it applies after all
NOTE_PREVIEW = Route("lke.pl", int, str, int)  # assessment, item, revision: the narrative of three lines
NOTE_USE = Route("lke.pu", int, str, int, int)  # as above, 1 tidied / 0 as typed
NOTE_EXAMPLE = Route("lke.pc", str)  # item


# meetings (paket rapat) ----------------------------------------------------------------------------
MEETINGS = Route("rapat", int)  # page: of the open unit
MEETING = Route("rapat.lihat", int)  # meeting: its card
MEETING_OPEN = Route("rapat.buka", int)  # meeting: opens its unit first
MEETING_NEW = Route("rapat.baru")  # prompt for what, when and where
MEETING_NEW_SAVE = Route("rapat.bs", int)  # unit: the typed text holds title, day and place
MEETING_OF_NEWS = Route("rapat.umum", int)  # announcement of a meeting: its package
MEETING_EDIT = Route("rapat.ubah", int)  # prompt
MEETING_EDIT_SAVE = Route("rapat.us", int, int)  # meeting, revision: the typed text as for a new one
MEETING_REMOVE_ASK = Route("rapat.ha", int)
MEETING_REMOVE = Route("rapat.hapus", int, int)  # meeting, revision
MEETING_ATTEND = Route("rapat.hadir", int)  # prompt for how many were there, and the pimpinan
MEETING_ATTEND_SAVE = Route("rapat.hs", int, int)  # meeting, revision: the typed text says it
MEETING_LEADER = Route("rapat.pim", int, int, int)  # meeting, 1 was there / 0 was not, revision
MEETING_MINUTES = Route("rapat.notula", int, int)  # meeting, 1 anew / 0 add below: prompt
MEETING_MINUTES_SAVE = Route("rapat.ns", int, int, int)  # as above and revision: the typed text
MEETING_DECISIONS = Route("rapat.tl", int)  # prompt for what was decided
MEETING_DECISIONS_SAVE = Route("rapat.ts", int)  # the typed lines become action items
MEETING_ADD = Route("rapat.tambah", int)  # which paper?
MEETING_ADD_TO = Route("rapat.kirim", int, str)  # meeting, part: prompt for files
MEETING_FILE = Route("rapat.berkas", int, str)  # meeting, part ("" = to be guessed): the sent file
MEETING_INTAKE = Route("rapat.terima", int)  # intake: being examined, or what became of it
MEETING_FILES = Route("rapat.isi", int, int)  # meeting, page: its files
MEETING_PART = Route("rapat.bagian", int)  # file of a meeting
MEETING_PART_SEND = Route("rapat.unduh", int)  # file of a meeting
MEETING_PART_KIND = Route("rapat.jenis", int, str)  # file of a meeting, part: it belongs there
MEETING_PART_DROP = Route("rapat.lepas", int)  # file of a meeting
MEETING_ITEMS = Route("rapat.untuk", int, int)  # meeting, page: which indicators?
MEETING_ITEM_SET = Route("rapat.i", int, str, int, int)  # meeting, item, revision, page: on or off
MEETING_ITEMS_LIKELY = Route("rapat.iu", int, int)  # meeting, revision: all that are proposed first
MEETING_ITEM_TYPED = Route("rapat.ik", int, int, int)  # meeting, revision, page: typed numbers
MEETING_MERGE = Route("rapat.gabung", int, int)  # meeting, revision: one PDF of it all
MEETING_MERGED = Route("rapat.jadi", int, int)  # meeting, version (0 = failed, -1 = same): told to who asked
