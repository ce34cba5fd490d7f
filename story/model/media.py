"""Pictures, video and posts of a story, with what belongs to each: by the names of the story's own columns.

`picture`, `caption`, `credit`, `alt` and `graphic` are told by their names in several spellings and languages; a number
behind the name ("picture 2", "caption 2") tells several of one event apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from geo.normalise import fold
from story.model.fields import UPLOADED, FieldType, is_picture, read_link, read_yes_no

Role = Literal["picture", "video", "post", "caption", "credit", "alt", "graphic", "archive", ""]
Kind = Literal["picture", "video", "post"]
KINDS: tuple[Kind, ...] = ("picture", "video", "post")
ABOUT: tuple[Role, ...] = ("caption", "credit", "alt", "graphic")
"""What a column can say about a picture."""

NAMES: Mapping[Role, str] = {
    "picture": "picture pictures picture_url picture_link image images image_url image_link img img_url photo photos"
    " photo_url photo_link photograph media media_url media_link thumbnail bild bild_url foto foto_url imagen imagem"
    " immagine afbeelding фото изображение 画像 写真 图片 صورة",
    "video": "video videos video_url video_link footage clip vidéo vídeo видео 動画 视频",
    "post": "post posts post_url post_link social social_url social_post tweet tweet_url telegram telegram_url",
    "caption": "caption captions picture_caption image_caption photo_caption media_caption bildunterschrift legende"
    " légende leyenda legenda didascalia bijschrift подпись",
    "credit": "credit credits picture_credit image_credit photo_credit media_credit photographer copyright bildnachweis"
    " crédit crédito credito fotograf fotografo",
    "alt": "alt alt_text alternative_text alternative picture_alt image_alt photo_alt media_alt image_description"
    " picture_description alternativtext texte_alternatif texto_alternativo",
    "graphic": "graphic graphic_content is_graphic sensitive sensitive_content distressing content_warning nsfw"
    " violent_content",
    "archive": "archive archived archive_url archived_url archive_link archived_link archived_copy archive_copy"
    " url_archive url_archived archiv archivlink archivo",
}
_ROLES: dict[str, Role] = {
    re.sub(r"[\W_]+", "_", fold(word)).strip("_"): role for role, words in NAMES.items() for word in words.split()
}
_FILMS = re.compile(r"\.(?:mp4|m4v|webm|ogv|mov)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, a video or a post: `link` leads to it, or `kept` is the name of the picture kept with the story."""

    kind: Kind
    link: str
    kept: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    graphic: bool = False


@lru_cache(maxsize=4_096)
def role_of(name: str) -> tuple[Role, int]:
    """What a column is for, by its name, and the number behind it, 1 if none: "Photo URL 2" is picture 2."""
    plain = re.sub(r"[\W_]+", "_", fold(name)).strip("_")
    found = re.fullmatch(r"(.+?)_?(\d{1,2})", plain)
    if plain not in _ROLES and found:
        return _ROLES.get(found[1], ""), int(found[2])
    return _ROLES.get(plain, ""), 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What a report shows beside its words: `media`, the link to an `archive`d copy of its source ("" for none), and
    its other fields, which are `plain`."""

    media: tuple[Medium, ...] = ()
    archive: str = ""
    plain: tuple[tuple[str, str], ...] = ()


def shown_of(fields: Iterable[tuple[str, str]], types: Mapping[str, FieldType]) -> Shown:
    """What a report's fields show, by the names and the types of their columns.

    What belongs to a picture is that of the same number; a flag without a number is for all that have none of their
    own. A flag that is neither yes nor no counts as yes: who wrote something there meant to warn.
    """
    given = tuple(fields)
    cells: dict[tuple[Role, int], tuple[str, str]] = {}
    media: list[tuple[str, str, Role, int]] = []
    for at, (name, value) in enumerate(given):
        role, number = role_of(name)
        if role in ABOUT:
            cells.setdefault((role, number), (name, value))
        elif types.get(name) == "picture" or (role in KINDS and types.get(name) == "link"):
            media.append((name, value, role if role in KINDS else "picture", number if role in KINDS else -at))
    used = set()
    found = []
    for name, value, role, number in media:
        link, kept = read_link(value), value if value.startswith(UPLOADED) and is_picture(value) else ""
        if link or kept:
            about = {part: cells.get((part, number), ("", "")) for part in ABOUT}
            about["graphic"] = cells.get(("graphic", number)) or cells.get(("graphic", 1), ("", ""))
            used |= {name, *(column for column, _ in about.values())}
            flag = about["graphic"][1].strip()
            found.append(
                Medium(
                    _kind(role, link),
                    link,
                    kept.removeprefix(UPLOADED),
                    about["caption"][1],
                    about["credit"][1],
                    about["alt"][1],
                    bool(flag) and read_yes_no(flag) is not False,
                )
            )
    copies = ((name, read_link(value)) for name, value in given if role_of(name)[0] == "archive")
    column, archive = next(((name, link) for name, link in copies if link), ("", ""))
    plain = tuple((name, value) for name, value in given if name not in used and name != column)
    return Shown(tuple(found), archive, plain)


def _kind(role: Role, link: str) -> Kind:
    """By the column's name, and by the link's ending where that says otherwise."""
    if not link or is_picture(link):
        return "picture"
    if _FILMS.search(urlsplit(link).path):
        return "video"
    return role if role in ("video", "post") else "picture"
