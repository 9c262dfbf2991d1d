"""The feeds over HTTP, under a path that nobody can guess.

`feeds` is the WSGI application, `server` binds and stops it, `secret` keeps the path, `addresses`
turns it into what a person pastes or scans. None of them knows how a feed is made: that comes in
as a `FeedSource`.
"""
