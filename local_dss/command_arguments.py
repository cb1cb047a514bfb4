"""Arguments of each command, and the ``ROLE=NAME`` values."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.settings import CHOICES

SUMMARIES = {
    "import": "make a dataset from a CSV file",
    "create": "make a dataset without rows",
    "export": "write a dataset to a CSV file",
    "import-folder": "copy files into a managed folder",
    "export-folder": "copy files out of a managed folder",
    "list": "list datasets and managed folders",
    "run": "run one recipe of a plugin",
    "build": "run the recipes of a flow file in order",
    "serve": "serve a webapp of a plugin",
    "instance": "serve the public API, for the client of the real one",
}
_MANY_VALUES = ("--input", "--output", "--append", "--read-partitions")


def expand_role_values(arguments: list[str]) -> list[str]:
    """Repeat a flag before each of its values, up to one without ``=``, so that positionals may follow them.

    ``--input a=x b=y recipe`` becomes ``--input a=x --input b=y recipe``.
    """
    expanded: list[str] = []
    flag = None
    for position, argument in enumerate(arguments):
        first_value = position > 0 and arguments[position - 1] in _MANY_VALUES
        if argument.startswith("--"):
            flag = argument if argument in _MANY_VALUES else None
        elif flag and not first_value:
            if "=" in argument:
                expanded.append(flag)
            else:
                flag = None
        expanded.append(argument)
    return expanded


def names_by_role(values: list[str], flag: str) -> dict[str, list[str]]:
    """Group ``ROLE=NAME`` values by role; ``ROLE=a,b`` and a repeated role name several items, in order."""
    names: dict[str, list[str]] = {}
    for value in values:
        role, sign, given = value.partition("=")
        parts = [part.strip() for part in given.split(",") if part.strip()]
        if not sign or not role or not parts:
            raise LocalDssError(f'{flag} takes values like ROLE=NAME or ROLE=NAME,NAME. Got "{value}".')
        names.setdefault(role, []).extend(parts)
    return names


def _new_parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m local_dss {command}", description=SUMMARIES[command])
    parser.add_argument("--home", type=Path, required=True, help="home folder of the stand-in")
    parser.add_argument("--project", help="project key (default: that of instance.json, LOCAL)")
    return parser


def _import_parser() -> argparse.ArgumentParser:
    parser = _new_parser("import")
    parser.add_argument("name", metavar="NAME", help="dataset, or KEY.dataset")
    parser.add_argument("file", metavar="FILE.csv", type=Path)
    parser.add_argument("--schema", type=Path, metavar="FILE.json", help="types of the columns (default: all string)")
    parser.add_argument("--partition-by", metavar="COLUMN[:PERIOD],...", help="YEAR, MONTH, DAY or HOUR for time")
    return parser


def _create_parser() -> argparse.ArgumentParser:
    parser = _new_parser("create")
    parser.add_argument("name", metavar="NAME", help="dataset, or KEY.dataset")
    parser.add_argument("--schema", type=Path, metavar="FILE.json", help="its columns (default: none)")
    parser.add_argument("--built", action="store_true", help="count it as built: it is read as empty, not refused")
    parser.add_argument("--partition-by", metavar="NAME[:PERIOD],...", help="YEAR, MONTH, DAY or HOUR for time")
    return parser


def _export_parser() -> argparse.ArgumentParser:
    parser = _new_parser("export")
    parser.add_argument("name", metavar="NAME", help="dataset, or KEY.dataset")
    parser.add_argument("file", metavar="FILE.csv", type=Path)
    return parser


def _folder_parser(command: str) -> argparse.ArgumentParser:
    parser = _new_parser(command)
    parser.add_argument("name", metavar="NAME", help="managed folder, or KEY.folder")
    parser.add_argument("folder", metavar="DIR", type=Path)
    return parser


def _run_parser() -> argparse.ArgumentParser:
    parser = _new_parser("run")
    parser.add_argument("recipe", metavar="RECIPE")
    parser.add_argument("--plugin", type=Path, required=True, metavar="DIR")
    parser.add_argument("--input", action="append", default=[], metavar="ROLE=NAME", help="several may follow one flag")
    parser.add_argument("--output", action="append", default=[], metavar="ROLE=NAME", help="created when missing")
    parser.add_argument("--config", type=Path, metavar="FILE.json", help="values of the params (default: none)")
    parser.add_argument("--form-defaults", action="store_true", help="fill absent params with their defaults")
    parser.add_argument("--append", action="append", default=[], metavar="ROLE", help="keep the rows of this output")
    parser.add_argument("--partition", metavar="ID", help="the partition that the outputs write")
    parser.add_argument("--spark-config", metavar="NAME", help="Spark configuration of a recipe of kind PYSPARK")
    parser.add_argument("--read-partitions", action="append", default=[], metavar="NAME=ID,...")
    _add_switches(parser)
    return parser


def _build_parser() -> argparse.ArgumentParser:
    parser = _new_parser("build")
    parser.add_argument("flow", metavar="FLOW.json", type=Path)
    parser.add_argument("--plugin", type=Path, required=True, metavar="DIR")
    _add_switches(parser)
    return parser


def _instance_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local_dss instance", description=SUMMARIES["instance"])
    parser.add_argument("--home", type=Path, required=True, help="home folder of the stand-in")
    parser.add_argument("--port", type=int, default=11200, help="port, 0 for a free one (default: %(default)s)")
    parser.add_argument("--key", help="key of an administrator (default: those of instance.json, else a new one)")
    parser.add_argument("--libraries", metavar="DIR", type=Path, help="folder of the libraries a webapp may tick")
    return parser


def _add_switches(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--int-params", choices=CHOICES["int_params"], help="how INT params reach the recipe")
    parser.add_argument("--empty-reads", choices=CHOICES["empty_reads"], help="what reading 0 rows returns")
    local = parser.add_mutually_exclusive_group()
    local.add_argument("--local-folders", action="store_true", default=None, help="folders have a local path")
    local.add_argument("--remote-folders", action="store_false", dest="local_folders", help="folders have none")


PARSER_BUILDERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "import": _import_parser,
    "create": _create_parser,
    "export": _export_parser,
    "import-folder": lambda: _folder_parser("import-folder"),
    "export-folder": lambda: _folder_parser("export-folder"),
    "list": lambda: _new_parser("list"),
    "run": _run_parser,
    "build": _build_parser,
    "instance": _instance_parser,
}
