"""Speech: fixed prompts aloud for everybody; everything, privately, in the headset of whoever has one."""
