"""A run of a recipe: the request, its checks, and the settings of its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Optional

from local_dss.descriptors.config_values import with_form_defaults, with_int_kind
from local_dss.descriptors.param_checks import check_params, unknown_keys
from local_dss.descriptors.plugin import Plugin
from local_dss.descriptors.role_checks import (
    DATASET,
    MANAGED_FOLDER,
    RoleContext,
    RoleItem,
    check_overlap,
    check_roles,
    first_dataset_columns,
)
from local_dss.errors import LocalDssError
from local_dss.jobs.partitions import source_variables, split_identifier, target_variables, without_dataset_name
from local_dss.jobs.spark_driver import spark_faults
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import create_folder


@dataclass(frozen=True)
class RecipeRequest:
    """A run as the user asks for it: inputs, outputs and partitions to read are names by role or input, in order.

    The outputs write one `partition`, which is also read unless `read_partitions` say another; without it, all are
    read.
    """

    plugin: Plugin
    recipe_id: str
    home: Path
    project_key: str
    inputs: Mapping[str, list[str]]
    outputs: Mapping[str, list[str]]
    config: Mapping[str, Any] = field(default_factory=dict)
    form_defaults: bool = False
    append_roles: tuple[str, ...] = ()
    partition: Optional[str] = None
    read_partitions: Mapping[str, list[str]] = field(default_factory=dict)
    int_params: str = "int"
    spark_config: Optional[Mapping[str, Any]] = None
    """As ``params.sparkConfig`` of a PYSPARK recipe: ``{"inheritConf": name, "conf": [{"key", "value"}, ...]}``."""
    is_containerized: bool = False
    """Whether the recipe has a ``params.containerSelection``."""


@dataclass(frozen=True)
class RecipeJob:
    """A run that passed the checks: what its process finds in its environment, and what the user should know before."""

    flow_spec: dict[str, list[dict[str, Any]]]
    flow_variables: dict[str, str]
    config: dict[str, Any]
    outputs: tuple[RoleItem, ...]
    warnings: tuple[str, ...]
    spark_config: Optional[Mapping[str, Any]]
    """None for a recipe of another kind than PYSPARK."""


def prepare_job(request: RecipeRequest) -> RecipeJob:
    """Check a request as the form would, or refuse it with all its faults; then create the outputs that are missing."""
    descriptor = request.plugin.recipe_descriptor(request.recipe_id)
    params = descriptor.get("params", [])
    config = with_form_defaults(params, request.config) if request.form_defaults else dict(request.config)
    inputs, outputs, faults = _check(request, config)
    faults += _check_partitions(request, inputs, outputs)
    if faults:
        raise LocalDssError(_as_one_message(request.recipe_id, faults))
    created = tuple(_make_output(request, item, inputs) for item in outputs)
    ignored = unknown_keys(params, config)
    return RecipeJob(
        flow_spec={
            "in": [_input_spec(request, item) for item in inputs],
            "out": [_output_spec(request, item) for item in created],
        },
        flow_variables=_flow_variables(request, inputs, created),
        config=with_int_kind(params, config, request.int_params),
        outputs=created,
        warnings=(f"No param is named {', '.join(ignored)}: passed on as given.",) if ignored else (),
        spark_config=(request.spark_config or {}) if descriptor["kind"] == "PYSPARK" else None,
    )


def find_faults(request: RecipeRequest) -> list[str]:
    """Return what the form would show of roles and params; nothing is created."""
    return _check(request, dict(request.config))[2]


def _check(request: RecipeRequest, config: dict[str, Any]) -> tuple[list[RoleItem], list[RoleItem], list[str]]:
    descriptor = request.plugin.recipe_descriptor(request.recipe_id)
    inputs, faults = check_roles(descriptor.get("inputRoles", []), request.inputs, _context(request, "input"))
    outputs, output_faults = check_roles(
        descriptor.get("outputRoles", []), request.outputs, _context(request, "output")
    )
    faults += output_faults + check_overlap(inputs, outputs) + _check_append_roles(request, descriptor)
    params = descriptor.get("params", [])
    faults += check_params(params, config, lambda role: first_dataset_columns(request.home, inputs, role))
    faults += spark_faults(request.home, descriptor["kind"], request.spark_config)
    if request.is_containerized and descriptor["kind"] == "PYSPARK":
        faults.append('A recipe of kind PYSPARK runs where Spark does: remove "containerSelection" of its params.')
    return inputs, outputs, faults


def _context(request: RecipeRequest, direction: str) -> RoleContext:
    return RoleContext(request.home, request.project_key, direction)


def _as_one_message(recipe_id: str, faults: list[str]) -> str:
    if len(faults) == 1:
        return f'Recipe "{recipe_id}" cannot run: {faults[0]}'
    numbered = " ".join(f"({number}) {fault}" for number, fault in enumerate(faults, start=1))
    return f'Recipe "{recipe_id}" cannot run, {len(faults)} faults: {numbered}'


def _check_append_roles(request: RecipeRequest, descriptor: dict[str, Any]) -> list[str]:
    known = [role["name"] for role in descriptor.get("outputRoles", [])]
    return [
        f'Rows cannot be appended to the unknown output role "{role}".'
        for role in request.append_roles
        if role not in known
    ]


def _check_partitions(request: RecipeRequest, inputs: list[RoleItem], outputs: list[RoleItem]) -> list[str]:
    faults = []
    for item in outputs:
        if item.exists and item.kind == DATASET and _stored(request, item).dimensions() and not request.partition:
            faults.append(f"{item.full_name()} is partitioned: choose the partition to write with --partition.")
    if request.partition and not (_input_dimensions(request, inputs) or _input_dimensions(request, outputs)):
        faults.append("A partition is given but no dataset of the recipe is partitioned.")
    names = {name for item in inputs for name in (item.name, item.full_name())}
    faults += [
        f'Partitions are given for "{name}", which is no input.'
        for name in request.read_partitions
        if name not in names
    ]
    for item in inputs:
        stored = _stored(request, item) if item.kind == DATASET else None
        if stored is not None and stored.dimensions():
            built = stored.partitions()
            missing = [partition for partition in _partitions_read(request, item) if partition not in built]
            faults += [f"{item.full_name()} has no partition {partition}." for partition in missing]
    return faults


def _make_output(request: RecipeRequest, item: RoleItem, inputs: list[RoleItem]) -> RoleItem:
    """Create an output that does not exist yet; return it with its final name."""
    if item.exists:
        return item
    if item.kind == MANAGED_FOLDER:
        folder = create_folder(request.home, item.project_key, item.name)
        return replace(item, name=folder.identifier, exists=True)
    _stored(request, item).create(dimensions=_input_dimensions(request, inputs) if request.partition else ())
    return replace(item, exists=True)


def _input_dimensions(request: RecipeRequest, items: list[RoleItem]) -> list[dict[str, Any]]:
    """Return the dimensions of the first partitioned dataset."""
    for item in items:
        if item.kind == DATASET and item.exists and _stored(request, item).dimensions():
            return _stored(request, item).dimensions()
    return []


def _input_spec(request: RecipeRequest, item: RoleItem) -> dict[str, Any]:
    spec = _item_spec(request, item)
    if item.kind == DATASET and _stored(request, item).dimensions():
        spec["partitions"] = _partitions_read(request, item)
    return spec


def _output_spec(request: RecipeRequest, item: RoleItem) -> dict[str, Any]:
    spec = {**_item_spec(request, item), "appendMode": item.role in request.append_roles}
    if item.kind == DATASET and request.partition and _stored(request, item).dimensions():
        spec["partition"] = request.partition
    return spec


def _item_spec(request: RecipeRequest, item: RoleItem) -> dict[str, Any]:
    smart = item.name if item.project_key == request.project_key else item.full_name()
    return {
        "role": item.role,
        "indexInRole": item.index,
        "type": item.kind,
        "smartName": smart,
        "fullName": item.full_name(),
    }


def _partitions_read(request: RecipeRequest, item: RoleItem) -> list[str]:
    """Return the partitions an input reads: those asked for, else the one being written, else all."""
    for name in (item.name, item.full_name()):
        if name in request.read_partitions:
            return list(request.read_partitions[name])
    return [request.partition] if request.partition else _stored(request, item).partitions()


def _flow_variables(request: RecipeRequest, inputs: list[RoleItem], outputs: tuple[RoleItem, ...]) -> dict[str, str]:
    datasets = [item for item in inputs if item.kind == DATASET]
    variables: dict[str, str] = {}
    for item in datasets:
        dimensions = _stored(request, item).dimensions()
        if dimensions:
            own = source_variables(item.name, _partitions_read(request, item), dimensions)
            variables.update(own)
            variables.update(without_dataset_name(own, item.name) if len(datasets) == 1 else {})
    dimensions = _input_dimensions(request, list(outputs))
    if request.partition and dimensions:
        split_identifier(request.partition, dimensions)
        variables.update(target_variables(request.partition, dimensions))
    return variables


def _stored(request: RecipeRequest, item: RoleItem) -> StoredDataset:
    return StoredDataset(request.home, item.project_key, item.name)
