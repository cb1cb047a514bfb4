from dataclasses import fields

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.shared import IGNORED, STOP_WORDS, TERMS, build_settings

PARAMS = (STOP_WORDS, *TERMS, *IGNORED)


def test_each_setting_of_a_preparation_but_how_texts_are_read_is_a_field_of_the_form_and_no_other_is():
    names = [*(param.name for param in PARAMS), "reading_rules", "repeated_lines"]
    assert sorted(names) == sorted(field.name for field in fields(Preparation))


def test_a_form_with_all_fields_empty_is_the_default_preparation():
    assert Preparation(**{param.name: param.default for param in PARAMS}) == Preparation()


def test_fields_of_the_preparation_become_one_and_those_a_form_lacks_keep_their_defaults():
    values = {"text_column": "text", "phrases": "bigrams", "strip_html": False, "show_advanced": True}
    preparation = Preparation(phrases="bigrams", strip_html=False)
    assert build_settings(dict, values, more=1) == {"text_column": "text", "preparation": preparation, "more": 1}
