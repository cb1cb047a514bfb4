"""Explain the errors of a full, broken or read-only disk: which output, what happened and what to do.

DSS writes outputs in a process of its own. Errors of its disks reach a recipe as a bare exception with the system's
message somewhere in its text, so this module searches for these messages.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from text_explorer.concurrency.processes import ProcessDiedError
from text_explorer.errors import DataError, DiskError, SettingsError, caught

_DENIED = ("permission is denied to the user who runs the job", "Grant it, or select another place")
_REASONS = {
    errno.ENOSPC: ("no space is left on the disk", "Free some space, or select a place with more"),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or raise the quota"),
    errno.EFBIG: ("a file would be larger than this system allows", "Raise the limit (ulimit -f)"),
    errno.EROFS: ("the disk is read-only", "Make it writable, or select another place"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EIO: ("the disk reports a fault", "Check the disk, or select another place"),
}
_WORDS = {os.strerror(code): code for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)}
_NO_TEMPORARY_FOLDER = "No usable temporary directory"
_OWN_FAULTS = (DataError, DiskError, ProcessDiedError, SettingsError)


@contextmanager
def explain_disk_faults(output: Optional[str] = None) -> Iterator[None]:
    """Raise a `DiskError` with an explanation if a disk causes an error inside; all other exceptions pass.

    `output` is what is written inside, such as "The dataset topics"; None is a whole recipe, with its temporary files.
    """
    with caught(passing=_OWN_FAULTS) as fault:
        yield
    if fault.error is not None:
        code = _fault_of_disk(fault.error)
        if code is None:
            raise fault.error
        sentence = _sentence_of_output(output, code) if output else _sentence_of_recipe(fault.error, code)
        raise DiskError(sentence) from fault.error


def advice_on_disk(error: BaseException) -> Optional[str]:
    """Return the fault of the disk that caused an exception and what to do; None if no disk did."""
    code = _fault_of_disk(error)
    if code is None:
        return None
    reason, cure = _REASONS.get(code, _DENIED)
    return f"{reason} where it is stored. {cure}"


def _fault_of_disk(error: BaseException) -> Optional[int]:
    """Return the error number of the disk fault behind an exception or one of its causes; None if there is none."""
    cause: Optional[BaseException] = error
    while cause is not None:
        if isinstance(cause, OSError):
            if cause.errno in _REASONS:
                return cause.errno
            if _NO_TEMPORARY_FOLDER in str(cause):
                return errno.ENOENT
        for words, code in _WORDS.items():
            if words in str(cause):
                return code
        cause = cause.__cause__
    return None


def _sentence_of_output(output: str, code: int) -> str:
    reason, cure = _REASONS.get(code, _DENIED)
    return (
        f"{output} could not be written: {reason} where it is stored. {cure}, then run the recipe again. Until then "
        "its content is incomplete."
    )


def _sentence_of_recipe(error: BaseException, code: int) -> str:
    variable = "the environment variable TMPDIR sets another one"
    if code == errno.ENOENT:
        return (
            "There is no writable folder for temporary files, or its disk is full. Free some space, or create a "
            f"folder for them ({variable}), then run the recipe again."
        )
    reason, cure = _REASONS[code]
    file = getattr(error, "filename", None)
    where = f" The file was {file}." if file else ""
    return (
        f"The recipe stopped because {reason}.{where} {cure}; if it is the disk of temporary files, {variable}. "
        "Then run the recipe again. Until then its outputs are incomplete."
    )
