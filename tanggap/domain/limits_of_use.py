"""How often one client, one number or one name may try something, before it has to wait.

Carriers put thousands of phones behind one address, so what is counted per client is generous;
what is counted per name or number is strict, because guessing aims at one of them.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Bucket(StrEnum):
    """What is counted."""

    FILE_CLIENT = "file_client"
    TRACK_CLIENT = "track_client"
    TRACK_NUMBER = "track_number"
    SEARCH_CLIENT = "search_client"
    FIGURE_FILE_CLIENT = "figure_file_client"
    RECORD_CLIENT = "record_client"
    SIGN_IN_CLIENT = "sign_in_client"
    SIGN_IN_NAME = "sign_in_name"  # one client at one name
    SIGN_IN_DEVICE = "sign_in_device"  # one browser at a name that was signed in to in it before
    SIGN_IN_ACCOUNT = "sign_in_account"  # all other clients at one name
    SIGN_IN_CODE = "sign_in_code"
    PASSKEY_CLIENT = "passkey_client"
    DIRECTORY_CLIENT = "directory_client"
    CODE_SPENT = "code_spent"
    CONFIRM_ADDRESS = "confirm_address"
    INVITE_ADDRESS = "invite_address"
    CITIZEN_CLIENT = "citizen_client"
    CITIZEN_MAILBOX = "citizen_mailbox"
    CITIZEN_KNOWN = "citizen_known"  # a browser in which the account was opened before
    CITIZEN_SMS_CLIENT = "citizen_sms_client"
    CITIZEN_NUMBER = "citizen_number"
    CITIZEN_NUMBER_KNOWN = "citizen_number_known"  # all browsers together in which the account was opened before
    CITIZEN_TRY = "citizen_try"  # one code
    CITIZEN_WRONG = "citizen_wrong"  # one client
    CITIZEN_SPENT = "citizen_spent"
    COMMENT_CLIENT = "comment_client"
    COMMENT_ACCOUNT = "comment_account"


@dataclass(frozen=True, slots=True)
class Limit:
    """`times` uses inside `window`; after that the key waits.

    Without a `first_lock` it waits until the window ends. With one it waits that long, and twice as
    long after each further try, up to `longest_lock`. `can_be_raised` says whether the setting
    TANGGAP_LIMIT_FACTOR multiplies it: guards against guessing are never raised.
    """

    times: int
    window: timedelta
    first_lock: timedelta | None = None
    longest_lock: timedelta = timedelta(minutes=15)
    can_be_raised: bool = False


_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)

LIMITS: dict[Bucket, Limit] = {
    Bucket.FILE_CLIENT: Limit(60, 10 * _MINUTE, can_be_raised=True),
    Bucket.TRACK_CLIENT: Limit(60, 10 * _MINUTE, can_be_raised=True),
    Bucket.TRACK_NUMBER: Limit(20, 10 * _MINUTE),
    Bucket.SEARCH_CLIENT: Limit(120, _MINUTE, can_be_raised=True),
    # Files of figures and of the reports behind them, each written anew.
    Bucket.FIGURE_FILE_CLIENT: Limit(20, _MINUTE, can_be_raised=True),
    # Proofs and receipts: a program that checks a year asks for as many.
    Bucket.RECORD_CLIENT: Limit(600, _MINUTE, can_be_raised=True),
    Bucket.SIGN_IN_CLIENT: Limit(60, 15 * _MINUTE),
    # Who guesses locks himself out, not the officer: a browser that the account was opened in before is counted
    # by itself, and what many clients guess together slows only those that nobody knows.
    Bucket.SIGN_IN_NAME: Limit(5, _DAY, first_lock=_MINUTE),
    Bucket.SIGN_IN_DEVICE: Limit(5, _DAY, first_lock=_MINUTE),
    Bucket.SIGN_IN_ACCOUNT: Limit(30, _DAY, first_lock=_MINUTE),
    Bucket.SIGN_IN_CODE: Limit(5, _DAY, first_lock=_MINUTE),
    # Nothing can be guessed about a passkey; each try makes a session, so one client makes so many and no more.
    Bucket.PASSKEY_CLIENT: Limit(120, 10 * _MINUTE, can_be_raised=True),
    # The same holds of a trip to an agency's directory; whoever comes in by it takes the own one back.
    Bucket.DIRECTORY_CLIENT: Limit(60, 15 * _MINUTE, can_be_raised=True),
    # A code of an authenticator app is good for one sign-in: seen once, it is spent until it is stale.
    Bucket.CODE_SPENT: Limit(1, 2 * _MINUTE),
    # Whoever files a report can name the address of anybody: a mailbox is asked to confirm so often and no more.
    Bucket.CONFIRM_ADDRESS: Limit(5, _DAY),
    # A mailbox gets so many invitations a day, whoever sends them.
    Bucket.INVITE_ADDRESS: Limit(5, _DAY),
    # A code by mail has six digits: five tries at each, and so many codes to a mailbox a day that guessing one of them
    # takes a year of trying. A browser that the account was opened in before is counted by itself: a stranger who
    # spends the mailbox's codes keeps nobody out who has been in.
    Bucket.CITIZEN_CLIENT: Limit(60, 15 * _MINUTE),
    Bucket.CITIZEN_MAILBOX: Limit(10, _DAY),
    Bucket.CITIZEN_KNOWN: Limit(10, 60 * _MINUTE),
    # A code by SMS costs the operator, and whoever has them sent may be paid for it: so a number gets ten a day whoever
    # asks, half of them kept for browsers that it was used in before; and one client asks for fewer of them.
    Bucket.CITIZEN_SMS_CLIENT: Limit(20, 60 * _MINUTE, can_be_raised=True),
    Bucket.CITIZEN_NUMBER: Limit(5, _DAY),
    Bucket.CITIZEN_NUMBER_KNOWN: Limit(5, _DAY),
    Bucket.CITIZEN_TRY: Limit(5, 15 * _MINUTE),
    Bucket.CITIZEN_WRONG: Limit(30, 60 * _MINUTE),
    Bucket.CITIZEN_SPENT: Limit(1, 15 * _MINUTE),
    # Each comment is read by an officer before anybody else: who writes more of them than that has to wait.
    Bucket.COMMENT_CLIENT: Limit(60, 60 * _MINUTE, can_be_raised=True),
    Bucket.COMMENT_ACCOUNT: Limit(5, 60 * _MINUTE),
}


def mailbox(address: str) -> str:
    """Return what the spellings of one mailbox have in common: 'Siti.Contoh+1@x.org' is 'siticontoh@x.org'.

    Many servers put what differs in case, in dots or after a plus sign into the same box. Where two people
    differ in that alone, they share a count, and nothing else.
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}{at}{domain}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """May it go on, and if not, in how many seconds may it try again."""

    allowed: bool
    retry_after_seconds: int = 0
