"""What holds for every test."""

import signal

# A shell that runs this in the background lets children ignore Ctrl-C; what is started here must be interruptible.
signal.signal(signal.SIGINT, signal.default_int_handler)
