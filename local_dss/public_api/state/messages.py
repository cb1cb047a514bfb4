"""Messages of a result: what an operation has to say that is answered with a success, whether it failed or not."""

from __future__ import annotations

from typing import Any

INFO, WARNING, ERROR = "INFO", "WARNING", "ERROR"


def message(severity: str, text: str, code: str = "", details: str = "") -> dict[str, Any]:
    """Return one message; `details` is what a person may read besides."""
    return {
        "severity": severity,
        "isFatal": False,
        "code": code,
        "title": text.partition(": ")[0] if code else "",
        "message": text,
        "details": details,
    }


def result_of(messages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return the result of an operation: its messages with a flag for each severity among them, and more."""
    severities = {entry["severity"] for entry in messages}
    flags = {"anyMessage": bool(messages), "success": False, "fatal": False}
    flags.update({"warning": WARNING in severities, "error": ERROR in severities})
    return {"messages": {**flags, "messages": messages}, **more}
