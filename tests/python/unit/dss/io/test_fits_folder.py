"""Finished fits are stored in a folder, and found again by their documents and settings."""

import io
from types import SimpleNamespace

import pytest

from text_explorer.topics.model_selection.fits import FitSettings, MeasuredFit

SETTINGS = FitSettings("lda_gibbs", 3, 7)
FIT = MeasuredFit("lda_gibbs", 3, 7, n_topics_alive=3, coherence_npmi=0.25, diversity=0.9, n_iterations=200)


class Folder:
    def __init__(self):
        self.files = {}

    def list_paths_in_partition(self):
        return [f"/{path}" for path in self.files]

    def get_download_stream(self, path):
        return io.BytesIO(self.files[path])

    def upload_data(self, path, content):
        self.files[path] = content


@pytest.fixture
def open_fits(load_adapter):
    return load_adapter(SimpleNamespace(Folder=Folder), "io.fits_folder").FitsFolder


def test_a_fit_is_found_by_a_later_run_of_the_same_documents_and_split(open_fits):
    folder = Folder()
    open_fits(folder, "a" * 32, 0).write(SETTINGS, FIT)
    later = open_fits(folder, "a" * 32, 0)
    assert (later.read(SETTINGS), later.n_others([SETTINGS])) == (FIT, 0)
    others = [open_fits(folder, "b" * 32, 0), open_fits(folder, "a" * 32, 1)]
    assert [(other.read(SETTINGS), other.n_others([SETTINGS])) for other in others] == [(None, 1), (None, 1)]


def test_a_damaged_fit_is_trained_again(open_fits, caplog):
    folder = Folder()
    open_fits(folder, "a" * 32, 0).write(SETTINGS, FIT)
    folder.files = {path: content[:-1] for path, content in folder.files.items()}
    assert open_fits(folder, "a" * 32, 0).read(SETTINGS) is None
    (message,) = caplog.messages
    assert "is damaged" in message


def test_without_a_folder_nothing_is_stored(open_fits):
    fits = open_fits(None, "a" * 32, 0)
    fits.write(SETTINGS, FIT)
    assert fits.read(SETTINGS) is None
