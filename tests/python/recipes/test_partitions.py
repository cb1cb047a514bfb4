"""Discover and assign topics of partitions: all their rows come out, with the columns that partition them."""

import csv

import pytest

from tests.python.recipes.model_folders import import_folder
from tests.python.unit.topics.theme_models import theme_files

DOCUMENTS = [
    {"id": f"{day}{country}{copy}", "day": f"2024-0{day}-15", "country": country, "text": text}
    for day in (1, 2, 3)
    for country, text in (("FR", "army navy battle"), ("US", "gold bank coin"), ("Île-de-France", "whale coral reef"))
    for copy in range(4)
]
CHOICES = (
    ("country", ["Île-de-France"]),
    ("country", ["FR", "US"]),
    ("day:DAY", ["2024-01-15", "2024-03-15"]),
    ("day:DAY,country", ["2024-01-15|US"]),
    ("day:DAY,country", ["2024-01-15|FR", "2024-02-15|Île-de-France", "2024-03-15|US"]),
    ("country,day:DAY", ["US|2024-01-15", "US|2024-02-15"]),
)
"""Dimensions of the partitions, and those that are read: of one dimension and of two, one and several."""


def import_partitioned(instance, rows, dimensions):
    path = instance.folder / "partitioned.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    home = ("--home", str(instance.home))
    done = instance.call("import", *home, "documents", str(path), "--partition-by", dimensions)
    assert done.returncode == 0, done.stderr


def run(instance, recipe, inputs, outputs, config, *options):
    config = {"text_column": "text", "language": "en", **config}
    done = instance.run(f"text-explorer-{recipe}", inputs, outputs, config, "--form-defaults", *options)
    assert done.returncode == 0, done.stderr


def assign(instance, *options):
    inputs, outputs = {"documents": "documents", "model": "model"}, {"document_topics": "assigned", "drift": "drift"}
    run(instance, "assign", inputs, outputs, {}, *options)


def rows_of(dimensions, partitions):
    """Return the documents of partitions, by the values of their dimensions."""
    names = [dimension.partition(":")[0] for dimension in dimensions.split(",")]
    return [row for row in DOCUMENTS if "|".join(row[name] for name in names) in partitions]


def columns(rows):
    """Return the rows with the columns of the documents, in the order of their ids."""
    return sorted(({name: row[name] for name in DOCUMENTS[0]} for row in rows), key=lambda row: row["id"])


@pytest.mark.parametrize(("dimensions", "partitions"), CHOICES)
def test_all_rows_of_the_chosen_partitions_come_out_with_their_columns(instance, dimensions, partitions):
    import_partitioned(instance, DOCUMENTS, dimensions)
    import_folder(instance, "model", theme_files())
    target = partitions[-1].replace("2024", "2025")
    options = ("--partition", target, "--read-partitions", f"documents={','.join(partitions)}")
    assign(instance, *options)
    outputs = {"document_topics": "discovered", "topics": "topics", "topic_terms": "terms", "model": "new_model"}
    run(
        instance, "topics", {"documents": "documents"}, outputs, {"n_topics": 3, "group_columns": ["country"]}, *options
    )
    expected = columns(rows_of(dimensions, partitions))
    assert len(expected) in {4, 8, 12, 24}
    assert columns(instance.rows("assigned")) == columns(instance.rows("discovered")) == expected
    assert instance.rows("drift")[0]["n_rows_now"] == str(len(expected))


def test_without_a_choice_all_partitions_are_read_into_one_dataset(instance):
    import_partitioned(instance, DOCUMENTS, "day:DAY,country")
    import_folder(instance, "model", theme_files())
    assign(instance)
    assert columns(instance.rows("assigned")) == columns(DOCUMENTS)


@pytest.mark.oldest
def test_one_partition_is_read_and_written_at_a_time(instance):
    days = {"2026-01-01": ["army navy", "gold bank"], "2026-01-02": ["whale coral"]}
    rows = [{"day": day, "text": text} for day, texts in days.items() for text in texts]
    import_partitioned(instance, rows, "day:DAY")
    import_folder(instance, "model", theme_files())
    for day in days:
        assign(instance, "--partition", day)
    assert [(row["day"], row["text"], row["topic_label"]) for row in instance.rows("assigned")] == [
        ("2026-01-01", "army navy", "war"),
        ("2026-01-01", "gold bank", "money"),
        ("2026-01-02", "whale coral", "sea"),
    ]
    n_rows_now = [row["n_rows_now"] for row in instance.rows("drift") if row["topic_label"] == "all topics"]
    assert n_rows_now == ["2", "1"]
