"""What a file of news says: its text, captions, title, day and source; and what is refused, and how."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from pypdf import PdfWriter

from story.exc import ArticleFormatError, StoryError
from story.opening import sandbox
from story.reading.articles import Article, kind_of, read_article
from story.reading.articles.pdf import joined

PAGE = """<!doctype html><html><head><title>Minister flies | The Fjord Post</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Minister flies to Oslo",
 "datePublished": "2025-10-24T23:30:00-05:00", "publisher": {"name": "The Fjord Post"}, "author": [{"name": "A. Lund"}]}
</script><link rel="canonical" href="https://example.org/a"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Minister flies to Oslo</h1><figure><img src="x.jpg"><figcaption>Minister Lind inspects troops at Rygge, Oct. 19,
 2025. (A. Berg/NTB)</figcaption></figure>
<p>OSLO — The minister may make a second trip to Norway next week, said a spokesman who did not want to be named.</p>
<p>She will visit Bergen on Wednesday and then travel to Trondheim, according to the ministry’s own calendar.</p>
</article><aside><figure><figcaption>A different story altogether</figcaption></figure></aside></body></html>"""


def page(**changed: str) -> bytes:
    text = PAGE
    for old, new in changed.items():
        text = text.replace(old, new)
    return text.encode()


def word(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        for cell, text in zip(document.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    document.add_paragraph("The end.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_page_gives_its_captions_first_then_its_body_and_what_it_states_of_itself() -> None:
    article = read_article(page(), "a.html")
    lines = article.text.splitlines()
    assert lines[0] == "Minister Lind inspects troops at Rygge, Oct. 19, 2025. (A. Berg/NTB)"
    assert "OSLO — The minister may make a second trip" in article.text
    assert "A different story" not in article.text
    assert "Home" not in article.text
    assert (article.title, article.source, article.author) == ("Minister flies to Oslo", "The Fjord Post", "A. Lund")
    assert article.published == date(2025, 10, 24)
    assert article.url == "https://example.org/a"


def test_a_page_that_states_no_day_has_none() -> None:
    assert read_article(page().replace(b"datePublished", b"dateOfSomething"), "a.html").published is None


@pytest.mark.parametrize(
    ("head", "encoding"),
    [('<meta charset="windows-1251">', "cp1251"), ("", "utf-8"), ('<meta charset="no-such-thing">', "utf-8")],
)
def test_a_page_is_read_in_its_encoding(head: str, encoding: str) -> None:
    body = "<p>Министр иностранных дел прибыл в Осло на переговоры о рыболовстве, сообщили в пресс-службе.</p>"
    raw = f"<html><head>{head}</head><body><article>{body * 3}</article></body></html>".encode(encoding)
    assert "Министр иностранных дел прибыл в Осло" in read_article(raw, "a.html").text


def test_a_word_file_gives_paragraphs_and_tables_in_their_order() -> None:
    article = read_article(word("PARIS — The talks began.", table=("Monday", "Lyon")), "a.docx")
    assert article.text.splitlines() == ["PARIS — The talks began.", "Monday", "Lyon", "The end."]


def test_a_mail_gives_its_plain_text_subject_day_and_sender() -> None:
    raw = (
        b"From: Press Office <press@example.org>\r\nSubject: Visit to Lyon\r\nDate: Fri, 24 Oct 2025 23:10:00 +0900\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe minister visits Lyon on Monday.\r\n"
    )
    article = read_article(raw, "a.eml")
    assert article.text.strip() == "The minister visits Lyon on Monday."
    assert (article.title, article.published, article.source) == ("Visit to Lyon", date(2025, 10, 24), "Press Office")


def test_a_mail_of_html_alone_is_read_like_a_page() -> None:
    raw = b"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page()
    assert "She will visit Bergen" in read_article(raw, "a.eml").text


def test_plain_text_stays_as_it_is_so_that_offsets_are_those_of_the_file() -> None:
    text = "Minister flies to Oslo\r\n\r\nOSLO — She flew on Friday.\r\n"
    article = read_article(text.encode(), "a.txt")
    assert article.text == text
    assert article.title == "Minister flies to Oslo"


@pytest.mark.parametrize(
    "first", ["The minister flew to Oslo.", "Lena Holt in Oslo, Oct. 19, 2025. (Ola Berg/Nordlys)", "“We are ready”"]
)
def test_a_sentence_a_caption_or_a_quotation_is_no_title(first: str) -> None:
    assert read_article(f"{first}\nOSLO — She flew on Friday.\n".encode(), "a.txt").title == ""


def test_the_lines_of_a_column_become_paragraphs_and_divided_words_are_one_again() -> None:
    column = "The minister arrived in Trond-\nheim on Monday, where she met the\nmayor.\nShe leaves on Friday.\n\nNext"
    assert joined(column).splitlines() == [
        "The minister arrived in Trondheim on Monday, where she met the mayor.",
        "She leaves on Friday.",
        "Next",
    ]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
    return file.getvalue()


def empty_pdf() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(file)
    return file.getvalue()


def locked_pdf() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"", "a.txt", "holds no text"),
        (b"   \n ", "a.txt", "holds no text"),
        (b"", "a.html", "holds no text"),
        (b"<html><body></body></html>", "a.html", "holds no text"),
        (b"%PDF-1.7 and then nothing", "a.pdf", "cannot be read"),
        (empty_pdf(), "a.pdf", "pictures of pages"),
        (locked_pdf(), "a.pdf", "locked with a password"),
        (b"PK\x03\x04 and then nothing", "a.docx", "damaged Word file"),
        (bomb(), "a.docx", "unpacks to more than 50 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "old Word"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "picture"),
        (b"{\\rtf1 hello}", "a.rtf", "rich text"),
        (b"\x00\x01\x02\x03" * 100, "a.bin", "no text, HTML, PDF, Word or mail"),
        (b"x" * 5_000_001, "a.txt", "5.0 MB"),
        (b"<html><body>" + b"<p>word</p>" * 70_000, "a.html", "more than 60,000 elements"),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(raw: bytes, name: str, said: str) -> None:
    with pytest.raises(ArticleFormatError, match=said) as error:
        read_article(raw, name)
    assert f"'{name}'" in str(error.value)


def test_a_text_of_more_than_a_book_is_cut_and_it_is_said() -> None:
    article = read_article(b"The minister visits Lyon. " * 10_000, "a.txt")
    assert len(article.text) == 200_000
    assert any("first 200,000 of 260,000 characters" in problem for problem in article.problems)


def test_what_a_file_is_shows_in_its_bytes_whatever_it_is_called() -> None:
    assert kind_of(page(), "a") == "html"
    assert kind_of(b"%PDF-1.4", "a.txt") == "pdf"
    assert kind_of(b"A < B and p > q", "a") == "txt"


def test_a_strangers_file_is_read_in_a_process_of_its_own_with_the_same_result() -> None:
    assert sandbox.read_article(page(), "a.html") == read_article(page(), "a.html")
    with pytest.raises(ArticleFormatError, match="damaged Word file"):
        sandbox.read_article(b"PK\x03\x04 and then nothing", "a.docx")


def test_a_file_that_takes_too_long_is_given_up_with_advice_for_articles() -> None:
    bounds = sandbox.Bounds(600_000_000, 0.0, 0.0, 1_000, "Paste the article's text instead.")
    with pytest.raises(StoryError, match="Paste the article's text instead"):
        sandbox.read_article(page(), "a.html", bounds=bounds)


def test_an_article_is_a_value() -> None:
    assert Article("a") == Article("a")
