"""Update -> Event. Pure: looks only at the update."""

from telegram import Message, Update, User

from flows.events import Event, IncomingFile, Kind, Sender
from flows.routes import unpack

MAX_NAME = 120
STAYS = "+"
"""Before callback data: the message with this button stays, the answer comes below it."""


def clean(text: str) -> str:
    """Without NUL and unpaired surrogates, which no database and no sender would take."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def event_of(update: Update, bot_username: str) -> Event | None:
    """The event that an update is for us, or None for what we do not answer."""
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        return Event(
            update_id=update.update_id,
            kind="block",
            chat_id=member.chat.id,
            sender=_sender(member.from_user),
            private=member.chat.type == "private",
            reachable=member.new_chat_member.status not in {"kicked", "left"},
        )
    if update.message is not None and update.message.from_user is not None:
        return _message(update.update_id, update.message, bot_username)
    return None


def _sender(user: User) -> Sender:
    name = clean(" ".join(part for part in (user.first_name, user.last_name) if part)).strip()
    return Sender(user.id, name[:MAX_NAME] or "Tanpa nama", user.language_code or "id")


def _tap(update: Update) -> Event | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    data = clean(query.data or "")
    return Event(
        update_id=update.update_id,
        kind="tap",
        chat_id=query.message.chat.id,
        sender=_sender(query.from_user),
        private=query.message.chat.type == "private",
        action=unpack(data.removeprefix(STAYS)),
        below=data.startswith(STAYS),
        message_id=query.message.message_id,
        callback_id=query.id,
    )


def _message(update_id: int, message: Message, bot_username: str) -> Event | None:
    user = message.from_user
    if user is None:
        return None
    kind: Kind = "other"
    text, command, file = clean(message.text or message.caption or ""), "", _file(message)
    if file is not None:
        kind = "file"
    elif message.text is not None:
        kind = "text"
        if text.startswith("/"):
            head, *rest = text[1:].split(maxsplit=1) or [""]
            name, _, addressed = head.partition("@")
            if addressed and addressed.lower() != bot_username.lower():
                return None
            if name and name[0].isalpha() and not text[1].isspace():
                kind, command, text = "command", name.lower(), "".join(rest)
    return Event(
        update_id=update_id,
        kind=kind,
        chat_id=message.chat.id,
        sender=_sender(user),
        text=text,
        private=message.chat.type == "private",
        command=command,
        message_id=message.message_id,
        file=file,
    )


def _file(message: Message) -> IncomingFile | None:
    album = message.media_group_id or ""
    if message.document is not None:
        doc = message.document
        return IncomingFile(
            doc.file_id,
            doc.file_unique_id,
            clean(doc.file_name or "berkas"),
            doc.mime_type or "application/octet-stream",
            doc.file_size or 0,
            album,
        )
    if message.photo:
        best = message.photo[-1]
        return IncomingFile(
            best.file_id, best.file_unique_id, "foto.jpg", "image/jpeg", best.file_size or 0, album
        )
    return None
