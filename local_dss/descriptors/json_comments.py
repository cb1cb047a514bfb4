"""JSON as DSS reads plugin descriptors: ``//`` and ``/* */`` comments are allowed outside strings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from local_dss.errors import LocalDssError

_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def parse_json_with_comments(text: str) -> Any:
    """Parse JSON after blanking its ``//`` and ``/* */`` comments, so that errors keep their positions."""
    return json.loads(_STRING_OR_COMMENT.sub(_blank_comment, text))


def read_json_file(path: Path, what: str) -> Any:
    """Read a JSON file, UTF-8 with comments allowed; `what` begins the sentence on why it cannot be read."""
    try:
        return parse_json_with_comments(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise LocalDssError(f"{what} is missing: there is no file {path}.") from None
    except UnicodeDecodeError:
        raise LocalDssError(f"{what} is not UTF-8 text: {path}.") from None
    except json.JSONDecodeError as error:
        raise LocalDssError(f"{what} is not valid JSON: {path}, line {error.lineno}: {error.msg}.") from None
    except OSError as error:
        raise LocalDssError(f"{what} cannot be read: {path}: {error.strerror}.") from None


def _blank_comment(match: re.Match[str]) -> str:
    """Keep a string as it is; turn a comment into spaces and its line breaks."""
    token = match.group(0)
    return token if token.startswith('"') else re.sub(r"[^\n]", " ", token)
