import io
import json
import re
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from tests.python.conftest import ROOT
from tests.python.unit.topics.forged_folders import (
    ARRAYS,
    FORGERIES,
    MANIFEST,
    OF_LDA,
    arrays,
    expected,
    forged,
    set_field,
)
from tests.python.unit.topics.theme_models import theme_files
from text_explorer.errors import DataError
from text_explorer.topics.storage.stored_model import read_stored_topics

PYTHON_WORDS = re.compile(r"Error\b|Traceback|<class|array\(|dtype|None\b|True\b|False\b|\bb'")


def refusal(files):
    with pytest.raises(DataError) as refused:
        read_stored_topics(files.get)
    return str(refused.value)


@pytest.mark.parametrize("name", [*FORGERIES, *OF_LDA])
def test_a_forged_folder_is_refused_in_one_sentence_on_file_and_field(name):
    sentence = refusal(forged(name))
    path, field = expected(name)
    assert path in sentence
    assert field in sentence
    assert sentence.isprintable()
    assert len(sentence) < 500
    assert PYTHON_WORDS.search(sentence) is None


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs", "lda_gensim"])
def test_what_is_stored_otherwise_and_means_the_same_is_read(engine):
    files = theme_files(engine)
    counts = "topic_term_pseudocounts" if engine == "lda_gensim" else "topic_term_counts"
    in_columns = arrays(**{counts: np.asfortranarray})(files)
    assert np.load(io.BytesIO(in_columns[ARRAYS]))[counts].flags.f_contiguous
    here, there = read_stored_topics(files.get), read_stored_topics(in_columns.get)
    assert here.model_id == there.model_id
    np.testing.assert_allclose(here.model.topic_term_distr, there.model.topic_term_distr, rtol=1e-12)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("war\nERROR forged", "war ERROR forged"),
        ("war\r", "war"),
        ("\x1b[31mwar\0", "[31mwar"),
        ("\u202ewar\u2066", "war"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("\ud83d", "\ufffd"),
        ("Größe 👩\u200d👧 שלום\u200f", "Größe 👩\u200d👧 שלום\u200f"),
    ],
)
def test_labels_come_as_single_lines(typed, cleaned):
    files = set_field(MANIFEST, "topic_labels", 0, value=typed)(theme_files())
    assert read_stored_topics(files.get).labels[0] == cleaned


def test_a_bomb_is_refused_before_it_is_unpacked():
    files = forged("bomb of another shape")
    assert len(files[ARRAYS]) < 2**17  # unpacked it is 64 MB
    read_stored_topics(theme_files().get)
    tracemalloc.start()
    refusal(files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


CHILD = """
import resource, sys
sys.path[:0] = ["python-lib", "."]
from tests.python.unit.topics.forged_folders import bomb
from tests.python.unit.topics.theme_models import theme_files
from text_explorer.errors import DataError
from text_explorer.topics.storage.stored_model import read_stored_topics

good = theme_files()
read_stored_topics(good.get)
files = bomb(2**28, sys.argv[1])(good)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 2**26, used + 2**26))
try:
    read_stored_topics(files.get)
except DataError as fault:
    print(fault)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux for the memory in use")
@pytest.mark.parametrize("shape", ["(6, 11184810)", "(6, 24)", "(67108864,)"])
def test_a_process_of_little_memory_refuses_what_would_fill_it(shape):
    child = [sys.executable, "-c", CHILD, shape]
    done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("The model folder's model.npz is damaged (the array topic_term_counts"), done.stderr


def test_more_cells_than_any_model_has_are_refused_whatever_the_files_say():
    terms = [f"t{number}" for number in range(200_000)]
    files = set_field(MANIFEST, "topic_labels", value=["x"] * 10_000)(theme_files())
    manifest = {**json.loads(files[MANIFEST]), "n_topics": 10_000, "n_terms": len(terms)}
    counts = [1] * len(terms)
    vocabulary = {"terms": terms, "document_counts": counts, "term_counts": counts, "names_of_stems": {}, "phrases": []}
    files |= {MANIFEST: json.dumps(manifest).encode(), "vocabulary.json": json.dumps(vocabulary).encode()}
    assert "10,000 topics of 200,000 terms are more than this version can read" in refusal(files)
