"""Suites of others for HTTP backends of any language, run on generated projects; nothing of them is kept here."""
