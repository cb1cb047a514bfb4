import pytest

from text_explorer.corpus.language import document_languages
from text_explorer.corpus.language.detection import language_probabilities
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages, main_language

SAMPLES = {
    "en": "The committee has agreed that the new law will come into force next year.",
    "fr": "Le comité a décidé que la nouvelle loi entrera en vigueur l'année prochaine.",
    "de": "Der Ausschuss hat beschlossen, dass das neue Gesetz im nächsten Jahr in Kraft tritt.",
    "es": "El comité ha decidido que la nueva ley entrará en vigor el próximo año.",
    "ru": "Комитет решил, что новый закон вступит в силу в следующем году.",
    "el": "Η επιτροπή αποφάσισε ότι ο νέος νόμος θα τεθεί σε ισχύ το επόμενο έτος.",
    "zh": "委员会已经决定新法律将于明年生效。",
    "ja": "委員会は、新しい法律が来年施行されることを決定しました。",
    "th": "คณะกรรมการตัดสินใจว่ากฎหมายใหม่จะมีผลบังคับใช้ในปีหน้า",
    "ar": "قررت اللجنة أن القانون الجديد سيدخل حيز التنفيذ في العام المقبل.",
    "he": "הוועדה החליטה שהחוק החדש ייכנס לתוקף בשנה הבאה.",
    "hi": "समिति ने निर्णय लिया है कि नया कानून अगले साल लागू होगा।",
    "ko": "위원회는 새로운 법이 내년에 시행될 것이라고 결정했습니다.",
    "uk": "Комітет вирішив, що новий закон набуде чинності наступного року.",
    "tr": "Komite, yeni yasanın gelecek yıl yürürlüğe girmesine karar verdi.",
    "vi": "Ủy ban đã quyết định rằng luật mới sẽ có hiệu lực vào năm tới.",
}
GEORGIAN = "საქართველო არის ქვეყანა, რომელიც მდებარეობს კავკასიაში."


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_the_language_of_a_sample_is_found(language):
    assert main_language([SAMPLES[language]] * 3) == language


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_a_text_in_another_language_than_most_is_found(language):
    main = "fr" if language == "en" else "en"
    assert TextLanguages(main, detect=True).with_language(SAMPLES[language]).language == language


FRAGMENTS = [text[:length] for text in [*SAMPLES.values(), GEORGIAN] for length in (3, 6, 12, 25)]


@pytest.mark.parametrize("main", ["en", "no", "hr", "la", "ru"])
def test_the_quick_check_of_the_most_likely_language_does_not_change_the_result(main, monkeypatch):
    texts = [*FRAGMENTS, *SAMPLES.values(), "12345", "NASA", "Jeg vet ikke", "Jeg ved det ikke", "Ne znam što je to"]
    quick = [TextLanguages(main, detect=True).with_language(text) for text in texts]
    monkeypatch.setattr(
        document_languages, "most_likely_language", lambda text: "none" if language_probabilities(text) else None
    )
    assert [TextLanguages(main, detect=True).with_language(text) for text in texts] == quick
    assert {main, "el"} <= {document.language for document in quick}


def test_the_language_of_most_text_wins():
    assert main_language([SAMPLES["fr"], SAMPLES["en"], SAMPLES["fr"]]) == "fr"


def test_no_text_counts_as_english(caplog):
    assert main_language([]) == "en"
    assert "select it in 'Language'" in caplog.text


def test_unsupported_languages_have_no_vote():
    assert main_language([GEORGIAN, GEORGIAN, SAMPLES["de"]]) == "de"


@pytest.mark.parametrize("text", ["Gold!", "1945 - 12", "", "😀", "Paris", "\ud800"])
def test_a_text_with_too_little_content_is_in_the_main_language(text):
    assert TextLanguages("de", detect=True).with_language(text) == DocumentText(text, "de")


def test_a_text_in_an_unsupported_language_is_in_the_main_language_and_logged(caplog):
    languages = TextLanguages("fr", detect=True)
    assert languages.with_language(GEORGIAN).language == "fr"
    assert languages.as_dict() == {"main": "fr", "n_texts": {"fr": 1}, "unsupported": {"ka": 1}}
    languages.log()
    assert "treated as French" in caplog.text
    assert "ka 1" in caplog.text


def test_two_similar_languages_do_not_leave_a_text_to_a_third():
    russian = "Команда забила гол и выиграла матч на стадионе. Команда выиграла матч благодаря капитану."
    assert TextLanguages("de", detect=True).with_language(russian).language == "ru"


def test_a_fixed_language_is_not_detected():
    assert TextLanguages("en", detect=False).with_language(SAMPLES["fr"]).language == "en"


@pytest.mark.parametrize(("code", "language"), [("EN_us", "en"), (" fr-FR ", "fr"), ("zh-Hans", "zh"), ("nb", "no")])
def test_a_column_names_the_language(code, language):
    assert TextLanguages("de", detect=True).with_language(SAMPLES["es"], code).language == language


def test_with_an_unknown_code_in_the_column_the_language_is_detected():
    languages = TextLanguages("de", detect=True)
    assert languages.with_language(SAMPLES["es"], "ka").language == "es"
    assert languages.with_language(SAMPLES["es"], "Spanish!").language == "es"
    assert languages.as_dict() == {"main": "de", "n_texts": {"es": 2}, "unsupported": {"Spanish!": 1, "ka": 1}}


def test_missing_texts_do_not_count():
    languages = TextLanguages("de", detect=True)
    assert languages.with_language(None, "fr") == DocumentText(None, "de")
    assert languages.as_dict()["n_texts"] == {}
    assert languages.most_frequent() == "de"


def test_probabilities_sum_to_one():
    assert sum(language_probabilities(SAMPLES["en"]).values()) == pytest.approx(1.0)


def test_capitals_do_not_matter():
    assert main_language([SAMPLES["de"].upper()]) == "de"
