"""Which instance, with which key, and a client whose errors are sentences."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union
from urllib.parse import urlsplit

import requests
import urllib3
from dataikuapi import DSSClient
from requests.adapters import HTTPAdapter

from instance.report import FailedError, RefusedError

CONFIG_FILE = Path.home() / ".dataiku" / "config.json"
URL_VARIABLE, KEY_VARIABLE = "DKU_DSS_URL", "DKU_API_KEY"
_API_PATHS = ("/public/api", "/dip/publicapi")
_KEY_HELP = "Personal API keys are made in DSS: your picture (top right) > Profile and settings > API keys."
UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 401, 403, 404


class InstanceError(Exception):
    """An answer with an error, in the words of the instance.

    Attributes
    ----------
    status
        HTTP status, which exceptions of the client do not carry.
    """

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Target:
    """An instance and how to reach it; `verify` is whether certificates are checked, or the file of an authority."""

    url: str
    key: str = field(repr=False)
    verify: Union[bool, str] = True
    timeout: float = 60.0


@dataclass(frozen=True)
class Given:
    """What the options say about the connection."""

    url: Optional[str] = None
    key_file: Optional[Path] = None
    ca: Optional[Path] = None
    no_check_certificate: bool = False
    timeout: float = 60.0
    instance: Optional[str] = None


def find_target(given: Given, environment: Mapping[str, str] = os.environ, config_file: Path = CONFIG_FILE) -> Target:
    """Return URL and key: of the options, else of the environment, else of the file that Dataiku's tools share.

    A key of the file is sent to the URL it belongs to, and to no other.

    Raises
    ------
    RefusedError
        If one of them is missing or cannot be one.
    """
    if given.ca is not None and given.no_check_certificate:
        raise RefusedError("--ca and --no-check-certificate exclude each other: name the authority, or check nothing.")
    if given.ca is not None and not given.ca.is_file():
        raise RefusedError(f"--ca: there is no file {given.ca}.")
    variables = {} if given.instance else environment
    url = _clean_url(given.url or variables.get(URL_VARIABLE) or "")
    key = _read_key(given.key_file) if given.key_file else variables.get(KEY_VARIABLE, "")
    is_checked = not given.no_check_certificate
    if given.instance or not (url and key):
        entry = _config_entry(config_file, given.instance, url)
        known = _clean_url(str(entry.get("url") or ""))
        if known and url in {"", known}:
            url, key = known, key or str(entry.get("api_key") or "")
            is_checked = is_checked and not entry.get("no_check_certificate")
    _check_target(url, key)
    return Target(url, key, str(given.ca) if given.ca else is_checked, given.timeout)


def connect(target: Target) -> Any:
    """Return a client of the instance, which answers it, and accepts the key.

    Raises
    ------
    RefusedError
        In one sentence: what was asked, and what to check.
    """
    client = DSSClient(target.url, target.key)
    session = client._session  # the client has no option for an authority or a time-out
    session.verify = target.verify
    session.hooks["response"].append(_raise_for_status)
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(target))
    if target.verify is False:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    try:
        with spoken(target):
            answer = client.get_auth_info()
    except InstanceError as error:
        raise RefusedError(_first_answer(target, error)) from None
    except FailedError as error:
        raise RefusedError(str(error)) from None
    if not isinstance(answer, dict):
        raise RefusedError(_no_instance(target))
    return client


@contextmanager
def spoken(target: Target) -> Iterator[None]:
    """Turn faults of the network into one sentence each, as `FailedError`."""
    try:
        yield
    except requests.exceptions.RequestException as error:
        raise FailedError(_sentence(target, error)) from None


class _Adapter(HTTPAdapter):
    """Gives every request a time-out, and the check of certificates that was asked for.

    Clients before 14 let the variable ``REQUESTS_CA_BUNDLE`` come before both options.
    """

    def __init__(self, target: Target):
        self._target = target
        super().__init__()

    def send(self, request: Any, *args: Any, **options: Any) -> Any:
        options["timeout"] = options.get("timeout") or self._target.timeout
        if self._target.verify is not True:
            options["verify"] = self._target.verify
        return super().send(request, *args, **options)


def _raise_for_status(answer: requests.Response, *_: Any, **__: Any) -> None:
    if answer.status_code < 400:
        return
    try:
        body = answer.json()
    except ValueError:
        body = {}
    body = body if isinstance(body, dict) else {}
    message = body.get("detailedMessage") or body.get("message") or answer.reason or "no message"
    raise InstanceError(answer.status_code, f"{message} (HTTP {answer.status_code})")


def _clean_url(url: str) -> str:
    url = url.strip().rstrip("/")
    for path in _API_PATHS:
        url = url[: -len(path)] if url.endswith(path) else url
    return url.rstrip("/")


def _read_key(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise RefusedError(f"--key-file: {path} cannot be read: {reason}.") from None


def _config_entry(path: Path, name: Optional[str], url: str) -> dict[str, Any]:
    """Return the entry of a name, of a URL, or the default one; empty where there is none."""
    content: Any = {}
    if path.is_file():
        try:
            content = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            raise RefusedError(f"{path} is not valid JSON: correct it, or use --url and --key-file.") from None
    content = content if isinstance(content, dict) else {}
    entries = {key: entry for key, entry in (content.get("dss_instances") or {}).items() if isinstance(entry, dict)}
    if name:
        if name not in entries:
            raise RefusedError(f"--instance: {path} has no instance {name!r}. It has: {', '.join(entries) or 'none'}.")
        return entries[name]
    if url:
        return next((entry for entry in entries.values() if _clean_url(str(entry.get("url"))) == url), {})
    return entries.get(str(content.get("default_instance")), {})


def _check_target(url: str, key: str) -> None:
    if not url:
        raise RefusedError(f"No URL of an instance: give --url, or set {URL_VARIABLE}, or fill in {CONFIG_FILE}.")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RefusedError(f"The URL must begin with http:// or https:// and a host. Got {url!r}.")
    if parts.username or parts.password:
        raise RefusedError("The URL must not hold a user or a password: the key is read from --key-file.")
    if not key:
        raise RefusedError(f"No key for {url}: give --key-file FILE, or set {KEY_VARIABLE}. {_KEY_HELP}")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise RefusedError(f"The key for {url} is no API key: it holds spaces, line breaks or letters with accents.")


def _first_answer(target: Target, error: InstanceError) -> str:
    if error.status == UNAUTHORIZED:
        return f"The key was not accepted by {target.url}. {_KEY_HELP}"
    if error.status == FORBIDDEN:
        return f"{target.url} forbids the public API to this key: {error}."
    return f"{_no_instance(target)} It said: {error}."


def _no_instance(target: Target) -> str:
    return (
        f"{target.url} answers, but not as a DSS instance does (asked: its public API). Give the address at which DSS "
        "opens in the browser, up to the port, such as https://dss.example.com:11200; a sign-in page or proxy in "
        "front of it must let the API through."
    )


def _sentence(target: Target, error: requests.exceptions.RequestException) -> str:
    kinds = requests.exceptions
    if isinstance(error, kinds.SSLError):
        return (
            f"The certificate of {target.url} is not trusted: {_reason(error)}. If an authority of your own signed it, "
            "give its file by --ca FILE; --no-check-certificate connects without a check. Is it https at all?"
        )
    if isinstance(error, kinds.Timeout):
        return (
            f"{target.url} has not answered within {target.timeout:g} seconds. Check host and port, VPN and proxy, or "
            "give it more time by --timeout SECONDS."
        )
    if isinstance(error, kinds.JSONDecodeError):
        return _no_instance(target)
    if isinstance(error, kinds.ConnectionError):
        return (
            f"{target.url} cannot be reached: {_reason(error)}. Check host and port, http or https, VPN, and the "
            "proxy (HTTPS_PROXY, NO_PROXY)."
        )
    return f"{target.url} cannot be asked: {type(error).__name__}. Check the URL."


def _reason(error: BaseException) -> str:
    """Return the innermost cause of a fault, in its own words."""
    causes: list[Any] = [error]
    while causes[-1] is not None:
        last = causes[-1]
        inner = [getattr(last, "reason", None), *last.args, last.__cause__]
        causes.append(next((cause for cause in inner if isinstance(cause, BaseException)), None))
    cause = causes[-2]
    return str(getattr(cause, "verify_message", "") or getattr(cause, "strerror", "") or cause).strip()
