"""What can be asked of the `holdfast` command?"""

import argparse
from importlib import import_module
from importlib.util import find_spec

from .django_ready import make_ready
from .markdown import page, table

INTRODUCTION = """\
`.venv/bin/holdfast COMMAND`, once `./run` or `./test` has set up. The exit status is 0 when all went
well, 1 when the work failed, 2 for bad usage. `HOLDFAST_DATA` names the folder of all state;
`DATABASE_URL` names a database server, without which Holdfast starts its own PostgreSQL."""

PASSED_ON = "What follows goes to the other program as it is."


def pages() -> dict[str, str]:
    make_ready()
    main = import_module("holdfast.commandline.main")
    parts = [_command(command) for command in main.COMMANDS if find_spec(command.module)]
    return {"commands.md": page("The holdfast command", INTRODUCTION, *parts)}


def _command(command: object) -> str:
    name, help_text = command.name, command.help  # type: ignore[attr-defined]
    end = "" if help_text.endswith("?") else "."
    said = f"## {name}\n\n{help_text[0].upper()}{help_text[1:]}{end}"
    if command.passes_on:  # type: ignore[attr-defined]
        return f"{said} {PASSED_ON}"
    parser = argparse.ArgumentParser(prog=f"holdfast {name}")
    import_module(command.module).add_arguments(parser)  # type: ignore[attr-defined]
    more = [f"```text\n{parser.epilog.strip()}\n```"] if parser.epilog else []
    return "\n\n".join([said, *_arguments(parser), *more])


def _arguments(parser: argparse.ArgumentParser) -> list[str]:
    """Return how a command is written, its arguments, and the same for the commands inside it."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    actions = [a for a in parser._actions if a not in inner and not isinstance(a, argparse._HelpAction)]
    parts = [f"    {' '.join([parser.prog, *map(_usage, actions)])}"] if not inner else []
    rows = [[f"`{_usage(action).strip('[]')}`", _says(action)] for action in actions]
    parts += [table(["argument", "meaning"], rows)] if rows else []
    for action in inner:
        help_texts = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, one in action.choices.items():
            parts += [f"**{name}**: {help_texts.get(name, '')}", *_arguments(one)]
    return parts


def _usage(action: argparse.Action) -> str:
    value = "|".join(map(str, action.choices)) if action.choices else action.metavar or action.dest.upper()
    if not action.option_strings:
        return f"{value} ..." if action.nargs == "+" else str(value)
    whole = action.option_strings[-1] + ("" if action.nargs == 0 else f" {value}")
    return whole if action.required else f"[{whole}]"


def _says(action: argparse.Action) -> str:
    said = action.help or ""
    if action.default in (None, False, "", argparse.SUPPRESS) or "default" in said:
        return said
    return f"{said} (default: {action.default})".strip()
