"""Compile inner loops by numba, once for all runs where the machine allows it."""

from __future__ import annotations

from typing import Any, Callable

import numba


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function on arrays and scalars when it is first called, and keep the result on disk.

    numba keeps it beside the module, else in the user's cache folder, and compiles anew when the module's file changes;
    so what a kernel depends on must stand in its own file. Where neither place can be written, which numba calls an
    error, each process compiles for itself.
    """
    try:
        return numba.njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True, error_model="numpy")(function)
