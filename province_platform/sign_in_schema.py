"""The tables of sign-ins confirmed on a telephone, of help and of licences, beside those of the platform."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from province_platform.schema import metadata

challenges = Table(
    "sign_in_challenges",
    metadata,
    Column("challenge_id", String(36), primary_key=True),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("terminal_id", String(32), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("person_id", String(32)),
    Column("state", String(16), nullable=False),
    Column("collected_at", String(24)),
)
"""Codes on screens. The code itself is not kept; a person is an id of the reference register."""

challenge_purposes = Table(
    "challenge_purposes",
    metadata,
    Column("challenge_id", String(36), primary_key=True),
    Column("helper", String(60), nullable=False),
    Column("relation", String(32), nullable=False),
    Column("item_code", String(64), nullable=False),
)
"""For what a code stands on a screen, where somebody wants to help: who (masked), and with what."""

delegations = Table(
    "delegations",
    metadata,
    Column("delegation_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("helper_session", String(36), nullable=False, index=True),
    Column("person_session", String(36), nullable=False, index=True),
    Column("helper_ref", String(64), nullable=False),
    Column("person_ref", String(64), nullable=False),
    Column("relation", String(32), nullable=False),
    Column("item_code", String(64), nullable=False),
    Column("agreement_version", String(32), nullable=False),
    Column("agreed_at", String(24), nullable=False),
    Column("made_at", String(24), nullable=False),
)
"""Who agreed to be helped by whom, with what, in which sessions: a helped case is held against it."""

session_proofs = Table(
    "session_proofs",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("proof", String(16), primary_key=True),
)
"""By what a citizen's session was proved: one row for each thing that was shown."""

licences_shown = Table(
    "licences_shown",
    metadata,
    Column("shown", String(64), primary_key=True),
    Column("firm_id", String(32), nullable=False),
)
"""Codes and challenges that are shown for a firm, by the digest of the one and the id of the other."""

session_organisations = Table(
    "session_organisations",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("subject_ref", String(64), nullable=False),
    Column("relation", String(32), nullable=False),
    Column("mandate", String(128), nullable=False),
    Column("only", Text, nullable=False),
)
"""For which organisation a citizen's session acts: a case for one is held against it."""

face_tries = Table(
    "face_tries",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("outcome", String(16), nullable=False),
    Column("consent_version", String(32), nullable=False),
    Column("tried_at", String(24), nullable=False),
)
"""That a face was compared in a session, and what came of it. No picture, and no figure of it."""

METADATA = metadata
"""Of every table: whoever makes the database takes it from here, so that none is missing."""
