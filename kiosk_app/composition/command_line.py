"""The terminal's command line: ``run`` serves citizens, ``queue`` shows what waits for the province,
``audit`` whether the record of what was done here is whole, ``key`` looks after the key of the store.

Each verb is loaded only when it is asked for.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from foundation.masking import RedactingFormatter
from words import LANGUAGES

_QUIET = ("alembic", "apscheduler", "urllib3")


def obey(arguments: Sequence[str]) -> int:
    """Exit codes: 0 ended in good order, 1 a person is needed (the reason is on standard error)."""
    options = _parser().parse_args(arguments)
    _log_to_standard_error(verbose=options.verbose)
    return int(options.verb(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk_app", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("/"), help="where etc/, var/ and run/ are")
    parser.add_argument("--verbose", action="store_true", help="log more")
    verbs = parser.add_subparsers(required=True)
    run = verbs.add_parser("run", help="serve citizens")
    run.add_argument("--windowed", action="store_true", help="in a window instead of the whole screen")
    run.add_argument("--remote-socket", type=Path, help="demonstration only: lets a process use the screen")
    run.set_defaults(verb=_run)
    queue = verbs.add_parser("queue", help="what waits for the province, and what was set aside")
    queue.add_argument("--json", action="store_true", help="as JSON")
    queue.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the sentences")
    queue.add_argument(
        "action", nargs="?", choices=["show", "resend"], default="show", help="resend: send again"
    )
    queue.add_argument("ids", nargs="*", metavar="ID", help='resend: the ids that "queue" shows, or "all"')
    queue.set_defaults(verb=_queue)
    audit = verbs.add_parser("audit", help="what was done here, and whether somebody changed it")
    audit.add_argument("action", choices=["verify"], help="compare the trail with itself and the province")
    audit.add_argument("--json", action="store_true", help="as JSON")
    audit.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the sentences")
    audit.set_defaults(verb=_audit)
    _add_key_verbs(verbs.add_parser("key", help="where the store's key is; a new one; destroy it"))
    return parser


def _add_key_verbs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="the language to speak")
    verbs = parser.add_subparsers(required=True, dest="key_verb")
    verbs.add_parser("status", help="where it is, and whether it can be had")
    rotate = verbs.add_parser("rotate", help="make a new key and encrypt the store anew")
    rotate.add_argument("--from", dest="come_from", metavar="ADDRESS", help="where it was until now")
    verbs.add_parser("destroy", help="destroy it, and with it all that lies on this terminal")
    parser.set_defaults(verb=_key)


def _log_to_standard_error(*, verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler])
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _run(options: argparse.Namespace) -> int:
    from kiosk_app.composition.opening import show_opening  # noqa: PLC0415  # see there

    opening = show_opening(windowed=options.windowed)
    from kiosk_app.composition.run import RunOptions, run_terminal  # noqa: PLC0415  # behind the picture

    return run_terminal(RunOptions(options.root, options.windowed, options.remote_socket), opening)


def _queue(options: argparse.Namespace) -> int:
    from kiosk_app.composition.waiting import send_again, show_what_waits  # noqa: PLC0415  # see the module

    if options.action == "resend":
        return send_again(options.root, options.ids, language=options.lang)
    return show_what_waits(options.root, language=options.lang, as_json=options.json)


def _audit(options: argparse.Namespace) -> int:
    from kiosk_app.composition.audit_verdict import verify_audit  # noqa: PLC0415  # see the module

    return verify_audit(options.root, language=options.lang, as_json=options.json)


def _key(options: argparse.Namespace) -> int:
    from kiosk_app.composition.key_work import KeyWork  # noqa: PLC0415  # see the module

    work = KeyWork(options.root, options.lang)
    if options.key_verb == "status":
        return work.status()
    if options.key_verb == "rotate":
        return work.rotate(options.come_from)
    return work.destroy(sys.stdin.readline)
