"""What is plugged into this machine, which driver takes it and why, and what none takes."""
