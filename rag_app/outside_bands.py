"""Amounts that no band of a paper holds (300 kg, where prices are told up to 200 kg): what is told of others answers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from math import isinf

from rag_app.bands import Amount, Band, amounts_asked, bands_told
from rag_app.numbered import LIKELY
from rag_app.records import Evidence

FEWEST = 2  # A single band, or such as overlap, may be what tells that an amount is not allowed.


def is_outside(likeliest: Evidence, evidence: Sequence[Evidence], question: str) -> bool:
    """Whether the likeliest sentence tells one of several bands, side by side below the same headings, that all end before an
    amount asked for or all begin behind it, and no sentence of `evidence` that is likely beside it says that amount or has a band
    that holds it."""
    return any(_is_beyond(likeliest, evidence, amount) for amount in amounts_asked(question) if amount.measure)


def _is_beyond(likeliest: Evidence, evidence: Sequence[Evidence], amount: Amount) -> bool:
    groups = list(bands_told(evidence, amount))
    told = {band for places in groups if any(evidence[at] is likeliest for at in places) for band in chain(*places.values())}
    bands = sorted((band for band in told if band.measure), key=lambda band: (band.low, band.high))
    if len(bands) < FEWEST or any(one.high > other.low for one, other in pairwise(bands)) or not _end_before(bands, amount):
        return False
    likely = [at for at, one in enumerate(evidence) if one.score >= LIKELY * likeliest.score]
    held = any(band.holds(amount) for places in groups for at in likely for band in places.get(at, ()))
    return not held and not any(amount in amounts_asked(evidence[at].text) for at in likely)


def _end_before(bands: Sequence[Band], amount: Amount) -> bool:
    """Whether an amount is past the last of `bands`, in order, which has two ends, or before the first, which has."""
    is_past = bands[-1].high < amount.value and not isinf(bands[-1].low)
    return is_past or (amount.value < bands[0].low and not isinf(bands[0].high))
