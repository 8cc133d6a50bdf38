"""Jobs: fetch, call, settle; twice does no harm. Each module is imported here, so that none is forgotten."""

from tanggap.tasks import bulk, citizens, entrance, messages, open_data, periodic, recaps, short_messages

__all__ = ["bulk", "citizens", "entrance", "messages", "open_data", "periodic", "recaps", "short_messages"]
