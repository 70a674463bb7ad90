"""The wire as OpenAPI 3.1, made from the table of operations and the structs."""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec

from contract.answers import Problem, SealedCase, SocialCardHolder
from contract.attachments import CHUNK_MEDIA_TYPE
from contract.commands import Command
from contract.envelope import BATCH_MEDIA_TYPE, LARGEST_BATCH, LARGEST_EVENT_BYTES, CloudEvent, stream_of
from contract.event_types import PAYLOADS
from contract.handover import HandedOver
from contract.openapi_uploads import upload_answers, upload_headers
from contract.operations import (
    EVENTS,
    ITEMS,
    NONCE_HEADER,
    OPERATIONS,
    SESSION_HEADER,
    SIGNATURE_HEADER,
    TIME,
    UPLOAD_APPEND,
    UPLOADS,
    Caller,
    Operation,
)
from contract.sets import Coded
from contract.structures import closed_sets

VERSION = "1.0.0"
_SCHEMAS = "#/components/schemas/"
_SECURITY: dict[Caller, list[dict[str, list[str]]]] = {
    Caller.ANYONE: [],
    Caller.TERMINAL: [{"terminalCertificate": []}],
    Caller.CITIZEN: [{"terminalCertificate": [], "citizenSession": []}],
}
_DESCRIPTION = f"""\
The interface between a 店小二 self-service terminal and the province platform.

Terminals prove themselves by certificates (mutual TLS); a citizen's session is a token in a header besides.
Times are RFC 3339 in UTC with milliseconds. Whoever receives ignores fields that it does not know.
A refusal is a Problem: a code of the catalogue and a sentence that says what to do now.

Events are CloudEvents 1.0 in batches of at most {LARGEST_BATCH}, each of at most {LARGEST_EVENT_BYTES} bytes.
They are answered row by row after the rows are durable: one row that is refused never refuses the rest,
and an answer with fewer rows than the batch confirms nothing. The same id is the same event, for ever.
"""


def openapi() -> dict[str, Any]:
    """The document, in a fixed order. Every reference in it resolves within it."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "店小二终端接口 (dianxiaoer, terminal and province)",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [
            {
                "url": "https://{platform}",
                "variables": {
                    "platform": {
                        "default": "province.example",
                        "description": "As the terminal's settings name it",
                    }
                },
            }
        ],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "responses": {"Problem": _problem()},
            "securitySchemes": {
                "terminalCertificate": {
                    "type": "mutualTLS",
                    "description": "From the platform's authority; its subject is the terminal's id",
                },
                "citizenSession": {
                    "type": "apiKey",
                    "in": "header",
                    "name": SESSION_HEADER,
                    "description": "The token of a citizen's session, from one of the sign-ins",
                },
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.zh,
        "description": operation.meaning,
        "x-timeout-s": operation.timeout_s,
        "security": _SECURITY[operation.caller],
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "maxLength": 64}}
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    parameters += [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {"type": "integer", "minimum": 0, "maximum": most, "default": 0},
        }
        for name, most in operation.query
    ]
    if operation is ITEMS:
        parameters.append({"name": "If-None-Match", "in": "header", "schema": {"type": "string"}})
    if operation is TIME:
        parameters.append(
            {"name": NONCE_HEADER, "in": "header", "schema": {"type": "string", "maxLength": 36}}
        )
    if operation in UPLOADS:
        parameters += upload_headers(operation)
    if parameters:
        described["parameters"] = parameters
    if operation.request is not None:
        described["requestBody"] = _request(operation)
    described["responses"] = _responses(operation)
    return described


def _request(operation: Operation) -> dict[str, Any]:
    if operation is UPLOAD_APPEND:
        return {"required": True, "content": {CHUNK_MEDIA_TYPE: {}}}
    if operation is not EVENTS:
        schema = {"$ref": _SCHEMAS + operation.request.__name__}
        return {"required": True, "content": {"application/json": {"schema": schema}}}
    batch = {"type": "array", "items": {"$ref": _SCHEMAS + "Event"}, "maxItems": LARGEST_BATCH}
    return {
        "required": True,
        "description": "May be compressed: Content-Encoding gzip",
        "content": {BATCH_MEDIA_TYPE: {"schema": batch}},
    }


def _responses(operation: Operation) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": operation.zh,
        "content": {"application/json": {"schema": {"$ref": _SCHEMAS + operation.answer.__name__}}},
    }
    responses: dict[str, Any] = upload_answers(operation) if operation in UPLOADS else {"200": answer}
    if operation in (ITEMS, TIME):
        answer["headers"] = {
            SIGNATURE_HEADER: {
                "description": "Detached JWS (RFC 7515, appendix F; ES256) over the exact bytes of the body",
                "required": True,
                "schema": {"type": "string"},
            }
        }
    if operation is ITEMS:
        answer["headers"]["ETag"] = {"schema": {"type": "string"}}
        responses["304"] = {"description": "The caller has the current batch"}
    return responses | {status: {"$ref": "#/components/responses/Problem"} for status in ("4XX", "5XX")}


def _problem() -> dict[str, Any]:
    return {
        "description": "Refused: what it means and what to do now",
        "headers": {"Retry-After": {"description": "Seconds", "schema": {"type": "integer", "minimum": 0}}},
        "content": {"application/json": {"schema": {"$ref": _SCHEMAS + "Problem"}}},
    }


def _schemas() -> dict[str, Any]:
    bodies = {
        body
        for operation in OPERATIONS
        for body in (operation.request, operation.answer)
        if body not in (None, list, bytes)
    }
    roots = sorted(
        {*bodies, *PAYLOADS.values(), CloudEvent, Problem, SealedCase, HandedOver, SocialCardHolder, Command},
        key=lambda root: root.__name__,
    )
    _, components = msgspec.json.schema_components(roots, ref_template=_SCHEMAS + "{name}")
    words = {closed_set.__name__: closed_set for closed_set in closed_sets()}
    for name, schema in components.items():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
        if name in words:
            _name_values(schema, words[name])
    return dict(sorted({**components, **_events()}.items()))


def _name_values(schema: dict[str, Any], closed_set: type[Coded]) -> None:
    """Values in the settled order, each with its words."""
    schema["enum"] = [member.value for member in closed_set]
    schema["x-words"] = {member.value: {"zh": member.zh, "en": member.en} for member in closed_set}


def _events() -> dict[str, Any]:
    """The envelope with each payload that its type can announce."""
    variants = {}
    for type_, payload in PAYLOADS.items():
        stream = stream_of(type_)
        variants[type_, f"{payload.__name__}Event"] = {
            "title": stream.zh if stream is not None else type_,
            "allOf": [
                {"$ref": _SCHEMAS + "CloudEvent"},
                {
                    "type": "object",
                    "properties": {"type": {"const": type_}, "data": {"$ref": _SCHEMAS + payload.__name__}},
                    "required": ["type", "data"],
                },
            ],
        }
    return {name: schema for (_, name), schema in variants.items()} | {
        "Event": {
            "title": "事件",
            "oneOf": [{"$ref": _SCHEMAS + name} for _, name in variants],
            "discriminator": {
                "propertyName": "type",
                "mapping": {type_: _SCHEMAS + name for type_, name in variants},
            },
        }
    }
