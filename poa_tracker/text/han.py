"""Traditional Chinese characters and the simplified ones that stand for them when matching."""

_TRADITIONAL = "帳戶號碼產發貨單電話證書"
_SIMPLIFIED = "帐户号码产发货单电话证书"
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def to_simplified(text: str) -> str:
    """The text with every known traditional character replaced by its simplified form, length kept."""
    return text.translate(_TABLE)
