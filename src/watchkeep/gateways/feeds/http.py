"""One file over HTTP(S) from a host that is allowed: the address that was checked is the one connected to.

A name is resolved once. Addresses that are not for everybody (private, loopback, link-local, metadata) are
refused unless the operator listed their network. No proxy, no cookie, no decompression, no second chance.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from watchkeep.domain.errors import Refused, Unreadable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], list[str]]

MOST_BYTES: Final = 10 * 2**20
MOST_SECONDS: Final = 30.0
MOST_REDIRECTS: Final = 3
MOST_ADDRESSES: Final = 4  # of one name that are tried in turn
_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = IPv6Network("64:ff9b::/96")
_PAGES: Final = ("text/html", "application/xhtml+xml")
_PACKED: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_AGAIN: Final = "It is tried again at its next time."
_NOT_LET_IN: Final = "Check the secret: the host lets nobody in without the right one."
_REMEDIES: Final = {401: _NOT_LET_IN, 403: _NOT_LET_IN, 404: "Check the address."}
# The library tells every address that it asks, and one may hold a secret.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the operator lets feeds reach: hosts by name (with a port, where it is not the usual one), and
    networks that are not for everybody.
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, hosts: list[str], networks: list[str]) -> Reach:
        """From the words of the settings."""
        return cls(
            frozenset(each.casefold().rstrip(".") for each in hosts),
            tuple(ip_network(each, strict=False) for each in networks),
        )

    def allows(self, host: str, port: int, scheme: str) -> bool:
        """Whether a host is listed; one without a port is listed for the usual one."""
        return f"{host}:{port}" in self.hosts or (port == _PORTS[scheme] and host in self.hosts)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came."""

    data: bytes
    media: str  # the type that the server gave it
    address: str  # where it came from in the end


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def said(self) -> str:
        return self.host if self.port == _PORTS[self.scheme] else f"{self.host}:{self.port}"


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name, as the system tells it."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def fetch(
    url: str,
    reach: Reach,
    *,
    authorization: str = "",
    resolve: Resolve = resolved,
    most: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    verify: bool | ssl.SSLContext = True,
) -> Fetched:
    """The file at `url`. `authorization` is sent to that host alone, and over HTTPS alone.

    Raises Refused for what is not allowed, Unreadable for what did not come.
    """
    until = time.monotonic() + seconds
    first = _target(url)
    if authorization and first.scheme != "https":
        raise Refused("A secret is sent over https only; this address begins with http.")
    for _ in range(MOST_REDIRECTS + 1):
        target = _target(url)
        addresses = _checked(target, reach, resolve)
        headers = {"Host": target.said, "Accept": "text/csv, application/json", "Accept-Encoding": "identity"}
        if authorization and target == _Target(first.scheme, first.host, first.port, target.path):
            headers["Authorization"] = authorization
        answer = _any(target, addresses, headers, until=until, most=most, verify=verify)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
        if first.scheme == "https" and urlsplit(url).scheme != "https":
            raise Refused(f"{first.host} leads on to an address without https; it is not followed.")
    raise Refused(f"{first.host} leads on more than {MOST_REDIRECTS} times; it is not followed further.")


def _target(url: str) -> _Target:
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        raise Refused("That is not the address of a file; it takes https://host/path.") from None
    if found.scheme not in _PORTS or not found.hostname:
        raise Refused("An address of a feed begins with https:// or http:// and names a host.")
    if found.username is not None or found.password is not None:
        raise Refused("No name or password stands in the address; name a secret instead.")
    if any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in url):
        raise Refused("The address has a blank, a control sign or a backslash in it.")
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    return _Target(found.scheme, found.hostname.casefold().rstrip("."), port or _PORTS[found.scheme], path)


def _checked(target: _Target, reach: Reach, resolve: Resolve) -> list[Address]:
    """The addresses to connect to, in their order: each of the name must be one that may be reached."""
    if not reach.allows(target.host, target.port, target.scheme):
        raise Refused(
            f"{target.said} is not among the hosts that feeds may reach; whoever runs Watchkeep lists them "
            "in WATCHKEEP_FEED_HOSTS."
        )
    found = [ip_address(each.partition("%")[0]) for each in resolve(target.host, target.port)]
    if not found:
        raise Unreadable(where=target.host, why="the name leads to no address.", remedy=_AGAIN)
    for each in found:
        if not may_reach(each, reach.networks):
            raise Refused(
                f"{target.host} leads to {each}, which is no public address; whoever runs Watchkeep lists "
                "the networks that feeds may reach in WATCHKEEP_FEED_NETWORKS."
            )
    return list(dict.fromkeys(found))[:MOST_ADDRESSES]


def may_reach(address: Address, networks: tuple[Network, ...] = ()) -> bool:
    """Whether it is an address for everybody, or stands in a network that was listed. An IPv6 address that
    carries an IPv4 one is judged by what it carries.
    """
    carried = list(_carried(address))
    if carried:
        return all(may_reach(each, networks) for each in carried)
    if any(address.version == each.version and address in each for each in networks):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _any(
    target: _Target,
    addresses: list[Address],
    headers: dict[str, str],
    *,
    until: float,
    most: int,
    verify: bool | ssl.SSLContext,
) -> Fetched | str:
    """Ask at the first of the name's addresses that answers; those that were checked, and no other."""
    for address in addresses[:-1]:
        try:
            return _one(target, address, headers, until=until, most=most, verify=verify)
        except Unreadable as problem:
            if not isinstance(problem.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
                raise
    return _one(target, addresses[-1], headers, until=until, most=most, verify=verify)


def _one(
    target: _Target,
    address: Address,
    headers: dict[str, str],
    *,
    until: float,
    most: int,
    verify: bool | ssl.SSLContext,
) -> Fetched | str:
    """Ask once: what came, or where it leads on to."""
    literal = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
    url = f"{target.scheme}://{literal}:{target.port}{target.path}"
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, verify=verify) as client,
            client.stream(
                "GET",
                url,
                headers=headers,
                timeout=max(0.1, until - time.monotonic()),
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            if answer.is_redirect:
                return answer.headers["Location"]
            if answer.status_code != 200:
                raise Unreadable(
                    where=target.host,
                    why=f"it answered {answer.status_code}, not 200.",
                    remedy=_REMEDIES.get(answer.status_code, _AGAIN),
                )
            if answer.headers.get("Content-Encoding", "identity").casefold() != "identity":
                raise Unreadable(where=target.host, why="it answered packed, unasked.", remedy=_AGAIN)
            media = answer.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
            if media in _PAGES:
                raise Unreadable(
                    where=target.host,
                    why="it answered a page (text/html), not a file; perhaps it asks to sign in.",
                    remedy="Give the address of the file itself, and the secret that it needs.",
                )
            data = _read(answer, target.host, until=until, most=most)
            _must_be_a_file(data, target.host)
            return Fetched(data, media, f"{target.scheme}://{target.said}")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as problem:
        why = f"it could not be fetched ({type(problem).__name__})."
        raise Unreadable(where=target.host, why=why, remedy=_AGAIN) from problem


def _must_be_a_file(data: bytes, host: str) -> None:
    if not data.strip():
        raise Unreadable(where=host, why="what it sent is empty.", remedy=_AGAIN)
    if data.startswith(_PACKED):
        raise Unreadable(
            where=host,
            why="it sent a packed file, which is not unpacked.",
            remedy="Ask for it as CSV, JSON or a workbook.",
        )


def _read(answer: httpx.Response, host: str, *, until: float, most: int) -> bytes:
    data = bytearray()
    for block in answer.iter_raw():
        data += block
        if len(data) > most:
            raise Unreadable(
                where=host, why=f"it sent more than {most // 2**20} MB.", remedy="Ask it for less."
            )
        if time.monotonic() > until:
            raise Unreadable(where=host, why="it took too long and was stopped.", remedy=_AGAIN)
    return bytes(data)
