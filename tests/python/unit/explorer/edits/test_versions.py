import pytest

from tests.python.unit.explorer.edit_files import MODEL_ID, edit_file
from text_explorer.explorer.edits.versions import is_of_model, parse_version, unseen_paths, version_of
from text_explorer.explorer.shared.errors import BadRequestError


def path_at(minutes, token="a"):
    return edit_file({"topic_id": 0, "hidden": True}, minutes=minutes, token=token * 32)[0]


FIRST, SECOND, THIRD = path_at(0), path_at(30), path_at(60)


def seen(*paths):
    return parse_version(version_of(MODEL_ID, paths))


def test_every_added_file_makes_another_version():
    assert len({version_of(MODEL_ID, paths) for paths in ((), (FIRST,), (FIRST, SECOND), (SECOND,))}) == 4


def test_the_order_of_paths_does_not_show():
    assert version_of(MODEL_ID, [FIRST, SECOND]) == version_of(MODEL_ID, [SECOND, FIRST])


def test_who_saw_all_files_has_missed_none():
    assert unseen_paths(seen(FIRST, SECOND), [FIRST, SECOND]) == set()


def test_files_behind_the_newest_one_seen_are_unseen():
    assert unseen_paths(seen(FIRST), [FIRST, SECOND, THIRD]) == {SECOND, THIRD}


def test_who_saw_an_empty_log_has_missed_all():
    assert unseen_paths(seen(), [FIRST, SECOND]) == {FIRST, SECOND}


def test_a_file_that_came_late_between_those_seen_is_unseen():
    late, newest = path_at(30), path_at(30.01)
    assert late in unseen_paths(seen(FIRST, newest), [FIRST, late, newest])
    assert FIRST not in unseen_paths(seen(FIRST, newest), [FIRST, late, newest])


def test_versions_tell_one_model_from_another():
    assert is_of_model(seen(FIRST), MODEL_ID)
    assert not is_of_model(seen(FIRST), "f" * 32)


def test_a_model_named_in_odd_letters_has_a_version_that_can_be_read_back():
    odd = "a b:c\nd"
    assert is_of_model(parse_version(version_of(odd, [FIRST])), odd)


@pytest.mark.parametrize("time", ["99999999T999999999999Z", "00010101T000000000000Z", "２０２４0101T000000000000Z"])
def test_a_version_of_a_time_that_never_was_is_refused(time):
    with pytest.raises(BadRequestError, match="Load the page again"):
        parse_version(f"abc:0:{time}-{'a' * 32}")


@pytest.mark.parametrize("given", [None, 3, "", "x", ["x"], "abc:1", "abc:1:../../etc", "abc:-1:none", "abc:1:none\n"])
def test_what_is_no_version_is_refused(given):
    with pytest.raises(BadRequestError, match="'seen' must be the version of the edits that the page has shown"):
        parse_version(given)
