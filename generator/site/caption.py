"""Captions: one line of Markdown, whatever it looks like at its beginning."""

from __future__ import annotations

from markdown import Markdown

#: What a line has no room for; links would miss the check that MkDocs gives to those of a page.
_BLOCKS = ("hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference")
_INLINE = (
    "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
    "autolink", "automail", "linebreak", "html", "entity",
)  # fmt: skip
#: Finished HTML is in the stash already; the first of these would drop its marks.
_BEFORE = ("normalize_whitespace", "html_block")


def one_line() -> Markdown:
    r"""Return a converter that knows `code`, *emphasis*, **strong** and escaped signs, no more.

    Examples
    --------
    >>> one_line().convert(r"1. *All* of `a_b` costs \$5, <b>[not](x)</b>")
    '<p>1. <em>All</em> of <code>a_b</code> costs $5, &lt;b&gt;[not](x)&lt;/b&gt;</p>'
    """
    markdown = Markdown()
    markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, "$"]
    for name in _BLOCKS:
        markdown.parser.blockprocessors.deregister(name)
    for name in _INLINE:
        markdown.inlinePatterns.deregister(name)
    for name in _BEFORE:
        markdown.preprocessors.deregister(name)
    return markdown
