"""The reference province platform: ingest, store and console in one process. Never shipped on a terminal."""
