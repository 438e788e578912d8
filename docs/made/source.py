"""What does a function of ours use?  Read from its source, for a list kept by hand would grow old."""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any


@cache
def _functions(module: ModuleType) -> dict[str, ast.AST]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@cache
def _reached(function: Callable[..., Any]) -> tuple[ast.AST, ...]:
    """Return the function, and those of its module that it calls, and so on."""
    functions = _functions(sys.modules[function.__module__])
    waiting, found = [function.__qualname__.partition(".")[0]], {}
    while waiting:
        name = waiting.pop()
        if name in functions and name not in found:
            found[name] = functions[name]
            waiting += [node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)]
    return tuple(found.values())


def _nodes(function: Callable[..., Any]) -> Iterator[ast.AST]:
    for tree in _reached(function):
        yield from ast.walk(tree)


def members(function: Callable[..., Any], enum: str) -> set[str]:
    """Return the members of an enumeration that the function names."""
    return {
        node.attr
        for node in _nodes(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == enum
    }


def called(function: Callable[..., Any]) -> set[str]:
    """Return the names of what the function calls, without the module before the dot."""
    calls = [node.func for node in _nodes(function) if isinstance(node, ast.Call)]
    return {call.attr for call in calls if isinstance(call, ast.Attribute)} | {
        call.id for call in calls if isinstance(call, ast.Name)
    }


def keywords(function: Callable[..., Any]) -> set[str]:
    """Return the names of the arguments that the function gives by name."""
    return {node.arg for node in _nodes(function) if isinstance(node, ast.keyword) and node.arg}


def reads(function: Callable[..., Any], column: str) -> bool:
    """Say whether the function names this column, in one piece or built from a part ("{who}_surname")."""
    return any(re.fullmatch(pattern, column) for pattern in _patterns(function))


@cache
def _patterns(function: Callable[..., Any]) -> frozenset[str]:
    closed_over = inspect.getclosurevars(function).nonlocals.values()
    found = {re.escape(value) for value in closed_over if isinstance(value, str)}
    for node in _nodes(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in node.values]
            if len(parts) > 1 and parts[-1].startswith("_"):
                found.add("".join(parts))
    return frozenset(found)


def docstring(function: Callable[..., Any]) -> str:
    """Return the whole docstring on one line."""
    return " ".join((inspect.getdoc(function) or "").split())


def place(function: Callable[..., Any]) -> str:
    """Return the file of a function, from the root of the project."""
    return function.__module__.replace(".", "/") + ".py"
