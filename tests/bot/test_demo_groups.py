"""The group and inline mode on the page, with the real bot behind it, on a phone and on a desktop.

With PAGE_SHOTS=<folder> every chapter leaves a picture at 360 and 1280 pixels.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PageTimeout

from bot.demo import sample, sample_groups
from tests.bot.test_demo_story import IDS, SIZES
from tests.support.demo import Demo

pytestmark = pytest.mark.page

GROUP = sample.GROUP_ID
BOT = "@contoh_pandu_bot"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path_factory.mktemp("demo")).start()
    yield made
    made.kill()


class Visitor:
    """Somebody in front of the page."""

    def __init__(self, page: Page, size: str) -> None:
        self.page = page
        self.size = size

    def be(self, name: str) -> None:
        """Speak as another person, in the private chat."""
        if self.size == "360":
            self.page.get_by_test_id("people-toggle").click()
        self.page.get_by_test_id(f"person-{IDS[name]}").click()

    def enter(self, topic: str) -> None:
        """Go into the group, and there into a topic."""
        self.page.get_by_test_id(f"chat-{GROUP}").click()
        self.page.get_by_test_id("topics").get_by_role("button", name=topic).click()

    def say(self, text: str) -> None:
        """Type and press Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_test_id("composer")

    @property
    def last(self) -> Locator:
        return self.page.get_by_test_id("msg").last

    def picture(self, name: str) -> None:
        """Keep how it looks now."""
        if shots := os.environ.get("PAGE_SHOTS"):
            Path(shots).mkdir(parents=True, exist_ok=True)
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=str(Path(shots) / f"{name}-{self.size}.png"))


@pytest.fixture(params=SIZES)
def visitor(request: pytest.FixtureRequest, browser: Browser, demo: Demo) -> Iterator[Visitor]:
    """The page, opened. Fails on any error in its console and when it scrolls sideways."""
    narrow = request.param == "360"
    context = browser.new_context(
        viewport=SIZES[request.param],  # type: ignore[arg-type]
        has_touch=narrow,
        is_mobile=narrow,
        locale="id-ID",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type == "error" and "ERR_" not in m.text else None
    )
    page.goto(demo.address)
    page.wait_for_selector("body[data-ready]")
    yield Visitor(page, request.param)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert complaints == []
    assert not wide, "the page scrolls sideways"


def in_group(demo: Demo, name: str, thread_id: int = 0) -> list[dict[str, Any]]:
    """What this person reads in the group."""
    where = {"chat": GROUP, "thread": thread_id}
    answer = httpx.get(f"{demo.address}/api/chat/{IDS[name]}", params=where, timeout=30).json()
    found: list[dict[str, Any]] = answer["messages"]
    return found


def test_several_people_and_the_bot_talk_in_a_topic(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    visitor.be("Budi")
    visitor.enter("Umum")
    expect(page.locator("#bot-name")).to_have_text("Grup ZI Kantor Layanan")
    expect(page.get_by_test_id("messages")).to_contain_text("saya menjawab pertanyaan umum")
    expect(page.get_by_test_id("topics").get_by_role("button")).to_have_text(
        ["Umum", "Tanya aturan", "Rapat dan jadwal"]
    )
    visitor.picture("grup")

    visitor.enter("Tanya aturan")
    visitor.say("Teman-teman, syarat WBK apa saja ya?")
    expect(visitor.last).to_have_attribute("data-from", "person")
    expect(page.get_by_test_id("typing")).to_be_hidden()
    visitor.be("Sari")
    expect(page.locator("#bot-name")).to_have_text("Pandu ZI")
    visitor.enter("Tanya aturan")
    expect(visitor.last).to_have_attribute("data-from", "other")
    expect(visitor.last.get_by_test_id("speaker")).to_contain_text("Budi")
    visitor.say(f"{BOT} apa syarat WBK?")
    expect(visitor.last).to_contain_text("nilai total minimal 75", timeout=15_000)
    expect(visitor.last.get_by_test_id("speaker")).to_contain_text("Pandu ZI")
    expect(visitor.last.locator(".quote")).to_contain_text("Anda")
    names = page.get_by_test_id("speaker").all_inner_texts()
    assert any("Budi" in name for name in names)
    visitor.picture("grup-topik")

    thread = next(m["message_thread_id"] for m in in_group(demo, "Sari", _topic(demo, "Tanya aturan")))
    assert in_group(demo, "Sari", thread)[-1]["from"]["is_bot"]
    visitor.enter("Umum")
    expect(page.get_by_test_id("messages")).not_to_contain_text("nilai total minimal 75")

    visitor.enter("Tanya aturan")
    visitor.last.get_by_role("link", name="Buka lengkap").click()
    expect(page.get_by_test_id("dialog")).to_contain_text("start=t-")
    page.get_by_test_id("link-open").click()
    expect(page.locator("#bot-name")).to_have_text("Pandu ZI")
    expect(visitor.last).to_contain_text("Membantu", timeout=15_000)


def _topic(demo: Demo, name: str) -> int:
    person = next(p for p in demo.state()["people"] if p["id"] == IDS["Sari"])
    return next(int(t["id"]) for t in person["groups"][0]["topics"] if t["name"] == name)


def test_a_card_is_chosen_by_keyboard_and_by_mouse(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    visitor.be("Dewi")
    visitor.enter("Rapat dan jadwal")
    visitor.composer.press_sequentially("@con")
    expect(page.get_by_test_id("mention")).to_be_visible()
    visitor.composer.press("Enter")
    expect(visitor.composer).to_have_value(f"{BOT} ")
    expect(page.get_by_test_id("result")).to_have_count(5)
    visitor.composer.press_sequentially("beda wbk wbbm", delay=15)
    first = page.get_by_test_id("result").first
    expect(first).to_contain_text("WBBM")
    expect(visitor.composer).to_have_attribute("aria-controls", "results")
    visitor.picture("kartu")
    visitor.composer.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(visitor.composer).to_have_attribute("aria-activedescendant", "result-0")
    visitor.composer.press("Enter")
    expect(visitor.last.get_by_test_id("via")).to_have_text(f"lewat {BOT}")
    expect(visitor.last).to_have_attribute("data-from", "person")
    expect(visitor.last.get_by_role("link", name="Buka lengkap")).to_be_visible()
    expect(visitor.composer).to_have_value("")
    expect(page.get_by_test_id("inline")).to_be_hidden()
    count = page.get_by_test_id("msg").count()

    visitor.composer.fill(f"{BOT} lhkpn telat")
    expect(first).to_contain_text("LHKPN")
    page.get_by_test_id("result").nth(1).click()
    expect(page.get_by_test_id("msg")).to_have_count(count + 1)
    visitor.picture("kartu-terpilih")
    page.wait_for_timeout(500)
    assert page.get_by_test_id("msg").count() == count + 1, "the bot does not answer a card"

    visitor.composer.fill(f"{BOT} resep rendang")
    expect(page.get_by_test_id("inline")).to_contain_text("Belum ada jawaban yang cocok")
    visitor.composer.press("Escape")
    expect(page.get_by_test_id("inline")).to_be_hidden()
    visitor.composer.fill(f"{BOT} beda spak spkp")
    expect(page.get_by_test_id("inline-button")).to_have_text("Buka Pandu ZI")
    page.get_by_test_id("inline-button").click()
    page.get_by_test_id("link-open").click()
    expect(visitor.last).to_contain_text("Membantu", timeout=15_000)


def test_a_question_sent_without_choosing_is_a_mention(visitor: Visitor) -> None:
    visitor.be("Dewi")
    visitor.enter("Rapat dan jadwal")
    visitor.composer.fill(f"{BOT} apa itu lke")
    expect(visitor.page.get_by_test_id("result").first).to_be_visible()
    visitor.composer.press("Enter")
    expect(visitor.last).to_have_attribute("data-from", "bot", timeout=15_000)
    expect(visitor.last.locator(".quote")).to_contain_text("apa itu lke")


def test_each_chat_has_its_own_draft_and_the_place_outlives_a_reload(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Budi")
    visitor.composer.fill("untuk bot")
    visitor.enter("Rapat dan jadwal")
    expect(visitor.composer).to_have_value("")
    visitor.composer.fill("untuk rapat")
    page.get_by_test_id("chat-private").click()
    expect(visitor.composer).to_have_value("untuk bot")
    visitor.enter("Rapat dan jadwal")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#bot-name")).to_have_text("Grup ZI Kantor Layanan")
    expect(page.get_by_test_id("topics").locator("[aria-current]")).to_have_text("Rapat dan jadwal")
    expect(visitor.composer).to_have_value("untuk rapat")
    visitor.composer.fill("")


def test_the_scoreboard_is_pinned_and_follows_its_edits(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    visitor.be("Budi")
    visitor.enter("Umum")
    pinned = page.get_by_test_id("pinned")
    expect(pinned).to_contain_text("Papan ZI: ", timeout=20_000)
    expect(page.get_by_test_id("messages")).to_contain_text("Angka per pokja; rincian di obrolan pribadi.")
    visitor.picture("papan")
    visitor.enter("Rapat dan jadwal")
    expect(pinned).to_be_hidden()
    person = next(p for p in demo.state()["people"] if p["id"] == IDS["Budi"])
    assert [g["bot"]["status"] for g in person["groups"]] == ["administrator", "member"]


def test_an_admin_of_the_group_removes_and_mutes_the_bot(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Sari")
    page.get_by_test_id(f"chat-{sample_groups.SECOND_ID}").click()
    menu = page.get_by_test_id("group-menu")
    menu.click()
    page.get_by_role("menuitem", name="Keluarkan bot").click()
    expect(page.get_by_test_id("event").last).to_contain_text("mengeluarkan Pandu ZI")
    menu.click()
    expect(page.get_by_role("menuitem")).to_have_text(["Masukkan bot ke grup"])
    visitor.picture("grup-kelola")
    page.get_by_role("menuitem", name="Masukkan bot ke grup").click()
    expect(page.get_by_test_id("messages")).to_contain_text("saya menjawab pertanyaan umum", timeout=15_000)
    expect(page.get_by_test_id("typing")).to_be_hidden()
    _chooses(page, "Larang bot menulis")
    _chooses(page, "Izinkan bot menulis")
    page.get_by_test_id("chat-private").click()
    expect(menu).to_be_hidden()


def _chooses(page: Page, name: str) -> None:
    """Choose from the group's menu, again if a new message has scrolled the chat, which closes a menu."""
    item = page.get_by_role("menuitem", name=name)
    for _ in range(8):
        page.get_by_test_id("group-menu").click()
        try:
            return item.click(timeout=2_000)
        except PageTimeout:
            continue
    raise AssertionError(f"the menu never offered {name!r}")


def test_only_members_see_the_group_and_others_get_a_mark(visitor: Visitor, demo: Demo) -> None:
    page = visitor.page
    visitor.be("Joko")
    expect(page.get_by_test_id("chats")).to_be_hidden()
    assert httpx.get(f"{demo.address}/api/chat/{IDS['Joko']}", params={"chat": GROUP}).status_code == 404
    visitor.be("Budi")
    page.get_by_test_id(f"chat-{GROUP}").click()
    page.get_by_test_id("chat-private").click()
    body = {"user_id": IDS["Sari"], "text": "Rapat pukul 10 ya.", "chat_id": GROUP}
    httpx.post(f"{demo.address}/api/say", json=body, headers={"Origin": demo.address}).raise_for_status()
    tab = page.get_by_test_id(f"chat-{GROUP}")
    expect(tab.get_by_test_id("unread")).to_be_attached()
    expect(tab).to_have_attribute("title", re.compile("Sari: Rapat pukul 10 ya."))
    tab.click()
    expect(page.get_by_test_id("messages")).to_contain_text("Rapat pukul 10 ya.")
    expect(tab.get_by_test_id("unread")).to_have_count(0)


def test_everything_in_the_group_has_a_name_and_is_reached_by_tab(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Sari")
    visitor.enter("Tanya aturan")
    visitor.composer.fill(f"{BOT} wbk")
    expect(page.get_by_test_id("result").first).to_be_visible()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, textarea, select, [role=option]')]
            .filter((e) => e.checkVisibility() && !(e.innerText.trim() || e.ariaLabel || e.labels?.length))
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('.strip button, .inline button, [role=option]')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 34).length"""
    )
    assert small == 0
    visitor.composer.fill("")
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.dataset.testid || document.activeElement.id"))
    assert {f"chat-{GROUP}", "chat-private", "composer", "log"} <= seen
    assert any(name.startswith("topic-") for name in seen)
