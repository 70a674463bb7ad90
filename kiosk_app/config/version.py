"""The version of the application, as it is reported and enrolled with; pyproject.toml says the same."""

from __future__ import annotations

APPLICATION_VERSION = "0.1.0"
