"""Start of ``python -m local_dss``."""

from __future__ import annotations

import sys

from local_dss.command_line import main

sys.exit(main())
