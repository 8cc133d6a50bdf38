"""The Chromium that tests and screenshots drive, and how it is started: quiet and alone."""

import os
import shutil

from tanggap.cli.testing import BROWSERS

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Two processes fewer: a tenth less work for each page.
    "--in-process-gpu",
    "--enable-features=NetworkServiceInProcess2",
)


def chromium() -> str | None:
    """Return the program: what TANGGAP_CHROMIUM names, else the first that is installed, or None."""
    named = os.environ.get("TANGGAP_CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else BROWSERS))
    return next((path for path in found if path), None)
