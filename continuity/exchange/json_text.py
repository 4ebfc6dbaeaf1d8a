"""JSON text: read without trust, written to be read by people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from continuity.model.problems import Problem, Refused

_DEEPEST = 40
_WIDTH = 110
#: Half a pair, which JSON can spell and UTF-8 cannot.
_LONE = range(0xD800, 0xE000)


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its names came twice."""

    doubled: tuple[str, ...] = ()


def loads(text: str) -> Any:
    """Return the value of ``text``; raise :class:`Refused` with line and column, or with every place."""
    try:
        plain = json.loads(text, object_pairs_hook=_object, parse_constant=_not_json)
    except json.JSONDecodeError as error:
        raise Refused([Problem("not-json", facts={"line": error.lineno, "column": error.colno})]) from None
    except RecursionError:
        raise Refused([Problem("too-deep", facts={"limit": _DEEPEST})]) from None
    except ValueError as error:  # a constant such as NaN, or a number of thousands of digits
        raise Refused([Problem("not-a-number", facts={"reason": str(error)})]) from None
    problems = list(_faults(plain))
    if problems:
        raise Refused(problems)
    return plain


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.doubled = tuple(sorted({name for name in names if names.count(name) > 1}))
    return made


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)


def _faults(plain: Any) -> Iterator[Problem]:
    """Yield what JSON allows and we do not: names twice, half characters, endless nesting."""
    queue: list[tuple[Any, str, int]] = [(plain, "", 0)]
    while queue:
        value, path, depth = queue.pop()
        if depth > _DEEPEST:
            yield Problem("too-deep", path=path[:200], facts={"limit": _DEEPEST})
        elif isinstance(value, dict):
            for name in getattr(value, "doubled", ()):
                yield Problem("doubled-name", path=_under(path, name), facts={"value": name})
            queue += [(one, _under(path, name), depth + 1) for name, one in value.items()]
            queue += [(name, path, depth) for name in value if not name.isascii()]
        elif isinstance(value, list):
            queue += [(one, f"{path}[{place}]", depth + 1) for place, one in enumerate(value)]
        elif isinstance(value, str) and not value.isascii() and not is_text(value):
            yield Problem("bad-text", path=path)


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def is_text(text: str) -> bool:
    """Tell whether ``text`` can be stored and written: no half characters."""
    return not any(ord(letter) in _LONE for letter in text)


def dumps(plain: Any) -> str:
    """Return ``plain`` as text: what fits on a line stands on one, the rest is indented by two."""
    return _pretty(plain, "", 0) + "\n"


def _pretty(value: Any, indent: str, used: int) -> str:
    short = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or not value or len(indent) + used + len(short) <= _WIDTH:
        return short
    deeper = indent + "  "
    if isinstance(value, dict):
        names = {json.dumps(name, ensure_ascii=False) + ": ": one for name, one in value.items()}
        lines = [f"{deeper}{name}{_pretty(one, deeper, len(name))}" for name, one in names.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    lines = [deeper + _pretty(one, deeper, 0) for one in value]
    return "[\n" + ",\n".join(lines) + f"\n{indent}]"
