"""Accounts of people."""

from __future__ import annotations

from dataclasses import dataclass

from ..record import Record


@dataclass(kw_only=True, repr=False)
class TotpReset(Record):
    """``was_enabled``: whether there was a second factor to take away."""

    was_enabled: bool
