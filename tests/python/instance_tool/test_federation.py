"""The file that names the instances of a federated training, and what the tool says where one is wrong."""

from __future__ import annotations

import io
import json

import pytest

from instance.__main__ import main
from instance.federation.rounds import Folder
from instance.report import Report

CENTRE = {"url": "http://127.0.0.1:1", "key_file": "key", "project": "C", "contributions": "in", "shared": "model"}
SITE = {"name": "north", "url": "http://127.0.0.1:1", "project": "T", "contribution": "out", "shared": "shared"}
FAULTS = {
    "no object": ([], 'must hold an object "centre" and a list "sites".'),
    "no site": ({"centre": CENTRE, "sites": []}, 'must hold an object "centre" and a list "sites".'),
    "lacking": ({"centre": {"project": "C"}, "sites": [SITE]}, "centre lacks contributions, shared."),
    "unknown": ({"centre": CENTRE, "sites": [{**SITE, "texts": "x"}]}, "site 1 has texts, which it may not."),
    "twice": ({"centre": CENTRE, "sites": [SITE, SITE]}, "the names of the sites must differ"),
    "a path": ({"centre": CENTRE, "sites": [{**SITE, "name": "../x"}]}, "letters, digits, hyphens and underscores"),
}


def run(folder, content):
    (folder / "sites.json").write_text(content if isinstance(content, str) else json.dumps(content))
    stream = io.StringIO()
    code = main(["federate", "--sites", str(folder / "sites.json"), "--timeout", "5"], Report(stream))
    return code, stream.getvalue()


@pytest.mark.parametrize(("content", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_file_with_a_fault_is_refused_before_anything_is_asked(tmp_path, content, sentence):
    code, text = run(tmp_path, content)
    assert code == 2
    assert sentence in text


def test_a_file_that_is_no_json_is_refused(tmp_path):
    code, text = run(tmp_path, "{")
    assert code == 2
    assert "cannot be read as JSON" in text


def test_a_combining_instance_that_does_not_answer_is_named(tmp_path):
    (tmp_path / "key").write_text("the-key-of-the-centre")
    code, text = run(tmp_path, {"centre": {**CENTRE, "key_file": str(tmp_path / "key")}, "sites": [SITE]})
    assert code == 2
    assert "http://127.0.0.1:1 cannot be reached" in text
    assert "the-key" not in text


class FakeFolder:
    """Files of a folder as the client returns them."""

    def __init__(self, **files):
        self.files = files
        self.content = b""

    def get_managed_folder(self, _):
        return self

    def list_contents(self):
        return {"items": [{"path": f"/{path}"} for path in self.files]}

    def get_file(self, path):
        self.content = self.files[path]
        return self

    def put_file(self, path, stream):
        self.files[path] = stream.read()


def test_only_the_named_files_are_copied():
    source, target = FakeFolder(counts=b"12", texts=b"secret"), FakeFolder()
    assert Folder(source, "f").copy_to(Folder(target, "f"), ("counts", "missing")) == 2
    assert target.files == {"counts": b"12"}
