"""Files of guides: what is read, what is refused and how that is told."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given

from guides import choices, schema
from guides.schema import Guide, InvalidGuide, ValidationIssue, parts, serialization, types
from tests.helpers.factories import SOURCE, a_guide, guide_data, pay
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import guides
from tests.helpers.work import at_most


def issues(text: str, form: serialization.Format = "json") -> list[str]:
    with pytest.raises(InvalidGuide) as refused:
        schema.load(text, form)
    return [str(issue) for issue in refused.value.issues]


def faults_of(**changes: Any) -> list[str]:
    return issues(json.dumps(guide_data(**changes)))


@examples(50)
@given(guide=guides())
def test_load_is_the_inverse_of_dump(guide: Guide) -> None:
    for form in serialization.FORMATS:
        text = schema.dump(guide, form)
        assert schema.load(text, form) == guide
        assert schema.dump(schema.load(text, form), form) == text


def test_a_file_is_told_all_of_its_faults_with_their_places() -> None:
    data = guide_data(
        slug="Lighthouse Keeper",
        summary="",
        reviewed_on="2026-02-31",
        sections=[{"chapter": "weather", "body": "Rain."}, {"chapter": "role", "body": "a\u0000b"}],
        levels=[{"title": "Keeper", "years_from": 5, "years_to": 2, "source": "survey-2025"}],
        pay=[
            pay(basis="country", low=9, high=5, country="XX", currency="USX"),
            pay(basis="level", level="Boatman", median="many", source="hearsay"),
            pay(basis="headline", level="Keeper"),
        ],
        wages=1,
    )
    assert issues(json.dumps(data)) == [
        "slug: is not spelled as it must be",
        "summary: must not be empty",
        "reviewed_on: day is out of range for month",
        "sections.0.chapter: Input should be " + _listed(get_args(schema.Chapter)),
        "sections.1.body: holds a character that cannot be shown (U+0000)",
        "levels.0.years_from: years_from (5) is above years_to (2)",
        "pay.0.country: 'XX' is no code of an ISO 3166 country",
        "pay.0.currency: 'USX' is no code of an ISO 4217 currency",
        "pay.0.low: low (9) is above high (5)",
        "pay.1.median: must be a number, such as 40680 or 0.16",
        "pay.2.median: give low, median, mean or high",
        "pay.2.level: goes with the basis 'level', and only with it",
        "wages: there is no such field",
        "pay.1.source: 'hearsay' is no source of this guide",
        "pay.1.level: 'Boatman' is the title of no level of this guide",
    ]


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words[:-1]) + f" or '{words[-1]}'"


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("{", "json", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ("", "json", "not JSON: Expecting value at line 1, column 1"),
        ("[]", "json", "a guide is a mapping of names to values"),
        ('{"slug": "a", "slug": "b"}', "json", "'slug' is given twice in one place"),
        ("[" * 100_000, "json", "the lists are nested too deeply to be a guide"),
        ("[" * 5_000, "yaml", "the lists are nested too deeply to be a guide"),
        ("a: [", "yaml", "not YAML: expected the node content, but found '<stream end>' at line 1, column 5"),
        ("a: &x [1]\nb: *x", "yaml", "aliases are not read in a guide (line 2, column 4)"),
        ("a: &x {b: 1}\n<<: {c: 1}", "yaml", "'<<' is not read in a guide (line 2, column 1)"),
        ("a: 1\na: 2", "yaml", "'a' is given twice in one place (line 2, column 1)"),
        ("a: \x07", "yaml", "not YAML: a character that it does not allow at position 3"),
        ("a: !!bool maybe", "yaml", "not YAML: a value is not of the type that it claims"),
        ("a: !!timestamp x", "yaml", "not YAML: a value is not of the type that it claims"),
        ("a: 2026-13-41", "yaml", "not YAML: month must be in 1..12"),
        ("? [a]\n: b", "yaml", "not YAML: unhashable type: 'list'"),
        ("!!python/object/apply:os.system [ls]", "yaml",
         "not YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object/apply:os.system'"
         " at line 1, column 1"),
    ],
)  # fmt: skip
def test_text_that_holds_no_guide_is_refused_in_a_sentence(text: str, form: serialization.Format, told: str) -> None:
    assert issues(text, form) == [told]


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (4, "the file has schema_version 4; this version of Careerguide reads 1 to 3"),
        ("1", "the file has schema_version '1'; this version of Careerguide reads 1 to 3"),
        (True, "the file has schema_version True; this version of Careerguide reads 1 to 3"),
        (None, "the file gives no schema_version; this version of Careerguide reads 1 to 3"),
    ],
)
def test_another_schema_version_is_refused(version: Any, told: str) -> None:
    assert faults_of(schema_version=version) == [f"schema_version: {told}"]


def test_a_guide_of_version_1_is_read_as_a_guide_without_occupations() -> None:
    current = guide_data(occupations=[])
    assert schema.load(json.dumps(current | {"schema_version": 1})) == schema.validate(current)


def test_a_guide_of_version_2_states_its_education_as_a_requirement() -> None:
    fact = {"kind": "education", "text": "School", "source": "survey-2025"}
    current = guide_data(facts=[fact], requirements=[{"education": "associate", "source": "survey-2025"}])
    old = current | {"schema_version": 2, "facts": [fact | {"education": "associate"}]}
    del old["requirements"]
    assert schema.load(json.dumps(old)) == schema.validate(current)


def test_occupations_have_a_code_and_say_what_else_they_cover() -> None:
    occupations = [
        {"code": "31-9092", "relation": "same"},
        {"code": "43-6013", "relation": "nearest"},
        {"code": "319092", "relation": "nearest", "covers": "Others."},
        {"code": "43-6013", "relation": "broader", "covers": "Others."},
        {"code": "11-9111", "relation": ["same"], "covers": "Others."},
    ]
    assert faults_of(occupations=occupations) == [
        "occupations.1.covers: say what else the occupation covers, unless it is the same as the role",
        "occupations.2.code: '319092' is no SOC code, such as 31-9092",
        "occupations.4.relation: Input should be 'same', 'broader' or 'nearest'",
        "occupations.3.code: '43-6013' is already at occupations.1",
        "occupations.3.relation: only one occupation can be the same as the role or include it",
    ]


def test_years_of_a_level_and_their_source_go_together() -> None:
    levels = [
        {"title": "a", "years_from": 1},
        {"title": "b", "source": "survey-2025"},
        {"title": "c", "years_to": 2, "source": "survey-2025"},
    ]
    assert faults_of(levels=levels, pay=[]) == [
        "levels.0.source: goes with years, and only with them",
        "levels.1.source: goes with years, and only with them",
        "levels.2.years_from: goes with years_to: say where the years begin",
        "levels.2.source: goes with years, and only with them",
    ]


def test_a_number_of_ten_thousand_digits_is_refused() -> None:
    text = json.dumps(guide_data()).replace('"years_from": 0', f'"years_from": {"9" * 10_000}')
    assert issues(text)[0].startswith("not JSON: Exceeds the limit")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "-1", "true", '"1e3"', "0.00001"])
def test_what_is_no_plain_amount_is_refused(number: str) -> None:
    text = json.dumps(guide_data(pay=[pay(basis="headline", median="AMOUNT")])).replace('"AMOUNT"', number)
    assert [issue.partition(":")[0] for issue in issues(text)] == ["pay.0.median"]


def test_a_number_beyond_all_bounds_is_told_shortly() -> None:
    text = json.dumps(guide_data(pay=[pay(basis="headline", low="AMOUNT", high=1)])).replace('"AMOUNT"', "1e1000000")
    assert issues(text)[-1] == "pay.0.low: low (1.000e+1000000) is above high (1)"


@pytest.mark.parametrize("number", ["010", "1:30", "1_000", "0x10", "+1", ".inf", "1e3"])
def test_yaml_numbers_are_plain_digits(number: str) -> None:
    text = schema.dump(a_guide(), "yaml").replace("years_from: 5", f"years_from: {number}")
    assert issues(text, "yaml") == ["levels.1.years_from: Input should be a valid integer"]


def test_a_file_of_repeated_keys_is_refused_with_bounded_work() -> None:
    text = "{" + ", ".join(f'"{n}": 1' for n in range(200_000)) + ', "0": 1}'
    with at_most(2_000_000):
        issues(text)


@pytest.mark.parametrize("character", ["\x85", "\x9f", "\u2028", "\u2029", "\u202e", "\u2066", "\uffff"])
def test_characters_that_nobody_sees_are_refused(character: str) -> None:
    assert [issue.partition(":")[0] for issue in faults_of(title=f"a{character}b")] == ["title"]


@pytest.mark.parametrize(
    "address",
    [
        "https://intranet/x",
        "ftp://example.org/x",
        "https://",
        "javascript:x",
        "https://a b.c",
        "https://a.b/\x00",
        "https://a.b/\n",
        "https://ä.b",
    ],
)
def test_addresses_lead_to_the_web(address: str) -> None:
    assert [f.partition(":")[0] for f in faults_of(sources=[SOURCE | {"address": address}])] == ["sources.0.address"]


def test_a_lone_surrogate_is_refused() -> None:
    assert faults_of(title="\ud800") == ["title: holds a character that cannot be shown (U+D800)"]


def test_references_are_compared_as_they_are_stored() -> None:
    levels = [{"title": " Keeper\n", "years_from": 0, "source": "survey-2025"}]
    assert a_guide(levels=levels, pay=[pay(basis="level", level="Keeper ", median=1)]).pay[0].level == "Keeper"


def test_a_moment_is_no_day_and_hides_no_other_fault() -> None:
    text = (
        schema.dump(a_guide(), "yaml")
        .replace("'2025-01-01'", "2025-01-01 10:00:00")
        .replace("2025-12-31", "2024-12-31")
    )
    assert [issue.partition(":")[0] for issue in issues(text, "yaml")] == ["sources.0.covers_from"]


def test_a_fact_of_spaces_says_nothing() -> None:
    facts = [{"kind": "growth", "text": " \n", "source": "survey-2025"}]
    assert faults_of(facts=facts) == ["facts.0.text: give a text, a value or both"]


def test_a_reference_that_cannot_be_stored_hides_no_other_fault() -> None:
    bad = {"slug": "a\u0000", "name": "", "kind": "tool"}
    assert [issue.partition(":")[0] for issue in faults_of(skills=[bad, bad])] == [
        "skills.0.slug", "skills.0.name", "skills.1.slug", "skills.1.name", "skills.1.slug"
    ]  # fmt: skip


def test_what_repeats_and_what_nothing_cites_is_refused() -> None:
    twice = [{"slug": "lamps", "name": "Lamps", "kind": "tool"}] * 2
    unused = guide_data()["sources"][0] | {"slug": "unused"}
    assert faults_of(skills=twice, sources=[*guide_data()["sources"], unused]) == [
        "skills.1.slug: 'lamps' is already at skills.0",
        "sources.1: 'unused' is cited by no figure",
    ]


def test_text_is_stored_in_one_spelling() -> None:
    guide = a_guide(title="  Cafe\u0301 Keeper ", summary="one\r\ntwo\rthree")
    assert (guide.title, guide.summary) == ("Café Keeper", "one\ntwo\nthree")


def test_numbers_are_stored_in_one_spelling() -> None:
    spellings = [10_000, "10000", "10000.00"]
    assert {str(a_guide(pay=[pay(basis="headline", median=m)]).pay[0].median) for m in spellings} == {"10000"}


def test_a_guide_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        a_guide().title = "Other"  # type: ignore[misc]


def test_dump_leaves_out_what_is_empty() -> None:
    guide = Guide(schema_version=3, slug="a", title="A", summary="S")
    assert schema.dump(guide) == '{\n  "schema_version": 3,\n  "slug": "a",\n  "title": "A",\n  "summary": "S"\n}\n'
    assert schema.dump(guide, "yaml") == "schema_version: 3\nslug: a\ntitle: A\nsummary: S\n"


@pytest.mark.parametrize(
    ("words", "labelled"),
    [
        (schema.Chapter, choices.Chapter),
        (schema.SkillKind, choices.SkillKind),
        (parts.Importance, choices.Importance),
        (parts.Proficiency, choices.Proficiency),
        (schema.FactKind, choices.FactKind),
        (parts.EducationLevel, choices.EducationLevel),
        (parts.Setting, choices.Setting),
        (schema.PayBasis, choices.PayBasis),
        (schema.ConsiderationKind, choices.ConsiderationKind),
        (schema.Relation, choices.Relation),
        (schema.ToolkitKind, choices.ToolkitKind),
        (types.Unit, choices.Unit),
        (types.TimeUnit, choices.TimeUnit),
        (types.Period, choices.Period),
    ],
)
def test_the_schema_and_the_models_have_the_same_choices(words: Any, labelled: Any) -> None:
    assert list(get_args(words)) == labelled.values


def test_faults_read_as_sentences_with_and_without_a_place() -> None:
    assert [str(ValidationIssue("", "not JSON")), str(ValidationIssue("pay.0", "is odd"))] == [
        "not JSON",
        "pay.0: is odd",
    ]
