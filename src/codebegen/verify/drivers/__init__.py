"""Scripts that gates run beside a project, in the project's own process; codebegen itself never imports them.

Each is started as `python -m codebegen.verify.drivers.NAME` with the project as its current folder, and leaves
`../scratch/result.json`. They use the standard library and the tool that they drive.
"""
