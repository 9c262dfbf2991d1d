"""The grammar of time expressions: one module for each kind of thing a plan can say.

A part takes tokens and a position and answers `(value, next position)`, or None where it does not apply.
`phrase` is the entry; a new way of saying something is a new part there or a word in `languages/`.
"""
