"""What crosses the Bot API's border: parameters coming in, errors going out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal in Telegram's own words; `code` is also the HTTP status."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after_seconds: int | None = None,
        moved_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after_seconds = retry_after_seconds
        self.moved_to = moved_to

    def body(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after_seconds is not None:
            answer["parameters"] = {"retry_after": self.retry_after_seconds}
        if self.moved_to is not None:
            answer["parameters"] = {"migrate_to_chat_id": self.moved_to}
        return answer


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def blocked() -> ApiError:
    return ApiError(403, "Forbidden: bot was blocked by the user")


def moved(to_chat_id: int) -> ApiError:
    return ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved_to=to_chat_id)


def too_many(retry_after_seconds: int) -> ApiError:
    text = f"Too Many Requests: retry after {retry_after_seconds}"
    return ApiError(429, text, retry_after_seconds=retry_after_seconds)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart body."""

    name: str
    mime: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {self.mime!r}, {len(self.data)} bytes)"


class Params:
    """The fields of one call. Whatever the body was, a value is a string, as on Telegram's server."""

    def __init__(self, fields: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.fields = {name: _as_text(value) for name, value in fields.items() if value is not None}
        self.files = dict(files or {})

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def integer(self, name: str, default: int = 0) -> int:
        """The number in a field; anything else counts as `default`, as Telegram does."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def json(self, name: str, what: str) -> Any:
        """The JSON value of a field, None when absent; raises ApiError naming `what` when it is broken."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def logged(self) -> Json:
        """The fields as the call log keeps them: uploads by name and size only."""
        return {**self.fields, **{name: repr(upload) for name, upload in self.files.items()}}


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value)
