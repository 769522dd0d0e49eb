"""A server that speaks as much of Clerk's backend API as its documentation says of users, on loopback.

It keeps users, refuses what Clerk refuses (an unknown key, an identifier that is taken, a parameter that the instance
has switched off), and can be told to misbehave before it answers properly. Every request is remembered.
"""

import json
import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "sk_test_swordfish0123456789"
INSTANCE = "ins_test"
_CREATE = {"external_id", "email_address", "phone_number", "first_name", "last_name", "skip_password_requirement"}
_CHANGE = {"external_id", "first_name", "last_name"}


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one request, before (or, if `after`, although) it is carried out."""

    method: str = ""
    path: str = ""
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: str = "{}"
    reset: bool = False
    drip: bool = False
    after: bool = False

    def hits(self, method: str, path: str) -> bool:
        return self.method in ("", method) and path.startswith(self.path)


class Refused(Exception):
    def __init__(self, status: int, code: str, parameter: str = "") -> None:
        super().__init__(code)
        self.status = status
        meta = {"param_name": parameter} if parameter else {}
        self.body = {"errors": [{"code": code, "message": code, "long_message": f"{code} {parameter}", "meta": meta}]}


@dataclass
class ClerkServer:
    """The instance: its users by id, the requests it got as (method, path, query, body), and trouble still to come."""

    environment_type: str = "development"
    frontend: str = "https://calm-fox-7.clerk.accounts.dev"
    takes_names: bool = True
    longest_name: int = 255
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, list[str]], Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    trouble: list[Trouble] = field(default_factory=list)
    at: str = ""
    closing: Event = field(default_factory=Event)

    def asked(self, method: str) -> list[str]:
        """The paths of the requests with that method."""
        return [path for known, path, *_ in self.requests if known == method]

    def next_trouble(self, method: str, path: str) -> Trouble | None:
        """The first trouble that this request is in for, once."""
        found = next((one for one in self.trouble if one.hits(method, path)), None)
        if found:
            self.trouble.remove(found)
        return found

    def user(self, **given: Any) -> dict[str, Any]:
        """A user that is there already."""
        number = len(self.users) + 1
        emails = given.pop("email_address", [])
        user: dict[str, Any] = {"object": "user", "id": f"user_{number:027}"}
        user |= dict.fromkeys(("external_id", "first_name", "last_name"))
        user |= {"email_addresses": [{"id": f"idn_{number}", "email_address": email.lower()} for email in emails]}
        self.users[user["id"]] = user | given
        return self.users[user["id"]]

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Any:
        """What the API answers; Refused for what it does not take."""
        if (method, path) == ("GET", "/v1/instance"):
            return {"object": "instance", "id": INSTANCE, "environment_type": self.environment_type}
        if (method, path) == ("GET", "/v1/domains"):
            return {"data": [{"object": "domain", "frontend_api_url": self.frontend}], "total_count": 1}
        if (method, path) == ("GET", "/v1/users"):
            return self._listed(query)
        if (method, path) == ("POST", "/v1/users"):
            return self._created(body)
        if (method, path) == ("POST", "/v1/email_addresses"):
            self._free_address(body["email_address"])
            address = {"id": "idn_more", "email_address": body["email_address"].lower()}
            self._known(body["user_id"])["email_addresses"].append(address)
            return address
        if found := re.fullmatch(r"/v1/users/(\w+)", path):
            return self._one(method, found[1], body)
        raise Refused(404, "resource_not_found")

    def _one(self, method: str, name: str, body: Any) -> Any:
        user = self._known(name)
        if method == "DELETE":
            del self.users[name]
            return {"object": "user", "id": name, "deleted": True}
        if method != "PATCH":
            raise Refused(405, "method_not_allowed")
        self._check(body, _CHANGE)
        user.update(body)
        return user

    def _known(self, name: str) -> dict[str, Any]:
        if name not in self.users:
            raise Refused(404, "resource_not_found")
        return self.users[name]

    def _created(self, body: dict[str, Any]) -> dict[str, Any]:
        self._check(body, _CREATE)
        for email in body["email_address"]:
            self._free_address(email)
        if any(user["external_id"] == body["external_id"] for user in self.users.values()):
            raise Refused(422, "form_identifier_exists", "external_id")
        return self.user(
            **{name: body.get(name) for name in ("external_id", "first_name", "last_name", "email_address")}
        )

    def _free_address(self, email: str) -> None:
        taken = {item["email_address"] for user in self.users.values() for item in user["email_addresses"]}
        if email.lower() in taken:
            raise Refused(422, "form_identifier_exists", "email_address")

    def _check(self, body: dict[str, Any], known: set[str]) -> None:
        for name, value in body.items():
            if name not in known or (name.endswith("_name") and not self.takes_names):
                raise Refused(422, "form_param_unknown", name)
            if name.endswith("_name") and len(value) > self.longest_name:
                raise Refused(422, "form_param_max_length_exceeded", name)

    def _listed(self, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        found = list(self.users.values())
        if len(query.get("external_id", ())) > 100:
            raise Refused(422, "form_param_value_too_large", "external_id")
        if wanted := query.get("external_id"):
            found = [user for user in found if user["external_id"] in wanted]
        if wanted := query.get("email_address"):
            found = [user for user in found if {a["email_address"] for a in user["email_addresses"]} & set(wanted)]
        if part := query.get("email_address_query"):
            found = [user for user in found if any(part[0] in a["email_address"] for a in user["email_addresses"])]
        start, limit = int(query.get("offset", ["0"])[0]), int(query.get("limit", ["10"])[0])
        return found[start : start + limit]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        instance, url = self.server.instance, urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        query, body = parse_qs(url.query), json.loads(text) if text else None
        instance.requests.append((self.command, url.path, query, body))
        trouble = instance.next_trouble(self.command, url.path)
        if trouble and not trouble.after:
            self.misbehave(trouble)
            return
        status, told = self.answered(url.path, query, body)
        if trouble:
            self.misbehave(trouble)
        else:
            self.say(status, json.dumps(told))

    do_POST = do_GET  # noqa: N815  # the library's names
    do_PATCH = do_GET  # noqa: N815  # the library's names
    do_DELETE = do_GET  # noqa: N815  # the library's names

    def answered(self, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        key = self.headers.get("Authorization", "")
        self.server.instance.keys.add(key)
        try:
            if key != f"Bearer {KEY}":
                raise Refused(401, "clerk_key_invalid")
            return 200, self.server.instance.answer(self.command, path, query, body)
        except Refused as no:
            return no.status, no.body

    def say(self, status: int, text: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def misbehave(self, trouble: Trouble) -> None:
        self.close_connection = True
        if trouble.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif trouble.drip:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.server.instance.closing.wait(0.05):
                self.wfile.write(b".")
                self.wfile.flush()
        else:
            self.say(trouble.status, trouble.body, trouble.headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, instance: ClerkServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.instance = instance

    def handle_error(self, *_: object) -> None:
        pass  # a client that went away is what some tests are about


@contextmanager
def clerk_server() -> Iterator[ClerkServer]:
    """A fresh instance that listens while inside."""
    instance = ClerkServer()
    server = _Server(instance)
    instance.at = f"http://127.0.0.1:{server.server_port}/v1"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield instance
    finally:
        instance.closing.set()
        server.shutdown()
        server.server_close()
