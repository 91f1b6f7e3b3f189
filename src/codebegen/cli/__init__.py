"""The command line: arguments in, events and diagnostics out. Nothing here decides what a project is."""
