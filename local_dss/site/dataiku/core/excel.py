"""A workbook of one sheet, as the ``excel`` export of DSS: a header, then typed cells."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from html import escape
from typing import Any, BinaryIO

from local_dss_storage.dates import parse_date
from local_dss_storage.schema import BOOLEAN_TYPE, DATE_TYPE, FLOAT_TYPES, INTEGER_TYPES

from .errors import DssError

MAX_ROWS = 1_048_576  # of a sheet, the header included
MAX_CELL = 32_767  # characters
_EPOCH = datetime(1899, 12, 30, tzinfo=timezone.utc)
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    # Style 0 is plain, style 1 a date with its time (number format 22).
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="2">'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write_workbook(columns: list[dict[str, Any]], rows: Iterable[Sequence[str]]) -> BinaryIO:
    """Write stored cells as an ``xlsx`` workbook, in a temporary file that closing deletes.

    Numbers, booleans and dates become such cells, all else text.
    """
    stream = tempfile.TemporaryFile("w+b")  # noqa: SIM115, the caller closes it
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, _HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.write(_row([_text(column["name"]) for column in columns]))
            for number, row in enumerate(rows, start=2):
                if number > MAX_ROWS:
                    raise DssError(
                        f"A sheet of Excel holds {MAX_ROWS:,} rows at most: export a sample or another format."
                    )
                sheet.write(_row([_cell(value, column["type"]) for column, value in zip(columns, row)]))
            sheet.write(b"</sheetData></worksheet>")
    stream.seek(0)
    return stream


def _row(cells: list[str]) -> bytes:
    return f"<row>{''.join(cells)}</row>".encode()


def _cell(value: str, storage_type: str) -> str:
    """Return the XML of a cell; a value that is not of the column's type is text, since storage does not check it."""
    if value == "":
        return "<c/>"
    if storage_type == BOOLEAN_TYPE and value.lower() in ("true", "false"):
        return f'<c t="b"><v>{int(value.lower() == "true")}</v></c>'
    if storage_type in INTEGER_TYPES + FLOAT_TYPES and _NUMBER.fullmatch(value):
        return f"<c><v>{value}</v></c>"
    if storage_type == DATE_TYPE:
        try:
            return f'<c s="1"><v>{(parse_date(value) - _EPOCH).total_seconds() / 86400!r}</v></c>'
        except ValueError:
            return _text(value)
    return _text(value)


def _text(value: str) -> str:
    if len(value) > MAX_CELL:
        raise DssError(f"A cell of Excel holds {MAX_CELL:,} characters at most. Got {len(value):,}.")
    return (
        f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_NOT_IN_XML.sub("?", value), quote=False)}</t></is></c>'
    )
