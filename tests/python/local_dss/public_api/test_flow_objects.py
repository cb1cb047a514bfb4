"""Managed folders, zones and the graph of the flow through the real client."""

from __future__ import annotations

import pytest
import requests
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.folders import find_folder
from local_dss.site.local_dss_storage.projects import write_json
from tests.python.instance_support.running_instance import KEY, RunningInstance

pytestmark = pytest.mark.oldest


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"),
        api_keys={"reader": {"user": "analyst", "projects": {"*": ["READ_CONF"]}}},
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def project(instance):
    return instance.client().create_project("SHOP", "Shop", "admin")


@pytest.fixture(scope="module")
def folder(project):
    return project.create_managed_folder("model of <reviews>")


@pytest.fixture(scope="module")
def flow(instance):
    """Reviews -> score -> scored and a folder; a dataset beside."""
    project = instance.client().create_project("FLOW", "Flow", "admin")
    for name in ("reviews", "scored", "beside"):
        project.create_upload_dataset(name)
    folder = project.create_managed_folder("model")
    recipe = {
        "type": "CustomCode_score",
        "name": "score",
        "inputs": {"documents": {"items": [{"ref": "reviews"}]}},
        "outputs": {"rows": {"items": [{"ref": "scored"}]}, "model": {"items": [{"ref": folder.id}]}},
    }
    write_json(instance.home / "projects/FLOW/recipes/score.json", {"recipe": recipe})
    return project


def the_folder(flow):
    return flow.get_managed_folder(flow.list_managed_folders()[0]["id"])


def items_of(zone):
    return sorted((item["objectType"], item["objectId"]) for item in zone._raw["items"])


def test_folders_of_the_same_name_have_ids_of_their_own(project):
    first, second = project.create_managed_folder("twin"), project.create_managed_folder("twin")
    assert len({first.id, second.id, "twin"}) == 3
    first.put_file("a.txt", "first")
    assert second.list_contents()["items"] == []
    assert [item["id"] for item in project.list_managed_folders() if item["name"] == "twin"] == sorted(
        [first.id, second.id]
    )


@pytest.mark.parametrize("path", ["plain.txt", "/with/slash.txt", "a b/ü <x> 100%.txt", "q?a=1#b.txt"])
def test_a_file_goes_up_and_comes_back_under_the_same_path(instance, folder, path):
    content = "ä\n".encode() * 40_000
    answer = folder.put_file(path, content)
    assert (answer["path"], answer["size"]) == ("/" + path.lstrip("/"), len(content))
    with folder.get_file(path) as stream:
        assert stream.content == content
    assert answer["path"] in [item["path"] for item in folder.list_contents()["items"]]
    on_disk = find_folder(instance.home, "SHOP", folder.id)
    assert on_disk.resolve(path).read_bytes() == content
    folder.delete_file(path)
    assert answer["path"] not in [item["path"] for item in folder.list_contents()["items"]]


def test_a_missing_file_is_a_404_and_its_deletion_no_fault(folder):
    with pytest.raises(DataikuException, match="NotFoundException: There is no file absent"):
        folder.get_file("absent")
    folder.delete_file("absent")


@pytest.mark.parametrize("path", ["%2e%2e/%2e%2e/folder.json", "..%2ffolder.json", "a%5cb"])
def test_a_path_that_leads_out_of_the_folder_is_refused(instance, folder, path):
    base = f"{instance.url}/public/api/projects/SHOP/managedfolders/{folder.id}/contents/"
    request = requests.Request("POST", base, files={"file": ("", b"x")}, auth=(KEY, "")).prepare()
    request.url = base + path  # as it is: the library would resolve it
    before = sorted(instance.home.rglob("*"))
    with requests.Session() as session:
        assert session.send(request, timeout=10).status_code in {400, 404}
    assert sorted(instance.home.rglob("*")) == before


def test_unknown_keys_of_a_folder_are_kept_and_its_id_is_not_changed(project):
    folder = project.create_managed_folder("settled")
    settings = folder.get_settings()
    assert settings.get_raw_params()["connection"] == "filesystem_folders"
    settings.get_raw().update({"id": "changed", "name": "renamed", "customFields": {"a": 1}})
    settings.save()
    raw = folder.get_settings().get_raw()
    assert (raw["id"], raw["name"], raw["customFields"]) == (folder.id, "renamed", {"a": 1})


@pytest.mark.parametrize(
    ("name", "connection", "message"),
    [
        ("x", "elsewhere", "Connection 'elsewhere' does not exist, or you may not use it"),
        ("  ", "filesystem_folders", "needs a name"),
        ("x" * 201, "filesystem_folders", "needs a name of at most 200 characters"),
    ],
)
def test_a_folder_without_a_connection_or_a_name_is_refused(project, name, connection, message):
    before = project.list_managed_folders()
    with pytest.raises(DataikuException, match=message):
        project.create_managed_folder(name, connection_name=connection)
    assert project.list_managed_folders() == before


def test_a_deleted_folder_is_gone(project):
    folder = project.create_managed_folder("leaving")
    folder.delete()
    with pytest.raises(DataikuException, match="NotFoundException: Managed folder not found"):
        folder.list_contents()


def test_a_reader_reads_a_folder_and_may_not_write(instance, folder):
    folder.put_file("shared.txt", "text")
    of_reader = instance.client("reader").get_project("SHOP").get_managed_folder(folder.id)
    with of_reader.get_file("shared.txt") as stream:
        assert stream.content == b"text"
    for refused in (
        lambda: of_reader.put_file("x", "y"),
        lambda: of_reader.delete_file("shared.txt"),
        of_reader.delete,
    ):
        with pytest.raises(DataikuException, match="ForbiddenException"):
            refused()


def test_the_graph_leads_from_sources_through_recipes_to_their_outputs(flow):
    graph = flow.get_flow().get_graph()
    folder = the_folder(flow)
    assert sorted(node["ref"] for node in graph.get_source_computables()) == ["beside", "reviews"]
    assert [recipe.name for recipe in graph.get_successor_recipes("reviews", as_type="objects")] == ["score"]
    outputs = graph.get_successor_computables("score")
    assert {(node["type"], node["ref"]) for node in outputs} == {
        ("COMPUTABLE_DATASET", "scored"),
        ("COMPUTABLE_FOLDER", folder.id),
    }
    order = [node["ref"] for node in graph.get_items_in_traversal_order()]
    assert order.index("reviews") < order.index("score") < order.index("scored")


def test_everything_is_in_the_default_zone_at_first(instance):
    project = instance.client().create_project("FRESH", "Fresh", "admin")
    project.create_upload_dataset("only")
    assert [zone.id for zone in project.get_flow().list_zones()] == ["default"]
    assert items_of(project.get_flow().get_default_zone()) == [("DATASET", "only")]


def test_an_output_takes_its_recipe_and_the_other_outputs_into_its_zone(flow):
    zone = flow.get_flow().create_zone("Text <exploration>", color="#123456")
    zone.add_item(flow.get_dataset("scored"))
    together = [("DATASET", "scored"), ("MANAGED_FOLDER", the_folder(flow).id), ("RECIPE", "score")]
    assert items_of(zone) == together
    assert items_of(flow.get_flow().get_default_zone()) == [("DATASET", "beside"), ("DATASET", "reviews")]
    assert flow.get_dataset("scored").get_zone().id == zone.id
    assert flow.get_flow().get_zone_of_object(flow.get_recipe("score")).id == zone.id
    other = flow.get_flow().create_zone("Other")
    other.add_items([flow.get_recipe("score"), flow.get_dataset("beside")])
    assert items_of(other) == [("DATASET", "beside"), *together]
    assert items_of(flow.get_flow().get_zone(zone.id)) == []
    other.delete()
    assert flow.get_dataset("beside").get_zone().id == "default"
    with pytest.raises(DataikuException, match="NotFoundException: Zone not found"):
        flow.get_flow().get_zone(other.id)


def test_a_zone_keeps_its_items_when_its_settings_are_saved(flow):
    zone = flow.get_flow().create_zone("Before")
    zone.add_item(flow.get_dataset("beside"))
    settings = zone.get_settings()
    settings.name = "After"
    settings.get_raw().update({"items": [], "extra": 1})
    settings.save()
    saved = flow.get_flow().get_zone(zone.id)
    assert (saved.name, saved._raw["extra"], items_of(saved)) == ("After", 1, [("DATASET", "beside")])
    flow.get_flow().get_default_zone().add_item(flow.get_dataset("beside"))
    assert items_of(flow.get_flow().get_zone(zone.id)) == []


def test_a_deleted_dataset_leaves_its_zone(flow):
    zone = flow.get_flow().create_zone("Passing")
    dataset = flow.create_upload_dataset("passing")
    dataset.move_to_zone(zone)
    dataset.delete()
    flow.create_upload_dataset("passing")
    assert flow.get_dataset("passing").get_zone().id == "default"
    flow.get_dataset("passing").delete()


def test_the_default_zone_stays_and_what_does_not_exist_is_not_moved(instance, flow):
    default = flow.get_flow().get_default_zone()
    with pytest.raises(DataikuException, match="The default zone cannot be deleted"):
        default.delete()
    with pytest.raises(DataikuException, match="NotFoundException: Project FLOW has no object 'absent'"):
        flow.get_flow().create_zone("Empty").add_item(flow.get_dataset("absent"))
    with pytest.raises(DataikuException, match="ForbiddenException"):
        instance.client("reader").get_project("FLOW").get_flow().create_zone("By a reader")
