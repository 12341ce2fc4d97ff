"""The page of what has changed is the CHANGELOG that lies beside mkdocs.yml."""

from site_project import Project, run

CHANGES = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A `figure` that **moves**.\n"


def test_it_is_made_where_a_site_lists_it(project: Project) -> None:
    project.write("index.md", "# Start\n")
    (project.folder / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    project.nav("index.md", "project/changelog.md")
    run(project)
    html = project.built("project/changelog/index.html")
    assert "<li>A <code>figure</code> that <strong>moves</strong>.</li>" in html
    assert html.count("<h1") == 1


def test_it_is_not_made_where_no_site_lists_it(project: Project) -> None:
    project.write("index.md", "# Start\n")
    (project.folder / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    project.nav("index.md")
    run(project)
    assert not (project.site / "project").exists()
