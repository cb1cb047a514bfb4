"""The language models of a running instance."""

from __future__ import annotations

from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_llms.models import Llms


class FakeLlms(Llms):
    """The models of the settings, read at each request."""

    def __init__(self, instance: Instance):
        super().__init__(lambda: instance.settings().llms)

    def stop(self) -> None:
        """Do nothing: nothing runs between requests."""
