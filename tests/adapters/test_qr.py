"""The QR code: an element for a page, nothing that a strict content policy refuses."""

import re

from tanggap.adapters.outbound import qr


def test_it_is_an_svg_element_without_style_script_or_size():
    made = qr.svg("https://contoh.id/lacak#7KQ2-M9TD.ABCD-EFGH-JKMN-PQRS")
    assert made.startswith("<svg")
    assert made.endswith("</svg>")
    assert "viewBox" in made
    assert not re.search(r"style=|<script|<style|\swidth=", made)


def test_it_does_not_spell_the_text():
    assert "ABCD" not in qr.svg("https://contoh.id/lacak#7KQ2-M9TD.ABCD-EFGH-JKMN-PQRS")
