"""The closed lists of the field's words, with their labels: for the admin's choices and for the reader's headings."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guides.skill_groups import FULL_POINTS


class Chapter(TextChoices):
    """The chapters of a guide's page, in reading order."""

    ROLE = "role", _("What the job is")
    DUTIES = "duties", _("What you would do")
    SETTING = "setting", _("Where you would work")
    TOOLS = "tools", _("Tools you would use")
    SKILLS = "skills", _("Skills you need")
    ENTRY = "entry", _("How to get in")
    EDUCATION = "education", _("Education and training")
    PAY = "pay", _("What it pays")
    OUTLOOK = "outlook", _("Outlook")
    PATH = "path", _("Career path")
    INCLUSION = "inclusion", _("Inclusion")
    ABROAD = "abroad", _("Working abroad")
    MARKET = "market", _("Job market")
    BALANCE = "balance", _("Is it right for you?")
    QUESTIONS = "questions", _("Common questions")
    TOOLKIT = "toolkit", _("Application toolkit")
    RELATED = "related", _("Related jobs")


class SkillKind(TextChoices):
    TECHNICAL = "technical", _("Technical skills")
    SOFT = "soft", _("People skills")
    TOOL = "tool", _("Tools")
    CERTIFICATE = "certificate", _("Certificates")


class Importance(TextChoices):
    """How much a skill counts for a role, descending."""

    ESSENTIAL = "essential", _("Essential")
    IMPORTANT = "important", _("Important")
    USEFUL = "useful", _("Useful")


class Proficiency(TextChoices):
    """How well a skill is to be mastered, ascending."""

    BASIC = "basic", _("Beginner, with support")
    WORKING = "working", _("Independent")
    ADVANCED = "advanced", _("Expert: handles hard cases and trains others")


class FactKind(TextChoices):
    GROWTH = "growth", _("Growth")
    OPENINGS = "openings", _("Openings")
    EDUCATION = "education", _("Education")
    ENTRY_TIME = "entry-time", _("Time to start")
    SETTING = "setting", _("Setting")
    INDUSTRIES = "industries", _("Who hires")
    SCHEDULE = "schedule", _("Hours")


class EducationLevel(TextChoices):
    """The minimum that employers usually require, ascending."""

    NONE = "none", _("No formal education")
    HIGH_SCHOOL = "high-school", _("High school diploma")
    POSTSECONDARY = "postsecondary", _("Certificate or vocational training")
    ASSOCIATE = "associate", _("Associate degree")
    BACHELOR = "bachelor", _("Bachelor’s degree")
    MASTER = "master", _("Master’s degree")
    DOCTORAL = "doctoral", _("Doctoral or professional degree")


class GrowthBand(TextChoices):
    """How much an occupation is expected to grow over its projection."""

    SLOW = "below-5", _("Below 5%")
    STEADY = "5-to-10", _("5% to 10%")
    FAST = "10-and-more", _("10% or more")

    @classmethod
    def of(cls, share: Decimal) -> "GrowthBand":
        return cls.SLOW if share < Decimal("0.05") else cls.STEADY if share < Decimal("0.1") else cls.FAST


class Setting(TextChoices):
    HOSPITAL = "hospital", _("Hospital")
    CLINIC = "clinic", _("Clinic or doctor’s office")
    CARE_HOME = "care-home", _("Long-term care")
    COMMUNITY = "community", _("Government or community agency")
    SCHOOL = "school", _("School or college")
    LABORATORY = "laboratory", _("Laboratory")
    SHOP = "shop", _("Store or restaurant")
    FACTORY = "factory", _("Factory or workshop")
    OFFICE = "office", _("Office")
    OUTDOORS = "outdoors", _("Outdoors")
    ROAD = "road", _("On the road")
    REMOTE = "remote", _("Work from home")


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
    LEVEL = "level", _("Career level")
    EXPERIENCE = "experience", _("Experience")
    COUNTRY = "country", _("Country")


class OccupationRelation(TextChoices):
    """How an official occupation relates to a role, closest first."""

    SAME = "same", _("Same as the job")
    BROADER = "broader", _("Includes the job")
    NEAREST = "nearest", _("Similar to the job")


class ConsiderationKind(TextChoices):
    PRO = "pro", _("Pro")
    CON = "con", _("Con")


class Relation(TextChoices):
    SIMILAR = "similar", _("Similar role")
    DIFFERENT = "different", _("Not the same as")
    FROM = "from", _("People come from")
    NEXT = "next", _("People move on to")


class Verdict(TextChoices):
    """What a reader says of a section."""

    USEFUL = "useful", _("Useful")
    USELESS = "useless", _("Not useful")
    WRONG = "wrong", _("Something is wrong")


class ToolkitKind(TextChoices):
    RESUME = "resume", _("Résumé")
    COVER_LETTER = "cover-letter", _("Cover letter")
    INTERVIEW = "interview", _("Interview")
    JOB_DESCRIPTION = "job-description", _("Job description")
    SKILLS_GAP = "skills-gap", _("Skills gap")
    READINESS = "readiness", _("Readiness")


class Answer(TextChoices):
    HAVE = "have", _("Have it")
    SOME = "some", _("Some")
    NOT_YET = "not-yet", _("Not yet")

    @property
    def points(self) -> int:
        """The points of a skill with this answer: some of a skill counts half."""
        return {Answer.HAVE: FULL_POINTS, Answer.SOME: FULL_POINTS // 2, Answer.NOT_YET: 0}[self]

    @classmethod
    def of_points(cls, points: int) -> "Answer":
        """Return the answer that fits the points of a skill, which may follow from other skills."""
        return cls.HAVE if points == FULL_POINTS else cls.SOME if points else cls.NOT_YET
