import dataiku
from flask import request


@app.route("/first_api_call")  # noqa: F821
def first_call():
    user = dataiku.api_client().get_auth_info_from_browser_headers(dict(request.headers))
    return json.dumps({"status": "ok", "user": user["authIdentifier"]})  # noqa: F821
