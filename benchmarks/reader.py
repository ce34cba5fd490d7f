"""A reader without a browser: opens the page over its WebSocket and clicks markers, as a browser's page would.

What it sends and waits for is Streamlit's own protocol (streamlit.proto); nothing is drawn, so that fifty readers cost
the machine little beside the server that is measured.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from geo.place import Place

LARGEST = 64 << 20
SCRIPT = "dateline_page"
"""The component that brings what is done on the map back to the page."""


@dataclass(slots=True)
class Reader:
    """One session of the page.

    `script` is the id of the page's own script, `fragment` the part of the page it is in, `search` the search's id.
    """

    connection: ClientConnection
    script: str = ""
    search: str = ""
    fragment: str = ""
    clicks: int = 0

    @classmethod
    async def open(cls, url: str, query: str = "") -> Reader:
        """Opens the page at `url` (http://host:port) and waits until it is drawn."""
        where = f"ws{url.removeprefix('http')}/_stcore/stream"
        reader = cls(await connect(where, subprotocols=["streamlit"], max_size=LARGEST, origin=url))  # type: ignore[arg-type, list-item]
        message = BackMsg()
        message.rerun_script.query_string = query
        await reader.connection.send(message.SerializeToString())
        await reader.drawn()
        if not reader.script:
            raise RuntimeError(f"{url} drew no page")
        return reader

    async def drawn(self) -> None:
        """Waits until the page's script has run to its end."""
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await self.connection.recv(decode=False)))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.bidi_component.component_name == SCRIPT:
                self.script = message.delta.new_element.bidi_component.id
                self.fragment = message.delta.fragment_id
            if kind == "delta" and message.delta.new_element.text_input.id.endswith("-q"):
                self.search = message.delta.new_element.text_input.id
            if kind == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            ):
                return

    async def click(self, place: Place) -> float:
        """Clicks a marker; the seconds until all that answers it has come."""
        self.clicks += 1
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.script}__events"
        act = {"act": self.clicks, "place": place.id, "point": None}
        state.json_trigger_value = json.dumps([{"event": "choose", "value": act}])
        return await self._act(message)

    async def filter(self, text: str) -> float:
        """Searches for `text`, as any other filter would be set; the seconds until all that answers it has come."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.search
        state.string_value = text
        return await self._act(message)

    async def _act(self, message: BackMsg) -> float:
        began = perf_counter()
        await self.connection.send(message.SerializeToString())
        await self.drawn()
        return perf_counter() - began

    async def close(self) -> None:
        await self.connection.close()
