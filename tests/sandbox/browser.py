"""The phone as a browser sees it: pages whose tags are in order, and forms."""

import re
from html import unescape
from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


class Balance(HTMLParser):
    """Complains about tags that are never closed, or closed in the wrong order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


class Phone:
    """The pages below one address."""

    def __init__(self, box, session, home="phone"):
        self.home = f"{box.url}{home}"
        self.session = session

    def get(self, path="", **query):
        answer = self.session.get(f"{self.home}{path}", params=query, timeout=5)
        self.check(answer.text)
        return answer.text

    def post(self, path, headers=None, **form):
        return self.session.post(f"{self.home}{path}", data=form, headers=headers, timeout=5)

    def check(self, text):
        balance = Balance()
        balance.feed(text)
        assert balance.open == []


def titles(page):
    """What stands on the cards."""
    return [unescape(title) for title in re.findall(r"<b>(.*?)</b>", page)]
