"""A local server that speaks as the online services do: their formats, and their ways to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NOMINATIM = [
    {
        "place_id": 1,
        "osm_id": 1543125,
        "lat": "35.6768601",
        "lon": "139.7638947",
        "display_name": "Tokyo, Japan",
        "addresstype": "state",
    }
]
PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [139.76, 35.68]},
            "properties": {"osm_id": 7, "name": "Tokyo", "country": "Japan", "countrycode": "JP", "type": "city"},
        }
    ],
}
PELIAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [139.76, 35.68]},
            "properties": {"id": "85", "label": "Tokyo, Japan", "name": "Tokyo", "layer": "locality"},
        }
    ],
}
GEONAMES = {
    "totalResultsCount": 1,
    "geonames": [
        {"geonameId": 1850147, "name": "Tokyo", "lat": "35.6895", "lng": "139.69171", "countryCode": "JP",
         "countryName": "Japan", "adminName1": "Tokyo"}
    ],
}  # fmt: skip
OPENCAGE = {
    "status": {"code": 200, "message": "OK"},
    "results": [{"formatted": "Tokyo, Japan", "geometry": {"lat": 35.6768, "lng": 139.7638}}],
}


@dataclass
class Service:
    """What the server answers next, and what it was asked."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    port: int = 0
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.port}"

    def says(self, answer: object, status: int = 200, **headers: str) -> None:
        self.body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.status, self.headers = status, {k.replace("_", "-"): v for k, v in headers.items()}


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            service.asked.append(next(iter(query.get("q") or query.get("text") or [self.path])))
            service.agents.append(self.headers.get("User-Agent", ""))
            if service.hang:
                service.let_go.wait(30)
                return
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            with suppress(OSError):  # the client had enough
                self.wfile.write(service.body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
