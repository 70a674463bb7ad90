"""The keypad: four keys that a finger tells apart, the headset's plug, the volume; and scanners that type."""
