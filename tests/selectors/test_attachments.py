"""The sweep of staged files leaves alone what has a row."""

import pytest

from tanggap.domain.intake import StagedFile
from tanggap.selectors import attachments
from tests import make

pytestmark = pytest.mark.django_db


def test_only_files_of_a_report_are_known():
    file = StagedFile(key="a" * 32, sha256="0" * 64, size=10, media_type="image/webp", kind="image", name="foto.webp")
    make.submit(files=(file,))
    assert attachments.known_keys(["a" * 32, "b" * 32]) == {"a" * 32}


def test_no_keys_are_no_question():
    assert attachments.known_keys([]) == set()
