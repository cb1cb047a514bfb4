"""Languages are detected even if no temporary file can be created."""

import errno
import tempfile

import pytest

from text_explorer.corpus.language import detection


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.ENOENT])
def test_the_model_is_loaded_without_temporary_files(monkeypatch, code):
    def fail(*arguments, **options):
        raise OSError(code, "no temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp", "gettempdir"):
        monkeypatch.setattr(tempfile, name, fail)
    identifier = detection._identifier.__wrapped__()
    assert identifier.classify("The cat sat on the mat and looked out of the window.")[0] == "en"
    assert identifier.classify("Die Katze sitzt auf der Matte und schaut aus dem Fenster.")[0] == "de"
