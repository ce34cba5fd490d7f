"""Files that news comes in, as one value: HTML, PDF, Word, mail and plain text."""

from story.reading.articles.article import Article
from story.reading.articles.reader import kind_of, read_article

__all__ = ["Article", "kind_of", "read_article"]
