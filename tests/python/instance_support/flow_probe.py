"""A project with a dataset, the plugin of tests/plugins/flow-probe, and recipes of it in a chain."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar

import pytest
from dataikuapi.dss.job import DSSJob
from dataikuapi.dss.project import DSSProject
from dataikuapi.dss.recipe import DSSRecipe, DSSRecipeCreator

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.plugin_zips import plugin_zip
from tests.python.instance_support.running_instance import RunningInstance

FINAL_STATES = {"DONE", "FAILED", "ABORTED"}
Answer = TypeVar("Answer")


def install_flow_probe(instance: RunningInstance) -> None:
    """Install the plugin."""
    instance.client().install_plugin_from_archive(plugin_zip(plugin="flow-probe"))


class FlowProject:
    """A new project of a running instance with the dataset ``source``, whose rows are ``a`` and ``b``."""

    _numbers = itertools.count(1)

    def __init__(self, instance: RunningInstance):
        self.instance = instance
        self.key = f"FLOW_{next(self._numbers)}"
        self.api: DSSProject = instance.client().create_project(self.key, "Flow", "admin")
        self.add_dataset("source")
        source = StoredDataset(instance.home, self.key, "source")
        source.write_columns([{"name": "text", "type": "string"}])
        with closing(source.open_writer()) as writer:
            writer.write(["a"])
            writer.write(["b"])

    def add_dataset(self, name: str) -> None:
        """Create a managed dataset that is not built."""
        self.api.new_managed_dataset(name).with_store_into("filesystem_managed").create()

    def add_folder(self, name: str) -> str:
        """Create a managed folder; return its id."""
        return self.api.create_managed_folder(name).id

    def add_recipe(self, kind: str, source: str, output: str, *, notes: str | None = None, **config: Any) -> DSSRecipe:
        """Create a recipe of the plugin whose output is a dataset, new if need be, with a config."""
        creator = DSSRecipeCreator(f"CustomCode_flow-probe-{kind}", f"compute_{output}", self.api)
        if not StoredDataset(self.instance.home, self.key, output).exists():
            self.add_dataset(output)
        creator.with_input(source, role="source").with_output(output, role="copy")
        if notes is not None:
            creator.with_output(notes, role="notes")
        recipe = creator.create()
        settings = recipe.get_settings()
        settings.raw_params["customConfig"] = config
        settings.save()
        return recipe

    def start(self, *outputs: str, how: str = "NON_RECURSIVE_FORCED_BUILD") -> DSSJob:
        """Start a job on datasets."""
        job = self.api.new_job(how)
        for output in outputs:
            job.with_output(output)
        return job.start()

    def build(self, *outputs: str, how: str = "NON_RECURSIVE_FORCED_BUILD") -> dict[str, Any]:
        """Run a job on datasets to its end; return its status."""
        job = self.start(*outputs, how=how)
        return status_at_end(job)

    def rows(self, name: str) -> list[str]:
        """Return the texts of a dataset."""
        return [row[0] for row in StoredDataset(self.instance.home, self.key, name).rows()]


def wait_for(question: Callable[[], Answer]) -> Answer:
    """Ask until the answer is true, and return it."""
    deadline = time.monotonic() + 60
    while not (answer := question()):
        if time.monotonic() > deadline:
            pytest.fail("It never became true.")
        time.sleep(0.03)
    return answer


def status_at_end(job: DSSJob) -> dict[str, Any]:
    """Return the status of a job when it has ended."""

    def final_status() -> dict[str, Any] | None:
        status = job.get_status()["baseStatus"]
        return status if status["state"] in FINAL_STATES else None

    return wait_for(final_status)


def activities_of(status: dict[str, Any]) -> dict[str, str]:
    """Return the state of each recipe of a job, in the order of the job."""
    return {activity["recipeName"]: activity["state"] for activity in status["activities"].values()}
