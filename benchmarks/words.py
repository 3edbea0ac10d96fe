"""The words of the invented city: bureaus, what they do, places. All names are fictitious.

Every entry is Chinese and English. Names of places are put together from two lists, so that there
are enough of them for any number of projects and no real place is meant.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Work:
    """What a project does. ``code``: of the functional classification; ``unit``: as printed."""

    code: str
    zh: str
    en: str
    unit: str
    unit_en: str


@dataclass(frozen=True, slots=True)
class Bureau:
    """A kind of bureau. ``running``: the item that its own running costs are charged to."""

    slug: str
    zh: str
    en: str
    running: str
    works: tuple[Work, ...]


UNITS = {
    "个": "",
    "家": "enterprises",
    "次": "times",
    "户": "households",
    "人": "persons",
    "人次": "person-times",
    "项": "items",
    "台": "units",
    "辆": "vehicles",
}


def _bureau(slug: str, zh: str, en: str, running: str, works: str) -> Bureau:
    """``works``: a line each, ``code|unit|Chinese|English``."""
    parts = (line.strip().split("|") for line in works.strip().splitlines())
    return Bureau(
        slug,
        zh,
        en,
        running,
        tuple(Work(code, zh, en, unit, UNITS[unit]) for code, unit, zh, en in parts),
    )


BUREAUS = (
    _bureau(
        "education",
        "教育局",
        "Education Bureau",
        "2050101",
        """2050201|个|公办幼儿园新增学位建设|additional public kindergarten places
        2050202|个|小学校舍加固改造|reinforcement of primary school buildings
        2050203|个|初中理化生实验室更新|renewal of junior secondary school laboratories
        2050204|人|普通高中国家助学金|state grants for senior secondary students
        2050202|人|义务教育家庭经济困难学生生活补助|living subsidies for pupils from poor families
        2050701|人|特殊教育送教上门|home teaching for disabled children
        2050299|人次|乡村教师培训|training of rural teachers
        2050299|个|智慧校园网络建设|campus networks for digital teaching
        2059999|个|中小学食堂设备购置|kitchen equipment for school canteens
        2050299|次|青少年体育艺术展演|sports and arts festivals for young people""",
    ),
    _bureau(
        "health",
        "卫生健康局",
        "Health Bureau",
        "2100101",
        """2100302|个|乡镇卫生院标准化建设|standardisation of township health centres
        2100301|个|社区卫生服务站设备更新|renewal of equipment in community health stations
        2100408|人次|基本公共卫生服务|basic public health services
        2100409|人次|农村妇女“两癌”筛查|screening of rural women for breast and cervical cancer
        2100401|人次|免疫规划疫苗接种|vaccination under the immunisation programme
        2100403|人|孕产妇健康管理|health care for pregnant women
        2100717|户|计划生育家庭奖励扶助|support for families under the family planning policy
        2100499|次|突发公共卫生事件应急演练|drills for public health emergencies
        2100399|人|村医养老补助|pension subsidies for village doctors
        2109999|项|县域医共体信息化|information systems of the county medical alliance""",
    ),
    _bureau(
        "civil-affairs",
        "民政局",
        "Civil Affairs Bureau",
        "2080201",
        """2081006|个|居家社区养老服务中心运营|running of home and community elderly-care centres
        2081002|人|高龄老人津贴|allowances for the very old
        2081902|户|农村最低生活保障|rural minimum living allowances
        2081901|户|城市最低生活保障|urban minimum living allowances
        2081107|人|困难残疾人生活补贴|living subsidies for poor disabled persons
        2082001|人次|困难群众临时救助|temporary assistance for people in difficulty
        2081001|人|孤儿和事实无人抚养儿童基本生活费|basic living costs of orphaned children
        2081004|个|公益性公墓建设|construction of public cemeteries
        2080206|家|社会组织孵化扶持|support for new social organisations
        2080207|个|地名标志设置维护|signs with place names""",
    ),
    _bureau(
        "housing-construction",
        "住房和城乡建设局",
        "Housing and Construction Bureau",
        "2120101",
        """2120803|户|老旧小区改造|renovation of old residential compounds
        2120803|个|市政道路和管网配套|municipal roads and pipe networks
        2120399|个|路灯节能改造|energy-saving street lamps
        2120501|个|生活垃圾分类站点建设|stations for sorting household waste
        2120501|辆|环卫作业车辆购置|vehicles for street cleaning
        2120303|个|小城镇污水处理设施|sewage treatment in small towns
        2120104|次|违法建设整治|action against illegal construction
        2120106|项|建筑工程质量安全监督抽检|inspection of the quality and safety of building works
        2120804|户|农村危房改造|renovation of dilapidated rural houses
        2129999|个|口袋公园绿化提升|planting of pocket parks""",
    ),
    _bureau(
        "agriculture-water",
        "农业农村和水利局",
        "Agriculture and Water Bureau",
        "2130101",
        """2130122|户|设施蔬菜产业发展|greenhouse vegetable farming
        2130108|次|重大动物疫病防控|control of major animal diseases
        2130109|次|农产品质量安全监测|monitoring of the quality and safety of farm produce
        2130126|户|农村户用厕所改造|renovation of rural household toilets
        2130305|个|小型水库除险加固|reinforcement of small reservoirs
        2130316|户|农村饮水安全巩固提升|safer drinking water in villages
        2130314|次|山洪灾害防御和防汛物资储备|flood protection and flood relief stores
        2130310|个|小流域水土保持治理|soil and water conservation in small catchments
        2130504|个|乡村振兴产业路建设|roads for rural revitalisation
        2130701|个|村级公益事业奖补|grants for public works of villages""",
    ),
    _bureau(
        "culture-tourism",
        "文化和旅游局",
        "Culture and Tourism Bureau",
        "2070101",
        """2070104|人次|公共图书馆免费开放|free admission to public libraries
        2070109|个|乡镇综合文化站设备更新|equipment of township cultural stations
        2070108|次|群众文化惠民演出|free performances for the public
        2070204|个|文物保护单位修缮|repair of protected monuments
        2070205|人次|博物馆陈列展览提升|better exhibitions in museums
        2070307|个|公共体育场馆维护|maintenance of public sports halls
        2070308|次|全民健身活动|mass sports events
        2070113|次|文化旅游宣传推广|promotion of culture and tourism
        2070112|次|文化市场执法检查|inspections of the cultural market
        2070111|项|非物质文化遗产保护传承|protection of the intangible cultural heritage""",
    ),
    _bureau(
        "economy-technology",
        "经济和科技发展局",
        "Economy and Technology Bureau",
        "2150501",
        """2150517|家|重点产业扶持|support for key industries
        2150805|家|中小企业服务券|service vouchers for small and medium-sized enterprises
        2060404|项|科技成果转化奖补|awards for putting research results to use
        2060502|个|企业研发平台建设|research and development platforms of enterprises
        2110301|户|清洁能源取暖和型煤配送|clean heating and delivery of briquettes
        2011308|次|招商引资和项目集中开工观摩|investment promotion and launches of projects
        2150599|家|工业企业两化融合诊断|advice on the integration of IT and industry
        2150517|个|产业园区公共服务平台|public service platforms of industrial parks
        2150599|次|规上企业经济运行监测|monitoring of enterprises above the designated size
        2150805|家|专精特新企业培育|cultivation of specialised and innovative enterprises""",
    ),
)

DISTRICTS = (
    Said("云栖区", "Yunqi District"),
    Said("松涧区", "Songjian District"),
    Said("临湖县", "Linhu County"),
    Said("望岭县", "Wangling County"),
    Said("平沙区", "Pingsha District"),
    Said("白鹭区", "Bailu District"),
    Said("长荻县", "Changdi County"),
    Said("碧溪县", "Bixi County"),
    Said("荷渡区", "Hedu District"),
)

_FIRST = (
    "青 Qing|柳 Liu|石 Shi|枫 Feng|杏 Xing|梅 Mei|竹 Zhu|桃 Tao|兰 Lan|槐 Huai|榆 Yu|桂 Gui|"
    "莲 Lian|金 Jin|银 Yin|瑞 Rui|龙 Long|雁 Yan|鹤 He|双 Shuang"
)
_SECOND = (
    "河 he|山 shan|泉 quan|桥 qiao|湾 wan|坪 ping|岭 ling|溪 xi|川 chuan|源 yuan|滩 tan|台 tai|"
    "岗 gang|浦 pu|塘 tang|洲 zhou"
)


def _names() -> tuple[Said, ...]:
    first = [Said(*each.split()) for each in _FIRST.split("|")]
    second = [Said(*each.split()) for each in _SECOND.split("|")]
    pairs = ((n % len(first), (n + n // len(first)) % len(second)) for n in range(320))
    return tuple(Said(first[a].zh + second[b].zh, first[a].en + second[b].en) for a, b in pairs)


NAMES = _names()
TOWNS = 12
"""Towns of a district. The names after those of all districts' towns are left for villages."""
VILLAGES = NAMES[len(DISTRICTS) * TOWNS :]
KINDS_OF_PLACE = (Said("村", "Village"), Said("社区", "Community"))


def place(district: int, number: int) -> Said:
    """The ``number``-th place of a district: a village or community of one of its towns."""
    town = NAMES[district * TOWNS + number % TOWNS]
    village = VILLAGES[(number // TOWNS + 31 * (number % TOWNS)) % len(VILLAGES)]
    kind = KINDS_OF_PLACE[number % len(KINDS_OF_PLACE)]
    return Said(f"{town.zh}镇{village.zh}{kind.zh}", f"{village.en} {kind.en}, {town.en} Town")
