"""Which acts end, begin or belong to the handing on of a report, and how often it may be handed on."""

from tanggap.domain.lifecycle import Action

_A = Action

# What ends an offer to another agency: its word, the arbiter's, or that the owner has done the work after all.
OFFER_ENDS = frozenset(
    {
        _A.ACCEPT_TRANSFER,
        _A.REFUSE_TRANSFER,
        _A.DISPUTE,
        _A.DECIDE_OWNER,
        _A.ANSWER,
        _A.RETURN,
        _A.REQUEST_DATA,
    }
    | {_A.ARCHIVE, _A.SPLIT}
)
# Acts after which the office that had a report before goes on reading it.
HANDED_ON = frozenset({_A.ACCEPT_TRANSFER, _A.DECIDE_OWNER})
# What makes a dispute idle: it was decided, or the owner has answered or sent the report back.
SETTLES = frozenset({_A.DECIDE_OWNER, _A.RETURN, _A.ANSWER})
# What a unit does to a report that it was given says that it has taken it on.
TAKES_ON = frozenset({_A.ACCEPT_ASSIGNMENT, _A.FOLLOW_UP, _A.ANSWER, _A.REQUEST_DATA})
# Acts of the agency that a report is offered to; every other act is the owner's.
RECEIVERS = frozenset({_A.ACCEPT_TRANSFER, _A.REFUSE_TRANSFER})
# Where a request for more time ends without a word: the work is done, or somebody else has it.
ASKING_ENDS = frozenset(
    {_A.GRANT_EXTENSION, _A.REFUSE_EXTENSION, _A.ANSWER, _A.ACCEPT_TRANSFER, _A.DECIDE_OWNER, _A.HAND_TO_PPID}
)
# An agency gives more time once, the next tier a second time, and nobody a third (D3.4, T25).
MOST_EXTENSIONS = 2
# Acts of an office that supports the one which has the report; it never answers, closes or looks who filed it.
SUPPORTING = frozenset({_A.CONTRIBUTE, _A.SUPPORT_FOLLOW_UP})
# After so many hops, or refusals, the next tier decides (REQ-12: nobody plays ping-pong with a citizen).
MOST_HOPS = 2
MOST_REFUSALS = 2
