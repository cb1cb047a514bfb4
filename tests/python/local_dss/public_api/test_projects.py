"""Projects and their wiki through the real client: create, settings, variables, rights, articles."""

from __future__ import annotations

import pytest
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.projects import read_variables
from tests.python.instance_support.running_instance import RunningInstance

pytestmark = pytest.mark.oldest


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"),
        api_keys={
            "reader": {"user": "analyst", "projects": {"SHOP": ["READ_CONF"]}},
            "writer": {"user": "maker", "projects": {"SHOP": ["WRITE_CONF"]}},
            "founder": {"user": "founder", "may_create_projects": True},
        },
    ).start()
    try:
        running.client().create_project("SHOP", "The <shop>", "admin", description="What it sells")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def project(instance):
    return instance.client().get_project("SHOP")


def test_a_project_is_listed_with_its_name_and_owner(instance):
    (listed,) = [item for item in instance.client().list_projects() if item["projectKey"] == "SHOP"]
    found = {key: listed[key] for key in ("name", "ownerLogin", "description", "tags")}
    assert found == {"name": "The <shop>", "ownerLogin": "admin", "description": "What it sells", "tags": []}


def test_a_key_lists_the_projects_it_may_read(instance):
    assert instance.client("reader").list_project_keys() == ["SHOP"]
    assert "SHOP" not in instance.client("founder").list_project_keys()


@pytest.mark.parametrize(
    ("key", "name", "owner", "message"),
    [
        ("SHOP", "Again", "admin", "A project with the key SHOP exists already"),
        ("../UP", "Up", "admin", "A project is named with letters"),
        ("", "Empty", "admin", "A project is named with letters"),
        ("NAMELESS", " ", "admin", "needs a name and an owner"),
        ("ORPHAN", "Orphan", None, "needs a name and an owner"),
    ],
)
def test_a_project_without_a_free_key_a_name_and_an_owner_is_refused(instance, key, name, owner, message):
    before = instance.client().list_project_keys()
    with pytest.raises(DataikuException, match=message):
        instance.client().create_project(key, name, owner)
    assert instance.client().list_project_keys() == before


def test_who_may_create_projects_owns_and_deletes_them(instance):
    client = instance.client("founder")
    made = client.create_project("MADE", "Made", "founder")
    made.create_upload_dataset("own")
    assert [item.name for item in made.list_datasets()] == ["own"]
    made.delete(clear_managed_datasets=True)
    with pytest.raises(DataikuException, match="NotFoundException: Project not found: MADE"):
        made.get_metadata()
    again = client.create_project("MADE", "Made again", "founder")
    assert again.list_datasets() == []
    future = client._perform_json("DELETE", "/projects/MADE", params={"wait": False})
    assert client.get_future(future["jobId"]).wait_for_result()["maxSeverity"] == "SUCCESS"
    with pytest.raises(DataikuException, match="NotFoundException: Project not found: MADE"):
        again.get_metadata()


@pytest.mark.parametrize("key", ["reader", "writer"])
def test_who_may_not_create_projects_is_refused(instance, key):
    with pytest.raises(DataikuException, match=r"ForbiddenException.*may not create projects"):
        instance.client(key).create_project("NEVER", "Never", "analyst")


def test_a_writer_changes_a_project_and_may_not_delete_it(instance):
    project = instance.client("writer").get_project("SHOP")
    project.set_variables({"standard": {"by": "writer"}, "local": {}})
    for refused in (project.delete, lambda: project.set_permissions({"owner": "maker", "permissions": []})):
        with pytest.raises(DataikuException, match=r"ForbiddenException.*permission ADMIN on project SHOP"):
            refused()


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.set_variables({"standard": {}, "local": {}}),
        lambda project: project.get_settings().save(),
        lambda project: project.set_metadata({}),
        lambda project: project.set_tags({"tags": {}}),
        lambda project: project.get_wiki().create_article("x"),
    ],
)
def test_a_reader_reads_everything_and_changes_nothing(instance, change):
    project = instance.client("reader").get_project("SHOP")
    assert project.get_summary()["projectKey"] == "SHOP"
    assert set(project.get_variables()) == {"standard", "local"}
    assert project.get_permissions()["owner"] == "admin"
    with pytest.raises(DataikuException, match=r"ForbiddenException.*permission WRITE_CONF"):
        change(project)


def test_unknown_keys_of_settings_are_kept(project):
    settings = project.get_settings()
    settings.set_python_code_env("py311")
    settings.get_raw()["settings"]["unheardOf"] = {"a": [1]}
    settings.save()
    raw = project.get_settings().get_raw()["settings"]
    assert (raw["codeEnvs"]["python"]["envName"], raw["unheardOf"]) == ("py311", {"a": [1]})
    assert raw["codeEnvs"]["r"]["mode"] == "INHERIT"


def test_metadata_permissions_and_tags_are_kept(project):
    metadata = project.get_metadata()
    metadata |= {"label": "The shop", "tags": ["a"], "custom": {"kv": {"team": "x"}}}
    project.set_metadata(metadata)
    assert project.get_metadata() == metadata
    assert project.get_summary()["name"] == "The shop"
    permissions = {"owner": "admin", "permissions": [{"group": "data_team", "readProjectContent": True}]}
    project.set_permissions(permissions)
    assert project.get_permissions() == permissions
    project.set_tags({"tags": {"a": {"color": "#fff"}}})
    assert project.get_tags() == {"tags": {"a": {"color": "#fff"}}}


def test_variables_are_those_that_recipes_read(instance, project):
    project.set_variables({"standard": {"limit": 3}, "local": {"secret": "x"}})
    project.update_variables({"limit": 4})
    assert project.get_variables() == {"standard": {"limit": 4}, "local": {"secret": "x"}}
    assert read_variables(instance.home, "SHOP") == project.get_variables()
    with pytest.raises(DataikuException, match="Variables are given as"):
        project.client._perform_empty("PUT", "/projects/SHOP/variables/", body={"standard": {}})
    assert project.get_variables()["standard"] == {"limit": 4}


def test_a_project_of_imported_files_is_one_of_the_administrator(instance):
    StoredDataset(instance.home, "LOCAL", "reviews").create([{"name": "text", "type": "string"}])
    project = instance.client().get_project("LOCAL")
    assert project.get_summary()["ownerLogin"] == "admin"
    assert project.get_settings().get_raw()["exposedObjects"] == {"objects": []}
    assert [item.name for item in project.list_datasets()] == ["reviews"]
    with pytest.raises(DataikuException, match="ForbiddenException"):
        instance.client("founder").get_project("LOCAL").get_metadata()


def test_an_article_is_found_by_its_id_and_by_its_name(project):
    wiki = project.get_wiki()
    article = wiki.create_article("How to <open> it", content="# Open\n\nthe webapp")
    assert article.article_id != "How to <open> it"
    assert wiki.get_article("How to <open> it").article_id == article.article_id
    data = wiki.get_article(article.article_id).get_data()
    assert (data.get_name(), data.get_body()) == ("How to <open> it", "# Open\n\nthe webapp")
    data.set_name("How to open it")
    data.get_metadata()["tags"] = ["guide"]
    data.save()
    assert article.get_data().get_metadata()["tags"] == ["guide"]
    with pytest.raises(DataikuException, match="NotFoundException: Article not found"):
        wiki.get_article("How to <open> it")


def test_articles_stand_in_a_tree_and_children_of_a_deleted_one_take_its_place(instance):
    wiki = instance.client().create_project("WIKI", "Wiki", "admin").get_wiki()
    parent = wiki.create_article("parent")
    child = wiki.create_article("child", parent_id=parent.article_id)
    grandchild = wiki.create_article("grandchild", parent_id=child.article_id)
    settings = wiki.get_settings()
    leaf = {"id": grandchild.article_id, "children": []}
    inner = {"id": child.article_id, "children": [leaf]}
    assert settings.get_taxonomy() == [{"id": parent.article_id, "children": [inner]}]
    settings.set_home_article_id(child.article_id)
    settings.save()
    child.delete()
    assert wiki.get_settings().get_taxonomy() == [{"id": parent.article_id, "children": [leaf]}]
    assert [article.get_data().get_name() for article in wiki.list_articles()] == ["parent", "grandchild"]


def test_a_taxonomy_that_leaves_an_article_out_is_refused(project):
    project.get_wiki().create_article("kept")
    settings = project.get_wiki().get_settings()
    before = list(settings.get_taxonomy())
    settings.set_taxonomy([])
    with pytest.raises(DataikuException, match="must hold each of its articles once"):
        settings.save()
    assert project.get_wiki().get_settings().get_taxonomy() == before


@pytest.mark.parametrize(("name", "parent"), [(" ", None), ("lost", "absent")])
def test_an_article_without_a_name_or_below_no_article_is_refused(project, name, parent):
    before = len(project.get_wiki().list_articles())
    with pytest.raises(DataikuException, match=r"needs a name|Article not found: absent"):
        project.get_wiki().create_article(name, parent_id=parent)
    assert len(project.get_wiki().list_articles()) == before
