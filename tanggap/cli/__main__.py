"""Start of `./run`: one line for what went wrong, never a traceback for a wrong setting."""

import sys

from config.env import SettingError
from tanggap.cli import commands
from tanggap.cli.errors import CommandError
from tanggap.services.keys import KeyRingError

if __name__ == "__main__":
    try:
        sys.exit(commands.run(sys.argv[1:]))
    except (CommandError, KeyRingError, SettingError) as error:
        print(f"tanggap: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
