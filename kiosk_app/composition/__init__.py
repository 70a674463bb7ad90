"""The one place where the objects of the terminal are built and handed to each other."""
