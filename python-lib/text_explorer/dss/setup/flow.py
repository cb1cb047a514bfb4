"""Objects of the flow: zone, datasets, model folder, recipes and their runs."""

from __future__ import annotations

from text_explorer.dss.setup.context import CREATED, KEPT, UPDATED, Setup
from text_explorer.dss.setup.plan import PlannedRecipe
from text_explorer.dss.setup.present import choose_connections
from text_explorer.dss.setup.record import DATASET, FOLDER, RECIPE, ZONE
from text_explorer.dss.setup.waiting import FailedError, run_job
from text_explorer.errors import caught
from text_explorer.explorer.shared.cells import as_object

_COUNT = "records:COUNT_RECORDS"


def make_zone(setup: Setup) -> str:
    """Create the flow zone, or find it."""
    name, flow = setup.plan.zone_name, setup.project.get_flow()
    identifier = setup.present.zones.get(name)
    if identifier is None:
        setup.record.note(ZONE, name)
        setup.zone = flow.create_zone(name)
        setup.record.note(ZONE, name, id=setup.zone.id)
        return CREATED
    setup.zone = flow.get_zone(identifier)
    return KEPT


def make_dataset(setup: Setup, name: str) -> str:
    """Create a dataset in its zone; a table of the webapp's own is written without rows, so that it counts as built."""
    is_table = name in setup.plan.own_tables
    facts = setup.record.facts(DATASET, name)
    exists = name in setup.present.datasets
    if not exists:
        setup.record.note(DATASET, name)
        creator = setup.project.new_managed_dataset(name)
        creator.with_store_into(choose_connections(setup.settings, setup.present)[0]).create()
    setup.put_into_zone(DATASET, name, setup.project.get_dataset(name))
    if is_table and not facts.get("written"):
        setup.write_table(f"{setup.key}.{name}")
        setup.record.note(DATASET, name, written=True)
    return KEPT if exists else CREATED


def make_folder(setup: Setup) -> str:
    """Create the model folder in its zone."""
    name = setup.plan.folder.name
    exists = name in setup.present.folders
    if not exists:
        setup.record.note(FOLDER, name)
        connection = choose_connections(setup.settings, setup.present)[1]
        created = setup.project.create_managed_folder(name, connection_name=connection)
        setup.present.folders[name] = [created.id]
    setup.record.note(FOLDER, name, id=setup.folder_id())
    setup.put_into_zone(FOLDER, name, setup.project.get_managed_folder(setup.folder_id()))
    return KEPT if exists else CREATED


def make_recipe(setup: Setup, recipe: PlannedRecipe) -> str:
    """Create a recipe and set it, or update settings that nobody changed since; those a user changed stay."""
    facts = setup.record.facts(RECIPE, recipe.name)
    exists = recipe.name in setup.present.recipes
    if not exists:
        setup.record.note(RECIPE, recipe.name, config=None, built=False, job=None)
        _create_recipe(setup, recipe)
    settings = setup.project.get_recipe(recipe.name).get_settings()
    current = as_object(settings.raw_params.get("customConfig"))
    if exists and (current == recipe.config or (current and current != facts.get("config"))):
        setup.record.note(RECIPE, recipe.name, **({"config": current} if current == recipe.config else {}))
        return KEPT if current == recipe.config else f"{KEPT}, with the settings it was changed to"
    settings.raw_params["customConfig"] = dict(recipe.config)
    settings.save()
    _read_back(setup, recipe)
    setup.record.note(RECIPE, recipe.name, config=dict(recipe.config), built=False)
    return UPDATED if exists else CREATED


def run_recipe(setup: Setup, recipe: PlannedRecipe) -> str:
    """Run a recipe unless its outputs are built with these settings, and return how many rows it wrote."""
    if is_built(setup, recipe):
        return f"{KEPT}, {_rows_of(setup, recipe.main_output)}"
    running = setup.record.facts(RECIPE, recipe.name).get("job")
    run_job(setup.project, recipe.main_output, lambda job: setup.record.note(RECIPE, recipe.name, job=job), running)
    setup.record.note(RECIPE, recipe.name, built=True, job=None)
    return f"built {_rows_of(setup, recipe.main_output)}"


def is_built(setup: Setup, recipe: PlannedRecipe) -> bool:
    """Return whether a recipe was run with its settings."""
    return bool(setup.record.facts(RECIPE, recipe.name).get("built"))


def _create_recipe(setup: Setup, recipe: PlannedRecipe) -> None:
    prototype = {
        "type": recipe.type,
        "name": recipe.name,
        "inputs": {role: {"items": [{"ref": setup.reference(item)}]} for role, item in recipe.inputs.items()},
        "outputs": {
            role: {"items": [{"ref": setup.reference(item), "appendMode": False}]}
            for role, item in recipe.outputs.items()
        },
    }
    created = setup.project.create_recipe(prototype, {})
    if created.name != recipe.name:
        created.delete()
        raise FailedError(f"the instance named it '{created.name}', so its name is taken; nothing was left of it")


def _read_back(setup: Setup, recipe: PlannedRecipe) -> None:
    settings = setup.project.get_recipe(recipe.name).get_settings()
    if as_object(settings.raw_params.get("customConfig")) != dict(recipe.config):
        raise FailedError("the instance did not keep its settings")


def _rows_of(setup: Setup, name: str) -> str:
    """Return the number of rows as text; not every storage and version counts them."""
    dataset = setup.project.get_dataset(name)
    with caught():
        dataset.compute_metrics(metric_ids=[_COUNT])
        return f"{int(dataset.get_last_metric_values().get_global_value(_COUNT)):,} rows"
    return "rows not counted"
