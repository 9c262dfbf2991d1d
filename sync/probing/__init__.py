"""One question to a service, to see whether it is there: who answers, how fast, and at what time.

Nothing is written anywhere, and nothing is asked twice.
"""
