"""Import one module of the library from another source; Python runs this at its start, child processes included."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Optional


class _Loader(SourceFileLoader):
    """Run the other source as if it stood in the module's own file."""

    def get_code(self, fullname: str) -> CodeType:
        return compile(Path(os.environ["MUTANT_SOURCE"]).read_text("utf-8"), self.path, "exec")


class _Finder(MetaPathFinder):
    """Find the one module, and leave all others to Python."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        if fullname != os.environ["MUTANT_NAME"]:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(fullname, spec.origin)
        return spec


if "MUTANT_NAME" in os.environ:
    sys.meta_path.insert(0, _Finder())
