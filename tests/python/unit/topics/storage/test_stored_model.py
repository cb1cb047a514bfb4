import json
from dataclasses import replace

import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.topics.small_corpora import profile_of, shares_of
from tests.python.unit.topics.theme_models import THEMES, theme_files
from text_explorer.corpus.words.preparation import READING_RULES, RULES_OF_0_1_0, Preparation
from text_explorer.errors import DataError
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings, train
from text_explorer.topics.storage.manifest import MANIFEST
from text_explorer.topics.storage.model_folder import make_manifest, model_files, model_id
from text_explorer.topics.storage.stored_model import parse_preparation, read_stored_topics

PREPARATION = Preparation(max_document_share=1.0, extra_stop_words=("gold", "in brief"), keep_numbers=True)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def trained(request, themed_corpus):
    return train(themed_corpus, EngineSettings(engine=request.param, n_topics=3, n_iterations=20))


@pytest.fixture
def files(trained):
    facts = {
        "settings": {"language": "auto"},
        "languages": {"main": "de"},
        "preparation": PREPARATION.as_dict(),
        "training_profile": profile_of(shares_of(trained), 360, 0).as_dict(),
    }
    labels = [f"topic {topic}" for topic in range(len(trained.model.topic_term_distr))]
    return model_files(trained, make_manifest(trained, labels=labels, facts=facts))


def with_manifest(files, **changes):
    manifest = {**json.loads(files[MANIFEST]), **changes}
    kept = {name: value for name, value in manifest.items() if value is not ...}
    return {**files, MANIFEST: json.dumps(kept).encode()}


def test_everything_needed_comes_back(trained, files):
    topics = read_stored_topics(files.get)
    assert topics.labels[0] == "topic 0"
    assert topics.n_topics == len(trained.model.topic_term_distr)
    assert topics.model_id == model_id(trained.model, trained.corpus.vocabulary)
    assert topics.preparation == PREPARATION
    assert (topics.main_language, topics.detects_languages) == ("de", True)
    assert topics.profile.n_documents == 60


def test_the_texts_of_training_get_the_shares_they_had_there(trained, files, themed_texts):
    plain = with_manifest(files, preparation=Preparation(max_document_share=1.0).as_dict())
    scored = score_documents(list(english(themed_texts)), read_stored_topics(plain.get))
    assert scored.doc_topic_distr.tobytes() == shares_of(trained).tobytes()
    assert set(scored.n_words.tolist()) == set(scored.n_known_words.tolist()) == {6}


def test_a_language_chosen_at_training_is_not_detected_again(files):
    assert not read_stored_topics(with_manifest(files, settings={"language": "de"}).get).detects_languages


def test_an_older_manifest_gets_defaults_and_the_first_reading_rules(files):
    older = with_manifest(files, model_id=..., training_profile=..., preparation={"keep_numbers": True})
    topics = read_stored_topics(older.get)
    assert topics.model_id == read_stored_topics(files.get).model_id
    assert topics.profile is None
    assert topics.preparation == Preparation(keep_numbers=True, reading_rules=RULES_OF_0_1_0)


def test_a_setting_of_a_newer_version_is_refused_since_texts_would_be_read_otherwise():
    with pytest.raises(DataError, match=r"settings this version does not know: split_camel_case\. Update the plugin"):
        parse_preparation({**PREPARATION.as_dict(), "split_camel_case": True})


def test_whole_numbers_stand_for_real_ones():
    assert parse_preparation({"max_document_share": 1}) == Preparation(max_document_share=1.0, reading_rules=1)


def test_a_model_of_newer_reading_rules_is_refused():
    with pytest.raises(DataError, match=r"newer rules for reading texts\. Update the plugin"):
        parse_preparation({"reading_rules": READING_RULES + 1})


@pytest.mark.parametrize("rules", [0, "2", True])
def test_damaged_reading_rules_are_refused(rules):
    with pytest.raises(DataError, match="reading_rules"):
        parse_preparation({"reading_rules": rules})


def test_a_preparation_is_read_as_it_was_written():
    other = replace(PREPARATION, normal_form="stem", phrases="trigrams", fold_accents=True, extra_stop_words=())
    assert parse_preparation(json.loads(json.dumps(other.as_dict()))) == other


FILES = theme_files()
OTHER_COUNTS = theme_files("lda_gibbs", texts_of_training=[*THEMES.values(), "army navy"])["vocabulary.json"]
DAMAGED = {
    "empty": ({}, "The model folder has no complete model (manifest.json is missing). Run 'Discover topics' first."),
    "no arrays": ({**FILES, "model.npz": None}, "has no complete model (model.npz is missing)"),
    "no vocabulary": ({**FILES, "vocabulary.json": None}, "has no complete model (vocabulary.json is missing)"),
    "another program's": ({"manifest.json": b'{"name": "x"}'}, "has no model of Text Explorer"),
    "arrays of another engine": (
        {**FILES, "model.npz": theme_files("lda_gibbs")["model.npz"]}, "model.npz is damaged (the array topic_docs is",
    ),
    "vocabulary of another model": (
        {**FILES, "vocabulary.json": FILES["vocabulary.json"].replace(b'"army"', b'"arms"')}, "mixes two models",
    ),
    "counts of another corpus": ({**theme_files("lda_gibbs"), "vocabulary.json": OTHER_COUNTS}, "mixes two models"),
    "newer format": (
        with_manifest(FILES, format_version=99, plugin_version="9.0.0"), "Text Explorer 9.0.0 in format 99",
    ),
    "newer preparation": (with_manifest(FILES, preparation={"x": 1}), "settings this version does not know: x"),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_folder_that_is_no_whole_model_is_refused_in_one_sentence(case):
    files, sentence = DAMAGED[case]
    with pytest.raises(DataError) as refused:
        read_stored_topics(files.get)
    assert sentence in str(refused.value)
