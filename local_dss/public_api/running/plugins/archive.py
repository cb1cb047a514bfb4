"""The zip of a plugin: unpacked without leaving its folder, and made of an installed plugin."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path, PurePosixPath

from local_dss.errors import LocalDssError

_DESCRIPTOR = "plugin.json"


def unpack(content: bytes, folder: Path) -> None:
    """Unpack a zip that has ``plugin.json`` at its root, or in its one folder, into a folder that does not exist.

    `LocalDssError` for what is not such a zip, for one that would write outside the folder, and for links.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive)
            root = _root(archive)
            for entry in archive.infolist():
                path = PurePosixPath(entry.filename)
                if not entry.is_dir() and root in path.parents:
                    target = folder.joinpath(*path.relative_to(root).parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise LocalDssError(f"The file is not a zip that can be read: {error}. Upload the zip of a plugin.") from None
    except OSError as error:
        raise LocalDssError(f"The zip holds names that cannot be files beside each other: {error.strerror}.") from None


def pack(folder: Path) -> bytes:
    """Return the zip of a plugin folder, without what Python compiled."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(folder).as_posix())
    return content.getvalue()


def _check_entries(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        name = entry.filename
        if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
            raise LocalDssError(f"The zip holds {name!r}, which is no path inside a folder. Nothing was unpacked.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise LocalDssError(f"The zip holds the link {name!r}. Only files and folders are allowed.")


def _root(archive: zipfile.ZipFile) -> PurePosixPath:
    found = [PurePosixPath(name).parent for name in archive.namelist() if PurePosixPath(name).name == _DESCRIPTOR]
    shallow = sorted((path for path in found if len(path.parts) <= 1), key=lambda path: len(path.parts))
    if not shallow:
        raise LocalDssError(f"The zip has no {_DESCRIPTOR} at its root. Upload the zip of a plugin.")
    if len(shallow) > 1 and shallow[0].parts:
        raise LocalDssError(f"The zip holds several plugins: {', '.join(map(str, shallow))}. Upload one at a time.")
    return shallow[0]
