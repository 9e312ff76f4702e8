"""What a desk form carries: the actions so far and those undone.

The server keeps nothing between two posts. Every form brings the whole list of unsaved actions along, so the desk works
without JavaScript, and undo is to drop the last action.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.http import QueryDict

from archive.corrections import Action, Place, actions_from_json, to_json
from archive.errors import CorrectionError
from archive.saying import say


@dataclass(frozen=True, slots=True)
class Session:
    """Unsaved work on a page: ``based_on`` is the version it began from."""

    based_on: int
    actions: tuple[Action, ...] = ()
    undone: tuple[Action, ...] = ()
    doubt: int = 0
    open: str = ""  # the form that is open: article, text or facts
    open_at: Place | None = None
    reason: str = ""

    @property
    def actions_json(self) -> str:
        return json.dumps([to_json(action) for action in self.actions], ensure_ascii=False)

    @property
    def undone_json(self) -> str:
        return json.dumps([to_json(action) for action in self.undone], ensure_ascii=False)

    def doing(self, *actions: Action) -> Session:
        """With these actions done as well; what was undone can't be redone any more."""
        return replace(self, actions=(*self.actions, *actions), undone=(), open="", open_at=None)

    def undo(self) -> Session:
        """Without the last action."""
        if not self.actions:
            return self
        return replace(
            self, actions=self.actions[:-1], undone=(*self.undone, self.actions[-1]), open="", open_at=None
        )

    def redo(self) -> Session:
        """With the action that was undone last."""
        if not self.undone:
            return self
        return replace(self, actions=(*self.actions, self.undone[-1]), undone=self.undone[:-1])


def read_session(post: QueryDict) -> Session:
    """The session that a form brings. Raises CorrectionError when it is not of the desk's making."""
    return Session(
        based_on=whole_number(post.get("based_on")),
        actions=actions_from_json(read_json(post.get("actions", "[]"))),
        undone=actions_from_json(read_json(post.get("undone", "[]"))),
        doubt=whole_number(post.get("doubt", "0")),
        open=post.get("open", "")[:10],
        open_at=read_place(post.get("open_at", "")),
        reason=post.get("reason", "").strip()[:300],
    )


def read_place(text: str) -> Place | None:
    """A place as ``39,0``; None when it is none."""
    line, comma, character = text.partition(",")
    if comma and line.isdecimal() and character.isdecimal() and len(text) < 20:
        return Place(int(line), int(character))
    return None


def whole_number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def read_json(text: str) -> object:
    """What a form field holds as JSON. Raises CorrectionError for what is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CorrectionError(say("操作"), say("无法识别"), say("请刷新页面再试。")) from error
