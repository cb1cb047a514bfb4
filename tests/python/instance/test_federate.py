"""Three instances train one model through their public API; one of them is killed on the way."""

from __future__ import annotations

import io
import json
from contextlib import closing

import pytest
from dataikuapi.dss.recipe import DSSRecipeCreator

from instance.__main__ import main
from instance.report import Report
from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance.conftest import install, share_compiled_loops
from tests.python.instance_support.running_instance import KEY, RunningInstance
from tests.python.unit.topics.federated.small_federation import themed_texts

SITES = ("north", "south", "east")
TRAINING = {
    "sites": list(SITES), "texts_language": "en", "n_topics": 3, "n_rounds": 4, "sweeps_per_round": 40,
    "max_document_share": 1.0, "min_documents": 1,
}  # fmt: skip
HELD_OUT = ["army navy", "bank tax", "pupil teacher", "zebra"]


def add_rows(instance, name, texts):
    instance.client().get_project("TOPICS").new_managed_dataset(name).with_store_into("filesystem_managed").create()
    stored = StoredDataset(instance.home, "TOPICS", name)
    stored.write_columns([{"name": "text", "type": "string"}])
    with closing(stored.open_writer()) as writer:
        for text in texts:
            writer.write([text])


def add_recipe(project, kind, inputs, outputs, config):
    creator = DSSRecipeCreator(f"CustomCode_text-explorer-{kind}", kind, project)
    for role, name in inputs.items():
        creator.with_input(name, role=role)
    for role, name in outputs.items():
        creator.with_output(name, role=role)
    settings = creator.create().get_settings()
    settings.raw_params["customConfig"] = config
    settings.save()


def add_folders(project, *names):
    return {name: project.create_managed_folder(name).id for name in names}


def set_up_site(instance, name):
    project = instance.client().create_project("TOPICS", "Topics", "admin")
    folders = add_folders(project, "shared", "contribution", "site_state")
    add_rows(instance, "documents", themed_texts(45, first=len(name)))
    add_rows(instance, "held_out", HELD_OUT)
    project.new_managed_dataset("scored").with_store_into("filesystem_managed").create()
    inputs = {"documents": "documents", "shared": folders["shared"]}
    outputs = {"contribution": folders["contribution"], "state": folders["site_state"]}
    config = {"text_column": "text", "site": name, "least_documents": 3}
    add_recipe(project, "contribute", inputs, outputs, config)
    inputs = {"documents": "held_out", "model": folders["shared"]}
    add_recipe(project, "assign", inputs, {"document_topics": "scored"}, {"text_column": "text", "language": "auto"})


def set_up_centre(instance):
    project = instance.client().create_project("CENTRE", "Centre", "admin")
    folders = add_folders(project, "contributions", "model", "combined_state")
    inputs = {"contributions": folders["contributions"]}
    outputs = {"shared": folders["model"], "state": folders["combined_state"]}
    add_recipe(project, "combine", inputs, outputs, TRAINING)


class Watched(io.StringIO):
    """An output that does something as soon as a text is printed."""

    def __init__(self, actions):
        super().__init__()
        self._actions = actions

    def write(self, text):
        for trigger in [trigger for trigger in self._actions if trigger in text]:
            self._actions.pop(trigger)()
        return super().write(text)


@pytest.fixture(scope="module")
def instances(tmp_path_factory, plugin_zip, built_plugin):
    """Return three instances with the plugin, each with the documents of a site."""
    running = {}
    for name in SITES:
        running[name] = RunningInstance(tmp_path_factory.mktemp(name), env="reuse").start()
        install(running[name], plugin_zip)
        share_compiled_loops(running[name], built_plugin)
        set_up_site(running[name], name)
    set_up_centre(running["north"])
    yield running
    for instance in running.values():
        instance.stop()


@pytest.fixture(scope="module")
def printed(instances, tmp_path_factory):
    """Run the whole training; the third site is killed in round 3 and is back in round 5."""
    folder = tmp_path_factory.mktemp("tool")
    (folder / "key").write_text(KEY)
    here = {name: {"url": instance.url, "key_file": str(folder / "key")} for name, instance in instances.items()}
    content = {
        "centre": {**here["north"], "project": "CENTRE", "contributions": "contributions", "shared": "model"},
        "sites": [
            {"name": name, **here[name], "project": "TOPICS", "shared": "shared", "contribution": "contribution"}
            for name in SITES
        ],
    }
    (folder / "sites.json").write_text(json.dumps(content))
    stream = Watched({"Round 3 (": instances["east"].kill, "Round 5 (": instances["east"].start})
    code = main(["federate", "--sites", str(folder / "sites.json")], Report(stream))
    assert code == 0, stream.getvalue()
    return stream.getvalue()


def test_the_training_goes_on_without_the_killed_site_and_takes_it_in_again(printed):
    lines = printed.splitlines()
    assert [line for line in lines if line.startswith("Round") and line.endswith(")")] == [
        "Round 0 (terms)", "Round 1 (start)", *(f"Round {number} (sweeps)" for number in range(2, 6)),
        "Round 6 (profile)",
    ]  # fmt: skip
    missed = [line.split(":")[0].strip() for line in lines if "misses round" in line]
    assert missed == ["east misses round 3", "east misses round 4"]
    assert len([line for line in lines if line.strip().startswith("east: ")]) == 5
    assert lines[-1] == "The training is finished. Its model is in the folder model."
    assert KEY not in printed


def test_the_model_scores_held_out_texts_at_every_site_and_all_sites_agree(printed, instances):
    rows = {}
    for name, instance in instances.items():
        project = instance.client().get_project("TOPICS")
        project.new_job("NON_RECURSIVE_FORCED_BUILD").with_output("scored").start_and_wait()
        rows[name] = list(project.get_dataset("scored").iter_rows())
    assert rows["north"] == rows["south"] == rows["east"]
    statuses = [[cell for cell in row if cell in ("ok", "no known term")] for row in rows["north"]]
    assert statuses == [["ok"], ["ok"], ["ok"], ["no known term"]]
    assert len({str(row[1:]) for row in rows["north"]}) == 4
