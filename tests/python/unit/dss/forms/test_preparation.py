from dataclasses import fields

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.preparation import ADVANCED_TERMS, PASSED_OVER, STOP_WORDS, TERMS, pop_preparation

PARAMS = (STOP_WORDS, *TERMS, *ADVANCED_TERMS, *PASSED_OVER)


def test_each_setting_of_a_preparation_is_a_field_of_the_form_and_no_other_is():
    assert sorted(param.name for param in PARAMS) == sorted(field.name for field in fields(Preparation))


def test_a_form_with_all_fields_empty_is_the_preparation_nobody_touched():
    assert {param.name: param.default for param in PARAMS} == vars(Preparation())


def test_what_a_form_does_not_have_keeps_its_default_and_what_is_no_preparation_stays():
    values = {"text_column": "text", "phrases": "bigrams", "strip_html": False}
    assert pop_preparation(values) == Preparation(phrases="bigrams", strip_html=False)
    assert values == {"text_column": "text"}
