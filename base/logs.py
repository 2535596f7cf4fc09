"""Structured log lines, without personal data: ids, counts and kinds of error, never names, texts or addresses."""

import logging
import sys
from typing import Any

import structlog


def get(name: str) -> Any:
    """A logger; call it as ``log.info("event.name", subject_id=…)``."""
    return structlog.get_logger(name)


def configure(level: str, style: str) -> None:
    """Write lines of at least ``level`` to stderr, as ``text`` for people or ``json`` for machines.

    Tracebacks are plain: with the values of variables they would hold what people typed.
    """
    plain = structlog.dev.plain_traceback
    last: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info if style == "json" else _unchanged,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _unchanged(_logger: object, _name: str, event: Any) -> Any:
    return event
