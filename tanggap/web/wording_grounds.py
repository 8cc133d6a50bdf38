"""The words for grounds that an officer or the closing guard gives; complete by test."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.domain.closing_guard import Ground
from tanggap.domain.hiding import HidingGround

# Why something is hidden after publication.
HIDING_GROUND: dict[HidingGround, Promise] = {
    HidingGround.THIRD_PARTY: _("Data pribadi pihak ketiga"),
    HidingGround.OWN_DATA: _("Data pribadi pelapor"),
    HidingGround.CHILD_OR_VICTIM: _("Menunjuk kepada anak atau korban"),
    HidingGround.ABUSIVE: _("SARA, hinaan, atau kata kasar"),
    HidingGround.ACCUSATION: _("Tuduhan kepada orang bernama"),
}

# Why an answer waits for a second officer.
GROUND: dict[Ground, Promise] = {
    Ground.SENDS_ELSEWHERE: _("Jawaban hanya meminta pelapor menghubungi pihak lain."),
    Ground.SAYS_NOTHING: _("Jawaban hanya mengatakan bahwa laporan diterima, diteruskan, atau akan ditindaklanjuti."),
    Ground.SAME_WORDS: _("Jawaban sama kata demi kata dengan jawaban lain dalam 30 hari terakhir."),
}
