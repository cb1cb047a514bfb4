"""The fields of the forms on what is written, for the recipes that give documents their topics."""

from __future__ import annotations

from text_explorer.dss.forms.params import FlagParam

SHARE_COLUMNS = FlagParam("share_columns", "One column for each topic's share", False)
