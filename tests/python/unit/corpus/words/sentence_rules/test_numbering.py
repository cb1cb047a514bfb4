import pytest

from text_explorer.corpus.words.sentences import split_sentences


def sentences(text, language):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["To reset it do the following:", "1. Hold the button.", "2. Wait for the lamp.", "3. Open the page."]),
        ("en", ["1. Open the lid.", "2. Take out the cartridge.", "3. Close the lid."]),
        ("de", ["So geht es:", "1. Deckel öffnen.", "2. Alte Patrone nehmen.", "3. Deckel schließen."]),
        ("en", ["Do this:", "1. Mix the flour.", "2. Add water.", "3. Bake it."]),
        ("en", ["1. Mix the flour", "2. Add the water", "3. Bake the bread"]),
        ("en", ["Steps:", "a. Open it.", "b. Close it.", "c. Lock it."]),
        ("fr", ["Procédez ainsi :", "1. Ouvrez le capot.", "2. Retirez la pile.", "3. Fermez le capot."]),
        ("de", ["So:", "1. Topf füllen.", "2. Wasser kochen.", "3. Tee ziehen lassen."]),
        ("es", ["Pasos:", "1. Abra la tapa.", "2. Saque la pila.", "3. Cierre la tapa."]),
        ("en", ["Open the page.", "Then:", "1) Click Save.", "2) Click Close."]),
        ("ru", ["Порядок:", "1. Откройте крышку.", "2. Выньте батарею.", "3. Закройте крышку."]),
    ],
)
def test_a_running_number_stays_with_its_step(language, expected):
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The sea rose.[3]", "Fish are fine.[4][5]", "Birds too."]),
        ("en", ["The sea rose.12", "Fish are fine.3", "Birds too."]),
        ("en", ["The sea rose.¹", "Fish are fine.²³", "Birds too."]),
        ("en", ["The sea rose. [3]", "Fish are fine."]),
        ("de", ["Das Meer stieg.[3]", "Fische leben.12", "Vögel auch."]),
        ("fr", ["La mer monte.[1]", "Les poissons vivent.²", "Fin."]),
    ],
)
def test_a_note_number_stays_with_the_sentence_before_it(language, expected):
    assert sentences(" ".join(expected), language) == expected
