"""What the page “How to read this budget” says, in both languages. Chinese first.

A text may hold ``{named}`` values: words, amounts or links. What the law says stands with its
article: 预算法 as amended in 2018, 预算法实施条例 of 2020, 政府信息公开条例 of 2019.
"""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model.fields import Lang

GUIDE: Mapping[str, tuple[str, str]] = {
    "lead": (
        "这一页用平常话说明部门预算怎么看：先看哪几个数，各是什么意思，哪些数不能加两遍。",
        "A departmental budget in plain words: which figures to look at first, what each of them "
        "means, and which must not be counted twice.",
    ),
    # the figures to begin with
    "first": ("先看这几个数", "The figures to look at first"),
    "first.example": ("以{name}的{disclosure}为例：", "For example, the {disclosure} of {name}:"),
    "first.revenue": (
        "各个来源一共有多少钱。",
        "All the money there is, from every source.",
    ),
    "first.expenditure": (
        "这一年一共安排花多少钱。",
        "All the money that is to be spent in the year.",
    ),
    "first.expenditure.final": (
        "这一年一共花了多少钱。",
        "All the money that was spent in the year.",
    ),
    "first.basic": (
        "单位正常运转要花的钱，例如工资和日常办公。",
        "The cost of keeping the organisation running, such as salaries and everyday office work.",
    ),
    "first.projects": (
        "在这之外，办专门的事要花的钱。",
        "The money, on top of that, for particular tasks.",
    ),
    "first.balance": (
        "收入总计和支出总计通常相等：有多少钱，安排多少支出，剩下的结转到下一年。",
        "Total revenue and total expenditure are normally equal: what there is gets allocated, and "
        "what is left is carried over to the next year.",
    ),
    "first.list": (
        "每个项目做什么、花多少、怎样考核，见{projects}。",
        "What each project does, costs and is measured by: {projects}.",
    ),
    # what it is
    "what": ("部门预算是什么", "What a departmental budget is"),
    "what.plan": (
        "部门预算是一个部门一年的收支计划：钱从哪里来，花到哪里去，要办成什么事。"
        "它由部门本身和所属各单位的预算组成（《预算法》第八条）。",
        "A departmental budget is a department’s plan of revenue and expenditure for one year: "
        "where the money comes from, where it goes and what it is to achieve. It is made up of the "
        "budgets of the department itself and of its subordinate units (Budget Law, article 8).",
    ),
    "what.year": (
        "预算年度就是公历年，从1月1日到12月31日（《预算法》第十八条）。",
        "The budget year is the calendar year, 1 January to 31 December (Budget Law, article 18).",
    ),
    "what.parts": (
        "本站按十一个部分排列每份公开文件。想看全貌，从{overview}进去。",
        "This site presents each disclosure in eleven parts. For the whole picture, start at "
        "{overview}.",
    ),
    # who makes it
    "who": ("谁编制、谁批准、何时公开", "Who prepares it, who approves it, when it is published"),
    "who.department": (
        "各部门编制本部门的预算草案，财政部门汇总编成本级政府的预算草案"
        "（《预算法》第二十五条、第二十六条）。",
        "Each department prepares its own draft. From these the finance department prepares the "
        "draft budget of that level of government (Budget Law, articles 25 and 26).",
    ),
    "who.congress": (
        "本级人民代表大会审查和批准本级政府的预算（《预算法》第四十三条）。"
        "政府的派出机关没有单独的一级预算，收支列入设立它的政府的预算（《预算法实施条例》第二条）。",
        "The people’s congress of the same level examines and approves the budget of that "
        "government (Budget Law, article 43). An agency dispatched by a government has no level of "
        "budget of its own; its revenue and expenditure are part of the budget of the government "
        "that set it up (Implementing Regulations of the Budget Law, article 2).",
    ),
    "who.reply": (
        "预算批准后二十日内，财政部门向各部门批复预算；部门接到批复后十五日内，"
        "向所属各单位批复（《预算法》第五十二条）。",
        "Within twenty days of the approval the finance department issues each department its "
        "approved budget; within fifteen days of receiving it, the department does the same for "
        "its subordinate units (Budget Law, article 52).",
    ),
    "who.publish": (
        "批复后二十日内，部门向社会公开预算，并说明机关运行经费等重要事项；政府采购的情况也要及时公开。"
        "涉及国家秘密的除外（《预算法》第十四条）。",
        "Within twenty days of receiving it, the department publishes the budget and explains "
        "important matters such as agency operating expenses; government procurement has to be "
        "published in good time as well. State secrets are excepted (Budget Law, article 14).",
    ),
    "who.duty": (
        "财政预算、决算信息属于应当主动公开的政府信息（《政府信息公开条例》第二十条第七项）。"
        "应当公开的内容齐不齐，见{completeness}。",
        "Budgets and final accounts are among the information that government has to disclose of "
        "its own accord (Regulations on the Disclosure of Government Information, article 20, item "
        "7). Whether everything is there: {completeness}.",
    ),
    # revenue and expenditure
    "money": ("收入和支出", "Revenue and expenditure"),
    "money.revenue": (
        "收入说的是钱从哪里来。最主要的通常是财政拨款；有的部门还有事业收入、其他收入和上年结转的钱。",
        "Revenue says where the money comes from. Most of it is normally appropriated by the "
        "treasury; some departments also have revenue from public-service activities, other "
        "revenue, and money carried over from the previous year.",
    ),
    "money.basic": (
        "基本支出是保证单位正常运转、完成日常工作的钱。其中人员经费是工资、津贴补贴、社会保险费等；"
        "公用经费是办公、水电、差旅等日常开支。",
        "Basic expenditure keeps the organisation running and pays for its everyday work. "
        "Personnel expenditure is salaries, allowances, social insurance and the like; "
        "non-personnel expenditure is everyday spending on the office, water and electricity, "
        "travel and so on.",
    ),
    "money.projects": (
        "项目支出是为完成特定的工作任务和事业发展目标安排的钱，不包括基本支出，逐个项目列明"
        "（两类支出的划分见《预算法实施条例》第五条）。",
        "Project expenditure comes on top of basic expenditure. It pays for particular tasks and "
        "development goals and is listed project by project (for both kinds see the Implementing "
        "Regulations of the Budget Law, article 5).",
    ),
    "money.change": (
        "比上年多了还是少了、为什么，见{summary}。",
        "Whether it is more or less than the year before, and why: {summary}.",
    ),
    # not to be counted twice
    "once": ("三项单独公布的数，不要加两遍", "Three figures shown apart: do not count them twice"),
    "once.why": (
        "下面三项是从支出里挑出来单独公布的，为的是方便监督。它们一般已经算在支出总计里面，不要再加上去。"
        "三项之间也会重叠，例如公务用车的运行维护费。",
        "The following three are picked out of expenditure and published apart so that the public "
        "can watch them. They are normally part of total expenditure already: do not add them to "
        "it. They also overlap with one another, as with the running costs of official vehicles.",
    ),
    "once.operating": (
        "{part}：为保障行政单位（含参照公务员法管理的事业单位）运行、用来购买货物和服务的钱，"
        "例如办公费、水电费、差旅费。工资不在里面。",
        "{part}: the money that pays for goods and services to keep administrative bodies running "
        "(including public institutions managed under the Civil Servants Law), such as office "
        "expenses, water and electricity, and travel. Salaries are not part of it.",
    ),
    "once.three_public": (
        "{part}：用财政拨款支付的三种费用，就是因公出国（境）费、公务用车购置及运行维护费、公务接待费。",
        "{part}: three kinds of cost paid out of fiscal appropriations, namely official overseas "
        "visits, the purchase, operation and maintenance of official vehicles, and official "
        "hospitality.",
    ),
    "once.procurement": (
        "{part}：按规定的程序购买货物、工程和服务。它是花钱的方式，不是另外一笔钱。",
        "{part}: buying goods, works and services under prescribed procedures. It is a way of "
        "spending the money, not extra money.",
    ),
    # performance
    "performance": ("绩效目标和绩效指标", "Performance objectives and indicators"),
    "performance.objective": (
        "绩效目标说这笔钱要办成什么事。绩效指标说怎样衡量，常见三类："
        "产出指标（办了多少、好不好、按时没有、成本多少），效益指标（带来什么好处），"
        "满意度指标（服务的对象满意不满意）。",
        "Performance objectives say what the money is to achieve; performance indicators say how "
        "that is measured. Three kinds are common: output indicators (how much, how well, on time, "
        "at what cost), benefit indicators (what good it does) and satisfaction indicators "
        "(whether those it serves are satisfied).",
    ),
    "performance.target": (
        "预算里的指标值是事先定的目标，例如“≥95%”，不是已经做到的结果。",
        "A target value in a budget, such as “≥95%”, is set beforehand. It is not a result.",
    ),
    "performance.where": (
        "整个部门的目标见{performance}，每个项目的目标见{projects}。",
        "Objectives of the whole department: {performance}; of each project: {projects}.",
    ),
    # budget and final accounts
    "final": ("预算和决算", "Budget and final accounts"),
    "final.difference": (
        "预算是事先的安排，决算是年度终了以后的结果：实际收了多少、花了多少。"
        "县级以上地方的决算由本级人民代表大会常务委员会审查和批准（《预算法》第二十一条）；"
        "部门决算同样在批复后二十日内公开。",
        "A budget is made beforehand; final accounts tell, after the end of the year, what was in "
        "fact received and spent. From county level up they are examined and approved by the "
        "standing committee of the people’s congress (Budget Law, article 21); departments publish "
        "theirs, too, within twenty days of receiving the approval.",
    ),
    "final.compare": (
        "决算和年初预算不同，不等于有错：执行中可能依法调整，也可能没有花完、转到下一年。",
        "Final accounts that differ from the budget need not be wrong: the budget may have been "
        "adjusted under the law, or money was left and carried over.",
    ),
    "final.none": (
        "本站现在没有决算。",
        "This site has no final accounts at present.",
    ),
    "final.only": (
        "本站现在只有决算：{list}。",
        "This site has only final accounts at present: {list}.",
    ),
    "final.many": (
        "本站有{count}份决算，从{home}按部门和年度进入。",
        "There are {count} final accounts on this site; the way to them is from {home}, by "
        "department and year.",
    ),
    "final.here": ("本站的决算：{list}。", "Final accounts on this site: {list}."),
    # the unit
    "unit": ("“万元”怎么换算成“元”", "From units of CNY 10,000 to yuan"),
    "unit.rule": (
        "1{wan}就是10,000元。表里的数以万元为单位时，乘以10,000，也就是把小数点向右移四位，就是多少元。",
        "{wan} means ten thousand yuan. Where a table counts in units of CNY 10,000, multiply by "
        "10,000, that is, move the decimal point four places to the right. In running text the "
        "English pages have done so already.",
    ),
    "unit.example": (
        "例如{label}{printed}万元：{printed} × 10,000 = {yuan}元。",
        "For example, {label} is printed as {printed}: {printed} × 10,000 = CNY {yuan}.",
    ),
    "unit.example.yuan": (
        "本站最新的文件以元为单位：{label}{printed}元 ÷ 10,000 = {wan}万元。",
        "The newest document on this site counts in yuan: {label} of CNY {printed} ÷ 10,000 = "
        "{wan} units of CNY 10,000.",
    ),
    "unit.look": (
        "每张有金额的表都写着单位。一份文件里可能两种单位都有，比较之前先看单位。",
        "Every table with amounts states its unit. One document may use both, so look at the unit "
        "before you compare.",
    ),
    "unit.switch": (
        "有金额的页面，上方都有“{switch}”：选“{yuan}”或“{million}”，整页的金额和单位一起换，一位数字也"
        "不少；别的页面也跟着换，下次打开还记得。选“{printed}”就还原。编制单位写的文字、目标值、数据核对里引用的数"
        "不换，打印出来的也一律按原文。",
        "Every page with amounts has “{switch}” near its top. “{yuan}” or “{million}” changes all "
        "amounts of the page and their units, without losing a digit; other pages follow, and the "
        "choice is kept for the next visit. “{printed}” brings back the original. The department’s "
        "own text, targets and the figures quoted by data checks do not change, and what is "
        "printed on paper is always as in the document.",
    ),
    # signs in tables
    "signs": ("表里的0、空格和“—”", "What 0, blank and — mean in a table"),
    "signs.table": ("表里看到的和它的意思", "What you see in a table, and what it means"),
    "signs.see": ("看到的", "You see"),
    "signs.means": ("意思", "It means"),
    "signs.zero": ("0、0.00", "0, 0.00"),
    "signs.zero.means": (
        "文件印的就是0：这一项没有金额。小数位照文件印。",
        "The document prints a zero: there is no amount. Decimals are as printed.",
    ),
    "signs.blank": ("空格", "A blank cell"),
    "signs.blank.means": (
        "文件里这一格是空的。空格不等于零，只是文件没有写。",
        "The cell is blank in the document. That is not a zero: the document does not say.",
    ),
    "signs.absent": ("—", "—"),
    "signs.absent.means": (
        "文件里没有这一格，例如另一年的表没有这一行。",
        "The document has no such cell, for example because the table of another year lacks the "
        "row.",
    ),
    "signs.not_applicable": ("不适用", "n/a"),
    "signs.not_applicable.means": (
        "文件写明这一项不适用于本部门或本项目。",
        "The document says that this does not apply to the department or the project.",
    ),
    "signs.empty": ("空表", "An empty table"),
    "signs.empty.means": (
        "这张表没有数据，按空表公开，一般附有说明。",
        "There are no data for this table. It is published empty, normally with a note.",
    ),
    # marks
    "marks": ("本站自己加的标记", "Marks that this site adds"),
    "marks.findings": (
        "{mark}：这个数和别处的数对不上，或者有疑问。点编号可以看算式和编者的说明；"
        "数字本身照文件印，不改。全部核对结果见{checks}。",
        "{mark}: this figure does not agree with others, or looks doubtful. Follow the number for "
        "the formula and the editors’ explanation; the figure itself stays as printed. All "
        "results: {checks}.",
    ),
    "marks.inference": (
        "{mark}：文件没有说、由编者推断的内容，后面写着理由。",
        "{mark}: something the document does not say and the editors infer; the reason follows.",
    ),
    "marks.own": (
        "{mark}：编者为方便读者加写的解释，不是文件里的话。",
        "{mark}: an explanation that the editors wrote for the reader; it is not in the document.",
    ),
    "marks.untranslated": (
        "{mark}：还没有英文译文，英文页面暂时显示中文。",
        "{mark}: there is no English for this text yet, so the English page shows the Chinese.",
    ),
    "marks.terms": (
        "带虚线的词：点一下就看到解释，全部名词见{glossary}。",
        "A word with a dotted underline: press it for its definition. All terms: {glossary}.",
    ),
    # the official document
    "document": ("以哪个文件为准", "Which document counts"),
    "document.official": (
        "本站由公开预算的一方发布，网页由数据文件生成。网页和公开的文件不一致时，以公开的文件为准。",
        "This site is run by the publisher of the budget; its pages are made from data files. "
        "Where a page and the published document differ, the document prevails.",
    ),
    "document.unofficial": (
        "本站是非官方整理版。网页和官方公开的文件不一致时，以官方公开的文件为准。",
        "This is an unofficial edition. Where a page and the officially published document differ, "
        "the document prevails.",
    ),
    "document.source": ("依据的文件：{title}。", "Source document: {title}."),
    "document.where": (
        "官方文件一般可以在公开部门或当地政府的网站上，从信息公开栏目里找到。"
        "文件的标题，以及已经记录的文号和日期，见{introduction}。",
        "The official document can normally be found on the website of the department or the local "
        "government, under information disclosure. Its title, and its number and dates where "
        "they are recorded: {introduction}.",
    ),
    "document.mistake": (
        "发现网页和文件不一致，请告诉本站的发布者：{contact}。",
        "Should you find a difference, please tell the publisher of this site: {contact}.",
    ),
    # tools
    "tools": ("怎样查找、下载、打印和放大", "Searching, downloading, printing, larger text"),
    "tools.search": (
        "查找：按页面上方的“{button}”，输入项目名称、编码、文号或任何一个词。"
        "用键盘可以按 / 或 Ctrl+K。",
        "Search: press “{button}” at the top and type a project name, a code, a document number or "
        "any word. On a keyboard: / or Ctrl+K.",
    ),
    "tools.downloads": (
        "下载：表格（可以用Excel打开）和全部数据在{downloads}。",
        "Download: tables (which open in Excel) and all the data are under {downloads}.",
    ),
    "tools.print": (
        "打印：任何一页都可以直接打印；整份文件印在一起用{print}。",
        "Print: every page prints as it is; for the whole disclosure at once use {print}.",
    ),
    "tools.text": (
        "放大：按页面上方的“{button}”，文字变大、对比增强；再按一次更大，第三次恢复。下次打开仍是您选的大小。",
        "Larger text: press “{button}” at the top. A second press makes it larger still, a third "
        "returns to the standard. The choice is remembered.",
    ),
    "tools.share": (
        "转给别人：每个小标题旁有“#”，按一下就复制这一节的网址。",
        "Pass it on: every heading has a “#”; press it to copy the address of that section.",
    ),
    "tools.language": (
        "换语言：按页面上方的“{button}”，看同一页的英文。",
        "Language: press “{button}” at the top for the same page in Chinese.",
    ),
    "tools.accessibility": (
        "阅读有困难，请看{accessibility}。",
        "If anything is hard to read or use, see the {accessibility}.",
    ),
}


def guide_text(key: str, lang: Lang) -> str:
    """The text of ``key`` in ``lang``; raises KeyError for an unknown key."""
    zh, en = GUIDE[key]
    return zh if lang == "zh" else en
