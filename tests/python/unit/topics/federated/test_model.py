"""The folder of a finished training is a model folder: it scores texts, and the webapp opens on it."""

import json
from collections import Counter

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.unit.topics.federated.small_federation import PLAIN, TRAINING, Federation, themed_texts
from tests.python.webapp.test_model_routes import Page
from text_explorer.columns import names_of
from text_explorer.corpus.document_term_matrix import bags_and_word_counts
from text_explorer.topics import columns
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.federated.contributions import read_contribution
from text_explorer.topics.federated.model import finished_files
from text_explorer.topics.federated.privacy import Privacy
from text_explorer.topics.federated.tables import topic_tables
from text_explorer.topics.models.training import best_topics
from text_explorer.topics.quality.coherence import topic_coherence
from text_explorer.topics.storage.stored_model import read_stored_topics
from text_explorer.topics.storage.training_profile import ProfileCounter

TEXTS = {"north": themed_texts(40), "south": themed_texts(25, first=7)}
PRIVACY = Privacy(noise=0.001, most_terms=10, delta=1e-6)


@pytest.fixture(scope="module")
def files():
    federation = Federation.of(TEXTS, n_rounds=4, sweeps_per_round=25)
    federation.run()
    return finished_files(federation.shared, federation.state)


def test_the_manifest_names_the_sites_and_all_documents_but_no_column_or_dataset(files):
    manifest = json.loads(files["manifest.json"])
    assert list(files)[-1] == "manifest.json"
    assert (manifest["engine"], manifest["n_documents"], manifest["n_words"]) == ("lda_gibbs", 65, 260)
    rounds = {"training_id": TRAINING, "rounds": 7, "privacy": None}
    assert manifest["federated"] == {"sites": ["north", "south"], **rounds}
    assert not {"documents", "columns"} & set(manifest)


def test_the_folder_is_read_as_any_model_and_tells_the_themes_apart(files):
    topics = read_stored_topics(files.get)
    assert (topics.main_language, topics.detects_languages) == ("en", False)
    scored = score_documents(english(themed_texts(15)), topics)
    best = best_topics(scored.doc_topic_distr).tolist()
    assert best == best[:3] * 5
    assert sorted(best[:3]) == [0, 1, 2]
    terms = [set(label.split(", ")) for label in topics.labels]
    assert {"army", "war", "navy", "soldier", "battle"} >= terms[best[0]]


def test_the_profile_is_that_of_all_documents_and_orders_the_topics(files):
    topics = read_stored_topics(files.get)
    shares = score_documents(english([text for texts in TEXTS.values() for text in texts]), topics).doc_topic_distr
    counter = ProfileCounter(3)
    counter.add(shares, 260, 0)
    pooled = counter.profile()
    assert topics.profile.topic_documents.tolist() == pooled.topic_documents.tolist() == [22, 22, 21]
    assert topics.profile.mean_shares == pytest.approx(pooled.mean_shares, abs=1e-5)
    assert (topics.profile.n_rows, topics.profile.n_words, topics.profile.n_unknown_words) == (65, 260, 0)


def test_the_datasets_of_topics_come_from_the_folder_alone(files):
    topics, terms = topic_tables(files.get)
    assert list(topics.columns) == names_of(columns.TOPICS)
    assert topics[columns.N_DOCUMENTS].tolist() == [22, 22, 21]
    assert topics[columns.TOKEN_SHARE].sum() == pytest.approx(1)
    assert [len(json.loads(cell)) for cell in topics[columns.TOP_TERMS]] == [10, 10, 10]
    assert topics[columns.REPRESENTATIVE_DOCUMENTS].tolist() == ["[]"] * 3
    assert set(terms[columns.TERM]) == set(read_stored_topics(files.get).vocabulary.terms)


def pooled_corpus(vocabulary, texts):
    return bags_and_word_counts(english(texts), vocabulary, PLAIN, with_order=True)[0]


def test_coherence_is_that_of_all_texts_in_one_place(files):
    topics, _ = topic_tables(files.get)
    vocabulary = read_stored_topics(files.get).vocabulary
    corpus = pooled_corpus(vocabulary, [text for texts in TEXTS.values() for text in texts])
    terms = [[vocabulary.ids[term] for term in json.loads(cell)] for cell in topics[columns.TOP_TERMS]]
    pooled = topic_coherence(corpus, np.array(terms))
    assert topics[columns.COHERENCE_NPMI].to_numpy() == pytest.approx(pooled.npmi)
    assert topics[columns.COHERENCE_CV].to_numpy() == pytest.approx(pooled.cv)
    assert [json.loads(cell) for cell in topics[columns.REMARKS]] == [[]] * 3
    quality = json.loads(files["manifest.json"])["quality"]
    assert quality["coherence_npmi"] == pytest.approx(pooled.mean_npmi())
    assert quality["coherence_reference"].startswith("the texts of all sites")


def test_windows_are_without_terms_that_too_few_documents_of_a_site_have():
    texts = {"north": [*themed_texts(30), *["army army tax"] * 2], "south": themed_texts(30, first=5)}
    federation = Federation.of(texts, n_rounds=2)
    while federation.shared.stage != "profile":
        federation.run_round()
    site = federation.sites[0]
    together = {}
    for site.min_documents in (1, 9):
        files = site.contribute(federation.shared)
        together[site.min_documents] = read_contribution(
            "north", files.get, federation.shared, has_doc_topics=False
        ).counts["windows_together"]
    terms = federation.shared.known_top_terms
    counts = Counter(term for text in texts["north"] for term in set(text.split()))
    rare = np.array([counts[term] < 9 for term in federation.shared.vocabulary.terms])[terms]
    alone = np.diagonal(together[9], axis1=2, axis2=3)[0]
    assert 0 < rare.sum() < rare.size
    assert (alone[rare] == 0).all()
    assert (alone[~rare] > 0).all()
    assert (np.diagonal(together[1], axis1=2, axis2=3)[0] > 0).all()


def test_a_noisy_training_has_no_coherence():
    federation = Federation.of(TEXTS, n_rounds=2, privacy=PRIVACY)
    federation.run()
    files = finished_files(federation.shared, federation.state)
    assert np.isnan(topic_tables(files.get)[0][columns.COHERENCE_NPMI]).all()
    assert "quality" not in json.loads(files["manifest.json"])


def test_the_webapp_opens_on_it_and_finds_topics_of_a_text(files, tmp_path):
    topics = read_stored_topics(files.get)
    texts = themed_texts(30)
    shares = score_documents(english(texts), topics).doc_topic_distr
    rows = [
        {
            "id": str(number), "text": text, "topic_id": int(best), "topic_probability": float(own[best]),
            "topic_distribution": json.dumps(own.tolist()), "topic_status": "ok",
        }
        for number, (text, own, best) in enumerate(zip(texts, shares, best_topics(shares).tolist()))
    ]  # fmt: skip
    tables = [table.to_dict("records") for table in topic_tables(files.get)]
    source = MemorySource(
        {"document_topics": rows, "topics": tables[0], "topic_terms": tables[1]},
        json.loads(files["manifest.json"]),
        model="shared",
    )
    source.files = files
    page = Page(source, tmp_path)
    assert page.get("status")["state"] == "ready"
    assert page.post("try", {"text": "the army and the navy"})["mixture"][0]["topic"] == rows[0]["topic_id"]


def test_a_noisy_training_states_its_loss():
    federation = Federation.of(TEXTS, n_rounds=2, privacy=PRIVACY)
    federation.run()
    topics, _ = topic_tables(finished_files(federation.shared, federation.state).get)
    assert abs(int(topics[columns.N_DOCUMENTS].sum()) - 65) <= 4  # words stand for documents, with their noise
    privacy = json.loads(finished_files(federation.shared, federation.state)["manifest.json"])["federated"]["privacy"]
    assert privacy == {**PRIVACY.as_dict(), "rho": 3 * PRIVACY.rho, "epsilon": PRIVACY.epsilon(3)}
