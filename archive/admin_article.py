"""The admin's form of one article: a field for each of its blocks, with the print beside it.

What differs on saving becomes actions of ``corrections``, so a change here is one page version like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive import store
from archive.corrections import Action, Corrected, Describe, Field, Place, Retext, SupplyHeadline, apply
from archive.desk.access import in_words
from archive.difference import ROLE_WORDS
from archive.errors import BaozangError
from archive.models import Article, Genre, Section
from archive.structure import Article as ArticleValue
from archive.structure import Block, PageStructure, Role, lines_of, visible
from archive.wording import worded


def article_fields(article: Article) -> list[str]:
    """The names of the form's fields, in their order."""
    return list(article_form(article).base_fields)


def article_form(article: Article) -> type[forms.ModelForm]:
    """A form class for this article as it stands now."""
    structure = store.structure_of(article.page)
    value = _of(structure, article.key)
    fields: dict[str, forms.Field] = {}
    if value is not None:
        if not value.having(Role.HEADLINE):
            fields["supplied_headline"] = forms.CharField(
                label=_("补拟标题"),
                required=False,
                max_length=300,
                initial=value.supplied_headline,
                help_text=_("原版没有标题；补拟的标题加方括号显示"),
            )
        for number, block in enumerate(value.blocks):
            fields[f"block_{number}"] = _block_field(block)
        fields["sections"] = forms.ModelMultipleChoiceField(
            Section.objects.all(),
            label=_("主题"),
            required=False,
            to_field_name="slug",
            initial=list(value.sections),
            help_text=_("至多三个"),
        )
        fields["genre"] = forms.ChoiceField(
            label=_("体裁"), choices=Genre.choices, initial=value.genre or Genre.NEWS
        )
        fields["reporters"] = _names_field(_("记者"), value.reporters)
        fields["correspondents"] = _names_field(_("通讯员"), value.correspondents)
        fields["reason"] = forms.CharField(label=_("修改理由"), required=False, max_length=300)
        fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, initial=article.page.version)
    return type("ArticleForm", (_ArticleForm,), fields)


class _ArticleForm(forms.ModelForm):
    """Turns what differs into actions, and the actions into ``corrected`` (None when nothing differs)."""

    corrected: Corrected | None = None

    class Meta:
        model = Article
        fields: Sequence[str] = ()

    def clean_sections(self) -> Any:
        chosen = self.cleaned_data["sections"]
        if len(chosen) > 3:
            raise forms.ValidationError(_("一篇文章至多有三个主题。"))
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors or "based_on" not in cleaned:
            return cleaned
        page = self.instance.page
        if cleaned["based_on"] != page.version:
            raise forms.ValidationError(
                _(
                    "这一版刚被别人改过（现为版本 %(now)s，您从版本 %(then)s 改起）。"
                    "您填写的内容仍在下面，请核对后再保存。"
                ),
                params={"now": page.version, "then": cleaned["based_on"]},
            )
        structure, lines = store.structure_of(page), lines_of(page.dump.text)
        value = _of(structure, self.instance.key)
        if value is None:
            raise forms.ValidationError(_("这篇文章已不在版面上。"))
        try:
            if actions := _actions(value, lines, cleaned):
                self.corrected = apply(structure, lines, actions)
        except BaozangError as error:
            raise forms.ValidationError(in_words(error)) from error
        return cleaned


def _actions(value: ArticleValue, lines: Sequence[str], typed: dict[str, Any]) -> list[Action]:
    """What was typed, as far as it differs from the article."""
    actions: list[Action] = []
    here = _place(value.blocks[0], lines)
    for number, block in enumerate(value.blocks):
        text = " ".join(typed[f"block_{number}"].split("\n")).strip()
        if text != block.current:
            actions.append(Retext(_place(block, lines), "" if text == block.text else text))
    if "supplied_headline" in typed and typed["supplied_headline"] != value.supplied_headline:
        actions.append(SupplyHeadline(here, typed["supplied_headline"]))
    sections = tuple(section.slug for section in typed["sections"])
    if set(sections) != set(value.sections):
        # The first stays the article's section as long as it is chosen.
        ordered = tuple(slug for slug in value.sections if slug in sections)
        ordered += tuple(slug for slug in sections if slug not in ordered)
        actions.append(Describe(here, Field.SECTIONS, ordered))
    if typed["genre"] != (value.genre or Genre.NEWS):
        actions.append(Describe(here, Field.GENRE, (typed["genre"],)))
    for name, field in (("reporters", Field.REPORTERS), ("correspondents", Field.CORRESPONDENTS)):
        names = tuple(typed[name].replace("，", "、").replace(",", "、").split("、")) if typed[name] else ()
        names = tuple(name.strip() for name in names if name.strip())
        if names != getattr(value, name):
            actions.append(Describe(here, field, names))
    return actions


def _of(structure: PageStructure, key: str) -> ArticleValue | None:
    return next((article for article in structure.articles if article.key == key), None)


def _place(block: Block, lines: Sequence[str]) -> Place:
    """The block's first visible character."""
    for span in block.spans:
        for character in visible(lines[span.line - 1]):
            if span.start <= character < span.end:
                return Place(span.line, character)
    raise AssertionError("check() lets no block without a visible character into the store")


def _block_field(block: Block) -> forms.Field:
    long = block.role in (Role.BODY, Role.NOTE)
    return forms.CharField(
        label=worded(ROLE_WORDS[block.role]),
        initial=block.current,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": max(2, len(block.current) // 60 + 1), "cols": 90})
        if long
        else forms.TextInput(attrs={"size": 70}),
        help_text=_("原文：%(print)s") % {"print": block.text} if block.edited is not None else "",
    )


def _names_field(label: Any, names: Sequence[str]) -> forms.CharField:
    return forms.CharField(
        label=label, initial="、".join(names), required=False, max_length=300, help_text=_("用顿号隔开")
    )
