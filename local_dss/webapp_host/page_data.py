"""Answer what a page asks of the public API: rows and schemas of the datasets its own API key may read, and variables.

As on an instance, the key of a page reads nothing until a dataset is authorised in the webapp's security settings, and
never reads another project.
"""

from __future__ import annotations

import http
import json
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

from local_dss.environment import SITE_FOLDER
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.names import split_name
from local_dss.site.local_dss_storage.projects import read_variables
from local_dss.site.local_dss_storage.settings import load_settings
from local_dss.webapp_host.config import Project

PUBLIC_API_URL = "/dip/publicapi/projects/"
READER_FILE = SITE_FOLDER / "local_dss_page_data.py"
BODY_KINDS = {"columns": list, "filterExpression": str, "sampling": dict, "partitions": str}
DATA_FORMAT = "memory-json"


class _RefusalError(Exception):
    """What the API refuses: a status and a sentence."""

    def __init__(self, status: http.HTTPStatus, sentence: str):
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class PageAccess:
    """What a page may read: rows and schema of the authorised datasets of its project, by a process of its own."""

    project: Project
    authorised: frozenset[str]
    environment: dict[str, str] = field(repr=False)
    api_key: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def answer(self, request: Request, path: str) -> Response:
        """Answer a request to the public API with JSON; errors have the keys of those of DSS."""
        try:
            return _json_answer(self._answer(request, path), http.HTTPStatus.OK)
        except _RefusalError as refusal:
            status, message = refusal.status, str(refusal)
        except StorageError as fault:  # a file of the home folder that is broken
            status, message = http.HTTPStatus.INTERNAL_SERVER_ERROR, str(fault)
        error = {"errorType": "LocalDssRefusal", "message": message, "detailedMessage": message}
        return _json_answer(json.dumps(error), status)

    def _answer(self, request: Request, path: str) -> str:
        authorization = request.authorization
        if authorization is None or authorization.type != "basic" or authorization.username != self.api_key:
            raise _RefusalError(http.HTTPStatus.UNAUTHORIZED, "Only the page's own API key is valid here.")
        project_key, *parts = path.split("/")
        if project_key != self.project.key:
            raise _RefusalError(
                http.HTTPStatus.FORBIDDEN,
                f"The page's API key reads project {self.project.key} only. Got project {project_key}.",
            )
        if request.method == "GET" and parts == ["variables-resolved"]:
            return json.dumps(self._variables())
        if request.method == "GET" and parts == ["datasets", ""]:
            return json.dumps([{"projectKey": project_key, "name": name} for name in sorted(self.authorised)])
        if parts[:1] == ["datasets"] and len(parts) == 3:
            if request.method == "GET" and parts[2] == "schema":
                return json.dumps({"columns": self._dataset(parts[1]).read_columns(), "userModified": False})
            if request.method == "POST" and parts[2] == "data":
                return self._rows(self._dataset(parts[1]), request)
        raise _RefusalError(http.HTTPStatus.NOT_FOUND, "The local stand-in for DSS has no such call of the API.")

    def _dataset(self, name: str) -> StoredDataset:
        dataset = self.project.find_dataset(name) if "." not in name else None
        if dataset is None:
            raise _RefusalError(http.HTTPStatus.NOT_FOUND, f"Project {self.project.key} has no dataset {name!r}.")
        if name not in self.authorised:
            raise _RefusalError(
                http.HTTPStatus.FORBIDDEN,
                f"The page may not read dataset {dataset.full_name}. Authorise it in the security settings of the "
                f"webapp; here, serve with --authorize {name}.",
            )
        return dataset

    def _rows(self, dataset: StoredDataset, request: Request) -> str:
        body = request.get_json(force=True, silent=True)
        if not isinstance(body, dict) or body.get("format") != DATA_FORMAT:
            raise _RefusalError(
                http.HTTPStatus.BAD_REQUEST,
                f"The body of the request must be a JSON object with the format {DATA_FORMAT}, the only one here.",
            )
        asked = {key: body[key] for key in BODY_KINDS if body.get(key) is not None}
        wrong = [key for key, value in asked.items() if not isinstance(value, BODY_KINDS[key])]
        if wrong:
            raise _RefusalError(http.HTTPStatus.BAD_REQUEST, f"These have a wrong kind of value: {', '.join(wrong)}.")
        where = {"home": str(self.project.home), "projectKey": dataset.project_key, "dataset": dataset.name}
        finished = subprocess.run(
            [sys.executable, str(READER_FILE)],
            input=json.dumps({**asked, **where}).encode(),
            env=self.environment,
            capture_output=True,
            check=False,
        )
        if finished.returncode == 0:
            return finished.stdout.decode()
        raise _RefusalError(http.HTTPStatus.INTERNAL_SERVER_ERROR, _message_of(finished))

    def _variables(self) -> dict[str, Any]:
        own = read_variables(self.project.home, self.project.key)
        return {**load_settings(self.project.home).variables, **own["standard"], **own["local"]}


def authorised_names(project: Project, names: list[str]) -> frozenset[str]:
    """Return the bare names of the datasets that a page may read."""
    for name in names:
        if project.find_dataset(name) is None or split_name(name, project.key, "dataset")[0] != project.key:
            raise LocalDssError(f"--authorize names the dataset {name!r}, which project {project.key} does not have.")
    return frozenset(split_name(name, project.key, "dataset")[1] for name in names)


def _message_of(finished: subprocess.CompletedProcess[bytes]) -> str:
    """Return why the rows could not be read; a traceback goes to the log."""
    try:
        return json.loads(finished.stdout)["message"]
    except ValueError:
        sys.stderr.write(finished.stderr.decode(errors="replace"))
        return "The rows could not be read: see the log of the host."


def _json_answer(content: str, status: http.HTTPStatus) -> Response:
    return Response(content, status=status, mimetype="application/json", headers={"Cache-Control": "no-store"})
