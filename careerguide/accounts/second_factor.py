"""The second factor of people at the desk: a code that an app makes anew every 30 seconds, and recovery codes.

Recovery codes are kept as digests, which are of no use without the site's secret.
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
_DIGITS, _STEPS_OFF = 6, 1
_MOST_FAILURES_COUNTED = 12  # each doubles the wait from a second on: an hour at most, so that nobody is locked out


class Due(Enum):
    """What somebody who gave the right password has yet to do before the desk opens."""

    NOTHING = auto()
    CODE = auto()
    SET_UP = auto()


class NotTaken(PublishingError):
    """Why a code is not taken, in a sentence for whoever typed it."""


def due(user: User) -> Due:
    """Of the user of a request, to whom django-otp's middleware gives the device that was used."""
    if getattr(user, "otp_device", None):
        return Due.NOTHING
    if has_second_factor(user):
        return Due.CODE
    return Due.SET_UP if settings.SECOND_FACTOR_REQUIRED else Due.NOTHING


def has_second_factor(user: User) -> bool:
    there_is: bool = TOTPDevice.objects.filter(user=user).exists()
    return there_is


def spelled(key: str) -> str:
    """A key as an app takes it from its owner's fingers."""
    letters = b32encode(unhexlify(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address_of(key: str, *, user: User) -> str:
    """A key as an app takes it from a picture or a link."""
    address: str = TOTPDevice(user=user, key=key).config_url
    return address


@transaction.atomic
def set_up(*, user: User, key: str, code: str) -> tuple[Device, tuple[str, ...]]:
    """Begin to ask for codes. Returns what the code proved, and the recovery codes, which nobody can tell later.

    `key` is in hexadecimal. Raises NotTaken where the code is not the key's.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if has_second_factor(user):
        raise NotTaken(_("You have set up a second factor already, in another window."))
    totp, given = TOTP(unhexlify(key)), _plain(code)
    if not _is_of_app(given) or not totp.verify(int(given), tolerance=_STEPS_OFF):
        raise NotTaken(_not_of_app())
    device = TOTPDevice.objects.create(user=user, key=key, drift=totp.drift, last_t=totp.t())
    audit.log(Action.SECOND_FACTOR_SET_UP, actor=user.get_username(), subject=user.get_username())
    return device, _new_codes(user)


@transaction.atomic
def renew_recovery_codes(*, user: User) -> tuple[str, ...]:
    """New recovery codes, in place of those that are left."""
    audit.log(Action.RECOVERY_CODES_RENEWED, actor=user.get_username(), subject=user.get_username())
    return _new_codes(user)


def recovery_codes_left(user: User) -> int:
    left: int = StaticToken.objects.filter(device__user=user).count()
    return left


@transaction.atomic
def remove(*, user: User, by: str) -> bool:
    """Ask for no codes any longer. False where none were asked for."""
    StaticDevice.objects.filter(user=user).delete()
    count, _of = TOTPDevice.objects.filter(user=user).delete()
    if count:
        audit.log(Action.SECOND_FACTOR_REMOVED, actor=by, subject=user.get_username())
    return bool(count)


def take(*, user: User, code: str) -> Device:
    """Accept a code of the app, or a recovery code, once. Raises NotTaken.

    What it looks like says which of the two it is, so that a mistake counts against one of them only.
    """
    given = _plain(code)
    is_of_app = _is_of_app(given)
    kind, token = (TOTPDevice, given) if is_of_app else (StaticDevice, _digest(given))
    with transaction.atomic():  # ends before a refusal, or mistakes would not count
        device = kind.objects.select_for_update().get(user=user)
        device.throttling_failure_count = min(device.throttling_failure_count, _MOST_FAILURES_COUNTED)
        is_allowed, told = device.verify_is_allowed()
        is_taken = is_allowed and device.verify_token(token)
    if not is_allowed:
        raise NotTaken(_not_yet(told["locked_until"]))
    if not is_taken:
        raise NotTaken(_not_of_app() if is_of_app else _("This recovery code is wrong, or was used already."))
    return device


def _new_codes(user: User) -> tuple[str, ...]:
    device, _is_new = StaticDevice.objects.get_or_create(user=user)
    device.token_set.all().delete()
    codes = tuple(StaticToken.random_token() for _each in range(RECOVERY_CODES))
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(code)) for code in codes)
    return tuple(f"{code[:4]}-{code[4:]}" for code in codes)


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter not in "- ")


def _is_of_app(given: str) -> bool:
    return len(given) == _DIGITS and given.isascii() and given.isdecimal()


def _digest(code: str) -> str:
    return salted_hmac("guides.recovery-code", code, algorithm="sha256").hexdigest()[:16]


def _not_of_app() -> str:
    return _("This code is wrong. Your app shows another one every 30 seconds: type the one that it shows now.")


def _not_yet(until: datetime) -> str:
    seconds = max(1, round((until - timezone.now()).total_seconds()))
    if seconds < 60:
        told = ngettext("Try again in %d second.", "Try again in %d seconds.", seconds) % seconds
    else:
        minutes = -(-seconds // 60)
        told = ngettext("Try again in %d minute.", "Try again in %d minutes.", minutes) % minutes
    return _("Too many wrong codes. %s") % told
