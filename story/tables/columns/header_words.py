"""What columns are called in the languages that the web is mostly written in: one line a field, one word or more each.

Words of several parts are joined by "_", as `vocabulary.plain` makes them of a header.
"""

from __future__ import annotations

# In the order: Chinese, Spanish, Arabic, Portuguese, Indonesian, French, Japanese, Russian, German, Turkish, Persian,
# Italian, Polish, Dutch, Vietnamese, Korean, Thai, Ukrainian, Czech, Swedish, Romanian, Hungarian, Greek, Hebrew, Danish,
# Norwegian, Finnish, Hindi, Bulgarian, Serbian, Croatian, Slovak, Malay, Filipino, Swahili.
WORDS: dict[str, str] = {
    "when": "日期 时间 時間 日子 發生日期 fecha fecha_del_evento تاريخ التاريخ يوم data data_do_evento data_de_inicio tanggal waktu date_de_debut"
    " 日付 年月日 開催日 дата дата_события дата_начала когда datum wann tarih tarihi تاریخ روز data_evento giorno data_wydarzenia"
    " kiedy dzien dzień datum_gebeurtenis wanneer ngày ngay thời_gian 날짜 일자 일시 วันที่ วัน дата_події коли kdy den datum_konani dag när nar"
    " data_evenimentului cand când ziua datum_esemeny dátum idopont időpont ημερομηνία πότε תאריך יום מתי dato hvornår når paiva"
    " päivä pvm päivämäärä milloin तारीख दिनांक तिथि дата_на_събитието кога датум дан kada nadnevak datum_udalosti kedy deň tarikh petsa"
    " tarehe siku",
    "until": "结束日期 終了日 至 fecha_de_fin fecha_fin hasta نهاية تاريخ_الانتهاء data_de_fim data_final até ate tanggal_selesai date_de_fin jusqu_au"
    " 終了 дата_окончания до bis enddatum bitiş bitis bitiş_tarihi تاریخ_پایان data_fine fino_al data_zakończenia do einddatum tot ngày_kết_thúc 종료일"
    " วันที่สิ้นสุด дата_завершення datum_konce konec slutdatum slut data_de_sfârșit vége λήξη סיום slutdato paattyy päättyy अंतिम_तिथि",
    "place": "地点 地點 城市 地址 地方 位置 发生地点 場所 都市 市 会場 開催地 lugar ciudad ubicación ubicacion localidad sitio municipio مكان المكان موقع الموقع مدينة"
    " المدينة local cidade município localização localizacao lokasi tempat kota lieu ville commune endroit место город населенный_пункт населённый_пункт"
    " местоположение ort stadt standort schauplatz yer şehir sehir il_ilçe mekan konum مکان شهر محل luogo città citta località localita comune sede"
    " miejsce miasto miejscowość miejscowosc plaats stad locatie địa_điểm dia_diem thành_phố nơi 장소 도시 위치 지역 สถานที่ เมือง місце місто місто_події"
    " misto místo mesto město obec plats stad ort_plats ställe loc oraș oras localitate hely helyszín helyszin város varos település τόπος τοποθεσία"
    " πόλη מקום עיר מיקום sted by lokalitet paikka kaupunki sijainti स्थान शहर जगह място град место_на_събитието grad mesto_dogadjaja"
    " lokacija mjesto bandar lugar_pook pook lungsod mahali mji",
    "place2": "省 省份 州 自治区 都道府県 県 provincia estado departamento comunidad_autónoma محافظة ولاية إقليم estado_uf uf provinsi province область"
    " край республика регион bundesland land_bundesland kanton il_adı استان regione prowincja województwo wojewodztwo provincie tỉnh tinh 도 시도 จังหวัด"
    " область_регіон kraj län lan judet județ megye νομός מחוז fylke maakunta राज्य प्रांत област županija zupanija negeri lalawigan mkoa",
    "place3": "国家 國家 国 国名 país pais دولة الدولة بلد البلد país_pais negara pays страна land staat ülke ulke کشور paese stato kraj państwo panstwo land_naam"
    " quốc_gia nước 국가 나라 ประเทศ країна zeme země stat stát land țară tara ország orszag χώρα מדינה ארץ maa देश държава страна_държава država drzava zemlja"
    " krajina štát negara_asal bansa nchi",
    "title": "标题 標題 事件 活动 活動 名称 题目 件名 タイトル 出来事 行事 イベント título titulo evento acontecimiento suceso asunto عنوان العنوان حدث الحدث"
    " título_evento acontecimento judul peristiwa acara kegiatan titre événement evenement objet название событие мероприятие заголовок titel ereignis"
    " veranstaltung anlass başlık baslik olay etkinlik عنوان_رویداد رویداد titolo evento_titolo avvenimento tytuł tytul wydarzenie nazwa gebeurtenis"
    " onderwerp tiêu_đề sự_kiện tên_sự_kiện 제목 사건 행사 이벤트 หัวข้อ เหตุการณ์ กิจกรรม назва подія захід název nazev udalost událost akce rubrik händelse"
    " handelse evenemang titlu eveniment cím cim esemény esemeny τίτλος γεγονός εκδήλωση כותרת אירוע begivenhed hændelse hendelse tittel arrangement"
    " otsikko tapahtuma शीर्षक घटना कार्यक्रम заглавие събитие наслов догађај naslov dogadjaj događaj názov nazov podujatie tajuk pamagat kaganapan tukio",
    "who": "人物 姓名 人员 参加者 参加人 访问者 氏名 出席者 persona personas nombre asistentes شخص الأشخاص الاسم المشاركون pessoa pessoas participantes orang peserta"
    " tokoh personne personnes participants участник участники лицо персона кто person personen teilnehmer wer kişi kisi kişiler katılımcılar kim شخص_افراد"
    " افراد چه_کسی persona_persone persone partecipanti chi osoba osoby uczestnicy kto persoon wie deelnemers người nguoi người_tham_dự 인물 이름 참석자 บุคคล ผู้เข้าร่วม"
    " особа учасники хто osoba_osoby ucastnici účastníci kdo deltagare vem persoană persoana participanți cine személy szemely résztvevők ki πρόσωπο"
    " συμμετέχοντες ποιος אדם משתתפים מי deltagere hvem henkilö henkilo osallistujat व्यक्ति प्रतिभागी лице участници ко tko sudionici",
    "status": "状态 狀態 状況 estado_evento situación situacion حالة الحالة situação situacao statut état etat статус состояние zustand durum durumu وضعیت stato stan"
    " trạng_thái 상태 สถานะ стан stav tillstånd stare állapot allapot κατάσταση סטטוס מצב tila स्थिति състояние stanje",
    "latitude": "纬度 緯度 latitud خط_العرض latitude lintang широта breite breitengrad enlem عرض_جغرافیایی latitudine szerokość szerokosc"
    " szerokość_geograficzna breedtegraad vĩ_độ 위도 ละติจูด широта_град zemepisna_sirka zeměpisná_šířka latitud_grader szélesség szelesseg γεωγραφικό_πλάτος"
    " קו_רוחב breddegrad leveysaste अक्षांश географска_ширина",
    "longitude": "经度 經度 経度 longitud خط_الطول longitude bujur долгота länge laenge längengrad boylam طول_جغرافیایی longitudine długość dlugosc"
    " długość_geograficzna lengtegraad kinh_độ 경도 ลองจิจูด довгота zemepisna_delka zeměpisná_délka longitud_grader hosszúság hosszusag"
    " γεωγραφικό_μήκος קו_אורך lengdegrad længdegrad pituusaste देशांतर географска_дължина",
    "source": "来源 來源 出典 情報源 fuente fuentes مصدر المصدر fonte fontes sumber source_info источник источники quelle quellen kaynak منبع fonti źródło zrodlo"
    " bron bronnen nguồn nguon 출처 แหล่งที่มา джерело zdroj källa kalla sursă sursa forrás forras πηγή מקור kilde kilder lähde lahde स्रोत източник извор izvor"
    " sanggunian chanzo",
    "summary": "说明 描述 内容 備考 説明 概要 descripción descripcion resumen detalles وصف الوصف تفاصيل descrição descricao resumo keterangan deskripsi description_"
    " résumé resume описание примечание beschreibung açıklama aciklama توضیحات شرح descrizione opis omschrijving beschrijving mô_tả 설명 내용 รายละเอียด"
    " опис popis beskrivning descriere leírás leiras περιγραφή תיאור beskrivelse kuvaus विवरण описание_на",
}
