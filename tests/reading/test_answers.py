"""A visitor's answers in URLs: parsed from any input, written in one canonical form."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from guides.reading.answers import MAX_ANSWERS, MAX_ROLES, Answers, to_years
from guides.requirements import Qualifications
from tests.helpers.strategies import slugs


def read(query: str) -> Answers:
    return Answers.read(QueryDict(query))


def test_a_url_holds_all_answers() -> None:
    answers = Answers(have=("oil", "wick"), some=("glass",), not_yet=("rowing",), role=("keeper",), years=3)
    assert answers.query() == "have=oil,wick&some=glass&not-yet=rowing&role=keeper&years=3"
    assert read(answers.query()) == answers
    assert read("") == Answers()
    assert Answers().query() == ""


def test_fields_of_a_form_override_lists() -> None:
    sent = read("have=oil,wick&skill-oil=not-yet&skill-glass=some&skill-wick=&years=3+years")
    assert sent == Answers(some=("glass",), not_yet=("oil",), years=3)


def test_the_later_list_wins() -> None:
    assert read("have=oil&not-yet=oil").query() == "not-yet=oil"


@pytest.mark.parametrize(
    "query",
    ["have=../../etc", "have=%00", "have=a b", "have=" + "x" * 200, "skill-=have", "skill-a=perhaps", "years=-1",
     "years=%D9%A3", "role=..", "have[]=a", "=", "have=,,,"],
)  # fmt: skip
def test_invalid_answers_are_ignored(query: str) -> None:
    assert read(query) == Answers()


def test_answers_are_bounded() -> None:
    many = read(
        "&".join([f"have={','.join(f'a{n}' for n in range(500))}", f"role={','.join(f'b{n}' for n in range(50))}"])
    )
    assert (len(many.have), len(many.role)) == (MAX_ANSWERS, MAX_ROLES)
    assert read(many.query()) == read(read(many.query()).query())


lists = st.lists(slugs, max_size=4, unique=True).map(",".join)


@given(have=lists, some=lists, lack=lists, extra=st.text(max_size=40))
def test_a_query_is_canonical(have: str, some: str, lack: str, extra: str) -> None:
    sent = QueryDict(mutable=True)
    sent.update({"have": have, "some": some, "not-yet": lack, "years": extra, "skill-x": extra})
    query = Answers.read(sent).query()
    assert read(query).query() == query


@pytest.mark.parametrize(
    ("text", "years"),
    [("3", 3), (" 3 years ", 3), ("3.5", 3), ("10+", 10), ("1 yr.", 1), ("99", None), ("80", 80),
     ("0", 0), ("", None), ("three", None),
     ("-3", None), ("300", None)],
)  # fmt: skip
def test_years_are_parsed_as_people_write_them(text: str, years: int | None) -> None:
    assert to_years(text) == years


def test_added_skills_do_not_override_answers() -> None:
    answers = Answers(some=("oil",), not_yet=("glass",)).with_skills(("oil", "glass", "wick"))
    assert answers == Answers(have=("wick",), some=("oil",), not_yet=("glass",))


def test_education_and_experience_travel_with_the_answers() -> None:
    answers = Answers(have=("oil",), years=3, education="associate", experience=(("boats", 2), ("lamps", 10)))
    query = "have=oil&years=3&education=associate&experience=boats:2,lamps:10"
    assert answers.query() == query
    assert Answers.read(QueryDict(query)) == answers
    assert Answers.read(QueryDict("education=wizard&experience=boats:x,:3,lamps")) == Answers()
    assert Answers.read(QueryDict("experience=boats:2&experience-boats=4&experience-oars=1")) == Answers(
        experience=(("boats", 4), ("oars", 1))
    )
    assert answers.qualifications == Qualifications("associate", {"boats": 2, "lamps": 10}, {"oil": True})


def test_a_form_holds_the_parameters_of_the_query() -> None:
    answers = Answers(have=("wick", "oil"), education="associate", experience=(("boats", 2),))
    assert answers.parameters == (("have", "oil,wick"), ("education", "associate"), ("experience", "boats:2"))


def test_renamed_skills_and_roles_keep_their_answers() -> None:
    answers = Answers(have=("lamp", "oil"), some=("wick",), not_yet=("old-wick",), role=("wickie", "keeper"))
    assert answers.renamed({"lamp": "lamps", "old-wick": "wick"}, {"wickie": "keeper"}) == Answers(
        have=("lamps", "oil"), some=("wick",), role=("keeper",)
    )
