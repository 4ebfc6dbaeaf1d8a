"""The door to plans: which there are, how one looks, write a package of them, verify a package."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from continuity.exchange.files import write_text
from continuity.exchange.organisation_json import write_organisation
from continuity.model.kinds import Contact
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_choices import Choosing
from continuity.session_runs import Result
from continuity.words import words_in

if TYPE_CHECKING:
    from continuity.planning.changes import Since
    from continuity.planning.completeness import Completeness
    from continuity.planning.copies import Copy
    from continuity.planning.preview import PlanChange, PlanName
    from continuity.planning.request import PlanPackage, PlanRequest, Signed
    from continuity.planning.signature import Signature, SigningKey


class Planning(Choosing):
    """Plans of the document. Without ``results`` their figures are those of the run that was kept last."""

    _since_held: tuple[tuple[str, int], Since] | None = None

    def plan(
        self,
        request: PlanRequest,
        report: Callable[[int, int], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> PlanPackage:
        """Write a plan package; raise :class:`Refused` and leave nothing where it cannot be written.

        ``report`` hears how many of how many plans are done. Raises PlanCancelled once ``cancel`` is set.
        """
        from continuity.planning.package import write_package

        results = request.results
        if results is not None and self.is_stale(results):
            request = replace(request, stale=True)
        request = replace(request, signed=self._signed_off(), since=self._since())
        organisation = self.organisation.copy()
        model = self._model(organisation, contacts=request.contacts) if request.seal else b""
        return write_package(organisation, request, report, cancel, structure=self.structure(), model=model)

    @staticmethod
    def _model(organisation: Organisation, *, contacts: bool) -> bytes:
        """Return the copy of the model that goes with a package: no journal, contacts only where wanted."""
        made = organisation.copy()
        if not contacts:
            made.apply(made.removal(c.id for c in made.all(Contact)))
        return write_organisation(made).encode()

    def _signed_off(self) -> Signed | None:
        """Return who stands by the model, and whether it has moved on since."""
        from continuity.planning.request import Signed

        if self.signed is None:
            return None
        version, signoff, is_same = self.signed
        on = dt.datetime.fromisoformat(signoff.at).astimezone().date()
        return Signed(version.name, signoff.name, signoff.role, on, not is_same)

    def _since(self) -> Since | None:
        """Return what has changed since the version that was signed off last; None where none was."""
        if self.signed is None:
            return None
        from continuity.session_since import since

        version, signoff, _same = self.signed
        key = (version.id, self._next)
        if self._since_held is None or self._since_held[0] != key:
            self._since_held = (key, since(version, signoff, self.compare(version, None)))
        return self._since_held[1]

    def plan_names(
        self, lang: str, results: Result | None = None, *, contacts: bool = True
    ) -> list[PlanName]:
        """Return the plans that can be previewed: code, group, title, what for."""
        from continuity.planning.own_words import speaking
        from continuity.planning.preview import available

        with speaking(None):
            found = results or self.latest_run()
            return available(self.organisation.copy(), lang, found, contacts=contacts)

    def completeness(
        self, lang: str, results: Result | None = None, what: str = ""
    ) -> dict[str, Completeness]:
        """Return how complete each plan, or the one called ``what``, is against the standard's list.

        Of all plans it takes seconds.
        """
        from continuity.planning.preview import complete

        found = results or self.latest_run()
        return complete(self.organisation.copy(), lang, found, what, self.structure)

    def plan_changes(self, lang: str, results: Result | None = None) -> tuple[PlanChange, ...]:
        """Return which plans would differ from those of the version approved last. Takes seconds."""
        from continuity.planning.preview import plan_changes

        if self.signed is None:
            return ()
        before, now = self.organisation_at(self.signed[0]), self.organisation.copy()
        return plan_changes(before, now, lang, results or self.latest_run(), self.structure)

    def preview(self, what: str, lang: str, results: Result | None = None) -> str:
        """Return the plan with the code ``what`` as one HTML page."""
        from continuity.planning.preview import preview

        results = results or self.latest_run()
        return preview(
            self.organisation.copy(), what, lang, results, stale=self._stale(results), since=self._since()
        )

    def preview_pages(
        self,
        what: str,
        lang: str,
        results: Result | None = None,
        *,
        contacts: bool = True,
        pixels_per_inch: float = 110,
    ) -> list[bytes]:
        """Return the plan with the code ``what`` as its pages on paper, one PNG each."""
        from continuity.planning.own_words import speaking
        from continuity.planning.preview import preview_pages

        results = results or self.latest_run()
        with speaking(None):
            return preview_pages(
                self.organisation.copy(),
                what,
                lang,
                results,
                stale=self._stale(results),
                since=self._since(),
                contacts=contacts,
                structure=self.structure,
                pixels_per_inch=pixels_per_inch,
            )

    def _stale(self, results: Result | None) -> bool:
        return results is not None and self.is_stale(results)

    @staticmethod
    def check_place(folder: Path) -> None:
        """Raise :class:`Refused` where a plan package cannot be written to ``folder``; write nothing."""
        from continuity.planning.place import check_place

        check_place(folder)

    @staticmethod
    def check_form(form: Path) -> None:
        """Raise :class:`Refused` with the line and the mend where a Word form is no good."""
        from continuity.planning.writers.word import check_form

        check_form(form)

    @staticmethod
    def verify(package: Path | str, signer: str = "") -> list[Problem]:
        """Return what is missing, changed or too many in a plan package (folder or zip).

        With ``signer``, the fingerprint of a public key, also that this key has not signed it.
        """
        from continuity.planning.verify import verify_package

        return verify_package(Path(package), signer)

    @staticmethod
    def signature(package: Path | str) -> Signature:
        """Return who has signed a plan package."""
        from continuity.planning.verify import signature_of

        return signature_of(Path(package))

    @staticmethod
    def open_key(path: Path, passphrase: str, name: str) -> SigningKey:
        """Return a private key to sign with; raise :class:`Refused` where it cannot be had."""
        from continuity.planning.signature import open_key

        return open_key(path, passphrase, name)

    @staticmethod
    def unseal(sealed: Path, out: Path, passphrase: str) -> None:
        """Write the model in a sealed copy to the JSON file ``out``."""
        from continuity.planning.sealed import unseal

        try:
            data = sealed.read_bytes()
        except OSError as error:
            facts: dict[str, object] = {"reason": error.strerror or str(error)}
            raise Refused([Problem("sealed-not-readable", path=str(sealed), facts=facts)]) from None
        write_text(out, unseal(data, passphrase, str(sealed)).decode())

    def copies(self, lang: str) -> tuple[Copy, ...]:
        """Return the numbered copies by the distribution list of the agency's own plan."""
        from continuity.planning.copies import copies_of
        from continuity.planning.material import Material

        now = dt.datetime.now(dt.UTC)
        return copies_of(Material(self.organisation.copy(), words_in(lang), generated=now))

    def changed_since_approval(self) -> Since | None:
        """Return what has changed since the version approved last; None where none was approved."""
        return self._since()
