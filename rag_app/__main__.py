"""`python -m rag_app COMMAND`."""

import signal
import sys

from rag_app.cli.main import main

signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended as by Ctrl+C: nothing is left in the temporary folder
sys.exit(main())
