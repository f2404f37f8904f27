"""Handlers of a meeting's files, and of the PDF that is made of them."""

from flows import routes
from flows.evidence import intake, saving, store_view
from flows.meetings import merging, receiving, screens, service, texts
from flows.meetings.merging import FAILED
from flows.meetings.proposing import KINDS
from flows.meetings.service import PAGE
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Media, Quiet, Screen
from flows.turn import Turn


@handles(routes.MEETING_ADD)
@privately
def add(turn: Turn, meeting_id: int) -> Screen:
    """Which paper?"""
    return screens.add(service.workable(turn, meeting_id))


@handles(routes.MEETING_ADD_TO)
@privately
def add_to(turn: Turn, meeting_id: int, kind: str) -> Screen | Goto:
    """Files of one kind."""
    view = service.workable(turn, meeting_id)
    return screens.add_to(view, kind) if kind in KINDS else Goto(routes.MEETING_ADD(meeting_id))


@handles(routes.MEETING_FILE)
@privately
def receive(turn: Turn, meeting_id: int, kind: str) -> Goto | Quiet:
    """The sent file is a paper of the meeting; further parts of an album are answered with the first."""
    row = receiving.receive(turn, meeting_id, kind)
    return Quiet() if len(row.parts) > 1 else Goto(routes.MEETING_INTAKE(row.id or 0))


@handles(routes.MEETING_INTAKE)
@privately
def show_intake(turn: Turn, intake_id: int) -> Screen:
    """What became of what was sent: being examined, the card with what is new, or why nothing was kept."""
    row = receiving.mine(turn, intake_id)
    if row.state in (intake.RECEIVING, intake.EXAMINING):
        return screens.examining(row)
    if row.state != intake.SAVED:
        return screens.refused(row)
    view = service.find(turn, int(row.proposal["meeting"]), anywhere=True)
    kind = str(row.proposal.get("kind") or "")
    return screens.card(view, merging.may_merge(turn, view), texts.received(row), kind)


@handles(routes.MEETING_FILES)
@privately
def files(turn: Turn, meeting_id: int, page: int) -> Screen:
    """Everything that was sent."""
    view = service.find(turn, meeting_id)
    page = min(max(0, page), max(0, (len(view.files) - 1) // PAGE))
    return screens.files(view, page)


@handles(routes.MEETING_PART)
@privately
def part(turn: Turn, part_id: int) -> Screen:
    """One file."""
    view, one, _ = service.file_of(turn, part_id)
    return screens.part(view, one)


@handles(routes.MEETING_PART_SEND)
@privately
def send(turn: Turn, part_id: int) -> Screen:
    """The file itself."""
    view, one, stored = service.file_of(turn, part_id)
    small = stored.mime in {"image/jpeg", "image/png"} and stored.size_bytes <= store_view.PHOTO_BYTES
    media = Media(store_view.KIND, (one.sha256,), one.file_name, "photo" if small else "document")
    return screens.file(view, one, media)


@handles(routes.MEETING_PART_KIND)
@privately
def set_kind(turn: Turn, part_id: int, kind: str) -> Goto:
    """It is another paper."""
    service.set_kind(turn, part_id, kind)
    return Goto(routes.MEETING_PART(part_id), texts.KIND_SET)


@handles(routes.MEETING_PART_DROP)
@privately
def drop(turn: Turn, part_id: int) -> Goto:
    """Out of the package."""
    view = service.drop_file(turn, part_id)
    return Goto(routes.MEETING_FILES(view.id, 0), texts.DROPPED)


@handles(routes.MEETING_MERGED)
@privately
def merged(turn: Turn, meeting_id: int, number: int) -> Screen | Gone:
    """The PDF, told to who asked for it."""
    view = service.find(turn, meeting_id, anywhere=True)
    if number == FAILED:
        return screens.merged(view, number, None)
    newest = saving.newest(turn.session, view.evidence.id or 0) if view.evidence is not None else None
    if newest is None or newest.no < number:
        return Gone()
    return screens.merged(view, number, store_view.media_of(turn.session, newest))


JOBS = (merging, receiving)
"""They register themselves."""
