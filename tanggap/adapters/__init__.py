"""Translate between the outside and the domain, and nothing else."""
