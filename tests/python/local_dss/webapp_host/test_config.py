"""Values of params as the form of an instance holds them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local_dss.descriptors.plugin import load_plugin
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import create_folder
from local_dss.webapp_host.config import Project, fill_config
from local_dss.webapp_host.webapp import load_webapp
from tests.python.local_dss.webapp_host.running_host import PROBE_PLUGIN


@pytest.fixture
def project(tmp_path):
    StoredDataset(tmp_path, "LOCAL", "reviews").create([{"name": "text", "type": "string"}])
    create_folder(tmp_path, "LOCAL", "model")
    return Project(tmp_path, "LOCAL")


@pytest.fixture
def webapp():
    return load_webapp(load_plugin(PROBE_PLUGIN), "webapp-probe_classic")


def test_defaults_are_filled_in_and_unset_params_are_absent(webapp, project):
    assert fill_config(webapp, {"title": "T", "dataset": None}, project) == {"title": "T", "mode": "fast"}


def test_a_default_can_be_cleared(webapp, project):
    assert fill_config(webapp, {"title": "T", "mode": None}, project) == {"title": "T"}


def test_given_values_win_over_defaults_and_existing_objects_are_accepted(webapp, project):
    values = {"title": "T", "mode": "exact", "note": "N", "dataset": "reviews", "column": "text", "folder": "model"}
    assert fill_config(webapp, values, project) == values


def test_keys_that_a_role_fills_need_no_param(webapp, project):
    values = {"title": "T", "mode": "fast", "folder": "model", "path": "/a.json"}
    assert fill_config(webapp, values, project) == values


def test_a_full_name_and_the_id_of_a_folder_are_accepted(webapp, project):
    folder = create_folder(project.home, "LOCAL", "model")
    values = {"title": "T", "mode": "fast", "dataset": "LOCAL.reviews", "folder": f"LOCAL.{folder.identifier}"}
    assert fill_config(webapp, values, Project(project.home, "OTHER")) == values


@pytest.mark.parametrize("kind", ["FOLDER", "MANAGED_FOLDER"])
def test_both_types_of_folder_params_want_a_folder_of_the_project(webapp, project, kind):
    kinds = replace(
        webapp, params=tuple({**param, "type": kind} for param in webapp.params if param["name"] == "folder")
    )
    assert fill_config(kinds, {"folder": "model"}, project) == {"folder": "model"}
    with pytest.raises(LocalDssError, match="names the managed folder 'nope', which project LOCAL does not have"):
        fill_config(kinds, {"folder": "nope"}, project)


def test_whole_numbers_are_served_in_the_kind_the_instance_is_set_to(project):
    webapp = load_webapp(load_plugin(PROBE_PLUGIN), "webapp-probe_module")
    (project.home / "instance.json").write_text('{"int_params": "float"}', encoding="utf-8")
    served = fill_config(webapp, {}, project)["n_terms"]
    assert (served, type(served)) == (30, float)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, '"Title" (title) needs a value.'),
        ({"title": ""}, '"Title" (title) needs a value.'),
        ({"title": "T", "mode": "slow"}, "\"Mode\" (mode) must be one of fast, exact. Got 'slow'."),
        ({"title": "T", "mode": "exact"}, '"Note" (note) needs a value.'),
        ({"title": "T", "dataset": "x"}, "\"Dataset\" (dataset) names the dataset 'x', which project LOCAL does not"),
        ({"title": "T", "dataset": "../x"}, "names the dataset '../x', which project LOCAL does not have."),
        ({"title": "T", "folder": "x"}, "\"Folder\" (folder) names the managed folder 'x', which project LOCAL does"),
        ({"title": "T", "dataset": "reviews", "column": "x"}, "\"Column\" (column) names the column 'x', which its"),
        ({"title": "T", "tilte": 1}, 'There is no param "tilte".'),
    ],
)
def test_a_value_the_form_could_not_hold_is_named(webapp, project, values, fault):
    with pytest.raises(LocalDssError) as caught:
        fill_config(webapp, values, project)
    assert str(caught.value).startswith('The config does not fit webapp "webapp-probe_classic". ')
    assert fault in str(caught.value)


def test_all_faults_are_named_in_one_message_and_a_column_of_a_missing_dataset_is_not_one_of_them(webapp, project):
    with pytest.raises(LocalDssError) as caught:
        fill_config(webapp, {"dataset": "x", "column": "y", "mode": "slow"}, project)
    assert [text in str(caught.value) for text in ("(title)", "(mode)", "(dataset)")] == [True] * 3
    assert "column" not in str(caught.value)
