"""How are Django's own commands run, such as makemigrations?"""

import argparse

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="the command and what it takes")


def run(options: argparse.Namespace) -> int:
    execute_from_command_line(["holdfast manage", *options.arguments])
    return 0
