#!/usr/bin/env python
"""Run a command of the archive: ``python manage.py help`` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from archive.errors import BaozangError

    try:
        execute_from_command_line(sys.argv)
    except BaozangError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
