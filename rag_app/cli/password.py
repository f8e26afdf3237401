"""A password, asked for so that it stands neither on the screen nor in the list of processes."""

from __future__ import annotations

import sys
from getpass import getpass


def read_password() -> str:
    """What is typed at the terminal, unseen; where standard input is no terminal, its first line."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
