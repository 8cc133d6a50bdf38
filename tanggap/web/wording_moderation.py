"""The words of the public log of moderation; complete by test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.moderation import Moderation, Reason, Unseen

MODERATION: dict[Moderation, Promise] = {
    Moderation.ARCHIVED: _("Diarsipkan; isinya tidak ditampilkan lagi"),
    Moderation.REDACTED: _("Sebagian isi disamarkan setelah terbit"),
    Moderation.COMMENT_HIDDEN: _("Komentar pembaca disembunyikan setelah terbit"),
}

REASON: dict[Reason, Promise] = {
    Reason.PERSONAL: _("Data pribadi"),
    Reason.ABUSIVE: _("SARA, hinaan, atau kata kasar"),
    Reason.ACCUSATION: _("Tuduhan kepada orang bernama"),
}

UNSEEN: dict[Unseen, Promise] = {
    Unseen.MADE_SECRET: _("Laporan yang pernah terbit dijadikan rahasia"),
    Unseen.ARCHIVED_BEFORE: _("Laporan diarsipkan sebelum pernah terbit"),
}
