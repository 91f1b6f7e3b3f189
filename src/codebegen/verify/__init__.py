"""Proves a project: gates on a copy of it, in a sandbox where one can be had.

In comes a folder and what its blueprint promises; out comes a `Report`. How commands are run is behind the ports
of `ports.py`.
"""
