"""Serve the Text Explorer's data: join the settings of the webapp to the routes of the library."""

import logging

from dataiku.customwebapp import get_webapp_config

from text_explorer.dss.io.language_models.embedding import embed_query
from text_explorer.dss.webapp.source import WebappSource
from text_explorer.explorer.api.blueprint import register

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

# DSS puts its own Flask application into this module.
register(app, WebappSource(get_webapp_config()), embed=embed_query)  # noqa: F821
