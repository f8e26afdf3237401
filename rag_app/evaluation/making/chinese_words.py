"""The words and shapes by which Chinese sentences are taken apart, simplified and traditional."""

from __future__ import annotations

import re

from rag_app.text.words import any_of

# Words that want a subject before them.
_WITHOUT_SUBJECT = (
    r"(?:[任出升卸调調当當获獲被在于於进進入毕畢加离離成转轉开開参參担擔又并並即兼改回由從从因与與以作起的至及和將]|首次|正式)"
)
# A sentence that begins so speaks of something named before it.
OPENERS = re.compile(
    any_of(
        "其 他 她 它 牠 为 為 同样 同樣 这 這 那 该 該 此 本 我 你 您 但 而 因 所以 并 並 也 还 還 同时 同時 另 然 不过 不過 "
        "如 以及 按照 根据 根據 "
        "之后 之後 随 隨 后来 後來 当时 當時 例 即 或 则 則 由于 由於 虽 雖 除 且 又 再 就 可 各 某 对于 "
        "對於 一般 通常 有些 许多 許多 曾 任 出任 升任 参加 參加 参与 连同 連同 最 现 現 截至 获 獲 经 經 共 全 第"
    )
    + "|"
    + any_of(
        "学校 學校 公司 机场 機場 影片 电影 電影 球队 球隊 基金会 校园 校園 专辑 專輯 城市 小说 小說 游戏 遊戲 比赛 "
        "比賽 节目 節目 作品 準決賽 准决赛 本片"
    )
    + rf"|\d+[岁歲]|[在于於]?\d{{3,4}}年(?:\d+月)?(?:\d+日)?，?{_WITHOUT_SUBJECT}"
)
# A question in which this is found hangs in the air: a pronoun, or a question word and then a verb without its subject.
HANGING = re.compile(
    r"(?<!其)[他她它牠祂我你]|[这這该該此]|^[于於]|^[^，]{0,3}多少[岁歲]|"
    r"^[在于於]?(?:哪一年|什么时候)(?:末|初|年底)?，?" + _WITHOUT_SUBJECT
)
ADVERBIAL = tuple("后後外时時中下前里裡上间間")
NOT_A_SUBJECT = re.compile(
    any_of(
        "不 多 一直 更加 就 也 虽然 雖然 都 还 還 主要 目前 可能 正 只 更 却 卻 并 並 总 總 又 而 且 乃 便 算 可以说 有的 之一 "
        "了 到 在 于 於 第一 第二"
    )
    + "$"
)
NOT_A_PREDICATE = re.compile(r"^\d|的$|一部分$|之一$|我|^" + any_of("因 属于 屬於 为了 這 这 其 他 她 它 如"))
PERSON = re.compile(
    any_of(
        "家 人 者 员 員 王 帝 总统 總統 歌手 作家 教授 将军 將軍 领袖 領袖 首领 首領 校长 校長 主席 导演 導演 选手 "
        "選手 球员 球員 诗人 詩人"
    )
    + "$"
)

_NUMERAL = r"[一二三四五六七八九十百千万亿萬億两兩〇零]"
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?[万亿萬億]?|{_NUMERAL}{{2,}}|[二三四五六七八九十](?!人))"
_NOT_AFTER = r"(?<![\d.第至到~—–\-－之一二三四五六七八九十百千万亿])"
_MEASURE = any_of(
    "人次 平方公里 平方千米 平方米 公里 千米 公斤 公顷 公頃 海里 美元 小时 小時 分钟 分鐘 个 個 名 人 位 座 条 "
    "條 部 种 種 家 所 次 岁 歲 米 吨 噸 元 层 層 节 節 支 只 隻 枚 张 張 天 场 場 件 项 項 户 戶 站 艘 架 辆 "
    "輛 首"
)
YEAR = re.compile(
    _NOT_AFTER + r"(?:公元)?前?(?:\d{3,4}|[一二三四五六七八九〇零]{4})年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"(?![\d龄齡至到代级級度前后後间間来來期末初底夏春秋冬及和、—–~\-－])"
)
PERCENT = re.compile(rf"{_NOT_AFTER}\d+(?:\.\d+)?[%％]|百分之{_NUMERAL}+")
COUNTED = re.compile(rf"{_NOT_AFTER}{_NUMBER}(?:多|余|餘)?({_MEASURE})(?![月年])")
TITLE = re.compile(r"《([^《》]{2,20})》")
IS = re.compile(r"([^，、的是《》“”]{2,12})是((?!由|在|从|從|為|为|不|否|因|指|以|可以|能)[^，]{3,30})")
