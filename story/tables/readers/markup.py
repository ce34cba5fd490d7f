"""XML from strangers, read without entities, schemas or anything from elsewhere; and HTML in its texts made plain."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from story.exc import StoryFormatError

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})


def parse_xml(raw: bytes, file: str) -> etree._Element:
    """The root of a document. Raises StoryFormatError, with the line, for what is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" on line {line}" if line else ""
        raise StoryFormatError(f"'{file}' is no XML: {error}{where}. Export it again, and open that.") from None


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children that are called one of these, whatever their namespace."""
    return (child for child in element if local_name(child) in names)


def text_at(element: etree._Element, *path: str) -> str:
    """The text of the first element along a path of names; "" where there is none."""
    for name in path:
        found = next(children(element, name), None)
        if found is None:
            return ""
        element = found
    return "".join(str(part) for part in element.itertext()).strip()


def addresses(text: str, tag: str, name: str) -> list[str]:
    """The addresses that the tags of one kind in a description name: those of its pictures ("img", "src"), say."""
    if f"<{tag}" not in text.lower():
        return []
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    return [address for node in root.iter(tag) if (address := str(node.get(name, "")).strip())]


def plain(text: str) -> str:
    """A description that may be HTML, as text with its line breaks."""
    if "<" not in text and "&" not in text:
        return text.strip()
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return text.strip()
    parts: list[str] = []
    for node in root.iter():
        if node.tag in _BREAKS and parts:
            parts.append("\n")
        if node.tag not in ("script", "style") and node.text:
            parts.append(node.text)
        if node is not root and node.tail:
            parts.append(node.tail)
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(filter(None, lines))
