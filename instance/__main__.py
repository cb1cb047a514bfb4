"""Run one command, and word what went wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Optional

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130

try:
    from instance.arguments import build_parser, connection_of
    from instance.connection import InstanceError, Target, connect, find_target, spoken
    from instance.federation.rounds import federate
    from instance.federation.sites_file import read_sites_file
    from instance.plugin.archive import read_plugin_zip
    from instance.plugin.install import install
    from instance.removal import remove
    from instance.report import FailedError, RefusedError, Report
    from instance.status import check, show_status
    from instance.trying import Wish, try_out
    from instance.waiting import Waiting
except ModuleNotFoundError as error:
    print(f"The package {error.name} is missing: pip install -r instance/requirements.txt", file=sys.stderr)  # noqa: T201
    sys.exit(REFUSED)


def main(words: Optional[Sequence[str]] = None, report: Optional[Report] = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 failed on the instance, 2 refused before."""
    arguments = build_parser().parse_args(words)
    report = report or Report()
    try:
        if arguments.command == "federate":
            centre, sites = read_sites_file(arguments.sites, arguments.timeout)
            federate(centre, sites, Waiting(report, seconds=arguments.wait * 60))
            return DONE
        target = find_target(connection_of(arguments))
        report.secrets.add(target.key)
        with spoken(target):
            _run(arguments, target, report)
    except RefusedError as error:
        report.line(str(error))
        return REFUSED
    except (FailedError, InstanceError) as error:
        report.line(str(error))
        return FAILED
    except KeyboardInterrupt:
        report.line("Stopped. What was started goes on on the instance; run the same command again to continue.")
        return INTERRUPTED
    return DONE


def _run(arguments: argparse.Namespace, target: Target, report: Report) -> None:
    waiting = Waiting(report, seconds=arguments.wait * 60)
    if arguments.command == "install":
        plugin_zip = read_plugin_zip(arguments.zip)
        install(connect(target), plugin_zip, arguments.python, is_forced=arguments.force, waiting=waiting)
    elif arguments.command == "try":
        try_out(connect(target), target, _wish(arguments), waiting)
    elif arguments.command == "check":
        check(connect(target), target, report)
    elif arguments.command == "status":
        show_status(connect(target), arguments.project, report)
    else:
        remove(
            connect(target),
            arguments.project,
            arguments.name_prefix,
            with_project=arguments.with_project,
            agree=None if arguments.yes else _agree,
            report=report,
        )


def _wish(arguments: argparse.Namespace) -> Wish:
    columns = {name: getattr(arguments, name) for name in ("text_column", "id_column", "date_column")}
    return Wish(
        project_key=arguments.project,
        file=arguments.file,
        dataset=arguments.dataset,
        columns={name: value for name, value in columns.items() if value},
        group_columns=tuple(arguments.group_column),
        name_prefix=arguments.name_prefix,
        summaries=arguments.summaries,
    )


def _agree(question: str) -> bool:
    if not sys.stdin.isatty():
        raise RefusedError(f"{question} Nobody can answer here: give --yes.")
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


if __name__ == "__main__":
    sys.exit(main())
