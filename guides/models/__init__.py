"""The tables. Editors change drafts, publishing turns drafts into editions, and visitors see editions only.

`drafts`, `parts`, `figures` and `qualifications` never import `edition`, and code of the public site never imports
them. `search_index` and `fulltext` are derived from editions, and `generation` changes whenever the public site
changes. `workflow` has the audit log, submissions, waivers, preview links and draft snapshots. `image` belongs to
both drafts and editions. `starting_jobs` and `search_intents` have no drafts: visitors see changes at once.
`statistics` and `wages` have official figures, which visitors see as they were published. `database` has triggers and
other objects that are not models, and `groups` the groups of people with their permissions.
"""

from .drafts import FieldOfWork, Part, Role, Skill, Slugged, Source
from .edition import Edition
from .figures import CareerLevel, EducationRoute, KeyFact, SalaryBand
from .fulltext import FullText
from .generation import Generation
from .image import Image
from .parts import (
    FAQ,
    ApplicationExample,
    Consideration,
    EntryStep,
    InterviewQuestion,
    RelatedRole,
    Responsibility,
    RoleOccupation,
    RoleSkill,
    Section,
    ToolkitItem,
)
from .qualifications import Certificate, Requirement
from .report import Report
from .search_index import Listing, Term, TermKind, Word, Wording
from .search_intents import SearchIntent
from .starting_jobs import StartingJob
from .statistics import Area, Occupation, PriceLevel, Projection, Release
from .wages import Wage
from .withdrawal import Withdrawal
from .workflow import Action, AuditLogEntry, DraftSnapshot, Outcome, PreviewLink, Submission, Waiver

__all__ = (
    "FAQ",
    "Action",
    "ApplicationExample",
    "Area",
    "AuditLogEntry",
    "CareerLevel",
    "Certificate",
    "Consideration",
    "DraftSnapshot",
    "Edition",
    "EducationRoute",
    "EntryStep",
    "FieldOfWork",
    "FullText",
    "Generation",
    "Image",
    "InterviewQuestion",
    "KeyFact",
    "Listing",
    "Occupation",
    "Outcome",
    "Part",
    "PreviewLink",
    "PriceLevel",
    "Projection",
    "RelatedRole",
    "Release",
    "Report",
    "Requirement",
    "Responsibility",
    "Role",
    "RoleOccupation",
    "RoleSkill",
    "SalaryBand",
    "SearchIntent",
    "Section",
    "Skill",
    "Slugged",
    "Source",
    "StartingJob",
    "Submission",
    "Term",
    "TermKind",
    "ToolkitItem",
    "Wage",
    "Waiver",
    "Withdrawal",
    "Word",
    "Wording",
)
