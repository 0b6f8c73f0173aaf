"""Speaks to a server without a browser: as a stranger, or a visitor with bad intentions, can."""

import http.client
import json
import re
import uuid
from dataclasses import dataclass

import websocket
from servers import PATIENCE, Server


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    text: str


def get(server: Server, path: str, *, key: str = "", cookies: str = "", **headers: str) -> Answer:
    """Ask for an address, following no redirection. ``key`` is carried as the cookie that a visitor's browser has."""
    carried = "; ".join(filter(None, [f"psp_key={key}" if key else "", cookies]))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={**({"Cookie": carried} if carried else {}), **named})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
    finally:
        connection.close()


def kernel_of(page: Answer) -> str:
    """The kernel that a page talks to."""
    found = re.search(r'"kernelId": *"([0-9a-f-]+)"', page.text)
    assert found, page.text[:500]
    return found[1]


class Wire:
    """A page's connection to its kernel, in hands that send whatever they like."""

    def __init__(self, server: Server, kernel: str, *, cookies: str = "", origin: str = "") -> None:
        self.session = uuid.uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?session_id={self.session}",
            cookie=cookies or None,
            origin=origin or server.address,
            timeout=PATIENCE,
        )

    def send(self, kind: str, content: dict[str, object]) -> str:
        """Send a message to the kernel; returns its number."""
        id = uuid.uuid4().hex
        header = {"msg_id": id, "msg_type": kind, "session": self.session, "username": "", "version": "5.3"}
        whole = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self.socket.send(json.dumps({**whole, "buffers": []}))
        return id

    def until_answered(self, id: str) -> list[dict[str, object]]:
        """Everything that comes until the answer to a message is there; the answer is the last."""
        heard = []
        while True:
            frame = self.socket.recv()
            if isinstance(frame, bytes):
                continue  # a message with buffers; none of ours has any
            heard.append(json.loads(frame))
            if heard[-1]["parent_header"].get("msg_id") == id and heard[-1]["channel"] == "shell":
                return heard

    def ask(self, kind: str, content: dict[str, object]) -> dict[str, object]:
        """Send a message and wait for its answer."""
        return self.until_answered(self.send(kind, content))[-1]["content"]

    def to_every_part(self, question: dict[str, object]) -> None:
        """Send a question to every widget of the page, whether it has a button for it or not; wait until all is done."""
        comms = self.ask("comm_info_request", {"target_name": "jupyter.widget"})["comms"]
        assert comms
        for comm in comms:
            self.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": question}})
            self.send("comm_msg", {"comm_id": comm, "data": {"method": "update", "state": {"readonly": False}}})
        self.ask("kernel_info_request", {})

    def close(self) -> None:
        """Let go."""
        self.socket.close()
