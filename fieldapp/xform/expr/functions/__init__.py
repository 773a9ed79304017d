"""All functions an expression may call: XPath 1.0 and OpenRosa."""

from __future__ import annotations

from fieldapp.xform.expr.contract import FunctionSpec
from fieldapp.xform.expr.functions import answers, dates, logic, nodeset, numeric, signed, text

__all__ = ["STANDARD"]

STANDARD: dict[str, FunctionSpec] = {
    **numeric.FUNCTIONS,
    **text.FUNCTIONS,
    **logic.FUNCTIONS,
    **dates.FUNCTIONS,
    **nodeset.FUNCTIONS,
    **answers.FUNCTIONS,
    **signed.FUNCTIONS,
}
