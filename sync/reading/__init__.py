"""Bytes to text to document to roadmap; pure."""
