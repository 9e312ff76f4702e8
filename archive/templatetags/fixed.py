"""What is the same on every page, rendered once."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class FixedNode(template.Node):
    """Keeps what it rendered, by language, by where the site is mounted, and by the values that it was told of."""

    def __init__(self, nodelist: NodeList, values: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self._rendered: dict[tuple[str, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {value.token: value.resolve(context) for value in self.values}
        key = (get_language() or "", get_script_prefix(), *map(str, values.values()))
        if key not in self._rendered:
            self._rendered[key] = self.nodelist.render(context.new(values))
        return self._rendered[key]


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """``{% fixed site_name %}…{% endfixed %}``: labels and addresses that depend on the language and on the named
    settings alone. No other variable can be seen in it, so nothing of one reader's page comes into another's."""
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist, [parser.compile_filter(name) for name in token.split_contents()[1:]])
