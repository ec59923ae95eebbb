"""How fast guides are found: times of a mix of addresses, by kind."""

import random
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import Client

from bench.catalogue import COMMON, LEVELS, PLACES, SEED, Catalogue
from guides.reading.answers import Answers
from guides.reading.search.filters import Filters

ROUNDS, WARM = 100, 10


class Times(NamedTuple):
    """In milliseconds."""

    median: float
    p95: float


def found(made: Catalogue) -> dict[str, Times]:
    """Return the times of the first page of each kind, without the page cache."""
    client = Client(SERVER_NAME="127.0.0.1")
    return {kind: _times(client, addresses) for kind, addresses in addresses_of(made).items()}


def _times(client: Client, addresses: tuple[str, ...]) -> Times:
    def timed(address: str) -> float:
        began = time.perf_counter()
        answer = client.get(address)
        taken = (time.perf_counter() - began) * 1_000
        if answer.status_code != 200:
            raise ValueError(f"{address} answers {answer.status_code}.")
        return taken

    taken = [timed(address) for address in addresses][WARM:]
    return Times(median(taken), quantiles(taken, n=20)[-1])


def addresses_of(made: Catalogue, *, rounds: int = ROUNDS) -> dict[str, tuple[str, ...]]:
    """Return addresses by kind, the same in each run. Frequent skills and words occur more often than others."""
    chance = random.Random(SEED)  # noqa: S311 -- made up, and always the same
    weights = [1 / (place + 3) for place in range(len(made.skills))]

    def skills(most: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chance.choices(made.skills, weights, k=chance.randint(1, most))))

    def matched() -> str:
        have = skills(40)
        kinds = sorted(chance.sample(made.experiences, chance.randint(0, len(made.experiences))))
        answers = Answers(
            have=have[: len(have) // 2 + 1],
            some=have[len(have) // 2 + 1 :],
            role=(chance.choice(made.slugs),),
            education=chance.choice(("", *LEVELS)),
            experience=tuple((kind, chance.randrange(6)) for kind in kinds),
        )
        return "/match/?" + answers.query()

    def filtered() -> str:
        choices = {
            "field": [f"field-{chance.randrange(20)}"],
            "education": chance.sample(LEVELS, 2),
            "setting": [chance.choice(PLACES)],
            "skill": skills(2),
            "pay_from": [str(chance.randrange(30_000, 100_000, 5_000))],
        }
        chosen = chance.sample(sorted(choices), chance.randint(1, 3))
        query = urlencode({name: choices[name] for name in chosen}, doseq=True)
        return "/guides/?" + Filters.read(QueryDict(query)).query()

    def searched() -> str:
        title = chance.choice(made.titles)
        words = (chance.choice(COMMON), " ".join(chance.sample(COMMON, 2)), title, title.split()[0],
                 f"{chance.choice(COMMON)} {title.split()[1]}", _misspelled(title, chance))  # fmt: skip
        return "/search/?" + urlencode({"q": chance.choice(words)})

    def compared() -> str:
        return "/compare/?" + urlencode({"guide": chance.sample(made.slugs, chance.randint(2, 4))}, doseq=True)

    kinds: dict[str, Callable[[], str]] = {
        "guide": lambda: f"/guides/{chance.choice(made.slugs)}/",
        "list": lambda: f"/guides/?{urlencode({'sort': chance.choice(('field', 'growth', 'latest', 'pay'))})}",
        "filter": filtered,
        "search": searched,
        "suggest": lambda: (
            "/search/suggestions/?" + urlencode({"q": chance.choice(made.titles)[: chance.randint(2, 8)]})
        ),
        "match": matched,
        "compare": compared,
        "path": lambda: "/paths/{}/{}/".format(*chance.sample(made.slugs, 2)),
        "skill": lambda: f"/skills/{skills(1)[0]}/",
        "place": lambda: f"/pay/{chance.choice(made.areas)}/?sort={chance.choice(('pay', 'jobs', 'title'))}",
        "role pay": lambda: f"/guides/{chance.choice(made.paid)[0]}/pay/",
        "role pay here": lambda: "/guides/{}/pay/{}/".format(*chance.choice(made.paid)),
    }
    return {kind: tuple(make() for _ in range(rounds + WARM)) for kind, make in kinds.items()}


def _misspelled(title: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(title.split()[0]))
    return title[:place] + title[place + 1 :]
