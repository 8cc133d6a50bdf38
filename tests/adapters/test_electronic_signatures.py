"""Electronic signatures by a program of the operator: what comes back is signed, or nothing is."""

import pytest

from tanggap.adapters import electronic_signatures as signatures
from tanggap.adapters.electronic_signatures import Command, Signatory, SigningError, Unsigned, signer

PDF = b"%PDF-1.7 nota dinas"
WHO = Signatory("pejabat.dpupr", "7/ND/DPUPR/2026")


def test_without_a_program_the_paper_stays_as_it_is():
    assert isinstance(signer("  "), Unsigned)
    signed, signature = signer("").sign(PDF, WHO)
    assert (signed, signature.kind, signer("").is_electronic) == (PDF, "none", False)


def test_a_program_gets_the_paper_who_signs_it_and_nothing_of_our_keys(monkeypatch):
    monkeypatch.setenv("TANGGAP_KEYS", "rahasia")
    made = signer("""sh -c 'cat; echo " $TANGGAP_SIGNER $TANGGAP_MEMO_NUMBER [$TANGGAP_KEYS]"'""")
    signed, signature = made.sign(PDF, WHO)
    assert signed == PDF + b" pejabat.dpupr 7/ND/DPUPR/2026 []\n"
    assert (signature.kind, made.is_electronic) == ("command", True)


@pytest.mark.parametrize(
    "program",
    [
        "false",
        "cat",  # what comes back unchanged is not signed
        "echo masuk dahulu",
        "true",
        "sh -c 'cat; echo x; exit 3'",
        "/tidak/ada",
        "sh -c 'tanpa penutup",
    ],
)
def test_whatever_else_a_program_does_nothing_is_signed(program):
    with pytest.raises(SigningError):
        Command(program).sign(PDF, WHO)


def test_a_program_that_does_not_end_is_ended():
    # Of what has no end no more is read than a paper may have.
    with pytest.raises(SigningError, match="exit code -9"):
        Command("yes").sign(PDF, WHO)
    with pytest.raises(SigningError, match="TimeoutExpired"):
        Command("tail -f /dev/null", seconds=0.05).sign(PDF, WHO)
    # Nor is one waited for that a program left behind with its output in hand.
    with pytest.raises(SigningError, match="TimeoutExpired"):
        Command("sh -c 'cat; echo x; sleep 9 & exit 0'", seconds=0.05).sign(PDF, WHO)


def test_programs_that_hang_take_no_more_than_two_threads_from_everybody_else(monkeypatch):
    monkeypatch.setattr(signatures, "_TURN_SECONDS", 0)
    made = Command("sh -c 'cat; echo x'")
    with signatures._turn(), signatures._turn(), pytest.raises(SigningError, match="busy"):
        made.sign(PDF, WHO)
    assert made.sign(PDF, WHO)[0] == PDF + b"x\n"
