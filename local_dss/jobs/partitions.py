"""Partitions of a run: what each input reads, what the outputs write, and the flow variables with both."""

from __future__ import annotations

from typing import Any

from local_dss.errors import LocalDssError

_TIME_PARTS = {"YEAR": 1, "MONTH": 2, "DAY": 3, "HOUR": 4}


def parse_dimensions(text: str) -> list[dict[str, Any]]:
    """Parse ``--partition-by``: names separated by commas, each may be followed by ``:YEAR|MONTH|DAY|HOUR``."""
    return [_parse_dimension(part.strip()) for part in text.split(",")]


def split_identifier(partition: str, dimensions: list[dict[str, Any]]) -> list[str]:
    """Split a partition identifier into one value per dimension."""
    values = partition.split("|")
    if len(values) != len(dimensions):
        names = "|".join(dimension["name"] for dimension in dimensions)
        raise LocalDssError(f'The partition "{partition}" does not fit the dimensions {names}.')
    return values


def target_variables(partition: str, dimensions: list[dict[str, Any]]) -> dict[str, str]:
    """Return the ``DKU_DST_`` variables of the partition being written."""
    return _variables("DKU_DST_", partition, dimensions)


def source_variables(dataset: str, partitions: list[str], dimensions: list[dict[str, Any]]) -> dict[str, str]:
    """Return the ``DKU_SRC_<dataset>_`` variables of one input, named bare.

    There is one for each dimension when a single partition is read, and always the quoted list ``..._VALUES``.
    """
    prefix = f"DKU_SRC_{dataset}_"
    variables = _variables(prefix, partitions[0], dimensions) if len(partitions) == 1 else {}
    by_partition = [split_identifier(partition, dimensions) for partition in partitions]
    for index, dimension in enumerate(dimensions):
        values = dict.fromkeys(values[index] for values in by_partition)
        variables[f"{prefix}{dimension['name']}_VALUES"] = ", ".join(f"'{value}'" for value in values)
    return variables


def without_dataset_name(variables: dict[str, str], dataset: str) -> dict[str, str]:
    """Return the shortcuts ``DKU_SRC_<dim>`` that exist when a recipe has a single input dataset."""
    prefix = f"DKU_SRC_{dataset}_"
    return {f"DKU_SRC_{name[len(prefix) :]}": value for name, value in variables.items()}


def _variables(prefix: str, partition: str, dimensions: list[dict[str, Any]]) -> dict[str, str]:
    variables: dict[str, str] = {}
    for dimension, value in zip(dimensions, split_identifier(partition, dimensions)):
        variables[prefix + dimension["name"]] = value
        if dimension["type"] == "time":
            parts = value.split("-")
            variables.update(
                {prefix + name: parts[index] for index, name in enumerate(_TIME_PARTS) if index < len(parts)}
            )
            if len(parts) >= _TIME_PARTS["DAY"]:
                variables[f"{prefix}DATE"] = "-".join(parts[:3])
    return variables


def _parse_dimension(part: str) -> dict[str, Any]:
    name, _, period = part.partition(":")
    if not name:
        raise LocalDssError("A partitioning dimension needs a name.")
    if not period:
        return {"name": name, "type": "value", "params": {}}
    if period not in _TIME_PARTS:
        raise LocalDssError(
            f'The period of dimension "{name}" must be one of {", ".join(_TIME_PARTS)}. Got "{period}".'
        )
    return {"name": name, "type": "time", "params": {"period": period}}
