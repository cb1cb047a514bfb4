"""Writing datasets over a stand-in of the few calls of the ``dataiku`` package it makes, with disks that fail."""

from __future__ import annotations

import errno
import os
from types import SimpleNamespace

import pandas as pd
import pytest

from text_explorer.errors import DiskError

SCHEMA = [{"name": "id", "type": "string"}]
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FakeWriter:
    """Holds rows until it is closed, which shows them; as in DSS, also after a fault."""

    def __init__(self, dataset):
        self.dataset, self.rows = dataset, []

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()

    def write_dataframe(self, frame):
        if len(frame) and len(self.rows) + len(frame) > self.dataset.room:
            raise self.dataset.fault
        self.rows += list(frame["id"])

    def close(self):
        self.dataset.n_closed += 1
        if self.dataset.n_closed == self.dataset.fails_at_closing:
            raise self.dataset.fault
        self.dataset.shown = self.rows


class FakeDataset:
    """A dataset on a disk with room for so many rows."""

    def __init__(self, name, room=10**6, fault=FULL, fails_at_closing=None):
        self.name, self.room, self.fault, self.fails_at_closing = name, room, fault, fails_at_closing
        self.n_closed, self.shown = 0, None

    def write_schema(self, schema):
        self.schema = schema

    def get_writer(self):
        return FakeWriter(self)


@pytest.fixture
def write(load_adapter):
    """Write rows, one frame each, to a fake dataset."""
    known = {}
    datasets = load_adapter(SimpleNamespace(Dataset=known.get, Folder=None), "io.datasets")

    def write_rows(dataset, rows):
        known[dataset.name] = dataset
        return datasets.write_rows(dataset.name, SCHEMA, (pd.DataFrame({"id": [row]}) for row in rows))

    return write_rows


def test_where_there_is_room_all_rows_are_there(write):
    dataset = FakeDataset("topics")
    assert write(dataset, "abc") == 3
    assert (dataset.shown, dataset.n_closed) == (["a", "b", "c"], 1)


@pytest.mark.parametrize(
    "fault", [FULL, Exception("Error in the write session: java.io.IOException: No space left on device")]
)
def test_a_full_disk_is_reported_and_leaves_no_partial_rows(write, fault):
    dataset = FakeDataset("topics", room=2, fault=fault)
    with pytest.raises(DiskError, match=r"^The dataset topics could not be written: no space is left on the disk"):
        write(dataset, "abc")
    assert dataset.shown == []


def test_a_disk_that_is_full_only_at_closing_is_reported(write):
    dataset = FakeDataset("topics", fails_at_closing=1)
    with pytest.raises(DiskError, match="The dataset topics could not be written"):
        write(dataset, "abc")
    assert dataset.shown == []


def test_what_closing_raises_does_not_hide_the_fault(write, caplog):
    dataset = FakeDataset("topics", room=2, fails_at_closing=1)
    with pytest.raises(DiskError, match="The dataset topics could not be written"):
        write(dataset, "abc")
    assert "the dataset topics could not be left empty" in caplog.text


def test_a_fault_of_the_work_passes_and_leaves_no_half_of_the_rows(write):
    def rows():
        yield "a"
        raise ZeroDivisionError

    dataset = FakeDataset("topics")
    with pytest.raises(ZeroDivisionError):
        write(dataset, rows())
    assert dataset.shown == []


def test_a_disk_of_the_work_is_not_taken_for_that_of_the_dataset(write):
    def rows():
        yield "a"
        raise FULL

    with pytest.raises(OSError, match="No space left on device") as raised:
        write(FakeDataset("topics"), rows())
    assert raised.value is FULL
