"""Questions from the keys of Chinese papers: the question word goes behind the key, by the word that the key ends with."""

from __future__ import annotations

import re

from rag_app.text.folding import is_simplified
from rag_app.text.words import any_of

ASKS = re.compile(
    r"^(?!.*[你您我他她它这這那]).*(?:什么|什麼|怎|哪|多少|几|幾|谁|誰|吗|嗎|能不能|是否|要不要|可不可以|多久|多[长長大高])"
)
# What numbers a person or a thing: never asked for.
_IDENTITY = re.compile(
    r"[号號]$|[号號][码碼]|[编編][号號]|[账帳賬][号號户戶]|[证證]$|密[码碼]|姓名|名[称稱]|身[份分]|[学學][号號]|尾[号號]|生日|出生|性[别別]"
    r"|手机|手機|[电電][话話]|微信|[邮郵]箱|[车車]牌"
)
# A key that is no subject: who speaks, who is written to, what only points, and a part of any paper.
_NO_SUBJECT = re.compile(
    r"[我你您他她它这這那哪谁誰什怎几幾何]|多少|不能|[注答问問说說讲講写寫曰补補]$|^(?:第|备|備|附|[甲乙丙丁][方：]|各位|亲爱|尊敬|敬爱)|客服|坐席|记者|记录|紀錄"
    r"|^(?:提醒|说明|說明|主题|主題|标题|抄送|收件人|发件人|时间|時間|日期|地点|地點|例如|如下|下列|关于|另外|编辑|来源|作者|温馨提示|提示|注意|注意事项|总结|结论"
    r"|總結|結論|摘要|引言|前言|[绪緒][论論]|概[述论論]|背景|目[录錄]|参考文献|參考文獻|致[谢謝]|[关關][键鍵][词詞字]|研究方法|[讨討][论論]"
    r"|小结|主持|出席|缺席|列席|到会|请假|以上|以下|其中|其他|其它|最后|首先|其次|同学们|大家|原文|项目|項目|期间|期間|结果|處理結果|处理结果|规矩|規矩)$"
    r"|[姐哥叔伯嫂姨爷奶婶弟妹妈爸总师師生姓氏方]$|女士|小姐|太太|^[老小阿][一-鿿]{1,2}$|委[员員][会會]$|公司$|[医醫]院$|人$|[经經]理|主任"
    r"|^(?:关于|關於|在|其中)|[的了於于嬤嬷有在将將是为為与與和及从從由被对對]$|閣下|阁下|台端"
    r"|要[点點]|[一二两三四五六七八九十][种种条條个個点點句]"
)
# When a paper itself was made: nobody asks.
_OF_PAPER = re.compile(
    any_of("签署 簽署 受理 回访 开具 填表 打印 制表 发放 编制 出具 填写 立约 申请 报告 通知 发文 更新 下单 发布 发出 推送 评估")
    + any_of("日期 时间 日 時間")
)
_NUMERAL = "[一二三四五六七八九十百千万兩两半]"
_DATE = re.compile(
    rf"(?:每[天日周週月年])?(?:自|从|從|约|約)?(?:\d{{4}}年)?(?:\d{{1,2}}月|{_NUMERAL}{{1,2}}月(?!内))|[周週星]期?[一二三四五六日天]"
    r"|\d{1,2}[:：]\d\d|(?:上午|下午|晚上|早上|中午|凌晨)|\d{4}[-/.]\d|民[国國]"
)
_AMOUNT = r"(?:\d[\d,. ]*|" + _NUMERAL + r"+)(?:[万萬])?"
_MONEY = re.compile(rf"(?:人民[币幣]|NT\$|[$¥￥]) ?\d|(?:每[^，。\d]{{1,4}})?{_AMOUNT}(?:元|块|塊|港币|美元|欧)")
_NUMBER = re.compile(
    rf"(?:约|約|为|最高|最低|人民币|[$¥￥])*(?:每[^，。\d]{{1,4}})?"
    rf"(?:\d|百分之|万分之|千分之|{_NUMERAL}+(?:个|個)?[元块塊年月天日周週小成折倍分%米公平人名])"
)
_ROLE = re.compile(
    any_of(
        "联系人 聯絡人 领队 領隊 班主任 负责人 負責人 经办人 承办人 承辦人 主管 店长 教练 教練 讲师 講師 主讲人 讲课人 "
        "主持人 房东 房東 出租人 管理员 管理員 队长 隊長 会长 會長 社长 社長 站长 主治医生 医师 医生 律师 律師 组织者 "
        "召集人 调解员 指导老师 客户经理 导游 導遊 裁判长 受托人"
    )
    + "$"
)
_PLACE = re.compile(r"[一-鿿]{2}" + any_of("地点 地點 地址 场地 場地 位置") + "$|集合点|集合點|目的地")
_TIME = re.compile(r"[一-鿿]{2}" + any_of("时间 時間 日期 时段 時段 截止日") + "$")
_HAPPENS = re.compile(
    any_of(
        "入住 离店 退房 进厂 出厂 报名 報名 缴费 繳費 安装 截止 开课 開課 开学 出发 出發 返程 集合 到期 交货 发货 取车 "
        "还车 交房 开业 开放 施工 停水 停电 停气 复查 复诊 手术 出院 入院 面试 考试 比赛 上课 开庭 首演 演出 领取 接种 "
        "体检 检修 验收 开工 完工 搬家 起飞 到达 抵达 登机 生效 起租 交接 开幕 发薪"
    )
    + "$"
)
_PERIOD = re.compile(
    any_of("期限 租期 保修期 质保期 有效期 等待期 犹豫期 试用期 通知期 期间 时长 時長 工期 保期 宽限期 免租期") + "$"
)
_QUANTITY = re.compile(
    any_of(
        "金 费 費 价 價 价格 價格 额 額 租 利息 利率 费率 薪 工资 薪資 合计 合計 总计 總計 比例 率 保额 票價 预算 預算 "
        "面积 面積 人数 人數 次数 数量 數量 费用 費用 补助 補助 补贴 補貼 津贴 津貼 救助 税款 稅款 罚款 罰款 名额 名額 "
        "剂量 用量 容量 海拔 距离 温度 溫度 重量 尺寸 长度 免赔 学时 总分 得分 尾款 房款 货款 车款"
    )
    + "$"
)
_KIND = re.compile(
    any_of(
        "方式 范围 範圍 条件 條件 标准 標準 要求 材料 原因 规格 房型 车型 車型 用途 型号 对象 對象 用法 成分 诊断 診斷 "
        "品种 路线 路線 流程 卡种 岗位 职位 险种 科目 奖品 獎品 食材 配料 工具 瑕疵 用药 渠道"
    )
    + "$"
)
_OF_COLUMN = re.compile(
    any_of(
        "价 價 价格 價格 费 費 费用 費用 金额 金額 收费 利率 费率 單價 单价 票价 票價 温度 溫度 期限 时长 剂量 用量 标准 "
        "要求 频率"
    )
    + "$"
)


_TRADITIONAL = str.maketrans("关于么说谁时钱长", "關於麼說誰時錢長")


def asked(key: str, value: str) -> str | None:
    """The question of a key that says which kind of answer its value is, if it does."""
    if _IDENTITY.search(key) or _OF_PAPER.fullmatch(key):
        return None
    if _ROLE.search(key):
        return f"{key}是谁？" if len(value) <= 12 else None
    if _NO_SUBJECT.search(key):
        return None
    if _PLACE.search(key):
        return f"{key}在哪里？"
    if _PERIOD.search(key):
        return (
            f"{key}有多长？"
            if _NUMBER.match(value) and not _DATE.match(value)
            else f"{key}到什么时候？"
            if re.search(r"[至到]\D{0,4}\d|[日时時]止", value)
            else None
        )
    if _DATE.match(value) and (_TIME.search(key) or _HAPPENS.search(key)):
        return f"{key}是什么时候？" if _TIME.search(key) else f"什么时候{key}？"
    if _QUANTITY.search(key):
        return f"{key}是多少？" if _NUMBER.match(value) else None
    if _MONEY.match(value):
        return f"{key}是多少？" if _KIND.search(key) else f"{key}要多少钱？"
    return (f"{key}有哪些？" if "、" in value else f"{key}是什么？") if _KIND.search(key) else None


def topic(key: str) -> str | None:
    """What asks for all that is said of a key."""
    return None if _IDENTITY.search(key) or _NO_SUBJECT.search(key) else f"关于{key}是怎么说的？"


def of_cell(row: str, column: str, cell: str) -> str | None:
    """The question that a cell of a table answers."""
    if not _OF_COLUMN.search(column) or _IDENTITY.search(row):
        return None
    return f"{row}的{column}是{'多少' if _NUMBER.match(cell) or _MONEY.match(cell) else '什么'}？"


def in_script_of(question: str, text: str) -> str:
    """`question` with its own words in traditional characters where `text` is written in them."""
    return question if is_simplified(text) else question.replace("哪里", "哪裡").translate(_TRADITIONAL)
