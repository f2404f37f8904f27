"""The chat page's own routes: what it reads, and what the people in it do."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo import events, views
from bot.demo.control import ClockRefused, Control
from bot.demo.entities import typed
from bot.demo.group_admin import manage
from bot.demo.pictures import size_of
from bot.demo.records import Asked
from bot.demo.standin import StandIn
from bot.demo.state import Change
from bot.demo.wire import Json

STATIC = Path(__file__).parent / "static"
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_FILES = 10
INLINE_SECONDS = 5.0
_PHOTOS = {"image/jpeg", "image/png", "image/webp"}
_SHOWN_INLINE = {*_PHOTOS, "image/gif"}


class Refused(Exception):
    """The page asked for something impossible; the sentence is for the person at the page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file that a person chose."""

    name: str
    mime: str | None
    data: bytes

    @property
    def is_photo(self) -> bool:
        """Telegram shows it as a picture; a picture that it cannot read stays a file."""
        if self.mime not in _PHOTOS:
            return False
        try:
            size_of(self.data)
        except ValueError:
            return False
        return True


class Page:
    """Routes over one stand-in and the demo around it."""

    def __init__(self, standin: StandIn, control: Control) -> None:
        self.standin = standin
        self.control = control
        self._moving = asyncio.Lock()

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.index),
            Route("/api/state", self.state),
            Route("/api/chat/{user_id:int}", self.chat),
            Route("/api/events", self.events),
            Route("/api/files/{file_id}", self.file),
            *(
                Route(f"/api/{name}", self._told(action), methods=["POST"])
                for name, action in {
                    "say": self.say,
                    "edit": self.edit,
                    "tap": self.tap,
                    "inline": self.inline,
                    "choose": self.choose,
                    "upload": self.upload,
                    "read": self.read,
                    "group": self.group,
                    "clock": self.clock,
                    "reset": self.reset,
                }.items()
            ),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    def _told(self, action: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        """Turn a refusal into an answer that the page can show."""

        async def endpoint(request: Request) -> Response:
            try:
                return JSONResponse(await action(request))
            except (Refused, ClockRefused) as error:
                return JSONResponse({"error": str(error)}, status_code=400)
            except KeyError:
                gone = "Pesan atau orang itu sudah tidak ada. Muat ulang halaman ini."
                return JSONResponse({"error": gone}, status_code=404)
            except (TypeError, ValueError):
                return JSONResponse({"error": "Permintaan tidak terbaca."}, status_code=400)

        return endpoint

    # reading

    async def index(self, request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def state(self, request: Request) -> Response:
        return JSONResponse(views.state(self.standin, self.control))

    async def chat(self, request: Request) -> Response:
        asked = request.query_params
        try:
            shown = views.chat(
                self.standin,
                request.path_params["user_id"],
                int(asked["before"]) if "before" in asked else None,
                int(asked["chat"]) if "chat" in asked else None,
                int(asked.get("thread", "0")),
            )
        except (KeyError, ValueError):
            return JSONResponse({"error": "Percakapan itu tidak ada."}, status_code=404)
        return JSONResponse(shown)

    async def events(self, request: Request) -> Response:
        return events.stream(self.standin, request)

    async def file(self, request: Request) -> Response:
        stored = self.standin.files.get(request.path_params["file_id"])
        data = self.standin.store.content(stored.file_id) if stored else None
        if stored is None or data is None:
            return Response("Berkas tidak ada.", 404)
        inline = stored.mime in _SHOWN_INLINE and "unduh" not in request.query_params
        kind = "inline" if inline else "attachment"
        headers = {
            "content-disposition": f"{kind}; filename*=UTF-8''{quote(stored.name, safe='')}",
            "content-security-policy": "default-src 'none'; sandbox",
            "cache-control": "private, max-age=86400, immutable",
        }
        return Response(
            data, headers=headers, media_type=stored.mime if inline else "application/octet-stream"
        )

    # doing

    async def say(self, request: Request) -> Json:
        given = await _fields(request)
        text = str(given.get("text") or "")
        if not text.strip():
            raise Refused("Pesan masih kosong.")
        self._require_person(given)
        text, entities = typed(text)
        update_id = self.standin.say(
            int(given["user_id"]),
            text,
            entities=entities,
            reply_to=given.get("reply_to"),
            client_id=given.get("client_id"),
            **_place(given),
        )
        return {"update_id": update_id}

    async def edit(self, request: Request) -> Json:
        given = await _fields(request)
        try:
            update_id = self.standin.edit_text(
                int(given["user_id"]),
                int(given["message_id"]),
                str(given.get("text") or ""),
                chat_id=_place(given)["chat_id"],
            )
        except ValueError:
            raise Refused("Pesan yang diubah tidak boleh kosong atau lebih dari 4.096 huruf.") from None
        return {"update_id": update_id}

    async def tap(self, request: Request) -> Json:
        given = await _fields(request)
        update_id = self.standin.tap(
            int(given["user_id"]),
            int(given["message_id"]),
            str(given["data"]),
            chat_id=_place(given)["chat_id"],
            client_id=given.get("client_id"),
        )
        return {"update_id": update_id}

    async def group(self, request: Request) -> Json:
        """What an admin of a group does with it and with the bot in it."""
        given = await _fields(request)
        user_id, chat_id = int(given["user_id"]), int(given["chat_id"])
        self.standin.require_member(chat_id, user_id)
        try:
            return {"chat_id": manage(self.standin, chat_id, user_id, str(given.get("action") or ""))}
        except ValueError as error:
            raise Refused(str(error)) from None

    async def inline(self, request: Request) -> Json:
        """What the bot offers for a text typed after its name; nothing when it takes too long."""
        given = await _fields(request)
        heard: asyncio.Queue[Change] = asyncio.Queue()
        end = self.standin.listen(heard.put_nowait)
        try:
            update_id = self.standin.inline(
                int(given["user_id"]), str(given.get("query") or ""), _place(given)["chat_id"]
            )
            asked = await self._answered(update_id, heard)
        finally:
            end()
        return views.inline(asked) if asked else {"update_id": update_id, "results": [], "button": None}

    async def _answered(self, update_id: int, heard: asyncio.Queue[Change]) -> Asked | None:
        """The inline query with its answer, waited for; `heard` gets every change."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(INLINE_SECONDS):
                while self.standin.answer_to(update_id) is None:
                    await heard.get()
        return self.standin.answer_to(update_id)

    async def choose(self, request: Request) -> Json:
        given = await _fields(request)
        message = self.standin.choose(
            int(given["user_id"]),
            int(given["update_id"]),
            str(given["result_id"]),
            client_id=given.get("client_id"),
            **_place(given),
        )
        return {"message_id": message["message_id"]}

    async def read(self, request: Request) -> Json:
        given = await _fields(request)
        self.standin.read(int(given["user_id"]), int(given["message_id"]), _place(given)["chat_id"])
        return {}

    async def upload(self, request: Request) -> Json:
        """Photos and other files go as one album each, the caption on the first, as Telegram's apps do."""
        async with request.form(max_files=MAX_FILES, max_part_size=1024 * 1024) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            self._require_person(fields)
            files = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
            if not files:
                raise Refused("Belum ada berkas yang dipilih.")
            for part in files:
                if not part.size:
                    raise Refused(f"{part.filename} kosong, jadi tidak dikirim.")
                if part.size > MAX_FILE_BYTES:
                    raise Refused(
                        f"{part.filename} lebih dari 50 MB, jadi tidak dikirim. Kecilkan dulu berkasnya."
                    )
            items = [Item(part.filename or "berkas", part.content_type, await part.read()) for part in files]
        photos = [item for item in items if fields.get("as_files") != "1" and item.is_photo]
        others = [item for item in items if item not in photos]
        return {"update_ids": self._send_groups(fields, photos, others)}

    def _send_groups(self, fields: dict[str, str], *groups: list[Item]) -> list[int]:
        standin = self.standin
        sent: list[int] = []
        reply_to = int(fields["reply_to"]) if fields.get("reply_to", "").isdecimal() else None
        for items in groups:
            album = standin.new_album_id() if len(items) > 1 else None
            for item in items:
                number = len(sent)
                update_id = standin.send_file(
                    int(fields["user_id"]),
                    item.name,
                    item.data,
                    item.mime,
                    "" if number else fields.get("caption", ""),
                    photo=items is groups[0],
                    reply_to=reply_to,
                    group=album,
                    client_id=f"{fields['client_id']}:{number}" if fields.get("client_id") else None,
                    **_place(fields),
                )
                sent.append(update_id)
        return sent

    async def clock(self, request: Request) -> Json:
        """Move the demo's calendar: {"seconds": n} or {"to": "2027-01-18T08:00"} in the demo's zone."""
        given = await _fields(request)
        if self._moving.locked():
            raise Refused("Waktu sedang dimajukan. Tunggu sebentar.")
        async with self._moving:
            if "to" in given:
                try:
                    to = datetime.fromisoformat(str(given["to"])).replace(tzinfo=self.control.zone)
                except ValueError:
                    raise Refused("Tanggal dan jamnya belum lengkap.") from None
                if to <= self.control.now():
                    raise Refused("Waktu demo hanya dapat dimajukan. Pilih waktu setelah sekarang.")
                await self.control.advance(to=to)
            else:
                seconds = int(given["seconds"])
                if not 0 < seconds <= 366 * 86_400:
                    raise Refused("Waktu demo dimajukan paling jauh satu tahun sekali langkah.")
                await self.control.advance(delta=timedelta(seconds=seconds))
        shown = views.clock(self.control)
        self.standin.tell("clock", 0, shown)
        return shown

    async def reset(self, request: Request) -> Json:
        if self._moving.locked():
            raise Refused("Waktu sedang dimajukan. Tunggu sebentar.")
        async with self._moving:
            await self.control.reset()
        self.standin.tell("reset", 0, None)
        return {}

    def _require_person(self, given: Json | dict[str, str]) -> None:
        if int(given["user_id"]) not in self.standin.users:
            raise KeyError(given["user_id"])


def _place(given: Json | dict[str, str]) -> dict[str, int | None]:
    """The group and topic of a request; none for the private chat with the bot."""
    return {name: int(given[name]) if given.get(name) else None for name in ("chat_id", "thread_id")}


async def _fields(request: Request) -> Json:
    """The JSON object in a body; raises Refused for anything else."""
    try:
        given = await request.json()
    except ValueError:
        raise Refused("Permintaan tidak terbaca.") from None
    if not isinstance(given, dict):
        raise Refused("Permintaan tidak terbaca.")
    return given
