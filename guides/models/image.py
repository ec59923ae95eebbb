"""Images that editors uploaded, for prose and as pictures of guides."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.media import names
from guides.schema import types


class Image(models.Model):
    """An uploaded picture, encoded again as WebP. Its files are `images.files_of(name)`, in the storage 'images'.

    `file_name` is the name of the uploaded file. Only editors see it.
    """

    name = models.CharField(_("name"), max_length=50, unique=True, validators=[RegexValidator(rf"^{names.NAME}\Z")])
    file_name = models.CharField(_("file"), max_length=types.MAX_LINE_LENGTH)
    uploaded_by = models.CharField(_("uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return f"{self.file_name}, {self.size}"

    @property
    def size(self) -> str:
        """The width and height in pixels, formatted."""
        return "{} × {}".format(*names.size_of(self.name))
