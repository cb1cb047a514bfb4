"""Discover topics on texts in twelve languages, run as DSS would run it."""

import json

import pytest

from tests.python.recipes.texts_in_languages import SAMPLES

RECIPE = "text-explorer-topics"
TOP_TERMS = 10
TEXTS = {code: sample.texts() for code, sample in SAMPLES.items()}
N_TEXTS = 24
GEORGIAN = [
    "საქართველო არის ქვეყანა, რომელიც მდებარეობს კავკასიაში.",
    "თბილისი საქართველოს დედაქალაქია.",
    "მტკვარი არის მდინარე.",
]


def discover(instance, documents, outputs_of, config):
    """Run the recipe with outputs named after `outputs_of`."""
    outputs = {role: f"{role}_{outputs_of}" for role in ("document_topics", "topics", "topic_terms", "model")}
    done = instance.run(RECIPE, {"documents": documents}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return done


def languages_of(instance, outputs_of):
    return json.loads(instance.model_files(f"model_{outputs_of}")["manifest.json"])["languages"]


@pytest.fixture(scope="module")
def one_language_a_column(shared_instance):
    rows = [dict(zip(TEXTS, texts)) for texts in zip(*TEXTS.values())]
    shared_instance.import_rows("documents", rows)
    return shared_instance


@pytest.fixture(scope="module", params=SAMPLES)
def found(request, one_language_a_column):
    """The sample of a language, and the rows of `topic_terms` of its texts alone."""
    code = request.param
    config = {"text_column": code, "language": code, "engine": "gsdmm", "n_topics": 2, "seed": 1}
    discover(one_language_a_column, "documents", code, config)
    return SAMPLES[code], one_language_a_column.rows(f"topic_terms_{code}")


def test_each_theme_has_a_topic_of_its_own_and_no_stop_word_is_a_term(found):
    sample, rows = found
    best = [row for row in rows if int(row["rank"]) <= TOP_TERMS]
    leading = [{row["term"] for row in best if row["topic_id"] == topic_id} for topic_id in "01"]
    of_football = next(terms for terms in leading if sample.football.words <= terms)
    of_cooking = next(terms for terms in leading if sample.cooking.words <= terms)
    assert of_football is not of_cooking
    assert {row["term"] for row in rows} & sample.stop_words == set()


def test_no_term_is_a_single_character_even_where_words_have_no_spaces(found):
    _, rows = found
    assert rows
    assert [row["term"] for row in rows if len(row["term"]) < 2] == []


@pytest.fixture(scope="module")
def mixed(shared_instance):
    """All texts of all languages in one dataset, with nothing said of their languages."""
    rows = [{"code": code, "text": text} for code, texts in TEXTS.items() for text in texts]
    shared_instance.import_rows("mixed", rows[::7] + [row for place, row in enumerate(rows) if place % 7])
    discover(shared_instance, "mixed", "mixed", {"text_column": "text", "language": "auto"})
    return shared_instance


def test_texts_of_a_mixed_dataset_are_each_read_in_their_own_language(mixed):
    languages = languages_of(mixed, "mixed")
    assert languages["n_texts"] == dict.fromkeys(SAMPLES, N_TEXTS)
    assert languages["unsupported"] == {}


def test_every_text_of_a_mixed_dataset_gets_a_topic(mixed):
    rows = mixed.rows("document_topics_mixed")
    assert len(rows) == N_TEXTS * len(SAMPLES)
    assert {row["topic_status"] for row in rows} == {"ok"}


def test_no_stop_word_of_any_language_is_a_term_of_a_mixed_dataset(mixed):
    terms = {row["term"] for row in mixed.rows("topic_terms_mixed")}
    # A list of the main language alone would leave the French words in, one of all languages leave "but", a goal, out.
    assert "but" in terms
    assert [code for code, sample in SAMPLES.items() if terms & sample.stop_words] == []


@pytest.fixture(scope="module")
def with_column(shared_instance):
    """A run on texts with codes as users write them, and that run's log."""
    texts_by_code = {
        "": TEXTS["de"],
        "EN_us": [*TEXTS["en"][:12], TEXTS["fr"][20]],
        "fr-FR": TEXTS["fr"][:10],
        "zh-Hans": TEXTS["zh"][:6],
        "ka": GEORGIAN,
    }
    rows = [{"code": code, "text": text} for code, texts in texts_by_code.items() for text in texts]
    shared_instance.import_rows("coded", [*rows, {"code": "fr-FR", "text": ""}])
    config = {"text_column": "text", "language": "auto", "language_column": "code"}
    return shared_instance, discover(shared_instance, "coded", "coded", config).stderr


def test_a_language_column_decides_and_where_it_does_not_the_text_does(with_column):
    instance, _ = with_column
    languages = languages_of(instance, "coded")
    # Georgian is not supported, so its three texts count as German, in which most texts are; one has no text at all.
    assert languages["n_texts"] == {"de": 24 + 3, "en": 12 + 1, "fr": 10, "zh": 6}
    assert languages["main"] == "de"


def test_codes_of_unsupported_languages_are_counted_and_named_in_the_log(with_column):
    instance, log = with_column
    assert languages_of(instance, "coded")["unsupported"] == {"ka": 3}
    (warning,) = [line for line in log.splitlines() if "texts in unsupported languages" in line]
    assert "WARNING" in warning
    assert "treated as German" in warning
    assert warning.endswith("ka 3")


def test_texts_without_spaces_are_parted_by_the_language_of_their_row(with_column):
    instance, _ = with_column
    terms = {row["term"] for row in instance.rows("topic_terms_coded")}
    assert SAMPLES["zh"].football.words <= terms


@pytest.mark.parametrize("codes", [("en", "de"), ("de", "en")])
def test_equal_texts_with_other_codes_have_topics_of_their_own(shared_instance, codes):
    """Both words are stop words in German, not in English."""
    rows = [{"code": "en", "text": f"war die {word}"} for word in ("soldier", "cannon", "army", "navy")]
    shared_instance.import_rows("equal", [*rows, *({"code": code, "text": "war die"} for code in codes)])
    config = {"text_column": "text", "language": "en", "language_column": "code", "n_topics": 2, "engine": "gsdmm"}
    discover(shared_instance, "equal", "equal", config)
    found = {row["code"]: row["topic_status"] for row in shared_instance.rows("document_topics_equal")[-2:]}
    assert found == {"en": "ok", "de": "no known term"}
