"""What crosses the wire between a terminal and the province, and nothing else.

Structs are msgspec; every field carries its Chinese name and length as metadata, from which the data
dictionary and OpenAPI are generated (``python -m contract.documents``).
"""
