"""What the view Ask says in Chinese, beside `page.py`."""

from __future__ import annotations

ASK: dict[str, str] = {
    # the view
    "thread.earlier.one": "显示更早的 {n} 个问题",
    "thread.earlier.many": "显示更早的 {n} 个问题",
    "scope.change": "更改",
    "ask.busy": "上一个问题还在回答。请等它答完，或先停止。",
    "edit": "修改",
    "copy_markdown": "复制为 Markdown",
    "mark.open": "打开这一页",
    "mark.supported": "已核对：该段落支持这句话。",
    "mark.quoted": "文档原句。",
    "mark.said": "Footnote 自己的话。",
    "mark.replaced": "模型写的句子没有依据，已换成文档原文。",
    "suggestions.next": "接下来可以问",
    "suggestions.first": "例如",
    "welcome.sample": "试试示例文档",
    "welcome.sample_text": "示例是我们写的一篇短文，讲一座虚构的灯塔，随时可以移除。",
    # why this answer
    "why": "为什么这样回答？",
    "why.close": "关闭",
    "trace.writing": "选句、撰写与核对",
    "map.question": "你的问题",
    "map.caption": "问题周围 {n} 个段落的分布图，其中 {cited} 个被引用。",
    "map.how": "相近的内容靠在一起；图中两个维度体现了 {percent} 的差异。",
    # conversations
    "history.search": "查找对话",
    "history.none_found": "没有对话包含这些词。",
    "history.more.one": "另有 {n} 个更早的对话未列出，可以查找。",
    "history.more.many": "另有 {n} 个更早的对话未列出，可以查找。",
    "why.gone": "这个回答已随对话一起删除。",
    "history.deleted": "这个对话已被删除。",
    "history.gone": "这个对话已被删除，现在是一个新对话。",
    "history.export": "下载“{title}”",
    "history.export_as": "连同脚注下载为",
    "history.exported": "已下载 {name}。",
}
