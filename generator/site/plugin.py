"""The MkDocs plugin: checks all pages before anything is written, ships assets and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue, ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data

from generator import api
from generator.errors import UserError
from generator.site import (
    changelog,
    course,
    gallery,
    glossary,
    kernels,
    networks,
    offline,
    practice,
    ready,
    records,
)
from generator.site.finish import finished
from generator.site.links import dead
from generator.site.nav import lists, title_of, with_made
from generator.site.page import Page
from generator.site.place import Place
from generator.site.policy import guarded
from generator.site.practice_files import PracticeFiles
from generator.site.ready import ReadyFiles
from generator.site.records import Records
from generator.site.studio import Studio

EXTENSION = "generator.site.extension"
ASSETS = Path(__file__).parent / "assets"
SHEETS = (
    "assets/convbook-figures.css",
    "assets/convbook-player.css",
    "assets/convbook.css",
    "assets/convbook-practice.css",
)
SEARCH = "assets/convbook-search.js"
SCRIPTS = ("assets/convbook.js", "assets/convbook-theme.js")
#: What makes pages of its own when the site is built.
MADE = (networks, gallery, kernels, practice, ready)

log = get_plugin_logger("convbook")


class Options(Config):  # type: ignore[no-untyped-call]
    """What can be set in ``mkdocs.yml``."""

    #: Whether a build fails that lacks a page, a figure or a family which the curriculum asks for.
    complete = Type(bool, default=False)
    #: Folders whose pages are not about the course: no term is linked there by itself.
    plain = ListOfItems(Type(str), default=[])
    #: Whether pages say what a browser may load for them: only what is the site's own.
    policy = Type(bool, default=False)
    #: Whether the site will be opened as files, without a server.
    offline = Type(bool, default=False)


class ConvbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Figures, numbers and formulas on a MkDocs site."""

    def __init__(self) -> None:
        self.studio = Studio()
        self.place = Place()
        self.uri, self.url = "", ""
        self.serving = False
        self.downloads: dict[str, bytes] = {}
        self.photos: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self.practised: set[api.Topic] = set()
        self.practice = PracticeFiles()
        self.ready = ReadyFiles()
        self.records: Records | None = None
        self.glossary_url = ""
        self.page = Page(self.studio)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn who is watching; being here, the plugin is kept between rebuilds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Register the Markdown extension and the assets, and say where the pages' photos lie."""
        try:
            api.check_settings()
        except UserError as error:
            raise Abort(str(error)) from None
        api.look_for_photos_in(Path(config.docs_dir))
        self.studio.runner.folder = Path(config.docs_dir)
        # Before the scripts of the theme, which knows them under this name.
        config.extra["polyfills"] = [*config.extra.get("polyfills", ()), SEARCH]
        if self.config.offline:
            offline.configure(config)
        # Addresses of folders want a server; a site without them may be opened as files.
        self.practice.alone = not config.use_directory_urls
        if EXTENSION not in config.markdown_extensions:
            config.markdown_extensions.append(EXTENSION)
        config.mdx_configs[EXTENSION] = {"new_page": self.new_page}
        config.extra_css[:0] = SHEETS
        if config.nav is not None:
            config.nav = with_made(config.nav, (networks, gallery))
        for uri in SCRIPTS:
            script = ExtraScriptValue(uri)
            script.defer = True
            config.extra_javascript.append(script)
        return config

    def new_page(self) -> Page:
        """Return the page that is about to be rendered."""
        self.page = self._page(self.place, self.uri)
        return self.page

    def _page(self, place: Place, uri: str) -> Page:
        told = self.records
        if not told or uri == glossary.INDEX:
            return Page(self.studio, place, self.link, self.photo, self.address)
        explains = frozenset(told.fronts[uri].explains if uri in told.fronts else ())
        if told.glossary and uri.startswith(tuple(self.config.plain)):
            explains = frozenset(told.glossary.terms)
        found = (told.glossary, self.term, explains)
        return Page(self.studio, place, self.link, self.photo, self.address, *found)

    def term(self, term: glossary.Term) -> str:
        """Return the address of a term, seen from the page that is being rendered."""
        return f"{get_relative_url(self.glossary_url, self.url)}#{term.anchor}"

    def link(self, figure: api.Figure) -> str:
        """Return the address of a figure's file, seen from the page that is being rendered."""
        return get_relative_url(_download(figure), self.url)

    def address(self, uri: str) -> str:
        """Return the address of any file of the site, seen from the page."""
        return get_relative_url(uri, self.url)

    def photo(self, png: bytes) -> str:
        """Keep a photograph as a file, and return its address seen from the page."""
        name = sha256(png).hexdigest()[:12]
        if name not in self.photos:
            data, ending = api.for_screen(png)
            self.photos[name] = f"figures/{name}.{ending}"
            self.downloads[self.photos[name]] = data
        return get_relative_url(self.photos[name], self.url)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check every page; a build with problems stops here, before the old site is touched."""
        self.downloads, self.photos = {}, {}
        level = InclusionLevel.is_in_serve if self.serving else InclusionLevel.is_included
        written = [(file.src_uri, file.content_string) for file in _pages(config, level)]
        # Only a site that lists a catalogue has its pages.
        self.made = {}
        for catalogue in MADE:
            if lists(config.nav, catalogue.INDEX):
                self.made |= catalogue.pages()
        if lists(config.nav, changelog.INDEX):
            self.made |= changelog.pages(Path(config.config_file_path).parent)
        sources = {**dict(written), **self.made}
        self.records = told = self._read(sources, config)
        if lists(config.nav, glossary.INDEX):
            sources |= told.glossary_page()
        checked = {uri: self._checked(uri, text, config) for uri, text in sources.items()}
        kinds = {
            uri: [entry.figure.spec.kind for entry in page.entries if entry.figure]
            for uri, page in checked.items()
        }
        if lists(config.nav, course.INDEX):
            sources |= (made := told.course_page(kinds, lists(config.nav, gallery.INDEX)))
            checked |= {uri: self._checked(uri, text, config) for uri, text in made.items()}
        self.made = {uri: text for uri, text in sources.items() if uri not in dict(written)}
        pages = list(checked.values())
        files = {file.src_uri for file in get_files(config)} | {*SHEETS, *SCRIPTS, SEARCH}
        # A catalogue may link pages that another site does not have; MkDocs warns of them.
        links = dead({uri: page.as_linked for uri, page in checked.items()}, files, dict(written))
        self.studio.runner.close()
        figures = [
            entry.figure for page in pages for entry in page.entries if entry.figure is not None
        ]
        problems = [
            *told.problems,
            *(problem for page in pages for problem in page.problems),
            *links,
            *(told.missing(kinds) if self.config.complete else ()),
        ]
        for problem in problems:
            (log.warning if self.serving else log.error)(str(problem))
        if problems and not self.serving:
            count = len(problems)
            raise Abort(f"{count} problem{'s' * (count > 1)} in the pages; nothing was built.")
        self.downloads |= {_download(figure): figure.svg() for figure in figures}
        drills = [drill for page in pages for drill in page.drills]
        self.practised = {topic for drill in drills for topic in drill.topics}

    def _read(self, sources: Mapping[str, str], config: MkDocsConfig) -> Records:
        """Read the glossary, the curriculum and the head of each page."""
        page = File.generated(config, glossary.INDEX, content="")
        self.glossary_url = page.url
        found = records.read(Path(config.docs_dir), sources, lambda uri: _path(uri, config))
        # Without a page that lists them, terms have no address.
        return found if lists(config.nav, glossary.INDEX) else replace(found, glossary=None)

    def _checked(self, uri: str, source: str, config: MkDocsConfig) -> Page:
        text, _ = get_data(source)
        place = _place(uri, source, text, config)
        page = self._page(place, uri)
        page.compose(text, stash=lambda html: "")
        return page

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the assets and the figures' files, so that links to them are checked."""
        topics = sorted(self.practised, key=lambda topic: topic.name)
        pages = {file.src_uri: (file.url, title_of(file)) for file in files.documentation_pages()}
        generated: Mapping[str, str | bytes] = {
            SHEETS[0]: api.css(),
            **self.downloads,
            **self.made,
            **self.practice.files(topics, pages),
            **(self.ready.files() if ready.INDEX in self.made else {}),
        }
        for uri, content in generated.items():
            files.append(File.generated(config, uri, content=content))
        for uri in records.SOURCES:
            if file := files.get_file_from_path(uri):
                files.remove(file)
        for path in sorted(ASSETS.rglob("*")):
            uri = f"assets/{path.relative_to(ASSETS).as_posix()}"
            if uri == offline.WORKER and not self.config.offline:
                continue
            if path.suffix in (".css", ".js", ".woff2", ".txt"):
                files.append(File.generated(config, uri, abs_src_path=str(path)))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Remember whose text is rendered next."""
        source = page.file.content_string
        self.place = _place(page.file.src_uri, source, markdown, config)
        self.uri, self.url = page.file.src_uri, page.url
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Tell MkDocs of the figures' anchors, which it cannot see in finished HTML."""
        names = {entry.name for entry in self.page.entries if entry.name}
        page.present_anchor_ids = (page.present_anchor_ids or set()) | names
        return html

    @event_priority(-100)  # the hash of a script that another plugin changes later would be wrong
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Finish a page."""
        return self._finished(output)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish a page that belongs to the theme, such as the one for wrong addresses."""
        return self._finished(output) if template_name.endswith(".html") else output

    def _finished(self, html: str) -> str:
        html = finished(html)
        # `serve` puts a script of its own into pages after us.
        return guarded(html) if self.config.policy and not self.serving else html

    @event_priority(-100)  # after the search has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what only a site without a server needs."""
        if self.config.offline:
            offline.write_index(Path(config.site_dir))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuild when the package changes: its style sheet and script at once."""
        server.watch(str(ASSETS.parent.parent))
        if (changes := Path(config.config_file_path).parent / changelog.SOURCE).is_file():
            server.watch(str(changes))
        return server


def _pages(config: MkDocsConfig, level: object) -> list[File]:
    return list(get_files(config).documentation_pages(inclusion=level))  # type: ignore[arg-type]


def _place(uri: str, source: str, text: str, config: MkDocsConfig) -> Place:
    """Return where a text begins in its file; front matter has been taken off its head."""
    return Place(_path(uri, config), max(0, source.count("\n") - text.count("\n")))


def _path(uri: str, config: MkDocsConfig) -> str:
    root = Path(config.config_file_path or ".").resolve().parent
    path = Path(config.docs_dir).resolve() / uri
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _download(figure: api.Figure) -> str:
    return f"figures/{figure.spec.kind}-{figure.key}.svg"
