"""Follow-up questions: what each must ask by itself, and what it must not drag along."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag_app.querying import make_query
from rag_app.querying.follow_up import standalone
from rag_app.records import Answer, AnswerSentence, Query, Turn, Verdict
from tests.small_library import add_text, small_library

AS_TYPED = "as typed"


@dataclass(frozen=True)
class Asked:
    """A question of a conversation, its answer, and the parts that it must have, or must not have, when it stands by itself.

    Parted by bars; `AS_TYPED` where nothing may change.
    """

    question: str
    answer: str = ""
    has: str = AS_TYPED
    lacks: str = ""


def turn(question: str, answer: str) -> Turn:
    sentences = (AnswerSentence(answer, Verdict.QUOTED, ()),) if answer else ()
    return Turn(1, 1, Answer(question, Query(question, question, "en", ()), sentences))


def talk(*asked: Asked | tuple[str, ...]) -> tuple[Asked, ...]:
    return tuple(one if isinstance(one, Asked) else Asked(*one) for one in asked)


ENGLISH = (
    talk(
        ("What was Acme's revenue in 2019?", "It was 4 million dollars."),
        ("and the year before?", "", "Acme|revenue|2018", "2019"),
        ("What about operating costs?", "", "Acme|operating costs|2018", "revenue"),
    ),
    talk(
        ("What is the capital of France?", "Paris is the capital of France."),
        ("What about Germany?", "", "capital of Germany", "France"),
        ("What is its population?", "", "population|Germany", "France|its"),
    ),
    talk(
        ("How high is the tower of Lund?", "It is 87 metres high."),
        ("When was it built?", "In 1911.", "tower of Lund|built", " it "),
        ("What about the harbour of Ystad?", "", "When was|harbour of Ystad|built", "Lund"),
    ),
    talk(
        ("Who designed the tower of Lund?", "The engineer Anna Berg designed it."),
        ("When was she born?", "", "When was Anna Berg born?", "she"),
        ("What is photosynthesis?",),
    ),
    talk(
        ("Did the tower of Lund have lifts?", "Yes, two."),
        ("How many did it have?", "", "tower of Lund|lifts", ""),
    ),
    talk(
        ("How much did steel prices rise?", "By nine percent."),
        ("Why?", "", "Why did steel prices rise?", "How much"),
        ("What about cement?", "", "cement|rise", "steel"),
    ),
    talk(
        ("What is the first step of the installation?", "Unpack the box."),
        ("And the second one?", "", "second step|installation", "first"),
    ),
    talk(
        ("How many employees did Acme have in Germany in 2020?", "Five."),
        ("And in France?", "", "employees|Acme|France|2020", "Germany"),
        ("the following year?", "", "employees|Acme|France|2021", "2020"),
    ),
    talk(
        ("Where did the Norman settlers live?", "They lived in Normandy."),
        ("What language did they speak?", "", "language|Norman settlers", "they|live"),
    ),
    talk(
        ("what is the capital of france", "Paris."),
        ("what about germany", "", "capital of germany", "france"),
    ),
    talk(
        ("What is the refund policy?", "Thirty days."),
        ("How many vacation days do employees get?", "Thirty."),
        ("What about contractors?", "", "vacation days|contractors", "refund|employees"),
    ),
    talk(
        ("Who was Rollo?", "A Norman leader."),
        ("How long does it take to sail to Ystad?",),
        ("Is it true that oxygen is an element?",),
    ),
    talk(
        ("Who was Rollo?", "A Norman leader."),
        ("What did Acme buy when it was founded?",),
        ("how do I reset my password",),
    ),
    talk(
        ("Who is the CEO of Acme?", "The CEO of Acme is Anna Berg."),
        ("Thanks!",),
        ("How old is she?", "", "How old is Anna Berg?", "she"),
    ),
    talk(
        ("What are the side effects of aspirin?", "Nausea."),
        ("And ibuprofen?", "", "side effects|ibuprofen", "aspirin"),
        ("What does this report say about steel?",),
    ),
    talk(
        ("Where was Rollo born?", "He was born in Norway."),
        ("When did he die?", "", "When did Rollo die?", "Norway|he "),
    ),
    talk(
        ("How tall is the Eiffel Tower?", "330 metres."),
        ("Who was the architect?", "", "architect|Eiffel Tower", ""),
        ("Which planet is the largest in the solar system?",),
    ),
)
CHINESE = (
    talk(
        ("高筋粉多少钱一袋？", "118元。"),
        ("中筋的呢？", "", "中筋粉多少钱一袋", "高筋"),
        ("小号T恤的价格是多少？", "59元。"),
        ("大号的呢？", "", "大号T恤的价格", "小号"),
        ("单人间多少钱一晚？", "260元。"),
        ("双人的呢？", "", "双人间多少钱一晚", "单人"),
    ),
    talk(
        ("周大勇三月份实发多少？", "8071.50元。"),
        ("那陈小满呢？", "", "陈小满三月份实发多少", "大勇"),
        ("她周三上班吗？", "", "陈小满周三上班吗", "她"),
        ("余涛星期三上什么班？", "晚班。"),
        ("叶文呢？", "", "叶文星期三上什么班", "余涛"),
        ("金额呢？", "", "叶文的金额", "星期三"),
    ),
    talk(
        ("春游多少钱？", "95元。"),
        ("什么时候去？", "", "春游什么时候去"),
        ("几点集合？", "", "春游几点集合"),
        ("要带什么？", "", "春游要带什么"),
        ("洗碗机E1是什么？", "进水超时。"),
        ("怎么处理？", "", "洗碗机E1怎么处理"),
        ("健身卡一年多少钱？", "2400元。"),
        ("可以退吗？", "", "健身卡可以退吗"),
        ("空调滤芯是什么型号？", "HF-2。"),
        ("多久换一次？", "", "空调滤芯|多久换一次"),
        ("怎么请假？",),
        ("加班费怎么算？",),
    ),
    talk(
        ("云杉公司2019年的营业收入是多少？", "四百万元。"),
        ("前一年呢？", "", "云杉公司|营业收入|2018", "2019"),
        ("那净利润呢？", "", "云杉公司|净利润|2018", "营业收入"),
    ),
    talk(
        ("公司2018年3月末的货币资金是多少？", "四千万元。"),
        ("年初呢？", "", "公司2018年年初的货币资金", "3月末"),
        ("那上半年呢？", "", "公司2018年上半年的货币资金", "年初"),
    ),
    talk(
        ("法国的首都是哪里？", "巴黎是法国的首都。"),
        ("那德国呢？", "柏林是德国的首都。", "德国的首都", "法国"),
        ("那里有多少人口？", "", "柏林|人口", "那里|法国"),
    ),
    talk(
        ("北京塔有多高？", "405米。"),
        ("它是什么时候建的？", "1992年。", "北京塔|什么时候建的", "它|多高"),
        ("那上海塔呢？", "", "上海塔|什么时候建的", "北京"),
    ),
    talk(
        ("诺曼人的首领是谁？", "罗洛是诺曼人的首领。"),
        ("他什么时候出生的？", "", "罗洛|出生", "他"),
    ),
    talk(
        ("安装的第一步是什么？", "解压。"),
        ("那第二步呢？", "", "安装|第二步", "第一"),
        ("第三个呢？", "", "安装|第三", "第二"),
    ),
    talk(
        ("云杉公司的总部设在哪里？", "上海。"),
        ("什么时候成立的？", "", "云杉公司|成立", ""),
        ("水的沸点是多少？",),
    ),
    talk(
        ("钢价为什么上涨？", "因为需求增加。"),
        ("涨了多少？", "", "钢价|多少", "为什么"),
        ("光合作用是什么？",),
    ),
    talk(
        ("钢价上涨了吗？", "是的。"),
        ("为什么？", "", "为什么|钢价|上涨", "吗"),
    ),
    talk(
        ("北京塔有多高？", "405米。"),
        ("谁设计的？", "", "北京塔|谁设计的", "高"),
        ("如何申请退款？",),
    ),
    talk(
        ("谁写了《红楼梦》？", "曹雪芹写了《红楼梦》。"),
        ("他是什么朝代的人？", "", "曹雪芹|朝代", "他"),
    ),
    talk(
        ("李白出生在哪里？", "碎叶城。"),
        ("杜甫呢？", "", "杜甫|出生", "李白"),
        ("他写过哪些诗？", "", "杜甫|诗", "他|李白"),
    ),
    talk(
        ("云杉公司有多少员工？", "五百人。"),
        ("谢谢",),
        ("它的总部在哪里？", "", "云杉公司的总部", "它|员工"),
    ),
    talk(
        ("阿司匹林的副作用有哪些？", "恶心。"),
        ("那布洛芬呢？", "", "布洛芬|副作用", "阿司匹林"),
        ("中国有多少个省？",),
    ),
    talk(
        ("How high is the tower of Lund?", "It is 87 metres high."),
        ("那是什么时候建的？", "", "tower of Lund|什么时候建的", "那"),
        ("它有多少级台阶？", "", "tower of Lund|台阶", "它|建"),
    ),
    talk(
        ("What should we pack for the summer camp?", "A sleeping bag."),
        ("What is not allowed on the bus?",),
        ("What is included in the price?",),
    ),
    talk(
        ("What is the capital of France?", "Paris."),
        ("那德国呢？", "", "capital|德国", "France"),
    ),
    talk(
        ("二〇一九年的利润是多少？", "三百万元。"),
        ("上一年呢？", "", "利润|2018", "二〇一九"),
        ("诺曼人说什么语言？",),
    ),
    talk(
        ("北京塔有多高？", "405米。"),
        ("罗洛是谁，他什么时候出生？",),
        ("什么时候放假？",),
    ),
)
# Written when the rules were done.
UNSEEN = (
    talk(
        ("When was the University of Oslo founded?", "It was founded in 1811."),
        ("How many students does it have?", "", "students|University of Oslo", " it "),
        ("And who was its first rector?", "", "first rector|University of Oslo", "its"),
    ),
    talk(
        ("What was the net income of Contoso in 2022?", "12 million."),
        ("How did that compare to 2021?", "", "Contoso|net income|2021", ""),
    ),
    talk(
        ("Which countries border Switzerland?", "Five countries do."),
        ("How about Austria?", "", "countries|border|Austria", "Switzerland"),
        ("What is the melting point of iron?",),
    ),
    talk(
        ("Who invented the telephone?", "Alexander Graham Bell invented it."),
        ("Where did he live?", "", "Where did Alexander Graham Bell live?", " he "),
        ("When?", "", "When did Alexander Graham Bell live?", "Where"),
    ),
    talk(
        ("What is the warranty period of the X200 printer?", "Two years."),
        ("Does it support duplex printing?", "", "X200|duplex printing", " it "),
        ("How can I request parental leave?",),
    ),
    talk(
        ("How many goals did Brazil score in 1970?", "Nineteen."),
        ("and in 1974?", "", "goals|Brazil|1974", "1970"),
        ("And Italy?", "", "goals|Italy|1974", "Brazil"),
    ),
    talk(
        ("Who designed the tower of Lund?", "The engineer Anna Berg designed it."),
        ("What is the price of bread?",),
        ("When was she born?", "", "When was Anna Berg born?", "bread"),
    ),
    talk(
        ("What sound do ducks make?", "They quack."),
        ("Why?", "", "Why do ducks make|sound", "What"),
        ("How many goals did Brazil score in 1970?", "Nineteen."),
        ("Why?", "", "Why did Brazil score|1970|goals", "How many"),
    ),
    talk(
        ("What causes malaria?", "Parasites cause it."),
        ("How is it treated?", "", "malaria|treated", " it "),
        ("Where is the main office located?",),
    ),
    talk(
        ("牛津大学是哪一年成立的？", "1096年。"),
        ("有多少学生？", "", "牛津大学|学生", ""),
        ("剑桥大学呢？", "", "剑桥大学|学生", "牛津"),
    ),
    talk(
        ("电话是谁发明的？", "电话是贝尔发明的。"),
        ("他是哪国人？", "", "贝尔|哪国人", "他"),
        ("如何报销差旅费？",),
    ),
    talk(
        ("2020年公司的研发投入是多少？", "两亿元。"),
        ("2021年呢？", "", "研发投入|2021", "2020"),
        ("铁的熔点是多少度？",),
    ),
    talk(
        ("长城有多长？", "两万多公里。"),
        ("为什么要修建它？", "", "长城|修建", "它"),
        ("什么时候开始的？", "", "长城|开始", ""),
    ),
    talk(
        ("疟疾是由什么引起的？", "由疟原虫引起。"),
        ("怎么治疗？",),  # as much a whole question as 怎么退款？ is
    ),
    talk(
        ("巴西队1970年进了多少球？", "十九个。"),
        ("意大利队呢？", "", "意大利队|1970|球", "巴西"),
        ("公司的办公时间是几点到几点？",),
    ),
    talk(
        ("X200打印机的保修期是多久？", "两年。"),
        ("那X300呢？", "", "X300|保修期", "X200"),
    ),
    talk(
        ("潘仕成是哪里人？", "广州。"),
        ("今天股市怎么样？",),
        ("最近天气如何？",),
        ("他哪一年出生？", "", "潘仕成|出生", "他"),
    ),
)
# A phrase with a preposition, and what the question is about with it: only what stands behind such a preposition gives way.
BESIDE = (
    ("How long is the notice period?", "And for tenants?", "How long is the notice period (for tenants)?"),
    ("How long is the notice period (for tenants)?", "And for students?", "How long is the notice period (for students)?"),
    ("How long is the notice?", "And for members of the board?", "How long is the notice (for members of the board)?"),
    ("How long is the notice period?", "And in Germany?", "How long is the notice period (in Germany)?"),
    ("What is the deductible?", "And for dental?", "What is the deductible (for dental)?"),
    ("How much is the monthly rent?", "And per year?", "How much is the monthly rent (per year)?"),
    ("How much is the monthly rent?", "What about per calendar month?", "How much is the monthly rent (per calendar month)?"),
    ("How much is the monthly rent?", "And in euros?", "How much is the monthly rent (in euros)?"),
    ("How much is the rent per month?", "Per week?", "How much is the rent per week?"),
    ("What is the dose of apixaban?", "And per day?", "What is the dose of apixaban (per day)?"),
    ("How much is the fee?", "What about for children?", "How much is the fee (for children)?"),
    ("What is the fee for adults?", "And with a discount?", "What is the fee for adults (with discount)?"),
    ("What is the fee for adults?", "And for children?", "What is the fee for children?"),
    ("What is the speed limit in the city?", "And on highways?", "What is the speed limit in the highways?"),
    ("How many employees did Acme have?", "And in Lund?", "How many employees did Acme have (in Lund)?"),
    ("When is the office in Berlin open?", "And on Sundays?", "When is the office in Berlin open (on Sundays)?"),
    ("What was the revenue of Acme?", "And for Beta?", "What was the revenue of Beta?"),
    ("What is the capital of France?", "And in Germany?", "What is the capital of Germany?"),
    ("What is the population of Oslo?", "And in Germany?", "What is the population of Germany?"),
    ("How much does the rental car cost?", "And the hotel in Porto?", "How much does the hotel in Porto cost?"),
    ("Who paid for the taxi?", "And for the train to Bern?", "Who paid for the train to Bern?"),
    ("How long is the notice period?", "And for tenants in Berlin?", "How long is the notice period (for tenants in Berlin)?"),
    ("Who is the villain of Macbeth?", "And in Hamlet?", "Who is the villain of Hamlet?"),
    ("通知期是多长？", "那对租户呢？", "通知期是多长（对租户）？"),
    ("通知期是多长（对租户）？", "那对学生呢？", "通知期是多长（对学生）？"),
    ("城市里的限速是多少？", "在高速公路上呢？", "城市里的限速是多少（在高速公路上）？"),
    ("云杉公司在上海有多少员工？", "那在海外呢？", "云杉公司在海外有多少员工？"),
    ("现在员工有多少？", "在北京呢？", "现在员工有多少（在北京）？"),
    ("法国的首都是哪里？", "在德国呢？", "德国的首都是哪里？"),
)
# A question of a conversation, its answer, the next question and what that asks by itself.
LEFT_OUT = (
    ("How much is a ticket for adults?", "", "What about students?", "How much is a ticket for students?"),
    ("How much flour do I need for the pancakes?", "", "and sugar?", "How much sugar do I need for the pancakes?"),
    ("How much flour do I need for the pancakes?", "", "And how many eggs?", "How many eggs do I need for the pancakes?"),
    ("How much does the museum cost (for kids)?", "", "And the boat?", "How much does the boat cost (for kids)?"),
    ("When does the train to Paris leave?", "", "And the flight home?", "When does the flight home leave?"),
    ("How far is it from Paris to Lyon?", "", "and from Lyon to Nice?", "How far is it from Lyon to Nice?"),
    ("Which room is history in?", "", "What about chess club?", "Which room is chess club in?"),
    ("Is accidental damage covered?", "", "And theft?", "Is theft covered?"),
    ("When does the flight leave?", "", "From which terminal?", "From which terminal (flight leave)?"),
    ("Does she have a driving licence?", "", "Since when?", "Since when does she have a driving licence?"),
    ("When do the summer holidays end?", "", "And the winter ones?", "When do the winter holidays end?"),
    ("Who attended the meeting?", "", "When is the next one?", "When is the next meeting?"),
    ("What is the salary of Tom?", "", "No, I meant Tim", "What is the salary of Tim?"),
    ("How high is the deductible?", "", "Sorry, the premium", "How high is the premium?"),
    ("Where do I send the device?", "", "When do I get it back?", "When do I get the device back?"),
    ("What is the total of invoice 2024-117?", "", "When is it due?", "When is the total of invoice 2024-117 due?"),
    ("Do I need to translate certificates?", "", "Where do I send them?", "Where do I send certificates?"),
    ("Who is the doctor?", "Dr. Susan Park.", "How can I reach her?", "How can I reach Susan Park?"),
    (
        "Which languages does Anna Berg speak?",
        "Czech, English and German.",
        "Where did she learn the third one?",
        "Where did Anna Berg learn German?",
    ),
)
LEFT_OUT_CHINESE = (
    ("房东的通知期是多少？", "", "租户呢？", "租户的通知期是多少？"),
    ("李明住在哪里？", "李明住在上海。", "他的电话是多少？", "李明的电话是多少？"),
    ("刘洋会哪些语言？", "", "他的工资呢？", "刘洋的工资呢？"),
    ("高伟的职务是什么？", "", "他的年龄呢？", "高伟的年龄呢？"),
    ("成人票多少钱？", "", "学生呢？", "学生票多少钱？"),
    ("博物馆门票多少钱？", "", "儿童呢？", "博物馆门票多少钱（儿童）？"),
    ("蛋糕要烤多久？", "", "面包呢？", "面包要烤多久？"),
    ("做煎饼需要多少面粉？", "", "糖呢？", "做煎饼需要多少糖？"),
    ("发票的总金额是多少？", "", "税额呢？", "发票的税额是多少？"),
    ("美托洛尔的剂量是多少？", "", "雷米普利呢？", "雷米普利的剂量是多少？"),
    ("去巴黎的火车几点出发？", "", "回程的航班呢？", "回程的航班几点出发？"),
    ("周杰现在的职位是什么？", "", "以前的呢？", "周杰以前的职位是什么？"),
    ("从上海到北京要多久？", "", "从北京到西安呢？", "从北京到西安要多久？"),
    ("星期天做什么？", "", "星期一呢？", "星期一做什么？"),
    ("押金是多少？", "", "什么时候退还？", "押金什么时候退还？"),
    ("租金是多少？", "", "一年多少钱？", "租金一年多少钱？"),
    ("蛋糕要烤多久？", "", "温度是多少？", "蛋糕温度是多少？"),
    ("谁负责维修？", "房东负责维修。", "他的电话是多少？", "房东的电话是多少？"),
    ("合同是谁签的？", "合同是马强签的。", "他什么时候签的？", "马强什么时候签的？"),
    ("保险费是多少？", "", "抱歉，免责期", "免责期是多少？"),
    ("周涛的生日是哪天？", "", "不对，我是说周敏", "周敏的生日是哪天？"),
    ("洗碗机怎么清洗？", "", "烤箱呢？", "烤箱怎么清洗？"),
    ("预算是怎么决定的？", "", "标志呢？", "标志是怎么决定的？"),
    ("赔偿上限是多少？", "", "租客的呢？", "租客的赔偿上限是多少？"),
    ("水费是多少？", "", "一年呢？", "水费一年是多少？"),
    ("有哪些付款方式？", "现金、支票和信用卡。", "第二个可以用吗？", "支票可以用吗？"),
)
# What was asked of who did something, its answer, and the next question.
DONE_BY = (
    ("Who wrote Hamlet?", "", "When was it written?", "When was Hamlet written?"),
    ("who wrote hamlet", "", "When was it written?", "When was hamlet written?"),
    ("Who directed Titanic?", "", "How long is it?", "How long is Titanic?"),
    ("Who first discovered penicillin?", "", "When was it discovered?", "When was penicillin discovered?"),
    ("Who really owns Instagram?", "", "When was it bought?", "When was Instagram bought?"),
    ("Who built the Eiffel Tower?", "", "When was it built?", "When was the Eiffel Tower built?"),
    ("What is the name of the man who founded Apple?", "", "When was it founded?", "When was Apple founded?"),
    ("Who is Ada Lovelace?", "", "When was she born?", "When was Ada Lovelace born?"),
    ("Who was Newton's teacher?", "Isaac Barrow.", "Where was he born?", "Where was Isaac Barrow born?"),
    ("With who did Acme merge?", "", "Where is it?", "Where is Acme?"),
)


def faults(conversation: Sequence[Asked]) -> list[str]:
    """What is wrong with the questions of a conversation as they are understood, each with the question as understood."""
    found: list[str] = []
    turns: list[Turn] = []
    for asked in conversation:
        question = standalone(asked.question, turns)
        missing = [] if asked.has == AS_TYPED else [part for part in asked.has.split("|") if part not in question]
        dragged = [part for part in asked.lacks.split("|") if part and part in question]
        if missing or dragged or (asked.has == AS_TYPED) is not (question == asked.question):
            found.append(f"{asked.question} -> {question}: without {missing}, with {dragged}")
        turns.append(turn(question, asked.answer))
    return found


@pytest.mark.parametrize("conversation", ENGLISH + CHINESE + UNSEEN, ids=lambda conversation: conversation[-1].question)
def test_follow_up_asks_by_itself_what_it_meant_and_nothing_else(conversation: Sequence[Asked]) -> None:
    assert faults(conversation) == []


@pytest.mark.parametrize(("earlier", "question", "understood"), BESIDE)
def test_what_is_asked_stays_where_the_preposition_of_a_follow_up_fits_nothing(
    earlier: str, question: str, understood: str
) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood


@pytest.mark.parametrize(("earlier", "answer", "question", "understood"), LEFT_OUT + LEFT_OUT_CHINESE)
def test_what_a_follow_up_leaves_out_is_taken_from_the_question_before(
    earlier: str, answer: str, question: str, understood: str
) -> None:
    assert standalone(question, (turn(earlier, answer),)) == understood


ACROSS = (
    ("What is the rent?", "Thanks! And the deposit?", "What is the deposit?"),
    ("What is the rent?", "ok thanks, and per year?", "What is the rent (per year)?"),
    ("What is the rent?", "Thanks! When was Rome founded?", "Thanks! When was Rome founded?"),
    ("租金是多少？", "谢谢，那押金呢？", "押金是多少？"),
    ("租金是多少？", "and the deposit?", "deposit是多少？"),
    ("What is the rent?", "押金呢？", "What is the 押金?"),
    ("Who is Anna Berg?", "电话呢？", "Anna Berg的电话？"),
    ("李明住在哪里？", "电话？", "李明的电话？"),
    ("What was the revenue in 2021?", "那上一年呢？", "What was the revenue in 2020?"),
    ("2021年的收入是多少？", "and the year before?", "2020年的收入是多少？"),
    ("What is the rent?", "什么时候付？", "the rent什么时候付？"),
)


@pytest.mark.parametrize(("earlier", "question", "understood"), ACROSS)
def test_courtesies_and_another_language_do_not_stand_in_the_way(earlier: str, question: str, understood: str) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood


OF_PRIVATE_PAPERS = (
    ("How much notice do I have to give?", "And afterwards?", "How much notice do I have to give (afterwards)?"),
    ("Which one was bought?", "When will it arrive?", "When will it arrive (bought)?"),
    ("Has the total of invoice 2026-014 been paid?", "And invoice 2026-011?", "Has the total of invoice 2026-011 been paid?"),
    ("What is the weight of the final exam?", "When is it?", "When is the final exam?"),
    ("What is the weight of the final exam?", "How much is it?", "How much is the weight of the final exam?"),
    ("When is the report due?", "And the poster?", "When is the poster due?"),
    ("When does the clinic close?", "What about Saturday?", "When does the clinic close (on Saturday)?"),
    ("Who is on call on Monday?", "And Thursday?", "Who is on call on Thursday?"),
    ("How is phosphorus measured?", "With how many replicates?", "With how many replicates (phosphorus measured)?"),
    ("Who is the landlord?", "And the manager?", "Who is the manager?"),
    ("Who is the landlord?", "And the order number?", "What is the order number?"),
    ("How much is plan A?", "And B?", "How much is plan B?"),
    ("How much is plan B?", "And plan C?", "How much is plan C?"),
    ("What did the soup cost in 2025?", "And now?", "What did the soup cost?"),
    ("2025年茶盘多少钱？", "现在呢？", "茶盘多少钱？"),
    ("茶盘多少钱？", "交货期多长？", "茶盘交货期多长？"),
    ("绿源蔬菜逾期付款要付多少违约金？", "海丰呢？", "海丰逾期付款要付多少违约金？"),
    ("广交会上潮州锦瓷的马克杯报价多少？", "醴陵华彩呢？", "广交会上醴陵华彩的马克杯报价多少？"),
    ("Who won the men's singles?", "And the doubles?", "Who won the doubles?"),
    ("What is the credit limit of Nordbo?", "Who is the contact there?", "Who is the contact in Nordbo?"),
    ("体检套餐A多少钱？", "B呢？", "体检套餐B多少钱？"),
    ("体检套餐A多少钱？", "套餐B呢？", "体检套餐B多少钱？"),
    ("四人间多少钱？", "双人间呢？", "双人间多少钱？"),
    ("大会议室多少钱？", "小会议室呢？", "小会议室多少钱？"),
    ("续租两年多少钱？", "一年呢？", "续租一年多少钱？"),
    ("谁负责效期检查？", "库存盘点呢？", "谁负责库存盘点？"),
    ("Nordlicht合同什么时候签的？", "青禾的呢？", "青禾的合同什么时候签的？"),
    ("Medisono报价多少？", "Echoline呢？", "Echoline报价多少？"),
    ("住房租金每月扣除多少？", "赡养老人呢？", "赡养老人每月扣除多少？"),
    ("宿舍几点关门？", "晚归会怎么样？", "晚归会怎么样？"),
    ("最后买了哪个？", "什么时候到货？", "什么时候到货？"),
    ("合同金额是多少？", "日期呢？", "日期是多少？"),
    ("青禾咖啡的合同总价是多少？", "第二期呢？", "青禾咖啡的第二期？"),
)


@pytest.mark.parametrize(("earlier", "question", "understood"), OF_PRIVATE_PAPERS)
def test_follow_ups_to_questions_about_private_papers_ask_of_one_thing(earlier: str, question: str, understood: str) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood


@pytest.mark.parametrize(
    ("earlier", "answer", "span", "question", "understood"),
    [
        (
            "Who is my contact?",
            "Your order Agreement LY-01, contact Henrike Paulsen",
            "Henrike Paulsen",
            "What's her number?",
            "What's Henrike Paulsen's number?",
        ),
        ("Who works late?", "Day: Tue | Early: Tom | Late: Leila", "Leila", "Where does she live?", "Where does Leila live?"),
        (
            "Which doctor speaks Italian?",
            "Dr. Berg speaks Czech, Dr. Bianchi Italian.",
            "Dr. Bianchi",
            "When is he on call?",
            "When is Bianchi on call?",
        ),
        ("新实习生是谁？", "新实习生马可4月7日报到，由汤姆带教。", "马可", "他什么时候来？", "马可什么时候来？"),
        ("谁负责盘点？", "库存盘点 | 每周一 | 莉拉", "莉拉", "她会说什么语言？", "莉拉会说什么语言？"),
    ],
)
def test_whoever_the_words_that_answer_name_is_meant(
    earlier: str, answer: str, span: str, question: str, understood: str
) -> None:
    sentence = AnswerSentence(answer, Verdict.QUOTED, (), span=span)
    before = Turn(1, 1, Answer(earlier, Query(earlier, earlier, "en", ()), (sentence,)))
    assert standalone(question, (before,)) == understood


@pytest.mark.parametrize("said", ["hi", "Who are you?", "ok thanks!", "That's not what I asked", "你好", "你是谁？", "不对"])
def test_what_is_said_to_the_app_stays_and_is_not_leant_on(said: str) -> None:
    turns = [turn("How high is the tower of Lund?", "")]
    assert standalone(said, turns) == said
    assert standalone("When was it built?", [*turns, turn(said, "")]) == "When was the tower of Lund built?"


@pytest.mark.parametrize(("earlier", "answer", "question", "understood"), DONE_BY)
def test_what_somebody_did_is_not_dragged_along(earlier: str, answer: str, question: str, understood: str) -> None:
    assert standalone(question, (turn(earlier, answer),)) == understood


def test_the_newest_turn_that_was_about_something_is_leant_on() -> None:
    turns = (turn("How high is the tower of Lund?", ""), turn("Who is Rollo?", ""), turn("Thanks!", ""))
    assert standalone("When did he die?", turns) == "When did Rollo die?"
    assert standalone("When did he die?", ()) == "When did he die?"


def test_a_question_of_pages_is_not_taken_apart() -> None:
    assert standalone("Why?", (turn("What does this mean: " + "steel prices " * 100, ""),)) == "Why?"
    assert standalone("Why? " + "steel " * 100, (turn("Who is Rollo?", ""),)) == "Why? " + "steel " * 100


def test_the_query_keeps_the_question_as_typed_beside_what_was_understood() -> None:
    query = make_query("And in 2020?", before=(turn("What was Acme's revenue in 2019?", ""),))
    assert (query.original, query.searched) == ("And in 2020?", "What was Acme's revenue in 2020?")
    assert query.understood == query.searched
    assert "revenue" in query.terms
    assert make_query("Who is Rollo?", before=(turn("What was Acme's revenue in 2019?", ""),)).understood == ""
    assert make_query("违约金呢？", before=(turn("押金是多少?", ""),)).understood == "违约金是多少？"


TEXTS = {
    "lund.txt": "The tower of Lund was built in 1911.",
    "ystad.txt": "The harbour of Ystad was built in 1867.",
    "oslo.txt": "The bridge of Oslo was built in 1920.",
    "beijing.txt": "北京塔建于1992年。",
    "shanghai.txt": "上海塔建于2015年。",
}


@pytest.mark.parametrize(
    ("first", "second", "document"),
    [
        ("How high is the harbour of Ystad?", "When was it built?", "ystad.txt"),
        ("How high is the harbour of Ystad?", "那是什么时候建的？", "ystad.txt"),
        ("上海塔有多高？", "它建于哪一年？", "shanghai.txt"),
    ],
)
def test_second_question_finds_its_document_only_by_the_conversation(
    tmp_path: Path, first: str, second: str, document: str
) -> None:
    with closing(small_library(tmp_path, refusal_threshold=0.0)) as library:
        for name, text in TEXTS.items():
            add_text(library._store, name, text)
        *_, answer = library.ask(first)
        before = (library.keep_turn(library.start_conversation("x").id, answer),)
        *_, alone = library.ask(second)
        *_, follow_up = library.ask(second, before=before)
        *_, as_typed = library.ask(second, before=before, as_typed=True)
    assert follow_up.hits[0].stored.document_name == document
    assert alone.hits[0].stored.document_name != document
    assert follow_up.question == second
    assert as_typed.query.understood == "" and as_typed.hits == alone.hits


def test_a_follow_up_that_names_something_else_is_answered_with_that_before_what_was_said(tmp_path: Path) -> None:
    with closing(small_library(tmp_path, refusal_threshold=0.0)) as library:
        add_text(library._store, "lease.txt", "房子要交多少押金。房子要交的违约金是一百元。")
        *_, answer = library.ask("租这套房子要交多少押金？")
        before = (library.keep_turn(library.start_conversation("x").id, answer),)
        *_, follow_up = library.ask("违约金呢？", before=before)
        *_, alone = library.ask("租这套房子要交多少违约金？")
    deposit, penalty = [sentence.text for sentence in alone.sentences]
    assert deposit == answer.sentences[0].text == "房子要交多少押金。"
    assert [sentence.text for sentence in follow_up.sentences] == [penalty, deposit]


def test_a_name_with_a_common_character_in_it_is_meant_as_a_whole() -> None:
    assert standalone("他写过什么书？", [turn("李日华的字是什么？", "李日华，字君实。")]) == "李日华写过什么书？"


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("陈思远的工资是多少？", "刘慧敏呢？", "刘慧敏的工资是多少？"),
        ("陈思远的工资是多少？", "奖金呢？", "陈思远的奖金？"),
        ("陈思远的工资是多少？", "那刘慧敏的奖金呢？", "刘慧敏的奖金？"),
        ("王明的电话是多少？", "那张伟呢？", "张伟的电话是多少？"),
        ("王明的電話是多少？", "張偉呢？", "張偉的電話是多少？"),
        ("王明远的电话是多少？", "邮箱呢？", "王明远的邮箱？"),
        ("王明的电话是多少？", "传真费呢？", "王明的传真费？"),
        ("王明的押金是多少？", "余款呢？", "王明的余款？"),
        ("王明的座位在哪里？", "三张票呢？", "王明的三张票？"),
        ("出租方欧阳慕雪的邮箱是什么？", "司徒景曜呢？", "司徒景曜的邮箱是什么？"),
        ("诸葛念慈的血压是多少？", "她多大？", "诸葛念慈多大？"),
        ("诸葛念慈的血压是多少？", "钟离婉如呢？", "钟离婉如的血压是多少？"),
        ("朱一龙的生日是哪天？", "他住哪里？", "朱一龙住哪里？"),
    ],
)
def test_a_chinese_name_that_no_list_holds_is_one_name(earlier: str, question: str, understood: str) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("When did Mary D'Angelo join?", "And Conor O'Brien?", "When did Conor O'Brien join?"),
        ("When did Mary D’Angelo join?", "Where does she live?", "Where does Mary D’Angelo live?"),
        ("What is Siobhan O'Rourke's dose?", "And Devesh Raghunathan's?", "What is Devesh Raghunathan's dose?"),
        ("What is Acme's revenue?", "And Apple?", "What is Apple's revenue?"),
    ],
)
def test_a_name_with_an_apostrophe_is_one_name(earlier: str, question: str, understood: str) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("What was the rent in 2024?", "那2025年呢？", "What was the rent in 2025?"),
        ("What was the rent in 2024?", "2025年的押金呢？", "What was the 押金 in 2025?"),
        ("租金是多少？", "And in 2025?", "2025年租金是多少？"),
        ("2024年的租金是多少？", "And in 2025?", "2025年的租金是多少？"),
    ],
)
def test_a_year_in_the_other_language_takes_the_place_of_the_year(earlier: str, question: str, understood: str) -> None:
    before = [Turn(1, 1, Answer(earlier, make_query(earlier)))]
    assert make_query(question, before=before).searched == make_query(understood).searched


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("1号楼高层的物业费是多少？", "3号楼呢？", "3号楼高层的物业费是多少？"),
        ("1号楼高层的物业费是多少？", "电梯费呢？", "1号楼高层的电梯费？"),
        ("五年级去哪里研学？", "那四年级呢？", "四年级去哪里研学？"),
        ("三年级二班的班主任是谁？", "一班呢？", "三年级一班的班主任是谁？"),
        ("1203室的电费是多少？", "1204室呢？", "1204室的电费是多少？"),
        ("A3号楼的物业费是多少？", "水费呢？", "A3号楼的水费是多少？"),
        ("阿司匹林怎么吃？", "阿托伐他汀呢？", "阿托伐他汀怎么吃？"),
        ("血红蛋白多少？", "正常范围是多少？", "血红蛋白正常范围是多少？"),
        ("乳胶漆多少钱一平？", "是什么牌子？", "乳胶漆是什么牌子？"),
    ],
)
def test_one_of_several_with_a_number_each_is_one_thing_and_what_must_belong_to_something_is_asked_of_it(
    earlier: str, question: str, understood: str
) -> None:
    assert standalone(question, (turn(earlier, ""),)) == understood
