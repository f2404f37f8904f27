"""What the stand-in remembers over a restart, a kill and a reset, and how it reads Telegram's HTML."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.entities import chunks, trimmed, utf16_length, with_found
from bot.demo.html import parse
from bot.demo.standin import StandIn
from bot.demo.wire import ApiError

BUDI = 8001


def opened(path: Path) -> StandIn:
    return StandIn(path / "telegram.sqlite3")


def talked(standin: StandIn) -> int:
    """A short talk; answers the id of the bot's message."""
    standin.add_user(BUDI, "Budi", "Santoso")
    standin.say(BUDI, "/start", client_id="a1")
    with standin.store.writing():
        content = {
            "text": "Pilih",
            "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
        }
        sent = standin.new_message(BUDI, standin.bot, content)
        standin.put_profile("commands/default/", [{"command": "menu", "description": "Menu"}])
    message_id: int = sent["message_id"]
    return message_id


def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    before = opened(tmp_path)
    message_id = talked(before)
    tapped = before.tap(BUDI, message_id, "a")
    before.send_document(BUDI, "sk.pdf", b"%PDF", caption="SK tim")
    before.read(BUDI, message_id)
    before.block(BUDI)
    before.close()

    after = opened(tmp_path)
    assert after.messages(BUDI) == before.messages(BUDI)
    assert after.updates == before.updates
    assert list(after.updates) == sorted(after.updates)
    assert (after.users, after.chats, after.files) == (before.users, before.chats, before.files)
    assert (after.profile, after.callbacks) == (before.profile, before.callbacks)
    assert after.toast(tapped) == before.toast(tapped)
    document = after.messages(BUDI)[-1]["document"]
    assert after.store.content(document["file_id"]) == b"%PDF"
    assert (after.users[BUDI].blocked, after.unread(BUDI)) == (True, 0)
    after.close()


def test_ids_never_go_back(tmp_path: Path) -> None:
    before = opened(tmp_path)
    message_id = talked(before)
    update_id = before.say(BUDI, "satu")
    before.confirm(update_id + 1)
    with before.store.writing():
        before.drop_message(BUDI, before.messages(BUDI)[-1]["message_id"])
    before.reset()
    assert (before.messages(BUDI), before.updates, before.users) == ([], {}, {})
    assert before.profile, "the bot's own profile stays"
    before.close()

    after = opened(tmp_path)
    after.add_user(BUDI, "Budi")
    assert after.say(BUDI, "dua") == update_id + 1
    last = after.last(BUDI)
    assert last is not None
    assert last["message_id"] > message_id + 1
    after.close()


def test_a_send_repeated_after_a_restart_does_nothing_more(tmp_path: Path) -> None:
    before = opened(tmp_path)
    message_id = talked(before)
    first = before.say(BUDI, "sekali", client_id="kirim-1")
    tap = before.tap(BUDI, message_id, "a", client_id="ketuk-1")
    before.close()

    after = opened(tmp_path)
    assert after.say(BUDI, "sekali", client_id="kirim-1") == first
    assert after.tap(BUDI, message_id, "a", client_id="ketuk-1") == tap
    assert [m["text"] for m in after.messages(BUDI)].count("sekali") == 1
    after.close()


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    script = """
import sys, itertools
from pathlib import Path
from bot.demo.standin import StandIn
s = StandIn(Path(sys.argv[1]) / "telegram.sqlite3")
s.add_user(8001, "Budi")
for n in itertools.count():
    print(s.say(8001, f"pesan {n}"), flush=True)
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as running:
        assert running.stdout is not None
        seen = [int(running.stdout.readline()) for _ in range(40)]
        os.kill(running.pid, signal.SIGKILL)
        seen += [int(line) for line in running.stdout if line.endswith("\n")]

    after = opened(tmp_path)
    assert set(seen) <= set(after.updates)
    assert after.say(BUDI, "lagi") > max(seen)
    after.close()


def test_strangers_and_empty_texts_are_refused() -> None:
    standin = StandIn()
    with pytest.raises(KeyError):
        standin.say(1, "halo")
    standin.add_user(1, "Budi")
    with pytest.raises(ValueError, match="needs text"):
        standin.say(1, " \n ")
    with pytest.raises(ValueError, match="IMAGE_PROCESS_FAILED"):
        standin.send_photo(1, b"bukan gambar")
    assert standin.messages(1) == []
    standin.close()


def test_long_texts_are_cut_as_telegrams_apps_do() -> None:
    standin = StandIn()
    standin.add_user(1, "Budi")
    standin.say(1, "kata " * 2000)
    texts = [m["text"] for m in standin.messages(1)]
    assert " ".join(texts) == ("kata " * 2000).strip()
    assert all(utf16_length(text) <= 4096 for text in texts)
    standin.close()


# HTML


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;b&gt; &quot;x&quot; &amp;amp; &nbsp; &#65;&#x42;", '<b> "x" &amp; &nbsp; AB', []),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("<u>😀</u><s>x</s>", "😀x", [("underline", 0, 2), ("strikethrough", 2, 1)]),
        (
            "<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>",
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<a href="bukan tautan">x</a>', "x", []),
        ("1 &lt 2 & 3", "1 < 2 & 3", []),
    ],
)
def test_html_is_read_as_telegram_reads_it(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    read, found = parse(source)
    assert read == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_keep_their_address() -> None:
    _, found = parse(
        '<a href="https://t.me/contoh_pandu_bot?start=a&amp;b=1">x</a><a href="tg://user?id=7">y</a>'
    )
    assert found[0]["url"] == "https://t.me/contoh_pandu_bot?start=a&b=1"
    assert (found[1]["type"], found[1]["user"]["id"]) == ("text_mention", 7)


@given(st.text(alphabet="ab<>/&;\"'= é😀btlgmcode", max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse(source)
    except ApiError as error:
        text, entities, refusal = "", [], error.description
    else:
        refusal = "Bad Request: can't parse entities: none"
    assert refusal.startswith("Bad Request: can't parse entities: ")
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)


@given(st.text(max_size=60))
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(escaped) == (text, [])


def test_what_telegram_finds_by_itself() -> None:
    text = (
        "t.me/contoh_bot?start=a, /menu, surel a.b@contoh.go.id, @contoh_bot, #zi dan 18/20 atau A.I.5.i.a."
    )
    found = [(e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in with_found(text, [])]
    assert found == [
        ("url", "t.me/contoh_bot?start=a"),
        ("bot_command", "/menu"),
        ("email", "a.b@contoh.go.id"),
        ("mention", "@contoh_bot"),
        ("hashtag", "#zi"),
    ]


def test_trimming_moves_entities_along() -> None:
    assert trimmed("  ab ", [{"type": "bold", "offset": 0, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )
    assert trimmed("  a", [{"type": "bold", "offset": 0, "length": 2}]) == ("a", [])


@given(st.text(max_size=80), st.integers(2, 20))
def test_no_part_is_longer_than_the_limit(text: str, limit: int) -> None:
    parts = chunks(text, limit)
    assert all(0 < utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
