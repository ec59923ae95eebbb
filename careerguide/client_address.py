"""Where a request comes from."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 -- nothing binds to it


def client_address(request: HttpRequest) -> str:
    """Return the address of the client as the outermost of our proxies saw it: anybody can write what precedes that.

    For IPv6 it is the address of the network, because one customer has all of its addresses. Anything that is not an
    address becomes UNKNOWN, so all such clients count as one.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        seen = forwarded.split(",")[-settings.PROXIES :][0].strip()
    try:
        address = ip_address(seen)
    except ValueError:
        return UNKNOWN
    plain = address if isinstance(address, IPv4Address) else address.ipv4_mapped
    return str(plain or ip_network((address, 64), strict=False).network_address)
