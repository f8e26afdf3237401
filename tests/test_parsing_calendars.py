"""Calendars and address books: rows of events and people, as their programs show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.icalendar import read_icalendar
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import Source
from rag_app.parsing.vcard import read_vcard
from tests.made_files import write


def source_of(folder: Path, name: str, text: str) -> Source:
    return Source(write(folder, name, text.replace("\n", "\r\n")), name, 10)


def calendar(*events: str) -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events) + "END:VCALENDAR\n"
    )


def lines_of_calendar(folder: Path, *events: str) -> list[str]:
    (page,) = read_icalendar(source_of(folder, "a.ics", calendar(*events))).pages
    return page.text.split("\n")


def test_events_are_rows_with_what_is_noted_of_them_below(tmp_path: Path) -> None:
    dentist = (
        "UID:1@x\nDTSTART;TZID=Europe/Berlin:20261124T143000\nDTEND:20261124T144500Z\nSUMMARY:Dentist\\, Dr. Weber\n"
        "LOCATION:Main St. 12\nDESCRIPTION:Bring the card\\;\n  about 45 minut\n es.\nBEGIN:VALARM\nDESCRIPTION:Beep\nEND:VALARM"
    )
    dinner = "SUMMARY:圣诞晚餐\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY"
    (page,) = read_icalendar(source_of(tmp_path, "a.ics", calendar(dentist, dinner))).pages
    assert page.text.split("\n") == [
        "Event | Start | End | Place | Repeated",
        "Dentist, Dr. Weber | 2026-11-24 14:30 | 2026-11-24 14:45 UTC | Main St. 12",
        "Dentist, Dr. Weber: Bring the card; about 45 minutes.",
        "圣诞晚餐 | 2026-12-24 | | | every year",
    ]
    assert {table.header for table in page.tables} == {"Event | Start | End | Place | Repeated"}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261224T000000Z", "every 2 weeks on MO, WE until 2026-12-24 00:00 UTC"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("X", "X"),
    ],
)
def test_how_often_an_event_is_repeated_is_told_in_words(tmp_path: Path, rule: str, told: str) -> None:
    assert lines_of_calendar(tmp_path, f"SUMMARY:Choir\nRRULE:{rule}") == ["Event | Repeated", f"Choir | {told}"]


def test_days_of_a_long_event_end_with_its_last(tmp_path: Path) -> None:
    event = "SUMMARY:Holiday\nDTSTART;VALUE=DATE:20260801\nDTEND;VALUE=DATE:20260815"
    assert lines_of_calendar(tmp_path, event)[1] == "Holiday | 2026-08-01 | 2026-08-14"


def test_people_are_rows_with_all_that_is_told_of_them(tmp_path: Path) -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Weber;Hans;;Dr.;\nFN:Dr. Hans Weber\nORG:Practice;Teeth\nTEL;TYPE=WORK:+49 221 123456\n"
        "item1.TEL;TYPE=CELL:0151\nEMAIL:a@b.example\nADR:;;Main St. 12;Köln;;50667;Germany\nBDAY:19710409\n"
        "PHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E9=\n=9B=B7;;;\nTEL;CELL:13800138000\nEND:VCARD\n"
    )
    (page,) = read_vcard(source_of(tmp_path, "a.vcf", text)).pages
    assert page.text.split("\n") == [
        "Name | Organization | Phone | Mail | Address | Birthday",
        "Dr. Hans Weber | Practice, Teeth | +49 221 123456, 0151 | a@b.example | Main St. 12, Köln, 50667, Germany | 1971-04-09",
        "李雷 | | 13800138000",
    ]


@pytest.mark.parametrize("name", ["a.ics", "a.vcf", "a.txt", "invitation"])
def test_a_calendar_is_known_by_how_it_begins(tmp_path: Path, name: str) -> None:
    assert media_type(source_of(tmp_path, name, calendar("SUMMARY:Choir"))) == "text/calendar"


def test_what_is_no_calendar_is_read_as_text(tmp_path: Path) -> None:
    for reader, text in ((read_icalendar, "BEGIN:VCALENDAR\nDear diary"), (read_vcard, "BEGIN:VCARD\nEND:VCARD\nEND:VCARD\n")):
        (page,) = reader(source_of(tmp_path, "a.ics", text)).pages
        assert page.text == text.strip("\n")
