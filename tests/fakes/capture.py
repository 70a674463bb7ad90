"""What the scripted camera over the plate says, and who keeps its papers."""

from __future__ import annotations

from kiosk_app.terminal.answers import AttachmentKept, DocumentTaken
from offline_store.attachments import KeptAttachment
from tests.fakes.calls import Call


def taken(call: Call) -> DocumentTaken:
    """A picture, a different one each time."""
    return DocumentTaken(call.session_id, b"\xff\xd8 picture %d" % call.number)


def kept(call: Call) -> AttachmentKept:
    """The paper is on the disk."""
    picture, name, _ = call.what
    digest = f"sha256:{call.number:064x}"
    attachment = KeptAttachment(
        call.case_id, digest, len(picture), 900, "image/jpeg", name, digest.encode("ascii")
    )
    return AttachmentKept(call.session_id, attachment, None)
