"""A desk without a mouse: the list by j, k and Enter, a form by Tab, arrows and letters, and the focus always seen.

The story of an agency admin by keyboard alone; those of the other roles are named in `test_national_story`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tanggap.domain.intake import Classification
from tests.journeys import acts

pytestmark = pytest.mark.browser

# What a screen reader would say of the element that has the focus, and whether its focus can be seen.
FOCUSED = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const label = here.labels?.[0]?.innerText ?? here.getAttribute("aria-label") ?? here.innerText ?? "";
  const group = here.closest("fieldset, [role=radiogroup]");
  return {
    words: label.trim(),
    group: (group?.querySelector("legend")?.innerText ?? group?.getAttribute("aria-label") ?? "").trim(),
    name: here.getAttribute("name") ?? "",
    leads: here.href ?? "",
    seen: style.outlineStyle !== "none" || style.boxShadow !== "none" || here === document.body,
  };
}"""
MOST_STOPS = 150


def tab_to(page: Page, words: str, *, group: str = "") -> None:
    """Press Tab until the element with these words has the focus."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        passed.append(here["words"])
        assert here["seen"], f"no focus to be seen on {here}"
        if here["words"] == words and group in here["group"]:
            return
    pytest.fail(f"{words!r} was not reached by Tab: {passed}")


def test_a_report_is_verified_by_keyboard_alone(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        acts.filed(title="Halte bus rusak di depan kampus", hours=30)
        kept = acts.kept(acts.filed(title="Trotoar amblas dekat stasiun", hours=29))
    page = people.desk()
    page.goto("/masuk")
    tab_to(page, "Nama pengguna")
    page.keyboard.type("admin.banten")
    tab_to(page, "Kata sandi")
    page.keyboard.type(site.accounts["admin.banten"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/masuk/kode")
    tab_to(page, "Kode")
    page.keyboard.type(acts.code("admin.banten"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja")

    # `?` explains, Escape closes; j and k walk; Enter opens.
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    first = page.evaluate(FOCUSED)["leads"]
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED)["leads"] != first
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED)["leads"] == first
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUSED)["words"] == "Trotoar amblas dekat stasiun":
            break
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/meja/{kept.number}")

    tab_to(page, "Langsung ke isi")
    page.keyboard.press("Enter")
    tab_to(page, "Kategori")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Ya", group="Berkadar pengawasan")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Unit tujuan")
    page.keyboard.type("Dinas Pekerjaan")
    tab_to(page, "Catatan")
    page.keyboard.type("Mohon segera.")
    boxes = page.get_by_role("group", name="Pemeriksaan sebelum terbit").get_by_role("checkbox")
    for index in range(boxes.count()):
        words = page.locator(f"label[for='{boxes.nth(index).get_attribute('id')}']").inner_text()
        tab_to(page, words.strip())
        page.keyboard.press("Space")
    tab_to(page, "Verifikasi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Terdisposisi, belum ditindaklanjuti").first).to_be_visible()
    expect(page.get_by_text(re.compile("Terverifikasi dan diteruskan ke (DPUPR|Dinas Pekerjaan Umum)"))).to_be_visible()


def test_single_keys_can_be_switched_off(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        acts.filed(title="Rambu lalu lintas tertutup pohon")
    page = people.officer("admin.banten")
    page.keyboard.press("?")
    page.get_by_label("Matikan pintasan satu tombol").check()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_a_filtered_list_is_worked_through_by_keys_and_a_deed_does_not_lose_the_place(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        for name, hours in (("Baros", 34), ("Ciomas", 33), ("Padarincang", 32)):
            acts.filed(title=f"Usul halte di {name}", hours=hours, classification=Classification.ASPIRATION)
    page = people.officer("admin.banten")
    page.goto("/meja?klasifikasi=aspiration&status=unverified")
    stands = [link.get_attribute("href").partition("?")[0] for link in page.locator("a.main").all()]
    assert len(stands) >= 3
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(stands[0]))
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    page.wait_for_url(re.compile(stands[1]))
    page.wait_for_load_state("networkidle")
    page.keyboard.press("m")
    page.wait_for_url(re.compile("tindakan=request_data"))
    tab_to(page, "Yang perlu dilengkapi")
    page.keyboard.type("Mohon sebutkan letak halte yang Anda usulkan.")
    tab_to(page, "Minta Kelengkapan")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Minta Kelengkapan tercatat.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.wait_for_url(re.compile(stands[2]))
    page.get_by_role("link", name="Kembali ke daftar").click()
    page.wait_for_url("**/meja?status=unverified&klasifikasi=aspiration")
    left = [link.get_attribute("href").partition("?")[0] for link in page.locator("a.main").all()]
    assert stands[1] not in left


def test_fifty_in_a_sitting_take_two_keys_each_where_the_suggestion_is_right(people, site, django_db_blocker):
    with site.rows(django_db_blocker):
        first, second = (
            # Due on one day, whatever the hour now, so that nothing else stands between them.
            acts.filed(title=f"Aspal terkelupas di ruas jalan provinsi {name}", hours=40)
            for name in ("Baros", "Ciomas")
        )
        numbers = acts.kept(first).number, acts.kept(second).number
    page = people.officer("admin.banten")
    page.goto(f"/meja/{numbers[0]}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("1")
    page.keyboard.press("a")
    page.wait_for_url(f"**/meja/{numbers[1]}")
    expect(page.get_by_text(f"{numbers[0]}: Verifikasi tercatat.")).to_be_visible()
    # Not the first suggestion: another number, the next one by j, back by k. Four keys at most.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("2")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: not url.endswith((numbers[1], "lanjut=1")))
    page.goto(f"/meja/{numbers[1]}")
    expect(page.get_by_text("Terdisposisi, belum ditindaklanjuti").first).to_be_visible()
