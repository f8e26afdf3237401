"""What the page says to a visitor of a shared server in Chinese: sentences of its own, and `shared.KEY` in place of `KEY`."""

from __future__ import annotations

SHARED: dict[str, str] = {
    "sharing": "这是共用的服务器：你添加的文件和提过的问题，会在最后一次使用 {hours} 小时后删除。",
    "sharing.details": "在此之前，服务器会保存你的文档、问题和回答，只有这个浏览器能打开；清除浏览器数据后就无法找回。"
    "最多可以存放 {documents} 份文档、{megabytes} MB、{pages} 页；每分钟最多提 {questions} 个问题。不宜交给他人保管的文件，"
    "请在自己的电脑上运行 Footnote。",
    "shared.library.empty": "还没有文档。添加的文件会在这台服务器上保存一段时间，只有你能看到。",
    "shared.history.empty": "提过的问题会在这里保存一段时间，只有你能看到。",
    "shared.welcome.step1_text": "文件会在这台服务器上保存一段时间，只有你能看到。",
    "shared.feedback.local": "与对话一起保存，删除对话时一并删除。",
    "shared.reason.TOO_BIG": "文件超过了这台服务器允许的大小，请拆分文件。",
    "shared.reason.TOO_MANY_PAGES": "文件的页数超过了这台服务器的上限，请拆分文件。",
    "refusal.PAGE_NOT_KNOWN": "页面失去了与文档库的联系，请重新载入。",
    "refusal.TOO_MANY_VISITORS": "现在使用的人太多，请过几分钟再试。",
    "refusal.TOO_MANY_DOCUMENTS": "这里最多可以存放 {most} 份文档，请少添加一些，或先移除几份。",
    "refusal.TOO_MANY_MEGABYTES": "这里最多可以存放 {most} MB，请少添加一些，或先移除几份文档。",
    "refusal.TOO_MANY_PAGES": "这里最多可以存放 {most} 页，请先移除一份文档再试。",
    "refusal.TOO_MANY_QUESTIONS": "这里每分钟最多提 {most} 个问题，请稍等片刻再问。",
    "refusal.NOT_HERE": "只有在自己的电脑上运行 Footnote 时才能这样做。",
}
