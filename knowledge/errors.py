"""What can be wrong with the facts this package loads, and with an answer that is scored."""


class KnowledgeError(Exception):
    """Base of every error that this package raises on purpose."""


class KnowledgeFileError(KnowledgeError):
    """A data file cannot be used; says in one line which file, which item in it, and why."""

    def __init__(self, file: str, item_id: str, reason: str) -> None:
        self.file = file
        self.item_id = item_id
        self.reason = reason
        super().__init__(f"{file}: {item_id}: {reason}")


class InstrumentError(KnowledgeFileError):
    """An instrument file cannot be used."""


class AnswerError(KnowledgeError):
    """An answer does not fit its item; `allowed` says what does."""

    def __init__(self, item_id: str, reason: str, allowed: str) -> None:
        self.item_id = item_id
        self.reason = reason
        self.allowed = allowed
        super().__init__(f"{item_id}: {reason} ({allowed})")
