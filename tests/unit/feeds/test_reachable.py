"""Which addresses are public: the special ranges of IPv4 and IPv6, in every disguise."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.reachable import Place, place_of

NAT64 = IPv6Network("64:ff9b::/96")


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111", "64:ff9b::808:808"],
)
def test_what_is_routed_everywhere_is_public(address: str) -> None:
    assert place_of(address) is Place.PUBLIC


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
    ],
)
def test_private_ranges_are_inside(address: str) -> None:
    assert place_of(address) is Place.INSIDE


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.1",
        "169.254.169.254",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "100::1",
        "localhost",
        "",
        "300.1.1.1",
    ],
)
def test_this_computer_its_link_and_ranges_without_servers_are_never_public(address: str) -> None:
    assert place_of(address) is Place.SELF


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_the_clothes_of_ipv6_is_the_same_place(address: IPv4Address) -> None:
    plain = place_of(str(address))
    assert place_of(f"::ffff:{address}") is plain
    assert place_of(str(IPv6Address(int(IPv6Address("64:ff9b::")) + int(address)))) is plain


@given(st.ip_addresses())
def test_nothing_that_python_knows_as_not_global_is_public(
    address: IPv4Address | IPv6Address,
) -> None:
    if place_of(str(address)) is Place.PUBLIC and address not in NAT64:
        assert address.is_global
        assert not address.is_multicast
