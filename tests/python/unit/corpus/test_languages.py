import pytest

from text_explorer.corpus.languages import LANGUAGES, detect_language, normalise_language, require_spaced_words
from text_explorer.corpus.stop_words import own_stop_words, stop_words
from text_explorer.errors import DataError

SAMPLES = {
    "en": "The committee has agreed that the new law will come into force next year.",
    "fr": "Le comité a décidé que la nouvelle loi entrera en vigueur l'année prochaine.",
    "de": "Der Ausschuss hat beschlossen, dass das neue Gesetz im nächsten Jahr in Kraft tritt.",
    "es": "El comité ha decidido que la nueva ley entrará en vigor el próximo año.",
    "ru": "Комитет решил, что новый закон вступит в силу в следующем году.",
    "el": "Η επιτροπή αποφάσισε ότι ο νέος νόμος θα τεθεί σε ισχύ το επόμενο έτος.",
}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_the_language_of_a_sample_is_found(language):
    assert detect_language([SAMPLES[language]] * 3) == language


def test_the_language_of_most_text_wins():
    assert detect_language([SAMPLES["fr"], SAMPLES["en"], SAMPLES["fr"]]) == "fr"


def test_no_text_counts_as_english():
    assert detect_language([]) == "en"


def test_a_language_without_stop_words_is_taken_for_english_with_a_warning(caplog):
    assert detect_language(["საქართველო არის ქვეყანა, რომელიც მდებარეობს კავკასიაში."]) == "en"
    assert "choose it in 'Language'" in caplog.text


def test_a_lone_surrogate_does_not_stop_detection():
    assert detect_language([SAMPLES["de"] + "\ud800"]) == "de"


@pytest.mark.parametrize(
    ("code", "expected"), [("EN_us", "en"), ("pt-BR", "pt"), ("nb", "no"), ("zh-Hans", "zh"), ("x", None)]
)
def test_codes_are_brought_to_one_form(code, expected):
    assert normalise_language(code) == expected


def test_a_language_without_spaces_is_refused_with_a_remedy():
    with pytest.raises(DataError, match=r"in Chinese \(zh\).*not possible yet.*choose it in .Language."):
        require_spaced_words("zh")


def test_every_language_listed_has_stop_words():
    assert [code for code in LANGUAGES if not stop_words(code)] == []


def test_own_stop_words_take_the_form_of_terms():
    assert own_stop_words(["The WAR", "don’t", "", "COVID-19"]) == {"the", "war", "don't", "covid-19"}
