"""What this process knows of the instance: its home folder, project, switches and variables."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Optional

from local_dss_storage.projects import read_variables
from local_dss_storage.settings import InstanceSettings, load_settings

from .errors import DssError


def home_folder() -> Path:
    """Return the home folder of the stand-in."""
    home = os.environ.get("LOCAL_DSS_HOME")
    if not home:
        raise DssError("No instance to talk to: LOCAL_DSS_HOME is not set. Start this code with python -m local_dss.")
    return Path(home)


def settings() -> InstanceSettings:
    """Return the settings of the instance."""
    return load_settings(home_folder())


def default_project_key() -> str:
    """Return the key of the project this code runs in."""
    key = os.environ.get("DKU_CURRENT_PROJECT_KEY")
    if not key:
        raise DssError("Default project key is not specified: use complete names (PROJECT_KEY.name).")
    return key


def empty_reads_give_frame() -> bool:
    """Return whether reading a dataset of 0 rows returns an empty frame and does not raise."""
    return os.environ.get("LOCAL_DSS_EMPTY_READS", "frame") == "frame"


def folders_are_local() -> bool:
    """Return whether managed folders have a path on this machine."""
    return os.environ.get("LOCAL_DSS_LOCAL_FOLDERS", "0") == "1"


def get_flow_variables() -> dict[str, str]:
    """Return the flow variables of the running job."""
    content = os.environ.get("DKUFLOW_VARIABLES")
    if content is None:
        raise DssError("Flow variables are only available inside a recipe.")
    return json.loads(content)


def get_custom_variables(project_key: Optional[str] = None, typed: bool = False) -> dict[str, Any]:
    """Return the variables of the instance and of a project, the latter winning; as text unless `typed`."""
    own = read_variables(home_folder(), project_key or default_project_key())
    variables = {**settings().variables, **own["standard"], **own["local"]}
    if typed:
        return variables
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in variables.items()}
