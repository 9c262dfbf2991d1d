"""Bytes to text to document to roadmap; pure."""

VERSION = 1
"""The reader's version: it moves when the same text is read differently than before.

It stands here so that what was remembered can be told from what a newer reader would say without loading one.
"""
