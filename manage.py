#!/usr/bin/env python
"""Run a command of the archive: ``python manage.py help`` lists them."""

import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from archive.errors import BaozangError

    try:
        execute_from_command_line(sys.argv)
    except BaozangError as error:
        sys.exit(str(error))
    except (OSError, DatabaseError) as error:
        from archive.outages import outage_of

        outage = outage_of(error)
        if outage is None or "--traceback" in sys.argv:
            raise
        sys.exit(str(outage))
    finally:
        # Python's last garbage collection walks every object there is, for nothing: 0.4 s of each command.
        gc.freeze()


if __name__ == "__main__":
    main()
