"""Tests of benchmarks/: that they measure what they say, not how fast."""
