"""Readers of a model folder while 'Discover topics' rewrites it: the old model, the new one, or a sentence."""

import itertools
import json

import pytest

from tests.python.unit.topics.theme_models import THEMES, theme_files
from text_explorer.errors import DataError
from text_explorer.topics.storage.manifest import MANIFEST, WRITING, parse_correlations, read_manifest
from text_explorer.topics.storage.model_folder import ARRAYS, VOCABULARY, read_model
from text_explorer.topics.storage.stored_model import read_stored_topics

OLD = theme_files()
NEW = theme_files(texts_of_training=[*THEMES.values(), "army navy"])
OF_LDA = theme_files("lda_gibbs")
BEING_WRITTEN = "'Discover topics' is writing it, or a run was interrupted"


def steps_of_rewriting(new):
    """Return what 'Discover topics' does to the folder, step by step; see `write_outputs` and `replace_files`."""
    half = {path: content[: len(content) // 2] for path, content in new.items()}
    others = [path for path in new if path != MANIFEST]
    steps = [("write", WRITING, b"{}"), ("remove", MANIFEST, b"")]
    steps += [("remove", path, b"") for path in others]
    for path in [*others, MANIFEST]:
        steps += [("write", path, half[path]), ("write", path, new[path])]
    return [*steps, ("remove", WRITING, b"")]


class RewrittenFolder:
    """A folder that is rewritten, some steps between two readings."""

    def __init__(self, files, steps, n_between):
        self.files, self.steps, self.n_between = dict(files), list(steps), n_between

    def go_on(self, n_steps):
        for action, path, content in self.steps[:n_steps]:
            if action == "write":
                self.files[path] = content
            else:
                self.files.pop(path, None)
        del self.steps[:n_steps]

    def read_file(self, path):
        content = self.files.get(path)
        self.go_on(self.n_between)
        return content


def facts(topics):
    return (
        topics.model_id,
        topics.vocabulary.term_counts.tolist(),
        topics.model.topic_term_distr.tolist(),
        topics.profile.n_rows,
    )


KNOWN = [facts(read_stored_topics(files.get)) for files in (OLD, NEW)]
N_STEPS = len(steps_of_rewriting(NEW))


@pytest.mark.parametrize("n_done", range(N_STEPS + 1))
def test_a_run_that_broke_off_anywhere_leaves_the_old_model_the_new_one_or_a_sentence(n_done):
    folder = RewrittenFolder(OLD, steps_of_rewriting(NEW), 0)
    folder.go_on(n_done)
    if n_done <= 1 or n_done >= N_STEPS - 1:
        assert facts(read_stored_topics(folder.read_file)) == KNOWN[n_done > 1]
        return
    with pytest.raises(DataError) as refused:
        read_stored_topics(folder.read_file)
    assert BEING_WRITTEN in str(refused.value)
    with pytest.raises(DataError, match=BEING_WRITTEN):
        read_manifest(folder.read_file)


@pytest.mark.parametrize("n_done", range(1, N_STEPS - 1))
def test_the_first_run_in_an_empty_folder_differs_from_no_run(n_done):
    folder = RewrittenFolder({}, steps_of_rewriting(NEW), 0)
    with pytest.raises(DataError, match=r"\(manifest\.json is missing\)\. Run 'Discover topics' first"):
        read_stored_topics(folder.read_file)
    folder.go_on(n_done)
    with pytest.raises(DataError, match=BEING_WRITTEN):
        read_stored_topics(folder.read_file)


@pytest.mark.parametrize("new", [NEW, OF_LDA], ids=["other words", "another method"])
@pytest.mark.parametrize("n_between", range(1, 5))
@pytest.mark.parametrize("n_before", range(N_STEPS))
def test_a_reader_never_mixes_two_runs_wherever_they_meet(new, n_before, n_between):
    folder = RewrittenFolder(OLD, steps_of_rewriting(new), n_between)
    folder.go_on(n_before)
    try:
        found = facts(read_stored_topics(folder.read_file))
    except DataError as fault:
        found = None
        sentence = str(fault)
        assert BEING_WRITTEN in sentence or "Run 'Discover topics' first" in sentence
    assert found in (None, KNOWN[0], facts(read_stored_topics(new.get)))


def without_ids(files):
    manifest = {name: value for name, value in json.loads(files[MANIFEST]).items() if name != "model_id"}
    return {**files, MANIFEST: json.dumps(manifest).encode()}


@pytest.mark.parametrize("n_between", range(1, 12))
def test_models_that_have_no_name_are_not_mixed_either(n_between):
    old, new = without_ids(OLD), without_ids(NEW)
    folder = RewrittenFolder(old, steps_of_rewriting(new), n_between)
    try:
        found = facts(read_stored_topics(folder.read_file))
    except DataError:
        found = None
    assert found in (None, *KNOWN)


def test_a_folder_rewritten_between_two_readings_is_read_again():
    folder = RewrittenFolder(OLD, [("write", path, NEW[path]) for path in (VOCABULARY, ARRAYS, MANIFEST)], 3)
    assert facts(read_stored_topics(folder.read_file)) == KNOWN[1]


def test_a_folder_that_keeps_changing_is_refused():
    numbers = itertools.count()

    def read_file(path):
        if path == MANIFEST:
            return json.dumps({**json.loads(OLD[MANIFEST]), "seed": next(numbers)}).encode()
        return OLD.get(path)

    with pytest.raises(DataError, match="it changes while it is read"):
        read_model(read_file)


def test_without_the_sign_of_a_run_files_of_two_models_are_said_to_be_mixed():
    for path in (VOCABULARY, ARRAYS, MANIFEST):
        with pytest.raises(DataError, match="mixes two models"):
            read_stored_topics({**OLD, path: NEW[path]}.get if path != ARRAYS else {**NEW, MANIFEST: OLD[MANIFEST]}.get)


def test_a_folder_of_an_older_version_without_manifest_differs_from_an_empty_one():
    left = {path: content for path, content in OLD.items() if path != MANIFEST}
    with pytest.raises(DataError, match=BEING_WRITTEN):
        read_stored_topics(left.get)


@pytest.mark.parametrize("own", ["a" * 32, None])
def test_correlations_of_another_model_are_refused(own):
    content = json.dumps({"model_id": "b" * 32, "correlations": [[1]]}).encode()
    if own is None:
        assert parse_correlations(content, 1, None).tolist() == [[1]]
        return
    with pytest.raises(DataError, match=r"correlations\.json belongs to another model"):
        parse_correlations(content, 1, own)
    assert parse_correlations(b'{"correlations": [[1]]}', 1, own).tolist() == [[1]]
