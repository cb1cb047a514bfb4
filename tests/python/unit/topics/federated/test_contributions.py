"""What leaves a site, and which contributions are refused."""

import json

import numpy as np
import pytest

from tests.python.unit.topics.federated.small_federation import TRAINING, Federation, themed_texts
from text_explorer.errors import DataError
from text_explorer.topics.federated.contributions import RefusedError, paths_of, read_contribution, sites_in
from text_explorer.topics.federated.rounds import digest_of
from text_explorer.topics.models.parts.statistics import Statistics

TEXTS = {"north": themed_texts(30), "south": themed_texts(30, first=5)}
HEADER, CONTENT = paths_of("south")


def federation_in(stage, **changed):
    federation = Federation.of(TEXTS, **changed)
    for _ in range(("terms", "start", "sweeps").index(stage)):
        federation.run_round()
    assert federation.shared.stage == stage
    return federation


def sent_by_south(federation):
    return federation.sites[1].contribute(federation.shared)


def with_header(files, **changed):
    return {**files, HEADER: json.dumps({**json.loads(files[HEADER]), **changed}).encode()}


def with_content(files, content, **changed):
    return with_header({**files, CONTENT: content}, digest=digest_of(content), **changed)


def refusal_of(federation, changed):
    federation.run_round(changed=changed)
    assert list(federation.state.n_releases).count("south") == 0 or federation.state.n_releases["south"] < 3
    (sentence,) = federation.refused
    assert sentence.startswith("The contribution of site 'south' is left out: ")
    assert sentence.count("left out") == 1
    return sentence.removeprefix("The contribution of site 'south' is left out: ")


WRONG_HEADERS = {
    "round": ({"round": 7}, "it is of round 7, but round 2 is open."),
    "stage": ({"stage": "start"}, "it is of round 2, but round 2 is open."),
    "training": ({"training_id": TRAINING[::-1]}, "it belongs to another training."),
    "vocabulary": ({"vocabulary_id": "0" * 32}, "it was counted with another vocabulary."),
    "version": ({"format": 2}, "it is of another version of Text Explorer; use the same version at all sites."),
    "name": ({"site": "north"}, "its header names the site 'north'."),
    "digest": ({"digest": "0" * 32}, "contributions/south.bin is missing, incomplete or damaged; copy it again."),
    "length": ({"longest": 10**6}, "longest must be a whole number from -1 to 5,000. Got 1000000."),
}


@pytest.mark.parametrize(("changed", "reason"), WRONG_HEADERS.values(), ids=WRONG_HEADERS)
def test_a_header_of_another_round_training_or_version_is_refused_and_the_round_goes_on(changed, reason):
    federation = federation_in("sweeps")
    before = federation.shared.number
    assert refusal_of(federation, with_header(sent_by_south(federation), **changed)) == reason
    assert federation.shared.number == before + 1
    assert federation.shared.accepted == {"north": 2, "south": 1}


def test_a_header_that_is_no_json_is_refused():
    federation = federation_in("sweeps")
    assert "Expecting" in refusal_of(federation, {**sent_by_south(federation), HEADER: b"{"})


def test_content_that_is_cut_off_is_refused_even_with_a_digest_of_its_own():
    federation = federation_in("sweeps")
    files = sent_by_south(federation)
    reason = refusal_of(federation, with_content(files, files[CONTENT][:-1]))
    assert reason.startswith("The statistics received are not those expected")


def test_negative_counts_are_refused():
    federation = federation_in("sweeps")
    files = sent_by_south(federation)
    longest = json.loads(files[HEADER])["longest"]
    counts = np.zeros((15, 3), dtype=np.int32)
    counts[0] = -1, 1, 0
    forged = Statistics({"term_topics": counts, "lengths": np.zeros(longest + 1, dtype=np.int64)}, {}).to_bytes()
    assert refusal_of(federation, with_content(files, forged)) == (
        "The statistics received have negative counts of term_topics."
    )


def test_counts_that_contradict_the_lengths_are_refused():
    federation = federation_in("sweeps")
    files = sent_by_south(federation)
    counts = np.zeros((15, 3), dtype=np.int32)
    counts[0, 0] = 9
    forged = Statistics({"term_topics": counts, "lengths": np.array([0, 2])}, {}).to_bytes()
    assert refusal_of(federation, with_content(files, forged, longest=1)) == (
        "its documents have 2 words by their lengths, but 9 by their topics."
    )


FORGED_TERMS = {
    "more documents than words": ({"army": [5, 4]}, "a list of 2 values cannot be the number of documents and words"),
    "no document": ({"army": [0, 4]}, "a list of 2 values cannot be the number of documents and words"),
    "a text": ({"army": "5"}, "'5' cannot be the number of documents and words of a term"),
    "two lines": ({"a\nb": [5, 5]}, "'a\\nb' cannot be a term"),
    "nothing": ({"": [5, 5]}, "'' cannot be a term"),
}


@pytest.mark.parametrize(("terms", "reason"), FORGED_TERMS.values(), ids=FORGED_TERMS)
def test_impossible_terms_are_refused(terms, reason):
    federation = federation_in("terms")
    files = sent_by_south(federation)
    assert refusal_of(federation, with_content(files, json.dumps(terms).encode())).startswith(reason)


def test_a_site_that_is_not_listed_is_refused():
    federation = federation_in("terms")
    files = with_header(sent_by_south(federation), site="west")
    west = {path.replace("south", "west"): content for path, content in files.items()}
    federation.run_round(changed=west)
    assert federation.refused == [
        "The contribution of site 'west' is left out: 'Sites' does not list it, only north, south."
    ]


def test_only_headers_of_sites_name_contributions():
    paths = [
        "/contributions/a.json",
        "contributions/a.bin",
        "contributions/b.bin",
        "other/c.json",
        "contributions/.json",
    ]
    assert sites_in([*paths, "contributions/.json", "contributions/../x.json", "contributions/d/e.json"]) == ["a"]


def test_too_few_contributions_change_nothing():
    federation = federation_in("start", min_sites=2)
    before = federation.shared
    with pytest.raises(DataError, match=r"needs contributions of at least 2 sites .* that fit are: north"):
        federation.run_round(away=["south"])
    assert federation.shared is before


def test_a_term_leaves_a_site_only_with_enough_documents_there():
    texts = {"north": [*themed_texts(30), "army quux"], "south": [*themed_texts(30), *["bank quux"] * 5]}
    federation = Federation.of(texts, min_documents=3, n_rounds=2)
    federation.run()
    assert "quux" in federation.shared.vocabulary.terms
    assert [b"quux" in content for content in federation.sent[0].values()] == [False, False, True, False]
    term = federation.shared.vocabulary.ids["quux"]
    by_site = [counts["term_topics"][term].sum() for counts in federation.state.counts.values()]
    assert by_site == [0, 5]


def test_windows_that_contradict_one_another_are_refused():
    federation = Federation.of(TEXTS, n_rounds=1)
    while federation.shared.stage != "profile":
        federation.run_round()
    files = sent_by_south(federation)
    counts = read_contribution("south", files.get, federation.shared, has_doc_topics=False).counts
    for changed in (
        {"windows": counts["windows"] * 0},
        {"windows_together": counts["windows_together"] + np.eye(10)[0]},
    ):
        arrays = {name: array.astype(np.int64) for name, array in {**counts, **changed}.items()}
        forged = with_content(files, Statistics(arrays, {}).to_bytes())
        with pytest.raises(RefusedError, match="windows with its top terms contradict"):
            read_contribution("south", forged.get, federation.shared, has_doc_topics=False)
