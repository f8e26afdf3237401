"""Ports of this machine for servers of tests."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

BELOW_OUTGOING = (20_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to outgoing connections: no browser gets it meanwhile."""
    while True:
        port = random.randrange(*BELOW_OUTGOING)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
