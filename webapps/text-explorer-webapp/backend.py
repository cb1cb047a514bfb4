"""Serve the Text Explorer's data: join the settings of the webapp to the routes of the library."""

import logging

from dataiku.customwebapp import get_webapp_config

from text_explorer.dss.webapp.source import WebappSource
from text_explorer.explorer.api.blueprint import register

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

register(app, WebappSource(get_webapp_config()))  # noqa: F821 - DSS puts its own Flask application into this module
