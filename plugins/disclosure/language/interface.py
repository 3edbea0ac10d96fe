"""What the site itself says, in both languages. Chinese first: it is the authority.

Texts may hold ``{named}`` values. A test keeps the two languages complete and the keys in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from disclosure.model.fields import Lang

INTERFACE: Mapping[str, tuple[str, str]] = {
    # the frame
    "language.switch": ("阅读英文版", "Read in Chinese"),
    "skip": ("跳到正文", "Skip to content"),
    "menu": ("目录", "Contents"),
    "search": ("搜索", "Search"),
    "on_this_page": ("本页内容", "On this page"),
    "breadcrumb": ("当前位置", "You are here"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "neighbours": ("上一页和下一页", "Previous and next page"),
    "navigation": ("导航", "Navigation"),
    "print": ("打印版", "Print version"),
    "edit": ("本页数据文件", "Data file of this page"),
    "text.150": ("放大文字：1.5倍，高对比", "Larger text: 150%, high contrast"),
    "text.200": ("放大文字：2倍，高对比", "Larger text: 200%, high contrast"),
    "text.100": ("恢复标准文字", "Back to standard text"),
    "text.now.100": ("现在是标准文字", "Standard text now"),
    "text.now.150": ("文字已放大到1.5倍，对比已增强", "Text is now at 150%, with high contrast"),
    "text.now.200": ("文字已放大到2倍，对比已增强", "Text is now at 200%, with high contrast"),
    "scheme.light": ("切换到浅色", "Switch to light mode"),
    "scheme.dark": ("切换到深色", "Switch to dark mode"),
    "scheme.auto": ("跟随系统明暗", "Follow the system’s light or dark mode"),
    "scheme.now.auto": ("现在跟随系统明暗", "Now following the system’s light or dark mode"),
    "scheme.now.light": ("现在是浅色", "Light mode now"),
    "scheme.now.dark": ("现在是深色", "Dark mode now"),
    "problems": (
        "数据有 {count} 处错误，下面仍是上一次的内容。改好并保存后，本页会自动更新。",
        "{count} problem(s) in the data: this page still shows the last good content. It follows "
        "as soon as they are mended and saved.",
    ),
    "site.name": ("部门预算公开", "Departmental budget disclosure"),
    "edition.unofficial": ("非官方整理版", "Unofficial edition"),
    "source.title": ("依据文件", "Source document"),
    "source.date": ("文件日期", "Date of the document"),
    "source.undated": ("文件未注明日期", "the document states no date"),
    "publisher.organiser": ("主办单位", "Organiser"),
    "publisher.operator": ("承办单位", "Operator"),
    "publisher.contact": ("联系方式", "Contact"),
    "publisher.phone": ("联系电话", "Telephone"),
    "publisher.icp": ("ICP备案号", "ICP filing number"),
    "publisher.police": ("公安备案号", "Public security filing number"),
    "publisher.site_code": ("网站标识码", "Government site code"),
    "publisher.site_map": ("网站地图", "Site map"),
    "publisher.institution_mark": (
        "党政机关网站标识",
        "Mark of a party or government website",
    ),
    "publisher.error_report": (
        "我为政府网站找错",
        "Report an error on a government website",
    ),
    "licence": ("许可", "Licence"),
    "not_found.title": ("没有找到这个页面", "Page not found"),
    "not_found.text": (
        "地址可能有误，或页面已经移动。请从首页查找。",
        "The address may be wrong or the page may have moved. Please start from the home page.",
    ),
    "fold": ("展开查看", "Show all"),
    "permalink": ("本节链接", "Link to this section"),
    "share": ("分享本页", "Share this page"),
    "share.copied": ("链接已复制", "Link copied"),
    "close": ("关闭", "Close"),
    "label.colon": ("：", ": "),
    "parenthesis": ("（{text}）", "({text})"),
    "untranslated": ("未译", "not yet translated"),
    "inference": ("编者判断", "Editors’ inference"),
    # navigation
    "home": ("首页", "Home"),
    "department": ("部门", "Department"),
    "departments.all": ("全部部门", "All departments"),
    "departments": ("部门与年度", "Departments and years"),
    "overview": ("概览", "Overview"),
    "parts": ("十一个部分", "The eleven parts"),
    "glossary": ("名词解释", "Glossary"),
    "policies": ("政策文件", "Policy documents"),
    "guide": ("怎样看懂预算", "How to read this budget"),
    "guide.kind": ("使用说明", "Help"),
    "accessibility": ("无障碍说明", "Accessibility statement"),
    "tables": ("公开表格", "Statutory tables"),
    "tables.list": ("全部表格", "All tables"),
    "tables.number": ("表{number}", "Table {number}"),
    "tables.lead.budget": (
        "部门预算应公开的{count}张表。没有数据的表空表列示，文件没有提供的也逐一说明。",
        "The {count} tables of a departmental budget. A table without data is shown empty; those "
        "that the document does not contain are named as well.",
    ),
    "tables.lead.final": (
        "部门决算应公开的{count}张表。没有数据的表空表列示，文件没有提供的也逐一说明。",
        "The {count} tables of departmental final accounts. A table without data is shown empty; "
        "those that the document does not contain are named as well.",
    ),
    "tables.state.given": ("已提供", "Provided"),
    "tables.state.empty": ("空表", "Empty table"),
    "tables.state.drawn": ("见各项目页", "See the project pages"),
    "tables.state.absent": ("无此项", "Not applicable"),
    "tables.state.withheld": ("涉密，不公开", "Withheld as a state secret"),
    "tables.state.not_provided": ("文件未提供", "Not in the document"),
    "tables.notice.absent": ("文件说明没有此项。", "The document says that there is none."),
    "tables.notice.withheld": (
        "此表涉及国家秘密，依法不予公开。",
        "This table concerns state secrets and is withheld under the law.",
    ),
    "tables.notice.not_provided": (
        "文件没有提供这张表。",
        "The document does not contain this table.",
    ),
    "tables.drawn": (
        "文件按项目逐表列示，内容见各项目页：",
        "The document has one table a project; see the project pages:",
    ),
    "tables.basis": ("列表依据", "Basis of the table"),
    "tables.code": ("科目编码", "Code"),
    "tables.item": ("项目", "Item"),
    "tables.institution": ("单位", "Unit"),
    "unit.page": ("所属单位", "Subordinate unit"),
    "unit.of": ("所属部门", "Part of"),
    "checks": ("数据核对", "Data checks"),
    "completeness": ("公开完整性", "Completeness"),
    "downloads": ("数据下载", "Downloads"),
    "content_page": ("说明", "About the site"),
    "project": ("项目", "Project"),
    "projects": ("项目", "Projects"),
    "kind.budget": ("部门预算", "departmental budget"),
    "kind.final": ("部门决算", "departmental final accounts"),
    "facet.kind.budget": ("预算", "Budget"),
    "facet.kind.final": ("决算", "Final accounts"),
    "search.kind.project": ("项目", "Project"),
    "search.kind.part": ("文字说明", "Narrative"),
    "search.kind.table": ("表格", "Table"),
    "search.kind.term": ("名词", "Term"),
    "search.kind.policy": ("政策文件", "Policy document"),
    "search.kind.page": ("其他页面", "Other page"),
    "disclosure.title": ("{year}年{kind}", "{year} {kind}"),
    "disclosure.of": ("{name}{year}年{kind}", "{name}: {year} {kind}"),
    # the eleven parts: number, title as the document has it, short title
    "part.number": ("第{number}部分", "Part {number}"),
    "part.duties": ("部门职责及机构设置情况", "Duties and organisation of the department"),
    "part.duties.short": ("职责与机构", "Duties and organisation"),
    "part.summary": ("部门预算安排的总体情况", "Overall budget of the department"),
    "part.summary.short": ("预算总体情况", "Overall budget"),
    "part.operating": ("机关运行经费安排情况", "Agency operating expenses"),
    "part.operating.short": ("机关运行经费", "Agency operating expenses"),
    "part.three-public": (
        "财政拨款“三公”经费预算情况及增减变化原因",
        "Budget of “three public” expenses from fiscal appropriations, and reasons for changes",
    ),
    "part.three-public.short": ("“三公”经费", "“Three public” expenses"),
    "part.performance": ("部门整体绩效目标", "Department-wide performance objectives"),
    "part.performance.short": ("整体绩效目标", "Performance objectives"),
    "part.special-funds": (
        "部门主管专项资金预算安排情况及绩效目标",
        "Special-purpose funds administered by the department, and their performance objectives",
    ),
    "part.special-funds.short": ("主管专项资金", "Special-purpose funds"),
    "part.projects": (
        "部门项目预算安排情况及绩效目标",
        "Project budgets of the department and their performance objectives",
    ),
    "part.projects.short": ("项目预算", "Project budgets"),
    "part.procurement": ("政府采购预算情况", "Government procurement budget"),
    "part.procurement.short": ("政府采购", "Government procurement"),
    "part.assets": ("国有资产信息", "State-owned assets"),
    "part.assets.short": ("国有资产", "State-owned assets"),
    "part.terms": ("名词解释", "Glossary"),
    "part.terms.short": ("名词解释", "Glossary"),
    "part.other": ("其他需要说明的事项", "Other matters"),
    "part.other.short": ("其他事项", "Other matters"),
    "part.missing": (
        "文件没有提供这一部分。",
        "The document does not contain this part.",
    ),
    "part.withheld": (
        "这一部分涉及国家秘密，依法不予公开。",
        "This part concerns state secrets and is withheld under the law.",
    ),
    "part.heading_only": (
        "文件此处只有标题，没有内容。",
        "The document has only the heading here, and no content.",
    ),
    # the same of final accounts, where the words differ
    "part.summary.final": (
        "部门决算收支的总体情况",
        "Overall final accounts of the department",
    ),
    "part.summary.short.final": (
        "决算总体情况",
        "Overall final accounts",
    ),
    "part.operating.final": (
        "机关运行经费支出情况",
        "Agency operating expenses",
    ),
    "part.three-public.final": (
        "财政拨款“三公”经费支出决算情况及增减变化原因",
        "“Three public” expenses from fiscal appropriations: final accounts and reasons for "
        "changes",
    ),
    "part.performance.final": (
        "部门绩效目标完成情况",
        "Department-wide performance",
    ),
    "part.performance.short.final": (
        "绩效情况",
        "Performance",
    ),
    "part.special-funds.final": (
        "部门主管专项资金决算情况及绩效",
        "Special-purpose funds administered by the department: final accounts and performance",
    ),
    "part.projects.final": (
        "部门项目支出决算情况及绩效",
        "Project final accounts of the department and their performance",
    ),
    "part.projects.short.final": (
        "项目支出",
        "Projects",
    ),
    "part.procurement.final": (
        "政府采购支出情况",
        "Government procurement",
    ),
    "summary.revenue.table.final": (
        "决算收入",
        "Revenue in the final accounts",
    ),
    "summary.expenditure.table.final": (
        "决算支出",
        "Expenditure in the final accounts",
    ),
    "summary.change.table.final": (
        "比{year}年决算增减",
        "Change from the {year} final accounts",
    ),
    "operating.lead.final": (
        "机关运行经费支出决算{amount}，各项如下。",
        "Agency operating expenses in the final accounts are {amount}, made up as follows.",
    ),
    "three_public.lead.final": (
        "财政拨款“三公”经费支出决算{amount}，各项如下。",
        "“Three public” expenses from fiscal appropriations in the final accounts are {amount}, "
        "as follows.",
    ),
    "project.budget.final": (
        "决算数",
        "Amount in the final accounts",
    ),
    # home and departments
    "home.lead": (
        "钱从哪里来、花到哪里去、要达到什么目标，按年度公开如下。",
        "Where the money comes from, where it goes and what it is meant to achieve, year by year.",
    ),
    "home.guide": ("第一次看预算？请读：", "New to budgets? Start with "),
    "home.find": ("查什么", "What are you looking for?"),
    "home.find.projects": (
        "每个项目花多少、做什么、怎样考核",
        "What each project costs, does and is measured by",
    ),
    "home.find.summary": (
        "收入、支出和比上年的变化",
        "Revenue, expenditure and change from the previous year",
    ),
    "home.find.glossary": ("预算用语的意思", "What budget terms mean"),
    "home.find.policies": ("项目依据的文件", "The documents that projects rest on"),
    "home.find.checks": ("各项数字加总是否一致", "Whether the figures add up"),
    "home.find.downloads": ("表格和数据文件", "Tables and data files"),
    "departments.by_year": ("一年里的各部门：", "All departments in one year:"),
    "departments.by_letter": ("按首字母：", "By letter:"),
    "departments.list": ("各部门最近一次公开", "The newest disclosure of each department"),
    "departments.letter": ("首字母", "Letter"),
    "departments.newest": ("最近一次公开", "Newest disclosure"),
    "departments.words": ("部门名称里的字词", "Words in the name of the department"),
    "departments.kind": ("部门类别", "Kind of department"),
    "departments.order": (
        "按名称的拼音首字母排列。",
        "In the order of the letters that the names begin with.",
    ),
    "departments.order.shared": (
        "按名称的拼音首字母排列，开头的“{shared}”不计。",
        "In the order of the letters that the names begin with after “{shared}”.",
    ),
    "department.kind.party": ("党委机关", "Party body"),
    "department.kind.congress": ("人大、政协", "People’s congress or CPPCC"),
    "department.kind.government": ("政府部门", "Government department"),
    "department.kind.judiciary": ("法院、检察院", "Court or procuratorate"),
    "department.kind.mass": ("群团组织", "Mass organisation"),
    "department.kind.local": ("乡镇、街道", "Town or subdistrict"),
    "department.kind.institution": ("事业单位", "Public institution"),
    "department.kind.other": ("其他", "Other"),
    "year.title": ("{year}年各部门", "All departments in {year}"),
    "year.list": ("{year}年各部门的支出总计", "Total expenditure of the departments in {year}"),
    "year.lead": (
        "{count}个部门公开了{year}年的预算或决算；点数字看这一年的公开内容。",
        "{count} departments have disclosed budgets or final accounts of {year}. Each figure "
        "leads to the disclosure.",
    ),
    "home.older": ("往年", "Earlier years"),
    "home.projects": ("{count}个项目", "{count} projects"),
    "home.project": ("{count}个项目", "{count} project"),
    "home.published": ("{date}公开", "published {date}"),
    "home.largest": ("金额最大的项目", "Largest projects"),
    "department.lead": (
        "本部门公开的年度预算和决算。",
        "The budgets and final accounts that this department has disclosed.",
    ),
    "department.code": ("部门代码", "Department code"),
    "department.disclosures": ("历年公开", "Disclosures by year"),
    # overview
    "overview.lead": (
        "先看总数，再按文件的十一个部分逐一查阅。",
        "The totals first, then the eleven parts of the document one by one.",
    ),
    "key.revenue": ("收入总计", "Total revenue"),
    "key.expenditure": ("支出总计", "Total expenditure"),
    "key.basic": ("基本支出", "Basic expenditure"),
    "key.projects": ("项目支出", "Project expenditure"),
    "key.three_public": ("“三公”经费", "“Three public” expenses"),
    "key.operating": ("机关运行经费", "Agency operating expenses"),
    "key.printed": ("文件印{printed}（单位：万元）", "printed as {printed} (unit: CNY 10,000)"),
    "key.printed_yuan": ("文件印{printed}（单位：元）", "printed as {printed} (unit: CNY)"),
    # the unit of amounts (units.js)
    "units": ("金额单位", "Amounts"),
    "units.printed": ("按原文", "as printed"),
    "units.yuan": ("元", "in CNY"),
    "units.million": ("百万元", "in CNY million"),
    "units.now.printed": ("金额现在按原文显示", "Amounts are now shown as printed"),
    "units.now.yuan": ("金额现在以元显示", "Amounts are now shown in CNY"),
    "units.now.million": ("金额现在以百万元显示", "Amounts are now shown in CNY million"),
    "units.yuan.unit": ("元", "CNY"),
    "units.million.unit": ("百万元", "CNY million"),
    "units.yuan.amount": ("{digits}元", "CNY {digits}"),
    "units.million.amount": ("{digits}百万元", "CNY {digits} million"),
    "units.original": ("原文：{text}", "printed as {text}"),
    "units.original.bare": ("原文：{digits}{unit}", "printed as {digits} (unit: {unit})"),
    "overview.document": ("文件标题", "Title of the document"),
    "record.index_number": ("索引号", "Index number"),
    "record.document_number": ("文号", "Document number"),
    "record.issuer": ("发布机构", "Issuing body"),
    "record.validity": ("有效性", "Validity"),
    "record.issued": ("成文日期", "Date of the document"),
    "record.approved": ("批复日期", "Date of approval"),
    "record.published": ("公开日期", "Date of publication"),
    "years": ("年度和类别", "Year and kind"),
    "years.table": ("与{year}年对照", "Compared with {year}"),
    "years.no_project": ("没有此项目，看项目列表", "no such project: its project list"),
    "years.no_page": ("没有这一页，看概览", "no such page: its overview"),
    "years.title": ("与上年对照", "Comparison with the previous year"),
    "years.change": ("增减", "Change"),
    "years.percent": ("增减%", "Change %"),
    "years.year": ("{year}年", "{year}"),
    "project.years": ("历年情况", "This project over the years"),
    "project.years.year": ("年度", "Year"),
    "department.names": ("名称沿革", "Names over the years"),
    "department.predecessor": ("前身", "Predecessor"),
    "department.successor": ("后继部门", "Successor"),
    "institution.remark": ("备注", "Remark"),
    "overview.figures": ("主要数字", "Key figures"),
    "overview.where": ("支出构成", "Where the money goes"),
    "overview.kinds": ("按支出类别", "By kind of expenditure"),
    "overview.projects": ("项目金额", "Projects by amount"),
    # charts (views/charts.py)
    "overview.from": ("收入来源", "Where the money comes from"),
    "overview.compared": ("对照", "Compared"),
    "chart.sources": ("按收入来源", "By source of revenue"),
    "chart.functional": ("按支出功能分类的类：{table}", "By functional class: {table}"),
    "chart.economic": ("按支出经济分类的类：{table}", "By economic class: {table}"),
    "chart.leading": ("项目金额：最大的{count}个", "Projects by amount: the largest ({count})"),
    "chart.others": ("其余{count}个合计", "All others together ({count})"),
    "chart.following": (
        "项目金额：其后{count}个，条长放大到{times}倍",
        "Projects by amount: the next {count}, bars {times} times as long",
    ),
    "chart.enlarged": (
        "比例与上图不同：同样长的条，金额只有上图的{percent}。",
        "Not the scale above: a bar of the same length is {percent} of the amount above.",
    ),
    "chart.share": ("占{whole}的{percent}", "{percent} of {whole}"),
    "chart.whole.revenue": ("收入总计", "total revenue"),
    "chart.whole.expenditure": ("支出总计", "total expenditure"),
    "chart.whole.table": ("本表合计", "the total of the table"),
    "chart.whole.projects": ("全部项目预算合计", "the sum of all project budgets"),
    "chart.whole.projects.final": ("全部项目合计", "the sum of all projects"),
    "chart.whole.project_expenditure": ("项目支出", "project expenditure"),
    "chart.whole.parts": ("各项之和", "the sum of the items"),
    "chart.shares": (
        "百分比是占{whole}（{amount}）的比例。",
        "Percentages are of {whole} ({amount}).",
    ),
    "chart.less": ("不到{percent}", "less than {percent}"),
    "chart.more": ("超过{percent}", "more than {percent}"),
    "chart.longest": ("本图最长的一条", "the longest bar of this chart"),
    "chart.length": (
        "条长是本图最长一条的{percent}",
        "{percent} as long as the longest bar of this chart",
    ),
    "chart.scale": (
        "条长从零起，与金额成比例",
        "the length is in proportion to the amount, from zero",
    ),
    "chart.hollow": (
        "浅色的条是上面一条的一部分。",
        "A pale bar is part of the bar above it.",
    ),
    "chart.not_drawn": ("没有画条：{items}。", "Not drawn: {items}."),
    "chart.and_more": ("等{count}项", "; {count} items in all"),
    "chart.rest": (
        "没有画出的还有{count}项，合计{amount}，占{percent}。",
        "Others, not drawn: {count}, together {amount} ({percent}).",
    ),
    "chart.rest.amount": (
        "没有画出的还有{count}项，合计{amount}。",
        "Others, not drawn: {count}, together {amount}.",
    ),
    "chart.differs": (
        "各项相加是{sum}，文件印的{whole}是{total}，相差{difference}。",
        "The items add up to {sum}; the document prints {whole} as {total}, a difference of "
        "{difference}.",
    ),
    "chart.table": ("数字见表：{table}", "Figures in the table: {table}"),
    "chart.base": ("浅色的条：用来对照的数", "pale bar: the figure compared with"),
    "chart.grown": ("比{than}多{percent}", "{percent} more than {than}"),
    "chart.shrunk": ("比{than}少{percent}", "{percent} less than {than}"),
    "chart.same": ("与{than}相同", "the same as {than}"),
    "chart.no_percent": ("{than}为零或负数，不计百分比", "no percentage: {than} is zero or less"),
    "against.title": ("预算与决算对照", "Budget and final accounts"),
    "against.table": ("{year}年预算与决算", "Budget and final accounts of {year}"),
    "against.head.budget": ("预算数", "Budget"),
    "against.head.final": ("决算数", "Final accounts"),
    "against.budget": ("预算", "budget"),
    "against.than": ("预算", "the budget"),
    "project.years.chart": ("各年金额", "Amount in each year"),
    "against.final": ("决算", "final accounts"),
    "against.difference": ("决算减预算", "Final less budget"),
    "against.percent": ("差额占预算%", "Difference, % of budget"),
    "against.carried": (
        "决算的支出总计含年末结转和结余{amount}，预算里没有这一项。",
        "The total of the final accounts includes {amount} carried over at the year-end, which the "
        "budget does not have.",
    ),
    "step.first": ("第一个时点", "the first date"),
    "step.up": (
        "比上一个时点增加{points}个百分点",
        "up {points} percentage points on the date before",
    ),
    "step.down": (
        "比上一个时点减少{points}个百分点",
        "down {points} percentage points on the date before",
    ),
    "step.same": ("与上一个时点相同", "the same as at the date before"),
    "step.after_gap": (
        "上一个时点没有数，看不出增减",
        "no figure for the date before, so no change can be told",
    ),
    "step.none": ("没有数，不是零", "no figure, which is not zero"),
    "step.place": ("虚线框：文件没有给出", "a dashed frame: the document gives none"),
    "step.height": ("柱高是满格的{percent}", "the column is {percent} of the full height"),
    "step.over": ("超过100%，只画到满格", "over 100%: drawn at the full height"),
    "step.negative": ("负数，不画柱", "negative: no column is drawn"),
    "overview.more": ("核对与下载", "Checks and downloads"),
    # the overview in plain words: sentences, and the clauses and names that they are made of
    "words.title": ("几句话看懂", "In plain words"),
    "words.note": (
        "这几句话由本站按文件的数字自动写成，百分数保留一位小数。",
        "Written automatically from the figures of the document; percentages are rounded to one "
        "decimal place.",
    ),
    "words.document.budget": ("{year}年预算", "the {year} budget"),
    "words.document.final": ("{year}年决算", "the {year} final accounts"),
    "words.revenue": ("收入总计", "total revenue"),
    "words.total": ("支出总计", "total expenditure"),
    "words.basic": ("基本支出", "basic expenditure"),
    "words.projects": ("项目支出", "project expenditure"),
    "words.both": ("收支总额", "total revenue and expenditure"),
    "words.operating": ("机关运行经费", "agency operating expenses"),
    "words.three_public": ("“三公”经费", "“three public” expenses"),
    "words.totals.equal": (
        "{document}收入总计和支出总计都是{total}，收支平衡。",
        "In {document}, total revenue and total expenditure balance at {total}.",
    ),
    "words.totals.surplus": (
        "{document}收入总计{revenue}，支出总计{expenditure}，收入比支出多{difference}。",
        "In {document}, total revenue is {revenue} and total expenditure {expenditure}: revenue "
        "exceeds expenditure by {difference}.",
    ),
    "words.totals.deficit": (
        "{document}收入总计{revenue}，支出总计{expenditure}，支出比收入多{difference}。",
        "In {document}, total revenue is {revenue} and total expenditure {expenditure}: "
        "expenditure exceeds revenue by {difference}.",
    ),
    "words.totals.revenue": (
        "{document}收入总计{total}。",
        "In {document}, total revenue is {total}.",
    ),
    "words.totals.expenditure": (
        "{document}支出总计{total}。",
        "In {document}, total expenditure is {total}.",
    ),
    "words.kinds": ("预算安排{kinds}{rest}。", "The budget allocates {kinds}{rest}."),
    "words.kinds.final": ("实际用于{kinds}{rest}。", "Actual spending was {kinds}{rest}."),
    "words.kind.basic": ("基本支出{amount}{share}", "{amount}{share} to basic expenditure"),
    "words.kind.basic.final": ("基本支出{amount}{share}", "{amount}{share} on basic expenditure"),
    "words.kind.projects": ("项目支出{amount}{share}", "{amount}{share} to project expenditure"),
    "words.kind.projects.final": (
        "项目支出{amount}{share}",
        "{amount}{share} on project expenditure",
    ),
    "words.share": ("（占支出总计的{share}）", " ({share} of total expenditure)"),
    "words.share.again": ("（占{share}）", " ({share})"),
    "words.carried": (
        "；另有年终结转结余{amount}{share}，不在当年支出",
        "; {amount}{share} is to be left at the year-end as carry-over and surplus",
    ),
    "words.carried.final": (
        "；另有年末结转和结余{amount}{share}，没有在当年支出",
        "; {amount}{share} was left at the year-end as carry-over and surplus",
    ),
    "words.project": ("只有1个项目：{project}。", "There is 1 project: {project}."),
    "words.project.amount": (
        "只有1个项目：{project}，{amount}。",
        "There is 1 project: {project}, at {amount}.",
    ),
    "words.project.silent": (
        "只有1个项目：{project}，没有金额。",
        "There is 1 project: {project}, with no amount.",
    ),
    "words.count": ("共有{projects}{more}。", "There are {projects}{more}."),
    "words.silent.all": ("，都没有金额", ", none of which has an amount"),
    "words.silent.one": ("，其中{count}个没有金额", ", {count} of which has no amount"),
    "words.silent": ("，其中{count}个没有金额", ", {count} of which have no amount"),
    "words.largest": (
        "，金额最大的是{project}，{amount}{share}",
        "; the largest is {project}, at {amount}{share}",
    ),
    "words.largest.share": ("，占各项目合计的{share}", " ({share} of all projects together)"),
    "words.largest.few": (
        "；最大的{count}个合计占{share}",
        "; the {count} largest make up {share}",
    ),
    "words.largest.only": (
        "，有金额的只有{project}，{amount}",
        "; the only one with an amount is {project}, at {amount}",
    ),
    "words.largest.all": ("，每个都是{amount}", ", at {amount} each"),
    "words.largest.tied": (
        "，金额最大的{count}个是{projects}，各{amount}{share}",
        "; the {count} largest are {projects}, at {amount} each{share}",
    ),
    "words.largest.many": (
        "，金额最大的有{count}个，各{amount}{share}",
        "; the {count} largest are {amount} each{share}",
    ),
    "words.largest.together": (
        "，合计占各项目合计的{share}",
        " (together {share} of all projects)",
    ),
    "words.small": (
        "机关运行经费预算{operating}；“三公”经费预算{public}。",
        "Agency operating expenses are budgeted at {operating}; “three public” expenses are "
        "budgeted at {public}.",
    ),
    "words.small.final": (
        "机关运行经费支出{operating}；“三公”经费支出{public}。",
        "Agency operating expenses were {operating}; “three public” expenses were {public}.",
    ),
    "words.small.operating": (
        "机关运行经费预算{operating}。",
        "Agency operating expenses are budgeted at {operating}.",
    ),
    "words.small.operating.final": (
        "机关运行经费支出{operating}。",
        "Agency operating expenses were {operating}.",
    ),
    "words.small.public": (
        "“三公”经费预算{public}。",
        "“Three public” expenses are budgeted at {public}.",
    ),
    "words.small.public.final": (
        "“三公”经费支出{public}。",
        "“Three public” expenses were {public}.",
    ),
    "words.public.same": ("，与{year}年持平", ", unchanged from {year}"),
    "words.public.more": ("，比{year}年增加{amount}", ", up by {amount} from {year}"),
    "words.public.less": ("，比{year}年减少{amount}", ", down by {amount} from {year}"),
    "words.public.before": ("（{document}为{amount}）", " (in {document}: {amount})"),
    "words.against.budget": ("对照{document}，{changes}。", "Against {document}, {changes}."),
    "words.against": (
        "{what}是预算{planned}的{share}",
        "{what} came to {share} of the {planned} budgeted",
    ),
    "words.against.same": (
        "{what}与预算{planned}相同",
        "{what} was exactly the {planned} budgeted",
    ),
    "words.since": ("与{document}相比，{change}。", "Compared with {document}, {change}."),
    "words.since.parts": (
        "与{document}相比，{change}；{parts}。",
        "Compared with {document}, {change}; {parts}.",
    ),
    "words.since.same": ("{what}持平", "{what} is unchanged"),
    "words.since.more": (
        "{what}由{before}增加到{now}{percent}",
        "{what} rises from {before} to {now}{percent}",
    ),
    "words.since.less": (
        "{what}由{before}减少到{now}{percent}",
        "{what} falls from {before} to {now}{percent}",
    ),
    "words.percent.more": ("，增长{percent}", ", up {percent}"),
    "words.percent.less": ("，下降{percent}", ", down {percent}"),
    "words.part.same": ("{what}持平", "{what} is unchanged"),
    "words.part.more": ("{what}增长{percent}", "{what} is up {percent}"),
    "words.part.less": ("{what}下降{percent}", "{what} is down {percent}"),
    "words.printed": (
        "文件写明，与{document}相比，{changes}。",
        "The document states these changes from {document}: {changes}.",
    ),
    "words.printed.same": ("{what}持平", "{what} unchanged"),
    "words.printed.more": ("{what}增加{amount}", "{what} up by {amount}"),
    "words.printed.less": ("{what}减少{amount}", "{what} down by {amount}"),
    "words.percent.least": ("不到0.1%", "less than 0.1%"),
    "words.percent.almost": ("近100%", "almost 100%"),
    "words.percent.over": ("100%多一点", "just over 100%"),
    "words.missing": ("文件没有印出{what}。", "The document prints no figure for {what}."),
    "words.checks.agree": (
        "本站核对了{count}处数字，全部相符{rest}：见{checks}。",
        "The site checked {count} figures, and all of them agree{rest}: see {checks}.",
    ),
    "words.checks.agree.one": (
        "本站核对了{count}处数字，相符{rest}：见{checks}。",
        "The site checked {count} figure, and it agrees{rest}: see {checks}.",
    ),
    "words.checks.rest": ("；另发现{found}", "; it also found {found}"),
    "words.checks.found": (
        "本站核对，发现{found}：见{checks}。",
        "The site’s checks found {found}: see {checks}.",
    ),
    "words.differ": (
        "{count}处数字对不上{explained}",
        "{count} figures that do not agree {explained}",
    ),
    "words.differ.one": (
        "{count}处数字对不上{explained}",
        "{count} figure that does not agree {explained}",
    ),
    "words.incomplete": (
        "{count}处内容缺项{explained}",
        "{count} items missing or incomplete {explained}",
    ),
    "words.incomplete.one": (
        "{count}处内容缺项{explained}",
        "{count} item missing or incomplete {explained}",
    ),
    "words.explained.all": ("编者都有说明", "all explained by the editors"),
    "words.explained.one": ("编者已有说明", "explained by the editors"),
    "words.explained.some": (
        "编者说明了其中{count}处",
        "{count} of them explained by the editors",
    ),
    "words.explained.none": ("编者尚未说明", "not yet explained by the editors"),
    # tables
    "unit": ("单位：{unit}", "Unit: {unit}"),
    "table.item": ("项目", "Item"),
    "table.amount": ("金额", "Amount"),
    "table.increase": ("比{year}年增减", "Change from {year}"),
    "table.reason": ("原因", "Reason"),
    "table.of_which": ("其中：{item}", "of which: {item}"),
    "table.name": ("名称", "Name"),
    "list.separator": ("、", "; "),
    "absence.blank": ("文件此格为空", "blank in the document"),
    "absence.absent": ("文件没有这一格", "the document has no such cell"),
    # part one
    "introduction": ("公开说明", "About this disclosure"),
    "duties.legal_basis": ("公开依据", "Legal basis of the disclosure"),
    "duties.divisions": ("部门职责", "Duties of the divisions"),
    "duties.institutions": ("部门机构设置情况", "Institutions of the department"),
    "institution.name": ("单位名称", "Institution"),
    "institution.nature": ("单位性质", "Nature"),
    "institution.rank": ("单位规格", "Administrative rank"),
    "institution.funding": ("经费保障形式", "Funding arrangement"),
    "duties.goals": ("这个科室的绩效目标", "Performance objectives of this division"),
    # part two
    "summary.principle": ("编制原则", "Basis of preparation"),
    "summary.revenue": ("收入说明", "Revenue"),
    "summary.revenue.table": ("预算收入", "Budgetary revenue"),
    "summary.source": ("来源", "Source"),
    "summary.expenditure": ("支出说明", "Expenditure"),
    "summary.expenditure.table": ("预算支出", "Budgetary expenditure"),
    "summary.highlights": ("项目支出中的重点", "Highlights of project expenditure"),
    "summary.highlights.table": (
        "文件列举的主要项目支出",
        "Main project expenditure named by the document",
    ),
    "summary.highlights.projects": ("对应项目", "Matching projects"),
    "summary.highlights.note": ("说明", "Note"),
    "summary.change": ("比上年增减情况", "Change from the previous year"),
    "summary.change.table": ("比{year}年预算增减", "Change from the {year} budget"),
    "summary.change.total.final": ("决算收支总额", "Total revenue and expenditure"),
    "summary.change.total": ("预算收支总额", "Total revenue and expenditure"),
    "expenditure.total": ("支出预算", "Total expenditure"),
    "expenditure.basic": ("基本支出", "Basic expenditure"),
    "expenditure.personnel": ("人员经费", "Personnel expenditure"),
    "expenditure.non_personnel": ("日常公用经费", "Routine non-personnel expenditure"),
    "expenditure.carried_forward": ("年终结转结余", "Carry-over and surplus at the year-end"),
    "expenditure.carried_forward.final": ("年末结转和结余", "Year-end carry-over and surplus"),
    "expenditure.projects": ("项目支出", "Project expenditure"),
    # parts three and four
    "operating.lead": (
        "机关运行经费预算安排{amount}，各项如下。",
        "Agency operating expenses are budgeted at {amount}, made up as follows.",
    ),
    "operating.table": ("机关运行经费", "Agency operating expenses"),
    "three_public.lead": (
        "财政拨款“三公”经费预算安排{amount}，各项如下。",
        "“Three public” expenses from fiscal appropriations are budgeted at {amount}, as follows.",
    ),
    "three_public.table": (
        "财政拨款“三公”经费",
        "“Three public” expenses from fiscal appropriations",
    ),
    "three_public.change": ("增减变化及原因", "Change and reason"),
    "three_public.change.table": ("与{year}年相比", "Compared with {year}"),
    "three_public.change.total": ("“三公”经费", "“Three public” expenses"),
    # part five
    "performance.overall": ("总体绩效目标", "Overall performance objective"),
    "performance.divisions": ("分项绩效目标", "Itemised performance objectives"),
    "performance.safeguards": ("工作保障措施", "Safeguards"),
    "performance.division": ("对应科室：", "Division: "),
    # part seven and projects
    "projects.lead": (
        "共{count}个项目。点开任何一个，可看金额、用途、资金支出计划、绩效目标和全部指标。",
        "Number of projects: {count}. Each page gives the amount, use, expenditure schedule, "
        "objectives and all indicators.",
    ),
    "projects.list": ("项目列表", "Project list"),
    "projects.all": ("全部{count}个项目", "All {count} projects"),
    "projects.table": ("项目一览", "List of projects"),
    "projects.table.caption": ("各项目的金额和用途", "Amount and use of each project"),
    "projects.amount": ("金额（{unit}）", "Amount ({unit})"),
    "projects.number": ("序号", "No."),
    # what a reader does with a table (assets/tables.js)
    "tools.of": ("表格“{table}”的工具", "Tools for the table “{table}”"),
    "tools.filter": ("筛选", "Filter"),
    "tools.sort": ("排序", "Sort"),
    "tools.copy": ("复制表格", "Copy table"),
    "tools.csv": ("下载CSV", "Download CSV"),
    "tools.copied": (
        "已复制{count}行，可粘贴到Excel、WPS或Word",
        "Rows copied: {count}. Paste them into Excel, WPS or Word",
    ),
    "tools.selected": (
        "浏览器没有让网页复制。表格已选中：请按Ctrl+C，手机上请点“复制”",
        "The browser did not let the page copy. The table is selected: press Ctrl+C, or Copy on a"
        " phone",
    ),
    "tools.order": ("次序：", "Order:"),
    "tools.printed": ("与原表相同", "As printed"),
    "tools.largest": ("{column}，从大到小", "{column}, largest first"),
    "tools.smallest": ("{column}，从小到大", "{column}, smallest first"),
    "tools.first": ("{column}，按拼音A到Z", "{column}, A to Z"),
    "tools.final": ("{column}，按拼音Z到A", "{column}, Z to A"),
    "tools.sorted": ("已排序：{order}", "Sorted: {order}"),
    "tools.unsorted": ("已恢复原表的次序", "Back in the order as printed"),
    "filter.of": ("筛选“{table}”", "Filter “{table}”"),
    "filter.text": ("名称、用途或编码里的字词", "Words in the name, use or code"),
    "filter.amount": ("金额", "Amount"),
    "filter.from": ("从", "From"),
    "filter.to": ("到", "to"),
    "filter.kind": ("类别", "Kind"),
    "filter.every": ("全部", "All"),
    "filter.clear": ("清除筛选", "Clear the filter"),
    "filter.found": ("符合条件的有{count}个，共{all}个", "{count} of {all} match"),
    "filter.none": (
        "共{all}个，没有符合条件的。请放宽条件，或清除筛选。",
        "None of the {all} match. Widen the conditions, or clear the filter.",
    ),
    "filter.wrong": (
        "“{text}”不是金额，没有用来筛选。请只写数字，如500或3,804.65。",
        "“{text}” is not an amount and is not used. Write digits only, such as 500 or 3,804.65.",
    ),
    "filter.kind.source": ("资金来源", "Source of funds"),
    "filter.kind.highlight": ("文件点名的重点支出", "Expenditure the document highlights"),
    "filter.kind.policy": ("依据的文件", "Rests on"),
    "filter.kind.since": ("与{year}年相比", "Compared with {year}"),
    "filter.kind.new": ("新增的项目", "New projects"),
    "filter.kind.continued": ("延续的项目", "Continued projects"),
    "projects.by_amount": ("按金额看", "By amount"),
    "project.table": ("项目绩效目标表", "Performance objectives table of the project"),
    "project.indicators.table": ("共{count}项指标", "Number of indicators: {count}"),
    "project.code": ("项目编码", "Project code"),
    "project.name": ("项目名称", "Project name"),
    "project.budget": ("预算数", "Budgeted amount"),
    "project.of_which": ("其中：{source}", "of which: {source}"),
    "project.use": ("资金用途", "Use of funds"),
    "project.reason": ("立项依据和理由", "Reason for the project"),
    "project.plan": ("实施方案", "Implementation plan"),
    "project.start": ("起始时间", "Start"),
    "project.end": ("终止时间", "End"),
    "project.supervising": ("主管部门", "Supervising department"),
    "project.implementing": ("实施单位", "Implementing unit"),
    "project.total_funds": ("项目资金总额", "Total funds of the project"),
    "project.annual_funds": ("年度资金总额", "Funds of the year"),
    "project.schedule": ("资金支出计划（累计%）", "Expenditure schedule (cumulative %)"),
    "project.objectives": ("绩效目标", "Performance objectives"),
    "project.indicators": ("绩效指标", "Performance indicators"),
    "project.how_much": ("多少钱", "How much"),
    "project.what_for": ("用来做什么", "What for"),
    "project.when": ("什么时候", "When"),
    "project.when.note": (
        "资金支出计划：到每个时点为止，累计支出占全部资金的百分比。",
        "Expenditure schedule: the cumulative share of the funds spent by the end of each period.",
    ),
    "project.measured": ("怎么衡量", "How it is measured"),
    "project.targets": ("指标和要达到的值", "Indicators and their targets"),
    "project.on_what_basis": ("依据什么", "On what basis"),
    "project.bases": ("指标值所依据的材料", "What the targets rest on"),
    "project.who": ("谁负责", "Who is responsible"),
    "project.silent": ("文件没有写明。", "The document does not say."),
    "project.facts": ("其他信息", "Other facts"),
    "project.official": ("完整的绩效目标表", "The full official table"),
    "project.size": ("预算规模及资金用途", "Amount and use of funds"),
    "project.size.final": ("决算规模及资金用途", "Amount and use of funds"),
    "project.outside_total": ("不计入项目支出总额", "Not part of total project expenditure"),
    "project.highlight": ("所属重点支出", "Highlight it belongs to"),
    "project.share": (
        "占本部门全部项目预算合计的{share}",
        "{share} of the sum of all project budgets",
    ),
    "project.description": (
        "{department}{year}年项目，预算{amount}。{use}",
        "{year} project of the {department}, budgeted at {amount}. {use}",
    ),
    "indicator.level_1": ("一级指标", "Level 1"),
    "indicator.level_2": ("二级指标", "Level 2"),
    "indicator.level_3": ("三级指标", "Level-3 indicator"),
    "indicator.description": ("绩效指标描述", "Description"),
    "indicator.operator": ("指标性质", "Operator"),
    "indicator.unit": ("度量单位", "Unit of measure"),
    "indicator.weight": ("权重", "Weight"),
    "indicator.direction": ("指标方向性", "Direction"),
    "indicator.prior_actual": ("上年完成值", "Actual of the previous year"),
    "indicator.target": ("指标值", "Target value"),
    "indicator.basis": ("指标值确定依据", "Basis for the target"),
    # part eight
    "procurement.source": ("政府采购项目来源", "Source of the procurement project"),
    "procurement.project": ("项目名称", "Project"),
    "procurement.project_funds": ("预算资金", "Budget funds"),
    "procurement.item": ("采购物品名称", "Item procured"),
    "procurement.catalogue_number": ("政府采购目录序号", "Procurement catalogue number"),
    "procurement.unit_of_measure": ("计量单位", "Unit of measure"),
    "procurement.quantity": ("数量", "Quantity"),
    "procurement.unit_price": ("单价", "Unit price"),
    "procurement.amount": (
        "政府采购金额（当年部门预算安排资金）",
        "Procurement amount (funds in the department’s budget of the year)",
    ),
    "procurement.total": ("合计", "Total"),
    "procurement.totals": ("政府采购总额", "Total government procurement"),
    "procurement.goods": ("货物", "Goods"),
    "procurement.works": ("工程", "Works"),
    "procurement.services": ("服务", "Services"),
    "procurement.general_public_budget": (
        "一般公共预算拨款",
        "General public budget appropriation",
    ),
    "procurement.government_funds": ("基金预算拨款", "Government-managed funds appropriation"),
    "procurement.state_capital": ("国有资本经营预算拨款", "State capital operations appropriation"),
    "procurement.special_fiscal_account": (
        "财政专户核拨",
        "Allocated from special fiscal accounts",
    ),
    "procurement.unit_funds": ("单位资金", "Unit’s own funds"),
    "procurement.reserved_for_smes": (
        "{year}年预留中小微企业份额",
        "{year} share reserved for micro, small and medium-sized enterprises",
    ),
    "procurement.empty": ("（空表）", "(empty table)"),
    # part nine
    "assets.fixed": ("上年末固定资产金额", "Fixed assets at the end of the previous year"),
    "assets.planned": (
        "本年度拟购置固定资产总额",
        "Fixed assets planned to be purchased this year",
    ),
    "assets.as_of": ("截止时间：{date}", "As of {date}"),
    "assets.item": ("项 目", "Item"),
    "assets.quantity": ("数量", "Quantity"),
    "assets.value": ("价值（金额单位：{unit}）", "Value (unit: {unit})"),
    # glossary and policies
    "glossary.lead": (
        "文件第十部分解释了{official}个名词；另外{own}个由编者补充，逐条标明。",
        "Terms explained in part ten of the document: {official}. Terms added by the editors, each "
        "marked as such: {own}.",
    ),
    "glossary.official": ("文件所列名词", "Terms of the document"),
    "glossary.own": ("编者补充的名词", "Terms added by the editors"),
    "glossary.own_mark": ("编者补充", "added by the editors"),
    "glossary.number": ("第{number}条", "No. {number}"),
    "glossary.other": ("英文", "Chinese"),
    "glossary.aliases": ("也写作", "Also written"),
    "glossary.basis": ("依据", "Basis"),
    "glossary.pages": ("用到的页面", "Pages that use it"),
    "glossary.projects": ("{title}的{count}个项目", "{title}: {count} projects"),
    "glossary.others": (
        "等，共{count}处",
        "and others, {count} in all",
    ),
    "glossary.unused": ("其他页面没有用到", "No other page uses it"),
    "glossary.more": ("查看完整解释", "Full entry"),
    "policies.lead": (
        "文件正文和项目表中提到的法律、通知和其他文件，以及依据它们的项目。",
        "The laws, notices and other documents that the text and the project tables cite, and the "
        "projects that rest on each.",
    ),
    "policies.title": ("文件标题", "Title"),
    "policies.title_zh": ("中文标题", "Chinese title"),
    "policies.number": ("文号", "Number"),
    "policies.number_zh": ("中文文号", "Chinese number"),
    "policies.kind": ("类别", "Kind of document"),
    "policies.kind.law": ("法律", "Law"),
    "policies.kind.regulation": ("规程、办法", "Regulation or operating procedures"),
    "policies.kind.notice": ("通知", "Notice from a government department"),
    "policies.kind.plan": ("工作方案", "Implementation or work plan"),
    "policies.kind.policy": ("政策、目录", "Policy or catalogue"),
    "policies.kind.meeting": ("会议", "Meeting"),
    "policies.issuer": ("发文机关", "Issuer"),
    "policies.date": ("日期", "Date"),
    "policies.untitled": ("文件没有给出标题", "The document gives no title"),
    "policies.projects": ("依据它的项目", "Projects that rest on it"),
    "policies.disclosures": ("依据它的公开说明", "Disclosures made under it"),
    "policies.unused": (
        "没有项目或公开依据写到它",
        "No project and no legal basis cites it",
    ),
    # the page of a policy document and of a term
    "policy": ("政策文件", "Policy document"),
    "term": ("名词", "Term"),
    "period.budget": ("{year}年预算", "{year} budget"),
    "period.final": ("{year}年决算", "{year} final accounts"),
    "policies.list": ("文件一览", "The documents"),
    "policies.document": ("文件", "Document"),
    "policies.what": ("类别、文号", "Kind and number"),
    "policies.cited_by": ("依据它的项目和金额", "Projects that rest on it, and their amounts"),
    "policies.legal_basis": ("公开预算、决算的依据", "Legal basis of the disclosures"),
    "policies.projects.sum": (
        "{year}：{count}个项目，合计{sum}",
        "{year}: projects: {count}, together {sum}",
    ),
    "policies.projects.count": (
        "{year}：{count}个项目，没有印出金额",
        "{year}: projects: {count}, no amounts printed",
    ),
    "policy.description": (
        "{name}：哪些部门、哪些项目依据它，各多少钱，共{count}处",
        "{name}: the departments and projects that rest on it, year by year, with their amounts "
        "({count} in all)",
    ),
    "policy.lead": (
        "{departments}个部门、{years}个年度的公开里，共有{projects}处项目写到这份文件"
        "（同一个项目每年各算一处）。",
        "Projects that cite this document: {projects}, counting a project once for each "
        "disclosure. Departments: {departments}; years: {years}.",
    ),
    "policy.lead.one": (
        "{year}里有{projects}个项目写到这份文件。",
        "Projects of the {year} that cite this document: {projects}.",
    ),
    "policy.note.sum": (
        "合计是写到这份文件的各个项目的金额之和，不是这份文件拨下来的钱：一个项目可能同时依据几份文件，"
        "也可能还有别的资金。预算和决算、不同年度的数分开列，不相加：它们会重复计算同一笔钱。",
        "A sum adds up the projects that cite this document. It is not money allocated under the "
        "document: a project may rest on several documents and have other funds as well. Budgets "
        "and final accounts, and different years, are kept apart and not added, as the same money "
        "would be counted twice.",
    ),
    "policy.note.found": (
        "怎么找到的：在项目名称、用途、绩效目标和指标的文字里，逐字查找这份文件的文号和标题。用别的说法提到"
        "它的项目不会出现在这里。",
        "How they were found: the names, uses, objectives and indicators of all projects were "
        "searched for the exact number and title of the document. A project that refers to it in "
        "other words is not shown here. ",
    ),
    "policy.note.forms": (
        "这些写法也查找了：{forms}。",
        "These forms were looked for too: {forms}.",
    ),
    "policy.disclosures.note": (
        "这些公开在“公开依据”里列出了这份文件。",
        "These disclosures name the document among their legal basis.",
    ),
    "policy.disclosures.more": (
        "另有{count}份公开，见各部门",
        "{count} more disclosures: see the departments",
    ),
    "policy.no_project": (
        "没有项目在文字里写到这份文件。",
        "No project cites this document in its text.",
    ),
    "policy.unused": (
        "没有项目写到这份文件，也没有哪次公开把它列为依据。",
        "No project cites this document, and no disclosure names it among its legal basis.",
    ),
    "gathered.year": ("年度", "Year"),
    "gathered.departments": ("部门数", "Departments"),
    "gathered.projects": ("项目数", "Projects"),
    "gathered.sum": ("这些项目合计", "Sum of these projects"),
    "gathered.by_year.title": ("按年度", "By year"),
    "gathered.by_year": (
        "各年度有多少项目写到它，合计多少",
        "Number and sum of the projects that cite it",
    ),
    "gathered.by_year.chart": ("写到它的项目合计", "Sum of the projects that cite it"),
    "gathered.by_department.title": ("按部门", "By department"),
    "gathered.by_department": (
        "各部门写到它的项目合计",
        "Sum of the projects that cite it, by department",
    ),
    "gathered.other_departments": (
        "其余{count}个部门",
        "Other departments: {count}",
    ),
    "gathered.one_by_one.title": ("逐个项目", "Project by project"),
    "gathered.one_by_one": ("写到它的项目和金额", "Projects that cite it, and their amounts"),
    "gathered.one_by_one.used": (
        "用到这个名词的项目和金额",
        "Projects that use this term, and their amounts",
    ),
    "gathered.others": ("没有列出的{count}处", "Not listed here: {count}"),
    "gathered.more": (
        "没有列出的{count}处，见项目列表：{lists}。",
        "Not listed here: {count}. See the lists of projects: {lists}. ",
    ),
    "gathered.more.among": (
        "没有列出的{count}处，见项目列表，其中：{lists}。",
        "Not listed here: {count}. See the lists of projects, among them: {lists}. ",
    ),
    "gathered.note.absent": (
        "“—”：那一年的公开里没有这个项目，或者它没有写到。",
        "“—”: the disclosure of that year does not have the project, or it says nothing of this.",
    ),
    "gathered.note.without": (
        "有{count}处没有印出金额（空白不是零），不计入合计。",
        "Amounts that are not printed: {count}. A blank is not zero and is left out of the sums.",
    ),
    "gathered.note.earlier": (
        "只列到{first}；更早的年度没有列出。",
        "Years before the {first} are not listed here.",
    ),
    "gathered.note.converted": (
        "有的文件以元、有的以万元为单位，这里统一换算成万元，没有舍入。",
        "Some documents print yuan, others ten thousand yuan. Here all amounts are converted to "
        "CNY 10,000, without rounding.",
    ),
    "term.number": ("文件所列名词第{number}条", "Term no. {number} of the document"),
    "gathered.search.projects": (
        "在搜索里看含“{text}”的项目",
        "Search the projects for “{text}”",
    ),
    "gathered.search": ("在搜索里看“{text}”", "Search for “{text}”"),
    "term.figures": ("历年数额", "The figures over the years"),
    "term.fixed_assets": ("固定资产", "Fixed assets"),
    "term.note.absent": (
        "“—”：网站没有那一年的公开，或者其中没有这个数。",
        "“—”: the site has no disclosure of that year, or there is no such figure in it.",
    ),
    "term.note.projects": (
        "金额是整个项目的，不只是与这个名词有关的部分，所以不相加。",
        "The amounts are those of whole projects, not only of what the term concerns, and are not "
        "added up.",
    ),
    "term.uses": ("用到它的页面和项目", "Pages and projects that use it"),
    "term.pages.site": ("全站", "Whole site"),
    "term.pages.more": ("另有{count}页没有列出。", "Pages not listed here: {count}. "),
    "glossary.page": (
        "{name}：历年数额、用到它的项目和页面",
        "{name}: figures over the years, projects and pages that use it",
    ),
    # checks
    "completeness.lead": (
        "法律和通行做法要求公开的每一项：现在的状态、依据，以及在哪一页。",
        "Everything that the law and custom ask a department to disclose: its state, what asks for "
        "it, and its page.",
    ),
    "completeness.counts": (
        "法律法规和财政部文件要求的共 {total} 项：{settled} 项已公开或写明了状态，"
        "{wanting} 项缺少或不符合，其中 {explained} 项编者已有说明。",
        "{total} items are required by law or by the Ministry of Finance: {settled} are disclosed "
        "or their state is recorded; {wanting} are missing or not as required, {explained} of them "
        "explained by the editors.",
    ),
    "completeness.tables": ("法定和通行的表格", "Statutory and customary tables"),
    "completeness.parts": ("文字说明", "Narrative parts"),
    "completeness.details": ("单位、日期和细化程度", "Unit, dates and level of detail"),
    "completeness.item": ("内容", "Item"),
    "completeness.state": ("状态", "State"),
    "completeness.basis": ("依据", "Basis"),
    "completeness.detail.unit": ("写明金额单位", "Unit of the amounts"),
    "completeness.detail.approved": ("批复日期", "Date of approval"),
    "completeness.detail.published": ("公开日期", "Date of publication"),
    "completeness.detail.deadline": (
        "批复后二十日内公开",
        "Published within twenty days of the approval",
    ),
    "completeness.detail.functional": (
        "支出按功能分类公开到项",
        "Expenditure by function down to item",
    ),
    "completeness.detail.economic": (
        "基本支出按经济性质分类公开到款",
        "Basic expenditure by economic nature down to section",
    ),
    "completeness.state.given": ("✓ 已公开", "✓ Disclosed"),
    "completeness.state.recorded": ("✓ 已记录", "✓ Recorded"),
    "completeness.state.met": ("✓ 符合", "✓ Met"),
    "completeness.state.drawn": ("✓ 见各项目页", "✓ On the project pages"),
    "completeness.state.empty": ("○ 空表，没有说明", "○ Empty, without a note"),
    "completeness.state.empty_noted": ("○ 空表，有说明", "○ Empty, with a note"),
    "completeness.state.heading_only": ("○ 只有标题", "○ Heading only"),
    "completeness.state.absent": ("○ 文件说明没有此项", "○ None, says the document"),
    "completeness.state.withheld": ("○ 涉密，不公开", "○ Withheld as a state secret"),
    "completeness.state.not_provided": ("— 文件没有提供", "— Not in the document"),
    "completeness.state.not_asked": (
        "— 没有（法律没有要求）",
        "— None (not required by law)",
    ),
    "completeness.state.open": ("— 缺少材料，无法核对", "— Cannot be checked for want of data"),
    "completeness.state.missing": ("✕ 缺少", "✕ Missing"),
    "completeness.state.unmet": ("✕ 不符合", "✕ Not met"),
    "completeness.days": ("批复后 {days} 天", "{days} day(s) after the approval"),
    "checks.lead": (
        "网站对文件所印的数字逐项加总核对。数字一律按文件照登；对不上的列在下面，不作改动，"
        "并在页面上的数字旁标有同样的编号（※1）。",
        "The site adds up the printed figures. Figures are always shown as printed; those that do "
        "not agree are listed below and left unchanged. The same number (※1) stands beside the "
        "figure concerned.",
    ),
    "checks.counts": (
        "共核对{total}处，相符{agree}处，不符{differ}处；不符的当中，已说明{explained}处。",
        "Checks: {total}. In agreement: {agree}. Not in agreement: {differ}, of which explained: "
        "{explained}.",
    ),
    "checks.counts.more": (
        "另有内容缺项{count}处，已说明{explained}处。",
        "Missing or incomplete contents: {count}, of which explained: {explained}.",
    ),
    "checks.counts.hints": (
        "另有提示{count}条，已说明{explained}条。",
        "Hints: {count}, of which explained: {explained}.",
    ),
    "checks.incomplete": ("内容缺项", "Missing or incomplete contents"),
    "checks.hints": ("提示：可能的笔误", "Hints: possible slips"),
    "checks.found": ("核对所见", "What was found"),
    "checks.explanation": ("编者说明", "Editors’ explanation"),
    "checks.explained": ("编者说明：{text}", "Editors’ explanation: {text}"),
    "checks.unexplained": ("尚未说明", "Not yet explained"),
    "checks.unexplained.sentence": ("编者尚未说明。", "The editors have not yet explained it."),
    "checks.place": ("看所在处：{page}", "See it on the page: {page}"),
    "checks.mark": (
        "{number} 数据核对未通过：{what}。看核对说明",
        "{number} Data check not passed: {what}. See the explanation",
    ),
    "checks.mark.hint": (
        "{number} 数据核对提示：{what}。看核对说明",
        "{number} Hint of the data checks: {what}. See the explanation",
    ),
    "checks.notice": ("核对提示：{what}。", "Data check: {what}."),
    # for readers; the messages of these codes tell the editors what to write
    "found.C701": ("没有{name}，也没有写明原因", "{name} is not there and nothing says why"),
    "found.C702": ("没有{name}，也没有写明原因", "{name} is not there and nothing says why"),
    "found.C703": ("{name}没有写金额单位", "{name} does not state the unit of its amounts"),
    "found.C704": (
        "没有记录{name}，无法核对是否在批复后二十日内公开",
        "{name} is not recorded, so that nobody can see whether it was published within twenty "
        "days of the approval",
    ),
    "found.C706": (
        "公开日期（{published}）早于批复日期（{approved}）",
        "The date of publication ({published}) is before that of the approval ({approved})",
    ),
    "found.C709": ("{name}是空表，没有说明", "{name} is empty and no note says why"),
    "found.C710": (
        "{name}已经有了，又写成没有公开",
        "{name} is recorded as not given, but it is there",
    ),
    "checks.differ": ("不符的", "Figures that do not agree"),
    "checks.agree": ("相符的", "Figures that agree"),
    "checks.agree.tables": ("表里相符的", "Figures that agree in the tables"),
    "checks.each": ("{table}的各个数", "Each figure of “{table}”"),
    "checks.count": ("相符的个数", "Figures that agree"),
    "checks.none": ("没有不符的数字。", "All figures agree."),
    "checks.what": ("核对内容", "What was checked"),
    "checks.printed": ("文件所印", "Printed"),
    "checks.computed": ("加总所得", "Computed"),
    "checks.difference": ("相差", "Difference"),
    "checks.many": ("{count}个数之和", "Sum of {count} figures"),
    "checks.many.projects": (
        "{count}个项目的预算数之和",
        "Sum of the budgets of {count} projects",
    ),
    "checks.finding": (
        "核对提示：{what}。文件印 {printed}，算得 {computed}，相差 {difference}。",
        "Data check: {what}. Printed {printed}, computed {computed}, difference {difference}.",
    ),
    "check.A401": ("收入总计 = 各来源之和", "Total revenue = sum of its sources"),
    "check.A402": ("收入总计 = 支出总计", "Total revenue = total expenditure"),
    "check.A403": (
        "支出总计 = 基本支出 + 项目支出",
        "Total expenditure = basic + project expenditure",
    ),
    "check.A404": (
        "基本支出 = 人员经费 + 日常公用经费",
        "Basic expenditure = personnel + routine non-personnel",
    ),
    "check.A405": ("机关运行经费 = 各项之和", "Agency operating expenses = sum of their items"),
    "check.A406": ("“三公”经费 = 各项之和", "“Three public” expenses = sum of their items"),
    "check.A407": ("{item} = 其中各项之和", "{item} = sum of its parts"),
    "check.A408": (
        "项目支出 = 各项目预算数之和",
        "Project expenditure = sum of the project budgets",
    ),
    "check.A409": (
        "重点“{item}” = 对应项目之和",
        "Highlight “{item}” = sum of the matching projects",
    ),
    "check.A410": ("预算数 = 各来源之和：{item}", "Budgeted amount = sum of its sources: {item}"),
    "check.A411": (
        "增减总额 = 基本支出增减 + 项目支出增减",
        "Total change = change in basic + change in project expenditure",
    ),
    "check.A412": ("固定资产金额 = 资产表总额", "Fixed assets = total of the asset table"),
    "check.A413": ("资产表总额 = 各项之和", "Total of the asset table = sum of its items"),
    "check.A414": (
        "机关运行经费中的{item} = “三公”经费中的同一项",
        "{item} in operating expenses = in “three public” expenses",
    ),
    "check.A416": (
        "支出总计 = 基本支出 + 项目支出 + 年终结转结余",
        "Total expenditure = basic + project expenditure + year-end carry-over",
    ),
    "check.A415": (
        "成本指标的金额 = 预算数：{item}",
        "Amount of the cost indicator = budgeted amount: {item}",
    ),
    "check.A420": (
        "{item} = 各科目之和",
        "{item} = sum of the headings",
    ),
    "check.A421": (
        "{item} = 基本支出 + 项目支出等各列",
        "{item} = basic + project expenditure and the other kinds",
    ),
    "check.A422": (
        "{item} = 下级科目之和",
        "{item} = sum of the headings below",
    ),
    "check.A423": (
        "{item}：收入总计 = 支出总计",
        "{item}: total revenue = total expenditure",
    ),
    "check.A424": (
        "{item} = 第二部分的总数",
        "{item} = figure of part two",
    ),
    "check.A417": (
        "机关运行经费 = 公用经费（只有行政单位和参公单位）",
        "Agency operating expenses = non-personnel expenditure (administrative bodies only)",
    ),
    "check.A418": ("年度资金总额 = 预算数：{item}", "Funds of the year = budgeted amount: {item}"),
    "check.A419": ("{item}的增减 = 本年 − 基期", "{item}: change = this year − base year"),
    "check.A425": ("{item}的增减 = 本年 − 基期", "{item}: change = this year − base year"),
    "check.A426": (
        "政府采购总额 = 货物 + 工程 + 服务",
        "Total procurement = goods + works + services",
    ),
    "check.A427": (
        "政府采购总额 = 表中各行之和",
        "Total procurement = sum of the rows of the table",
    ),
    "check.A428": (
        "{item}：采购金额合计 = 各项资金之和",
        "{item}: total amount = sum of the funds",
    ),
    "check.A430": ("{item} = 各行之和", "{item} = sum of the rows"),
    "check.A431": ("{item} = 其下各行之和", "{item} = sum of the rows below it"),
    "check.A432": ("{item} = 其中各列之和", "{item} = sum of its columns"),
    "check.A433": ("{item} = 本年数 − 上年数", "{item} = this year − the year before"),
    "check.A434": ("{item} = 两个金额相除", "{item} = the two amounts divided"),
    "check.A435": (
        "{item} = 年初结转和结余 + 本年收入 − 本年支出",
        "{item} = opening carry-over + revenue − expenditure of the year",
    ),
    "check.A436": (
        "{item} = 第四部分的“三公”经费",
        "{item} = “three public” expenses of part four",
    ),
    "check.A437": ("{item} = 第二部分的同一个数", "{item} = the same figure of part two"),
    "check.A438": ("{item} = 另一张表的同一个数", "{item} = the same figure in another table"),
    "check.A439": ("{item} = 项目的预算数", "{item} = budget of the project"),
    "check.A440": ("部门的{item} = 所属各单位之和", "{item} of the department = sum of its units"),
    # editions
    "editions": ("更正与版本", "Editions and changes"),
    "editions.lead": (
        "这份公开发布过的各版，从新到旧：为什么发布，比前一版改了什么。发布过的版本照原样保留，不再改动。",
        "Every published edition of this disclosure, newest first: why it was published and what it"
        " changed. A published edition is kept as it was.",
    ),
    "editions.fact": ("版本", "Edition"),
    "editions.current": ("第 {number} 版，{date}", "Edition {number}, {date}"),
    "editions.current.changed": (
        "第 {number} 版，{date}；此后数据又有改动",
        "Edition {number}, {date}; the data have changed since",
    ),
    "editions.since": (
        "第 {number} 版发布以后，本站的数据又有改动，还没有成为新的一版。",
        "The data of this site have changed since edition {number} was published; the changes are"
        " not a new edition yet.",
    ),
    "editions.since.title": ("第 {number} 版以后的改动", "Changes since edition {number}"),
    "editions.first": ("这是最早的一版。", "This is the first edition."),
    "editions.same": (
        "数据与第 {before} 版没有差别。",
        "The data do not differ from edition {before}.",
    ),
    "editions.changes": (
        "比第 {before} 版改动 {count} 处",
        "Changes from edition {before} ({count})",
    ),
    "editions.figures": ("数字", "Figures"),
    "editions.texts": ("文字", "Texts"),
    "editions.added": ("新增", "Added"),
    "editions.removed": ("删去", "Removed"),
    "editions.order": ("次序有变", "In another order"),
    "editions.more": (
        "另有 {count} 处改动没有列出，见这一版和前一版的数据文件。",
        "Not listed here: {count} more, in the data files of this edition and the one before.",
    ),
    "editions.where": ("位置", "Where"),
    "editions.before": ("原来", "Before"),
    "editions.after": ("改为", "After"),
    "editions.difference": ("相差", "Difference"),
    "editions.json": ("这一版的数据", "Data of this edition"),
    "editions.sha256": ("SHA-256 校验值", "SHA-256"),
    "home.find.editions": ("发布过的版本和每次更正", "Published editions and corrections"),
    # citing, and what changed since an edition
    "cite": ("引用", "Cite this disclosure"),
    "cite.card": ("怎样引用", "How to cite"),
    "cite.lead": (
        "写进文章或论文时，照抄下面一种格式，把 {accessed} 换成您打开网页的日期。",
        "Copy one of these into your text. Where {accessed} stands, write the day on which you saw"
        " the page.",
    ),
    "cite.edition": (
        "这一版的网址和数据不会再变。另存一份 JSON 文件：算出的 SHA-256 相同，就说明一字未改，"
        "哪怕网站已经不在。",
        "The address and the data of this edition never change. Keep the JSON file: its SHA-256"
        " proves that not a byte was altered, even if this site is gone.",
    ),
    "cite.now": (
        "这份公开还没有发布版本，内容可能更正：引用时请写明打开网页的日期，并另存数据文件。",
        "No edition has been published, so the content may still be corrected: say when you saw the"
        " page, and keep a copy of the data.",
    ),
    "cite.relative": (
        "本站未配置网址：下面的网址从网站首页算起，前面请补上浏览器地址栏里本站的网址。",
        "This site has no address configured: the address below starts at the root of the site. Put"
        " the address of the site, as your browser shows it, before it.",
    ),
    "cite.rendering": ("非官方整理版", "unofficial edited rendering"),
    "cite.author": ("责任者", "Author"),
    "cite.title": ("题名", "Title"),
    "cite.platform": ("发布平台", "Published on"),
    "cite.date": ("发布日期", "Date of publication"),
    "cite.address": ("固定网址", "Stable address"),
    "cite.as": ("引用格式", "Cite as"),
    "cite.gbt7714": ("国标格式（GB/T 7714—2025）", "Chinese standard GB/T 7714—2025"),
    "cite.apa": ("APA 第 7 版", "APA, 7th edition"),
    "cite.bibtex": ("BibTeX 格式", "BibTeX"),
    "cite.bibtex.file": (
        "{file}（各版都有，可导入文献管理软件）",
        "{file} (all editions, for reference managers)",
    ),
    "editions.later": (
        "此后到第 {newest} 版改动 {count} 处",
        "Changes since, up to edition {newest} ({count})",
    ),
    "editions.later.kinds": ("其中：{kinds}。", "Of these: {kinds}."),
    "editions.later.kind": ("{kind} {count} 处", "{kind} {count}"),
    "editions.renamed": ("改名或改编码", "Renamed or recoded"),
    "editions.later.same": (
        "此后的改动都已改回：数据与第 {newest} 版没有差别。",
        "Whatever changed since was changed back: the data do not differ from edition {newest}.",
    ),
    "editions.later.next": (
        "此后的改动见{newest}。",
        "What changed since is listed under {newest}.",
    ),
    "editions.later.title": ("第 {number} 版", "edition {number}"),
    "editions.later.more": (
        "另有 {count} 处改动没有列出，见这一版和第 {newest} 版的数据文件。",
        "Not listed here: {count} more, in the data files of this edition and edition {newest}.",
    ),
    "dataset.description": (
        "{name}{year}年{kind}公开的全部数据：收入和支出、法定表格、项目、绩效指标、政府采购、固定资产，"
        "中英文对照，金额照文件所印，可下载 CSV、JSON 等格式。",
        "All data of the {year} {kind} published by {name}: revenue and expenditure, statutory"
        " tables, projects, performance indicators, procurement and fixed assets, in Chinese and"
        " English, amounts as printed, as CSV, JSON and other files.",
    ),
    "downloads.citation": (
        "引用信息（BibTeX）",
        "References to cite (BibTeX)",
    ),
    # downloads
    "downloads.lead": (
        "以下文件与页面同时由同一份数据生成，每个文件都写明来源、版本和许可。"
        "金额照文件所印，旁边另有一列以元为单位的准确数值。",
        "These files are made from the same data as the pages, and each states its source, "
        "edition and licence. Amounts are as printed, with the exact value in yuan beside them.",
    ),
    "downloads.source": ("来源", "Source"),
    "downloads.licence.none": ("本站没有说明", "not stated by this site"),
    "downloads.tables": ("拿来计算的表格", "Tables to calculate with"),
    "downloads.tables.lead": (
        "Excel 工作簿含全部表格；CSV 每表一个文件，UTF-8 编码，可以直接用 Excel 打开，"
        "也便于用程序读取。",
        "The Excel workbook holds all tables; each CSV file holds one, in UTF-8, for Excel and "
        "for programs.",
    ),
    "downloads.whole": ("全部数据（供程序使用）", "All data, for programs"),
    "downloads.whole.lead": (
        "一份公开的全部内容，以及对文件格式的说明。",
        "Everything in the disclosure, and descriptions of the formats.",
    ),
    "downloads.documents": ("阅读和引用", "To read and to cite"),
    "downloads.documents.lead": ("供阅读、存档和引用。", "To read, to file and to refer to."),
    "downloads.holds": ("内有", "Holds"),
    "downloads.count": ("{count} 个文件", "{count} files"),
    "downloads.count.one": ("1 个文件", "1 file"),
    "downloads.rows": ("{count} 行", "{count} rows"),
    "downloads.rows.one": ("1 行", "1 row"),
    "downloads.workbook": ("全部表格（Excel）", "All tables (Excel)"),
    "downloads.workbook.holds": (
        "每表一页，表头冻结、可筛选，第一页是说明",
        "A sheet for each table, with frozen heads and filters; the first says what they are",
    ),
    "downloads.json.holds": (
        "全部表格、文字和译文，中英文在同一个文件",
        "All tables, texts and translations, both languages in one file",
    ),
    "downloads.edition.holds": (
        "登记时的数据，一个字节也不会变",
        "The data as they were recorded; not a byte will change",
    ),
    "downloads.datapackage": ("数据包说明", "Data package"),
    "downloads.datapackage.holds": (
        "每个 CSV 的栏目、类型、校验值，按 Frictionless 和财政数据包规范",
        "Columns, types and checksums of each CSV, as Frictionless and the Fiscal Data Package "
        "define them",
    ),
    "downloads.schema": ("JSON 的格式说明", "Schema of the JSON"),
    "downloads.schema.holds": (
        "JSON 里有哪些键、各是什么，可用来校验",
        "Which keys the JSON has and what they mean, to validate it with",
    ),
    "downloads.print.holds": (
        "全部内容，供打印、存档或另存为 PDF",
        "Everything, to print, to file or to save as a PDF",
    ),
    "downloads.citation.holds": ("供文献管理软件导入", "For reference managers"),
    "downloads.file": ("文件", "File"),
    "downloads.content": ("内容", "Content"),
    "downloads.json": ("全部内容（JSON）", "Everything (JSON)"),
    "downloads.edition": ("第 {number} 版的数据（JSON）", "Data of edition {number} (JSON)"),
    "downloads.print": ("全文打印版", "The whole disclosure on one page, for print"),
    "print.lead": (
        "本页汇集全部内容，供打印或存档。",
        "This page gathers everything, for printing or filing.",
    ),
    # machine readers: Markdown, llms.txt, feeds
    "markdown.site": ("网站", "Site"),
    "markdown.page": ("网页", "Web page"),
    "feed": ("订阅更新（Atom）", "Subscribe to updates (Atom)"),
    "feed.site": (
        "新公开的预算、决算和每次更正，可以用订阅软件接收：",
        "New budgets and final accounts, and every correction, can be followed in a feed reader: ",
    ),
    "feed.department": (
        "这个部门新公开的预算、决算和每次更正，可以用订阅软件接收：",
        "This department’s new budgets, final accounts and corrections can be followed in a feed "
        "reader: ",
    ),
    "feed.subtitle": (
        "新公开的预算、决算和每次更正",
        "New budgets and final accounts, and every correction",
    ),
    "feed.published": ("{name}{title}公开", "{name}: {title} published"),
    "feed.edition": ("{name}{title}：第 {number} 版", "{name}: {title}, edition {number}"),
    "feed.changed": (
        "{where}：由“{before}”改为“{after}”",
        "{where}: from “{before}” to “{after}”",
    ),
    "feed.more": (
        "另有 {count} 处改动，见网页。",
        "Not listed here: {count} more, on the web page.",
    ),
    "llms.reading": ("给程序和语言模型的说明：", "Notes for programs and language models:"),
    "llms.official": (
        "本站由公开预算、决算的单位自己发布。",
        "This site is published by the body that discloses the budgets and final accounts.",
    ),
    "llms.unofficial": (
        "本站是编者整理的非官方版，文字经过改写，与官方公开的文件不一致时以官方文件为准；引用时请注明是"
        "非官方整理版。",
        "This is an unofficial rendering by editors, and the text has been reworded; where it "
        "differs from the published official document, that document prevails. Say so when you "
        "quote it.",
    ),
    "llms.amounts": (
        "金额照文件所印，单位写在数字后面或表题里（万元或元；1 万元 = 10,000 元），"
        "换算前先看单位。",
        "Amounts are as printed. The unit stands beside the figure or in the caption of the table: "
        "CNY, or CNY 10,000 (wan yuan). Look at it before you convert.",
    ),
    "llms.nothing": (
        "“0”、“{blank}”、“{absent}”是三回事，不能互相代替。",
        "“0”, “{blank}” and “{absent}” are three different things; none stands for another.",
    ),
    "llms.checks": (
        "文件里对不上的数照原样保留，“数据核对”页说明差多少；不要自行改正。",
        "Figures that do not add up in the document are kept as they are, and the page of data "
        "checks says by how much they differ. Do not correct them.",
    ),
    "llms.english": (
        "以中文为准；英文版在 {other}。",
        "The Chinese text is the authority; it is at {other}.",
    ),
    "llms.pages": (
        "每个网页（.html）旁边都有同名的 Markdown 文件（.md），内容相同；链接都通向网页，"
        "把 .html 换成 .md 就是 Markdown。",
        "Beside every web page (.html) stands a Markdown file of the same name (.md) with the same "
        "content. Links lead to web pages; put .md for .html to get the Markdown.",
    ),
    "llms.shared": ("各年度通用的页面", "Pages for all departments and years"),
}

_CHINESE_NUMBERS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")


def say(key: str, lang: Lang, /, **values: object) -> str:
    """The text of ``key`` in ``lang``; raises KeyError for an unknown key."""
    found = text(key, lang)
    return found.format(**values) if values else found


def text(key: str, lang: Lang) -> str:
    """The text of ``key`` with its ``{named}`` places as they stand."""
    zh, en = INTERFACE[key]
    return zh if lang == "zh" else en


@cache  # taken apart once: a sentence is said on thousands of pages
def pieces(key: str, lang: Lang) -> tuple[tuple[str, str | None], ...]:
    """The text of ``key`` in pieces: what stands before a named value, and the value's name.

    The name is None after the last value.
    """
    return tuple((before, name) for before, name, _, _ in Formatter().parse(text(key, lang)))


@cache
def of_kind(key: str, kind: str) -> str:
    """``key``, or the key of the text that final accounts have in its place."""
    final = f"{key}.final"
    return final if kind == "final" and final in INTERFACE else key


def of_count(count: int, one: str, many: str) -> str:
    """The key for a number of things: English has a form for one, and all others take the plural.

    The Chinese of the two may be the same: it counts with a measure word.
    """
    return one if count == 1 else many


def part_number(number: int, lang: Lang) -> str:
    """The number of a part: ``七`` or ``7``."""
    return _CHINESE_NUMBERS[number] if lang == "zh" else str(number)
