"""Moments as DSS stores them: ``2020-12-31T00:00:00.101Z``, always UTC, always milliseconds."""

from __future__ import annotations

from datetime import datetime, timezone


def format_date(moment: datetime) -> str:
    """Write a moment as DSS does; without time zone it is taken as UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(timezone.utc)
    # strftime does not pad years before 1000 on Linux
    return f"{moment.year:04d}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def parse_date(text: str) -> datetime:
    """Read a moment written by `format_date`, or any ISO date and time, as UTC."""
    moment = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def normalize_date(text: str) -> str:
    """Rewrite an ISO date as DSS stores it; any other text stays as it is."""
    try:
        return format_date(parse_date(text)) if text else text
    except ValueError:
        return text
