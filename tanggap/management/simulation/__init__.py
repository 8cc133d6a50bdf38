"""Twelve months of an organisation in which things go wrong, played through the real services and checked throughout.

What the checks say of people (who is there, who is away) is read from the simulation's own book, not from the
product: so a product that is mistaken about somebody is found out.
"""
