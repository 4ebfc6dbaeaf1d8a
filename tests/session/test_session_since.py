"""Plans list what has changed since the version that was signed off last; what is personal is not told."""

from continuity.model.edits import Add, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Contact, Function
from continuity.session import Session


def test_that_plans_list_what_has_changed_since_the_version_was_signed_off():
    with Session.create(None, reference="reference", lang="sv") as session:
        assert "Ingen version av modellen är fastställd" in session.preview("changes", "sv")
        version = session.make_version("Hösten 2026")
        session.sign_off(version, name="Anna Ek", role="Säkerhetschef")
        assert "Inget har ändrats sedan Hösten 2026" in session.preview("changes", "sv")
        function = session.organisation.find("function", "F-PAY")
        assert isinstance(function, Function)
        session.edit(amend(function, mtpd=1441, x=7))
        contact = session.organisation.find("contact", "K-GD")
        assert isinstance(contact, Contact)
        session.edit(amend(contact, phone="08-465 004 99"))
        session.edit(Add(Contact(id=new_id(), code="K-NY", name="Vera Hemlig", phone="08-465 004 98")))
        page = session.preview("changes", "sv")
        assert "Hösten 2026, fastställd av Anna Ek, Säkerhetschef" in page
        assert "F-PAY" in page
        assert "1 d 1 min" in page.replace("\u00a0", " ")
        assert "K-NY" in page  # that somebody came is told, not who
        for personal in ("Vera Hemlig", "465 004 98", "465 004 99"):
            assert personal not in page
        assert "F-PAY" in session.preview("agency", "sv")
