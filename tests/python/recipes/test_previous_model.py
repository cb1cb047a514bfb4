"""Discover topics that goes on from a previous model, run as DSS would run it."""

import hashlib
import json
import random
from collections import Counter

import pytest

from tests.python.recipes.model_folders import import_folder

RECIPE = "text-explorer-topics"
OUTPUTS = {
    "document_topics": "document_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "model",
    "topic_changes": "topic_changes",
}  # fmt: skip
ARMY, MONEY, SCHOOL, SEA = (
    "army battle soldier enemy regiment cannon",
    "gold silver bank currency coin loan",
    "teacher pupil college lesson classroom student",
    "sailor harbor vessel whale anchor voyage",
)


def texts(themes, n, seed=7):
    draw = random.Random(seed)
    return [" ".join(draw.choices(themes[i % len(themes)].split(), k=9)) for i in range(n)]


def rows(corpus):
    return [{"id": f"d{number}", "text": text} for number, text in enumerate(corpus)]


TIME = "2026-01-31T12:00:00.000000Z"
OLD, NEW = texts([ARMY, MONEY, SCHOOL], 60), texts([SEA, SEA, ARMY], 45, seed=8)


def discover(instance, *, previous=None, seed_terms=None, n_topics=8, engine="gsdmm", documents="documents", **config):
    optional = {"previous_model": previous, "seed_terms": seed_terms}
    inputs = {"documents": documents, **{role: name for role, name in optional.items() if name}}
    settings = {"text_column": "text", "language": "en", "id_column": "id", "engine": engine, "n_topics": n_topics}
    return instance.run(RECIPE, inputs, OUTPUTS, {**settings, **config})


def manifest(instance):
    return json.loads(instance.model_files("model")["manifest.json"])


def changes(instance):
    return {int(row["topic_id"]): row for row in instance.rows("topic_changes")}


def edit_file(model_id, *edits):
    stamp = {"author": "ann", "time": TIME}
    content = {"format_version": 1, "model_id": model_id, "edits": [{**edit, **stamp} for edit in edits]}
    return {f"edits/20260131T120000000000Z-{'a' * 32}.json": json.dumps(content).encode()}


def copied_model(instance, *edits):
    """Return the files of the model folder with edits of its topics."""
    files = {path.lstrip("/"): content for path, content in instance.model_files("model").items()}
    return files | (edit_file(json.loads(files["manifest.json"])["model_id"], *edits) if edits else {})


def topics_of(instance, *words):
    """Return the topic of the first document that holds each word."""
    documents = [(row["text"].split(), int(row["topic_id"])) for row in instance.rows("document_topics")]
    return [next(topic for text, topic in documents if word in text) for word in words]


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs", "lda_gensim"])
def test_topics_keep_their_ids_and_a_new_theme_gets_a_new_one(shared_instance, engine):
    shared_instance.import_rows("documents", rows(OLD))
    shared_instance.import_rows("more_documents", rows([*OLD, *NEW]))
    assert discover(shared_instance, engine=engine, n_topics=3).returncode == 0
    first = topics_of(shared_instance, "army", "gold", "teacher")
    labels = [row["label"] for row in shared_instance.rows("topics")]
    import_folder(shared_instance, "previous", copied_model(shared_instance))
    done = discover(shared_instance, previous="previous", engine="auto", documents="more_documents", n_topics=4)
    assert done.returncode == 0, done.stderr
    assert sorted(first) == [0, 1, 2]
    assert topics_of(shared_instance, "army", "gold", "teacher", "harbor") == [*first, 3]
    assert [row["label"] for row in shared_instance.rows("topics")][:3] == labels
    found = changes(shared_instance)
    assert sorted(found) == [0, 1, 2, 3]
    assert (found[3]["change"], found[3]["n_documents"], found[3]["n_documents_before"]) == ("new", "30", "")
    assert [found[first[0]][name] for name in ("n_documents_before", "n_documents")] == ["20", "35"]
    assert {found[topic]["change"] for topic in first[1:]} == {"shrunk"} or found[first[1]]["change"] == "kept"


def test_without_a_previous_model_every_topic_is_new(shared_instance):
    shared_instance.import_rows("documents", rows(OLD))
    assert discover(shared_instance, n_topics=3).returncode == 0
    assert [row["change"] for row in shared_instance.rows("topic_changes")] == ["new"] * 3
    assert not {"previous_model", "former_models"} & set(manifest(shared_instance))


def test_an_empty_folder_is_a_first_run(shared_instance):
    shared_instance.import_rows("documents", rows(OLD))
    assert discover(shared_instance).returncode == 0
    usual = shared_instance.model_files("model")
    (shared_instance.folder / "empty.imported").mkdir()
    import_folder(shared_instance, "empty", {})
    done = discover(shared_instance, previous="empty")
    assert done.returncode == 0, done.stderr
    assert "the topics are trained without one" in done.stderr
    again = shared_instance.model_files("model")
    assert again["model.npz"] == usual["model.npz"]
    assert again["vocabulary.json"] == usual["vocabulary.json"]


MIXED = "pupil classroom lesson whale anchor sailor"
LAND, FLEET = "war war peace army soldier tank", "war war peace fleet sailor ship"


@pytest.fixture(scope="module")
def edited(shared_instance):
    """Four topics: war, which is split, gold and school, which are merged, and a hidden one; then an update."""
    money, school, sea = (texts([theme], 20, seed) for seed, theme in enumerate([MONEY, SCHOOL, SEA]))
    documents = [*texts([LAND, FLEET], 60), *money, *school, *sea, MIXED]
    shared_instance.import_rows("documents", rows(documents))
    seeds = {"War": "war peace", "Money": "gold coin", "School": "pupil lesson", "Sea": "whale anchor"}
    seed_rows = [{"topic": name, "term": term} for name, terms in seeds.items() for term in terms.split()]
    shared_instance.import_rows("seeds", seed_rows)
    assert discover(shared_instance, seed_terms="seeds", n_topics=4).returncode == 0
    war, gold, teacher, harbor = first = topics_of(shared_instance, "war", "gold", "teacher", "harbor")
    assert sorted(first) == [0, 1, 2, 3]
    terms = ["army", "soldier", "tank", "fleet", "sailor", "ship"]
    parts = [
        {"topic_id": topic, "label": label, "share": 0.5, "probabilities": probabilities}
        for topic, label, probabilities in ((4, "Land", [0.33] * 3 + [0.01] * 3), (5, "Fleet", [0.01] * 3 + [0.33] * 3))
    ]
    mixed = next(row for row in shared_instance.rows("document_topics") if row["text"] == MIXED)
    moved_to = harbor if int(mixed["topic_id"]) == teacher else teacher
    digest = hashlib.blake2b(MIXED.encode(), digest_size=16).hexdigest()
    files = copied_model(
        shared_instance,
        {"topic_id": war, "split": {"terms": terms, "parts": parts}},
        {"topic_id": gold, "merged_into": teacher},
        {"topic_id": teacher, "label": "Money and school", "note": "Together"},
        {"topic_id": harbor, "hidden": True},
        {"topic_id": moved_to, "documents": [{"id_column": "id", "key": mixed["id"], "digest": digest}]},
    )
    import_folder(shared_instance, "edited", files)
    done = discover(shared_instance, previous="edited", n_topics=4)
    assert done.returncode == 0, done.stderr
    return shared_instance, first, moved_to


def test_a_merge_is_one_topic_and_keeps_its_label(edited):
    instance, (_, gold, teacher, _), moved_to = edited
    assert topics_of(instance, "gold", "classroom") == [teacher, teacher]
    assert {row["topic_id"]: row["label"] for row in instance.rows("topics")}[str(teacher)] == "Money and school"
    found = changes(instance)
    assert (found[gold]["change"], json.loads(found[gold]["related_topics"])) == ("merged", [teacher])
    assert json.loads(found[teacher]["related_topics"]) == [gold]
    assert int(found[teacher]["n_documents_before"]) == 40 + (moved_to != teacher)


def test_sub_topics_are_topics_of_their_own(edited):
    instance, (war, *_), _ = edited
    assert topics_of(instance, "tank", "ship") == [4, 5]
    found = changes(instance)
    assert (found[war]["change"], json.loads(found[war]["related_topics"])) == ("split", [4, 5])
    assert [found[topic]["n_documents_before"] for topic in (4, 5)] == ["30", "30"]
    assert [found[topic]["label"] for topic in (4, 5)] == ["Land", "Fleet"]


def test_a_document_moved_by_hand_stays_in_its_topic(edited):
    instance, _, moved_to = edited
    assert {row["text"]: row["topic_id"] for row in instance.rows("document_topics")}[MIXED] == str(moved_to)


def test_edits_that_are_not_part_of_the_model_go_on_in_its_log(edited):
    instance, (war, gold, teacher, harbor), moved_to = edited
    log = next(content for path, content in instance.model_files("model").items() if path.startswith("edits/1970"))
    entries = {entry.pop("topic_id"): entry for entry in json.loads(log)["edits"]}
    assert json.loads(log)["model_id"] == manifest(instance)["model_id"]
    assert {(entry["author"], entry["time"]) for entry in entries.values()} == {("ann", TIME)}
    assert entries[war]["hidden"] is True
    assert entries[gold]["merged_into"] == teacher
    assert entries[teacher]["note"] == "Together"
    assert entries[harbor]["hidden"] is True
    assert [len(entries[moved_to]["documents"]), "documents" in entries[war]] == [1, False]


def test_assign_topics_applies_what_goes_on(edited):
    instance, (*_, harbor), _ = edited
    inputs, outputs = {"documents": "documents", "model": "model"}, {"document_topics": "assigned"}
    done = instance.run("text-explorer-assign", inputs, outputs, {"text_column": "text", "language": "en"})
    assert done.returncode == 0, done.stderr
    assigned = {row["text"]: row for row in instance.rows("assigned")}
    assert {row["topic_status"] for text, row in assigned.items() if "whale" in text} == {"hidden topic"}
    assert {row["topic_label"] for text, row in assigned.items() if "tank" in text} == {"Land"}
    assert {row["model_topic_id"] for text, row in assigned.items() if "whale" in text} == {str(harbor)}
    assert "another model" not in done.stderr


def test_the_same_previous_model_gives_the_same_bytes(edited):
    instance, _, _ = edited
    before, rows_before = instance.model_files("model"), instance.rows("topic_changes")
    assert discover(instance, previous="edited", n_topics=4).returncode == 0
    after = instance.model_files("model")
    assert sorted(after) == sorted(before)
    assert [path for path in after if after[path] != before[path]] in ([], ["manifest.json"])
    assert instance.rows("topic_changes") == rows_before


def test_every_setting_that_differs_is_named_at_once(edited):
    instance, _, _ = edited
    done = discover(
        instance, previous="edited", engine="lda_gibbs", language="fr", normal_form="stem", lower_case=False
    )
    assert done.returncode != 0
    for label in ("'Method' is", "'Language' is French", "'Word normalization' is 'Stemming", "'Ignore case' is off"):
        assert label in done.stderr


@pytest.mark.parametrize(("path", "fault"), [("model.npz", "model.npz"), ("manifest.json", "manifest.json")])
def test_a_damaged_previous_model_is_refused(edited, path, fault):
    instance, _, _ = edited
    name = f"damaged_{path.split('.')[0]}"
    import_folder(instance, name, {**instance.model_files("edited"), path: b"{"})
    done = discover(instance, previous=name)
    assert done.returncode != 0
    assert "Previous model: " in done.stderr
    assert fault in done.stderr


def moved(row):
    digest = hashlib.blake2b(row["text"].encode(), digest_size=16).hexdigest()
    return {"id_column": "id", "key": row["id"], "digest": digest}


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs"])
def test_a_document_moved_against_its_words_keeps_its_topic_in_every_update(shared_instance, engine):
    corpus = rows([*texts([ARMY, MONEY, SCHOOL], 60), *[ARMY] * 2])
    shared_instance.import_rows("documents", corpus)
    assert discover(shared_instance, engine=engine, n_topics=3).returncode == 0
    army, money, _ = topics_of(shared_instance, "army", "gold", "teacher")
    n_before = {int(row["topic_id"]): int(row["n_documents"]) for row in shared_instance.rows("topics")}
    import_folder(
        shared_instance, "moved", copied_model(shared_instance, {"topic_id": money, "documents": [moved(corpus[60])]})
    )
    for previous in ("moved", "moved_again"):
        config = {"previous_weight": 1, "group_columns": ["id"]}
        done = discover(shared_instance, engine="auto", previous=previous, n_topics=3, **config)
        assert done.returncode == 0, done.stderr
        found = {row["id"]: row for row in shared_instance.rows("document_topics")}
        by_hand, equal = found["d60"], found["d61"]
        # only the row of this id is moved, by the proportion that the model finds of the topic
        assert [int(row["topic_id"]) for row in (by_hand, equal)] == [money, army]
        assert by_hand["topic_distribution"] == equal["topic_distribution"]
        share = json.loads(by_hand["topic_distribution"])[money]
        assert float(by_hand["topic_probability"]) == pytest.approx(share, abs=1e-6)
        assert share < 0.5 < json.loads(by_hand["topic_distribution"])[army]
        topics = {int(row["topic_id"]): row for row in shared_instance.rows("topics")}
        counted = Counter(int(row["topic_id"]) for row in found.values())
        assert {topic: int(row["n_documents"]) for topic, row in topics.items()} == counted
        assert (counted[money], counted[army]) == (n_before[money] + 1, n_before[army] - 1)
        assert "d60" not in topics[army]["representative_documents"]
        by_group = json.loads(shared_instance.model_files("model")["topics_by_group.json"])
        cells = zip(by_group["group_value"], by_group["topic_id"], by_group["document_share"])
        assert [topic for value, topic, part in cells if value == "d60" and part == 1] == [money]
        assigned = assign(shared_instance)
        for name in ("topic_id", "topic_label", "topic_probability"):
            assert assigned["d60"][name] == by_hand[name]
        import_folder(shared_instance, "moved_again", copied_model(shared_instance))


def assign(instance):
    inputs, outputs = {"documents": "documents", "model": "model"}, {"document_topics": "assigned"}
    done = instance.run("text-explorer-assign", inputs, outputs, {"text_column": "text", "language": "en"})
    assert done.returncode == 0, done.stderr
    return {row["id"]: row for row in instance.rows("assigned")}


AT_WAR, AT_WORK = (
    [ARMY, SEA, "pilot bomber airfield squadron wing hangar"],
    [MONEY, SCHOOL, "wheat corn farmer plow barn"],
)


def test_names_and_topics_of_super_topics_go_on_to_the_update(shared_instance):
    draw, corpus, seeds = random.Random(9), [], []
    for shared, themes in (("war peace treaty", AT_WAR), ("tax budget law", AT_WORK)):
        for theme in themes:
            seeds += [{"topic": theme.split()[0], "term": term} for term in theme.split()[:2]]
            own = [draw.choices(theme.split(), k=6) + draw.choices(shared.split(), k=4) for _ in range(20)]
            corpus += [" ".join([theme.split()[0], *words]) for words in own]
    shared_instance.import_rows("documents", rows(corpus))
    shared_instance.import_rows("seeds", seeds)
    assert discover(shared_instance, seed_terms="seeds", n_topics=6).returncode == 0
    army, money, farm = topics_of(shared_instance, "army", "gold", "wheat")
    before = {int(row["topic_id"]): row for row in shared_instance.rows("topics")}
    assert before[money]["parent"] == before[farm]["parent"] != before[army]["parent"]
    first = min(topic for topic, row in before.items() if row["parent"] == before[money]["parent"])
    files = copied_model(
        shared_instance,
        {"topic_id": first, "parent_label": "Economy"},
        {"topic_id": army, "parent": int(before[money]["parent"])},
    )
    import_folder(shared_instance, "grouped", files)
    done = discover(shared_instance, previous="grouped", seed_terms="seeds", n_topics=6)
    assert done.returncode == 0, done.stderr
    found = {row["text"].split()[0]: row["super_topic"] for row in assign(shared_instance).values()}
    assert {word for word, name in found.items() if name == "Economy"} == {"gold", "teacher", "wheat", "army"}
    assert len({found["sailor"], found["pilot"], "Economy"}) == 2
