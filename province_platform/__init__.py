"""The reference province platform: ingest, store, console. It is never part of a terminal."""
