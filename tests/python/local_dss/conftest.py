"""A home folder with small datasets, the foreign plugin, and the findings of its probe recipes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from local_dss.command_line import main
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.projects import write_json

ROOT = Path(__file__).resolve().parents[3]
PROBE = ROOT / "tests" / "plugins" / "contract-probe"

TYPED_CSV = (
    "id,code,text,share,flag,moment,group,small\n"
    '1,00123,"a ""quoted"", text\nover 😀 lines",0.5,true,2020-12-31T00:00:00.101Z,x,1\n'
    "2,00007,plain,0.25,false,2021-01-01T02:00:00+02:00,x,2\n"
    "3,42,third,1e3,true,2021-01-02,y,3\n"
    "4,0,fourth,-1,false,2021-01-03T10:00:00Z,y,4\n"
)
TYPED_SCHEMA = {
    "columns": [
        {"name": "id", "type": "bigint", "comment": "a key", "meaning": "LongMeaning"},
        {"name": "code", "type": "string"},
        {"name": "text", "type": "string"},
        {"name": "share", "type": "double"},
        {"name": "flag", "type": "boolean"},
        {"name": "moment", "type": "date"},
        {"name": "group", "type": "string"},
        {"name": "small", "type": "smallint"},
    ]
}
GAPS_CSV = "whole,number,flag,moment,word\n1,0.5,true,2020-12-31T00:00:00.101Z,NA\n,,,,null\n3,2,false,,\n"
GAPS_SCHEMA = [
    {"name": "whole", "type": "int"},
    {"name": "number", "type": "double"},
    {"name": "flag", "type": "boolean"},
    {"name": "moment", "type": "date"},
    {"name": "word", "type": "string"},
]


def run_cli(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, from the repository root."""
    command = [sys.executable, "-m", "local_dss", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def import_dataset(home: Path, name: str, csv_text: str, schema: object = None, *options: str) -> None:
    """Import a CSV text as a dataset."""
    folder = home.parent / "files"
    folder.mkdir(exist_ok=True)
    csv_path = folder / f"{name}.csv"
    csv_path.write_bytes(csv_text.encode("utf-8"))
    arguments = ["import", "--home", str(home), name, str(csv_path), *options]
    if schema is not None:
        schema_path = folder / f"{name}.schema.json"
        schema_path.write_text(json.dumps(schema), encoding="utf-8")
        arguments += ["--schema", str(schema_path)]
    assert main(arguments) == 0


def fill_home(home: Path) -> Path:
    """Fill a home folder with the datasets and folders of the probes."""
    import_dataset(home, "typed", TYPED_CSV, TYPED_SCHEMA)
    import_dataset(home, "gaps", GAPS_CSV, GAPS_SCHEMA)
    import_dataset(home, "empty", "a,b\n")
    StoredDataset(home, "LOCAL", "unbuilt").create([{"name": "a", "type": "string"}])
    source = home.parent / "source"
    (source / "sub").mkdir(parents=True)
    (source / "a.txt").write_text("abcdef", encoding="utf-8")
    (source / "lines.txt").write_text("one\ntwo\n", encoding="utf-8")
    (source / "sub" / "b.json").write_text('{"b": [1]}', encoding="utf-8")
    for name in ("source", "elsewhere"):
        assert main(["import-folder", "--home", str(home), name, str(source)]) == 0
    write_json(home / "projects" / "LOCAL" / "variables.json", {"limit": 3, "word": "x"})
    return home


def read_findings(home: Path, name: str) -> dict[str, object]:
    """Return the results a probe recipe wrote."""
    return {row[0]: json.loads(row[1]) for row in StoredDataset(home, "LOCAL", name).rows()}


@pytest.fixture(scope="session")
def probe() -> SimpleNamespace:
    """The helpers of this module: test modules cannot import it."""
    return SimpleNamespace(
        folder=PROBE, cli=run_cli, fill_home=fill_home, import_dataset=import_dataset, read_findings=read_findings
    )


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home folder of the probes, shared by the session."""
    return fill_home(tmp_path_factory.mktemp("shared") / "home")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Home folder of one test, empty."""
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, probe: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Run a probe recipe with a config; return exit code and what was printed."""

    def run_recipe(recipe, config, *options):
        path = tmp_path / "config.json"
        path.write_text(json.dumps(config))
        arguments = ["run", recipe, "--plugin", str(probe.folder), "--home", str(home), "--config", str(path)]
        capsys.readouterr()
        code = main([*arguments, *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_recipe


@pytest.fixture(scope="session")
def dataset_findings(filled_home: Path) -> dict[str, object]:
    """What the probe of datasets noted."""
    done = run_cli(
        *("run", "probe-datasets", "--plugin", PROBE, "--home", filled_home),
        *("--input", "typed=typed", "gaps=gaps", "empty=empty", "unbuilt=unbuilt"),
        *("--output", "findings=dataset_findings", "frames=frames", "--output", "rows=rows"),
    )
    assert done.returncode == 0, done.stderr
    return {"stdout": done.stdout, **read_findings(filled_home, "dataset_findings")}


@pytest.fixture(scope="session")
def folder_findings(filled_home: Path) -> dict[str, object]:
    """What the probe of folders noted."""
    target = filled_home.parent / "target"
    target.mkdir()
    (target / "stale.txt").write_text("stale", encoding="utf-8")
    assert main(["import-folder", "--home", str(filled_home), "target", str(target)]) == 0
    done = run_cli(
        *("run", "--plugin", PROBE, "--home", filled_home, "probe-folders"),
        *("--input", "source=source", "--output", "target=target", "findings=folder_findings"),
    )
    assert done.returncode == 0, done.stderr
    return {"stdout": done.stdout, **read_findings(filled_home, "folder_findings")}
