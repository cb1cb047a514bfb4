from flask import Flask

app = Flask(__name__)


@app.route("/where")
def where():
    return "an object DSS does not know"
