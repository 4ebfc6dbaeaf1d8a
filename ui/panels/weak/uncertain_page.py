"""Which number should be found out better: each uncertain figure halved and doubled, on the same draws."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from continuity.analysis.results import Gain
from continuity.model.kinds import CONFIDENCE, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader
from continuity.session import RunRequest
from continuity.words import N_, _, ngettext
from ui.called import record_said
from ui.charts.box import ChartBox
from ui.charts.swings import End, Swing, SwingChart
from ui.panels.weak.drivers_page import end_of
from ui.panels.weak.page import WeakPage
from ui.shown import shown

if TYPE_CHECKING:
    from continuity.analysis.results import Swing as Figure
    from continuity.analysis.results import Tornado
    from continuity.session import Session

_REPLICATIONS = 256


class UncertainPage(WeakPage):
    """Solid: at the lower end of its range. Hatched: at the upper."""

    title = N_("Uncertain figures")
    button = N_("Find the figures that matter")

    def build(self) -> None:
        self.chart = SwingChart(lambda: (_("Figure"), _("At the lower end"), _("At the upper end")))
        self.tornado = ChartBox(
            self.chart,
            lambda: _("People in need unpaid at both ends. Solid: halved. Hatched: doubled"),
        )
        self.add(self.tornado)

    def idle(self) -> str:
        return _(
            "Which number should we find out better? Every guess and every interview figure is halved and "
            "doubled, on the same draws. A first look finds those that matter; they are played in full. "
            "Takes about a minute."
        )

    def begin(self, session: Session, scenario: str) -> Any:
        return session.start_tornado(RunRequest(scenario, replications=_REPLICATIONS))

    def fill(self, organisation: Organisation, answer: Tornado) -> None:
        self.chart.show_swings(tuple(_swing(organisation, figure) for figure in answer.swings))
        rest = ngettext("{n} figure changes nothing.", "{n} figures change nothing.", answer.without_effect)
        if not self.chart.swings:
            self.lead.setText(_("No uncertain figure changes who is paid.") + f" {rest}")
            return
        first = self.chart.swings[0]
        self.lead.setText(
            _("Find out first: {figure}.", figure=f"{first.name} ({first.detail})") + f" {rest}"
        )


def _swing(organisation: Organisation, figure: Figure) -> Swing:
    record = organisation.get(figure.record)
    if record is None:
        return Swing("", figure.record, figure.field, ())
    spec = kind_of(record).specs[figure.field]
    reader = Reader(lambda _kinds, text: text)
    low, base, high = (
        shown(spec, reader.value(spec, json.loads(value), ""), organisation)
        for value in (figure.low, figure.base, figure.high)
    )
    detail = _(
        "{field} {base} ({low} to {high}), {confidence}",
        field=_(spec.label).lower(), base=base or "–", low=low or "–", high=high or "–",
        confidence=_(CONFIDENCE.get(figure.confidence, N_("Not stated"))).lower(),
    )  # fmt: skip
    key = record.need if isinstance(record, Supply) else record.id
    ends = (_end(figure.at_low, plain=True), _end(figure.at_high, plain=False))
    return Swing(key, record_said(organisation, record), detail, ends)


def _end(gain: Gain | None, *, plain: bool) -> End:
    if gain is None:
        return End(0.0, 0.0, 0.0, _("cannot be run"), plain)
    return end_of(gain.in_need_unpaid, plain=plain)
