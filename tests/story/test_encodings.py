"""Tables in the code pages that spreadsheets have written: read right from a few lines, and the guess is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from story.cli import main
from story.encoding.decoding import CODE_PAGES, decode
from story.exc import StoryFormatError
from story.opening.stories import open_draft

TEXTS = {
    "Polish": "Wrocław,Wizyta marszałka w szpitalu\nPoznań,Otwarcie wystawy o żegludze\n",
    "Czech": "Olomouc,Přílet ministryně zahraničí\nLiberec,Žádost o výjezd jednotky\n",
    "Hungarian": "Debrecen,A köztársasági elnök útja\nGyőr,Hídavató ünnepség az erődnél\n",
    "Russian": "Самара,Учения флота отложены\nОмск,Прилёт делегации\n",
    "Ukrainian": "Суми,Зустріч із волонтерами\nЧернігів,Її виступ перенесено\n",
    "Greek": "Λάρισα,Άφιξη της αντιπροσωπείας\nΧανιά,Άσκηση του στόλου\n",
    "Turkish": "Muğla,Başbakanın gezisi ertelendi\nIğdır,Sınır kapısında tören\n",
    "Hebrew": "חיפה,ביקור שר החוץ בנמל\nאילת,תרגיל של חיל הים\n",
    "Arabic": "بيروت,وصول وزير الخارجية\nتونس,مؤتمر صحفي مشترك\n",
    "Lithuanian": "Šilutė,Pirmininkės kelionė į uostą\nKaunas,Pratybų pradžia\n",
    "French": "Orléans,Visite du préfet à l'hôpital\nSète,Départ de la frégate\n",
    "German": "Lübeck,Übergabe der Fähre\nKöln,Gespräche über Zölle\n",
    "Spanish": "Cádiz,Llegada del buque español\nA Coruña,Reunión en la alcaldía\n",
    "Japanese": "佐世保,護衛艦が出港した\n那覇,知事が記者会見を開いた\n",
    "Chinese": "青岛,舰队访问结束\n西安,部长出席开幕式\n",
    "Chinese, traditional": "基隆,艦隊訪問結束\n臺南,部長出席開幕典禮\n",
    "Korean": "평택,국방장관이 부대를 방문했다\n제주,해군 훈련이 연기되었다\n",
}
PAGES = [
    ("Polish", "cp1250"), ("Polish", "iso8859-2"), ("Polish", "cp852"), ("Czech", "cp1250"), ("Czech", "iso8859-2"),
    ("Hungarian", "cp1250"), ("Russian", "cp1251"), ("Russian", "koi8-r"), ("Russian", "iso8859-5"),
    ("Russian", "cp866"),
    ("Russian", "mac-cyrillic"), ("Ukrainian", "cp1251"), ("Ukrainian", "koi8-u"), ("Greek", "cp1253"),
    ("Greek", "iso8859-7"), ("Turkish", "cp1254"), ("Turkish", "iso8859-9"), ("Hebrew", "cp1255"), ("Arabic", "cp1256"),
    ("Lithuanian", "cp1257"), ("French", "cp1252"), ("French", "mac-roman"), ("French", "cp850"), ("German", "cp1252"),
    ("German", "cp437"), ("Spanish", "cp1252"), ("Japanese", "cp932"), ("Japanese", "euc_jp"), ("Chinese", "gb18030"),
    ("Chinese, traditional", "big5"), ("Korean", "cp949"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "codec"), PAGES)
def test_a_code_page_is_told_by_two_lines_and_the_guess_is_shown(language: str, codec: str) -> None:
    text = f"place,title\n{TEXTS[language]}"
    found = decode(text.encode(codec), "table.csv")
    assert found.text == text
    (problem,) = found.problems
    assert problem.line == 2
    assert found.encoding in problem.message
    assert any(word in problem.message for word in TEXTS[language].replace("\n", ",").split(","))


@pytest.mark.parametrize("name", CODE_PAGES)
def test_every_code_page_can_be_asked_for_by_its_name(name: str) -> None:
    assert decode(b"place,title\n", "table.csv", name).text == "place,title\n"


@pytest.mark.parametrize("name", ["UTF-7", "utf7", "klingon", "base64", "rot13", "idna", "\x00", "x" * 500])
def test_an_encoding_that_is_none_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(StoryFormatError, match="is not an encoding that is read"):
        decode(b"a+ACI-b", "table.csv", name)


def test_two_readings_that_are_as_likely_are_both_told() -> None:
    (problem,) = decode("place\nM\x9anster\n".encode("latin-1"), "table.csv").problems
    assert "It may as well be" in problem.message


def test_the_command_line_takes_the_encoding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trips.csv"
    path.write_bytes("date,place,title\n2025-10-01,Köln,Gespräche\n".encode("mac-roman"))
    main(["check", "--encoding", "Mac Roman", str(path)])
    assert "was read as" not in capsys.readouterr().out
    assert main(["check", "--encoding", "Martian", str(path)]) != 0
    assert "'Martian' is not an encoding" in "".join(capsys.readouterr())


def test_a_table_in_another_code_page_opens_with_its_names_whole(tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_bytes(f"date,place,title\n2025-10-01,{TEXTS['Russian']}".encode("koi8-r"))
    assert open_draft(path).rows[0].cells["place"] == "Самара"


def test_what_stands_far_down_in_a_long_file_is_weighed_too() -> None:
    far = "Date,Town,Event\n" + "2024-03-01,Oslo,Talks\n" * 60_000
    raw = (far + "2024-03-02,Киев,Встреча министров обороны\n" * 3).encode("cp1251")
    assert len(raw) > 1_000_000
    decoded = decode(raw, "long.csv")
    assert decoded.encoding == "Windows-1251"
    assert decoded.text.endswith("Встреча министров обороны\n")


@pytest.mark.parametrize(("codec", "name"), [("cp932", "Shift-JIS"), ("gb18030", "GB18030"), ("euc_jp", "EUC-JP")])
@pytest.mark.parametrize("before", range(4))
def test_a_sign_that_is_cut_in_two_where_the_weighing_ends_costs_nothing(codec: str, name: str, before: int) -> None:
    words = {"gb18030": "国防部长在北京会见记者，"}.get(codec, "防衛相が東京で記者と会い、")
    raw = ("x" * before + words * 4_000).encode(codec)
    assert decode(raw, "one-line.csv").encoding == name
