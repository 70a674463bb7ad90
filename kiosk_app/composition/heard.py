"""What devices tell, in words of the machine. Of a person goes on only what a matter may need."""

from __future__ import annotations

from contract.answers import Identity, SocialCardHolder
from contract.sets import FaceLiveness
from drivers.cabinet.device import PresenceChanged
from drivers.camera import device as camera
from drivers.id_card_reader.device import (
    CardDetected,
    CardLeftBehind,
    CardProblem,
    CardRead,
    CardRemoved,
    CitizenCard,
    ResidencePermit,
)
from drivers.keypad.device import HeadsetChanged
from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.social_security_card.device import (
    SocialCardDetected,
    SocialCardLeftBehind,
    SocialCardProblem,
    SocialCardRead,
    SocialCardRemoved,
    SocialSecurityCard,
)
from foundation.clock import rfc3339
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import (
    CameraAdvised,
    CardFound,
    CardGone,
    CardReading,
    CardTrouble,
    CodeReading,
    CodeTrouble,
    CodeUnwanted,
    FaceTaken,
    HeadsetPlugged,
    PresenceNoticed,
    SocialCardFound,
    SocialCardGone,
    SocialCardReading,
    SocialCardTrouble,
)


def message_of(event: object) -> Message | None:
    """What the machine is told of a driver's event; None for what does not concern it."""
    match event:
        case CardDetected() | CardLeftBehind():
            return CardFound(left_behind=isinstance(event, CardLeftBehind))
        case CardRemoved():
            return CardGone()
        case CardRead(card=CitizenCard() | ResidencePermit() as card, evidence=evidence):
            return CardReading(
                _identity(card), evidence.sam_number, rfc3339(evidence.read_at), card.valid_from.isoformat()
            )
        case CardProblem():
            return CardTrouble(event.error)
        case CodeScanned() | camera.CodeSeen():
            return CodeReading(event.payload)
        case CodeProblem() | camera.CodeProblem():
            return CodeTrouble(event.error)
        case CodeUnasked():
            return CodeUnwanted()
        case camera.FaceCaptured():
            return FaceTaken(event.photograph.jpeg, FaceLiveness(event.liveness.value))
        case camera.Advised():
            return CameraAdvised(event.advice.value)
        case HeadsetChanged():
            return HeadsetPlugged(event.present)
        case PresenceChanged():
            return PresenceNoticed(event.present)
        case _:
            return _of_social_card(event)


def _of_social_card(event: object) -> Message | None:
    match event:
        case SocialCardDetected() | SocialCardLeftBehind():
            return SocialCardFound(left_behind=isinstance(event, SocialCardLeftBehind))
        case SocialCardRead():
            return SocialCardReading(_holder(event.card))
        case SocialCardProblem():
            return SocialCardTrouble(event.error)
        case SocialCardRemoved():
            return SocialCardGone()
        case _:
            return None


def _holder(card: SocialSecurityCard) -> SocialCardHolder:
    """Region, specification and period of validity stay behind."""
    return SocialCardHolder(name=card.name, number=card.number, card_number=card.card_number)


def _identity(card: CitizenCard | ResidencePermit) -> Identity:
    """Photo, sex and ethnicity stay behind. Of addresses that were added to the card the last is in force."""
    return Identity(
        name=card.name,
        number=card.number,
        birth_date=card.birth_date.isoformat(),
        address=card.new_addresses[-1] if card.new_addresses else card.address,
    )
