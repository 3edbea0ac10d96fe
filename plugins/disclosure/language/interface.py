"""What the site itself says, in both languages. Chinese first: it is the authority.

Texts may hold ``{named}`` values. A test keeps the two languages complete and the keys in use.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "footer": ("页脚", "Footer"),
    "header": ("页眉", "Header"),
    "navigation": ("导航", "Navigation"),
    "print": ("打印版", "Print version"),
    "edit": ("本页数据文件", "Data file of this page"),
    "text.150": ("放大文字并增强对比", "Larger text, more contrast"),
    "text.200": ("再放大文字", "Largest text"),
    "text.100": ("恢复标准文字", "Standard text"),
    "scheme.light": ("切换到浅色", "Switch to light mode"),
    "scheme.dark": ("切换到深色", "Switch to dark mode"),
    "scheme.auto": ("跟随系统明暗", "Follow the system’s light or dark mode"),
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
    "publisher.icp": ("ICP备案号", "ICP filing number"),
    "publisher.police": ("公安备案号", "Public security filing number"),
    "publisher.site_code": ("网站标识码", "Government site code"),
    "licence": ("许可", "Licence"),
    "not_found.title": ("没有找到这个页面", "Page not found"),
    "not_found.text": (
        "地址可能有误，或页面已经移动。请从首页查找。",
        "The address may be wrong or the page may have moved. Please start from the home page.",
    ),
    "fold": ("展开查看", "Show all"),
    "permalink": ("本节链接", "Link to this section"),
    "close": ("关闭", "Close"),
    "label.colon": ("：", ": "),
    "parenthesis": ("（{text}）", "({text})"),
    "untranslated": ("未译", "not yet translated"),
    "inference": ("编者判断", "Editors’ inference"),
    # navigation
    "home": ("首页", "Home"),
    "department": ("部门", "Department"),
    "departments": ("部门与年度", "Departments and years"),
    "overview": ("概览", "Overview"),
    "parts": ("十一个部分", "The eleven parts"),
    "glossary": ("名词解释", "Glossary"),
    "policies": ("政策文件", "Policy documents"),
    "tables": ("公开表格", "Statutory tables"),
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
    "overview.document": ("文件标题", "Title of the document"),
    "record.index_number": ("索引号", "Index number"),
    "record.document_number": ("文号", "Document number"),
    "record.issuer": ("发布机构", "Issuing body"),
    "record.validity": ("有效性", "Validity"),
    "record.issued": ("成文日期", "Date of the document"),
    "record.approved": ("批复日期", "Date of approval"),
    "record.published": ("公开日期", "Date of publication"),
    "years": ("其他年度", "Other years"),
    "years.table": ("与{year}年对照", "Compared with {year}"),
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
    "overview.more": ("核对与下载", "Checks and downloads"),
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
    "projects.table": ("项目一览", "List of projects"),
    "projects.number": ("序号", "No."),
    "projects.by_amount": ("按金额看", "By amount"),
    "project.table": ("{name}绩效目标表", "Performance objectives table: {name}"),
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
    "project.facts": ("项目概况", "Project at a glance"),
    "project.basis": ("依据的文件", "Documents it rests on"),
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
    "policies.unused": ("仅在文字中提到", "Mentioned in the text only"),
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
    "checks.none": ("没有不符的数字。", "All figures agree."),
    "checks.what": ("核对内容", "What was checked"),
    "checks.printed": ("文件所印", "Printed"),
    "checks.computed": ("加总所得", "Computed"),
    "checks.difference": ("相差", "Difference"),
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
    # downloads
    "downloads.lead": (
        "以下文件与页面同时由同一份数据生成。CSV 可直接用 Excel 打开（UTF-8），金额照文件所印。",
        "These files are made from the same data as the pages. CSV files open in Excel (UTF-8); "
        "amounts are as printed.",
    ),
    "downloads.file": ("文件", "File"),
    "downloads.content": ("内容", "Content"),
    "downloads.budget": (
        "收入、支出、机关运行经费和“三公”经费",
        "Revenue, expenditure, operating and “three public” expenses",
    ),
    "downloads.projects": ("项目一览", "List of projects"),
    "downloads.indicators": ("全部绩效指标", "All performance indicators"),
    "downloads.assets": ("固定资产表", "Fixed assets table"),
    "downloads.glossary": ("名词解释", "Glossary"),
    "downloads.json": ("以上全部（JSON）", "All of the above (JSON)"),
    "downloads.print": ("全文打印版", "The whole disclosure on one page, for print"),
    "print.lead": (
        "本页汇集全部内容，供打印或存档。",
        "This page gathers everything, for printing or filing.",
    ),
}

_CHINESE_NUMBERS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")


def say(key: str, lang: Lang, /, **values: object) -> str:
    """The text of ``key`` in ``lang``; raises KeyError for an unknown key."""
    zh, en = INTERFACE[key]
    text = zh if lang == "zh" else en
    return text.format(**values) if values else text


def of_kind(key: str, kind: str) -> str:
    """``key``, or the key of the text that final accounts have in its place."""
    final = f"{key}.final"
    return final if kind == "final" and final in INTERFACE else key


def part_number(number: int, lang: Lang) -> str:
    """The number of a part: ``七`` or ``7``."""
    return _CHINESE_NUMBERS[number] if lang == "zh" else str(number)
