"""The template of Word files: a page in US Letter size, with the styles of a résumé, a letter, or a job description."""

from functools import cache
from io import BytesIO
from typing import Any

FONT = "Calibri"
INK, GRAY, RULE = "1D2A30", "55636A", "B9C2C6"
PAGE_WIDTH, PAGE_HEIGHT = 8.5, 11
SIDE_MARGIN, TOP_MARGIN = 0.9, 0.75
"""In inches."""


def new_document(*, is_letter: bool = False) -> Any:
    """Return an empty document with the styles of the template. A letter has wider margins and more space."""
    import docx
    from docx.shared import Inches, Pt

    word: Any = docx.Document(BytesIO(_template()))
    if is_letter:
        text, [section] = word.styles["Normal"], word.sections
        text.font.size, text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(11), Pt(12), 1.15
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    return word


def set_language(word: Any, language: str) -> None:
    """Set the language in which Word checks the spelling, such as 'en-US'."""
    from docx.oxml.ns import qn

    [element] = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    element.set(qn("w:val"), language)


@cache
def _template() -> bytes:
    import docx

    word: Any = docx.Document()
    _remove_unused(word)
    _set_page(word)
    _set_styles(word)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _remove_unused(word: Any) -> None:
    """Remove the parts of the library's default template that are unused. They are two thirds of a file."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for relations, name in ((word.part.rels, "/stylesWithEffects"), (word.part.package.rels, "/thumbnail")):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(name)]:
            del relations[key]


def _set_page(word: Any) -> None:
    from docx.shared import Inches

    [section] = word.sections
    section.page_width, section.page_height = Inches(PAGE_WIDTH), Inches(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Inches(SIDE_MARGIN)
    section.top_margin = section.bottom_margin = Inches(TOP_MARGIN)
    section.footer_distance = Inches(0.4)


def _set_styles(word: Any) -> None:
    """Set the font, sizes in points, space before and after paragraphs, and the tab stop of dates."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Inches, Pt, RGBColor

    _set_font(word)
    for name, size, is_bold, before, after, color in (
        ("Normal", 10.5, None, 0, 6, INK),
        ("Title", 22, True, 0, 2, INK),
        ("Heading 1", 11.5, True, 10, 4, INK),
        ("Heading 2", 10.5, True, 6, 0, INK),
        ("List Bullet", 10.5, None, 0, 2, INK),
        ("List", 10.5, None, 0, 2, INK),
        ("Footer", 8.5, None, 0, 0, GRAY),
    ):
        style = word.styles[name]
        style.font.size, style.font.bold = Pt(size), is_bold
        style.font.color.rgb = RGBColor.from_string(color)
        layout = style.paragraph_format
        layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.08
        layout.keep_with_next = name.startswith(("Title", "Heading")) or None
    _set_rule(word.styles["Title"], "")
    _set_rule(word.styles["Heading 1"], RULE)
    stops = word.styles["Heading 2"].paragraph_format.tab_stops
    stops.add_tab_stop(Inches(PAGE_WIDTH - 2 * SIDE_MARGIN), WD_TAB_ALIGNMENT.RIGHT)


def _set_font(word: Any) -> None:
    """Use one font for all text. The fonts of the template's theme would come before it."""
    from docx.oxml.ns import qn

    for fonts in word.styles.element.xpath("//w:rFonts"):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)
    for spacing in word.styles.element.xpath("//w:rPr/w:spacing | //w:rPr/w:kern"):
        spacing.getparent().remove(spacing)


def _set_rule(style: Any, color: str) -> None:
    """Draw a thin line below paragraphs of a style, or remove the line if the color is ''."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.xpath("w:pBdr"):
        properties.remove(border)
    if color:
        border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", color)):
            bottom.set(qn(f"w:{name}"), value)
        border.append(bottom)
        properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
