"""The registry of part types. If a new part type is missing in one of its places, a test here names it."""

from typing import get_args

from django.apps import apps

from guides.admin.role.inlines import PART_INLINES
from guides.models import Part
from guides.part_types import PART_TYPES
from guides.publishing.drafts.mapping import PARTS
from guides.schema import Guide, Source
from guides.schema.types import FrozenModel


def test_each_list_of_rows_in_the_guide_is_a_part_type() -> None:
    lists = {name: get_args(field.annotation) for name, field in Guide.model_fields.items()}
    rows = {name: of[0] for name, of in lists.items() if of[1:] == (...,) and isinstance(of[0], type)}
    parts = {name: value for name, value in rows.items() if issubclass(value, FrozenModel) and value is not Source}
    assert {part.name: part.value for part in PART_TYPES} == parts


def test_each_part_type_has_a_model_and_each_model_of_a_part_a_type() -> None:
    models = {model for model in apps.get_app_config("guides").get_models() if issubclass(model, Part)}
    assert {kind.model for kind in PARTS} == models
    assert [kind.model.__name__ for kind in PARTS] == [kind.value.__name__ for kind in PARTS]


def test_each_part_type_has_one_inline_on_the_role_page() -> None:
    assert sorted(inline.model.__name__ for inline in PART_INLINES) == sorted(kind.model.__name__ for kind in PARTS)
