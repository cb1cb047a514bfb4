"""Texts in several languages have no function word among their terms, and keep what they are about."""

import pytest

from text_explorer.corpus.document_term_matrix import bags_and_word_counts, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0, Preparation

TEXTS = {
    "ro": (
        "Orașul construiește un pod și repară drumul. Oraşul cere însă bani şi pentru școală, fiindcă spitalul își "
        "repară acoperișul.",
        "orașul construiește pod repară drumul bani școală spitalul acoperișul cere",
    ),
    "uk": (
        "Місто будує міст на річці і не шкодує грошей. Банк дає кредити або карту ще на рік, тільки лікарня вже без "
        "ліків.",
        "місто будує міст річці шкодує грошей банк дає кредити карту рік лікарня ліків",
    ),
    "sl": (
        "Mesto še gradi most, ampak torej zaradi poplav ima pač težave. Bolnišnica niti ni kupila zdravil.",
        "mesto gradi most poplav težave bolnišnica kupila zdravil",
    ),
    "el": (
        "Η πόλη είναι μεγάλη, αλλά ο δρόμος ήταν κλειστός. Αυτό έχει κόστος, όμως η γέφυρα άνοιξε ήδη.",
        "πόλη μεγάλη δρόμος κλειστός κόστος γέφυρα άνοιξε",
    ),
    "lt": (
        "Miestas yra didelis, tačiau tiltas buvo uždarytas. Jau išleista daug pinigų iš fondo, nes reikia kelio.",
        "miestas didelis tiltas uždarytas išleista pinigų fondo kelio",
    ),
    "et": (
        "Linn ehitab silda ka talvel, kuid tee on veel suletud. Haigla ostis ravimeid nagu alati ning palkas õe.",
        "linn ehitab silda talvel tee suletud haigla ostis ravimeid palkas õe",
    ),
    "lv": (
        "Pilsēta būvē tiltu, bet tas nav gatavs. Slimnīca vēl pērk zāles, kas ir dārgas.",
        "pilsēta būvē tiltu gatavs slimnīca pērk zāles dārgas",
    ),
    "hr": (
        "Grad gradi most koji može biti gotov. Bolnica ima lijekove, međutim nema novca zbog duga.",
        "grad gradi most gotov bolnica lijekove novca duga",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_terms_of_a_text_are_its_content_words(language):
    text, content = TEXTS[language]
    corpus, _ = build_corpus([DocumentText(text, language)], Preparation(), n_workers=1)
    assert set(corpus.vocabulary.terms) == set(content.split())


def test_words_that_were_terms_of_a_model_of_version_0_1_0_still_count_for_it():
    documents = [DocumentText("Mesto še gradi most, ampak šola še stoji.", "sl")]
    old = Preparation(reading_rules=RULES_OF_0_1_0, max_document_share=1.0)
    corpus, _ = build_corpus(documents, old, n_workers=1)
    assert {"še", "ampak"} < set(corpus.vocabulary.terms)
    scored, n_words = bags_and_word_counts(documents, corpus.vocabulary, old)
    assert (scored.data.tolist(), scored.indices.tolist()) == (corpus.data.tolist(), corpus.indices.tolist())
    assert n_words.tolist() == [8]
