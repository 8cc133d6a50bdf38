"""Looks into files that strangers send, keeps what is harmless, refuses the rest."""
