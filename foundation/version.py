"""The version of this program, as it is reported and shown; pyproject.toml says the same."""

VERSION = "0.1.0"
