"""Tests: the application, called over HTTP by people who may and by people who may not."""
