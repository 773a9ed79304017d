"""Events set values once, at the right moment, in the right instance."""

from __future__ import annotations

from fieldapp.xform import FormSession
from tests.xform.scenario import environment, form, open_form, value

FORM = form(
    '<first/><loaded/><source/><copy/><doubled/><r jr:template=""><born/><own/></r><stamp/><meta><instanceID/></meta>',
    '<bind nodeset="/data/source" type="int"/><bind nodeset="/data/doubled" calculate="/data/source * 2"/>'
    '<bind nodeset="/data/stamp" calculate="once(now())"/>'
    '<setvalue event="odk-instance-first-load" ref="/data/first" value="concat(today(), \'!\')"/>'
    '<setvalue event="odk-instance-load" ref="/data/loaded" value="string-length(/data/loaded) + 1"/>',
    '<input ref="/data/source"><setvalue event="xforms-value-changed" ref="/data/copy" value="/data/source + 1"/></input>'
    '<repeat nodeset="/data/r"><setvalue event="odk-new-repeat" ref="/data/r/born" value="position(..)"/>'
    '<setvalue event="odk-new-repeat" ref="/data/r/own">fixed</setvalue><input ref="/data/r/born"/></repeat>',
)


def test_first_load_happens_once_and_load_each_time() -> None:
    session = open_form(FORM)
    assert (value(session, "/data/first"), value(session, "/data/loaded")) == ("2026-11-22!", "1")
    later = FormSession.resume(
        session.definition, environment("2027-01-01T00:00:00+00:00"), session.serialise()
    )
    assert (value(later, "/data/first"), value(later, "/data/loaded")) == ("2026-11-22!", "2")


def test_once_keeps_its_first_value() -> None:
    session = open_form(FORM)
    stamp = value(session, "/data/stamp")
    assert stamp == "2026-11-22T09:30:00.000+08:00"
    later = FormSession.resume(
        session.definition, environment("2027-01-01T00:00:00+00:00"), session.serialise()
    )
    assert value(later, "/data/stamp") == stamp


def test_a_changed_answer_sets_others() -> None:
    session = open_form(FORM)
    session.set("/data/source", "4")
    assert (value(session, "/data/copy"), value(session, "/data/doubled")) == ("5", "8")
    session.set("/data/copy", "mine")
    session.set("/data/source", "4")
    assert value(session, "/data/copy") == "mine"


def test_a_new_instance_gets_its_own_values() -> None:
    session = open_form(FORM)
    for number in ("1", "2", "3"):
        ref = session.add_repeat("/data/r")
        assert (value(session, f"{ref}/born"), value(session, f"{ref}/own")) == (number, "fixed")


def test_identity_is_made_once() -> None:
    session = open_form(FORM)
    identity = value(session, "/data/meta/instanceID")
    assert identity.startswith("uuid:")
    assert session.finalise().instance_id == identity
    again = FormSession.resume(session.definition, environment(), session.serialise())
    assert value(again, "/data/meta/instanceID") == identity
