"""Chinese surnames, by which names that no word list holds are known."""

from __future__ import annotations

# Those that are hardly ever a word by themselves.
SURNAMES = frozenset(
    "王李张刘陈杨赵吴徐孙朱郭梁郑谢冯董萧曹袁邓许傅沈彭吕苏卢蒋蔡贾魏薛阎潘杜戴汪姚谭廖邹郝崔邱秦顾侯邵孟尹黎贺赖龚肖"
    "樊岳俞倪葛柯翟聂庞邢裴祁"
)
# Those that are a word too (高, 周), as 余 is in 余款.
COMMON_WORDS = frozenset("黄周胡高林何马罗宋韩唐于程曾丁叶余夏钟田任范方石金孔白康毛史江龙万段雷钱汤易常武乔文华严施洪牛尤陆姜熊")
# Given names of one character, by which a surname that is a word too is known as one.
GIVEN_NAMES = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬飞鹏辉斌宇浩凯健俊帆雪婷慧琳欣倩薇颖佳雨晨洁莉峰建国梅兰倩蕾鑫波"
)
# Characters that write foreign names by their sound.
TRANSCRIBES = frozenset(
    "阿埃艾奥巴贝比波伯布查达戴德登迪蒂顿恩尔法菲费芬弗福戈格哈汉赫亨霍基吉加贾杰卡凯坎科克肯库拉莱兰劳勒雷里利莉琳卢鲁路伦罗洛马玛迈曼米莫默"
    "姆穆纳内尼涅诺帕潘佩皮普奇乔琼塞赛桑瑟莎沙舍圣史斯丝苏索塔泰坦汤特提图托瓦万威维韦温文沃伍西希谢辛雅亚扬耶伊因尤约泽扎詹珍兹佐班汀酮哌美氯"
)
DOUBLE_SURNAMES = frozenset(
    (
        *("欧阳", "司马", "上官", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "夏侯", "轩辕"),
        *("钟离", "南宫", "独孤", "端木", "闻人", "呼延", "澹台", "公冶", "申屠", "太史", "濮阳", "完颜"),
    )
)
