"""How Google's own client library sets a condition, and how it meets a refusal."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError


def refused(request: Any) -> tuple[int, str]:
    """The status and reason with which a request is turned down."""
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.status_code, caught.value.error_details[0]["reason"]


def matching(request: Any, etag: str) -> Any:
    """The same request, good only for what still has that etag."""
    request.headers["If-Match"] = etag
    return request
