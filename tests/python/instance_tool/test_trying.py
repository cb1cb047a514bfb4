"""From a file to the macro's table, with a small macro that does what the test says."""

from __future__ import annotations

import pytest

from instance.csv_file import read_csv_file
from instance.trying import SAMPLE_FOLDER
from tests.python.instance_support.running_instance import RunningInstance
from tests.python.instance_tool.conftest import plugin_files, write_plugin

ROWS = "name;text\nAda;fine, late\nBo;good\n"
WEBAPP = ["webapp", "Text Explorer", "created", "/projects/SHOP/webapps/W1_text-explorer/view"]


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    write_plugin(home / "plugins" / "installed" / "text-explorer", plugin_files())
    running = RunningInstance(
        home,
        api_keys={
            "key-of-maker": {"user": "maker", "may_create_projects": True, "projects": {}},
            "key-of-reader": {"user": "reader", "projects": {"*": ["READ_CONF"]}},
        },
    ).start()
    yield running
    running.stop()


@pytest.fixture
def client(instance):
    client = instance.client()
    for key in client.list_project_keys():
        client.get_project(key).delete()
    return client


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my texts.csv"
    path.write_text(ROWS)
    return path


@pytest.fixture
def try_out(instance, tool, file):
    def run(*words, key="key-of-maker"):
        if "--sample" not in words:
            words = ("--file", str(file), "--text-column", "text", *words)
        return tool(instance.url, "try", "--project", "SHOP", *words, key=key)

    return run


def script(client, **content):
    project = client.get_project("SHOP")
    variables = project.get_variables()
    project.set_variables({**variables, "standard": {**variables["standard"], "script": content}})


def test_project_and_dataset_are_made_and_the_macro_run_with_the_form(client, try_out):
    done = try_out("--summaries", "--name-prefix", "mine", "--group-column", "name")
    assert done.code == 0, done.text
    project = client.get_project("SHOP")
    assert project.get_permissions()["owner"] == "maker"
    assert list(project.get_dataset("my_texts").iter_rows()) == [["Ada", "fine, late"], ["Bo", "good"]]
    schema = project.get_dataset("my_texts").get_schema()["columns"]
    assert [(column["name"], column["type"]) for column in schema] == [("name", "string"), ("text", "string")]
    form = {"dataset": "my_texts", "text_column": "text", "summaries": True, "zone": True, "build": True}
    form |= {"group_columns": ["name"], "name_prefix": "mine"}
    assert str(sorted(form.items())) in done.text


def test_the_address_of_the_webapp_is_the_last_line_else_the_clicks_are_named(instance, client, try_out):
    assert try_out().text.splitlines()[-1] == "Create the webapp by the clicks in the table. Everything else is done."
    script(client, rows=[WEBAPP])
    assert try_out().text.splitlines()[-1] == f"Open {instance.url}{WEBAPP[-1]}"


def test_a_second_run_changes_nothing(client, try_out):
    try_out()
    before = client.get_project("SHOP").get_variables()
    done = try_out()
    assert (done.code, "Dataset my_texts: kept." in done.text) == (0, True)
    assert client.get_project("SHOP").get_variables() == before
    assert [item["name"] for item in client.get_project("SHOP").list_datasets()] == ["my_texts"]


def test_an_upload_that_was_stopped_is_finished(client, try_out, file):
    project = client.create_project("SHOP", "Shop", "maker")
    project.create_upload_dataset("my_texts")
    notes = {"datasets": {"my_texts": {"digest": read_csv_file(file).digest}}}
    project.set_variables({"standard": {"text_explorer_try": notes}, "local": {}})
    done = try_out()
    assert (done.code, "Dataset my_texts: uploaded." in done.text) == (0, True)
    assert len(list(project.get_dataset("my_texts").iter_rows())) == 2


def test_the_sample_needs_no_file(client, try_out, instance):
    done = try_out("--sample")
    assert done.code == 0, done.text
    assert "Dataset text_explorer_reviews: uploaded." in done.text  # the small plugin has no sample
    form = "('date_column', 'review_date'), ('group_columns', ['hotel', 'traveller']), ('id_column', 'review_id')"
    assert form in done.text.replace("('dataset', 'text_explorer_reviews'), ", "")
    rows = list(client.get_project("SHOP").get_dataset("text_explorer_reviews").iter_rows())
    assert len(rows) == (SAMPLE_FOLDER / "data" / "reviews.csv").read_text("utf-8").count("\n")
    assert "Dataset text_explorer_reviews: kept." in try_out("--sample").text


def test_all_faults_are_in_one_message_and_nothing_is_created(client, tool, instance, file):
    instance.change_settings(connections=[])
    words = ["try", "--project", "MY SHOP", "--file", str(file), "--text-column", "body", "--date-column", "day"]
    done = tool(instance.url, *words)
    instance.change_settings(connections=["filesystem_managed", "filesystem_folders"])
    assert done.code == 2
    assert [line.split(".")[0] for line in done.text.replace(str(file), "FILE").splitlines()] == [
        "--project must be letters, digits and underscores",
        "FILE has no column 'body'",
        "FILE has no column 'day'",
        "The key may use no connection: an administrator must allow one, such as filesystem_managed",
    ]
    assert client.list_project_keys() == []


def test_without_a_text_column_the_columns_are_listed(client, tool, instance, file):
    done = tool(instance.url, "try", "--project", "SHOP", "--file", str(file))
    assert (done.code, "--text-column is missing." in done.text, "has: name, text." in done.text) == (2, True, True)


def test_a_key_that_may_not_create_projects_or_write_is_refused(client, try_out):
    refused = try_out(key="key-of-reader")
    assert (refused.code, "the key may not create projects" in refused.text) == (2, True)
    client.create_project("SHOP", "Shop", "maker")
    forbidden = try_out(key="key-of-reader")
    assert (forbidden.code, "you do not have permission WRITE_CONF on project SHOP" in forbidden.text) == (2, True)
    assert client.get_project("SHOP").list_datasets() == []


def test_a_dataset_of_others_is_not_touched(client, try_out):
    client.create_project("SHOP", "Shop", "maker").create_upload_dataset("my_texts")
    done = try_out()
    assert (done.code, "has a dataset my_texts that is not of this tool: name another by --dataset" in done.text) == (
        2,
        True,
    )
    assert try_out("--dataset", "other").code == 0


def test_another_file_of_the_same_name_is_refused(client, try_out, file):
    try_out()
    file.write_text(ROWS + "Cy;new\n")
    done = try_out()
    assert (done.code, "The dataset my_texts holds another file" in done.text) == (2, True)


def test_an_instance_without_the_plugin_is_told_to_install_it(client, try_out, instance):
    folder = instance.home / "plugins" / "installed"
    client.create_project("SHOP", "Shop", "maker")
    folder.rename(folder.with_name("away"))
    done = try_out()
    folder.with_name("away").rename(folder)
    assert (done.code, "with its macro is not installed on this instance: run `install` first" in done.text) == (
        2,
        True,
    )


def test_a_macro_that_fails_is_shown_in_its_own_words(client, try_out):
    client.create_project("SHOP", "Shop", "maker")
    script(client, error="the dataset has no rows")
    done = try_out()
    assert done.code == 1
    assert done.text.splitlines()[-1].startswith(
        "The macro failed: Error in Python process: ValueError: the dataset has"
    )


def test_a_row_that_failed_makes_the_command_fail(client, try_out):
    client.create_project("SHOP", "Shop", "maker")
    script(client, rows=[["recipe", "discover", "FAILED: job J1: out of memory", ""]])
    done = try_out()
    assert (done.code, "FAILED: job J1: out of memory" in done.text) == (1, True)
    assert done.text.splitlines()[-1].startswith("Something was not made: see the rows with FAILED.")


def test_names_of_the_instance_cannot_write_to_the_terminal(client, try_out):
    client.create_project("SHOP", "Shop", "maker")
    script(client, rows=[["dataset", "\x1b[2Jgone\u202e\r\n[bold]x[/bold]", "created", ""]])
    done = try_out()
    assert " [2Jgone   [bold]x[/bold]" in done.text
    assert [character for character in done.text if not (character.isprintable() or character == "\n")] == []
