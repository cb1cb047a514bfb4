import dataiku
from dataiku.customwebapp import get_webapp_config
from flask import jsonify, request
from instance_probe import dataset_names


@app.route("/config")  # noqa: F821
def config():
    return jsonify(get_webapp_config())


@app.route("/visitor")  # noqa: F821
def visitor():
    return jsonify(dataiku.api_client().get_auth_info_from_browser_headers(dict(request.headers)))


@app.route("/datasets")  # noqa: F821
def datasets():
    return jsonify(dataset_names())


@app.route("/last-build")  # noqa: F821
def last_build():
    project = dataiku.api_client().get_project(dataiku.default_project_key())
    return jsonify(project.get_dataset("reviews").get_info().get_raw()["lastBuild"])
