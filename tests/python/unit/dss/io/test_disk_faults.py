"""Errors of a disk are explained; all others pass unchanged."""

import errno
import os

import pytest

from text_explorer.concurrency.processes import ProcessDiedError
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.errors import DataError, DiskError, SettingsError


def sentence_of(error, output=None):
    with pytest.raises(DiskError) as raised, explain_disk_faults(output):
        raise error
    assert raised.value.__cause__ is error
    return str(raised.value)


def of_system(code, *file):
    return OSError(code, os.strerror(code), *file)


REASONS = [
    (errno.ENOSPC, "no space is left on the disk", "Free some space"),
    (errno.EDQUOT, "the disk quota is used up", "raise the quota"),
    (errno.EFBIG, "a file would be larger than this system allows", "ulimit -f"),
    (errno.EROFS, "the disk is read-only", "Make it writable"),
    (errno.EACCES, "permission is denied to the user who runs the job", "Grant it"),
    (errno.EIO, "the disk reports a fault", "Check the disk"),
]


@pytest.mark.parametrize(("code", "reason", "cure"), REASONS)
def test_an_output_is_named_with_the_reason_and_what_to_do(code, reason, cure):
    sentence = sentence_of(of_system(code), "The dataset topics")
    assert sentence.startswith(f"The dataset topics could not be written: {reason} where it is stored. ")
    assert cure in sentence
    assert "Errno" not in sentence
    assert sentence.endswith("Until then its content is incomplete.")


@pytest.mark.parametrize(("code", "reason", "cure"), REASONS)
def test_a_recipe_names_the_file_and_the_temporary_folder(code, reason, cure):
    sentence = sentence_of(of_system(code, "/scratch/part"))
    assert sentence.startswith(f"The recipe stopped because {reason}. The file was /scratch/part. ")
    assert cure in sentence
    assert "TMPDIR" in sentence


@pytest.mark.parametrize(
    "message",
    [
        "Error during write: java.io.IOException: No space left on device",
        'Unable to write: b\'{"message":"Disk quota exceeded"}\'',
        "Job failed: java.nio.file.FileSystemException: /data/out-s0.csv: Read-only file system",
    ],
)
def test_messages_of_a_disk_are_found_in_an_error_of_dss(message):
    assert sentence_of(Exception(message), "The dataset topics").startswith("The dataset topics could not be written: ")


def test_the_cause_of_an_exception_counts():
    error = RuntimeError("writer failed")
    error.__cause__ = of_system(errno.ENOSPC)
    assert "no space is left" in sentence_of(error)


def test_without_a_temporary_folder_the_message_says_how_to_set_one():
    error = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp', '/var/tmp']")
    sentence = sentence_of(error)
    assert sentence.startswith("There is no writable folder for temporary files")
    assert "TMPDIR" in sentence


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "No such file"), BrokenPipeError(errno.EPIPE, "Broken pipe"), ValueError("x"),
        KeyError("No space"), MemoryError(), KeyboardInterrupt(), SystemExit(1), DataError("No space left on device"),
        SettingsError(["Read-only file system"]), ProcessDiedError(-9), DiskError("The dataset topics could not ..."),
    ],
)  # fmt: skip
def test_other_faults_pass(error):
    with pytest.raises(type(error)) as raised, explain_disk_faults():
        raise error
    assert raised.value is error


def test_an_error_handled_before_is_not_the_cause():
    def fail():
        try:
            raise of_system(errno.EACCES)
        except OSError:
            raise ValueError("a sentence of its own")  # noqa: B904 - the context alone tells of the disk

    with pytest.raises(ValueError, match="of its own"), explain_disk_faults():
        fail()
