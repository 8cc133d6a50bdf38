"""Doors for people: parse, make one call, render."""
