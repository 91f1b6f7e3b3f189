"""`python -m codebegen`."""

import sys

from codebegen.cli.main import main

sys.exit(main())
