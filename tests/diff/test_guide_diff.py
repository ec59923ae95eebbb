"""What changed between two guides, told to the editor who decides whether to publish it."""

import random
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from guides.diff import labels
from guides.diff import word_diff as pieces
from guides.diff.guide_diff import Change, FieldChange, differences
from guides.diff.word_diff import Piece
from guides.schema import MAX_PARTS, FieldOfWork, Guide
from tests.helpers.factories import SOURCE, a_guide, an_occupation, guide_data, pay
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import guides, lines, prose
from tests.helpers.work import at_most

LISTS = [part for part in labels.PARTS if isinstance(getattr(a_guide(), part), tuple) and part != "alternative_titles"]


def same(text: str) -> Piece:
    return Piece("same", text)


def gone(text: str) -> Piece:
    return Piece("removed", text)


def come(text: str) -> Piece:
    return Piece("added", text)


def shown(old: str, new: str) -> str:
    """What is the same as it is, [what went], {what came}."""
    marks = {"same": "%s", "removed": "[%s]", "added": "{%s}"}
    compared = pieces.compare(pieces.words(old), pieces.words(new))
    return "".join(marks[piece.kind] % piece.text for piece in compared)


def told(old: Guide | None, new: Guide) -> list[tuple[str, str, str]]:
    return [(change.place, change.name, change.kind) for change in differences(old, new)]


def questions(*asked: str) -> Guide:
    return a_guide(faqs=[{"question": question, "answer": f"As to “{question}”: yes."} for question in asked])


texts = prose | st.lists(st.sampled_from(["the", "light", "of", "a", "lamp", ".", ",", "\n\n"]), max_size=30).map(
    " ".join
)


@examples(300)
@given(old=texts, new=texts, split=st.sampled_from([pieces.words, pieces.names, pieces.whole]))
def test_the_pieces_join_to_either_text(old: str, new: str, split: Any) -> None:
    found = pieces.compare(split(old), split(new))
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
    assert all(piece.text for piece in found)
    assert (old == new) == all(piece.kind == "same" for piece in found)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("Keeps the light.", "Keeps the great light, always.", "Keeps the {great }light{, always}."),
        ("12 months or more", "6 months or less", "[12 ]{6 }months or [more]{less}"),
        ("One. Two.", "One.\n\nTwo.", "One.[ ]{\n\n}Two."),
        ("It pays. It is calm.", "It pays. It is dull. It is calm.", "It pays. {It is dull. }It is calm."),
        ("It pays. It is dull. It is calm.", "It pays. It is calm.", "It pays. [It is dull. ]It is calm."),
        ("the worst of nights", "a finer set of mornings", "[the worst of nights]{a finer set of mornings}"),
        ("", "New", "{New}"),
        ("Part-time, isn’t it?", "Full-time, isn’t it?", "[Part-time]{Full-time}, isn’t it?"),
    ],
)
def test_words_are_compared_as_a_reader_would(old: str, new: str, pieces: str) -> None:
    assert shown(old, new) == pieces


def test_names_are_compared_one_by_one() -> None:
    found = pieces.compare(pieces.names("Care Aide, Wickie"), pieces.names("Care Aide, Care Helper, Wickie"))
    assert found == (same("Care Aide, "), come("Care Helper, "), same("Wickie"))


def test_long_stretches_that_are_the_same_are_cut() -> None:
    before, behind = " ".join(map(str, range(30))), " ".join(map(str, range(50, 80)))
    found = pieces.compare(pieces.words(f"{before} old {behind}"), pieces.words(f"{before} new {behind}"))
    assert pieces.cut(found, 2) == (same("… 28 29 "), gone("old "), come("new "), same("50 51 …"))
    assert pieces.cut(found, 30) == found


@examples(30)
@given(old=guides(), new=guides())
def test_every_row_is_accounted_for(old: Guide, new: Guide) -> None:
    assert differences(new, new) == ()
    found = differences(old, new)
    for part in LISTS:
        kinds = [change.kind for change in found if change.part == part]
        grown = len(getattr(new, part)) - len(getattr(old, part))
        assert kinds.count("added") - kinds.count("removed") == grown
        assert bool(kinds) == (getattr(old, part) != getattr(new, part))
    for part in labels.PARTS.keys() - {*LISTS}:
        assert (part in {change.part for change in found}) == (getattr(old, part) != getattr(new, part))
    assert all(piece.text for change in found for field in change.fields for piece in field.pieces)


def test_every_part_and_field_of_the_document_has_a_label() -> None:
    assert {*labels.PARTS} == {*Guide.model_fields} - {"schema_version"}
    guide = a_guide(occupations=[an_occupation()])
    rows = [(part, row) for part in LISTS for row in getattr(guide, part)[:1]] + [("field", guide.field)]
    named = [labels.field_label(part, field) for part, row in rows for field in type(row).model_fields]
    assert all(named)


def test_against_no_guide_all_is_added_in_the_order_of_the_page() -> None:
    found = differences(None, a_guide(occupations=[an_occupation()]))
    assert {change.kind for change in found} == {"added"}
    assert list(dict.fromkeys(change.part for change in found)) == [part for part in labels.PARTS if part != "picture"]
    assert found[1] == Change("title", "title", "Title", "added", (FieldChange("Title", (come("Lighthouse Keeper"),)),))
    assert found[-1].fields == (
        FieldChange("Address", (come("survey-2025"),)),
        FieldChange("Publisher", (come("Bureau of Surveys"),)),
        FieldChange("Title", (come("Pay and work"),)),
        FieldChange("Covers from", (come("January 1, 2025"),)),
        FieldChange("Covers to", (come("December 31, 2025"),)),
        FieldChange("Web address", (come("https://example.org/survey"),)),
        FieldChange("Seen on", (come("January 31, 2026"),)),
    )


def test_fields_of_the_guide_itself() -> None:
    old = a_guide()
    new = a_guide(alternative_titles=["Wickie", "Keeper"], reviewed_on=None, summary="Keeps the great light.")
    assert differences(old, new) == (
        Change("alternative_titles", "alternative_titles", "Alternative titles", "changed",
               (FieldChange("Alternative titles", (same("Wickie"), come(", Keeper"))),)),
        Change("summary", "summary", "Summary", "changed",
               (FieldChange("Summary", (same("Keeps the "), come("great "), same("light."))),)),
        Change("reviewed_on", "reviewed_on", "Reviewed on", "removed",
               (FieldChange("Reviewed on", (gone("February 1, 2026"),)),)),
    )  # fmt: skip


def test_another_field_of_work() -> None:
    sea = FieldOfWork(slug="sea", name="Sea", summary="Work by the sea.")
    assert differences(a_guide(), a_guide(field=sea.model_dump())) == (
        Change("field", "field", "Sea", "changed",
               (FieldChange("Address", (gone("coast"), come("sea"))),
                FieldChange("Name", (gone("Coast"), come("Sea"))))),
    )  # fmt: skip
    assert told(a_guide(), a_guide(field=None)) == [("field", "Coast", "removed")]


def test_a_reworded_question_is_changed_and_not_another() -> None:
    old = a_guide(
        faqs=[{"question": "Is it lonely?", "answer": "At times."}, {"question": "And calm?", "answer": "No."}]
    )
    new = a_guide(faqs=[{"question": "Is the work lonely?", "answer": "At times."}])
    assert differences(old, new) == (
        Change("faqs", "faqs.0", "Is the work lonely?", "changed",
               (FieldChange("Question", (same("Is "), gone("it "), come("the work "), same("lonely?"))),)),
        Change("faqs", "faqs.1", "And calm?", "removed", (FieldChange("Answer", (gone("No."),)),)),
    )  # fmt: skip


def test_what_is_asked_anew_is_another_question() -> None:
    old = a_guide(faqs=[{"question": "Is it lonely?", "answer": "At times."}])
    new = a_guide(faqs=[{"question": "What does one eat?", "answer": "Mostly fish."}])
    assert told(old, new) == [("faqs.0", "Is it lonely?", "removed"), ("faqs.0", "What does one eat?", "added")]


@pytest.mark.parametrize(
    ("part", "old", "new", "name"),
    [
        ("facts", {"kind": "growth", "text": "Slow"}, {"kind": "growth", "text": "Rather fast"}, "Growth"),
        ("sections", {"chapter": "role", "body": "One."}, {"chapter": "role", "body": "Two."}, "What the job is"),
        ("skills", {"slug": "oil", "name": "Oil", "kind": "soft"},
         {"slug": "oil", "name": "Rod", "kind": "tool"}, "Rod"),
        ("routes", {"title": "School", "body": "One."}, {"title": "School", "body": "Two."}, "School"),
        ("pay", pay(basis="country", label="All", median=1), pay(basis="country", label="All", median=2),
         "United States, All"),
        ("related", {"relation": "next", "title": "Pilot", "slug": "a"},
         {"relation": "from", "title": "Sailor", "slug": "a"}, "Sailor"),
        ("toolkit", {"kind": "resume", "title": "A", "body": "One."},
         {"kind": "resume", "title": "A", "body": "Two."}, "A"),
    ],
)  # fmt: skip
def test_a_row_is_known_by_its_key(part: str, old: dict[str, Any], new: dict[str, Any], name: str) -> None:
    source = {"source": "survey-2025"} if part in {"facts", "routes"} else {}
    before, after = (a_guide(**{part: [*guide_data()[part], row | source]}) for row in (old, new))
    if part == "facts":  # there, the kind is the key
        before, after = (a_guide(facts=[row | source], levels=guide_data()["levels"]) for row in (old, new))
    assert told(before, after) == [(f"{part}.{len(getattr(after, part)) - 1}", name, "changed")]


@pytest.mark.parametrize("count", [3, 9, MAX_PARTS])
def test_one_row_that_moved_is_told_and_not_those_that_it_passed(count: int) -> None:
    asked = [f"Is it {n}?" for n in range(count)]
    last = count - 1
    assert told(questions(*asked), questions(asked[-1], *asked[:-1])) == [("faqs.0", asked[last], "moved")]


def test_what_moved_may_have_changed_besides() -> None:
    old, new = guide_data()["responsibilities"], [{"title": "Trim the lamp", "detail": "Every night."}]
    others = [{"title": f"Duty {n}", "detail": "Often."} for n in "abc"]
    assert differences(a_guide(responsibilities=[*old, *others]), a_guide(responsibilities=[*others, *new])) == (
        Change("responsibilities", "responsibilities.3", "Trim the lamp", "moved",
               (FieldChange("Detail", (same("Every "), gone("evening"), come("night"), same("."))),)),
    )  # fmt: skip


def test_what_went_stands_where_it_stood() -> None:
    old, new = questions("Is a?", "Is b?", "Is c?", "Is d?"), questions("Is a?", "Is d?", "Is it new, too?")
    assert told(old, new) == [
        ("faqs.1", "Is b?", "removed"),
        ("faqs.2", "Is c?", "removed"),
        ("faqs.2", "Is it new, too?", "added"),
    ]


def test_figures_are_told_as_people_read_them() -> None:
    def guide(*, approximate: bool, source: str, **figures: Any) -> Guide:
        other = SOURCE | {"slug": "census", "publisher": "Census", "title": "All people"}
        route = {"title": "School", "cost": {"low": 1, "high": figures["cost"], "currency": "USD"}, "source": source}
        facts = [{"kind": "setting", "settings": figures["settings"], "text": "A tower", "source": "survey-2025"},
                 {"kind": "growth", "value": {"low": figures["growth"], "unit": "share"},
                  "source": "census"}]  # fmt: skip
        band = pay(basis="country", label="All", approximate=approximate, **figures["pay"])
        return a_guide(facts=facts, routes=[route], levels=[], pay=[band], sources=[SOURCE, other])

    old = guide(approximate=False, source="survey-2025", cost=5, growth="0.02", settings=["office"],
                pay={"median": 40_000})  # fmt: skip
    new = guide(approximate=True, source="census", cost="7.50", growth="0.03", settings=["outdoors", "office"],
                pay={"median": 41_000, "country": "GB", "currency": "GBP", "period": "week"})  # fmt: skip
    assert {(change.part, field.name): field.pieces for change in differences(old, new) for field in change.fields} == {
        ("facts", "Settings"): (same("Office"), come(", Outdoors")),
        ("facts", "Figure"): (gone("2% or more"), come("3% or more")),
        ("routes", "Cost"): (gone("$1–$5"), come("$1–$7.50")),
        ("routes", "Source"): (gone("Bureau of Surveys: Pay and work, 2025"), come("Census: All people, 2025")),
        ("pay", "Country"): (gone("United States"), come("United Kingdom")),
        ("pay", "Median"): (gone("$40,000"), come("£41,000")),
        ("pay", "Approximate"): (come("yes"),),
        ("pay", "Currency"): (gone("USD"), come("GBP")),
        ("pay", "Period"): (gone("a year"), come("a week")),
    }


def test_what_differs_and_reads_alike_is_told_all_the_same() -> None:
    twin = SOURCE | {"slug": "survey-again"}

    def guide(source: str) -> Guide:
        steps = [
            {"title": "School", "source": source},
            *({"title": of, "source": of} for of in (SOURCE["slug"], twin["slug"])),
        ]
        return a_guide(routes=steps, sources=[SOURCE, twin])

    [change] = differences(guide("survey-2025"), guide("survey-again"))
    read = "Bureau of Surveys: Pay and work, 2025"
    assert change.fields == (FieldChange("Source", (gone(read), come(read))),)


def test_where_very_much_has_changed_the_longest_texts_are_told_whole() -> None:
    def guide(last: str) -> Guide:
        body = "word " * 3_990 + last
        return a_guide(faqs=[{"question": "Short?", "answer": f"It is {last}."},
                             *({"question": f"Is it {n}?", "answer": body} for n in range(40))])  # fmt: skip

    short, *others = differences(guide("old"), guide("new"))
    assert short.fields[0].pieces == (same("It is "), gone("old"), come("new"), same("."))
    assert {tuple(piece.kind for piece in change.fields[0].pieces) for change in others} == {("removed", "added")}


def much(nth: int, *, rows: int, length: int, letters: str, asked: str) -> Guide:
    chance = random.Random(nth)
    return a_guide(
        faqs=[
            {"question": asked.format(nth=nth, row=row), "answer": "".join(chance.choices(letters, k=length)) + "."}
            for row in range(rows)
        ]
    )


@pytest.mark.parametrize(
    "shape",
    [
        {"rows": MAX_PARTS, "length": 19_990, "letters": "abcdef  ", "asked": "{nth}{row}?"},
        {"rows": MAX_PARTS, "length": 19_990, "letters": "abcdef  ", "asked": "Is it {row}?"},
        {"rows": 10, "length": 19_990, "letters": "abcdef  ", "asked": "Is it {row}?"},
        {"rows": 33, "length": 5_990, "letters": "!?", "asked": "Is it {row}?"},
    ],
    ids=["all is new", "all has changed", "as much as is compared", "nothing but marks"],
)
def test_the_most_that_can_change_takes_bounded_work(shape: dict[str, Any]) -> None:
    old, new = much(1, **shape), much(2, **shape)
    with at_most(20_000_000):
        assert differences(old, new)


@given(name=lines.filter(str.strip))
@examples(20)
def test_the_page_of_changes_shows_text_as_text(name: str) -> None:
    html = render_to_string(
        "admin/guides/role/_changes.html", {"changes": differences(a_guide(), questions(f"<b>{name}"))}
    )
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_changes_are_told_to_those_who_see_no_colors() -> None:
    changes = differences(a_guide(), a_guide(summary="Keeps the lamp.", faqs=[]))
    html = render_to_string("admin/guides/role/_changes.html", {"changes": changes})
    assert '<h2>Questions <span class="changes-count">(1)</span></h2>' in html
    assert '<strong>Is it lonely?</strong> <span class="changes-kind">removed</span>' in html
    assert (
        'Keeps the <del><span class="visually-hidden">removed: </span>light</del>'
        '<ins><span class="visually-hidden">added: </span>lamp</ins>.'
    ) in html
    assert "Nothing has changed." in render_to_string("admin/guides/role/_changes.html", {"changes": ()})
