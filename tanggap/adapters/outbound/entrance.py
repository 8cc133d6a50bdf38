"""The mails about coming in, and to citizens with an account.

An invitation is in Indonesian, then in English: nobody has said yet what they read.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tanggap.adapters.outbound.letters import SYSTEM_LANGUAGES, Letter
from tanggap.adapters.outbound.words import SIGNATURE

_DEVICES: Final = "/akun/perangkat"
_FACTOR: Final = "/akun/dua-langkah"


def invitation(
    *, address: str, name: str, office: str, path: str, until: datetime, zone: str, reference: str
) -> Letter:
    """Write the mail that invites somebody to an office."""
    texts = []
    for language in (settings.LANGUAGE_CODE, "en"):
        with translation.override(language):
            values = {"name": name, "office": office, "site": settings.SITE_NAME}
            texts += [
                _("Yth. %(name)s,") % values,
                _("Anda diundang menjadi petugas pengaduan %(office)s di %(site)s.") % values,
                _("Buka tautan ini untuk membuat akun Anda. Tautan hanya berlaku satu kali:"),
                f"{settings.PUBLIC_URL}{path}",
                _("Tautan berlaku sampai %(day)s. Abaikan surel ini bila Anda tidak mengenal undangannya.")
                % {"day": _day(until, zone)},
            ]
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Undangan menjadi petugas di %(site)s") % {"site": settings.SITE_NAME}
    return _letter(address, subject, texts, reference, settings.LANGUAGE_CODE)


def alert(*, address: str, name: str, language: str, browser: str, at: datetime, reference: str) -> Letter:
    """Write the mail about an unknown browser: what, when, and what to do; no place, no address of the network."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"name": name, "browser": browser or _("peramban yang tidak dikenal"), **_when(at)}
        texts = [
            _("Yth. %(name)s,") % values,
            _("Akun Anda baru saja dibuka di peramban yang belum pernah dipakai: %(browser)s.") % values,
            _("Waktunya %(day)s pukul %(time)s WIB.") % values,
            _("Bila itu Anda, abaikan surel ini. Bila bukan, akhiri sesinya dan ganti kata sandi Anda:"),
            f"{settings.PUBLIC_URL}{_DEVICES}",
        ]
        subject = _("Akun Anda dibuka di peramban baru")
    return _letter(address, subject, texts, reference, spoken)


def password_link(*, address: str, name: str, language: str, path: str, until: datetime, reference: str) -> Letter:
    """Write the mail with the link by which a person sets a new password."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"name": name, "site": settings.SITE_NAME, **_when(until)}
        texts = [
            _("Yth. %(name)s,") % values,
            _("Admin memberi Anda tautan untuk membuat kata sandi baru di %(site)s.") % values,
            _("Kata sandi yang lama tidak berlaku lagi, dan semua sesi Anda sudah diakhiri."),
            _("Tautan hanya berlaku satu kali:"),
            f"{settings.PUBLIC_URL}{path}",
            _("Tautan berlaku sampai %(day)s pukul %(time)s WIB. Jangan berikan kepada siapa pun.") % values,
            _("Bila Anda tidak memintanya, tanyakan kepada admin instansi Anda."),
        ]
        subject = _("Kata sandi baru untuk akun Anda di %(site)s") % values
    return _letter(address, subject, texts, reference, spoken)


def password_set(*, address: str, name: str, language: str, at: datetime, reference: str) -> Letter:
    """Write the mail that says that a new password was set by a link of an admin."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"name": name, **_when(at)}
        texts = [
            _("Yth. %(name)s,") % values,
            _("Kata sandi akun Anda baru saja dibuat lewat tautan dari admin. Semua sesi sudah diakhiri."),
            _("Waktunya %(day)s pukul %(time)s WIB.") % values,
            _("Bila bukan Anda yang membuatnya, segera minta admin instansi Anda mengunci akun ini."),
        ]
        subject = _("Kata sandi akun Anda diganti")
    return _letter(address, subject, texts, reference, spoken)


def factors_removed(*, address: str, name: str, language: str, at: datetime, reference: str) -> Letter:
    """Write the mail that says that an admin removed the second factor of an account."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"name": name, **_when(at)}
        texts = [
            _("Yth. %(name)s,") % values,
            _("Admin menghapus verifikasi dua langkah, kunci sandi dan kode pemulihan akun Anda. Semua sesi diakhiri."),
            _("Waktunya %(day)s pukul %(time)s WIB.") % values,
            _("Masuklah dengan kata sandi Anda, lalu pasang verifikasi dua langkah yang baru:"),
            f"{settings.PUBLIC_URL}{_FACTOR}",
            _("Bila Anda tidak memintanya, segera tanyakan kepada admin instansi Anda."),
        ]
        subject = _("Verifikasi dua langkah akun Anda dihapus")
    return _letter(address, subject, texts, reference, spoken)


def code(*, address: str, code: str, language: str, reference: str) -> Letter:
    """Write the mail with the code by which a citizen signs in."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"site": settings.SITE_NAME, "code": f"{code[:3]} {code[3:]}"}
        texts = [
            _("Kode masuk Anda di %(site)s: %(code)s") % values,
            _("Ketik kode ini di peramban tempat Anda memintanya. Kode berlaku 10 menit dan satu kali."),
            _("Petugas tidak pernah menanyakan kode ini. Bila bukan Anda yang meminta, abaikan surel ini."),
        ]
        subject = _("Kode masuk: %(code)s") % values
    return _letter(address, subject, texts, reference, spoken)


def step(*, address: str, number: str, language: str, reference: str) -> Letter:
    """Write the mail to whoever follows a public report: that there is a new step, and no word of it."""
    spoken = language if language in SYSTEM_LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(spoken):
        values = {"number": number}
        texts = [
            _("Ada langkah baru pada laporan %(number)s yang Anda ikuti.") % values,
            f"{settings.PUBLIC_URL}/laporan/{number}",
            _("Berhenti mengikuti:"),
            f"{settings.PUBLIC_URL}/saya/ikuti/{number}",
        ]
        subject = _("Langkah baru pada laporan %(number)s") % values
    return _letter(address, subject, texts, reference, spoken)


def _letter(address: str, subject: str, texts: list[str], reference: str, language: str) -> Letter:
    with translation.override(language):
        signature = str(SIGNATURE) % {"site": settings.SITE_NAME}
    host = settings.PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    digest = salted_hmac("tanggap.entrance", reference, algorithm="sha256").hexdigest()[:32]
    return Letter(
        address=address,
        subject=" ".join(subject.split()),
        text="\n\n".join([*(" ".join(text.split()) for text in texts), signature]) + "\n",
        message_id=f"<{digest}@{host}>",
        language=language,
    )


def _when(moment: datetime) -> dict[str, str]:
    """Return day and time of a moment where this installation stands, in the language that is spoken."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return {"day": date_format(local, "l, j F Y"), "time": f"{local:%H.%M}"}


def _day(moment: datetime, zone: str) -> str:
    return date_format(moment.astimezone(ZoneInfo(zone)), "l, j F Y")
