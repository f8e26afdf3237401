"""What is typed without asking: a claim to be looked into, or a topic."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"[?？]|\b(?:what|who|whom|whose|which|when|where|why|how)\b"
    r"|^\W*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b"
    r"|^\W*(?:please|name|list|give|tell|show|find|identify|specify|state|calculate|compute|compare|describe|explain|define"
    r"|summari[sz]e|mention|provide|say)\b"
    r"|什么|啥|哪|谁|几|多少|多[长大高久远重]|如何|怎|何|吗|呢|是否|是不是|有没有|能不能|能否|为啥"
    r"|^\W*(?:请|说出|说说|说明|列出|列举|举出|给出|指出|写出|告诉|介绍|描述|解释|计算|比较|总结|概括|简述)",
    re.IGNORECASE,
)


def is_statement(text: str) -> bool:
    """Whether `text` states something or names a topic: nothing in it asks, and no verb at its beginning bids to tell."""
    return not _ASKS.search(text)
