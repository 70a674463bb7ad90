"""Every error of the terminal, named by what to do next.

The code on the screen is the code in the log. The words for people are elsewhere (screens/words,
words/*.toml); here stand the code, the next step and one English line for the log and the manual.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class NextStep(Enum):
    """What whoever meets the error should do."""

    RETRY = "retry"
    """Time may mend it: back off and try again."""
    REAUTHENTICATE = "reauthenticate"
    """The credentials are no longer good: sign in or enrol again."""
    SET_ASIDE = "set_aside"
    """Trying again will not help: keep it, with its reason, and go on with the rest."""
    ASK_PERSON = "ask_person"
    """A person has to do something: the citizen, the keeper or a technician."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A stable code ``AREA-NNN``, its next step, and its meaning in one line of English."""

    code: str
    next_step: NextStep
    meaning: str

    def __str__(self) -> str:
        return self.code


class Errors:
    """The catalogue. A code is never reused and never changes its meaning."""

    # Identity card reader
    CARD_READER_LOST = ErrorCode("CARD-001", NextStep.RETRY, "the card reader does not answer or is gone")
    CARD_HOLD_STILL = ErrorCode("CARD-002", NextStep.ASK_PERSON, "the card moved while it was read")
    CARD_NOT_RECOGNISED = ErrorCode(
        "CARD-003", NextStep.ASK_PERSON, "card and reader do not accept each other"
    )
    CARD_NOT_SUPPORTED = ErrorCode("CARD-004", NextStep.ASK_PERSON, "a document of a kind not supported here")
    CARD_READER_BROKEN = ErrorCode(
        "CARD-005",
        NextStep.ASK_PERSON,
        "the reader's security module failed its self-test or is not authorised",
    )
    CARD_EXPIRED = ErrorCode("CARD-006", NextStep.ASK_PERSON, "the card's period of validity has ended")
    CARD_INCONSISTENT = ErrorCode(
        "CARD-007", NextStep.ASK_PERSON, "the card's text contradicts itself (check digit or dates)"
    )
    CARD_LEFT_BEHIND = ErrorCode(
        "CARD-008", NextStep.ASK_PERSON, "a card lies on the reader and nobody is there"
    )
    # Code scanner
    SCANNER_LOST = ErrorCode("SCAN-001", NextStep.RETRY, "the code scanner does not answer or is not there")
    CODE_NOT_READABLE = ErrorCode(
        "SCAN-002", NextStep.ASK_PERSON, "what was scanned is not a code of a known kind"
    )
    CODE_REFUSED = ErrorCode(
        "SCAN-003", NextStep.ASK_PERSON, "the province did not accept the code (too old, used, unknown)"
    )
    TELEPHONE_REFUSED = ErrorCode(
        "SCAN-004", NextStep.ASK_PERSON, "on the telephone the sign-in by the code on the screen was refused"
    )
    LICENCE_WANTED = ErrorCode(
        "SCAN-005", NextStep.ASK_PERSON, "the matter is an organisation's, and no business licence was shown"
    )
    MANDATE_TOO_NARROW = ErrorCode(
        "SCAN-006", NextStep.ASK_PERSON, "the business licence's holder has no mandate for this matter"
    )
    # Camera
    CAMERA_LOST = ErrorCode("CAMR-001", NextStep.RETRY, "the camera shows nothing or is not there")
    CAMERA_UNSTABLE = ErrorCode(
        "CAMR-002", NextStep.ASK_PERSON, "the camera's program had to be ended three times in five minutes"
    )
    CAMERA_SEES_NOTHING = ErrorCode(
        "CAMR-003", NextStep.ASK_PERSON, "the camera works and sees nothing: covered, in the dark or blinded"
    )
    # Receipt printer
    PRINTER_LOST = ErrorCode("PRNT-001", NextStep.RETRY, "the receipt printer does not answer or is gone")
    PRINTER_NO_PAPER = ErrorCode("PRNT-002", NextStep.ASK_PERSON, "the receipt printer has no paper")
    PRINTER_COVER_OPEN = ErrorCode("PRNT-003", NextStep.ASK_PERSON, "the receipt printer's cover is open")
    PRINTER_BROKEN = ErrorCode(
        "PRNT-004", NextStep.ASK_PERSON, "the receipt printer reports an error of cutter or head"
    )
    PRINT_OUTCOME_UNKNOWN = ErrorCode(
        "PRNT-005", NextStep.ASK_PERSON, "whether the slip was printed is not known"
    )
    PRINT_SESSION_OVER = ErrorCode(
        "PRNT-006", NextStep.ASK_PERSON, "the slip's session has ended, or is another person's"
    )
    # Document printer (A4)
    DOCUMENT_PRINTER_LOST = ErrorCode(
        "PAGE-001", NextStep.RETRY, "the document printer does not answer or is not there"
    )
    DOCUMENT_PRINTER_NO_PAPER = ErrorCode(
        "PAGE-002", NextStep.ASK_PERSON, "the document printer has no paper"
    )
    DOCUMENT_PRINTER_COVER_OPEN = ErrorCode(
        "PAGE-003", NextStep.ASK_PERSON, "a cover or door of the document printer is open"
    )
    DOCUMENT_PRINTER_JAMMED = ErrorCode(
        "PAGE-004", NextStep.ASK_PERSON, "paper is jammed in the document printer"
    )
    DOCUMENT_PRINTER_NO_TONER = ErrorCode(
        "PAGE-005", NextStep.ASK_PERSON, "the document printer has no toner or ink, or needs a part changed"
    )
    DOCUMENT_PRINTER_BROKEN = ErrorCode(
        "PAGE-006", NextStep.ASK_PERSON, "the document printer or its queue has stopped and does not say why"
    )
    DOCUMENT_OUTCOME_UNKNOWN = ErrorCode(
        "PAGE-007", NextStep.ASK_PERSON, "whether the document was printed, or how much of it, is not known"
    )
    DOCUMENT_REFUSED = ErrorCode(
        "PAGE-008", NextStep.ASK_PERSON, "the document printer or its queue did not take the document"
    )
    DOCUMENT_PRINTER_UNFIT = ErrorCode(
        "PAGE-009",
        NextStep.ASK_PERSON,
        "the printer takes no PDF, or its queue does not lead to the printer that is asked how it is",
    )
    DOCUMENT_SHEETS_LEFT = ErrorCode(
        "PAGE-010", NextStep.ASK_PERSON, "sheets that nobody has taken lie in the document printer's tray"
    )
    DOCUMENT_SESSION_OVER = ErrorCode(
        "PAGE-011", NextStep.ASK_PERSON, "the document's session has ended, or is another person's"
    )
    DOCUMENT_NOT_MADE = ErrorCode("PAGE-012", NextStep.ASK_PERSON, "the document could not be made")
    # Speech
    SPEECH_OUTPUT_LOST = ErrorCode("SPCH-001", NextStep.RETRY, "no sound comes out of a fitted output")
    SPEECH_SYNTHESISER_LOST = ErrorCode(
        "SPCH-002",
        NextStep.RETRY,
        "the speech synthesiser is missing, hangs or fails; only recordings are said",
    )
    SPEECH_RECORDING_UNUSABLE = ErrorCode(
        "SPCH-003", NextStep.ASK_PERSON, "a recorded phrase cannot be used; the synthesiser says it"
    )
    SPEECH_OUTCOME_UNKNOWN = ErrorCode(
        "SPCH-004", NextStep.RETRY, "the sound output failed in mid-phrase: how much was heard is not known"
    )
    # Keypad
    KEYPAD_LOST = ErrorCode("KEYP-001", NextStep.RETRY, "the keypad does not answer or is not there")
    KEYPAD_KEY_STUCK = ErrorCode("KEYP-002", NextStep.ASK_PERSON, "a key of the keypad is held down or stuck")
    # Cabinet
    CABINET_LOST = ErrorCode("CABT-001", NextStep.RETRY, "the cabinet's board does not answer or is gone")
    CABINET_DOOR_OPEN = ErrorCode("CABT-002", NextStep.ASK_PERSON, "the service door is open")
    CABINET_TAMPERED = ErrorCode(
        "CABT-003", NextStep.ASK_PERSON, "somebody worked at the housing, and no technician has cleared it"
    )
    CABINET_PART_BROKEN = ErrorCode(
        "CABT-004", NextStep.ASK_PERSON, "the cabinet's board says that a sensor or a guide light is broken"
    )
    CABINET_ON_BATTERY = ErrorCode("CABT-005", NextStep.RETRY, "the mains has failed: it runs on its battery")
    # Social-security card
    SOCIAL_CARD_READER_LOST = ErrorCode(
        "SOCL-001",
        NextStep.RETRY,
        "the social-security card reader or its service does not answer or is not there",
    )
    SOCIAL_CARD_READER_UNSTABLE = ErrorCode(
        "SOCL-002",
        NextStep.ASK_PERSON,
        "the card reader's program had to be ended three times in five minutes",
    )
    SOCIAL_CARD_TAKEN_EARLY = ErrorCode(
        "SOCL-003", NextStep.ASK_PERSON, "the social-security card was taken out while it was read"
    )
    SOCIAL_CARD_NOT_READABLE = ErrorCode(
        "SOCL-004",
        NextStep.ASK_PERSON,
        "the social-security card does not answer, or not in a way that can be understood",
    )
    SOCIAL_CARD_NOT_SUPPORTED = ErrorCode(
        "SOCL-005", NextStep.ASK_PERSON, "a card without the social-security application or its files"
    )
    SOCIAL_CARD_PROTECTED = ErrorCode(
        "SOCL-006",
        NextStep.ASK_PERSON,
        "the social-security card wants a PIN or a key that is not fitted here",
    )
    SOCIAL_CARD_EXPIRED = ErrorCode(
        "SOCL-007", NextStep.ASK_PERSON, "the social-security card's period of validity has ended"
    )
    SOCIAL_CARD_INCONSISTENT = ErrorCode(
        "SOCL-008", NextStep.ASK_PERSON, "the social-security card's data contradict themselves"
    )
    SOCIAL_CARD_OF_ANOTHER = ErrorCode(
        "SOCL-009", NextStep.ASK_PERSON, "the social-security card is not that of the person who signed in"
    )
    # Province
    PROVINCE_UNREACHABLE = ErrorCode("PROV-001", NextStep.RETRY, "the province platform cannot be reached")
    PROVINCE_BUSY = ErrorCode(
        "PROV-002", NextStep.RETRY, "the province platform answered that it cannot serve now"
    )
    PROVINCE_NOT_UNDERSTOOD = ErrorCode(
        "PROV-003", NextStep.RETRY, "what answered is not the province platform (no valid answer)"
    )
    TERMINAL_NOT_AUTHORISED = ErrorCode(
        "PROV-004", NextStep.REAUTHENTICATE, "the province does not accept this terminal's certificate"
    )
    SIGN_IN_EXPIRED = ErrorCode("PROV-005", NextStep.REAUTHENTICATE, "the citizen's session has ended")
    EVENT_REFUSED = ErrorCode("PROV-006", NextStep.SET_ASIDE, "it refused one event; the answer says why")
    QUERY_REFUSED = ErrorCode("PROV-007", NextStep.ASK_PERSON, "it has no answer to this query for her")
    SIGN_IN_REFUSED = ErrorCode("PROV-008", NextStep.ASK_PERSON, "the province did not accept the sign-in")
    PLATFORM_OUT_OF_TIME = ErrorCode(
        "PROV-009",
        NextStep.RETRY,
        "the platform's certificate is not valid at this terminal's time: one of the two clocks is wrong",
    )
    CERTIFICATE_ENDED = ErrorCode(
        "PROV-010",
        NextStep.REAUTHENTICATE,
        "this terminal's certificate has ended: it could not be renewed in time",
    )
    # Blocked by the province
    DOCUMENT_BLOCKED = ErrorCode("BLCK-001", NextStep.ASK_PERSON, "the document is on the block list")
    MATTER_BLOCKED = ErrorCode("BLCK-002", NextStep.ASK_PERSON, "this matter is blocked for this person")
    TERMINAL_BLOCKED = ErrorCode("BLCK-003", NextStep.ASK_PERSON, "this terminal is on the block list")
    BLOCK_LIST_REFUSED = ErrorCode("BLCK-004", NextStep.SET_ASIDE, "a block list was not the right one")
    CODES_BLOCKED = ErrorCode("BLCK-005", NextStep.ASK_PERSON, "codes of this issuer are not taken now")
    STAFF_BLOCKED = ErrorCode("BLCK-006", NextStep.ASK_PERSON, "this staff number is on the block list")
    # Helping somebody else
    RELATION_UNKNOWN = ErrorCode("HELP-001", NextStep.ASK_PERSON, "no registered relation of the two")
    SAME_PERSON = ErrorCode("HELP-002", NextStep.ASK_PERSON, "the helper's own identity was shown again")
    # More proof in the middle of a matter
    PROOF_OTHER_PERSON = ErrorCode(
        "IDNT-001", NextStep.ASK_PERSON, "who proves herself is another person than the one who began"
    )
    PROOF_SAME_WAY = ErrorCode(
        "IDNT-002", NextStep.ASK_PERSON, "a further proof was of the same kind as the one before"
    )
    PROOF_ELSEWHERE = ErrorCode(
        "IDNT-003", NextStep.ASK_PERSON, "what the matter needs was not proved here; a window goes on with it"
    )
    # Comparing faces
    FACE_GUARDIAN_NEEDED = ErrorCode(
        "FACE-001", NextStep.ASK_PERSON, "under 14 a guardian known to the province agrees first"
    )
    FACE_TRIES_USED = ErrorCode(
        "FACE-002", NextStep.ASK_PERSON, "a face was compared as often as it may be in one session"
    )
    # Reconciliation
    RECONCILIATION_DIFFERS = ErrorCode(
        "RECO-001",
        NextStep.ASK_PERSON,
        "what a terminal states of its delivery is not what the platform holds",
    )
    # Commands of the province
    COMMAND_EXPIRED = ErrorCode(
        "CMND-001", NextStep.SET_ASIDE, "a command was not begun before its deadline, and was not carried out"
    )
    COMMAND_NOT_UNDERSTOOD = ErrorCode(
        "CMND-002", NextStep.SET_ASIDE, "a command that this release does not know, or that lacks something"
    )
    COMMAND_INTERRUPTED = ErrorCode(
        "CMND-003", NextStep.ASK_PERSON, "whether a command was carried out is not known: it was interrupted"
    )
    COMMAND_NOT_TRUSTED = ErrorCode(
        "CMND-004", NextStep.SET_ASIDE, "what claimed to be a command is not signed for this terminal"
    )
    # Staff
    STAFF_GRANT_REFUSED = ErrorCode(
        "STAF-001", NextStep.ASK_PERSON, "what was scanned is no grant of the province for this terminal"
    )
    STAFF_GRANT_EXPIRED = ErrorCode("STAF-002", NextStep.ASK_PERSON, "a grant that is not in force now")
    STAFF_CODE_WRONG = ErrorCode("STAF-003", NextStep.ASK_PERSON, "the visit code does not go with the grant")
    STAFF_LOCKED = ErrorCode(
        "STAF-004", NextStep.ASK_PERSON, "wrong visit codes have locked the way for staff for a while"
    )
    # Enrolment
    ENROLMENT_CODE_MALFORMED = ErrorCode(
        "ENRL-001", NextStep.ASK_PERSON, "the enrolment code is incomplete or mistyped"
    )
    ENROLMENT_CODE_REFUSED = ErrorCode(
        "ENRL-002", NextStep.ASK_PERSON, "the enrolment code was used, has expired or is unknown"
    )
    AUTHORITY_MISMATCH = ErrorCode(
        "ENRL-003",
        NextStep.ASK_PERSON,
        "the platform's authority is not the one that the enrolment code names",
    )
    NOT_ENROLLED = ErrorCode("ENRL-004", NextStep.ASK_PERSON, "this terminal is not enrolled")
    # Store
    STORE_BUSY = ErrorCode("STOR-001", NextStep.RETRY, "the store could not be written in time")
    STORE_FULL = ErrorCode("STOR-002", NextStep.ASK_PERSON, "the disk has no room for another case")
    STORE_KEY_MISSING = ErrorCode(
        "STOR-003", NextStep.ASK_PERSON, "the store's key is missing or does not open it"
    )
    STORE_DAMAGED = ErrorCode("STOR-004", NextStep.ASK_PERSON, "the store's file is damaged")
    STORE_UNWRITABLE = ErrorCode(
        "STOR-005", NextStep.ASK_PERSON, "the disk under the store is read-only or reports errors"
    )
    STORE_LOW = ErrorCode("STOR-006", NextStep.ASK_PERSON, "the disk is nearly full: no new session begins")
    # Attachments
    ATTACHMENT_TOO_LARGE = ErrorCode(
        "ATCH-001", NextStep.ASK_PERSON, "what was to be attached is empty or too large"
    )
    ATTACHMENT_NO_ROOM = ErrorCode(
        "ATCH-002", NextStep.ASK_PERSON, "there is no room on this terminal for another attachment"
    )
    ATTACHMENT_DAMAGED = ErrorCode(
        "ATCH-003", NextStep.SET_ASIDE, "a sealed attachment on this terminal is damaged or gone"
    )
    ATTACHMENT_REFUSED = ErrorCode(
        "ATCH-004", NextStep.SET_ASIDE, "the province does not take an attachment, or not in this form"
    )
    # Keys
    KEY_BESIDE_DISK = ErrorCode(
        "KEYS-001",
        NextStep.ASK_PERSON,
        "a terminal in service keeps its key beside the disk, and the province has not allowed that",
    )
    KEY_HOLDER_LOST = ErrorCode(
        "KEYS-002",
        NextStep.ASK_PERSON,
        "the TPM, the token or the credential that holds the store's key is not there or does not answer",
    )
    KEY_PIN_REFUSED = ErrorCode(
        "KEYS-003", NextStep.ASK_PERSON, "the token refuses the PIN, is locked, or has hardly a try left"
    )
    KEY_MACHINE_CHANGED = ErrorCode(
        "KEYS-004",
        NextStep.ASK_PERSON,
        "the machine did not start in the state in which its TPM gives the key",
    )
    KEY_GONE = ErrorCode(
        "KEYS-005",
        NextStep.ASK_PERSON,
        "what held the store's key was reset, exchanged or emptied: the key is gone",
    )
    KEY_UNLOCK_UNREACHABLE = ErrorCode(
        "KEYS-006", NextStep.RETRY, "the province, which holds a share of the key, cannot be reached"
    )
    KEY_UNLOCK_REFUSED = ErrorCode(
        "KEYS-007", NextStep.ASK_PERSON, "the province does not release its share of this terminal's key"
    )
    # Slips
    SLIP_NOT_GENUINE = ErrorCode(
        "SLIP-001", NextStep.ASK_PERSON, "a slip's code was altered, or no terminal of this province made it"
    )
    # Items
    ITEM_BATCH_REFUSED = ErrorCode(
        "ITEM-001", NextStep.RETRY, "a batch of items was refused: its signature or shape is wrong"
    )
    ITEM_NOT_OFFLINE = ErrorCode(
        "ITEM-002", NextStep.ASK_PERSON, "this matter needs the province, which cannot be reached now"
    )
    ANSWER_NOT_ACCEPTED = ErrorCode(
        "ITEM-003", NextStep.ASK_PERSON, "an answer does not fit what the matter asks for"
    )
    # Publications of the province
    THEME_REFUSED = ErrorCode(
        "THEM-001", NextStep.RETRY, "a theme pack was refused: its signature, shape or contrast is wrong"
    )
    NEWS_REFUSED = ErrorCode(
        "NEWS-001", NextStep.RETRY, "a news sheet was refused: its signature or shape is wrong"
    )
    CLIPS_REFUSED = ErrorCode(
        "CLIP-001", NextStep.RETRY, "clips of signing were refused: their signature or shape is wrong"
    )
    SCREEN_NOT_DRAWN = ErrorCode(
        "SCRN-001", NextStep.RETRY, "no picture of the screen could be drawn for the province"
    )
    # Session
    WIPE_NOT_CLEAN = ErrorCode(
        "WIPE-001", NextStep.RETRY, "something of a person was still in memory after the wipe"
    )
    WIPE_REPLACEMENT_FAILED = ErrorCode(
        "WIPE-002",
        NextStep.ASK_PERSON,
        "after a wipe that was not clean neither process nor machine could be started anew",
    )
    WIPE_MACHINE_RESTARTS = ErrorCode(
        "WIPE-003", NextStep.RETRY, "the machine is being restarted after a wipe that was not clean"
    )
    # Clock and place
    CLOCK_STEPPED = ErrorCode(
        "CLCK-001", NextStep.RETRY, "the machine's wall clock was set forwards or back while the terminal ran"
    )
    CLOCK_WRONG = ErrorCode(
        "CLCK-002",
        NextStep.ASK_PERSON,
        "the machine's wall clock is more than a minute from the platform's; events carry the true time",
    )
    GNSS_LOST = ErrorCode(
        "GNSS-001", NextStep.RETRY, "the receiver of satellite positioning says nothing or is not there"
    )
    TERMINAL_MOVED = ErrorCode(
        "SITE-001",
        NextStep.ASK_PERSON,
        "the terminal stands more than 200 m from where it was measured to stand",
    )
    # Certificate of the terminal
    CERTIFICATE_ENDING = ErrorCode(
        "CERT-001", NextStep.ASK_PERSON, "this terminal's certificate ends within 30 days and was not renewed"
    )
    # Settings
    SETTINGS_WRONG = ErrorCode(
        "CONF-001",
        NextStep.ASK_PERSON,
        "the settings file has a mistake; the message names file, key and remedy",
    )


def all_errors() -> dict[str, ErrorCode]:
    """Every error by its code."""
    return {value.code: value for value in vars(Errors).values() if isinstance(value, ErrorCode)}
