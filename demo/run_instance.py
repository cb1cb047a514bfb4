"""Install the zip on a stand-in instance and set up the sample dataset, by the commands that a real instance takes.

The instance is kept until Ctrl-C, and the next run finds what this one has made.
"""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The code environment is built as on an instance, and the webapp is created without clicks.
SETTINGS = {"env": "build", "plugin_webapps_by_api": "accept"}


def main() -> int:
    """Run the demo and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="folder of the instance")
    parser.add_argument("dist", type=Path, help="folder with the zip of the plugin")
    parser.add_argument("--port", default="8765")
    parser.add_argument("--project", default="REVIEWS")
    arguments = parser.parse_args()
    newest = max(arguments.dist.glob("dss-plugin-text-explorer-*.zip"), key=lambda path: path.stat().st_mtime)
    key, key_file = secrets.token_urlsafe(24), arguments.home / "key"
    arguments.home.mkdir(parents=True, exist_ok=True)
    (arguments.home / "instance.json").write_text(json.dumps(SETTINGS))
    key_file.touch(mode=0o600)
    key_file.write_text(key)
    served = [sys.executable, "-m", "local_dss", "instance", "--home", str(arguments.home), "--port", arguments.port]
    instance = subprocess.Popen([*served, "--key", key], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert instance.stdout is not None
        if not instance.stdout.readline():
            return instance.wait()
        url = f"http://127.0.0.1:{arguments.port}"
        for command in (["install", newest], ["try", "--project", arguments.project, "--sample"]):
            code = run(url, key_file, command)
            if code:
                return code
        print("Ctrl-C stops the instance.", flush=True)
        return instance.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        instance.terminate()
        instance.wait()


def run(url: str, key_file: Path, command: list[object]) -> int:
    """Run the tool, after its command line was shown."""
    words = [*map(str, command), "--url", url, "--key-file", str(key_file)]
    print(f"\n$ python -m instance {' '.join(words)}", flush=True)
    return subprocess.run([sys.executable, "-m", "instance", *words], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
