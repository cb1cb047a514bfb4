"""The command line: its commands and options."""

from __future__ import annotations

import argparse
from pathlib import Path

from instance.connection import KEY_VARIABLE, URL_VARIABLE, Given


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m instance",
        description="Install Text Explorer on a DSS instance, and set up a first exploration.",
        epilog="Exit codes: 0 done, 1 failed on the instance, 2 refused before anything was done.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = [_connection_options()]
    commands.add_parser("check", parents=shared, help="who and where am I: rights, versions, plugin, connections")
    install = commands.add_parser("install", parents=shared, help="install or update the plugin from its zip")
    install.add_argument("zip", type=Path, metavar="ZIP", help="as `make plugin` writes it")
    install.add_argument("--python", metavar="NAME", help="interpreter of a new code environment, such as PYTHON311")
    install.add_argument("--force", action="store_true", help="also an older version, or the same one again")
    _add_try(commands.add_parser("try", parents=shared, help="upload a file, find its topics, open the webapp"))
    status = commands.add_parser("status", parents=shared, help="what is installed, and what was set up in a project")
    status.add_argument("--project", metavar="KEY")
    remove = commands.add_parser("remove", parents=shared, help="delete what was set up in a project, and only that")
    remove.add_argument("--project", metavar="KEY", required=True)
    remove.add_argument("--name-prefix", metavar="TEXT", help="only the exploration with this beginning of its names")
    remove.add_argument("--with-project", action="store_true", help="also the project, if `try` created it")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    federate = commands.add_parser("federate", help="train topics on several instances that exchange counts only")
    federate.add_argument("--sites", type=Path, metavar="FILE", required=True, help="JSON: the instances and folders")
    _add_times(federate)
    return parser


def connection_of(arguments: argparse.Namespace) -> Given:
    """Return what the options say about the connection."""
    return Given(**{name: getattr(arguments, name) for name in Given.__dataclass_fields__})


def _connection_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    group = options.add_argument_group("connection")
    group.add_argument("--url", help=f"address of the instance; else {URL_VARIABLE}, else ~/.dataiku/config.json")
    group.add_argument("--key-file", type=Path, metavar="FILE", help=f"holds the API key; else {KEY_VARIABLE}")
    group.add_argument("--instance", metavar="NAME", help="entry of ~/.dataiku/config.json; else its default")
    group.add_argument("--ca", type=Path, metavar="FILE", help="certificate of a private authority")
    group.add_argument("--no-check-certificate", action="store_true", help="trust any certificate")
    _add_times(group)
    return options


def _add_times(group: argparse._ActionsContainer) -> None:
    group.add_argument("--timeout", type=_positive, default=60.0, metavar="SECONDS", help="for one answer")
    group.add_argument("--wait", type=_positive, default=60.0, metavar="MINUTES", help="for a build or a run")


def _add_try(command: argparse.ArgumentParser) -> None:
    command.add_argument("--project", metavar="KEY", required=True, help="created if it does not exist")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--file", type=Path, metavar="CSV", help="one text per row, names in the first row")
    source.add_argument("--sample", action="store_true", help="the 400 hotel reviews of the plugin")
    command.add_argument("--text-column", metavar="NAME", help="column of the file with the texts")
    command.add_argument("--id-column", metavar="NAME")
    command.add_argument("--date-column", metavar="NAME")
    command.add_argument("--group-column", metavar="NAME", action="append", default=[], help="may be repeated")
    command.add_argument("--dataset", metavar="NAME", help="name of the dataset; else that of the file")
    command.add_argument("--name-prefix", metavar="TEXT", help="beginning of all names; else the dataset's name")
    command.add_argument("--summaries", action="store_true", help="also summarize texts and topics")


def _positive(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"must be more than 0, got {text}")
    return value
