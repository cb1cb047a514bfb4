import json
import os
import sys
import threading

from flask import abort, jsonify, make_response, request
from webapp_probe.greeting import greeting

MEETING = threading.Barrier(2, timeout=10)
sys.stdout.write("the backend is being imported\n")


@app.route("/where")  # noqa: F821
def where():
    return jsonify(
        process=os.getpid(),
        module=__name__,
        folder=os.getcwd(),
        import_path=sys.path,
        config=json.loads(os.environ["DKU_CUSTOM_WEBAPP_CONFIG"]),
        variables={name: value for name, value in os.environ.items() if name.startswith("DKU")},
    )


@app.route("/greet/<path:name>")  # noqa: F821
def greet(name):
    return jsonify(text=greeting(name), names=request.args.getlist("also"))


@app.route("/echo", methods=["POST", "PUT", "PATCH", "DELETE", "REPORT"])  # noqa: F821
def echo():
    body = request.get_data()
    return jsonify(method=request.method, size=len(body), start=body[:20].decode(), headers=dict(request.headers))


@app.route("/visitor")  # noqa: F821
def visitor():
    import dataiku

    return jsonify(dataiku.api_client().get_auth_info_from_browser_headers(dict(request.headers)))


@app.route("/cookies")  # noqa: F821
def cookies():
    response = make_response("two cookies")
    response.set_cookie("first", "1")
    response.set_cookie("second", "2")
    response.headers["Keep-Alive"] = "timeout=7"
    return response


@app.route("/large")  # noqa: F821
def large():
    return b"0123456789" * (int(request.args["size"]) // 10)


@app.route("/meet")  # noqa: F821
def meet():
    MEETING.wait()
    return "met"


@app.route("/refuse")  # noqa: F821
def refuse():
    abort(418)


@app.route("/fail")  # noqa: F821
def fail():
    raise RuntimeError("the probe fails on purpose")


@app.route("/die", methods=["POST"])  # noqa: F821
def die():
    os._exit(3)
