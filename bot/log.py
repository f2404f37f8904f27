"""Logging: ids, routes and error classes. Never message text, names, evidence or the token."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{3,}")


SHORTEST_SECRET = 6
"""Shorter values would be found in ordinary words."""
_hidden: list[str] = []


def hide(secrets: Iterable[str]) -> None:
    """From now on these values stay out of every line."""
    _hidden[:] = sorted({each for each in secrets if len(each) >= SHORTEST_SECRET}, key=len, reverse=True)


def redact(text: str) -> str:
    """The text without anything that looks like a bot token, and without what was hidden."""
    text = _TOKEN.sub("<token>", text)
    for secret in _hidden:
        text = text.replace(secret, "<rahasia>")
    return text


def _redact_values(
    _logger: Any, _name: str, values: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {key: redact(value) if isinstance(value, str) else value for key, value in values.items()}


class _RedactingFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        return True


def configure(level: str = "INFO", form: str = "console") -> None:
    """Set up logging for a process: structured lines on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact_values,
            structlog.processors.JSONRenderer()
            if form == "json"
            else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_RedactingFilter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # These print request addresses, which hold the token, and tracebacks of refused messages.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def get() -> structlog.typing.FilteringBoundLogger:
    """The logger."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("pandu")
    return logger
