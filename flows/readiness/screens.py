"""Screens of readiness itself: verdict, gates, both targets, pictures, what to forward."""

from flows import copying, routes, words
from flows.readiness import chart
from flows.readiness.conditions import UnitConditions
from flows.readiness.history import History
from flows.readiness.service import Standing
from flows.readiness.texts import older, score
from flows.screen import Button, Media, Screen, rows
from flows.turn import Turn
from knowledge.instrument import TARGETS, Instrument, Target
from knowledge.outline import Outline

PICTURE, HISTORY = "readiness", "readiness-history"


def up() -> Button:
    """Back to the readiness screen."""
    return Button(score.UP, routes.READINESS())


def readiness(
    now: Standing, conditions: UnitConditions, approved: int = 0, carried: int = 0, to_confirm: int = 0
) -> Screen:
    """The phone screen of /kesiapan; `approved` of its indicators have passed review.

    `carried`: so many answers of the year before count in it and wait for somebody to confirm them;
    `to_confirm`: so many things of that year wait in all.
    """
    return Screen(
        score.readiness(now, conditions, approved, carried),
        rows(
            Button(f"{score.TO_CONFIRM} ({to_confirm})", routes.CARRIED("", 0)) if to_confirm else None,
            Button(score.PLAN, routes.PRIORITY("", 0)),
            (
                Button(score.GATES, routes.READINESS_GATES(now.target)),
                Button(score.PICTURE, routes.READINESS_PICTURE()),
            ),
            (Button(score.SEND, routes.READINESS_SEND()), Button(score.ENDORSEMENT, routes.ENDORSE())),
            (Button(score.CONDITIONS, routes.CONDITIONS()), Button(score.SURVEYS, routes.SURVEYS(0))),
            (
                Button(score.TPI, routes.TPI_SCORES(now.where.id)),
                Button(score.PROPOSABLE, routes.PROPOSABLE(now.where.id)),
            ),
            Button(score.SERVICE, routes.SERVICE()),
            (Button(score.FILL, routes.LKE()), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def gates(now: Standing, target: Target) -> Screen:
    """Every gate of one target."""
    others = [Button(f"Syarat {t}", routes.READINESS_GATES(t)) for t in TARGETS if t != target]
    return Screen(
        score.gates(now, target),
        rows((*others, Button(score.BOTH, routes.READINESS_BOTH())), (up(), _to_plan(target, now))),
    )


def _to_plan(target: Target, now: Standing) -> Button:
    return Button(score.PLAN, routes.PRIORITY("" if target == now.target else target, 0))


def both(now: Standing) -> Screen:
    """Both targets side by side."""
    return Screen(
        score.both(now),
        rows(
            tuple(Button(f"Syarat {t}", routes.READINESS_GATES(t)) for t in TARGETS),
            Button(older.OLDER, routes.READINESS_OLDER()),
            up(),
        ),
    )


def before_2021(outline: Outline, now: Instrument) -> Screen:
    """The instrument before the 2021 rule, for reading and comparison."""
    return Screen(
        older.text(outline, now),
        rows(
            (
                Button(older.HISTORY, routes.GUIDE("riwayat-regulasi-zi")),
                Button(score.BOTH, routes.READINESS_BOTH()),
            ),
            up(),
        ),
    )


def picture(now: Standing, turn: Turn) -> Screen:
    """The areas as a picture."""
    return Screen(
        score.picture(now),
        rows(
            (Button(score.HISTORY, routes.READINESS_HISTORY()), Button(score.SEND, routes.READINESS_SEND())),
            up(),
        ),
        media=Media(PICTURE, chart.bars(now, turn.today), "kesiapan.png"),
    )


def history(shown: History, turn: Turn) -> Screen:
    """The score over time."""
    back = rows((Button(score.PICTURE, routes.READINESS_PICTURE()), up()))
    if not shown.points:
        return Screen(score.NO_HISTORY, back)
    values = chart.line(shown, turn.today)
    return Screen(score.history(shown), back, media=Media(HISTORY, values, "riwayat-nilai.png"))


def forward(now: Standing, conditions: UnitConditions, turn: Turn, today: str) -> Screen:
    """A picture with five lines, ready to be forwarded to somebody without an account."""
    return Screen(
        score.forward(now, conditions, today),
        rows((Button(copying.COPY, routes.READINESS_COPY()), up())),
        media=Media(PICTURE, chart.bars(now, turn.today), "kesiapan.png"),
    )


def copy(now: Standing, conditions: UnitConditions, today: str) -> Screen:
    """The five lines as plain text, to paste into another chat app."""
    plain = copying.plain(score.forward(now, conditions, today))
    return Screen(copying.block(plain), rows((Button(score.SEND, routes.READINESS_SEND()), up())))
