"""The client of the province platform: one method for each operation of ``contract.operations``."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from contract import answers, operations
from contract.envelope import BATCH_MEDIA_TYPE
from contract.item_checks import decode_batch_document
from contract.items import ItemBatch
from contract.operations import SESSION_HEADER, SIGNATURE_HEADER, Operation
from contract.signing import Verifier
from foundation.clock import Clock, rfc3339
from foundation.errors import ErrorCode, Errors, all_errors
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.delegations import Delegations
from kiosk_app.province.exchange import DateCheck, Exchange, Reply, TlsFiles, machine_checks_dates
from kiosk_app.province.faces import FaceComparisons
from kiosk_app.province.outcomes import Answered, Outcome, Refused, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reachability import Reachability
from kiosk_app.province.social_card import SocialCardCheck
from kiosk_app.province.telephone_sign_in import TelephoneSignIn, session_header
from kiosk_app.province.time_question import TimeQuestion, dates_judged_by

COMPRESS_FROM_BYTES = 2048
NOT_JSON = (msgspec.DecodeError, RecursionError)
"""What decoding raises for bytes that are not what was asked for, or are nested too deep."""
_BUSY = (408, 425, 429)
_OF_ONE_SERVICE = (Errors.PROVINCE_BUSY, Errors.PROVINCE_NOT_UNDERSTOOD)


@dataclass(frozen=True, slots=True)
class SignedItems:
    """A batch whose signature was verified over exactly these bytes, and which can be shown and run."""

    content: bytes
    signature: str
    etag: str
    batch: ItemBatch


@dataclass(frozen=True, slots=True)
class SignedBytes:
    """What the province published, verified over exactly these bytes; what they mean is for the caller."""

    content: bytes
    signature: str
    etag: str


class PlatformCalls:
    """Calls an operation and says what came of it. Thread-safe.

    ``observe`` hears the outcome of every call that was not cut short by :meth:`interrupt` or :meth:`close`,
    in the thread of the call. Where there is ``doubt``, it is called instead for trouble that may be that of
    one service alone: the line is then asked about by itself.
    """

    def __init__(
        self,
        base_url: str,
        tls: TlsFiles,
        clock: Clock,
        observe: Callable[[Outcome[Any]], None] = lambda _: None,
        date_check: Callable[[], DateCheck | None] = machine_checks_dates,
        reachability: Reachability | None = None,
        doubt: Callable[[], None] | None = None,
    ) -> None:
        self._doubt = doubt
        self._exchange = Exchange(base_url, tls, clock, date_check)
        self._observe = observe
        self._reachability = reachability
        self._interruptions = 0
        self._closed = False

    def call(
        self,
        operation: Operation,
        *,
        names: Mapping[str, str] | None = None,
        query: Mapping[str, int] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Outcome[Any]:
        """The answer, decoded as the operation's type.

        ``names`` fill the path, ``query`` follows it (``Operation.query``), ``body`` is JSON.
        """
        reply = self.reply(operation, names=names, query=query, body=body, headers=headers)
        if not isinstance(reply, Reply):
            return reply
        outcome = outcome_of(operation, reply)
        self.observed(outcome)
        return outcome

    def reply(
        self,
        operation: Operation,
        *,
        names: Mapping[str, str] | None = None,
        query: Mapping[str, int] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply | Refused | Unreachable:
        """The same without reading the reply: the caller passes what it makes of it to :meth:`observed`."""
        path = operation.path.format_map(
            {name: quote(value, safe="") for name, value in (names or {}).items()}
        )
        if query:
            path += "?" + "&".join(f"{name}={value}" for name, value in query.items())
        sent = {"accept": "application/json", **(headers or {})}
        if body is not None:
            sent.setdefault("content-type", "application/json")
            if len(body) >= COMPRESS_FROM_BYTES:
                body = gzip.compress(body, compresslevel=1, mtime=0)
                sent["content-encoding"] = "gzip"
        if self._reachability is not None and (error := self._reachability.refusal(operation.name)):
            return Unreachable(error)  # known already, and told to nobody again
        begun = self.mark()
        reply = self._exchange.send(operation.method, path, operation.timeout_s, body=body, headers=sent)
        failure = failure_of(reply) if isinstance(reply, Reply) and reply.status >= 500 else reply
        self.reached(operation, None if isinstance(failure, Reply) else failure, begun)
        if not isinstance(reply, Reply):
            self.observed(reply, begun)
        return reply

    def published(
        self,
        operation: Operation,
        etag: str,
        verifier: Verifier,
        forged: ErrorCode,
        headers: Mapping[str, str] | None = None,
    ) -> Outcome[SignedBytes | None]:
        """What is in force of a publication, or None when it is still that with ``etag``.

        Refused with ``forged`` when ``verifier`` does not know the signature over the exact bytes.
        """
        reply = self.reply(
            operation, headers={**(headers or {}), **({"if-none-match": etag} if etag else {})}
        )
        if not isinstance(reply, Reply):
            return reply
        if reply.status == 304:
            outcome: Outcome[SignedBytes | None] = Answered(None)
        elif reply.status == 200:
            outcome = _verified(reply, verifier, forged)
        else:
            outcome = failure_of(reply)
        self.observed(outcome)
        return outcome

    def reached(self, operation: Operation, failure: Refused | Unreachable | None, begun: int) -> None:
        """Notes whether the service behind ``operation`` answered, unless the call was cut short."""
        if self._reachability is not None and not self._closed and begun == self._interruptions:
            retry_after_s = failure.retry_after_s if isinstance(failure, Unreachable) else None
            error = failure.error if failure is not None else None
            self._reachability.note(operation.name, error, retry_after_s)

    def mark(self) -> int:
        """A moment for :meth:`observed`."""
        return self._interruptions

    def observed(self, outcome: Outcome[Any], begun: int | None = None, *, of_the_line: bool = False) -> None:
        """Tells the observer, unless the call that was ``begun`` then was cut short since."""
        cut_short = begun not in (None, self._interruptions) and not isinstance(outcome, Answered)
        if self._closed or cut_short:
            return
        is_of_one = isinstance(outcome, Unreachable) and outcome.error in _OF_ONE_SERVICE
        if is_of_one and not of_the_line and self._doubt is not None:
            self._doubt()
        else:
            self._observe(outcome)

    def interrupt(self) -> None:
        """Breaks the calls under way: they say that nobody can be reached. Later ones are not affected."""
        self._interruptions += 1
        self._exchange.interrupt()

    def close(self) -> None:
        """Breaks the calls under way; later ones are out of reach."""
        self._closed = True
        self._exchange.close()


def _verified(reply: Reply, verifier: Verifier, forged: ErrorCode) -> Outcome[SignedBytes | None]:
    signature = reply.headers.get(SIGNATURE_HEADER, "")
    if not signature:
        return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    if not verifier.verifies(reply.body, signature):
        return Refused(forged)
    return Answered(SignedBytes(reply.body, signature, reply.headers.get("etag", "")))


def outcome_of(operation: Operation, reply: Reply) -> Outcome[Any]:
    """What a reply to this operation means."""
    if reply.status >= 300:
        return failure_of(reply)
    try:
        return Answered(msgspec.json.decode(reply.body or b"{}", type=operation.answer))
    except NOT_JSON:
        return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)


def failure_of(reply: Reply) -> Refused | Unreachable:
    """What a reply means that is no success. Only the platform's own :class:`Problem` is a refusal."""
    if reply.status >= 500 or reply.status in _BUSY:
        return Unreachable(Errors.PROVINCE_BUSY, reply.retry_after_s())
    try:
        problem = msgspec.json.decode(reply.body, type=answers.Problem)
    except NOT_JSON:
        return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    # A newer platform may know a code that we do not: its sentence still says what to do.
    return Refused(all_errors().get(problem.code, Errors.PROVINCE_NOT_UNDERSTOOD), problem.message)


class ProvinceClient:
    """All that a terminal asks of the province. Thread-safe, never raises for the network.

    What is personal goes out sealed and is in no repr; the token of a citizen's session is sent in a header
    and kept nowhere.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        clock: Clock,
        platform_clock: PlatformClock,
        observe: Callable[[Outcome[Any]], None] = lambda _: None,
        reachability: Reachability | None = None,
        doubt: Callable[[], None] | None = None,
    ) -> None:
        date_check = dates_judged_by(platform_clock)
        self._calls = PlatformCalls(
            base_url, credentials.tls, clock, observe, date_check, reachability, doubt
        )
        self._time_question = TimeQuestion(
            base_url, credentials, clock, platform_clock, lambda reply: outcome_of(operations.TIME, reply)
        )
        self._credentials = credentials
        self.telephone = TelephoneSignIn(self._calls.call)
        self.faces = FaceComparisons(self._calls.call, credentials.sealer)
        self.delegations = Delegations(self._calls.call)
        self.social_card = SocialCardCheck(self._calls.call, credentials.sealer)

    def time(self) -> Outcome[answers.PlatformTime]:
        """Whether the platform is there and knows us; teaches the platform clock."""
        begun = self._calls.mark()
        outcome = self._time_question.ask()
        failure = outcome if isinstance(outcome, Unreachable) else None
        self._calls.reached(operations.TIME, failure, begun)
        self._calls.observed(outcome, begun, of_the_line=True)
        return outcome

    def send_events(self, batch: bytes) -> Outcome[answers.BatchAnswer]:
        """Sends a batch made by ``contract.envelope.encode_batch``; compressed when that pays."""
        return self._calls.call(operations.EVENTS, body=batch, headers={"content-type": BATCH_MEDIA_TYPE})

    def items(self, etag: str = "") -> Outcome[SignedItems | None]:
        """The current batch of items, or None when it is still the one with ``etag``.

        Refused with ``ITEM-001`` when the signature over the exact bytes is not the province's, or when a
        signed batch cannot be shown and run.
        """
        outcome = self._calls.published(
            operations.ITEMS, etag, self._credentials.item_verifier, Errors.ITEM_BATCH_REFUSED
        )
        if not isinstance(outcome, Answered) or outcome.value is None:
            return outcome if not isinstance(outcome, Answered) else Answered(None)
        signed = outcome.value
        try:
            batch = decode_batch_document(signed.content)
        except (*NOT_JSON, ValueError):
            return Refused(Errors.ITEM_BATCH_REFUSED)
        return Answered(SignedItems(signed.content, signed.signature, signed.etag, batch))

    def sign_in_by_card(
        self,
        identity: answers.Identity,
        sam_number: str,
        read_at: datetime,
        beside: answers.CitizenSession | None = None,
    ) -> Outcome[answers.CitizenSession]:
        """A session for the card that answered this terminal's reader at ``read_at``.

        ``beside``: a session of the same person, whose proofs the new one has as well (docs/adr/0025).
        """
        nonce, sealed = str(uuid.uuid4()), self._credentials.sealer.seal(msgspec.json.encode(identity))
        proof = self._credentials.card_proof(nonce, sam_number, rfc3339(read_at), sealed)
        request = answers.CardSignIn(sealed=sealed, nonce=nonce, proof=proof)
        return self._calls.call(
            operations.SIGN_IN_CARD, body=msgspec.json.encode(request), headers=session_header(beside)
        )

    def sign_in_by_code(
        self, scanned: bytes, beside: answers.CitizenSession | None = None
    ) -> Outcome[answers.CitizenSession]:
        """A session for the code on a telephone, exactly as it was scanned; each is good for one use."""
        request = answers.CodeSignIn(sealed=self._credentials.sealer.seal(scanned), nonce=str(uuid.uuid4()))
        return self._calls.call(
            operations.SIGN_IN_CODE, body=msgspec.json.encode(request), headers=session_header(beside)
        )

    def sign_out(self, session: answers.CitizenSession) -> Outcome[answers.Nothing]:
        """Ends the session; ending one that has ended is no error."""
        return self._calls.call(operations.SIGN_OUT, headers={SESSION_HEADER: session.token})

    def query(
        self, session: answers.CitizenSession, item_code: str, given: Mapping[str, str | list[str]]
    ) -> Outcome[answers.QueryResult]:
        """Asks a query item; what the person gave goes sealed."""
        sealed = self._credentials.sealer.seal(msgspec.json.encode(dict(given))) if given else ""
        return self._calls.call(
            operations.QUERY,
            names={"item_code": item_code},
            body=msgspec.json.encode(answers.Question(sealed=sealed)),
            headers={SESSION_HEADER: session.token},
        )

    def licence(
        self, session: answers.CitizenSession, kind: str, item_code: str
    ) -> Outcome[answers.LicenceAnswer]:
        """One licence of the person, instead of an upload."""
        question = answers.LicenceQuestion(kind=kind, item_code=item_code)
        return self._calls.call(
            operations.LICENCE, body=msgspec.json.encode(question), headers={SESSION_HEADER: session.token}
        )

    def cases(self, session: answers.CitizenSession) -> Outcome[answers.CaseList]:
        """The cases of the person, newest first."""
        return self._calls.call(operations.CASES, headers={SESSION_HEADER: session.token})

    def case(self, case_id: str) -> Outcome[answers.CaseAnswer]:
        """Where a case of this terminal stands."""
        return self._calls.call(operations.CASE, names={"case_id": case_id})

    def interrupt(self) -> None:
        """Breaks the calls under way: nobody wants their answers any more. It says nothing of the line."""
        self._calls.interrupt()
        self._time_question.interrupt()

    def close(self) -> None:
        """Breaks the calls under way, so that whoever waits for one ends at once. For the program's end."""
        self._calls.close()
        self._time_question.close()
