"""Single values in a YAML file of entries: put in their place, every other character stays as it is."""

from __future__ import annotations

import json
from collections.abc import Sequence

import yaml


def put(text: str, entry: str, keys: Sequence[str], value: str | list[str]) -> str:
    """Return the text in which a value (a sentence or a list of them) of an entry is another one.

    Raises KeyError where the entry or one of its keys does not exist.
    """
    node = _find(text, entry, keys)
    start, stop = node.start_mark.index, _end(node)
    if isinstance(value, str):
        return text[:start] + _quoted(value) + text[stop:]
    if text[start] == "[":
        return text[:start] + _flow(value) + text[stop:]
    indent = "\n" + " " * node.start_mark.column
    return text[:start] + indent.join(f"- {_quoted(one)}" for one in value) + text[stop:]


def add(text: str, entry: str, keys: Sequence[str], value: str) -> str:
    """Return the text in which a list of an entry has one more item; its last key may be new.

    Raises KeyError as `put` does.
    """
    above = _find(text, entry, keys[:-1])
    if not isinstance(above, yaml.MappingNode):
        raise KeyError(keys[-1])
    lists = {key.value: child for key, child in above.value}
    if keys[-1] not in lists:
        return _with_key(text, above, keys[-1], value)
    node = lists[keys[-1]]
    stop = _end(node)
    if text[node.start_mark.index] == "[":
        inside = text[node.start_mark.index + 1 : stop - 1].rstrip().rstrip(",")
        glue = ", " if inside.strip() else ""
        return f"{text[: node.start_mark.index]}[{inside}{glue}{_quoted(value)}]{text[stop:]}"
    return f"{text[:stop]}\n{' ' * node.start_mark.column}- {_quoted(value)}{text[stop:]}"


def holds(text: str, entry: str) -> bool:
    """Return whether a file has an entry of that id."""
    try:
        _find(text, entry, ())
    except KeyError:
        return False
    return True


def _with_key(text: str, above: yaml.MappingNode, key: str, value: str) -> str:
    if not above.value or text[above.start_mark.index] == "{":
        raise KeyError(key)
    stop, column = _end(above), above.value[0][0].start_mark.column
    return f"{text[:stop]}\n{' ' * column}{key}: {_flow([value])}{text[stop:]}"


def _find(text: str, entry: str, keys: Sequence[str]) -> yaml.Node:
    loader = yaml.CSafeLoader(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    entries = root.value if isinstance(root, yaml.SequenceNode) else []
    node = next((one for one in entries if _child(one, "id", "").value == entry), None)
    if node is None:
        raise KeyError(entry)
    for key in keys:
        node = _child(node, key)
    return node


def _child(node: yaml.Node, key: str, otherwise: str | None = None) -> yaml.Node:
    found = node.value if isinstance(node, yaml.MappingNode) else []
    for name, child in found:
        if name.value == key:
            return child  # type: ignore[no-any-return]  # PyYAML has no types for what is inside a node
    if otherwise is None:
        raise KeyError(key)
    return yaml.ScalarNode("", otherwise)


def _end(node: yaml.Node) -> int:
    """Return where a node's text ends: for a block at its last value, not where the next line begins."""
    if not isinstance(node, yaml.CollectionNode) or not node.value or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _flow(values: list[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
