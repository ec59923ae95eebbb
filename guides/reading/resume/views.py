"""The view that reads a résumé and shows the skills and titles in it for confirmation."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from careerguide.client_address import client_address
from guides.choices import Answer, EducationLevel
from guides.models.edition import Edition
from guides.reading import clock
from guides.reading.answers import Answers, read_answers
from guides.reading.form_errors import errors_of
from guides.reading.http import ANY, query_params
from guides.reading.index.live_data import live_data
from guides.reading.index.live_index import LiveIndex
from guides.reading.limits import Busy, Slots

from .facts import Facts
from .recognition import MAX_LETTERS, recognize
from .upload import InMemoryUploadHandler, UnreadableFile, extract_text

CHOICES = (
    (Answer.HAVE, Answer.HAVE.label),
    (Answer.SOME, Answer.SOME.label),
    (Answer.NOT_YET, gettext_lazy("Not mine")),
)

PARSING, RECOGNIZING = Slots(2), Slots(2)
"""How many files this process parses at once, and in how many texts it looks for skills."""

HEALTH_CARE = "work in health care"
"""The kind of experience that the dates of a résumé's jobs show."""

BUSY = gettext_lazy("We are busy reading other résumés. Try again in a minute.")


class ResumeForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Paste your résumé"),
        required=False,
        max_length=MAX_LETTERS,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("The text is too long for a résumé. Paste only your résumé.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or upload a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(".txt, .md, .docx or .pdf, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.docx,.pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check that there is a text or a file. The file is not read here, because that needs a slot."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text"):
            self.add_error("text", _("Paste your résumé, or upload a file."))
        return cleaned


@query_params(ANY)
@csrf_exempt  # there is no session to abuse, nothing is stored, and the token would need a cookie
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def read_resume(request: HttpRequest) -> HttpResponse:
    """Show what a résumé contains, to be confirmed or struck out. The text stays in the memory of this request."""
    request.upload_handlers = [InMemoryUploadHandler(request)]
    now = clock.now()
    form = ResumeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    edition = _edition(request, at=now)
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "answers": read_answers(request, at=now),
        "asks_years": edition is not None and any(level.years_from is not None for level in edition.guide.levels),
    }
    if not form.is_bound:
        return render(request, "guides/resume/upload.html", context)
    status = 422
    if form.is_valid():
        address = client_address(request)
        try:
            text = _text(form.cleaned_data, address)
            with RECOGNIZING.hold(address):
                found = recognize(text, at=now)
            result = {
                "found": found,
                "choices": CHOICES,
                "education_levels": EducationLevel.choices,
                "education": _education(found.facts, context["answers"]),
                "experiences": tuple(_experiences(found.facts, context["answers"], live_data(at=now).index)),
            }
            return render(request, "guides/resume/result.html", context | result)
        except UnreadableFile as error:
            form.add_error("file", str(error))
        except Busy:
            status = 503
            form.add_error(None, str(BUSY))
    errors = {"form_errors": tuple(errors_of(form))}
    return render(request, "guides/resume/upload.html", context | errors, status=status)


class Experience(NamedTuple):
    """A kind of experience that guides require, and the years to begin the visitor's answer with, if any."""

    slug: str
    name: str
    years: int | None


def _education(facts: Facts, answers: Answers) -> str:
    """Return the level of education to begin with: the visitor's answer, or else that of the résumé."""
    return answers.education or (facts.education.level.value if facts.education else "")


def _experiences(facts: Facts, answers: Answers, index: LiveIndex) -> Iterator[Experience]:
    """Yield the kinds of experience that live guides require. The résumé shows only years in health care as such."""
    stated = dict(answers.experience)
    for slug, name in index.experiences.items():
        read = facts.health_years if name.lower() == HEALTH_CARE else None
        yield Experience(slug, name, stated.get(slug, read))


def _edition(request: HttpRequest, *, at: datetime) -> Edition | None:
    """Return the live edition whose skills check the visitor came from, if any."""
    slug = request.GET.get("guide", "").replace("\0", "")
    return Edition.objects.live(at=at).filter(slug=slug).listed().first() if slug else None


@sensitive_variables()
def _text(cleaned: dict[str, Any], address: str) -> str:
    """Return the text of a valid form, both pasted and from its file. Raises Busy or UnreadableFile."""
    text: str = cleaned["text"]
    if file := cleaned["file"]:
        with PARSING.hold(address):
            text = f"{text}\n{extract_text(file.read())}".strip()
    if len(text) > MAX_LETTERS:
        raise UnreadableFile("long")
    return text
