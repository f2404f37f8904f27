"""What one other answer would do to the score. Nothing is saved."""

from dataclasses import dataclass

from flows.checklist import service as checklist
from flows.checklist import stored
from flows.errors import BadInput
from flows.readiness.service import Standing, standing
from flows.routes import Action
from flows.turn import Turn
from knowledge.answers import Answer, Item, best_answer, judge
from knowledge.errors import AnswerError
from knowledge.figures import Score
from knowledge.scoring import score


@dataclass(frozen=True, slots=True)
class Trial:
    """One item with another answer: the score as it is, and as it would be."""

    now: Standing
    item: Item
    present: Answer | None
    tried: Answer
    after: Score

    @property
    def same(self) -> bool:
        """Whether the tried answer is worth what the present one is."""
        return judge(self.item, self.present).value == judge(self.item, self.tried).value


def best(turn: Turn, item_id: str) -> Trial:
    """The item at its best."""
    now = standing(turn)
    item = checklist.item_of(now.instrument, item_id)
    return _trial(now, item, best_answer(item, _present(now, item)))


def coded(turn: Turn, item_id: str, code: str, back: Action) -> Trial:
    """The item with the answer behind a button's code. Raises BadInput."""
    now = standing(turn)
    item = checklist.item_of(now.instrument, item_id)
    answer = stored.from_code(item, code)
    if answer is None:
        raise BadInput("Pilihan itu tidak ada pada indikator ini.", next=back)
    return _checked(now, item, answer, back)


def of_answer(turn: Turn, item_id: str, answer: Answer, back: Action) -> Trial:
    """The item with this answer. Raises BadInput when it cannot be."""
    now = standing(turn)
    return _checked(now, checklist.item_of(now.instrument, item_id), answer, back)


def _checked(now: Standing, item: Item, answer: Answer, back: Action) -> Trial:
    try:
        judge(item, answer)
    except AnswerError as err:
        raise BadInput(f"Itu tidak cocok di sini. Yang diterima {err.allowed}.", next=back) from err
    return _trial(now, item, answer)


def _present(now: Standing, item: Item) -> Answer | None:
    return now.given.answers.get(item.id) or now.given.hasil.get(item.id)


def _trial(now: Standing, item: Item, tried: Answer) -> Trial:
    changed = now.given.with_one(now.instrument, item.id, tried)
    after = score(now.instrument, changed.answers, changed.hasil)
    return Trial(now, item, _present(now, item), tried, after)
