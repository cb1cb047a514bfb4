"""The command line of the stand-in: ``python -m local_dss COMMAND``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Optional

from local_dss.command_arguments import PARSER_BUILDERS, SUMMARIES, expand_role_values, names_by_role
from local_dss.descriptors.json_comments import read_json_file
from local_dss.descriptors.plugin import load_plugin
from local_dss.errors import LocalDssError
from local_dss.exchange.csv_exchange import export_csv, import_csv, read_schema_file
from local_dss.exchange.folder_exchange import export_folder, import_folder
from local_dss.exchange.listing import describe_home
from local_dss.jobs.flow_builder import build_flow, read_flow
from local_dss.jobs.partitions import parse_dimensions
from local_dss.jobs.recipe_job import RecipeRequest
from local_dss.jobs.recipe_runner import Switches, run_recipe
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.names import split_name
from local_dss.site.local_dss_storage.settings import load_settings, write_default_settings

EXIT_DONE = 0
EXIT_FAILED_RECIPE = 1
EXIT_BAD_REQUEST = 2
EXIT_INTERRUPTED = 130


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Run one command; return 0 when it is done, 1 when the recipe failed, 2 when the request was refused."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or given[0] not in COMMANDS:
        print(_usage(), file=sys.stdout if given[:1] in (["-h"], ["--help"]) else sys.stderr)
        return EXIT_DONE if given[:1] in (["-h"], ["--help"]) else EXIT_BAD_REQUEST
    command, rest = given[0], given[1:]
    try:
        if command == "serve":
            return _serve(rest)
        arguments = PARSER_BUILDERS[command]().parse_args(expand_role_values(rest))
        return COMMANDS[command](arguments)
    except (LocalDssError, StorageError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return EXIT_BAD_REQUEST
    except OSError as error:  # a full disk, a folder without rights: nothing a traceback would explain better
        place = f": {error.filename}" if error.filename else ""
        print(f"Error: {error.strerror or error}{place}.", file=sys.stderr)
        return EXIT_BAD_REQUEST
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED


def _import(arguments: argparse.Namespace) -> int:
    write_default_settings(arguments.home)
    dataset, columns, dimensions = _described_dataset(arguments)
    n_rows = import_csv(dataset, arguments.file, columns, dimensions)
    print(f"{dataset.full_name}: {n_rows} rows imported")
    return EXIT_DONE


def _create(arguments: argparse.Namespace) -> int:
    write_default_settings(arguments.home)
    dataset, columns, dimensions = _described_dataset(arguments)
    if arguments.built and dimensions:
        raise LocalDssError("A partitioned dataset is built partition by partition: leave out --built.")
    dataset.create(columns, dimensions)
    if arguments.built:
        dataset.mark_built()
    print(f"{dataset.full_name}: created, {len(columns)} columns, {'no rows' if arguments.built else 'not built'}")
    return EXIT_DONE


def _export(arguments: argparse.Namespace) -> int:
    dataset = _dataset(arguments)
    n_rows = export_csv(dataset, arguments.file)
    print(f"{dataset.full_name}: {n_rows} rows exported")
    return EXIT_DONE


def _dataset(arguments: argparse.Namespace) -> StoredDataset:
    return StoredDataset(arguments.home, *split_name(arguments.name, _project_key(arguments), "dataset"))


def _described_dataset(
    arguments: argparse.Namespace,
) -> tuple[StoredDataset, list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a dataset with the columns and the dimensions given for it."""
    dataset = _dataset(arguments)
    columns = read_schema_file(arguments.schema) if arguments.schema else []
    return dataset, columns, parse_dimensions(arguments.partition_by) if arguments.partition_by else []


def _import_folder(arguments: argparse.Namespace) -> int:
    write_default_settings(arguments.home)
    project_key, name = split_name(arguments.name, _project_key(arguments), "managed folder")
    print(f"{project_key}.{name}: {import_folder(arguments.home, project_key, name, arguments.folder)} files imported")
    return EXIT_DONE


def _export_folder(arguments: argparse.Namespace) -> int:
    project_key, name = split_name(arguments.name, _project_key(arguments), "managed folder")
    print(f"{project_key}.{name}: {export_folder(arguments.home, project_key, name, arguments.folder)} files exported")
    return EXIT_DONE


def _list(arguments: argparse.Namespace) -> int:
    for line in describe_home(arguments.home):
        print(line)
    return EXIT_DONE


def _run(arguments: argparse.Namespace) -> int:
    request = RecipeRequest(
        plugin=load_plugin(arguments.plugin),
        recipe_id=arguments.recipe,
        home=arguments.home,
        project_key=_project_key(arguments),
        inputs=names_by_role(arguments.input, "--input"),
        outputs=names_by_role(arguments.output, "--output"),
        config=_read_config(arguments.config),
        form_defaults=arguments.form_defaults,
        append_roles=tuple(arguments.append),
        partition=arguments.partition,
        read_partitions=names_by_role(arguments.read_partitions, "--read-partitions"),
        int_params=_int_params(arguments),
        spark_config={"inheritConf": arguments.spark_config} if arguments.spark_config else None,
    )
    result = run_recipe(request, _switches(arguments))
    if result.error is not None:
        print(result.error, file=sys.stderr)
        return EXIT_FAILED_RECIPE
    for line in result.lines:
        print(line)
    return EXIT_DONE


def _build(arguments: argparse.Namespace) -> int:
    requests = read_flow(
        arguments.flow,
        plugin=load_plugin(arguments.plugin),
        home=arguments.home,
        project_key=_project_key(arguments),
        int_params=_int_params(arguments),
    )
    return build_flow(requests, _switches(arguments))


def _serve(rest: list[str]) -> int:
    from local_dss.webapp_host.command import add_serve_arguments, serve  # noqa: PLC0415, only this command needs Flask

    parser = argparse.ArgumentParser(prog="python -m local_dss serve", description=SUMMARIES["serve"])
    add_serve_arguments(parser)
    return serve(parser.parse_args(rest))


def _instance(arguments: argparse.Namespace) -> int:
    from local_dss.public_api.command import serve_instance  # noqa: PLC0415, only this command needs Flask

    return serve_instance(arguments)


def _read_config(path: Optional[Path]) -> dict[str, Any]:
    content = read_json_file(path, "The config file") if path else {}
    if not isinstance(content, dict):
        raise LocalDssError(f"The config file must be a JSON object: {path}.")
    return content


def _project_key(arguments: argparse.Namespace) -> str:
    return arguments.project or load_settings(arguments.home).default_project


def _int_params(arguments: argparse.Namespace) -> str:
    return arguments.int_params or load_settings(arguments.home).int_params


def _switches(arguments: argparse.Namespace) -> Switches:
    return Switches(empty_reads=arguments.empty_reads, local_folders=arguments.local_folders)


def _usage() -> str:
    lines = ["usage: python -m local_dss COMMAND ... (COMMAND --help lists its options)", ""]
    return "\n".join(lines + [f"  {name:<14} {summary}" for name, summary in SUMMARIES.items()])


COMMANDS: dict[str, Callable[..., int]] = {
    "import": _import,
    "create": _create,
    "export": _export,
    "import-folder": _import_folder,
    "export-folder": _export_folder,
    "list": _list,
    "run": _run,
    "build": _build,
    "serve": _serve,
    "instance": _instance,
}
