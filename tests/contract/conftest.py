"""Assertions in the laws explain themselves as those in test files do."""

import pytest

pytest.register_assert_rewrite("tests.contract.laws", "tests.contract.orders")
