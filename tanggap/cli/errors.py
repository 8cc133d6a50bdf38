"""What goes wrong in `./run`, in words for the person who typed it."""


class CommandError(Exception):
    """The command cannot go on; the text says why and what to do. Shown without a traceback, exit 1."""
