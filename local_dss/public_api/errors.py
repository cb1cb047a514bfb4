"""Errors of the public API as the client reads them: a status, a type and a sentence."""

from __future__ import annotations

import http

BAD_REQUEST = http.HTTPStatus.BAD_REQUEST
_TYPES = {
    http.HTTPStatus.BAD_REQUEST: "java.lang.IllegalArgumentException",
    http.HTTPStatus.UNAUTHORIZED: "com.dataiku.dip.exceptions.UnauthorizedException",
    http.HTTPStatus.FORBIDDEN: "com.dataiku.dip.exceptions.ForbiddenException",
    http.HTTPStatus.NOT_FOUND: "com.dataiku.dip.server.controllers.NotFoundException",
    http.HTTPStatus.INTERNAL_SERVER_ERROR: "com.dataiku.dip.exceptions.CodedException",
}


class ApiError(Exception):
    """What the API refuses, or fails at."""

    def __init__(self, message: str, status: http.HTTPStatus = BAD_REQUEST, error_type: str | None = None):
        super().__init__(message)
        self.status = status
        self.error_type = error_type or _TYPES.get(status, "java.lang.Exception")

    def content(self) -> dict[str, str]:
        """Return the body of the answer."""
        return {"errorType": self.error_type, "message": str(self), "detailedMessage": str(self)}


def not_found(message: str) -> ApiError:
    """Return the error of an object that does not exist."""
    return ApiError(message, http.HTTPStatus.NOT_FOUND)


def forbidden(message: str) -> ApiError:
    """Return the error of a caller without the right."""
    return ApiError(message, http.HTTPStatus.FORBIDDEN)


def coded(code: str, message: str, status: http.HTTPStatus = BAD_REQUEST) -> ApiError:
    """Return an error that has a page of its own in the documentation of DSS, named by its code."""
    return ApiError(f"{code}: {message}", status, _TYPES[http.HTTPStatus.INTERNAL_SERVER_ERROR])
