"""What limits an amount, a permission or what something is, and may not be left out, and what may: all made up.

Rows are (passage, question, sentence).
"""

from __future__ import annotations

BOUNDED = (
    ("The price, including VAT, is 500 euros.", "How much?", "The price is 500 euros."),
    ("The price is 500 euros, including VAT.", "How much?", "The price is 500 euros."),
    ("The price (including VAT) is 500 euros.", "How much?", "The price is 500 euros."),
    ("The rent is £1,200 per month, including heating.", "How much?", "The rent is £1,200 per month."),
    ("The price, on Sundays, is 500 euros.", "How much?", "The price is 500 euros."),
    ("The price, in Norway, is 500 euros.", "How much?", "The price is 500 euros."),
    ("The museum, on Mondays, is closed.", "How much?", "The museum is closed."),
    ("Entry, for Members, is free.", "How much?", "Entry is free."),
    ("Entry is free, for members.", "How much?", "Entry is free."),
    ("Entry is free (members).", "How much?", "Entry is free."),
    ("Dogs (small ones) are welcome in the park.", "How much?", "Dogs are welcome in the park."),
    ("The tower is 300 m high, including the antenna.", "How much?", "The tower is 300 m high."),
    ("The tower is 300 m high, with its antenna.", "How much?", "The tower is 300 m high."),
    ("It is 5 km long (6 km with the pier).", "How much?", "It is 5 km long."),
    ("It is 5 km long, 6 km with the pier.", "How much?", "It is 5 km long."),
    ("The fee is 5 euros, students half.", "How much?", "The fee is 5 euros."),
    ("Tickets cost 5 euros, children half price.", "How much?", "Tickets cost 5 euros."),
    ("Tickets cost 5 euros (children free).", "How much?", "Tickets cost 5 euros."),
    ("The firm, in the words of Brown, was guilty.", "How much?", "The firm was guilty."),
    ("The firm, for Brown, was guilty.", "How much?", "The firm was guilty."),
    ("收入为500元（万元）。", "多少？", "收入为500元。"),
    ("收入500（单位：万元）。", "多少？", "收入500。"),
    ("票价为50元，儿童半价。", "多少？", "票价为50元。"),
    ("票价为50元（儿童半价）。", "多少？", "票价为50元。"),
    ("票价50元，60岁以上老人免费。", "多少？", "票价50元。"),
    ("停车费为每小时5元，周末10元。", "多少？", "停车费为每小时5元。"),
    ("停车费为每小时5元，会员免费。", "多少？", "停车费为每小时5元。"),
    ("塔高300米，连天线在内。", "多少？", "塔高300米。"),
    ("塔高300米（包括天线）。", "多少？", "塔高300米。"),
)

UNBOUNDED = (
    ("The river is 90 km long (56 miles).", "How long is it?", "The river is 90 km long."),
    ("Revenue was 5 million dollars, up 3 percent.", "What was revenue?", "Revenue was 5 million dollars."),
    ("The bank, in 1990, paid 5 million dollars.", "What did the bank pay?", "The bank paid 5 million dollars."),
    ("The mill (built in 1850) is 12 m high.", "How high is the mill?", "The mill is 12 m high."),
    ("The tower, a ruin, is 300 m high.", "How high is the tower?", "The tower is 300 m high."),
    ("The town has 12 schools, including two colleges.", "How many schools are there?", "The town has 12 schools."),
    ("成人票30元，六岁以下儿童免费。", "成人票多少？", "成人票30元。"),
    ("该镇有12所学校，包括两所中学。", "有多少学校？", "该镇有12所学校。"),
    ("学校有300名学生，周末不上课。", "有多少学生？", "学校有300名学生，周末不上课。"),
)
