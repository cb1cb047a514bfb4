"""What the calls of ``dataiku.Folder`` return inside a recipe."""

from __future__ import annotations

import pytest

from local_dss.command_line import main
from local_dss.site.local_dss_storage.names import folder_id


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("undeclared", "DssError", "declare it as input or output of your recipe"),
        ("missing", "DssError", "Managed folder missing was not found"),
        ("partition folder", "DssError", "is not partitioned"),
        ("clear a partition", "DssError", "is not partitioned"),
        ("get_path", "DssError", "is not on the local filesystem"),
        ("file_path", "DssError", "is not on the local filesystem"),
        ("seek", "UnsupportedOperation", "not seekable"),
        ("arrays straight from the stream", "UnsupportedOperation", ""),
        ("download nothing", "DssError", "There is no file nope.txt"),
        ("escape", "DssError", "not allowed inside a folder"),
        ("escape by upload", "DssError", "not allowed inside a folder"),
        ("upload below a file", "DssError", "The path data.bin/x leads through a file, not a folder."),
        ("write an input", "DssError", "not declared as an output"),
        ("delete from an input", "DssError", "not declared as an output"),
    ],
)
def test_a_refused_call_raises(folder_findings, name, error, message):
    assert folder_findings[name]["raised"] == error
    assert message in folder_findings[name]["message"]


def test_a_folder_has_a_name_and_an_id(folder_findings):
    identifier = folder_id("LOCAL", "source")
    assert folder_findings["names"] == ["source", identifier, f"LOCAL.{identifier}", "LOCAL"]
    assert folder_findings["by name"] == identifier
    assert folder_findings["undeclared but ignoring the flow"] == "elsewhere"
    assert folder_findings["info"] == ["accessInfo", "directoryBased", "id", "name", "projectKey", "type"]
    assert folder_findings["partitioning"] == {"dimensions": []}


def test_paths_start_with_a_slash_and_details_describe_them(folder_findings):
    assert folder_findings["paths"] == ["/a.txt", "/lines.txt", "/sub/b.json"]
    assert folder_findings["partitions"] == ["NP"]
    assert folder_findings["partitions of the run"] == [None, None]
    assert folder_findings["root"] == [True, True, ["a.txt", "lines.txt", "sub"]]
    assert folder_findings["file"] == [True, False, 10, "application/json", "/sub/b.json"]
    assert folder_findings["no file"] is False
    assert folder_findings["time in milliseconds"] is True


def test_downloads_are_read_forward_only(folder_findings):
    assert folder_findings["seekable"] is False
    assert folder_findings["bytes"] == ["ab", "cdef"]
    assert folder_findings["lines"] == ["one\n", "two\n"]
    assert folder_findings["json"] == {"b": [1]}
    assert folder_findings["arrays from bytes"] == [0, 1, 2]


def test_outputs_are_not_cleaned_and_unclosed_uploads_do_not_appear(folder_findings):
    assert folder_findings["left by the last run"] == ["/stale.txt"]
    assert folder_findings["paths after writing"] == [
        *("/arrays.npz", "/data.bin", "/deep/er/stream.txt", "/file.txt", "/pieces.txt", "/stale.txt", "/value.json"),
    ]
    assert folder_findings["delete nothing"] is None


def test_written_files_hold_what_was_given(folder_findings, filled_home, tmp_path):
    assert main(["export-folder", "--home", str(filled_home), "target", str(tmp_path)]) == 0
    assert (tmp_path / "pieces.txt").read_bytes() == b"one two"
    assert (tmp_path / "data.bin").read_bytes() == b"\x00\x01"
    assert (tmp_path / "deep" / "er" / "stream.txt").read_bytes() == b"streamed"
    assert (tmp_path / "file.txt").read_text() == "from a file"
    assert (tmp_path / "value.json").read_text() == '{"a": [1, null]}'


def test_a_recipe_works_in_a_private_folder_that_is_thrown_away(folder_findings, filled_home):
    assert folder_findings["working folder"] == [["local.txt"], True]


def test_local_folders_have_a_path_when_asked_for(filled_home, probe):
    options = ["--input", "source=source", "--output", "target=target_local", "findings=local_findings"]
    assert (
        main(
            [
                "run",
                "probe-folders",
                "--plugin",
                str(probe.folder),
                "--home",
                str(filled_home),
                "--local-folders",
                *options,
            ]
        )
        == 0
    )
    findings = probe.read_findings(filled_home, "local_findings")
    assert findings["get_path"].endswith(f"/projects/LOCAL/managed_folders/{folder_id('LOCAL', 'source')}/contents")
    assert findings["file_path"] == findings["get_path"] + "/a.txt"
