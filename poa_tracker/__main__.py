"""``python -m poa_tracker``."""

import sys

from poa_tracker.cli import main

sys.exit(main())
