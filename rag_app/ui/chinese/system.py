"""What the system says of what went wrong, in Chinese."""

from __future__ import annotations

import errno
import os

SYSTEM: dict[str, str] = {
    os.strerror(code): meant
    for code, meant in (
        (errno.ECONNREFUSED, "连接被拒绝"),
        (errno.ECONNRESET, "连接被对方中断"),
        (errno.ETIMEDOUT, "连接超时"),
        (errno.EHOSTUNREACH, "无法到达这台主机"),
        (errno.ENETUNREACH, "网络不通"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有访问权限"),
        (errno.EPERM, "不允许这样做"),
        (errno.EROFS, "磁盘只能读取"),
        (errno.EIO, "读写磁盘出错"),
    )
} | {
    "Name or service not known": "找不到这台主机",
    "Temporary failure in name resolution": "查不到主机地址，可能没有联网",
    "nodename nor servname provided, or not known": "找不到这台主机",
}
