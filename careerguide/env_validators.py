"""Validators of environment variables. They raise ValidationError with a message for the administrator."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from environs import ValidationError

HOST_PATTERN = r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:]+"


def check_origin(address: str) -> None:
    """Check for an origin in lower case: a scheme, a host and at most a port. It is compared with browsers' headers."""
    try:
        parts = urlsplit(address)
        has_host = re.fullmatch(HOST_PATTERN, parts.hostname or "")
        is_valid = parts.scheme in {"http", "https"} and has_host and parts.port != 0
    except ValueError:
        is_valid = None
    is_origin = is_valid and address == f"{parts.scheme}://{parts.netloc}".lower()
    if not is_origin or "@" in parts.netloc or parts.netloc.endswith(":"):
        raise ValidationError("Not an address such as https://guides.example.org, in lower case and without a path.")


def check_database(address: str) -> None:
    try:
        is_valid = re.match(r"sqlite:///|postgres(ql)?://", address) and dj_database_url.parse(address)["NAME"]
    except ValueError:
        is_valid = None
    if not is_valid or ":memory:" in address:
        raise ValidationError("Not an address such as postgres://user:password@host/name or sqlite:////path/to/file.")


def check_secret(secret: str) -> None:
    if len(set(secret.strip())) < 10 or len(secret.strip()) < 50:
        raise ValidationError("Not at least 50 characters, of which at least 10 differ.")


def check_ip(address: str) -> None:
    try:
        ip_address(address)
    except ValueError:
        raise ValidationError("Not an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them.") from None


def check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a zone such as America/New_York.") from None


BUCKET_PATTERN = (
    r"(?P<scheme>s3|s3\+http)://(?P<key>[^:@/?#\s]+):(?P<secret>[^:@/?#\s]+)@(?P<host>[a-zA-Z0-9.-]+(:[0-9]{1,5})?)"
    r"/(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\?region=(?P<region>[a-z0-9-]+))?"
)


def check_bucket(address: str) -> None:
    if not re.fullmatch(BUCKET_PATTERN, address):
        raise ValidationError("Not an address such as s3://KEY:SECRET@host/bucket, with %2F for / in SECRET.")


def check_contact(address: str) -> None:
    if not re.fullmatch(r"mailto:[^\s@<>]+@[^\s@<>]+|https://[^\s<>]+", address):
        raise ValidationError("Not an address such as mailto:security@example.org or https://example.org/security.")
