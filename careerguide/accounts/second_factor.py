"""The second factor of editors: time-based codes (TOTP) and recovery codes.

Recovery codes are stored as digests that are keyed with the site's secret.
"""

from base64 import b32encode
from binascii import unhexlify
from datetime import datetime
from enum import Enum, auto

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from guides.models import Action
from guides.publishing import PublishingError, audit

RECOVERY_CODES = 10
_DIGITS, _TOLERANCE = 6, 1
_MAX_FAILURE_COUNT = 12  # each failure doubles the wait, from one second to about an hour


class Step(Enum):
    """The remaining step of signing in after the password."""

    NONE = auto()
    CODE = auto()
    SET_UP = auto()


class CodeRejected(PublishingError):
    """The code was rejected. The message is for the user."""


def next_step(user: User) -> Step:
    """Return the next step for the user of a request. django-otp's middleware sets `otp_device`."""
    if getattr(user, "otp_device", None):
        return Step.NONE
    if has_second_factor(user):
        return Step.CODE
    return Step.SET_UP if settings.SECOND_FACTOR_REQUIRED else Step.NONE


def has_second_factor(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user).exists())


def format_key(key: str) -> str:
    """Return a key in Base32, in groups of four letters, for typing into an app."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


@transaction.atomic
def set_up(*, user: User, key: str, code: str) -> tuple[Device, tuple[str, ...]]:
    """Set up the second factor. Return the device and the recovery codes, which cannot be shown again.

    `key` is in hexadecimal. Raise CodeRejected if the code does not match it.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if has_second_factor(user):
        raise CodeRejected(_("You have already set up a second factor in another window."))
    totp, normalized = TOTP(unhexlify(key)), _normalize(code)
    if not _is_app_code(normalized) or not totp.verify(int(normalized), tolerance=_TOLERANCE):
        raise CodeRejected(_wrong_code_message())
    device = TOTPDevice.objects.create(user=user, key=key, drift=totp.drift, last_t=totp.t())
    audit.log(Action.SECOND_FACTOR_SET_UP, actor=user.get_username(), subject=user.get_username())
    return device, _new_codes(user)


@transaction.atomic
def renew_recovery_codes(*, user: User) -> tuple[str, ...]:
    """Replace all recovery codes by new ones."""
    audit.log(Action.RECOVERY_CODES_RENEWED, actor=user.get_username(), subject=user.get_username())
    return _new_codes(user)


def recovery_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def remove(*, user: User, by: str) -> bool:
    """Remove the second factor. Return whether there was one."""
    StaticDevice.objects.filter(user=user).delete()
    count, _by_model = TOTPDevice.objects.filter(user=user).delete()
    if count:
        audit.log(Action.SECOND_FACTOR_REMOVED, actor=by, subject=user.get_username())
    return bool(count)


def verify_code(*, user: User, code: str) -> Device:
    """Verify a code from the app or a recovery code. Each is valid once. Raise CodeRejected.

    The form of the code decides which of the two it is, so a wrong code counts against one of them only.
    """
    normalized = _normalize(code)
    is_app_code = _is_app_code(normalized)
    kind, token = (TOTPDevice, normalized) if is_app_code else (StaticDevice, _digest(normalized))
    with transaction.atomic():  # ends before the exception, which would roll back the failure count
        device = kind.objects.select_for_update().get(user=user)
        device.throttling_failure_count = min(device.throttling_failure_count, _MAX_FAILURE_COUNT)
        is_allowed, info = device.verify_is_allowed()
        is_valid = is_allowed and device.verify_token(token)
    if not is_allowed:
        raise CodeRejected(_throttled_message(info["locked_until"]))
    if not is_valid:
        raise CodeRejected(
            _wrong_code_message() if is_app_code else _("This recovery code is wrong or was already used.")
        )
    return device


def _new_codes(user: User) -> tuple[str, ...]:
    device, _created = StaticDevice.objects.get_or_create(user=user)
    device.token_set.all().delete()
    codes = tuple(StaticToken.random_token() for _index in range(RECOVERY_CODES))
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return tuple(f"{code[:4]}-{code[4:]}" for code in codes)


def _normalize(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter not in "- ")


def _is_app_code(normalized: str) -> bool:
    return len(normalized) == _DIGITS and normalized.isascii() and normalized.isdecimal()


def _digest(code: str) -> str:
    return salted_hmac("guides.recovery-code", code, algorithm="sha256").hexdigest()[:16]


def _wrong_code_message() -> str:
    return _("This code is wrong. Your app shows a new one every 30 seconds. Enter the current one.")


def _throttled_message(until: datetime) -> str:
    seconds = max(1, round((until - timezone.now()).total_seconds()))
    if seconds < 60:
        advice = ngettext("Try again in %d second.", "Try again in %d seconds.", seconds) % seconds
    else:
        minutes = -(-seconds // 60)
        advice = ngettext("Try again in %d minute.", "Try again in %d minutes.", minutes) % minutes
    return _("Too many wrong codes. %s") % advice
