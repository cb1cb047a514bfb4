"""Texts in fourteen languages, whose third sentence has its words in common with the two before it."""

import os
import subprocess
import sys

import pytest

from tests.python.conftest import ROOT
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.keyphrases import keyphrases_of_text
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text

SENTENCES = {
    "en": [
        "Dr. Smith bought a red bicycle for $4.50, i.e. almost nothing.", "The harbour was full of ships.",
        "The red bicycle stood in the harbour among the ships!", "Tomorrow it will rain.",
    ],
    "de": [
        "Das rote Fahrrad kostet ca. 300 Euro.", "Der Hafen war voller Schiffe.",
        "Das rote Fahrrad stand im Hafen zwischen den Schiffen!", "Morgen wird es regnen.",
    ],
    "fr": [
        "Le vélo rouge coûte 300 euros.", "Le port était plein de bateaux.",
        "Le vélo rouge était dans le port parmi les bateaux !", "Demain, M. Dupont dormira.",
    ],
    "es": [
        "La bicicleta roja cuesta 300 euros.", "El puerto estaba lleno de barcos.",
        "¡La bicicleta roja estaba en el puerto entre los barcos!", "¿Mañana lloverá?",
    ],
    "it": [
        "La bicicletta rossa costa 300 euro.", "Il porto era pieno di navi.",
        "La bicicletta rossa era nel porto tra le navi!", "Domani pioverà.",
    ],
    "pt": [
        "A bicicleta vermelha custa 300 euros.", "O porto estava cheio de navios.",
        "A bicicleta vermelha estava no porto entre os navios!", "Amanhã vai chover.",
    ],
    "nl": [
        "De rode fiets kost 300 euro.", "De haven lag vol schepen.",
        "De rode fiets stond in de haven tussen de schepen!", "Morgen gaat het regenen.",
    ],
    "pl": [
        "Czerwony rower kosztuje 300 euro.", "Port był pełen statków.",
        "Czerwony rower stał w porcie, a port był pełen statków!", "Jutro będzie padać.",
    ],
    "ru": [
        "Красный велосипед стоит 300 евро.", "Порт был полон кораблей.",
        "Красный велосипед стоял у порта среди кораблей!", "Завтра пойдёт дождь.",
    ],
    "el": [
        "Το κόκκινο ποδήλατο κοστίζει 300 ευρώ.", "Το λιμάνι ήταν γεμάτο πλοία.",
        "Το κόκκινο ποδήλατο ήταν στο λιμάνι ανάμεσα στα πλοία!", "Μήπως αύριο βρέξει;",
    ],
    "ar": [
        "الدراجة الحمراء جديدة.", "الميناء مليء بالسفن.", "الدراجة الحمراء في الميناء بين السفن!", "هل تمطر غدا؟",
    ],
    "hi": [
        "लाल साइकिल नई है।", "बंदरगाह जहाज़ों से भरा था।", "लाल साइकिल बंदरगाह में जहाज़ों के बीच थी।", "कल बारिश होगी।",
    ],
    "zh": ["红色自行车很便宜。", "港口停满了轮船。", "红色自行车停在港口的轮船旁边！", "明天会下雨吗？"],
    "ja": [
        "赤い自転車は安いです。", "港は船でいっぱいでした。", "赤い自転車は港の船の間にありました！", "明日は雨です。",
    ],
}  # fmt: skip
CENTRAL = 2
OFFLINE = """
import sys
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.settings import METHODS, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text
for language in ("en", "cs", "el", "uk", "zh"):
    for method in METHODS:
        settings = SummarySettings(method, budget=1, min_words=0, bonus_words=("x",))
        document = DocumentText("Rivers rise. Rivers flow. Dogs bark.", language)
        summary = summarize_text(document, TextSettings(), settings)
        assert summary.status == "ok", (language, method)
print("done")
"""


def text_in(language):
    return ("" if language in ("zh", "ja") else " ").join(SENTENCES[language])


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_are_whole_and_where_they_say(language):
    summary = summarize_text(DocumentText(text_in(language), language), TextSettings(), SummarySettings(budget=9))
    pieces = [text_in(language)[sentence.start : sentence.end] for sentence in summary.document.sentences]
    assert pieces == SENTENCES[language]


@pytest.mark.parametrize("method", ["lexrank", "centroid", "textrank"])
@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentence_that_shares_the_words_of_the_others_is_chosen(language, method):
    document = DocumentText(text_in(language), language)
    summary = summarize_text(document, TextSettings(), SummarySettings(method, budget=1, min_words=0))
    assert summary.text == SENTENCES[language][CENTRAL]
    assert text_in(language)[summary.chosen[0].start : summary.chosen[0].end] == summary.text


@pytest.mark.parametrize("language", SENTENCES)
def test_keyphrases_are_words_of_the_text(language):
    document = summarize_text(DocumentText(text_in(language), language), TextSettings(), SummarySettings()).document
    phrases = keyphrases_of_text(document, 3)
    assert len(phrases) == 3
    assert [phrase for phrase in phrases if phrase not in text_in(language).lower()] == []


def test_no_method_needs_data_of_nltk(tmp_path):
    library = ROOT / "python-lib"
    environment = {**os.environ, "NLTK_DATA": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(library)}
    done = subprocess.run([sys.executable, "-c", OFFLINE], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
