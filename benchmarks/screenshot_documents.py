"""The documents on the README's pictures: of a place made up, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

STYLE = """
@page { margin: 14mm; }
body { font: 10.5pt/1.55 "Noto Serif", Georgia, "Liberation Serif", "Noto Serif CJK SC", serif; color: #222; }
h1 { font-size: 19pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 6mm 0 1mm; color: #0b4f6b; }
.by { color: #777; border-bottom: 1px solid #bbb; padding-bottom: 3mm; }
.page { break-after: page; }
"""

DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Harbour of Marrow, annual report 2025.pdf": """
    <div class=page><h1>Harbour of Marrow</h1><p class=by>Annual report 2025</p>
    <h2>The year in short</h2><p>The harbour was open on 361 days. Four days were lost to the storm of November. Two
    new cranes were put into service at the eastern quay, and the railway to Tern was doubled.</p>
    <h2>Ships</h2><p>In 2025 the harbour received 2,140 ships, 85 more than the year before. The largest of them, the
    bulk carrier Edith Penn, measured 292 metres.</p></div>
    <h2>Cargo</h2><p>The harbour of Marrow handled 418,000 containers in 2025. It handled 391,000 containers in 2024.
    Grain fell by four percent to 1.2 million tons, because the harvest was poor.</p>
    <h2>Money</h2><p>Revenue rose to 96 million crowns. The dredging of the western channel cost 11 million crowns and
    was paid from reserves. The harbour has no debts.</p>
    <h2>People</h2><p>At the end of the year 612 people worked for the harbour. Nobody was seriously hurt.</p>""",
        "Tide rules for pilots.pdf": """
    <h1>Tide rules for pilots</h1><p class=by>Pilots' office of Marrow, edition of March 2024</p>
    <h2>Draught</h2><p>Ships with a draught above 11 metres enter only within two hours of high water. Below 7 metres
    there is no restriction.</p>
    <h2>Wind</h2><p>From wind force 8 on, the eastern channel is closed to ships longer than 200 metres.</p>
    <h2>Night</h2><p>At night every ship longer than 120 metres takes two tugs.</p>""",
        "Minutes of the council, May.pdf": """
    <h1>Minutes of the harbour council</h1><p class=by>12 May 2025</p>
    <h2>Cranes</h2><p>The council bought two cranes from Lindqvist for 14 million crowns each. Clara Wren voted
    against, since the noise at night had not been measured.</p>
    <h2>Shore power</h2><p>From 2027 on, ferries must take their power from the shore while they lie at the quay.</p>""",
    },
    "zh": {
        "马罗港2025年年报.pdf": """
    <div class=page><h1>马罗港</h1><p class=by>2025年年报</p>
    <h2>概况</h2><p>港口全年开放361天，十一月的风暴造成四天停工。东码头新增两台起重机，通往特恩的铁路改为双线。</p>
    <h2>船舶</h2><p>2025年，港口接待船舶2140艘，比上一年多85艘。其中最大的散货船长292米。</p></div>
    <h2>货物</h2><p>2025年，港口共处理集装箱41.8万个。2024年处理了39.1万个。由于收成不好，粮食吞吐量下降4%，为120万吨。</p>
    <h2>财务</h2><p>全年收入增至9600万克朗。西航道疏浚花费1100万克朗，由储备金支付。港口没有债务。</p>
    <h2>人员</h2><p>年底共有员工612人，全年没有发生重伤事故。</p>""",
        "引航潮汐规定.pdf": """
    <h1>引航潮汐规定</h1><p class=by>马罗引航处，2024年3月版</p>
    <h2>吃水</h2><p>吃水超过11米的船舶，只能在高潮前后两小时内进港。吃水不足7米的船舶不受限制。</p>
    <h2>风力</h2><p>风力达到八级以上时，东航道禁止长度超过200米的船舶通行。</p>
    <h2>夜间</h2><p>夜间航行时，长度超过120米的船舶必须使用两艘拖轮。</p>""",
        "Minutes of the council, May.pdf": """
    <h1>Minutes of the harbour council</h1><p class=by>12 May 2025</p>
    <h2>Cranes</h2><p>The council bought two cranes from Lindqvist for 14 million crowns each.</p>
    <h2>Shore power</h2><p>From 2027 on, ferries must take their power from the shore while they lie at the quay.</p>""",
    },
}
