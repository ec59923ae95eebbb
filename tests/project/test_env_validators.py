"""Values of environment variables that are refused, each with one constant message that does not repeat the value."""

from collections.abc import Callable

import pytest
from environs import ValidationError

from careerguide.env_validators import check_bucket, check_database, check_origin


def refused(check: Callable[[str], None], value: str) -> str:
    with pytest.raises(ValidationError) as error:
        check(value)
    return str(error.value)


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example", "http://", "https://a.example/path", "http://a.example:0", "https://a.example/", "http://*",
     "http://a b", "http://a..b", "http://a:", "http://.a.example", "https://u:p@a.example", "https://A.example",
     "http://[::1"],
)  # fmt: skip
def test_an_address_is_an_origin(address: str) -> None:
    expected = "Not an address such as https://guides.example.org, in lower case and without a path."
    assert refused(check_origin, address) == expected


@pytest.mark.parametrize("address", ["mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgres://host",
                                     "postgres://u:p@host:abc/name", "postgres://u:p@[host/name", "x"])  # fmt: skip
def test_a_database_address_is_whole(address: str) -> None:
    expected = "Not an address such as postgres://user:password@host/name or sqlite:////path/to/file."
    assert refused(check_database, address) == expected


@pytest.mark.parametrize(
    "address",
    ["", "s3://host/bucket", "s3://key:secret@host", "s3://key:a/b@host/bucket", "https://key:secret@host/bucket",
     "s3://key:secret@host/Bucket", "s3://key:secret@host/bucket/folder", "s3://key:secret@host/bucket?acl=public"],
)  # fmt: skip
def test_an_address_of_images_names_a_bucket(address: str) -> None:
    expected = "Not an address such as s3://KEY:SECRET@host/bucket, with %2F for / in SECRET."
    assert refused(check_bucket, address) == expected


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_origin, "http://127.0.0.1:8000"),
        (check_origin, "https://guides.example.org"),
        (check_origin, "http://[::1]:8000"),
        (check_database, "sqlite:////srv/careerguide.sqlite3"),
        (check_database, "postgresql://user:password@host:5432/name"),
        (check_bucket, "s3://key:a%2Fb@s3.example.org:9000/pictures?region=eu-west-1"),
        (check_bucket, "s3+http://key:secret@localhost/pictures"),
    ],
)
def test_other_values_are_accepted(check: Callable[[str], None], value: str) -> None:
    check(value)
