"""What is stored. Editors write the workspace; publishing turns it into editions; visitors read editions only.

`workspace` and `figures` never import `edition`, and the reader's code never imports them.
"""

from .edition import Edition
from .figures import CareerLevel, EducationRoute, KeyFact, SalaryBand
from .workspace import (
    FAQ,
    Consideration,
    EntryStep,
    Part,
    RelatedRole,
    Responsibility,
    Role,
    RoleSkill,
    Section,
    Skill,
    Slugged,
    Source,
    ToolkitItem,
)

__all__ = (
    "FAQ",
    "CareerLevel",
    "Consideration",
    "Edition",
    "EducationRoute",
    "EntryStep",
    "KeyFact",
    "Part",
    "RelatedRole",
    "Responsibility",
    "Role",
    "RoleSkill",
    "SalaryBand",
    "Section",
    "Skill",
    "Slugged",
    "Source",
    "ToolkitItem",
)
