"""How Hypothesis chooses inputs: the same in every normal run, others in each long run (`make test-all`)."""

import os
from importlib import import_module
from pkgutil import walk_packages

from hypothesis import HealthCheck, settings

import careerguide
import guides

IS_LONG = "FAULT_ROUNDS" in os.environ
FEWER, MORE = 4, 10
"""A normal run tries so many times fewer inputs than usual, and a long one so many times more."""


def choose_profile() -> None:
    """Load the profile of this run. A busy machine fails no test in either of them."""
    calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("same", examples(100), derandomize=True, deadline=None, suppress_health_check=calm)
    settings.register_profile("others", examples(100), deadline=None, suppress_health_check=calm)
    settings.load_profile("others" if IS_LONG else "same")
    _load_all_modules()


def _load_all_modules() -> None:
    """Hypothesis also draws the constants of loaded modules, so inputs would depend on which tests run together."""
    for package in (careerguide, guides):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if found.name != "careerguide.wsgi":  # it expects collected static files
                import_module(found.name)
    import_module("bench.recognition")


def examples(usual: int) -> settings:
    """Return settings for a part of so many examples in a normal run, and a multiple in a long one."""
    return settings(max_examples=usual * MORE if IS_LONG else usual // FEWER)
