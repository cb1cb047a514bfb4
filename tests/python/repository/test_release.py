"""What ``make release`` writes."""

import json
import runpy
import shutil

import pytest

from tests.python.conftest import ROOT

main = runpy.run_path(str(ROOT / "packaging" / "release.py"))["main"]
LIBRARY = "python-lib/text_explorer/__init__.py"


@pytest.fixture
def checkout(tmp_path):
    for name in ("plugin.json", "CHANGELOG.md", LIBRARY):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_version_is_written_wherever_it_stands(checkout):
    with (checkout / "CHANGELOG.md").open("a", encoding="utf-8") as changelog:
        changelog.write("\n## 9.8.7 - better - 2030-01-01\n")
    before = json.loads((checkout / "plugin.json").read_text("utf-8"))
    main("9.8.7", checkout)
    assert json.loads((checkout / "plugin.json").read_text("utf-8")) == {**before, "version": "9.8.7"}
    assert '__version__ = "9.8.7"' in (checkout / LIBRARY).read_text("utf-8")


@pytest.mark.parametrize(
    ("version", "sentence"), [("9.8.7", "has no heading"), ("2.0", "three numbers"), ("", "three")]
)
def test_a_version_that_cannot_be_released_changes_nothing(checkout, version, sentence):
    before = (checkout / "plugin.json").read_bytes()
    with pytest.raises(SystemExit, match=sentence):
        main(version, checkout)
    assert (checkout / "plugin.json").read_bytes() == before
