import pytest

from bot.insights.masking import mask


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("電池 10cm 2リットル 1.5V", "電池 10cm 2リットル 1.5V"),
        ("電話は０８８－６２１－５２０２です", "電話は[number]です"),
        ("090 1234 5678 に連絡", "[number] に連絡"),
        ("+81-90-1234-5678", "[number]"),
        ("カード4111 1111 1111 1111", "カード[number]"),
        ("マイナンバー123456789012は", "マイナンバー[number]は"),
        ("〒770-8571", "〒[number]"),
        ("mail taro.yamada+x@example.co.jp です", "mail [mail] です"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "[mail]"),
        ("https://example.jp/a?b=c 見て", "[link] 見て"),
        ("一行\n\n二行\t三", "一行 二行 三"),
    ],
)
def test_what_leads_to_a_person_is_taken_out(question: str, kept: str) -> None:
    """Numbers, mails and links become marks, in any width; sizes and amounts stay."""
    assert mask(question) == kept
