"""Which addresses may be fetched. A server that fetches for others must not be led into the network it stands in (SSRF)."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from rag_app.errors import DocumentError, Reason

PORTS = {"http": 80, "https": 443}
_LONGEST, _SHOWN = 2000, 200
_QUERY = "/%:@!$&'()*+,;=~?"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """A web address, taken apart. `target` is path and query as they are sent."""

    text: str
    scheme: str
    host: str
    port: int
    target: str


def parse_address(text: str) -> Address:
    """The parts of a typed address. Raises `DocumentError` for one that is no page of the web."""
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
        query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + query
    except (ValueError, UnicodeError) as error:
        raise _refused(text, "is no web address") from error
    if parts.scheme not in PORTS or not host or len(text) > _LONGEST or any(ord(letter) < 32 for letter in text.strip()):
        raise _refused(text, "is no web address")
    if parts.username is not None or parts.password is not None:
        raise _refused(text, "carries a name or a password")
    return Address(text.strip(), parts.scheme, host, port or PORTS[parts.scheme], target)


def resolve(address: Address, *, private: bool) -> Ip:
    """The number to connect to; whoever connects must use it, since a second look-up may give another one.

    Every number of the name must be allowed: public ones, and with `private` those of this machine and its own network, but never
    link-local ones, where clouds keep their secrets. Raises `DocumentError`.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DocumentError(
            Reason.NOT_REACHED,
            f"{address.text} could not be fetched: {address.host} was not found. Check the address, and whether you are online.",
        ) from error
    numbers = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not all(is_public(number) or (private and is_own_network(number)) for number in numbers):
        raise _refused(address.text, "leads into a private network")
    return numbers[0]


def is_public(number: Ip) -> bool:
    """Whether anybody on the internet can reach `number`. One within another (IPv4 in IPv6) counts as the inner one."""
    inner = _inner(number)
    return inner.is_global and not (inner.is_multicast or inner.is_reserved)


def is_own_network(number: Ip) -> bool:
    """Whether `number` is this machine or one of the network it stands in."""
    inner = _inner(number)
    unusual = inner.is_link_local or inner.is_multicast or inner.is_unspecified or (inner.is_reserved and not inner.is_loopback)
    return (inner.is_private or inner.is_loopback) and not unusual


def _inner(number: Ip) -> Ip:
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    tunnel = number.teredo[1] if number.teredo else None
    return number.ipv4_mapped or number.sixtofour or tunnel or number


def _refused(text: str, why: str) -> DocumentError:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return DocumentError(
        Reason.ADDRESS_REFUSED,
        f"“{shown}” {why}. Only pages of the web (http:// or https://) are fetched; or save the page yourself and add the file.",
    )
