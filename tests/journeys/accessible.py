"""What every page must keep, whoever reads it, in either language, on a phone and at a desk."""

import functools
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import justhtml
from playwright.sync_api import Page, Response

WIDTHS = (320, 1280)  # the narrowest phone, and a desk
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# What axe does not look at, said as one sentence for each fault.
STRUCTURE = """language => {
  const faults = [], all = (s) => [...document.querySelectorAll(s)];
  if (document.documentElement.lang !== language) faults.push(`lang is ${document.documentElement.lang}`);
  if (!document.title.trim()) faults.push("no title");
  if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`);
  const first = document.querySelector("a[href], button, input");
  const skips = first && first.getAttribute("href") === "#isi" && document.getElementById("isi");
  // A card in the frame of another site has no header to skip; every page with one has the link.
  if (!skips && !(document.querySelector("main.embedded") && !all("header, nav").length)) faults.push("no skip link");
  const ids = all("[id]").map((e) => e.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach((id) => faults.push(`id ${id} stands twice`));
  for (const name of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers"]) {
    all(`[${name}]`).forEach((e) => e.getAttribute(name).split(/\\s+/).filter(Boolean).forEach((id) => {
      if (!document.getElementById(id)) faults.push(`${name}="${id}" leads nowhere`);
    }));
  }
  all("a[href^='#']").forEach((e) => {
    const id = decodeURIComponent(e.getAttribute("href").slice(1));
    if (id && !document.getElementById(id)) faults.push(`a link to #${id} leads nowhere`);
  });
  all("a a, a button, button a, button button, label label").forEach((e) => faults.push(`${e.tagName} inside another`));
  all("img:not([alt])").forEach((e) => faults.push(`no alt on ${e.src}`));
  all("[style]").forEach((e) => { if (e.getAttribute("style")) faults.push(`style on ${e.tagName}`); });
  all("dl > :not(dt, dd, div, script, template), ul > :not(li, script, template), ol > :not(li, script, template)")
    .forEach((e) => faults.push(`${e.tagName} as a child of ${e.parentElement.tagName}`));
  return [...new Set(faults)];
}"""
# What sticks out is what makes people scroll sideways; parts that scroll by themselves may be wide.
OVERFLOW = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.right > innerWidth + 1 && box.width > 0;
  });
  const said = (e) => `${e.tagName}.${e.className}: ${(e.textContent ?? "").trim().slice(0, 40)}`;
  return [...new Set(wide.slice(-5).map(said))];
}"""
# Hundreds of options say nothing that ten do not, and cost axe as much as the page.
SHORTEN = """() => {
  document.querySelectorAll("select").forEach((list) => [...list.querySelectorAll("option")].slice(10)
    .forEach((option) => option.remove()));
  document.querySelectorAll("optgroup:empty").forEach((group) => group.remove());
}"""
# Every page in both languages at both widths, and its contrast, with TANGGAP_THOROUGH=1: before a release, and for who
# changes the frame or the colours of all pages. Else each page is seen in one language, in turn, on a phone; and one
# page of each kind at a desk, too, and with its contrast by day and in the dark, which takes axe longer than all else
# together and hangs on colours that all pages share.
IS_THOROUGH = os.environ.get("TANGGAP_THOROUGH") == "1"
CONTRAST = "color-contrast"
LANGUAGES = ("id", "en")


def spoken(language: str) -> tuple[str, ...]:
    """Return in which languages pages are walked whose turn one language is."""
    return LANGUAGES if IS_THOROUGH else (language,)


AXE = """([tags, rules, isOn, part]) => axe.run(part || document, {
  runOnly: tags.length ? { type: "tag", values: tags } : { type: "rule", values: rules },
  rules: tags.length ? Object.fromEntries(rules.map((rule) => [rule, { enabled: isOn }])) : {},
  resultTypes: ["violations"], preload: false,
}).then(
  (found) => found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} (${n.target})`)))"""


@functools.cache
def axe_source() -> str:
    """Return axe itself."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Stop:
    """One page: its name, and how to get there; a path, or steps that end in an answer of the server."""

    name: str
    go: str | Callable[[Page], Response | None]
    is_kind: bool = False  # stands for the pages that look like it: seen at both widths, and in the dark
    part: str = ""  # what alone is new on a page of which all else is looked at in another stop; a selector


def arrive(page: Page, stop: Stop) -> Response:
    """Go to a page and return the answer that it was made of."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    answer = page.goto(stop.go) if isinstance(stop.go, str) else stop.go(page)
    assert answer is not None, stop.name
    return answer


def sent(page: Page, press: Callable[[], None]) -> Response:
    """Press something that sends a form, and return the page that came."""
    with page.expect_navigation() as navigation:
        press()
    return navigation.value  # type: ignore[return-value]


def led_to(page: Page, path: str, press: Callable[[], None]) -> Response:
    """Press something that leads to another page, and return that page."""
    with page.expect_response(lambda answer: urlsplit(answer.url).path == path and answer.status < 300) as answer:
        press()
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    return answer.value


def walk(page: Page, stops: Sequence[Stop], language: str) -> list[str]:
    """Return every fault of these pages, each with where it is."""
    page.add_init_script(axe_source())  # handed over once, not with each page
    page.emulate_media(reduced_motion="reduce")  # no colour half-way to another
    return [fault for stop in stops for fault in faults(page, stop, language)]


def faults(page: Page, stop: Stop, language: str) -> list[str]:
    """Return the faults of one page; all but axe look where there is least room."""
    where = f"{stop.name} [{language}]"
    answer = arrive(page, stop)
    found = [f"{where}: not conforming: {error}" for error in conformance(answer.text())]
    found += [f"{where}: {fault}" for fault in page.evaluate(STRUCTURE, language)]
    found += [f"{where}: at {WIDTHS[0]} px sticks out {part}" for part in page.evaluate(OVERFLOW)]
    page.evaluate(SHORTEN)
    part = "" if IS_THOROUGH else stop.part
    assert not part or page.locator(part).count() == 1, f"{where}: {part}"
    is_whole = IS_THOROUGH or stop.is_kind
    for width in WIDTHS if is_whole else WIDTHS[:1]:
        if page.viewport_size != {"width": width, "height": 800}:
            page.set_viewport_size({"width": width, "height": 800})
        rules = [TAGS, [CONTRAST], is_whole, part]
        found += [f"{where}: at {width} px {fault}" for fault in page.evaluate(AXE, rules)]
    if stop.is_kind:
        page.emulate_media(color_scheme="dark")
        found += [f"{where}: dark {fault}" for fault in page.evaluate(AXE, [[], [CONTRAST], True, ""])]
        page.emulate_media(color_scheme="light")
    return found


def conformance(html: str) -> list[str]:
    """Return what the HTML standard calls a parse error."""
    parsed = justhtml.JustHTML(html, collect_errors=True)
    return [f"{error.code} in line {error.line}" for error in parsed.errors]


def describe(found: list[str]) -> str:
    """Return the faults as a list to work through."""
    return json.dumps(found, indent=1, ensure_ascii=False)
