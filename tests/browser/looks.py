"""How the page looks: by day and by night, on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: A colour scheme, and the width of the window in pixels.
Look = tuple[Literal["light", "dark"], int]

TWO_LOOKS: tuple[Look, ...] = (("light", 1400), ("dark", 320))
FOUR_LOOKS: tuple[Look, ...] = (*TWO_LOOKS, ("light", 320), ("dark", 1400))
ON_A_PHONE: tuple[Look, ...] = (("light", 320), ("dark", 320))

_VIOLATIONS = """
async (options) => {
  const told = await axe.run(document, { resultTypes: ["violations"], ...options });
  return told.violations.map((one) => [one.id, one.nodes[0].html]);
}
"""


#: The page, or a dialog over it, whose content stands out to the side.
_TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("dialog[open]")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.id || one.tagName)"""


def check_looks(page: Page, looks: Sequence[Look] = TWO_LOOKS) -> None:
    """No violation of axe's rules, and nothing wider than the window or its dialog.

    The page moves nothing, so that no look is checked on the way to it; it keeps the last.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    for number, (scheme, width) in enumerate(looks):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        # A width that was seen shows nothing new in other colours.
        is_seen = width in {each for _, each in looks[:number]}
        found = page.evaluate(_VIOLATIONS, {"runOnly": ["color-contrast"]} if is_seen else {})
        assert (scheme, width, found) == (scheme, width, [])
        assert (width, page.evaluate(_TOO_WIDE)) == (width, [])
