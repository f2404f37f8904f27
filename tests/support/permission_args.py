"""Realistic arguments for every route, as words that a furnished world turns into ids.

One line lists routes that take the same arguments: "words: ROUTES". A new route is one more word on the
right line. Words that the world does not know stand for themselves; "_" is the empty text.
"""

from flows import routes
from flows.action import Route
from flows.routes import Action
from tests.support.world import World

ARGS = """
0: UNITS SURVEYS PRIORITY_MARKS REQUESTS TEAM_PAGE INVITE_LIST JOIN_REQUESTS ANNOUNCE_LIST TEAM_QUESTIONS
0: COORD_LIST MY_QUESTIONS INTAKES EVIDENCE_LACKING MINE REVIEW_QUEUE MEETINGS HANDOVER_WHO
unit: UNIT_OPEN UNIT_NEW UNIT_EDIT UNIT_RENAME UNIT_ARCHIVE_ASK UNIT_CHECK UNIT_CHECK_TYPED UNIT_READY
unit: INVITE_COORDINATOR INVITE_ASSESSOR MINE_IN MEETING_NEW_SAVE UNIT_PEOPLE
unit satker: UNIT_NEW_NAME UNIT_NEW_SAVE
unit 0: ADMIN_UNITS UNIT_MOVE
unit rev: UNIT_RENAME_SAVE UNIT_ARCHIVE UNIT_RESTORE
unit WITA rev: UNIT_ZONE
unit WBBM: UNIT_TARGET
unit 2028: UNIT_YEAR
unit 0 rev: UNIT_MOVE_TO
unit pendamping: INVITE_AGENCY
unit 20270226: TASKS_DUE
unit H-7 20270226: REMIND
unit jadwal: REMIND_OPEN
unit item item: DUE_OPEN
unit SPAK: SURVEY_PERIOD SURVEY_PERIOD_TYPED
unit SPAK 2026 S1: SURVEY_ADD
unit PW 30000000 0: DEADLINE_YES DEADLINE_SET
unit area rev: DEADLINE_CLEAR DEADLINE_DONE DEADLINE_REOPEN
unit person 0: HANDOVER
unit person: HANDOVER_TYPED HANDOVER_NOBODY
unit person other: HANDOVER_PREVIEW HANDOVER_SEND
syarat-wbk: TOPIC TOPIC_PICK TOPIC_WHY TOPIC_WHY_SAVE
syarat-wbk 1: TOPIC_RATE
_ 0: TOPICS
l 0: TERM_LETTER
survei: SEARCH_FOR
jwb 0 survei: SEARCH_GROUP SEARCH_PICK
tim _: OWN
area: LKE_AREA PROGRESS_AREA DEADLINE DEADLINE_ASK DEADLINE_TYPED NAMES NAMES_SAVE
area 0: EVIDENCE_AREA PIC_NONE_AREA
area 30000000: DEADLINE_CHECK
sub: LKE_SUB
item: LKE_ITEM LKE_CLEAR_ASK LKE_NOTE LKE_EVIDENCE PRIORITY_ITEM SIMULATE SIMULATE_TYPED INTAKE_FILE
item: INTAKE_LINK EVIDENCE_ITEM EVIDENCE_ADD EVIDENCE_WAIVES PIC_BEGIN TASK_NEW NA_ASK NOTE_EXAMPLE
item 0: LKE_HISTORY
item A: SIMULATE_AS
item 0 0: PIC
item 0 rev: PIC_TYPED
assessment: ENDORSE_ASK
assessment seen: ENDORSE_DO
assessment item: LKE_NOTE_CLASH PIC_TAKE TASK_NEW_SAVE REVIEW_SEND_ASK REVIEW_SENT REVIEW_CARD REVIEW_FIX
assessment item: REVIEW_ASK REVIEW_ASK_SAVE
assessment item A: LKE_CLASH
assessment item A rev: LKE_SET LKE_FORCE
assessment item berat: PRIORITY_MARK
assessment item rev: LKE_TYPED LKE_CLEAR LKE_NOTE_SAVE LKE_CONFIRM REVIEW_RECALL REVIEW_ASKED REVIEW_OK
assessment item rev: REVIEW_BACK REVIEW_REASON_TYPED REVIEW_TOLD NA_TYPED NA_CHECK NA_SET NA_OFF NOTE_PREVIEW
assessment item rev 0: LKE_NOTE_MINE REVIEW_SEND REVIEW_REASON NOTE_USE
assessment item rev 20270226: REVIEW_DRAFT REVIEW_DATE_TYPED REVIEW_RETURN
assessment item 0 rev: EVIDENCE_WAIVE
assessment item 0 other rev: PIC_SET
assessment 20270226: PIC_TOLD
assessment sakip ya: CONDITION_SET
assessment _ 0: TASKS_OF_PLAN_MAKE
sakip: CONDITION
WBK: READINESS_GATES
_ 0: PRIORITY TASKS_OF_PLAN TASKS
survey: SURVEY SURVEY_DELETE_ASK
survey rev: SURVEY_DELETE
survey indeks 0: SURVEY_FIELD
survey indeks 0 rev: SURVEY_FIELD_SAVE
survey indeks rev: SURVEY_FIELD_CLEAR
agency: OWN_REVIEW WINDOW WINDOW_ASK WINDOW_SAVE WINDOW_RESET
agency auto: OWN_REVIEW_SET
agency 2027: AGENCY_CONDITIONS
agency 2027 sakip: AGENCY_CONDITION
agency 2027 sakip ya: AGENCY_CONDITION_SET
import: IMPORT_SHOW IMPORT_TOLD IMPORT_DIFF IMPORT_CANCEL
import 0: IMPORT_DOUBT IMPORT_DOUBT_TYPED IMPORT_DOUBT_SKIP
import 0 A: IMPORT_DOUBT_SET
import item e: IMPORT_DIFF_SET
import 0 0: IMPORT_APPLY
payload: JOIN JOIN_YES JOIN_READ JOIN_DECLINE CLAIM AGENCY_NAME AGENCY_NAME_SAVE
join: JOIN_WAIT JOIN_ASKED JOIN_TOLD
join 1: JOIN_DECIDE
member: WELCOME MEMBER MEMBER_REVOKE_ASK MEMBER_REVOKE ACCOUNT ACCOUNT_LINK STAND_IN_TOLD
request: REQUEST_SHOW REQUEST_ASKED REQUEST_TOLD REQUEST_MINE REQUEST_WITHDRAW
request 1: REQUEST_DECIDE
invite: INVITE_SHOW INVITE_QR INVITE_REVOKE ACCOUNT_TOLD
invite 1: INVITE_OPEN
anggota: INVITE_ROLE
anggota area: INVITE_MAKE
ketua: STAND_IN_AREA
koordinator _ 0: STAND_IN_WHO
koordinator _ person: STAND_IN_KIND
koordinator _ person Plt: STAND_IN_DAYS STAND_IN_TYPED
unit koordinator _ person Plt 270201 270228: STAND_IN_CHECK STAND_IN_MAKE
WIT: SETTINGS_ZONE
news: ANNOUNCE_EDIT ANNOUNCE_EDIT_TEXT ANNOUNCE_PREVIEW ANNOUNCE_SEND ANNOUNCE_CANCEL ANNOUNCE_STATUS
news: ANNOUNCE_LEAVE ANNOUNCED MEETING_OF_NEWS
unmet: UNMET UNMET_ANSWER UNMET_ANSWER_SAVE UNMET_IGNORE
1: COORD_SEND
question: COORD_ASKED COORD_SHOW COORD_ANSWER COORD_ANSWER_SAVE COORD_CLOSE COORD_REPLIED MY_QUESTION
question: MY_QUESTION_WITHDRAW
entry: ENTRY_READ ENTRY ENTRY_ASKED
entry 1: ENTRY_RATE
entry rev: ENTRY_POLICY
entry short: ENTRY_EDIT
entry short rev: ENTRY_EDIT_SAVE
entry active rev: ENTRY_STATE
active 0: ENTRIES
xlsx: ENTRIES_EXPORT
entries: ENTRIES_READ ENTRIES_TOLD ENTRIES_CANCEL
entries 1: ENTRIES_APPLY
intake: INTAKE INTAKE_SHEET INTAKE_DATE INTAKE_PERIOD INTAKE_WHAT INTAKE_CANCEL_ASK INTAKE_CANCEL
intake: INTAKE_AGAIN INTAKE_SAVED MEETING_INTAKE
intake rev: INTAKE_SAVE INTAKE_TYPED INTAKE_DATE_SAVE INTAKE_PERIOD_TYPED
intake 2026 rev: INTAKE_PERIOD_SET
intake area: INTAKE_WHERE
intake item rev: INTAKE_ITEM
intake 0 rev: INTAKE_EXPECTED
bukti 0: EVIDENCE_FOUND
evidence: EVIDENCE_SHOW EVIDENCE_VERSIONS EVIDENCE_REPLACE EVIDENCE_REPLACE_FILE EVIDENCE_REPLACE_LINK
evidence: EVIDENCE_EDIT EVIDENCE_TITLE EVIDENCE_USE_TYPED EVIDENCE_REMOVE_ASK LINK_CHECK EVIDENCE_DATE
evidence: EVIDENCE_PERIOD
evidence 0: EVIDENCE_SEND
evidence rev: EVIDENCE_TITLE_SAVE EVIDENCE_REMOVE EVIDENCE_DATE_SAVE EVIDENCE_PERIOD_TYPED
evidence 1 rev: EVIDENCE_RESTRICT
evidence area: EVIDENCE_USES
evidence item: EVIDENCE_USE_WHAT EVIDENCE_DETACH_ASK EVIDENCE_DETACH
evidence item 0: EVIDENCE_USE_AS
evidence 2026 rev: EVIDENCE_PERIOD_SET
task: TASK TASK_STUCK TASK_TITLE TASK_EDIT TASK_OPEN
task doing rev: TASK_STATE
task rev: TASK_STUCK_SAVE TASK_TITLE_SAVE TASK_NEWS
task pic 0: TASK_PEOPLE
task pic other rev: TASK_PERSON
task pic rev: TASK_PERSON_TYPED
task due: TASK_DAY
task due rev: TASK_DAY_SAVE TASK_DAY_CLEAR
task 0: TASK_HISTORY
change: REVIEW_QUESTION REVIEW_REPLY REVIEW_REPLY_SAVE REVIEW_REPLIED
meeting: MEETING MEETING_OPEN MEETING_EDIT MEETING_REMOVE_ASK MEETING_ATTEND MEETING_DECISIONS
meeting: MEETING_DECISIONS_SAVE MEETING_ADD
meeting rev: MEETING_EDIT_SAVE MEETING_REMOVE MEETING_ATTEND_SAVE MEETING_ITEMS_LIKELY MEETING_MERGE
meeting 1 rev: MEETING_LEADER MEETING_MINUTES_SAVE
meeting 1: MEETING_MINUTES MEETING_MERGED
meeting 0: MEETING_FILES MEETING_ITEMS
meeting foto: MEETING_ADD_TO MEETING_FILE
meeting item rev 0: MEETING_ITEM_SET
meeting rev 0: MEETING_ITEM_TYPED
part: MEETING_PART MEETING_PART_SEND MEETING_PART_DROP
part foto: MEETING_PART_KIND
handover: HANDOVER_SHOW HANDOVER_ASKED HANDOVER_TOLD
handover rev: HANDOVER_ACCEPT HANDOVER_DECLINE HANDOVER_CANCEL
handover tim: HANDOVER_DECREE
endorsement: ENDORSE_WITHDRAW_ASK ENDORSE_WITHDRAW ENDORSE_TOLD
"""

TEXTS = {
    "NAMES_SAVE": "Tono Contoh",
    "STAND_IN_TYPED": "besok sampai 12 maret",
    "DEADLINE_TYPED": "31 mei 2027",
    "INTAKE_DATE_SAVE": "12 januari 2027",
    "EVIDENCE_DATE_SAVE": "12 januari 2027",
    "TASK_DAY_SAVE": "12 februari 2027",
    "LKE_TYPED": "B",
    "INTAKE_LINK": "https://drive.google.com/drive/folders/contoh",
    "EVIDENCE_REPLACE_LINK": "https://drive.google.com/drive/folders/contoh",
    "REVIEW_DATE_TYPED": "12 februari 2027",
    "UNIT_CHECK_TYPED": "kami wita",
    "EVIDENCE_PERIOD_TYPED": "2026",
    "SURVEY_PERIOD_TYPED": "TW I 2026",
    "WINDOW_SAVE": "januari 2026 sampai mei 2027",
    "SURVEY_FIELD_SAVE": "3,52",
}
"""What is typed where "Contoh isian" would be no answer."""


def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in ARGS.strip().splitlines():
        words, _, names = line.partition(": ")
        for name in names.split():
            assert name not in found, f"{name} stands on two lines"
            found[name] = tuple(words.split())
    return found


WORDS = _words()


def declared() -> dict[str, Route]:
    """Every route by its name in code."""
    return {name: value for name, value in vars(routes).items() if isinstance(value, Route)}


def action_of(name: str, route: Route, world: World) -> Action:
    """The route with this world's ids. Fails with what to add for a route that has no line yet."""
    words = WORDS.get(name, ())
    assert len(words) == len(route.kinds), (
        f"{name} takes {len(route.kinds)} arguments: add it to a line of tests/support/permission_args.py"
    )
    values = ["" if word == "_" else world.ids.get(word, word) for word in words]
    return route(*(kind(value) for kind, value in zip(route.kinds, values, strict=True)))
