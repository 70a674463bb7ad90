"""The few things that are asked of whatever takes print jobs: a printer, or a queue of CUPS before it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from drivers.document_printer import protocol
from drivers.document_printer.exchange import IppEndpoint, NotAskedError
from drivers.document_printer.protocol import (
    Answered,
    Attribute,
    Group,
    GroupTag,
    Message,
    Operation,
    ValueTag,
)
from drivers.document_printer.readings import (
    JOB_ATTRIBUTES,
    PRINTER_ATTRIBUTES,
    JobReadings,
    PrinterReadings,
    job_readings,
    printer_readings,
)
from drivers.transports.transport import DeviceLostError

_HIGHEST_REQUEST_ID: Final = 2**31 - 1
_ENDED_JOBS_LOOKED_AT: Final = 50
_NOTHING_WAS_TAKEN: Final = frozenset(
    {
        Answered.OPERATION_NOT_SUPPORTED,
        Answered.SERVICE_UNAVAILABLE,
        Answered.VERSION_NOT_SUPPORTED,
        Answered.NOT_ACCEPTING_JOBS,
        Answered.BUSY,
    }
)


class Refusal(Enum):
    """Why there is no job after a document was handed over."""

    REFUSED = "refused"
    """It was not taken, and nothing of it is there."""
    NOT_SENT = "not_sent"
    """There was no connection to send it on."""
    UNCLEAR = "unclear"
    """Something went wrong at the other end; what it did with the document is not known."""


class Spooler:
    """Asks one endpoint. Every method may raise ``DeviceLostError``, and takes ``answer_s`` at the most.

    Handing a document over takes ``sending_s`` at the most.
    """

    def __init__(self, endpoint: IppEndpoint, *, answer_s: float, sending_s: float) -> None:
        self._endpoint = endpoint
        self._answer_s = answer_s
        self._sending_s = sending_s
        self._request_id = 0

    def readings(self) -> PrinterReadings:
        """How it is."""
        answer = self._ask(
            Operation.GET_PRINTER_ATTRIBUTES, [_keywords("requested-attributes", PRINTER_ATTRIBUTES)]
        )
        if not answer.accepted:
            raise DeviceLostError(f"{self._endpoint.address} has no such printer (status {answer.code:#06x})")
        return printer_readings(answer.first(GroupTag.PRINTER))

    def print_pdf(self, name: str, pdf: bytes) -> int | Refusal:
        """Hands a PDF over, to be printed on A4 and nothing else; the job's number, or why there is none."""
        try:
            answer = self._ask(
                Operation.PRINT_JOB,
                [
                    Attribute("job-name", ValueTag.NAME, (name,)),
                    Attribute("ipp-attribute-fidelity", ValueTag.BOOLEAN, (True,)),
                    Attribute("document-format", ValueTag.MIME_TYPE, (protocol.PDF,)),
                ],
                Group(GroupTag.JOB, (_keywords("media", [protocol.A4]),)),
                data=pdf,
                within_s=self._sending_s,
            )
        except NotAskedError:
            return Refusal.NOT_SENT
        job = job_readings(answer.first(GroupTag.JOB))
        if answer.accepted and job is not None:
            return job.job_id
        client_error = Answered.FIRST_CLIENT_ERROR <= answer.code <= Answered.LAST_CLIENT_ERROR
        return Refusal.REFUSED if client_error or answer.code in _NOTHING_WAS_TAKEN else Refusal.UNCLEAR

    def job(self, job_id: int) -> JobReadings | None:
        """How a job is; None when it is not known here any more."""
        answer = self._ask(
            Operation.GET_JOB_ATTRIBUTES,
            [
                Attribute("job-id", ValueTag.INTEGER, (job_id,)),
                _keywords("requested-attributes", JOB_ATTRIBUTES),
            ],
        )
        return job_readings(answer.first(GroupTag.JOB)) if answer.accepted else None

    def waiting(self) -> list[JobReadings]:
        """Everything that has not ended, whoever sent it."""
        return self._jobs([_keywords("which-jobs", ["not-completed"])])

    def our_jobs(self, *, ended: bool) -> list[JobReadings]:
        """Our jobs that have not ended, or the latest of those that have."""
        return self._jobs(
            [
                _keywords("which-jobs", ["completed" if ended else "not-completed"]),
                Attribute("my-jobs", ValueTag.BOOLEAN, (True,)),
                *([Attribute("limit", ValueTag.INTEGER, (_ENDED_JOBS_LOOKED_AT,))] if ended else []),
            ]
        )

    def _jobs(self, which: Iterable[Attribute]) -> list[JobReadings]:
        answer = self._ask(
            Operation.GET_JOBS,
            [_keywords("requested-attributes", JOB_ATTRIBUTES), *which],
        )
        if not answer.accepted:
            raise DeviceLostError(
                f"{self._endpoint.address} does not list its jobs (status {answer.code:#06x})"
            )
        return [job for job in map(job_readings, answer.all(GroupTag.JOB)) if job is not None]

    def cancel(self, job_id: int) -> bool:
        """Asks for a job to be cancelled; false when that was refused. It proves nothing: look at the job."""
        return self._ask(Operation.CANCEL_JOB, [Attribute("job-id", ValueTag.INTEGER, (job_id,))]).accepted

    def _ask(
        self,
        operation: Operation,
        attributes: Iterable[Attribute],
        *groups: Group,
        data: bytes = b"",
        within_s: float | None = None,
    ) -> Message:
        """What every request begins with, whose it is, and the rest (RFC 8011 §4.1.4)."""
        given = list(attributes)
        about_a_job = [attribute for attribute in given if attribute.name == "job-id"]
        common = [
            Attribute("attributes-charset", ValueTag.CHARSET, ("utf-8",)),
            Attribute("attributes-natural-language", ValueTag.NATURAL_LANGUAGE, ("en",)),
            Attribute("printer-uri", ValueTag.URI, (self._endpoint.address.uri,)),
            *about_a_job,
            Attribute("requesting-user-name", ValueTag.NAME, (protocol.USER,)),
        ]
        others = [attribute for attribute in given if attribute.name != "job-id"]
        self._request_id = self._request_id % _HIGHEST_REQUEST_ID + 1
        request = Message(
            operation, self._request_id, (Group(GroupTag.OPERATION, (*common, *others)), *groups), data
        )
        return self._endpoint.ask(request, within_s or self._answer_s)


def _keywords(name: str, values: Iterable[str]) -> Attribute:
    return Attribute(name, ValueTag.KEYWORD, tuple(values))
