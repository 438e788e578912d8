"""What runs as `python -m holdfast.commandline`, and so as `.venv/bin/holdfast`?"""

import sys

from holdfast.commandline.main import main

if __name__ == "__main__":
    sys.exit(main())
