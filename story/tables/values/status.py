"""What people write in a status column, as one of the five: "planned", "TBC", "abgesagt", "подтверждено"."""

from __future__ import annotations

import re
from typing import NamedTuple

from geo.normalise import fold
from story.model import Status


class Said(NamedTuple):
    """A status; `firm` where the word says that it is sure, and its date whether it is past; `told` what it loses."""

    status: Status | None
    firm: bool = False
    told: str = ""


_WORDS: dict[Status, str] = {
    "happened": "happened done completed complete held concluded occurred finished past over closed took_place taken_place ended"
    " realizado realizada celebrado hecho terminé effectué eu_lieu passé erledigt stattgefunden abgeschlossen beendet fatto svolto"
    " concluso realizado concluído feito состоялось прошло завершено выполнено odbyło_się zakończone voltooid afgerond 完了 終了 已完成"
    " 已结束 완료 تم gerçekleşti tamamlandı",
    "scheduled": "scheduled planned upcoming booked set fixed agreed arranged announced on_schedule programado planeado previsto"
    " agendado planificado prévu planifié programmé geplant angesetzt vorgesehen terminiert programmato pianificato запланировано"
    " назначено planowane zaplanowane gepland planlagt planerad 予定 計画 计划 已安排 예정 مخطط مجدول planlandı planlanan",
    "expected": "expected likely anticipated probable pending awaited esperado probable attendu probable erwartet wahrscheinlich"
    " atteso probabile ожидается вероятно oczekiwane verwacht 見込み 预计 예상 متوقع bekleniyor",
    "possible": "possible tentative tbc tbd tba to_be_confirmed to_be_decided maybe perhaps proposed unconfirmed provisional rumoured"
    " rumored optional mooted posible tentativo por_confirmar provisional possible éventuel à_confirmer möglich vorläufig unbestätigt"
    " offen possibile da_confermare provvisorio possível a_confirmar возможно предварительно не_подтверждено możliwe mogelijk"
    " onder_voorbehoud 可能 未定 待定 暂定 미정 محتمل olası",
    "cancelled": "cancelled canceled called_off scrapped withdrawn aborted abandoned dropped cancelado cancelada annulé annulée abgesagt"
    " gestrichen entfällt annullato cancellato отменено отменён отменен odwołane geannuleerd afgelast inställd aflyst 中止 取消 已取消 취소"
    " ملغى iptal iptal_edildi",
}
_FIRM = (
    "confirmed firm definite certain sure approved confirmado confirmada confirmé confirmée bestätigt confermato подтверждено"
    " potwierdzone bevestigd bekræftet bekräftad 確認 确认 已确认 확정 مؤكد onaylandı"
)
_NOT_ONE_OF_THEM: dict[str, tuple[Status, str]] = {
    "postponed delayed deferred rescheduled moved aplazado pospuesto reporté verschoben rinviato adiado перенесено отложено"
    " przełożone uitgesteld 延期 推迟 연기 مؤجل ertelendi": ("cancelled", "give its new date as a report of its own"),
    "disputed contested": ("possible", "say who disputes it in a report of its own"),
    # Nothing is lost of a denial: its report's note tells it.
    "denied refuted desmentido démenti dementiert smentito опровергнуто zdementowane ontkend 否認 否认 부인": (
        "possible",
        "",
    ),
}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "_", fold(text)).strip("_")


_MEANT: dict[str, Said] = {
    **{
        _plain(word): Said(status, told=told)
        for words, (status, told) in _NOT_ONE_OF_THEM.items()
        for word in words.split()
    },
    **{_plain(word): Said(None, firm=True) for word in _FIRM.split()},
    **{_plain(word): Said(status) for status, words in _WORDS.items() for word in words.split()},
}


def read_status(text: str) -> Said | None:
    """The status that a cell means; None where it says none that is known."""
    return _MEANT.get(_plain(text))
