"""The readers of cards at work, each with the light that shows where its card goes."""

from __future__ import annotations

from collections.abc import Callable

from drivers.cabinet.device import Light, Position
from drivers.id_card_reader.reader import IdCardReader
from drivers.social_security_card.reader import SocialSecurityCardReader


class CardReaders:
    """What is not fitted is asked in vain. ``guide`` has the light of a position show this."""

    def __init__(
        self,
        identity: IdCardReader | None,
        social_security: SocialSecurityCardReader | None,
        guide: Callable[[Position, Light], None],
    ) -> None:
        self._identity = identity
        self._social_security = social_security
        self._guide = guide

    def allow_identity_card(self, allowed: bool) -> None:
        """Whether an identity card may be read now."""
        if self._identity is not None:
            self._identity.allow_reading(allowed)
            self._guide(Position.CARD_READER, _light(allowed))

    def allow_social_card(self, allowed: bool) -> None:
        """Whether a social-security card may be read now."""
        if self._social_security is not None:
            self._social_security.allow_reading(allowed)
            self._guide(Position.SOCIAL_SECURITY_CARD, _light(allowed))

    def forget(self) -> None:
        """A card that lies there now, or is in its slot, signs nobody in before it was taken away."""
        for reader in (self._identity, self._social_security):
            if reader is not None:
                reader.forget_card()


def _light(allowed: bool) -> Light:
    return Light.SLOW_FLASH if allowed else Light.OFF
