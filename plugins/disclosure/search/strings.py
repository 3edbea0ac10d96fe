"""The words of the search dialog. ``search.js`` receives one language of them as ``strings``.

``{count}``, ``{shown}`` and ``{query}`` are filled in by the script. The filter of a facet ``x``
uses ``filter_x`` (its label) and ``all_x`` (its first choice); without them, the facet's name.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["SEARCH_STRINGS"]

SEARCH_STRINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zh": MappingProxyType(
            {
                "title": "搜索",
                "label": "搜索内容",
                "placeholder": "项目名称、编码、文号或文字",
                "close": "关闭搜索",
                "hint": "不用分词，直接输入要找的文字。项目编码输入四位以上即可；"
                "用空格隔开的几个词都要出现。",
                "loading": "正在搜索…",
                "none": "没有内容包含“{query}”。请检查错字，或换一个更短的词。",
                "none_filtered": "按所选条件，没有内容包含“{query}”。",
                "one": "找到 1 条结果。",
                "many": "找到 {count} 条结果。",
                "some": "找到 {count} 条结果，显示前 {shown} 条。",
                "about": "找到约 {count} 条结果，显示前 {shown} 条。",
                "more": "显示更多结果",
                "results": "搜索结果",
                "failed": "搜索数据没有加载成功，请检查网络后重试。",
                "stale": "网站内容刚刚更新，请刷新页面后再搜索。",
                "retry": "重试",
                "filters": "筛选",
                "filter_department": "部门",
                "filter_year": "年度",
                "filter_kind": "类型",
                "all_department": "全部部门",
                "all_year": "全部年度",
                "filter_document": "预决算",
                "all_kind": "全部类型",
                "all_document": "预算和决算",
                "value_count": "{value}（{count}）",
                "clear": "清除筛选",
            }
        ),
        "en": MappingProxyType(
            {
                "title": "Search",
                "label": "Search for",
                "placeholder": "Project, code, document number or words",
                "close": "Close search",
                "hint": "Type words, a project code (four or more characters of it) or a document "
                "number. All the words must occur; put a phrase in quotation marks.",
                "loading": "Searching…",
                "none": "Nothing contains “{query}”. Check the spelling or try fewer words.",
                "none_filtered": "Nothing contains “{query}” with these filters.",
                "one": "1 result.",
                "many": "{count} results.",
                "some": "{count} results, showing the first {shown}.",
                "about": "About {count} results, showing the first {shown}.",
                "more": "Show more results",
                "results": "Search results",
                "failed": "The search data could not be loaded. Check the connection and "
                "try again.",
                "stale": "The site has just been updated. Reload the page and search again.",
                "retry": "Try again",
                "filters": "Filters",
                "filter_department": "Department",
                "filter_year": "Year",
                "filter_kind": "Type",
                "all_department": "All departments",
                "all_year": "All years",
                "filter_document": "Budget or accounts",
                "all_kind": "All types",
                "all_document": "Budgets and accounts",
                "value_count": "{value} ({count})",
                "clear": "Clear filters",
            }
        ),
    }
)
