"""Tests of offline_store/."""
