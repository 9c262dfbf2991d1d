"""Items as text: what every target shows to people in the same words, and how that is read back.

In the order of a title's way: `wording` (titles, notes, kinds and done marks), `moments` (spans that
every calendar understands alike), `series` (a rule and what departs from it), `spans` (when something
is, as one line).
"""
