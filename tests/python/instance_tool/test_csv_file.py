"""Encoding, separator and columns of files as people have them."""

from __future__ import annotations

import pytest

from instance.csv_file import read_csv_file
from instance.report import RefusedError

TEXT = 'name{s}text\nÅsa{s}"fine, but: late; very late"\nBo{s}good\n'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "charset", "start"), [("utf-8", "utf8", 0), ("utf-8-sig", "utf8", 3), ("cp1252", "windows-1252", 0)]
)
def test_encoding_and_separator_are_found(tmp_path, separator, encoding, charset, start):
    path = tmp_path / "texts.csv"
    path.write_bytes(TEXT.replace("{s}", separator).encode(encoding))
    found = read_csv_file(path)
    assert (found.columns, found.separator, found.charset, found.start) == (("name", "text"), separator, charset, start)
    assert found.format_params()["separator"] == separator


def test_commas_and_line_breaks_in_quoted_texts_make_no_columns(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text('id;text\n1;"one, two, three\nfour; five"\n2;"six, seven"\n')
    assert read_csv_file(path).separator == ";"


def test_a_file_of_one_column_stays_one_column(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("text\nfine, but late\ngood\nvery, very, good\n")
    found = read_csv_file(path)
    assert (found.columns, found.separator) == (("text",), "\t")


def test_the_same_rows_with_and_without_a_mark_are_the_same_file(tmp_path):
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_text(TEXT.replace("{s}", ","), "utf-8")
    marked.write_text(TEXT.replace("{s}", ","), "utf-8-sig")
    assert read_csv_file(plain).digest == read_csv_file(marked).digest


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no CSV file with names in its first row"),
        (b"text\n", "is no CSV file with names in its first row"),
        (b"a,a\n1,2\n", "must name each column, each name once"),
        (b"a,\n1,2\n", "must name each column, each name once"),
        ("a,b\n1,2\n".encode("utf-16"), "is no text in UTF-8. Save it as CSV in UTF-8"),
        (b"PK\x03\x04\x00\x00", "is no CSV file|is no text in UTF-8"),
    ],
)
def test_what_is_no_csv_file_is_refused(tmp_path, content, sentence):
    path = tmp_path / "texts.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedError, match=sentence):
        read_csv_file(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RefusedError, match=r"--file: there is no file .*lost\.csv"):
        read_csv_file(tmp_path / "lost.csv")
