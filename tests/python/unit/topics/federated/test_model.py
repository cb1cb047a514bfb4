"""The folder of a finished training is a model folder: it scores texts, and the webapp opens on it."""

import json

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.unit.topics.federated.small_federation import TRAINING, Federation, themed_texts
from tests.python.webapp.test_model_routes import Page
from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.federated.model import finished_files
from text_explorer.topics.federated.privacy import Privacy
from text_explorer.topics.federated.tables import topic_tables
from text_explorer.topics.models.training import best_topics
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
    assert np.isnan(topics[columns.COHERENCE_NPMI]).all()
    assert set(terms[columns.TERM]) == set(read_stored_topics(files.get).vocabulary.terms)


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
