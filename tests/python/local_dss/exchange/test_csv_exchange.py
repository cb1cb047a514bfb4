"""CSV files in and out."""

from __future__ import annotations

import csv
import json

import pytest

from local_dss.command_line import main
from local_dss.site.local_dss_storage.datasets import StoredDataset


def import_file(home, path, *options):
    return main(["import", "--home", str(home), "d", str(path), *options])


def export_bytes(home, tmp_path, name="d"):
    target = tmp_path / "out.csv"
    assert main(["export", name, str(target), "--home", str(home)]) == 0
    return target.read_bytes()


AWKWARD = [
    ["id", 'a "name", with comma'],
    ["1", 'say "hi"'],
    ["2", "line one\nline two"],
    ["3", "windows\r\nbreak"],
    ["4", "lone\rreturn"],
    ["5", "😀 e\u0301 中文 \u202eright to left"],
    ["6", " spaces kept "],
    ["7", ""],
    ["8", "NA"],
    ["9", "x" * 300_000],
    ["10", '"'],
    ["11", "tab\there; semicolon"],
    ["12", "\ufeffinner mark"],
]


def test_awkward_cells_survive_a_round_trip(home, tmp_path):
    source = tmp_path / "in.csv"
    with open(source, "w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(AWKWARD)
    assert import_file(home, source) == 0
    assert export_bytes(home, tmp_path) == source.read_bytes()


def test_awkward_cells_survive_a_recipe(home, tmp_path, probe):
    source = tmp_path / "in.csv"
    with open(source, "w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(AWKWARD)
    assert import_file(home, source) == 0
    (tmp_path / "c.json").write_text('{"how": "chunks"}')
    arguments = ["run", "probe-copy", "--plugin", str(probe.folder), "--home", str(home), "--input", "source=d"]
    assert main([*arguments, "--output", "copy=copied", "--config", str(tmp_path / "c.json")]) == 0
    assert export_bytes(home, tmp_path, "copied") == source.read_bytes()


def test_line_ends_and_a_byte_order_mark_are_tolerated_and_export_uses_crlf(home, tmp_path):
    source = tmp_path / "in.csv"
    source.write_bytes(b'\xef\xbb\xbfa,b\n1,"x\ny"\r\n\n2,\n')
    assert import_file(home, source) == 0
    assert export_bytes(home, tmp_path) == b'a,b\r\n1,"x\ny"\r\n2,\r\n'


def test_a_single_column_keeps_its_empty_cells(home, tmp_path):
    source = tmp_path / "in.csv"
    source.write_bytes(b'a\nx\n\n""\n')
    assert import_file(home, source) == 0
    assert export_bytes(home, tmp_path) == b'a\r\nx\r\n""\r\n""\r\n'


@pytest.mark.parametrize("wrap", [lambda columns: columns, lambda columns: {"columns": columns}])
def test_a_schema_gives_types_and_dates_are_normalised(home, tmp_path, wrap):
    source, schema = tmp_path / "in.csv", tmp_path / "schema.json"
    source.write_text("n,when,free\n1,2020-01-01T01:00:00+01:00,x\n,not a date,\n")
    schema.write_text(
        json.dumps(wrap([{"name": "when", "type": "date"}, {"name": "n", "type": "int", "comment": "c"}]))
    )
    assert import_file(home, source, "--schema", str(schema)) == 0
    stored = StoredDataset(home, "LOCAL", "d")
    assert stored.read_columns() == [
        {"name": "n", "type": "int", "comment": "c"},
        {"name": "when", "type": "date"},
        {"name": "free", "type": "string"},
    ]
    assert list(stored.rows()) == [["1", "2020-01-01T00:00:00.000Z", "x"], ["", "not a date", ""]]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty: a header line is needed"),
        (b"a,a\n1,2\n", "line 1: the header holds the same name twice: a"),
        (b"a,,b\n1,2,3\n", "line 1: column 2 of the header has no name"),
        (b"\n1\n", "line 1: column 1 of the header has no name"),
        (b'a,b\n1,"x\ny"\n1,2,3\n', "line 4: the row has 3 cells but the header has 2"),
        (b"a,b\n1\n", "line 2: the row has 1 cells but the header has 2"),
        (b'a,b\n1,"x\n', "line 2: the CSV is broken: unexpected end of data"),
        (b'a,b\n1,"x"y\n', "line 2: the CSV is broken"),
        (b"a,b\n1,\xff\n", "is not UTF-8 text"),
    ],
)
def test_a_bad_file_is_explained_with_its_line_and_keeps_the_old_dataset(home, tmp_path, capsys, content, fault):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("a\nold\n")
    bad.write_bytes(content)
    assert import_file(home, good) == 0
    assert import_file(home, bad) == 2
    message = capsys.readouterr().err
    assert fault in message
    assert message.count("\n") == 1
    assert list(StoredDataset(home, "LOCAL", "d").rows()) == [["old"]]


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ('[{"name": "b", "type": "int"}]', "The schema describes columns that the file does not have: b."),
        ('[{"name": "a", "type": "integer"}]', 'Column "a" has the unknown type "integer".'),
        ('{"fields": []}', "A schema is a list of columns"),
        ("[1", "The schema file is not valid JSON"),
    ],
)
def test_a_bad_schema_is_explained(home, tmp_path, capsys, schema, fault):
    (tmp_path / "in.csv").write_text("a\n1\n")
    (tmp_path / "schema.json").write_text(schema)
    assert import_file(home, tmp_path / "in.csv", "--schema", str(tmp_path / "schema.json")) == 2
    assert fault in capsys.readouterr().err


def test_importing_again_replaces_the_dataset(home, tmp_path):
    source = tmp_path / "in.csv"
    for content in ("a\n1\n", "b\n2\n3\n"):
        source.write_text(content)
        assert import_file(home, source) == 0
    assert export_bytes(home, tmp_path) == b"b\r\n2\r\n3\r\n"


def test_a_dataset_without_rows_exports_its_header(home, tmp_path):
    (tmp_path / "in.csv").write_text("a,b\n")
    assert import_file(home, tmp_path / "in.csv") == 0
    assert export_bytes(home, tmp_path) == b"a,b\r\n"


@pytest.mark.parametrize(("name", "fault"), [("nope", "does not exist"), ("../x", "is named with letters")])
def test_exporting_nothing_is_explained(home, tmp_path, capsys, name, fault):
    assert main(["export", name, str(tmp_path / "out.csv"), "--home", str(home)]) == 2
    assert fault in capsys.readouterr().err


def test_a_home_that_is_a_file_is_explained(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("a\n1\n")
    (tmp_path / "home").write_text("a file")
    assert import_file(tmp_path / "home", tmp_path / "in.csv") == 2
    assert capsys.readouterr().err == f"Error: {tmp_path}/home cannot be used as home folder: File exists.\n"


def test_a_folder_that_cannot_be_made_is_explained(home, tmp_path, capsys):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x.txt").write_text("x")
    assert main(["import-folder", "box", str(tmp_path / "files"), "--home", str(home)]) == 0
    assert main(["export-folder", "box", str(tmp_path / "files" / "x.txt"), "--home", str(home)]) == 2
    assert capsys.readouterr().err == f"Error: File exists: {tmp_path}/files/x.txt.\n"


def test_the_home_folder_is_listed(home, tmp_path, capsys):
    (tmp_path / "in.csv").write_text("a,b\n1,2\n")
    assert import_file(home, tmp_path / "in.csv") == 0
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x.txt").write_text("x")
    assert main(["import-folder", "box", str(tmp_path / "files"), "--home", str(home), "--project", "P"]) == 0
    capsys.readouterr()
    assert main(["list", "--home", str(home)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "LOCAL.d  dataset  1 rows  a:string, b:string"
    assert second.startswith("P.")
    assert second.endswith("managed folder  box  1 files")


def test_the_settings_of_a_new_home_are_written_with_all_defaults(home, tmp_path):
    (tmp_path / "in.csv").write_text("a\n1\n")
    assert import_file(home, tmp_path / "in.csv") == 0
    settings = json.loads((home / "instance.json").read_text())
    assert settings["default_project"] == "LOCAL"
    assert settings["int_params"] == "int"
    assert settings["empty_reads"] == "frame"
    assert settings["local_folders"] is False


def test_the_command_line_explains_itself(capsys):
    assert main([]) == 2
    assert "usage: python -m local_dss COMMAND" in capsys.readouterr().err
    assert main(["--help"]) == 0
    assert "serve a webapp of a plugin" in capsys.readouterr().out
