"""Messages that a bot might send, one of every kind, for the phone page to show."""

from __future__ import annotations

from typing import Any

LONG_JA = "燃やせるごみは、決められた日の朝八時までに、お住まいの地区の集積所に出してください。" * 2
LONG_EN = "Please put out burnable rubbish at your collection point by eight in the morning on the day. " * 2
INJECTION = "<img src=x onerror=\"document.title='broken'\"></script><script>document.title='broken'</script>"


def text(words: str, size: str = "md", **more: Any) -> dict[str, Any]:
    """A Flex text that wraps and grows with the reader's letters."""
    return {"type": "text", "text": words, "size": size, "wrap": True, "scaling": True, **more}


def button(label: str, style: str = "link", **action: Any) -> dict[str, Any]:
    """A Flex button; without an action it sends its label."""
    action = action or {"type": "message", "text": label}
    return {
        "type": "button",
        "style": style,
        "scaling": True,
        "height": "sm",
        "action": {"label": label, **action},
    }


def box(layout: str, *contents: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Flex box."""
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def flex(contents: dict[str, Any], alt: str = "ごみの日") -> dict[str, Any]:
    """A Flex message."""
    return {"type": "flex", "altText": alt, "contents": contents}


def bubble(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A bubble with this body."""
    return {"type": "bubble", "body": box("vertical", *body, spacing="md"), **more}


def quick(message: dict[str, Any], *actions: dict[str, Any]) -> dict[str, Any]:
    """The message with these quick replies."""
    return {**message, "quickReply": {"items": [{"type": "action", "action": action} for action in actions]}}


ANSWER = bubble(
    box(
        "horizontal",
        box(
            "vertical",
            text("燃", color="#FFFFFF", weight="bold", align="center"),
            width="44px",
            height="44px",
            backgroundColor="#B3261E",
            cornerRadius="xxl",
            justifyContent="center",
            flex=0,
        ),
        text("燃やせるごみ", "xl", weight="bold", gravity="center"),
        spacing="lg",
    ),
    text(LONG_JA),
    {"type": "separator", "margin": "lg"},
    box(
        "baseline",
        text("出す日", "sm", color="#555555", flex=2),
        text("火曜日と金曜日", weight="bold", flex=5),
        spacing="sm",
    ),
    box("baseline", text("時間", "sm", color="#555555", flex=2), text("朝8時まで", flex=5), spacing="sm"),
    header=box("vertical", text("出し方の答え", "sm", color="#FFFFFF", weight="bold"), paddingAll="md"),
    styles={"header": {"backgroundColor": "#1F3F8F"}, "footer": {"separator": True}},
    footer=box(
        "vertical",
        button("地区を選ぶ", "primary", type="postback", data="area=1", displayText="地区を選びます")
        | {"color": "#1F3F8F"},
        button("ほかの品目", "secondary"),
        button("市のページ", type="uri", uri="https://example.com/garbage"),
        spacing="sm",
    ),
)

EVERYTHING = bubble(
    {
        "type": "text",
        "contents": [
            {"type": "span", "text": "太字 ", "weight": "bold", "color": "#B3261E"},
            {"type": "span", "text": "取り消し", "decoration": "line-through"},
        ],
    },
    text("三行で切る文。" * 20, maxLines=3, lineSpacing="6px", style="italic"),
    box(
        "horizontal",
        text("左"),
        {"type": "filler"},
        text("右", align="end"),
        borderColor="#1F3F8F",
        borderWidth="normal",
        cornerRadius="md",
        paddingAll="sm",
    ),
    box(
        "baseline", {"type": "icon", "url": "https://example.com/star.png"}, text("印のある行"), spacing="sm"
    ),
    {"type": "image", "url": "https://example.com/picture.png", "size": "full", "aspectRatio": "3:1"},
    box(
        "vertical",
        text("右上", position="absolute", offsetTop="4px", offsetEnd="8px"),
        height="48px",
        backgroundColor="#E2E8EF",
    ),
    {"type": "separator"},
    button("日を選ぶ", type="datetimepicker", data="day", mode="date", initial="2026-12-01"),
    button("写す", type="clipboard", clipboardText="088"),
    button("電話", type="uri", uri="tel:0886215111"),
    hero={
        "type": "image",
        "url": "https://example.com/hero.png",
        "size": "full",
        "aspectRatio": "20:9",
        "aspectMode": "cover",
    },
    size="giga",
)

CAROUSEL = {
    "type": "carousel",
    "contents": [
        bubble(
            text(f"{n}つ目の品目", "lg", weight="bold"),
            text(LONG_EN if n == 2 else "集積所に出します。"),
            footer=box("vertical", button("詳しく", "primary")),
            size="kilo",
        )
        for n in (1, 2, 3)
    ],
}

CUT = bubble(
    text("長い名前のボタン", weight="bold"),
    button("この名前はとても長いのでひとつの行には決して入り切らない四十文字のボタン名前の例"),
    button("A button with a label of forty character", "primary"),
)

TEMPLATES = [
    {
        "type": "template",
        "altText": "選択",
        "template": {
            "type": "buttons",
            "title": "選んでください",
            "text": "どちらですか",
            "actions": [
                {"type": "message", "label": "ごみ", "text": "ごみ"},
                {"type": "uri", "label": "電話", "uri": "tel:118"},
            ],
        },
    },
    {
        "type": "template",
        "altText": "確認",
        "template": {
            "type": "confirm",
            "text": "よろしいですか",
            "actions": [
                {"type": "message", "label": "はい", "text": "はい"},
                {"type": "message", "label": "いいえ", "text": "いいえ"},
            ],
        },
    },
    {
        "type": "template",
        "altText": "二枚",
        "template": {
            "type": "carousel",
            "columns": [
                {
                    "title": f"札{n}",
                    "text": "説明",
                    "actions": [{"type": "message", "label": "これ", "text": f"札{n}"}],
                }
                for n in (1, 2)
            ],
        },
    },
]

HOSTILE = [
    {"type": "text", "text": INJECTION + " javascript:alert(1) https://example.com/a."},
    flex(
        bubble(
            text(INJECTION),
            button(INJECTION[:40], type="uri", uri="javascript:document.title='broken'"),
            button("data", type="uri", uri="data:text/html,x"),
            {"type": "image", "url": "javascript:document.title='broken'", "size": "md"},
            box(
                "vertical",
                text("box"),
                action={"type": "uri", "label": INJECTION[:20], "uri": "JaVaScRiPt:alert(1)"},
            ),
        ),
        INJECTION,
    ),
]
