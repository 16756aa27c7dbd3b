"""Which network addresses an update may reach: the whole internet, or what is inside as well.

An address outside the globally routed unicast space is never a public feed: it is this computer,
the network around it, or nothing. The ranges are those of the IANA special-purpose address
registries for IPv4 and IPv6 (RFC 6890 and its updates); they stand here rather than being asked of
``ipaddress``, whose answers differ between versions of Python.
"""

from __future__ import annotations

from enum import IntEnum
from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

_INSIDE = tuple(
    ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "fc00::/7",
    )
)
_NEVER = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 as seen from a network that speaks only IPv6 (RFC 6052): the last 32 bits decide."""


class Place(IntEnum):
    """Where an address lies, from outside to inside."""

    PUBLIC = 0
    INSIDE = 1
    """Private ranges: another computer of the same organisation."""
    SELF = 2
    """This computer, its direct link, and ranges where no server can be."""


def place_of(address: str) -> Place:
    """Where an address lies; what is no address at all counts as ``SELF``, which is never public.

    Args:
        address: IPv4 or IPv6 as text, with or without a zone (``fe80::1%eth0``).
    """
    try:
        found = _carried(ip_address(address))
    except ValueError:
        return Place.SELF
    if any(found in block for block in _INSIDE if block.version == found.version):
        return Place.INSIDE
    if any(found in block for block in _NEVER if block.version == found.version):
        return Place.SELF
    if isinstance(found, IPv6Address) and found not in _GLOBAL_UNICAST:
        return Place.SELF
    return Place.PUBLIC


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
