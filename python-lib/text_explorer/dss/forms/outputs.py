"""The fields of the forms on what is written, for the recipes that give documents their topics."""

from __future__ import annotations

from text_explorer.dss.forms.params import FlagParam

SHARE_COLUMNS = FlagParam("share_columns", "Add a share column for each topic", False)
