"""Screens of announcements that were sent: the author's counts and lists, and what receivers get."""

from flows import copying, routes
from flows.broadcast import texts, texts_received, texts_sent
from flows.broadcast.receipts import Counts
from flows.broadcast.screens import HISTORY, MENU, attachment
from flows.broadcast.sending import Outcome
from flows.broadcast.service import SENDING, View
from flows.models import AnnouncementReceipt
from flows.screen import Button, Expect, Screen, rows


def status(
    view: View,
    text: str,
    outcome: Outcome,
    counts: Counts,
    *,
    own: bool,
    papers: bool,
    poster: bool,
    group: bool,
) -> Screen:
    """How far the sending is, or what became of it. It stays and is edited in place."""
    row = view.announcement
    again = (routes.ANNOUNCE_FOLLOW if own else routes.ANNOUNCE_STATUS)(view.id)
    refresh = Button(texts_sent.REFRESH, again)
    copy = copying.button(texts.plain(view), routes.ANNOUNCE_COPY(view.id), texts_sent.COPY_GROUP)
    readers = (
        Button(f"{texts_sent.READERS} · {counts.read}", routes.ANNOUNCE_READERS(view.id, 0)) if own else None
    )
    stop = Button(texts_sent.STOP, routes.ANNOUNCE_STOP(view.id)) if own and row.state == SENDING else None
    return Screen(
        text,
        rows(
            [b for b in (refresh, stop or readers) if b],
            Button(texts_sent.TO_GROUP, routes.ANNOUNCE_TO_GROUP(view.id)) if group else None,
            Button(texts_sent.PREPARE_MEETING, routes.MEETING_OF_NEWS(view.id)) if papers else None,
            [
                b
                for b in (copy, Button(texts.POSTER, routes.ANNOUNCE_POSTER(view.id)) if poster else None)
                if b
            ],
            (HISTORY, MENU),
        ),
        keep=True,
        in_place=True,
    )


def readers(view: View, text: str, counts: Counts, page: int, more: bool) -> Screen:
    """Who has read it, and reminding the others once."""
    row = view.announcement
    remind = (
        Button(texts_sent.remind(counts), routes.ANNOUNCE_REMIND(view.id))
        if counts.unread and row.reminded_at is None
        else None
    )
    turns = (
        Button("‹", routes.ANNOUNCE_READERS(view.id, page - 1)) if page else None,
        Button("›", routes.ANNOUNCE_READERS(view.id, page + 1)) if more else None,
    )
    return Screen(
        text,
        rows(
            remind,
            [b for b in turns if b],
            (HISTORY, MENU),
        ),
    )


def suggest(view: View, counts: Counts) -> Screen:
    """Remind the others?"""
    return Screen(
        texts_sent.suggest(view, counts),
        rows(
            (
                Button(texts_sent.REMIND, routes.ANNOUNCE_REMIND(view.id)),
                Button(texts_sent.NOT_NEEDED, routes.ANNOUNCE_SUGGEST_NO(view.id)),
            )
        ),
    )


def absence(view: View, name: str, found: AnnouncementReceipt) -> Screen:
    """Who cannot come and why."""
    return Screen(
        texts_sent.absence(view, name, found),
        rows((Button(texts_sent.TO_STATUS, routes.ANNOUNCE_STATUS(view.id)), MENU)),
    )


def not_sent(view: View) -> Screen:
    """A scheduled one was not sent."""
    return Screen(texts_sent.not_sent(view), rows((Button(texts.WRITE, routes.ANNOUNCE()), HISTORY), MENU))


# at the receiver -------------------------------------------------------------------------------------


def announced(view: View, found: AnnouncementReceipt | None, *, answers: bool) -> Screen:
    """An announcement at its receiver. It stays; `answers`: they may say something to it."""
    return Screen(
        texts.announced(view),
        _answers(view, found, answers),
        media=attachment(view),
        keep=True,
        in_place=True,
    )


def _answers(view: View, found: AnnouncementReceipt | None, answers: bool) -> tuple[tuple[Button, ...], ...]:
    read = found is not None and found.read_at is not None
    away = found is not None and found.absent_at is not None
    first: list[Button] = []
    if answers:
        said = texts_received.IS_READ if read and not away else texts_received.READ
        first.append(Button(said, routes.ANNOUNCE_READ(view.id)) if not away else _away(view))
        if view.is_meeting:
            first.append(
                Button(texts_received.COMING, routes.ANNOUNCE_COMING(view.id))
                if away
                else Button(texts_received.ABSENT, routes.ANNOUNCE_ABSENT(view.id))
            )
    ask = Button(texts_received.ASK, routes.ANNOUNCE_QUESTION(view.id)) if not view.wide and answers else None
    copy = copying.button(texts.plain(view), routes.ANNOUNCE_COPY(view.id))
    return rows(first, [b for b in (ask, copy) if b], (Button(texts.ALL, routes.ANNOUNCE_LIST(0)), MENU))


def _away(view: View) -> Button:
    return Button(texts_received.IS_ABSENT, routes.ANNOUNCE_ABSENT(view.id))


def absent(view: View) -> Screen:
    """Ask for the reason."""
    return Screen(
        texts_received.absent(view),
        rows((Button(texts_received.BACK, routes.ANNOUNCED(view.id)), Button(texts.CANCEL, routes.CANCEL()))),
        Expect(text=routes.ANNOUNCE_ABSENT_SAVE(view.id), only=True),
    )


def reminder(view: View, found: AnnouncementReceipt | None) -> Screen:
    """Once, for those who have said nothing."""
    return Screen(texts_received.reminder(view), _answers(view, found, True), keep=True)
