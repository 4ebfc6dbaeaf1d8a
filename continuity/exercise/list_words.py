"""What people write in the cells of an event list: channels, roles, objectives, in both languages."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from continuity.model.kinds import Exercise, Objective, Role
from continuity.model.kinds.exercise import DIFFICULTIES, INJECT_CHANNELS
from continuity.model.organisation import Organisation
from continuity.words import LANGUAGES, current, words_in

_CHANNELS: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("telefon", "tel", "tfn", "samtal", "telefonsamtal", "mobil", "sms", "call", "telephone"),
    "radio": ("rakel", "radio", "talgrupp"),
    "email": ("mejl", "mail", "e-post", "epost", "email", "e-mail"),
    "system": ("larm", "system", "alarm", "övervakning", "it-system"),
    "media": ("tv", "press", "nyheter", "tidning", "nyhetsmedier", "media", "medier", "news"),
    "social": ("sociala medier", "sociala media", "some", "facebook", "x", "twitter"),
    "paper": ("papper", "brev", "handout", "paper", "letter", "lapp", "skriftligt"),
    "runner": ("ordonnans", "bud", "kurir", "runner", "besök", "fysiskt", "i person", "in person"),
    "observed": ("muntligt", "muntlig", "på plats", "iakttaget", "observed", "verbal", "spelledaren"),
}
_DIFFICULTIES: Final[dict[str, tuple[str, ...]]] = {
    "easy": ("lätt", "låg", "1", "low", "enkel"),
    "medium": ("medel", "mellan", "2", "normal"),
    "hard": ("svår", "hög", "3", "high"),
}


class ListWords:
    """Names and choices of one exercise, folded."""

    def __init__(self, organisation: Organisation, exercise: Exercise) -> None:
        self.organisation, self.exercise = organisation, exercise

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """What may stand in the columns that hold one of a list."""
        return {
            "channel": _known(INJECT_CHANNELS, _CHANNELS),
            "difficulty": _known(DIFFICULTIES, _DIFFICULTIES),
            "objective": self._objectives,
        }

    def shown(self, meaning: str) -> list[str]:
        """Return what may be chosen, in words of the reader's language."""
        if meaning == "objective":
            return [o.name for o in self.organisation.parts(self.exercise.id, Objective)]
        labels = INJECT_CHANNELS if meaning == "channel" else DIFFICULTIES
        return [current()._(label) for label in labels.values()]

    @cached_property
    def _objectives(self) -> dict[str, str]:
        found = dict[str, str]()
        for number, one in enumerate(self.organisation.parts(self.exercise.id, Objective), 1):
            for word in (str(number), one.code, one.name, f"{number}. {one.name}", f"mål {number}"):
                found.setdefault(word.casefold().strip(" ."), one.id)
        return found

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Names of roles by id."""
        return {role.id: role.name for role in self.organisation.all(Role)}

    @cached_property
    def roles(self) -> dict[str, str]:
        """Ids of roles by code and name, folded."""
        found = dict[str, str]()
        for role in self.organisation.all(Role):
            for word in (role.name, role.code):
                found.setdefault(word.casefold(), role.id)
        return found

    def names(self, text: str) -> list[str]:
        """Return the names in a cell: one a line, or between semicolons, else commas; names may hold one."""
        whole = " ".join(text.split())
        if not whole or whole.casefold() in self.roles:
            return [whole] if whole else []
        found = list[str]()
        for part in text.replace("\n", ";").split(";"):
            name = " ".join(part.split())
            if not name:
                continue
            found += [name] if name.casefold() in self.roles else self._by_commas(name)
        return found

    def _by_commas(self, text: str) -> list[str]:
        """The longest known names first; what is left is one name a piece."""
        pieces, found = [p.strip() for p in text.split(",")], list[str]()
        while pieces:
            size = next(
                (n for n in range(len(pieces), 0, -1) if ", ".join(pieces[:n]).casefold() in self.roles), 1
            )
            found.append(", ".join(pieces[:size]))
            pieces = pieces[size:]
        return [name for name in found if name]


def _known(labels: dict[str, str], habits: dict[str, tuple[str, ...]]) -> dict[str, str]:
    found = {code: code for code in labels}
    for language in LANGUAGES:
        say = words_in(language)._
        found |= {say(label).casefold(): code for code, label in labels.items()}
    for code, words in habits.items():
        for word in words:
            found.setdefault(word, code)
    return found
