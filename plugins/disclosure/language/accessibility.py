"""What the accessibility statement says, in both languages. Chinese first.

Only what was done stands here. Whoever changes how the pages look or behave runs the tests again
and brings this text, its date and its version up to date; a test compares the version.
"""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model.fields import Lang

TESTED_VERSION = "0.1.0"
"""The version of this software that the tests were made for."""

TESTED_ON = "2026-11-23"
"""The day of the tests (ISO 8601)."""

ACCESSIBILITY: Mapping[str, tuple[str, str]] = {
    "lead": (
        "本站希望每个人都能读：看不清、不用鼠标、用读屏软件、用便宜手机的人都一样。"
        "这里如实写明做了什么、怎样检查过、还有哪些不足。",
        "This site is meant for everybody: for people who see poorly, who use no mouse, who listen "
        "to a screen reader or who have a cheap phone. This page says what has been done, how it "
        "was checked and what is still wanting.",
    ),
    "aim": ("目标", "What we aim at"),
    "aim.standard": (
        "目标是达到《Web内容无障碍指南》（WCAG）2.2的AA级。我们自己检查了一部分，没有经过第三方评定。",
        "The aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. We have "
        "tested this in part ourselves; nobody else has assessed it.",
    ),
    "helps": ("可以这样读", "Ways to read"),
    "machine": ("用程序检查过的", "Tested by machine"),
    "machine.lead": (
        "下面的检查由程序完成，用的是软件自带的两个网站；除另有说明外，浏览器是Chromium。"
        "程序能找出许多问题，但不能证明页面好用。",
        "These tests are run by programs on the two sites that come with the software, in the "
        "Chromium browser where nothing else is said. Programs find many faults; they do not prove "
        "that a page is easy to use.",
    ),
    "hand": ("由人看过的", "Looked at by hand"),
    "limits": ("已知的不足", "Known limits"),
    "report": ("遇到困难怎么办", "If you meet a difficulty"),
    "report.contact": (
        "请告诉本站的发布者：{contact}。请写明网页地址、您用的设备和软件、遇到了什么困难。",
        "Please tell the publisher of this site: {contact}. Say which page it was, which device "
        "and software you use, and what the difficulty is.",
    ),
    "report.organiser": ("本站主办单位：{organiser}。", "Organiser of this site: {organiser}."),
    "report.none": (
        "本站的发布者没有留下联系方式。",
        "The publisher of this site has given no contact details.",
    ),
    "report.text": (
        "看不了网页时，可以用{downloads}里的数据文件，或者{print}。",
        "If a page does not work for you, try the data files under {downloads}, or the {print}.",
    ),
    "made": ("这份说明", "About this statement"),
    "made.version": (
        "检查的是生成本站的软件mkdocs-disclosure {version}版，日期{date}。"
        "本站的发布者另行添加或改动的页面，不在这份说明之内。",
        "The tests were made on {date} for version {version} of mkdocs-disclosure, the software "
        "that makes this site. Pages that the publisher of this site has added or changed are not "
        "covered.",
    ),
}

Texts = tuple[tuple[str, str], ...]

HELPS: Texts = (
    (
        "大字：按页面上方的“{text}”，文字放大到一倍半，再按到两倍，第三次恢复，同时增强对比。"
        "选择记在您的设备上，不会发送出去。",
        "Large text: “{text}” at the top sets text to one and a half times its size, a second "
        "press to twice, a third to standard again, with more contrast. The choice is kept on your "
        "device and sent nowhere.",
    ),
    (
        "深色：按明暗按钮选择浅色、深色或跟随系统；宽屏上它在页面上方，手机上在目录的末尾。"
        "系统里的“高对比”和“减少动态效果”也照办。",
        "Dark mode: a button goes on from light to dark and to what the system says; it stands at "
        "the top of a wide screen, on a phone at the end of the menu. High contrast and reduced "
        "motion, where the system asks for them, are followed too.",
    ),
    (
        "键盘：按Tab键逐个移动，回车键打开，Esc键关闭目录、名词解释和搜索。第一个链接“{skip}”跳过页面上方。",
        "Keyboard: Tab moves on, Enter opens, Escape closes the menu, a definition or the search. "
        "The first link, “{skip}”, passes over the top of the page.",
    ),
    (
        "关掉脚本也能读：正文、表格、链接和名词解释都在，目录也能打开。"
        "只是没有搜索、大字和明暗按钮，可以用浏览器自己的放大（Ctrl和加号）。",
        "Without script: text, tables, links and definitions are all there, and the menu opens. "
        "The search and the buttons for large text and dark mode are missing; the browser’s own "
        "zoom (Ctrl and +) does instead.",
    ),
)
"""How a reader can make the pages fit."""

MACHINE: Texts = (
    (
        "两种语言的每一页：用axe-core 4.14检查WCAG 2.0至2.2的A级和AA级规则，"
        "在宽360像素的手机上，浅色、深色和两倍大字各查一遍；大字时另查对比度7:1。"
        "每一种页面在宽1280像素的电脑上也查过。",
        "Every page in both languages: the rules of axe-core 4.14 for WCAG 2.0 to "
        "2.2, levels A and AA, on a phone 360 pixels wide, in light, in dark and with text at "
        "twice its size, with large text a contrast of 7:1 as well; every kind of page also on a "
        "desktop of 1280 pixels.",
    ),
    (
        "不用左右移动页面：宽320像素时，以及文字放大到一倍半和两倍时。表格在自己的框里移动的除外。",
        "No sideways scrolling of the page: at 320 pixels, and with text at one and a half times "
        "and twice its size; tables that move within their own frame excepted.",
    ),
    (
        "把字距、行距按WCAG 1.4.12加大以后，没有文字被切掉。",
        "With the text spacing of WCAG 1.4.12 no text is cut off.",
    ),
    (
        "每一种页面用Tab键走一遍，两种语言，手机和电脑，标准文字和两倍大字："
        "每个按钮和链接都到得了，看得出现在在哪里，不被上方的横条挡住。",
        "One page of every kind gone through with the Tab key, in both languages, on phone and "
        "desktop, with standard text and twice its size: every control is reached, shows that it "
        "has the focus, and is not hidden under the bar at the top.",
    ),
    (
        "搜索、名词解释和目录打开时，也用axe-core检查过。",
        "The search, a definition and the menu were checked with axe-core while open.",
    ),
    (
        "读者常做的事，程序也在Firefox和WebKit（Safari的内核）里各做了一遍，两种语言，手机和电脑的宽度："
        "找项目、搜索、看名词解释、切换语言、放大文字、换明暗、开目录，用鼠标也只用键盘。",
        "What readers do was done by program in Firefox and in WebKit (the engine of Safari) too, "
        "in both languages, as wide as a phone and as a desktop: find a project, search, open a "
        "definition, change the language, enlarge the text, choose light or dark, open the menu, "
        "with a mouse and with the keyboard alone.",
    ),
)
"""What was tested by a program, in Chromium where nothing else is said."""

HAND: Texts = (
    (
        "看过首页、项目、预算总体情况等页面的截图：手机和电脑、中文和英文、浅色和深色、标准文字和两倍大字。",
        "Screenshots of the home page, projects, the overall budget and others were looked at: "
        "phone and desktop, Chinese and English, light and dark, standard text and twice its size.",
    ),
    (
        "按程序走出的先后次序，看过键盘移动的顺序是否合理。",
        "The order in which the keyboard moves was judged from what the program walked through.",
    ),
)
"""What was looked at."""

LIMITS: Texts = (
    (
        "没有用真正的读屏软件（例如NVDA、旁白、保益悦听）试读过。",
        "No real screen reader (such as NVDA or VoiceOver) has been used on the pages.",
    ),
    (
        "没有请残障人士试用过，也没有在真实的手机上或用语音控制试过。",
        "No people with disabilities have tried the pages, and they have not been tried on a real "
        "phone or with voice control.",
    ),
    (
        "没有按国家标准GB/T 37668-2019逐条检查。",
        "They have not been checked item by item against the national standard GB/T 37668-2019.",
    ),
    (
        "列数多的表格要在自己的框里左右移动，可以用键盘的方向键。",
        "Tables of many columns move sideways within their own frame; the arrow keys move them.",
    ),
    (
        "文字放大到两倍时，页面最上方的横条只放大到1.25倍，好让它不占满屏幕；浏览器自己的放大不受此限。",
        "With text at twice its size the bar at the top grows only to 1.25 times, so as not to "
        "fill the screen; the browser’s own zoom is not limited.",
    ),
    (
        "表中的文字照官方文件，可能冗长、难懂。还没有英文的地方显示中文，并标明未译。",
        "Text in tables is that of the official document and can be long and hard to read. Where "
        "there is no English yet, the Chinese is shown and marked as such.",
    ),
    (
        "没有手语，也没有朗读按钮；可以用浏览器或系统自带的朗读。",
        "There is no sign language and no button that reads aloud; the reading functions of "
        "browser and system can be used.",
    ),
)


def statement_text(key: str, lang: Lang) -> str:
    """The text of ``key`` in ``lang``; raises KeyError for an unknown key."""
    zh, en = ACCESSIBILITY[key]
    return zh if lang == "zh" else en
