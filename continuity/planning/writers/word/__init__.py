"""Plans as Word documents, in the agency's own form or in the one that comes with the program.

docs/plans.md says which tags and styles a form may have.
"""

from continuity.planning.writers.word.document import texts_of, write_word
from continuity.planning.writers.word.form import TAGS, check_form, default_form

__all__ = ["TAGS", "check_form", "default_form", "texts_of", "write_word"]
