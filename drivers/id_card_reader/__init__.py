"""The reader of 第二代居民身份证: a security module (SAM_V) on a serial line that speaks the SDT protocol."""
