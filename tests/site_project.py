"""A small site in a folder of its own, for tests of the plugin."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config


@dataclass(frozen=True)
class Project:
    """A folder with a site."""

    folder: Path

    @property
    def site(self) -> Path:
        """Where it is built."""
        return self.folder / "site"

    def write(self, uri: str, text: str) -> None:
        """Write a page, or another file beside the pages."""
        path = self.folder / "docs" / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def nav(self, *uris: str, options: str = "") -> None:
        """Say which pages there are, and set options of the plugin."""
        (self.folder / "mkdocs.yml").write_text(
            "site_name: Small\ntheme: mkdocs\n"
            f"plugins: [convbook: {{{options}}}]\n"
            "markdown_extensions: [attr_list, def_list, tables]\n"
            "validation: {anchors: warn}\n"
            f"nav: [{', '.join(uris)}]\n"
        )

    def built(self, uri: str) -> str:
        """Return a page that was built."""
        return (self.site / uri).read_text("utf-8")


def run(project: Project, command: Literal["build", "serve"] = "build", **options: object) -> None:
    """Build in this process, as a command of MkDocs would."""
    path = str(project.folder / "mkdocs.yml")
    config = load_config(path, **options)  # type: ignore[arg-type]
    config.plugins.on_startup(command=command, dirty=False)
    build(config, serve_url="http://127.0.0.1/" if command == "serve" else None)


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    """Return what the plugin has said."""
    return [
        (record.levelno, record.getMessage().removeprefix("convbook: "))
        for record in caplog.records
        if record.name == "mkdocs.plugins.convbook"
    ]
