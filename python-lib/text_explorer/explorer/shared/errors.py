"""Faults the webapp reports: one sentence for the reader, one status code for the page."""

from __future__ import annotations

from text_explorer.errors import DataError, SettingsError


class BadRequestError(ValueError):
    """A parameter of the address is not one of the allowed values."""

    status_code = 400


class BodyTooLongError(BadRequestError):
    """The request holds more than is read."""

    status_code = 413


class BodyTypeError(BadRequestError):
    """The request is not declared as JSON."""

    status_code = 415


class ForbiddenError(ValueError):
    """The request may not change anything: it comes from another page, or its sender is not signed in."""

    status_code = 403


class NotFoundError(ValueError):
    """The topic or document asked for is not in the data."""

    status_code = 404


def no_document(row: int) -> NotFoundError:
    """Return the fault of a row that the data do not have."""
    return NotFoundError(f"There is no document in row {row} of the data.")


class NotReadyError(ValueError):
    """The index is being built or could not be built; ``/api/status`` says which."""

    status_code = 503


class BusyError(ValueError):
    """Somebody else writes, for longer than a request waits; nothing was changed, and the request may be sent again."""

    status_code = 503


class DamagedIndexError(NotReadyError):
    """The files of the index are not what was written; they are thrown away and the data are read again."""


def status_code_of(error: Exception) -> int:
    """Return the HTTP status of a fault: its own, 422 for settings or data that must change, else 500."""
    if isinstance(error, (SettingsError, DataError)):
        return 422
    return getattr(error, "status_code", 500)
