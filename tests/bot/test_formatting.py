"""Formatting that people type is sent on as they meant it, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.demo.html import parse
from bot.formatting import safe_html


def entity(kind: str, offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity(kind, offset, length, url=url)


def test_bold_italic_underline_and_links_are_kept_and_the_rest_is_escaped() -> None:
    text = "Rapat <penting> besok di sini"
    made = safe_html(
        text,
        [
            entity("bold", 0, 5),
            entity("italic", 16, 5),
            entity("text_link", 22, 7, "https://contoh.id/?a=1&b=2"),
            entity("spoiler", 6, 9),
        ],
    )
    assert made == (
        '<b>Rapat</b> &lt;penting&gt; <i>besok</i> <a href="https://contoh.id/?a=1&amp;b=2">di sini</a>'
    )


def test_plain_text_needs_no_html() -> None:
    assert safe_html("Rapat besok", []) == ""
    assert safe_html("Rapat besok", [entity("hashtag", 0, 5)]) == ""


def test_a_link_that_is_no_web_address_is_plain() -> None:
    assert safe_html("klik", [entity("text_link", 0, 4, "javascript:alert(1)")]) == ""
    assert safe_html("klik", [entity("text_link", 0, 4, "tg://user?id=1")]) == ""


def test_places_are_counted_as_telegram_counts() -> None:
    assert safe_html("👍 Rapat", [entity("bold", 3, 5)]) == "👍 <b>Rapat</b>"


def test_what_stands_before_the_text_is_left_out() -> None:
    text = "/pengumuman Rapat besok"
    assert safe_html(text, [entity("bold", 0, 17)], 12) == "<b>Rapat</b> besok"


spans = st.tuples(st.sampled_from(["bold", "italic", "underline"]), st.integers(0, 12), st.integers(1, 12))


@given(st.text(st.sampled_from("ab <&👍\n"), min_size=1, max_size=12), st.lists(spans, max_size=6))
def test_crossing_spans_always_make_valid_html_with_the_same_words(
    text: str, given_spans: list[tuple[str, int, int]]
) -> None:
    made = safe_html(text, [entity(*span) for span in given_spans])
    if made:
        assert parse(made)[0].strip() == text.strip()
