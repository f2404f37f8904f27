"""The chat page in a real browser, on a phone and on a desktop, with a small bot behind it."""

import asyncio
import io
import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from bot.demo.app import create_app
from bot.demo.control import Person
from bot.demo.standin import StandIn

pytestmark = pytest.mark.page

PHONE, DESKTOP = (360, 740), (1280, 800)
BUDI = Person(8001, "Budi Santoso (contoh)", "Koordinator unit", "Mulai dari sini")
SARI = Person(8002, "Sari Wulandari (contoh)", "Anggota pokja 5")


class Town:
    """The demo's calendar and people."""

    zone = ZoneInfo("Asia/Makassar")

    def __init__(self, standin: StandIn | None = None) -> None:
        self.offset = datetime(2027, 1, 18, tzinfo=UTC) - datetime.now(UTC)
        self.standin = standin

    def people(self) -> list[Person]:
        return [BUDI, SARI]

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    async def advance(self, *, delta: timedelta | None = None, to: datetime | None = None) -> None:
        self.offset += delta if delta is not None else (to or self.now()) - self.now()

    async def reset(self) -> None:
        assert self.standin is not None
        self.standin.reset()
        self.seed()

    def seed(self) -> None:
        assert self.standin is not None
        for person in self.people():
            self.standin.add_user(person.user_id, person.name.split()[0], person.name.split()[1])


CHOICES = {"inline_keyboard": [[{"text": f"Pilih {k}", "callback_data": f"pilih:{k}"} for k in "ABC"]]}
SCREEN = "<b>A.I.5.i.a</b> Kampanye\n\nJawaban: {answer}\n<blockquote>contoh</blockquote>"


class SmallBot:
    """Answers over plain HTTP, as any bot would."""

    def __init__(self, address: str, token: str) -> None:
        self.http = httpx.AsyncClient(base_url=f"{address}/bot{token}/", timeout=30)

    async def call(self, method: str, **fields: Any) -> Any:
        return (await self.http.post(method, json=fields)).json().get("result")

    async def run(self) -> None:
        await self.call("setMyDescription", description="Membantu tim Zona Integritas.")
        names = {"menu": "Menu utama", "lke": "Isi LKE", "tim": "Undang tim", "kabar": "Kirim kabar"}
        await self.call(
            "setMyCommands", commands=[{"command": c, "description": d} for c, d in names.items()]
        )
        offset = 0
        while True:
            try:
                updates = await self.call("getUpdates", offset=offset, timeout=20) or []
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            for update in updates:
                offset = update["update_id"] + 1
                query = update.get("callback_query")
                await (self.tapped(query) if query else self.heard(update.get("message")))

    async def tapped(self, query: dict[str, Any]) -> None:
        letter = query["data"].partition(":")[2]
        text = "Tidak bisa sekarang." if letter == "C" else f"Jawaban {letter} tersimpan"
        await self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=letter == "C"
        )
        message = query["message"]
        await self.call(
            "editMessageText",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=SCREEN.format(answer=letter),
            parse_mode="HTML",
            reply_markup=CHOICES,
        )

    async def heard(self, message: dict[str, Any] | None) -> None:
        if message is None:
            return
        chat, text = message["chat"]["id"], message.get("text", "")
        send: Callable[..., Awaitable[Any]] = self.call
        if text == "/lke":
            await send(
                "sendMessage",
                chat_id=chat,
                text=SCREEN.format(answer="-"),
                parse_mode="HTML",
                reply_markup=CHOICES,
            )
        elif text == "/tim":
            await send("sendMessage", chat_id=chat, text="Undangan: t.me/contoh_pandu_bot?start=pokja5-abc")
        elif text == "/kabar":
            await send("sendMessage", chat_id=SARI.user_id, text="Rapat monev Jumat.")
            await send("sendMessage", chat_id=chat, text="Terkirim.")
        elif "photo" in message or "document" in message:
            file = message.get("document") or message["photo"][-1]
            kind = "Document" if "document" in message else "Photo"
            await send(f"send{kind}", chat_id=chat, caption="Diterima", **{kind.lower(): file["file_id"]})
        elif text != "diam":
            await send("sendMessage", chat_id=chat, text=f"Anda menulis: {text}")


class Server:
    """The stand-in on a real port, with its small bot, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, 0
        self.town = Town()
        self.start()

    def start(self) -> None:
        self.standin = StandIn(self.folder / "telegram.sqlite3", now=self.town.now)
        self.town.standin = self.standin
        self.town.seed()
        config = uvicorn.Config(
            create_app(self.standin, self.town), port=self.port, log_level="error", lifespan="off"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.thread.start()
        until = time.monotonic() + 10
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.02)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    async def _serve(self) -> None:
        serving = asyncio.create_task(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        small = SmallBot(f"http://127.0.0.1:{port}", self.standin.token)
        running = asyncio.create_task(small.run())
        await serving
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await small.http.aclose()

    def stop(self) -> None:
        self.standin.end_waits()
        self.server.should_exit = True
        self.thread.join(10)
        self.standin.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.stop()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360", "1280"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """The page, opened. Fails on any error in its console and on any request to elsewhere."""
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=width < 700,
        is_mobile=width < 700,
        locale="id-ID",
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda m: complaints.append(m.text) if m.type == "error" and "ERR_" not in m.text else None
    )
    opened.on(
        "request",
        lambda r: complaints.append(r.url) if not r.url.startswith((server.address, "blob:")) else None,
    )
    opened.goto(server.address)
    opened.wait_for_selector("body[data-ready]")
    yield opened
    wide = opened.evaluate("document.documentElement.scrollWidth > innerWidth")
    shots = os.environ.get("PAGE_SHOTS")
    if shots:
        opened.screenshot(path=Path(shots) / f"{request.node.name}.png")
    context.close()
    assert complaints == []
    assert not wide, "the page scrolls sideways"


def messages(page: Page) -> Locator:
    return page.get_by_test_id("msg")


def say(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def be(page: Page, person: Person) -> None:
    toggle = page.get_by_test_id("people-toggle")
    if toggle.is_visible():
        toggle.click()
    page.get_by_test_id(f"person-{person.user_id}").click()
    expect(page.get_by_test_id(f"person-{person.user_id}")).to_have_attribute("aria-current", "true")


def open_clock(page: Page) -> None:
    toggle = page.get_by_test_id("clock-toggle")
    if toggle.is_visible():
        toggle.click()


def picture(color: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (320, 200), color).save(made, "PNG")
    return made.getvalue()


def chosen(name: str, mime: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": mime, "buffer": data}


def test_a_talk_from_start_to_an_edited_screen(page: Page) -> None:
    expect(page.get_by_test_id("welcome")).to_contain_text("Membantu tim Zona Integritas.")
    page.get_by_test_id("start").click()
    expect(messages(page).last).to_contain_text("Anda menulis: /start")

    say(page, "/lke")
    screen = messages(page).last
    expect(screen.locator("strong").first).to_have_text("A.I.5.i.a")
    expect(screen.locator("blockquote")).to_have_text("contoh")
    keys = screen.get_by_test_id("kb")
    expect(keys).to_have_text(["Pilih A", "Pilih B", "Pilih C"])
    count = messages(page).count()

    keys.nth(1).focus()
    page.keyboard.press("Enter")
    expect(screen).to_contain_text("Jawaban: B")
    expect(page.get_by_test_id("toast")).to_have_text("Jawaban B tersimpan")
    assert messages(page).count() == count
    expect(screen.get_by_test_id("kb").nth(1)).to_be_focused()

    page.keyboard.type("b")
    expect(page.get_by_test_id("composer")).to_have_value("b")
    page.get_by_test_id("composer").fill("")

    screen.get_by_test_id("kb").nth(2).click()
    expect(page.get_by_test_id("dialog")).to_contain_text("Tidak bisa sekarang.")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("dialog")).not_to_be_visible()


def test_commands_by_slash_and_by_menu(page: Page) -> None:
    page.get_by_test_id("composer").press_sequentially("/")
    expect(page.get_by_role("option")).to_have_count(4)
    page.get_by_test_id("composer").press_sequentially("l")
    expect(page.get_by_role("option")).to_have_text(["/lkeIsi LKE"])
    page.keyboard.press("Enter")
    expect(messages(page).last).to_contain_text("Jawaban: -")

    page.get_by_test_id("menu").click()
    page.get_by_test_id("command-tim").click()
    expect(messages(page).last).to_contain_text("Undangan")


def test_a_deep_link_opens_as_the_person_chosen(page: Page, server: Server) -> None:
    say(page, "/tim")
    page.get_by_role("link", name="t.me/contoh_pandu_bot?start=pokja5-abc").click()
    expect(page.get_by_test_id("dialog")).to_contain_text("start=pokja5-abc")
    page.get_by_test_id("link-as").select_option(str(SARI.user_id))
    page.get_by_test_id("link-open").click()

    expect(messages(page).last).to_contain_text("Anda menulis: /start pokja5-abc")
    assert server.standin.messages(SARI.user_id)[0]["text"] == "/start pokja5-abc"


def test_others_get_an_unread_mark_that_goes_when_looked_at(page: Page, server: Server) -> None:
    server.standin.say(SARI.user_id, "/start")
    say(page, "/kabar")
    expect(messages(page).last).to_contain_text("Terkirim.")
    phone = page.get_by_test_id("people-toggle").is_visible()
    if phone:
        expect(page.get_by_test_id("others-unread")).to_contain_text("1")
        page.get_by_test_id("people-toggle").click()
    row = page.get_by_test_id(f"person-{SARI.user_id}")
    expect(row).to_contain_text("Anggota pokja 5")
    expect(row.get_by_test_id("unread")).to_contain_text("2 pesan baru")
    row.click()
    expect(messages(page).last).to_contain_text("Rapat monev Jumat.")
    expect(page.get_by_test_id("unread")).to_have_count(0)
    expect(page.get_by_test_id("messages")).to_contain_text("Pesan baru")
    say(page, "terima kasih")
    expect(messages(page).last).to_contain_text("Anda menulis: terima kasih")
    expect(page.locator(".day[data-day]")).to_have_count(1)
    until = time.monotonic() + 5
    while server.standin.unread(SARI.user_id) and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert server.standin.unread(SARI.user_id) == 0


def test_files_go_both_ways(page: Page, server: Server) -> None:
    page.get_by_test_id("file-input").set_input_files(
        [chosen("satu.png", "image/png", picture("teal")), chosen("dua.png", "image/png", picture("navy"))]
    )
    expect(page.get_by_test_id("files").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("button", name="Hapus lampiran dua.png")).to_be_in_viewport(ratio=1)
    say(page, "sosialisasi")
    expect(page.locator(".album.out .photo")).to_have_count(2)
    expect(page.locator(".msg.in .photo")).to_have_count(2)
    sent = [m for m in server.standin.messages(BUDI.user_id) if m["from"]["id"] == BUDI.user_id]
    assert len({m["media_group_id"] for m in sent}) == 1
    assert [m.get("caption") for m in sent] == ["sosialisasi", None]
    page.locator(".msg.in .photo").last.click()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_test_id("file-input").set_input_files(
        chosen("SK tim.pdf", "application/pdf", b"%PDF-1.7 contoh")
    )
    page.get_by_test_id("send").click()
    document = messages(page).last.get_by_test_id("doc")
    expect(document).to_contain_text("SK tim.pdf")
    expect(messages(page).last).to_contain_text("Diterima")
    with page.expect_download() as download:
        document.click()
    assert download.value.suggested_filename == "SK tim.pdf"
    assert download.value.path().read_bytes() == b"%PDF-1.7 contoh"


def test_replying_and_changing_a_message(page: Page, server: Server) -> None:
    say(page, "halo")
    expect(messages(page).last).to_contain_text("Anda menulis: halo")
    messages(page).last.get_by_test_id("msg-menu").click()
    page.get_by_role("menuitem", name="Balas").press("Enter")
    say(page, "jawaban")
    expect(messages(page).last).to_contain_text("Anda menulis: jawaban")
    own = next(m for m in server.standin.messages(BUDI.user_id) if m.get("text") == "jawaban")
    assert own["reply_to_message"]["text"] == "Anda menulis: halo"

    page.locator(".msg.out").last.get_by_test_id("msg-menu").click()
    page.get_by_role("menuitem", name="Ubah").click()
    expect(page.get_by_test_id("composer")).to_have_value("jawaban")
    say(page, "jawaban lain")
    expect(page.locator(".msg.out").last).to_contain_text("jawaban laindiubah")


def test_drafts_outlive_a_reload_and_belong_to_one_person(page: Page) -> None:
    page.get_by_test_id("composer").fill("belum selesai")
    be(page, SARI)
    expect(page.get_by_test_id("composer")).to_have_value("")
    be(page, BUDI)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.get_by_test_id("composer")).to_have_value("belum selesai")
    page.get_by_test_id("composer").press("Shift+Enter")
    expect(page.get_by_test_id("composer")).to_have_value("belum selesai\n")


def test_a_lost_server_is_told_and_what_was_sent_arrives_once(page: Page, server: Server) -> None:
    say(page, "sebelum")
    expect(messages(page).last).to_contain_text("Anda menulis: sebelum")
    server.stop()
    expect(page.get_by_test_id("net")).to_contain_text("Koneksi terputus")
    say(page, "selama putus")
    expect(page.locator(".pending")).to_contain_text("selama putus")
    server.start()

    expect(messages(page).last).to_contain_text("Anda menulis: selama putus", timeout=15_000)
    expect(page.get_by_test_id("net")).to_be_empty()
    expect(page.locator(".pending")).to_have_count(0)
    texts = [m["text"] for m in server.standin.messages(BUDI.user_id)]
    assert texts.count("selama putus") == 1


def test_a_silent_bot_is_shown_as_typing(page: Page) -> None:
    say(page, "diam")
    expect(page.get_by_test_id("typing")).to_be_visible()
    expect(page.get_by_test_id("typing")).to_contain_text("sedang mengetik")
    say(page, "halo")
    expect(messages(page).last).to_contain_text("Anda menulis: halo")
    expect(page.get_by_test_id("typing")).to_be_hidden()


def test_the_clock_moves_forward_only(page: Page, server: Server) -> None:
    expect(page.get_by_test_id("clock")).to_contain_text("Senin, 18 Januari 2027")
    open_clock(page)
    page.get_by_test_id("advance-day").click()
    expect(page.get_by_test_id("clock")).to_contain_text("Selasa, 19 Januari 2027")
    page.get_by_test_id("clock-to").fill("2027-05-31T08:00")
    page.get_by_test_id("advance-to").click()
    expect(page.get_by_test_id("clock")).to_have_text("Senin, 31 Mei 2027 08.00 WITA")
    page.get_by_test_id("advance-hour").click()
    expect(page.get_by_test_id("clock")).to_have_text("Senin, 31 Mei 2027 09.00 WITA")
    refused = httpx.post(f"{server.address}/api/clock", json={"to": "2026-01-01T08:00"})
    assert refused.status_code == 400
    assert "hanya dapat dimajukan" in refused.json()["error"]


def test_starting_over_asks_first(page: Page, server: Server) -> None:
    say(page, "halo")
    expect(messages(page).last).to_contain_text("Anda menulis: halo")
    open_clock(page)
    page.get_by_test_id("reset").click()
    expect(page.get_by_test_id("dialog")).to_contain_text("Mulai dari awal?")
    page.get_by_test_id("reset-cancel").click()
    assert server.standin.messages(BUDI.user_id)
    page.get_by_test_id("reset").click()
    page.get_by_test_id("reset-confirm").click()
    expect(page.get_by_test_id("welcome")).to_be_attached()
    assert server.standin.messages(BUDI.user_id) == []


def test_everything_to_press_has_a_name_and_is_reached_by_tab(page: Page) -> None:
    say(page, "/lke")
    expect(messages(page).last).to_contain_text("Jawaban: -")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, textarea, select')]
            .filter((e) => e.checkVisibility() && !(e.innerText.trim() || e.ariaLabel || e.labels?.length))
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.dataset.testid || document.activeElement.id"))
    assert {"kb", "composer", "menu", "attach", "log", "msg-menu"} <= seen
    assert seen & {f"person-{SARI.user_id}", "people-toggle"}
    assert seen & {"advance-day", "clock-toggle"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(browser: Browser, server: Server, scheme: Any) -> None:
    """4.5 to 1 for every pair of text and ground that the page uses."""
    context = browser.new_context(color_scheme=scheme)
    opened = context.new_page()
    opened.goto(server.address)
    value = opened.evaluate(
        """() => {
            const names = ['surface','raised','soft','out','key','accent','on-accent','text','muted',
                'out-meta','danger','pill','toast','on-toast'];
            const style = getComputedStyle(document.documentElement);
            return Object.fromEntries(names.map((n) => [n, style.getPropertyValue('--' + n).trim()]));
        }"""
    )
    context.close()
    pairs = [
        (text, ground) for text in ("text", "muted", "accent") for ground in ("surface", "raised", "soft")
    ]
    pairs += [("accent", "key"), ("text", "out"), ("out-meta", "out"), ("on-accent", "accent")]
    pairs += [("danger", "surface"), ("on-toast", "toast")]
    weak = {pair: contrast(value[pair[0]], value[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert contrast("#ffffff", value["pill"]) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# The door


def test_other_sites_cannot_use_the_page(server: Server) -> None:
    body = {"user_id": BUDI.user_id, "text": "x"}
    with httpx.Client(base_url=server.address) as client:
        foreign = client.post("/api/say", json=body, headers={"origin": "http://jahat.example"})
        sneaky = client.post("/api/say", json=body, headers={"sec-fetch-site": "cross-site"})
        rebound = client.get("/api/state", headers={"host": "jahat.example"})
        own = client.post("/api/say", json=body, headers={"origin": server.address})
        policy = client.get("/").headers["content-security-policy"]

    assert [foreign.status_code, sneaky.status_code, rebound.status_code, own.status_code] == [
        403,
        403,
        421,
        200,
    ]
    assert "default-src 'none'" in policy


def test_what_the_page_cannot_do_is_said_in_a_sentence(server: Server) -> None:
    with httpx.Client(base_url=server.address) as client:
        empty = client.post("/api/say", json={"user_id": BUDI.user_id, "text": "  "})
        stranger = client.post("/api/say", json={"user_id": 1, "text": "x"})
        broken = client.post("/api/say", content=b"{")
        gone = client.post("/api/tap", json={"user_id": BUDI.user_id, "message_id": 9, "data": "x"})
        missing = client.get("/api/files/tidak-ada")

    assert [r.status_code for r in (empty, stranger, broken, gone, missing)] == [400, 404, 400, 404, 404]
    assert empty.json() == {"error": "Pesan masih kosong."}
