"""The one table of what happens by the clock."""
