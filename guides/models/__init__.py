"""What is stored. Editors write the workspace; publishing turns it into editions; visitors read editions only.

`workspace` and `figures` never import `edition`, and the reader's code never imports them. `listing` and `fulltext`
hold what is derived from editions, to find them by, and `generation` a mark that changes with what visitors see;
`desk` what editors did, asked and explained. `image` belongs to both sides, and knows neither.
"""

from .drafts import (
    FAQ,
    Consideration,
    EntryStep,
    FieldOfWork,
    InterviewQuestion,
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
from .edition import Edition
from .figures import CareerLevel, EducationRoute, KeyFact, SalaryBand
from .fulltext import FullText
from .generation import Generation
from .image import Image
from .report import Report
from .search_index import Listing, Term, TermKind, Word, Wording
from .withdrawal import Withdrawal
from .workflow import Act, Action, Explanation, KeptDraft, Outcome, PreviewLink, Submission

__all__ = (
    "FAQ",
    "Act",
    "Action",
    "CareerLevel",
    "Consideration",
    "Edition",
    "EducationRoute",
    "EntryStep",
    "Explanation",
    "FieldOfWork",
    "FullText",
    "Generation",
    "Image",
    "InterviewQuestion",
    "KeptDraft",
    "KeyFact",
    "Listing",
    "Outcome",
    "Part",
    "PreviewLink",
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
    "Submission",
    "Term",
    "TermKind",
    "ToolkitItem",
    "Withdrawal",
    "Word",
    "Wording",
)
