# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dutch beside the English of pages and messages: collect what there is to translate, build it.

Takes     the source and the templates of each app, and its locale/nl/LC_MESSAGES/django.po.
Gives     `collect`: that file with every string of the app in it; `build`: django.mo beside it.
Leaves    the translating to people. A test finds what nobody translated.

`python -m maatwerkbank.web.translations build` is part of the installation; `collect` is for who
changes a text.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

WEB = Path(__file__).parent
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "_": None,
}
# Folders with a catalogue of their own: every app, and the site itself.
APPS = (
    "people",
    "dossiers",
    "documents",
    "runs",
    "promises",
    "advice",
    "agreements",
    "execution",
    "releases",
    "parliament",
    "public",
    "woo",
    "overview",
    "api",
)


def catalogues() -> dict[str, Path]:
    """The Dutch catalogue of each app, and of the site."""
    folders = {"site": WEB} | {app: WEB / app for app in APPS}
    return {
        name: folder / "locale" / "nl" / "LC_MESSAGES" / "django.po"
        for name, folder in folders.items()
    }


def build() -> None:
    """Write the catalogue that the program reads beside each that people edit."""
    for catalogue in catalogues().values():
        if catalogue.exists():
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


def strings_of(name: str) -> dict[tuple[str | None, str], tuple[str | None, str]]:
    """Every string of an app: (context, singular) to (plural, first place)."""
    found: dict[tuple[str | None, str], tuple[str | None, str]] = {}
    for path in _files(name):
        for context, singular, plural in _in_file(path):
            found.setdefault((context, singular), (plural, str(path.relative_to(WEB))))
    return found


def collect() -> None:
    """Bring every catalogue up to date."""
    for name in catalogues():
        collect_one(name)


def collect_one(name: str) -> None:
    """Bring the catalogue of an app up to date: new strings in, untranslated; old ones out."""
    path, strings = catalogues()[name], strings_of(name)
    if not strings:
        return
    known = {}
    if path.exists():
        known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "nl",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, singular), (plural, place) in sorted(
        strings.items(), key=lambda item: (item[1][1], item[0][1])
    ):
        old = known.get((context, singular))
        entry = polib.POEntry(
            msgctxt=context,
            msgid=singular,
            msgid_plural=plural or "",
            occurrences=[(place, "")],
            flags=["python-format"] if "%(" in singular else [],
        )
        if plural:
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def _files(name: str) -> Iterator[Path]:
    if name == "site":
        others = {WEB / app for app in APPS}
        for path in sorted(WEB.rglob("*")):
            if not any(other in path.parents for other in others):
                yield from _translatable(path)
    else:
        for path in sorted((WEB / name).rglob("*")):
            yield from _translatable(path)


def _translatable(path: Path) -> Iterator[Path]:
    if "vendor" in path.parts or "migrations" in path.parts or path == Path(__file__):
        return
    if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
        yield path


def _in_file(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    from babel.messages.extract import extract  # noqa: PLC0415  # a development dependency
    from django.utils.translation.template import templatize  # noqa: PLC0415

    text = path.read_text("utf-8")
    if path.suffix != ".py":
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.lstrip() for line in lines)  # no page is indented as Python is
    for _, message, _, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        if isinstance(message, tuple):
            yield context, message[0], message[1]
        else:
            yield context, message, None


if __name__ == "__main__":
    {"build": build, "collect": collect}[sys.argv[1]]()
