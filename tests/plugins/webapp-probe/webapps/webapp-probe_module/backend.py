from flask import jsonify, request
from webapp_probe.greeting import greeting


@app.route("/greet/<name>")  # noqa: F821
def greet(name):
    return jsonify(text=greeting(name), also=request.args.get("also"), language=request.headers["X-Probe"])


@app.route("/keep", methods=["POST"])  # noqa: F821
def keep():
    return jsonify(kept=request.get_json()["words"])


@app.route("/sample")  # noqa: F821
def sample():
    return json.dumps({"status": "ok"})  # noqa: F821, as in the code samples of DSS
