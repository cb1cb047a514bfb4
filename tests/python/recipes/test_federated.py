"""'Contribute to federated topics' and 'Combine federated topics', run as DSS would run them."""

import json
import shutil

import pytest

from tests.python.recipes.model_folders import import_folder
from tests.python.unit.topics.federated.small_federation import themed_texts

OPEN = {"shared": "open", "state": "open_state"}
SITES = ("north", "south", "east")
SECRET, PHRASE, KEY = "zanzibarquux", "the patient with the green hat", "KEY-77421"
TRAINING = {
    "sites": list(SITES), "texts_language": "en", "n_topics": 3, "n_rounds": 2, "sweeps_per_round": 40,
    "max_document_share": 1.0, "min_documents": 1,
}  # fmt: skip


def rows_of(site, n_rows=60):
    texts = themed_texts(n_rows, first=len(site))
    secret = f"{SECRET} {PHRASE}"
    return [{"id": f"{KEY}-{site}-{i}", "text": f"{text} {secret if i < 9 else ''}"} for i, text in enumerate(texts)]


def contribute(instance, name, shared="shared", **config):
    outputs = {"contribution": f"from_{name}", "state": f"state_{name}"}
    settings = {"text_column": "text", "site": name, **config}
    inputs = {"documents": name, "shared": shared}
    return instance.run("text-explorer-contribute", inputs, outputs, settings, "--form-defaults")


def combine(instance, *, sites=SITES, training=TRAINING, shared="shared", state="state"):
    first, *others = (f"from_{site}" for site in sites)
    more = [option for folder in others for option in ("--input", f"contributions={folder}")]
    outputs = {"shared": shared, "state": state, "topics": "topics", "topic_terms": "topic_terms"}
    inputs = {"contributions": first}
    return instance.run("text-explorer-combine", inputs, outputs, training, *more, "--form-defaults")


def done(run):
    assert run.returncode == 0, run.stderr
    return run.stderr


@pytest.fixture(scope="module")
def sites(shared_instance):
    """Documents of three sites, with secrets that nine documents of each have, and empty folders."""
    for site in SITES:
        shared_instance.import_rows(site, rows_of(site))
        import_folder(shared_instance, f"from_{site}", {"readme.txt": b"contributions"})
    return shared_instance


@pytest.fixture(scope="module")
def trained(sites):
    """A finished training, and every file that left a site on the way."""
    done(combine(sites))
    assert sites.rows("topics") == sites.rows("topic_terms") == []
    left = []
    for _ in range(5):
        for site in SITES:
            done(contribute(sites, site))
            left.append(sites.model_files(f"from_{site}"))
        done(combine(sites))
    return sites, left


def test_the_combined_folder_is_a_model_that_assigns_topics_to_the_documents_of_all_sites(trained):
    instance, _ = trained
    manifest = json.loads(instance.model_files("shared")["manifest.json"])
    assert (manifest["n_topics"], manifest["n_documents"]) == (3, 180)
    assert manifest["federated"]["sites"] == sorted(SITES)
    topics = {}
    for site in SITES:
        inputs, outputs = {"documents": site, "model": "shared"}, {"document_topics": "assigned"}
        done(instance.run("text-explorer-assign", inputs, outputs, {"text_column": "text"}, "--form-defaults"))
        for row in instance.rows("assigned"):
            topics.setdefault(row["text"].split()[0], set()).add(row["topic_label"])
    assert len(topics) == 15
    assert [word for word, labels in topics.items() if len(labels) != 1] == []
    assert len({next(iter(labels)) for labels in topics.values()}) == 3


def test_topics_have_their_documents_of_all_sites(trained):
    instance, _ = trained
    rows = instance.rows("topics")
    assert sum(int(row["n_documents"]) for row in rows) == 180
    assert all(-1 <= float(row[name]) <= 1 for row in rows for name in ("coherence_npmi", "coherence_cv"))
    assert {row["representative_documents"] for row in rows} == {"[]"}
    assert {row["topic_id"] for row in instance.rows("topic_terms")} == {"0", "1", "2"}


def test_no_text_rare_term_or_row_key_is_in_anything_that_left_a_site(trained):
    instance, left = trained
    assert len(left) == 15
    sent = b"\n".join(path.encode() + b"\n" + content for files in left for path, content in files.items())
    sent += b"\n".join(instance.model_files("shared").values())
    assert b"army" in sent  # a frequent term does leave
    for hidden in (SECRET, PHRASE, "patient", "green", "hat", KEY, "77421", "army war"):
        for encoded in (hidden.encode(), hidden.encode("utf-16-le"), hidden.upper().encode(), hidden[::-1].encode()):
            assert encoded not in sent


def test_contributions_are_two_files_of_counts(trained):
    _, left = trained
    assert [sorted(files) for files in left[:3]] == [
        [f"contributions/{site}.bin", f"contributions/{site}.json", "readme.txt"] for site in SITES
    ]


def test_running_a_finished_training_again_changes_nothing(trained):
    instance, _ = trained
    before = instance.model_files("shared")
    assert "finished" in done(combine(instance))
    assert "nothing to contribute" in done(contribute(instance, "north"))
    assert instance.model_files("shared") == before


def test_other_settings_do_not_mix_with_a_training(trained):
    instance, _ = trained
    failed = combine(instance, training={**TRAINING, "n_topics": 4})
    assert failed.returncode != 0
    assert "The settings are not those of the training in shared. Clear the shared folder" in failed.stderr


@pytest.fixture(scope="module")
def open_round(trained):
    """A training whose first round is open."""
    instance, _ = trained
    done(combine(instance, **OPEN))
    return instance


def test_a_site_may_ask_for_more_documents_a_term_and_for_noise(open_round):
    done(contribute(open_round, "north", shared="open", least_documents=1000))
    assert open_round.model_files("from_north")["contributions/north.bin"] == b"{}\n"
    refused = contribute(open_round, "north", shared="open", least_noise=1)
    assert refused.returncode != 0
    assert "'Minimum noise' of this site is 1, but the training adds 0. Nothing was contributed." in refused.stderr
    unknown = contribute(open_round, "north", shared="open", site="west")
    assert "the training is of the sites north, south, east" in unknown.stderr


def test_a_folder_without_a_training_is_named(open_round):
    import_folder(open_round, "nothing", {"readme.txt": b""})
    failed = contribute(open_round, "north", shared="nothing")
    assert "The folder nothing holds no federated training. Run 'Combine federated topics' first" in failed.stderr


@pytest.fixture(scope="module")
def first_counts(open_round):
    """The round after the first counts, of which one contribution was damaged on its way; and the log."""
    for site in SITES:
        done(contribute(open_round, site, shared="open"))
    done(combine(open_round, **OPEN))
    for site in SITES:
        done(contribute(open_round, site, shared="open"))
    damaged = open_round.model_files("from_east")["contributions/east.bin"][:-1]
    import_folder(open_round, "from_east", {"contributions/east.bin": damaged})
    return open_round, done(combine(open_round, **OPEN))


def test_a_round_goes_on_without_a_damaged_contribution(first_counts):
    _, log = first_counts
    assert "The contribution of site 'east' is left out: contributions/east.bin is missing, incomplete or" in log
    assert "round 1 went on without east; the model keeps the last counts of none of them" in log


def test_a_site_that_runs_again_or_reads_its_rows_in_another_order_sends_the_same_and_one_site_is_too_few(first_counts):
    instance, _ = first_counts
    done(contribute(instance, "north", shared="open"))
    before = instance.model_files("from_north")
    instance.import_rows("north", rows_of("north")[::-1])
    done(contribute(instance, "north", shared="open"))
    assert instance.model_files("from_north") == before
    failed = combine(instance, **OPEN)
    assert failed.returncode != 0
    assert "Round 2 needs contributions of at least 2 sites" in failed.stderr
    assert "but those that fit are: north." in failed.stderr
    assert "round 2 is combined" in done(combine(instance, training={**TRAINING, "min_sites": 1}, **OPEN))


def test_a_site_that_lost_its_state_joins_again(first_counts):
    instance, _ = first_counts
    states = [path for path in instance.home.rglob("site") if path.is_dir() and list(path.rglob("00001.npz"))]
    assert len(states) == 3
    for path in states:
        shutil.rmtree(path)
    assert "the topics of this site's words are drawn again" in done(contribute(instance, "south", shared="open"))


def test_noisy_rounds_end_with_a_model_and_state_their_loss(trained):
    instance, _ = trained
    training = {**TRAINING, "add_noise": True, "noise": 0.05, "most_terms": 10, "n_rounds": 1}
    folders = {"shared": "noisy", "state": "noisy_state", "sites": SITES[:2]}
    done(combine(instance, training=training, **folders))
    for number in (1, 2):
        for site in SITES[:2]:
            log = done(contribute(instance, site, shared="noisy", least_documents=10))
            assert f"privacy loss of all {number} releases of this site so far" in log
        done(combine(instance, training=training, **folders))
    privacy = json.loads(instance.model_files("noisy")["manifest.json"])["federated"]["privacy"]
    assert privacy["rho"] == pytest.approx(2 / (2 * 0.05**2))
