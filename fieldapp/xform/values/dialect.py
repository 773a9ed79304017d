"""Every rule on which ODK's engines differ, in one object. docs/forms/differences.json has the table in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from fieldapp.common.clock import CHINA

__all__ = ["DOCUMENT", "FORM", "Dialect"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to decide where JavaRosa (phones) and the JavaScript engines (browsers) disagree."""

    name: str
    #: ``boolean(node)`` looks at the node's value (JavaRosa), not at its existence (browsers)
    truth_by_value: bool
    #: ``number(date)`` gives whole local days (JavaRosa), not a fraction counted from UTC (browsers)
    whole_days: bool
    #: ``regex()`` must match the whole text (JavaRosa), not some part of it (browsers)
    regex_whole: bool
    #: ``sum``, ``min`` and ``max`` leave out nodes without an answer (JavaRosa), they do not give NaN
    skip_blank: bool
    zone: tzinfo = CHINA


#: Typed questions: what phones run.
FORM = Dialect("form", truth_by_value=True, whole_days=True, regex_whole=True, skip_blank=True)
#: Plain XML documents, where nothing has a type: XPath 1.0 as browsers evaluate it.
DOCUMENT = Dialect("document", truth_by_value=False, whole_days=False, regex_whole=False, skip_blank=False)
