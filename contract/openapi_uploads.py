"""The part of the OpenAPI document that follows the tus protocol: what it says stands in headers."""

from __future__ import annotations

from typing import Any

from contract import attachments as tus
from contract.operations import (
    UPLOAD_APPEND,
    UPLOAD_CREATE,
    UPLOAD_END,
    UPLOAD_OFFSET,
    UPLOAD_TERMS,
    Operation,
)

_WHOLE = {"type": "integer", "minimum": 0, "maximum": tus.LARGEST_SEALED_BYTES}
_DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_ASKED: dict[Operation, dict[str, tuple[dict[str, Any], bool, str]]] = {
    UPLOAD_CREATE: {
        tus.LENGTH_HEADER: (_WHOLE, True, "Bytes of the sealed file"),
        tus.METADATA_HEADER: (
            {"type": "string"},
            True,
            f"{tus.ID_METADATA} (UUID version 4) and {tus.DIGEST_METADATA} (sha256: of the sealed file)",
        ),
    },
    UPLOAD_APPEND: {
        tus.OFFSET_HEADER: (_WHOLE, True, "Where these bytes begin; 409 when it is not where the file ends"),
        tus.CHECKSUM_HEADER: (
            {"type": "string"},
            False,
            f"Algorithm ({' or '.join(tus.CHECKSUMS)}) and digest of these bytes in base64; else 460",
        ),
    },
}
_ANSWERED: dict[Operation, tuple[str, dict[str, dict[str, Any]]]] = {
    UPLOAD_TERMS: (
        "204",
        {
            name: {"type": "string"}
            for name in ("tus-version", "tus-extension", "tus-max-size", "tus-checksum-algorithm")
        },
    ),
    UPLOAD_CREATE: ("201", {"location": {"type": "string"}, tus.OFFSET_HEADER: _WHOLE}),
    UPLOAD_OFFSET: (
        "200",
        {tus.OFFSET_HEADER: _WHOLE, tus.LENGTH_HEADER: _WHOLE, tus.DIGEST_HEADER: _DIGEST},
    ),
    UPLOAD_APPEND: ("204", {tus.OFFSET_HEADER: _WHOLE, tus.DIGEST_HEADER: _DIGEST}),
    UPLOAD_END: ("204", {}),
}


def upload_headers(operation: Operation) -> list[dict[str, Any]]:
    """The parameters of an operation of ``contract.operations.UPLOADS`` that travel as headers."""
    version = {"type": "string", "const": tus.VERSION}
    asked = {tus.VERSION_HEADER: (version, operation is not UPLOAD_TERMS, "")} | _ASKED.get(operation, {})
    return [
        {
            "name": name,
            "in": "header",
            "required": required,
            "schema": schema,
            **({"description": said} if said else {}),
        }
        for name, (schema, required, said) in asked.items()
    ]


def upload_answers(operation: Operation) -> dict[str, Any]:
    """What it answers when it did it: a status of the tus protocol, with headers and without a body."""
    status, headers = _ANSWERED[operation]
    described = {tus.VERSION_HEADER: {"type": "string", "const": tus.VERSION}} | headers
    return {
        status: {
            "description": operation.zh,
            "headers": {name: {"schema": schema} for name, schema in described.items()},
        }
    }
