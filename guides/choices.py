"""The closed lists of the field's words, with their labels: for the admin's choices and for the reader's headings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Chapter(TextChoices):
    """The chapters of a guide's page, in reading order."""

    ROLE = "role", _("What the job is")
    DUTIES = "duties", _("What you would do")
    SETTING = "setting", _("Where you would work")
    TOOLS = "tools", _("Tools of the job")
    SKILLS = "skills", _("Skills that count")
    ENTRY = "entry", _("How to get in")
    EDUCATION = "education", _("Education and training")
    PAY = "pay", _("What it pays")
    OUTLOOK = "outlook", _("Outlook")
    PATH = "path", _("How far it leads")
    INCLUSION = "inclusion", _("Inclusion")
    ABROAD = "abroad", _("Working abroad")
    MARKET = "market", _("The market now")
    BALANCE = "balance", _("Does it suit you?")
    QUESTIONS = "questions", _("Questions people ask")
    TOOLKIT = "toolkit", _("Application toolkit")
    RELATED = "related", _("Roles nearby")


class SkillKind(TextChoices):
    TECHNICAL = "technical", _("Technical skills")
    SOFT = "soft", _("People skills")
    TOOL = "tool", _("Tools")


class FactKind(TextChoices):
    GROWTH = "growth", _("Growth")
    OPENINGS = "openings", _("Openings")
    EDUCATION = "education", _("Education")
    ENTRY_TIME = "entry-time", _("Time to get in")
    INDUSTRIES = "industries", _("Who hires")
    SCHEDULE = "schedule", _("Hours")


class Unit(TextChoices):
    SHARE = "share", _("share (0.16 is 16%)")
    COUNT = "count", _("count")
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class TimeUnit(TextChoices):
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class Period(TextChoices):
    HOUR = "hour", _("an hour")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class PayBasis(TextChoices):
    HEADLINE = "headline", _("Headline")
    LEVEL = "level", _("Level of the ladder")
    EXPERIENCE = "experience", _("Experience")
    COUNTRY = "country", _("Country")


class ConsiderationKind(TextChoices):
    PRO = "pro", _("Pro")
    CON = "con", _("Con")


class Relation(TextChoices):
    SIMILAR = "similar", _("Similar role")
    DIFFERENT = "different", _("Not the same as")
    FROM = "from", _("People come from")
    NEXT = "next", _("People move on to")


class ToolkitKind(TextChoices):
    RESUME = "resume", _("Résumé")
    COVER_LETTER = "cover-letter", _("Cover letter")
    INTERVIEW = "interview", _("Interview")
    JOB_DESCRIPTION = "job-description", _("Job description")
    SKILLS_GAP = "skills-gap", _("Skills gap")
    READINESS = "readiness", _("Readiness")
