"""The rules: tables and pure functions. Standard library only, no clock, no database."""
