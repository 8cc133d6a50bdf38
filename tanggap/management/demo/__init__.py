"""The demonstration: synthetic reports that live their whole lives through the real services.

`stories` draws what happens to each report, `player` plays it with a simulated clock, the `corpus_*` modules
hold the texts. Nothing here is a real person or event: names end in "Contoh" or "Umpama" and the like, and
every page says that the data are synthetic.
"""
