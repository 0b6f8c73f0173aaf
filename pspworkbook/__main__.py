"""``python -m pspworkbook`` is the command ``pspworkbook``."""

import sys

from pspworkbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
