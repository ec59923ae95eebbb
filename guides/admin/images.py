"""The admin of images: upload, Markdown to insert, and removal of unused images."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides.media import names
from guides.media.encode import BadImage
from guides.models import Image
from guides.publishing import PublishingError
from guides.publishing.drafts.images import remove_image, store_image, uses_of

ACCEPTED_TYPES = "image/png, image/jpeg, image/webp"


class ImageForm(forms.Form):
    file = forms.FileField(
        label=_("Image"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_TYPES}),
        help_text=_("PNG, JPEG or WebP, up to 20 MB and 40 million pixels."),
    )


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ("thumbnail", "file_name", "size", "uploaded_by", "uploaded_at")
    list_display_links = ("thumbnail", "file_name")
    list_per_page = 50
    search_fields = ("file_name", "name")
    date_hierarchy = "uploaded_at"
    actions = None  # deleting needs a search of all texts for each image
    fields = ("preview", "markdown", "file_name", "size", ("uploaded_by", "uploaded_at"), "uses")
    readonly_fields = ("preview", "markdown", "size", "uses")

    @admin.display(description=_("image"))
    def thumbnail(self, image: Image) -> SafeString:
        return _image_tag(image, 144, 96)

    @admin.display(description=_("image"))
    def preview(self, image: Image) -> SafeString:
        return _image_tag(image, 480, 480)

    @admin.display(description=_("Markdown"))
    def markdown(self, image: Image) -> SafeString:
        hint = _("Describe the image between the brackets.")
        return format_html("<code>{}</code><br>{}", names.markdown_of(image.name), hint)

    @admin.display(description=_("used in"))
    def uses(self, image: Image) -> str:
        return ", ".join(uses_of(image)) or str(_("nowhere, so it can be deleted"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Replace the admin's view, because encoding and storing an image must not happen in a transaction."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImageForm(request.POST, request.FILES) if request.method == "POST" else ImageForm()
        if form.is_valid():
            try:
                image = store_image(file=form.cleaned_data["file"], by=request.user.get_username())
            except (BadImage, PublishingError) as error:
                form.add_error("file", str(error))
            else:
                return self.response_add(request, image)
        popup_params = {name: value for name in (IS_POPUP_VAR, TO_FIELD_VAR) if (value := request.GET.get(name))}
        context = {**admin.site.each_context(request), "form": form, "opts": Image._meta, "popup_params": popup_params}
        return render(request, "admin/guides/add_image.html", context | {"is_popup": IS_POPUP_VAR in popup_params})

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and uses_of(obj))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        remove_image(image=obj)


def _image_tag(image: Image, max_width: int, max_height: int) -> SafeString:
    scaled = names.responsive(image.name, max_width=max_width, max_height=max_height)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}px" width="{}" height="{}" alt="" loading="lazy">',
        scaled.src, scaled.srcset or scaled.src, scaled.width, scaled.width, scaled.height,
    )  # fmt: skip
