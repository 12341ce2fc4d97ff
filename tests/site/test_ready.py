"""Ready-made sheets: every family stands on one, and the page names files that are made."""

import re
from io import BytesIO

from pypdf import PdfReader

from generator import api
from generator.site import ready


def test_every_family_stands_on_one_sheet() -> None:
    names = [topic.name for made in api.ready_made() for topic in made.topics]
    assert sorted(names) == sorted(api.topics())
    assert all(len(made.topics) <= 8 for made in api.ready_made())


def test_the_files_are_the_sheet_its_key_and_its_solutions() -> None:
    made = next(each for each in api.ready_made() if each.title == "Learning")
    files = made.files(1)
    assert list(files) == ["sheet.pdf", "key.pdf", "solutions.pdf"]
    texts = {
        name: "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
        for name, data in files.items()
    }
    assert all("Learning, level 1" in text for text in texts.values())
    for topic in made.topics:
        assert f"{topic.name}.1@{topic.version}/learning-1-1." in texts["sheet.pdf"]
    assert files == made.files(1)


def test_the_page_names_a_file_for_every_sheet_level_and_part() -> None:
    text = ready.pages()[ready.INDEX]
    links = re.findall(r"\]\((sheets/[^)]+\.pdf)\)", text)
    assert len(links) == len(set(links)) == 9 * len(api.ready_made())
