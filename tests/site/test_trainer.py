"""The trainer in a real browser: every form of answer, help, links, progress, and without it.

Forms that no family may have are put in the place of one, see site_drills.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from site_drills import FAMILY, files

ASSETS = Path(__file__).parents[2] / "generator/site/assets"
TOPIC = "convolution/output-size/"
ID = f"{FAMILY}.1@1"

#: All that is wrong with sizes and names where fingers, eyes and screen readers meet the trainer.
UNFIT = """
() => {
  const found = [];
  const seen = one => one.getClientRects().length && !one.matches(".cb-levels input");
  for (const one of document.querySelectorAll(".cb-trainer :is(button, select, input)")) {
    if (!seen(one)) continue;
    const touched = one.type === "radio" ? one.closest(".cb-option") : one;
    if (touched.getBoundingClientRect().height < 43.9) found.push(`low: ${one.outerHTML}`);
    const named = one.textContent.trim() || one.ariaLabel || one.labels?.length;
    if (!named && !one.hasAttribute("aria-labelledby")) found.push(`no name: ${one.outerHTML}`);
  }
  for (const one of document.querySelectorAll(".cb-levels label"))
    if (one.getBoundingClientRect().height < 43.9) found.push("low: level");
  for (const one of document.querySelectorAll(".cb-practice [style]"))
    if (!one.matches("table, figure")) found.push(`style: ${one.outerHTML}`);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("too wide");
  return found;
}
"""


class Trainer:
    """A page with a trainer, and everything it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.heard)

    def heard(self, message: object) -> None:
        """Note what the console says is an error."""
        if message.type == "error":  # type: ignore[attr-defined]
            self.complaints.append(message.text)  # type: ignore[attr-defined]

    def open(self, name: str = "", where: str = TOPIC) -> Locator:
        """Go to an exercise, as who follows a link."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}{where}{f'#{name}' if name else ''}")
        exercise = self.page.locator(".cb-trainer .cb-exercise")
        if not name:
            self.page.locator(".cb-practice").scroll_into_view_if_needed()
        expect(exercise).to_have_count(1)
        return exercise

    def drill(self, name: str) -> Locator:
        """Go to one of our own exercises."""
        exercise = self.open(f"{ID}/{name}")
        expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/{name}")
        return exercise

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.locator(".cb-trainer").get_by_role("button", name=name, exact=True).click()

    def answer(self, *texts: str) -> Locator:
        """Type an answer, check it, and return what is said to it."""
        boxes = self.page.locator(".cb-part input")
        for place, text in enumerate(texts):
            boxes.nth(place).fill(text)
        self.press("Check")
        return self.page.locator(".cb-feedback")


@pytest.fixture
def trainer(browser: Browser, address: str) -> Iterator[Trainer]:
    """The trainer of a topic's page, on a phone."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    trainer = Trainer(page, address)
    yield trainer
    page.close()
    assert not trainer.complaints


@pytest.fixture
def drills(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> Trainer:
    """The same, with exercises of every form in the place of a family's."""
    made = files(monkeypatch)

    def give(route: Route) -> None:
        name = "practice/" + route.request.url.rpartition("/practice/")[2]
        route.fulfill(body=made[name])

    trainer.page.route(f"**/practice/{FAMILY}/*.json", give)
    trainer.page.route("**/practice/figures/*", give)
    return trainer


def test_a_family_of_the_site_from_question_to_the_next(trainer: Trainer) -> None:
    exercise = trainer.open()
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/p1")
    expect(trainer.page.locator(".cb-paper")).to_be_hidden()
    # A page may mix several families; one of them can be chosen.
    trainer.page.get_by_label("Exercise").select_option(FAMILY)
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/p2")
    trainer.press("Another one")
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/p3")
    assert trainer.page.url.endswith(f"#{ID}/p3")
    expect(exercise.locator(".cb-title")).to_be_focused()
    trainer.page.locator(".cb-levels label", has_text="3").click()
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{FAMILY}.3@1/p1")


def test_nothing_is_loaded_before_somebody_comes_near(trainer: Trainer) -> None:
    asked: list[str] = []
    trainer.page.on("request", lambda request: asked.append(request.url))
    trainer.page.goto(trainer.address + TOPIC, wait_until="networkidle")
    assert not [url for url in asked if url.endswith(".json") and "/practice/" in url]
    trainer.page.locator(".cb-practice").scroll_into_view_if_needed()
    expect(trainer.page.locator(".cb-trainer")).to_be_visible()


def test_right_at_first_try(drills: Trainer) -> None:
    exercise = drills.drill("number")
    said = drills.answer(" +3 ")
    expect(said).to_have_text("Right, at first try.")
    expect(exercise.get_by_role("button", name="Another one")).to_be_focused()
    expect(drills.page.locator(".cb-progress p")).to_contain_text("1 of 1 solved, 1 at first try.")


def test_a_mistake_is_told_with_the_page_to_read_again(drills: Trainer) -> None:
    drills.drill("number")
    said = drills.answer("2")
    assert said.locator("p").all_inner_texts() == [
        "Not yet. You counted the moves.", "Or: You < rounded.", "Read again: Padding"
    ]  # fmt: skip
    link = said.get_by_role("link").evaluate("link => link.href")
    assert link == f"{drills.address}convolution/padding/"
    expect(drills.answer("3")).to_have_text("Right, now it fits.")


def test_another_wrong_answer_is_offered_a_hint_then_the_solution(drills: Trainer) -> None:
    exercise = drills.drill("number")
    said = drills.answer("77")
    expect(said.locator("p").first).to_have_text("Not yet.")
    drills.press("Show a hint")
    expect(exercise.locator(".cb-hint")).to_have_count(1)
    drills.press("Another hint")
    expect(exercise.locator(".cb-hint").nth(1)).to_contain_text("Hint 2Count from 1.")
    drills.answer("78")
    drills.press("Show the solution, step by step")
    steps = exercise.locator(".cb-solution > li")
    expect(steps).to_have_count(1)
    expect(steps.locator("svg.cb-svg")).to_be_visible()
    drills.press("Next step (2 of 3)")
    expect(steps).to_have_count(2)
    expect(steps.nth(1).locator("math")).to_be_visible()
    drills.press("Next step (3 of 3)")
    expect(steps.nth(2)).to_have_text("So there are 3.")
    expect(drills.answer("3")).to_have_text("Right.")
    expect(drills.page.locator(".cb-progress p")).to_contain_text("1 of 1 solved, 1 with help.")


def test_all_steps_at_once(drills: Trainer) -> None:
    exercise = drills.drill("matrix")
    drills.press("Solution")
    drills.press("All steps")
    expect(exercise.locator(".cb-solution > li")).to_have_count(3)
    expect(exercise.locator(".cb-solution svg.cb-svg")).to_have_count(2)
    assert drills.page.evaluate(UNFIT) == []


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("fraction", "1/16", "Right"),
        ("fraction", "0,0625", "Right"),
        ("fraction", "2/32", "Right"),
        ("fraction", "0.0624", "Not yet."),
        ("rounded", "0,73", "Right"),
        ("rounded", ".74", "Right"),
        ("rounded", "73 1/2", "Not yet."),
        ("rounded", "½", "You shared it out evenly."),
        ("thousands", "18496", "Right"),
        ("thousands", "18 496 weights", "Right"),
        ("thousands", "18,496", "“18,496” is read as 18496."),
        ("thousands", "18.432", "You left out the biases."),
        ("thousands", "20'000", "Right"),
        ("number", "3.000", "“3.000” is read as 3."),
        ("number", "−3", "Not yet."),
        ("number", "three", "“three” is not understood as a number."),
        ("number", "1/0", "“1/0” is not understood as a number."),
        ("number", "  ", "Write an answer first."),
    ],
)
def test_numbers_as_people_type_them(drills: Trainer, name: str, typed: str, said: str) -> None:
    drills.drill(name)
    expect(drills.answer(typed)).to_contain_text(said)


def test_numbers_are_read_exactly(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "convbook-practice-numbers.js")
    read = "text => convbook.numbers.read(text).map(convbook.numbers.shown)"
    table = {
        "2,5": ["2.5"], "2.5": ["2.5"], "−3": ["−3"], "-3": ["−3"], "– 3": ["−3"], "+3": ["3"],
        " 2 ": ["2"], "2 1/2": ["2.5"], "-2½": ["−2.5"], "7/3": ["7/3"], ".5": ["0.5"],
        "5.": ["5"], "18 496": ["18496"], "18\u202f496": ["18496"], "1,234,567": ["1234567"],
        "1.234,5": ["1234.5"], "1,234.5": ["1234.5"], "18,496": ["18.496", "18496"],
        "18.496": ["18.496", "18496"], "0,125": ["0.125"], "0.1250": ["0.125"],
        "9007199254740993": ["9007199254740993"], "３": ["3"], "12 34": [], "1e3": [], "1,23,4": [],
        "--3": [], "": [], "-": [], ".": [], "NaN": [], "1/0": [], "1.2.3": [], "0x10": [],
    }  # fmt: skip
    assert {text: page.evaluate(read, text) for text in table} == table
    page.close()


def test_several_numbers_each_have_a_label(drills: Trainer) -> None:
    exercise = drills.drill("several")
    exercise.get_by_label("rows").fill("16")
    drills.press("Check")
    said = exercise.locator(".cb-feedback")
    expect(said).to_have_text("2 numbers are still missing.")
    expect(exercise.get_by_label("columns")).to_be_focused()
    drills.answer("16", "16", "32")
    expect(said).to_contain_text("Not yet. 1 number is wrong.")
    expect(exercise.get_by_label("channels")).not_to_have_attribute("aria-invalid", "true")
    drills.press("Which one?")
    expect(said).to_contain_text("Wrong: channels.")
    expect(exercise.get_by_label("channels")).to_be_focused()
    expect(exercise.get_by_label("channels")).to_have_attribute("aria-invalid", "true")
    expect(drills.answer("15", "15", "64")).to_contain_text("You left out the padding.")
    expect(drills.answer("16", "16", "64")).to_contain_text("Right")


def test_a_matrix_is_walked_and_filled_with_keys_alone(drills: Trainer) -> None:
    exercise = drills.drill("matrix")
    keys = drills.page.keyboard
    cell = exercise.get_by_label
    cell("row 1, column 1").focus()
    for text in ("-2", "-1", "2", "−1", "3", "0", "2", "0"):
        keys.type(text)
        keys.press("Enter")
    expect(cell("row 3, column 3")).to_be_focused()
    keys.type("5")
    keys.press("ArrowUp")
    expect(cell("row 2, column 3")).to_be_focused()
    keys.press("ArrowLeft")
    expect(cell("row 2, column 2")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    expect(cell("row 3, column 3")).to_be_focused()
    keys.press("Enter")
    said = exercise.locator(".cb-feedback")
    expect(said).to_contain_text("1 number is wrong.")
    keys.press("Tab")  # Check
    keys.press("Tab")
    expect(said.get_by_role("button", name="Which one?")).to_be_focused()
    keys.press("Enter")
    expect(said).to_contain_text("Wrong: row 3, column 3.")
    expect(cell("row 3, column 3")).to_be_focused()
    keys.type("-2")
    keys.press("Enter")
    expect(said).to_contain_text("Right")


@pytest.mark.parametrize(
    "text",
    [
        "2\t1\t-2\r\n1\t-3\t0\r\n-2\t0\t2\r\n",
        "[[2, 1, -2], [1, -3, 0], [-2, 0, 2]]",
        "[[ 2  1 -2]\n [ 1 -3  0]\n [-2  0  2]]",
        "2;1;-2\n1;-3;0\n-2;0;2",
        "2 1 -2\n1 -3 0\n-2 0 2",
    ],
)
def test_a_whole_matrix_is_pasted(drills: Trainer, text: str) -> None:
    exercise = drills.drill("matrix")
    exercise.get_by_label("row 1, column 1").evaluate(
        """(cell, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", text);
          const options = {clipboardData, bubbles: true, cancelable: true};
          cell.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )
    drills.press("Check")
    expect(exercise.locator(".cb-feedback")).to_contain_text("You turned the kernel by 180°.")


def test_a_choice_is_made_with_a_click_or_a_key(drills: Trainer) -> None:
    exercise = drills.drill("words")
    said = exercise.locator(".cb-feedback")
    drills.press("Check")
    expect(said).to_have_text("Choose one first.")
    options = exercise.get_by_role("radio")
    expect(options.nth(1)).to_have_accessible_name("B padding 1")
    exercise.get_by_text("stride 2").click()
    drills.press("Check")
    expect(said).to_contain_text("You made the steps longer.")
    options.nth(2).press("ArrowUp")
    expect(options.nth(1)).to_be_checked()
    options.nth(1).press("Enter")
    expect(said).to_contain_text("Right")


@pytest.mark.parametrize(("name", "shown"), [("grids", "table"), ("pictures", "svg.cb-svg")])
def test_options_may_be_matrices_and_pictures(drills: Trainer, name: str, shown: str) -> None:
    exercise = drills.drill(name)
    expect(exercise.locator(f".cb-option {shown}")).to_have_count(3)
    exercise.locator(f".cb-option {shown}").nth(0).click()
    drills.press("Check")
    said = exercise.locator(".cb-feedback")
    expect(said).to_contain_text("You took the one")
    if name == "pictures":
        expect(said.locator("svg.cb-svg")).to_be_visible()
        label = said.locator("svg.cb-svg").get_attribute("aria-label")
        assert len(label or "") > 20
    exercise.locator(f".cb-option {shown}").nth(1).click()
    drills.press("Check")
    expect(said).to_contain_text("Right")


def test_an_error_carried_forward_is_told_as_such(drills: Trainer) -> None:
    exercise = drills.drill("parts")
    parts = exercise.get_by_role("form")
    rows, cells = parts.nth(0), parts.nth(1)
    cells.get_by_label("Answer").fill("25")
    cells.get_by_label("Answer").press("Enter")
    expect(cells.locator(".cb-feedback")).to_contain_text("Not yet.")
    rows.get_by_label("Answer").fill("5")
    rows.get_by_label("Answer").press("Enter")
    expect(rows.locator(".cb-feedback")).to_contain_text("You left out the padding.")
    cells.get_by_label("Answer").press("Enter")
    expect(cells.locator(".cb-feedback")).to_contain_text(
        "Carried forward. You went on rightly from a wrong answer."
    )
    rows.get_by_label("Answer").fill("7")
    rows.get_by_label("Answer").press("Enter")
    expect(rows.locator(".cb-feedback")).to_have_text("Right. Now part b.")
    expect(cells.get_by_label("Answer")).to_be_focused()
    cells.get_by_label("Answer").fill("49")
    cells.get_by_label("Answer").press("Enter")
    expect(cells.locator(".cb-feedback")).to_have_text("Right, now it fits.")


def test_a_link_shows_the_same_exercise(trainer: Trainer) -> None:
    exercise = trainer.open(f"{FAMILY}.2@1/p12")
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{FAMILY}.2@1/p12")
    expect(exercise.locator(".cb-title")).to_be_focused()
    expect(exercise.locator(".cb-title")).to_be_in_viewport()
    expect(trainer.page.locator(".cb-notice")).to_be_empty()
    trainer.page.evaluate(f"location.hash = '{FAMILY}.1@1/p3'")
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/p3")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{FAMILY}.2@1/fern-12.3", "is on your sheet and not among the exercises of this page"),
        (f"{FAMILY}.2@9/p1", "was made with version 9 of this exercise; this site has version 1"),
        ("nobody.1@1/p1", "There is no exercise “nobody” here."),
    ],
)
def test_a_sheet_leads_to_something_like_it(trainer: Trainer, name: str, said: str) -> None:
    exercise = trainer.open(name, "practice/")
    expect(trainer.page.locator(".cb-notice")).to_contain_text(said)
    if name.startswith(FAMILY):
        expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{FAMILY}.2@1/p1")


def test_the_practice_page_is_narrowed_by_exercise_and_level(trainer: Trainer) -> None:
    exercise = trainer.open(where="practice/")
    trainer.page.get_by_label("Exercise").select_option(label="Size of the feature map")
    # The mixed one that came first may have been its first.
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(re.compile(rf"^{ID}/p[12]$"))
    trainer.page.get_by_role("radio", name="2").press("Space")
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{FAMILY}.2@1/p1")
    expect(trainer.page.get_by_label("Exercise")).to_have_value(FAMILY)
    trainer.page.get_by_label("Exercise").select_option(label="Mixed")
    seen = set()
    for _ in range(4):
        trainer.press("Another one")
        seen.add(exercise.locator(".cb-title").inner_text())
    assert len(seen) > 1


def test_progress_stays_in_this_browser_and_can_be_erased(drills: Trainer) -> None:
    drills.drill("number")
    expect(drills.page.locator(".cb-progress")).to_be_hidden()
    drills.answer("3")
    stored = drills.page.evaluate("Object.entries(localStorage)")
    own = [value for key, value in stored if key.startswith("convbook.practice")]
    assert own == [f'{{"{FAMILY}.1":[1,1,1,0]}}']
    drills.drill("several")
    expect(drills.page.locator(".cb-progress p")).to_contain_text("1 of 1 solved")
    drills.press("Erase my progress")
    assert len(drills.page.evaluate("Object.keys(localStorage)")) == len(stored)
    drills.press("Really erase all of it")
    expect(drills.page.locator(".cb-progress")).to_be_hidden()
    kept = drills.page.evaluate("Object.keys(localStorage)")
    assert not [key for key in kept if key.startswith("convbook.practice")]
    assert not drills.page.context.cookies()


def test_it_works_where_storage_is_blocked(drills: Trainer) -> None:
    drills.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    drills.complaints.clear()
    drills.drill("number")
    expect(drills.answer("3")).to_have_text("Right, at first try.")
    expect(drills.page.locator(".cb-progress p")).to_contain_text("Kept until you leave this page.")
    # The theme asks for storage as well, and says so.
    drills.complaints[:] = [each for each in drills.complaints if each != "blocked"]


def test_what_cannot_be_loaded_can_be_tried_again(trainer: Trainer) -> None:
    page = trainer.page
    page.route(f"**/practice/{FAMILY}/1.json", lambda route: route.abort())
    page.goto(f"{trainer.address}{TOPIC}#{ID}/p1")
    expect(page.locator(".cb-notice")).to_contain_text("The exercises could not be loaded.")
    page.unroute(f"**/practice/{FAMILY}/1.json")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".cb-trainer .cb-id a[href^='#']")).to_have_text(f"{ID}/p1")
    expect(page.locator(".cb-notice")).to_be_empty()
    trainer.complaints[:] = [each for each in trainer.complaints if "ERR_FAILED" not in each]


def test_a_whole_exercise_with_keys_alone(drills: Trainer) -> None:
    exercise = drills.drill("number")
    keys = drills.page.keyboard
    expect(exercise.locator(".cb-title")).to_be_focused()
    keys.press("Tab")
    keys.type("77")
    keys.press("Enter")
    expect(exercise.locator(".cb-feedback")).to_contain_text("Not yet.")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # Show a hint
    expect(exercise.locator(".cb-hint")).to_have_count(1)
    expect(exercise.get_by_role("button", name="Another hint")).to_be_focused()
    keys.press("Enter")
    expect(exercise.locator(".cb-hint")).to_have_count(2)
    expect(exercise.get_by_role("button", name="Solution")).to_be_focused()
    for _ in range(3):
        keys.press("Enter")
    expect(exercise.locator(".cb-solution > li")).to_have_count(3)
    expect(exercise.get_by_role("button", name="Another one")).to_be_focused()
    keys.press("Enter")
    expect(exercise.locator(".cb-id a[href^='#']")).to_have_text(f"{ID}/thousands")


@pytest.mark.parametrize("width", [360, 1440])
def test_every_form_fits_and_has_names_and_room(drills: Trainer, width: int) -> None:
    from site_drills import DRILLS

    drills.page.set_viewport_size({"width": width, "height": 780})
    for name in DRILLS:
        exercise = drills.drill(name)
        boxes = exercise.locator(".cb-part").first.locator("input")
        if boxes.first.get_attribute("type") == "radio":
            boxes.first.check()
        else:
            for box in boxes.all():
                box.fill("77")
        exercise.locator(".cb-check").first.click()
        expect(exercise.locator(".cb-feedback").first).to_contain_text("Not yet.")
        assert drills.page.evaluate(UNFIT) == [], name


def test_without_a_script_three_exercises_are_there(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page.goto(address + TOPIC)
    read = page.locator(".cb-paper .cb-exercise")
    expect(read).to_have_count(3)
    expect(page.locator(".cb-solution").first).to_be_hidden()
    read.first.locator("summary").click()
    expect(page.locator(".cb-solution").first).to_be_visible()
    expect(read.first).to_contain_text("Answer:")
    page.close()


def test_on_paper_the_three_stand_without_their_solutions(trainer: Trainer) -> None:
    trainer.open()
    trainer.page.emulate_media(media="print")
    expect(trainer.page.locator(".cb-paper .cb-exercise").first).to_be_visible()
    expect(trainer.page.locator(".cb-trainer")).to_be_hidden()
    expect(trainer.page.locator(".cb-fold").first).to_be_hidden()


def test_a_strict_policy_lets_it_work(drills: Trainer) -> None:
    def guarded(route: Route) -> None:
        answer = route.fetch()
        policy = "script-src 'self'; connect-src 'self'; object-src 'none'"
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    drills.page.route(f"**/{TOPIC}", guarded)
    drills.drill("pictures")
    expect(drills.page.locator(".cb-option svg.cb-svg")).to_have_count(3)
    # What is refused are scripts that the theme has in its pages; none of them is ours.
    assert "<script>" not in drills.page.locator(".cb-practice").inner_html()
    drills.complaints.clear()


def test_a_page_that_is_opened_as_a_file_works_too(
    browser: Browser, tmp_path: Path, mkdocs: object
) -> None:
    (tmp_path / "docs/deep").mkdir(parents=True)
    fence = f"```practice\nfamilies: {FAMILY}\n```\n"
    (tmp_path / "docs/index.md").write_text(f"# A\n\n{fence}")
    (tmp_path / "docs/deep/b.md").write_text(f"# B\n\n{fence}")
    config = "site_name: Small\ntheme: mkdocs\nuse_directory_urls: false\nplugins: [convbook]\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    done = mkdocs("build", where=tmp_path)  # type: ignore[operator]
    assert done.returncode == 0, done.stderr
    page = browser.new_page()
    for name in ("index.html", "deep/b.html"):
        page.goto("about:blank")
        page.goto(f"{(tmp_path / 'site' / name).as_uri()}#{ID}/p7")
        expect(page.locator(".cb-trainer .cb-id a[href^='#']")).to_have_text(f"{ID}/p7")
    page.close()
