"""Guides of every shape, for Hypothesis: any script, empty lists, open ends, the largest numbers."""

from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from guides import schema
from guides.schema import Guide, types

IMAGES = tuple(f"{digit * 32}-{size}" for digit, size in (("0", "1600x1200"), ("a", "1x1")))
LARGEST = Decimal("9999999999.9999")


def _says_something(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)


characters = st.characters(
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
)  # as these are refused
prose = st.text(st.one_of(characters, st.sampled_from("\n\t*_[]()<>#`&")), max_size=60)
lines = st.text(characters, max_size=30)
given_lines = lines.filter(_says_something)
given_prose = prose.filter(_says_something)
slugs = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
amounts = st.one_of(st.decimals(0, LARGEST, places=4), st.integers(0, 10**9), st.sampled_from([Decimal(0), LARGEST]))
days = st.dates()
addresses = st.just("") | st.from_regex(types.ADDRESS, fullmatch=True).filter(lambda text: len(text) < 500)


def one_of(words: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(words))


@st.composite
def ends(draw: st.DrawFn, *names: str) -> dict[str, Any]:
    """Some of these names, at least one, with amounts in ascending order."""
    chosen = [name for name in names if draw(st.booleans())] or [draw(st.sampled_from(names))]
    found = dict(zip(chosen, sorted(draw(st.lists(amounts, min_size=len(chosen), max_size=len(chosen)))), strict=True))
    found["approximate"] = draw(st.booleans())
    found["and_more"] = {"low", "high"} <= found.keys() and draw(st.booleans())
    return found


wordings = st.lists(st.sampled_from(["vitals", "drew blood", "set of the vital signs", "å"]), max_size=3)
pictures = st.builds(lambda name, alt: {"name": name, "alt": alt}, st.sampled_from(IMAGES), given_lines)
currencies = st.sampled_from(["USD", "EUR", "JPY", "KWD"])
countries = st.sampled_from(["US", "GB", "SG", "BR"])
costs = st.builds(lambda quantity, currency: quantity | {"currency": currency}, ends("low", "high"), currencies)
durations = st.builds(lambda quantity, unit: quantity | {"unit": unit}, ends("low", "high"), one_of(types.TimeUnit))
measures = st.builds(
    lambda quantity, unit, per: quantity | {"unit": unit, "per": per},
    ends("low", "high"),
    one_of(types.Unit),
    st.sampled_from(["", *get_args(types.Period)]),
)


def many(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries(fields), max_size=3)


@st.composite
def sources(draw: st.DrawFn, slug: str) -> dict[str, Any]:
    first, last = sorted((draw(days), draw(days)))
    period = {"covers_from": first, "covers_to": last} if draw(st.booleans()) else {}
    told = {"publisher": draw(given_lines), "title": draw(given_lines), "seen_on": draw(days)}
    told["address"] = draw(addresses)
    return {"slug": slug, **told, **period}


@st.composite
def facts(draw: st.DrawFn, cited: st.SearchStrategy[str]) -> dict[str, Any]:
    kind = draw(one_of(schema.FactKind))
    words = st.lists(one_of(schema.Setting), max_size=3)
    return {
        "kind": kind,
        "text": draw(given_prose),
        "value": draw(st.none() | measures),
        "settings": draw(words) if kind == "setting" else [],
        "source": draw(cited),
    }


def certificates(cited: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "issuer": given_lines,
            "eligibility": prose,
            "fee": st.none() | costs,
            "training": st.none() | durations,
            "renewal": prose,
            "address": addresses,
            "source": cited,
        }
    )


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    cited = st.sampled_from(draw(st.lists(slugs, min_size=1, max_size=3, unique=True)))
    levels = draw(many(title=given_lines, years_from=st.integers(0, 40), years_to=st.none() | st.integers(40, 80),
                       summary=prose, focus=prose, source=cited))  # fmt: skip
    for level in levels:
        if draw(st.booleans()):
            level.update(years_from=None, years_to=None, source="")
    levels = list({schema.CareerLevel.model_validate(level).title: level for level in levels}.values())
    skills = draw(many(slug=slugs, name=given_lines, kind=one_of(schema.SkillKind),
                       aliases=st.lists(given_lines, max_size=2), summary=prose, purpose=prose, gained=prose,
                       importance=one_of(schema.Importance), gained_by=st.lists(given_lines, max_size=2),
                       proficiency=st.just("") | one_of(schema.Proficiency), wordings=wordings))  # fmt: skip
    skills = list({skill["slug"]: skill for skill in skills}.values())
    # Broader skills are skills of the guide without a broader one, or others.
    others = draw(st.lists(st.fixed_dictionaries({"slug": slugs, "name": given_lines}), max_size=2))
    taken = {skill["slug"] for skill in skills}
    broader = [other for other in others if other["slug"] not in taken]
    broader += [{"slug": skill["slug"], "name": skill["name"]} for skill in skills[:1]]
    labels = st.sampled_from(["", "One of them"]) | lines
    for index, skill in enumerate(skills):
        skill["broader"] = draw(st.none() | st.sampled_from(broader)) if index else None
        skill["one_of"] = draw(labels)
        if skill["kind"] == "certificate":
            skill["certificate"] = draw(st.none() | certificates(cited))
    ways = draw(many(education=one_of(schema.EducationLevel), note=prose, source=cited))
    for way in ways:
        if draw(st.booleans()):
            way |= {"years_from": draw(st.integers(0, 40)), "experience": draw(given_lines)}
            way |= {"years_to": draw(st.none() | st.integers(40, 80)), "education": draw(st.just("") | st.just("none"))}
        if draw(st.booleans()):
            held = [skill["slug"] for skill in skills if skill["kind"] == "certificate"]
            way["certificate"] = draw(st.sampled_from(["", *held]))
    bands = draw(st.lists(ends("low", "median", "high") | ends("low", "mean", "high"), max_size=4))
    titles = [schema.CareerLevel.model_validate(level).title for level in levels]
    occupations = draw(many(code=st.from_regex(types.OCCUPATION_CODE, fullmatch=True), relation=st.just("nearest"),
                            covers=given_prose))  # fmt: skip
    for occupation in occupations[:1]:
        occupation["relation"] = draw(one_of(schema.OccupationRelation))
    parts: dict[str, Any] = {
        "occupations": list({row["code"]: row for row in occupations}.values()),
        "facts": draw(st.lists(facts(cited), max_size=3)),
        "sections": draw(many(chapter=one_of(schema.Chapter), heading=lines, body=given_prose)),
        "responsibilities": draw(many(title=given_lines, detail=prose)),
        "skills": skills,
        "requirements": ways,
        "steps": draw(many(title=given_lines, body=prose)),
        "routes": draw(many(title=given_lines, body=prose, education=st.just("") | one_of(schema.EducationLevel),
                            cost=st.none() | costs, duration=st.none() | durations, source=cited)),
        "levels": levels,
        "pay": [draw(pay(band, titles, cited)) for band in bands],
        "considerations": draw(many(kind=one_of(schema.ConsiderationKind), title=given_lines, detail=prose)),
        "faqs": draw(many(question=given_lines, answer=given_prose)),
        "related": [
            row | draw(st.just({}) | st.builds(lambda key, slug: {key: slug}, st.sampled_from(["slug", "starting_job"]),
                                               slugs))
            for row in draw(many(relation=one_of(schema.Relation), title=given_lines, note=prose))
        ],
        "toolkit": draw(many(kind=one_of(schema.ToolkitKind), title=given_lines, body=given_prose)),
        "examples": draw(many(from_job=given_lines, meets=given_lines, resume=given_prose, letter=given_prose)),
        "interview": draw(many(theme=given_lines, question=given_lines, shows=given_prose)),
    }  # fmt: skip
    facts_of = [skill["certificate"] for skill in skills if skill.get("certificate")]
    used = sorted(
        {row["source"] for rows in (facts_of, *(parts[part] for part in schema.FIGURES)) for row in rows} - {""}
    )
    return schema.validate(
        {
            "schema_version": schema.SCHEMA_VERSION,
            "slug": draw(slugs),
            "title": draw(given_lines),
            "summary": draw(given_prose),
            "field": draw(st.none() | st.fixed_dictionaries({"slug": slugs, "name": given_lines, "summary": prose})),
            "alternative_titles": draw(st.lists(given_lines, max_size=3)),
            "pay_is_representative": draw(st.booleans()),
            "reviewed_on": draw(st.none() | days),
            "picture": draw(st.none() | pictures),
            "sources": [draw(sources(slug)) for slug in used],
            **parts,
        }
    )


@st.composite
def pay(draw: st.DrawFn, band: dict[str, Any], titles: list[str], cited: st.SearchStrategy[str]) -> dict[str, Any]:
    basis = draw(one_of(schema.PayBasis).filter(lambda basis: basis != "level" or titles))
    return {
        **band,
        "basis": basis,
        "level": draw(st.sampled_from(titles)) if basis == "level" else None,
        "label": draw(lines),
        "range_label": draw(lines) if band.keys() & {"low", "high"} else "",
        "country": draw(countries),
        "currency": draw(currencies),
        "period": draw(one_of(types.Period)),
        "source": draw(cited),
    }
