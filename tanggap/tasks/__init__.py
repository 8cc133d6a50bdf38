"""Jobs: fetch, call, settle; twice does no harm. Each module is imported here, so that none is forgotten."""

from tanggap.tasks import bulk, messages, periodic

__all__ = ["bulk", "messages", "periodic"]
