"""Modules of the probe."""

import dataiku


def dataset_names():
    """List the datasets of the current project by the public API."""
    return [item["name"] for item in dataiku.api_client().get_default_project().list_datasets()]
