"""What is stored. Editors write the workspace; publishing turns it into editions; visitors read editions only.

`workspace` and `figures` never import `edition`, and the reader's code never imports them. `listing` and `fulltext`
hold what is derived from editions, to find them by. `image` belongs to both sides, and knows neither.
"""

from .edition import Edition
from .figures import CareerLevel, EducationRoute, KeyFact, SalaryBand
from .fulltext import FullText
from .image import Image
from .listing import Listing, Term, TermKind, Word
from .report import Report
from .withdrawal import Withdrawal
from .workspace import (
    FAQ,
    Consideration,
    EntryStep,
    FieldOfWork,
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
    "FieldOfWork",
    "FullText",
    "Image",
    "KeyFact",
    "Listing",
    "Part",
    "RelatedRole",
    "Report",
    "Responsibility",
    "Role",
    "RoleSkill",
    "SalaryBand",
    "Section",
    "Skill",
    "Slugged",
    "Source",
    "Term",
    "TermKind",
    "ToolkitItem",
    "Withdrawal",
    "Word",
)
