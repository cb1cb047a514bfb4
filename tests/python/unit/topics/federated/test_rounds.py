"""Sites that come late, are away, lose their state or change their documents; and the files of a round."""

from dataclasses import replace

import numpy as np
import pytest

from tests.python.unit.topics.federated.small_federation import TRAINING, Federation, settings_of, themed_texts
from text_explorer.errors import DataError
from text_explorer.topics.federated.centre import first_round
from text_explorer.topics.federated.rounds import ROUND, SHARED, read_round
from text_explorer.topics.federated.state_files import (
    CENTRE,
    SITE,
    outdated,
    pack_centre,
    path_of,
    unpack_centre,
    unpack_site,
)
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels
from text_explorer.topics.models.parts.lda_engine import ALPHA_ROUNDS

TEXTS = {"north": themed_texts(40), "south": themed_texts(25, first=7)}
N_WORDS = {"north": 160, "south": 100}


def words_by_site(federation):
    return {site: int(counts["term_topics"].sum()) for site, counts in federation.state.counts.items()}


def rounds_done(n_rounds, **changed):
    federation = Federation.of(TEXTS, **changed)
    for _ in range(n_rounds):
        federation.run_round()
    return federation


def test_a_site_that_misses_a_round_stays_in_the_model_with_its_last_counts():
    federation = rounds_done(3)
    before = federation.state.counts["south"]["term_topics"]
    federation.run_round(away=["south"])
    assert words_by_site(federation) == N_WORDS
    assert federation.state.counts["south"]["term_topics"].tolist() == before.tolist()
    total = sum(counts["term_topics"] for counts in federation.state.counts.values())
    assert federation.shared.model.term_topics[:, :3].tolist() == total.tolist()


def test_a_site_goes_on_from_the_counts_that_the_model_has_when_a_contribution_was_lost():
    lost, in_time = rounds_done(3), rounds_done(3)
    south = lost.sites[1]
    south.contribute(lost.shared)  # computed, but it never arrives
    assert sorted(south.states) == [1, 2, 3]
    for federation in (lost, in_time):
        federation.run_round(away=["south"])
        federation.run_round()
    after = [federation.shared.model.term_topics.tobytes() for federation in (lost, in_time)]
    assert after[0] == after[1]


def test_a_site_that_comes_late_joins():
    federation = Federation.of(TEXTS)
    for _ in range(4):
        federation.run_round(away=["south"])
    assert words_by_site(federation) == {"north": 160}
    federation.run_round()
    assert words_by_site(federation) == N_WORDS
    assert federation.shared.model.n_words == 260


@pytest.mark.parametrize("change", ["no state", "more documents"])
def test_a_site_without_a_state_of_its_documents_draws_its_topics_again(change, caplog):
    caplog.set_level("INFO")
    federation = rounds_done(3)
    if change == "no state":
        federation.sites[1].states.clear()
    else:
        federation.sites[1].texts.append("army war")
    federation.run_round()
    assert caplog.text.count("the topics of this site's words are drawn again") == 1
    assert words_by_site(federation) == {**N_WORDS, "south": 100 if change == "no state" else 102}
    federation.run_round()
    assert caplog.text.count("drawn again") == 1


def test_a_state_with_other_counts_than_the_model_is_not_used(caplog):
    caplog.set_level("INFO")
    federation = rounds_done(3)
    lda = federation.shared.model
    emptied = replace(lda, term_topics=np.zeros_like(lda.term_topics), topic_words=np.zeros_like(lda.topic_words))
    federation.sites[0].contribute(replace(federation.shared, lda=emptied))
    assert "drawn again" in caplog.text


def test_priors_are_estimated_from_the_sites_that_sent_their_histograms():
    federation = Federation.of(TEXTS, n_rounds=31)
    for number in range(22):
        federation.run_round(away=["south"] if number == 21 else [])
    assert federation.shared.model.sweep == 20
    assert [site for site, counts in federation.state.counts.items() if "prior_topics" in counts] == ["north"]
    expected = np.full(3, 0.1)
    north = federation.state.counts["north"]
    kernels.optimise_alpha(expected, north["prior_lengths"], north["prior_topics"], ALPHA_ROUNDS)
    assert federation.shared.model.alpha.tolist() == expected.tolist() != [0.1] * 3
    for _ in range(10):
        federation.run_round()
    assert [site for site, counts in federation.state.counts.items() if "prior_topics" in counts] == ["north", "south"]


def test_the_files_of_a_round_hold_all_of_it():
    federation = rounds_done(3)
    files = federation.shared.files()
    read = read_round(files.get)
    assert read.files() == files
    assert read.model.term_topics.tobytes() == federation.shared.model.term_topics.tobytes()
    assert read_round({}.get) is None


def test_files_of_two_rounds_are_not_mixed():
    files = rounds_done(3).shared.files()
    with pytest.raises(DataError, match=r"shared\.npz is missing, incomplete or of another round"):
        read_round({**files, SHARED: rounds_done(4).shared.files()[SHARED]}.get)
    with pytest.raises(DataError, match="shared folder of the federated training is damaged"):
        read_round({**files, ROUND: files[ROUND][:-20]}.get)


def test_states_are_read_back_and_outdated_ones_found():
    federation = rounds_done(4)
    read = unpack_centre(pack_centre(federation.state), federation.shared)
    assert pack_centre(read) == pack_centre(federation.state)
    assert unpack_site(None) is unpack_site(b"PK\x03\x04") is None
    with pytest.raises(DataError, match="The state folder has no whole state of round 4"):
        unpack_centre(None, federation.shared)
    paths = [path_of(SITE, TRAINING, 3), path_of(SITE, TRAINING, 4), path_of(SITE, "other", 4), "readme.txt"]
    assert outdated(["/" + path for path in paths], SITE, TRAINING, 4) == [paths[0], paths[2]]
    assert outdated(paths, CENTRE, TRAINING, 4) == []


def test_a_vocabulary_without_a_term_is_refused():
    federation = Federation.of(TEXTS, min_documents=1000)
    with pytest.raises(DataError, match="No term is left for the vocabulary: the sites sent 0"):
        federation.run_round()


def test_a_finished_training_orders_topics_by_their_words():
    federation = rounds_done(8)
    sizes = federation.shared.final_model.topic_term_counts.sum(axis=1).tolist()
    assert sizes == sorted(sizes, reverse=True)
    with pytest.raises(ValueError, match="sweeps are not done"):
        assert first_round(settings_of(["north"]), TRAINING)[0].final_model
