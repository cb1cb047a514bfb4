"""Fetch the libraries the webapp's page carries, as their authors built them, each with its licence.

``python packaging/vendor_libraries.py`` writes ``resource/explorer/vendor/`` again by ``npm pack``, from the registry
that npm is set up for. A package whose bytes are not those named here is refused. To take a newer version, change it
and its ``integrity`` (``npm view NAME@VERSION dist.integrity``), and run this again.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

VENDOR = Path(__file__).resolve().parent.parent / "resource" / "explorer" / "vendor"


class Library(NamedTuple):
    """A package of npm: its name, version and the digest npm tells of it."""

    name: str
    version: str
    integrity: str


# Scales and ticks need array, color, format, interpolate, time and time-format; lines and areas need path.
LIBRARIES = (
    Library(
        "d3-array",
        "3.2.5",
        "sha512-Th8qGXoBalmWsstpkuhmBuTsBQIFqYOJtjlBvNVvBfJ8E3uYusBUwUR8HU20U0qKKQkgCvKyR1YjiozWadk5QA==",
    ),
    Library(
        "d3-color",
        "3.1.1",
        "sha512-lfab8x0Bj0UO7SNsY8dZSbNIA6ipbkE3X0NG9nqjCu6CfCHZseuDnOSJY7hidKrjpP++i1M2qT+FlAdPKYRilA==",
    ),
    Library(
        "d3-format",
        "3.1.3",
        "sha512-+F+/49swqmGuQJmSKnVMIDH/QkEFV5li9QRj0xm/KhyAUBv099O5PrvpQFxBp24PYph17Mnvt9mjKQV0ii0nMA==",
    ),
    Library(
        "d3-interpolate",
        "3.0.2",
        "sha512-IRzGU62DtxhvsnSTWMQIdnoZ6gA+BCWwBon1EJI6SjoN595799b6z/QRBzXfFhE8iupUPp3042yBNo0STPqnzQ==",
    ),
    Library(
        "d3-path",
        "3.1.1",
        "sha512-jsbgV8zIT38ReB9O7X7gcLndTQRONSqNNd+oGIaTBdUug4r5jFmp0N6RY9R5GWbdUDucn0qoTGyfjapT4tDhcg==",
    ),
    Library(
        "d3-scale",
        "4.0.3",
        "sha512-66cWobCNzcMvlfoaDHCxuIv9TBUWG1BLOWdv9kHHFuCr1JdqAWPvTmsaEYDD5NRMyWZ5+7u0GqiCDfMXMqh3hg==",
    ),
    Library(
        "d3-shape",
        "3.2.1",
        "sha512-dm2o+lbKdzg9tY7GEag/dB9hcbodLfwkE/DkvqbELJXaMz0yKzWWhZqhbI7CKubukA7HnRyz0avdtvi7EPxPvw==",
    ),
    Library(
        "d3-time",
        "3.1.1",
        "sha512-Ze7rjrhMzdeulh0/hjcfFj7XLAHOfowtEMfsoG6DU866HPynQNW7Wfen6hzXcqKTv8XzxvF6Hzr5XD6bMHr2ug==",
    ),
    Library(
        "d3-time-format",
        "4.1.1",
        "sha512-22XaqjyCjpqgda20erhsOjGmC3vvYwTNYniKAd45W5UWLDF43moeOuV9qYpRqobIlsnK0UhnKZjUUJm3VgORUA==",
    ),
)


def main() -> None:
    """Fetch all libraries."""
    VENDOR.mkdir(exist_ok=True)
    for library in LIBRARIES:
        with tempfile.TemporaryDirectory() as folder:
            unpack(fetch(library, Path(folder)), library)
            print(f"{library.name} {library.version}")  # noqa: T201 - what the command has done


def fetch(library: Library, folder: Path) -> Path:
    """Fetch a package and check that it is the one meant."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{library.name}@{library.version}"]
    subprocess.run(command, check=True, capture_output=True)
    package = next(folder.glob("*.tgz"))
    algorithm, _, expected = library.integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, package.read_bytes()).digest()).decode("ascii")
    if found != expected:
        raise SystemExit(f"{library.name} {library.version} is not the package meant: its digest is {found}.")
    return package


def unpack(package: Path, library: Library) -> None:
    """Take the built file and the licence out of a package."""
    wanted = {
        f"package/dist/{library.name}.min.js": f"{library.name}.min.js",
        "package/LICENSE": f"{library.name}.LICENSE",
    }
    with tarfile.open(package) as archive:
        for inside, outside in wanted.items():
            content = archive.extractfile(inside)
            if content is None:
                raise SystemExit(f"{library.name} {library.version} holds no file {inside}.")
            (VENDOR / outside).write_bytes(content.read())


if __name__ == "__main__":
    main()
