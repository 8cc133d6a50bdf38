"""The officer's desk: the list of what is owed, and one report with everything that can be done to it."""
