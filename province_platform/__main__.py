"""``python -m province_platform``: serve, enrolment-code, publish, publish-theme, publish-clips, news, block,
command, faults, revoke, allow-key-file, grant."""

from __future__ import annotations

import argparse
import ipaddress
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
import requests
import segno
from sqlalchemy import URL, Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from contract.grants import StaffRole, make_grant
from contract.key_policy import KeyPolicy, sign_key_policy
from contract.sealing import Profile
from contract.sets import CommandVerb
from contract.signing import Signer
from foundation.clock import SystemClock, rfc3339
from foundation.masking import RedactingFormatter
from province_platform.authority import Keys
from province_platform.block_list import (
    BlockWish,
    approve_block,
    known_blocks,
    lift_block,
    propose_block,
)
from province_platform.clips import sheet_of
from province_platform.console_commands import is_enrolled, revoke
from province_platform.database import Database, database_url, sqlite_url
from province_platform.enrolment import make_enrolment_code, seed_sites
from province_platform.listener import Address
from province_platform.news import approve_news, propose_news, recall_news
from province_platform.publication import publish
from province_platform.server import PlatformServer, database_path, platform_file
from province_platform.signed_documents import Kind, publish_document

_CONSOLE_WITHIN_S = 10.0
_Made = TypeVar("_Made")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when done, 1 when it could not be done (the reason is on standard error)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.verb(options))
    except (ValueError, OSError) as problem:
        print(f"province_platform: {problem}", file=sys.stderr)
        return 1
    except SQLAlchemyError as problem:
        # Its text may quote what was to be stored; what the driver says of a server names no person.
        cause = problem.orig if isinstance(problem, OperationalError) else type(problem).__name__
        print(f"province_platform: the database cannot do it: {cause}", file=sys.stderr)
        return 1


def serve(options: argparse.Namespace) -> int:
    """Runs until SIGINT or SIGTERM."""
    _log_to_standard_error()
    if not _is_loopback(options.console.host):
        raise ValueError("the console has no sign-in and listens on loopback only, such as 127.0.0.1:0")
    stopping = threading.Event()
    server = PlatformServer(
        options.root,
        listen=options.listen,
        console=options.console,
        heartbeat_s=options.heartbeat,
        profile=Profile(options.profile),
        database=options.database,
    )
    with _set_by_signals(stopping), server:
        print(f"terminals: {server.terminal_url}\nconsole:   {server.console_url}", flush=True)
        stopping.wait()
    return 0


def enrolment_code(options: argparse.Namespace) -> int:
    """Prints a single-use code."""
    keys, database = _open(options)
    try:
        database.change(seed_sites)
        now = SystemClock().utc_now()
        print(
            database.change(
                lambda connection: make_enrolment_code(connection, keys, options.site, options.name, now)
            )
        )
    finally:
        database.close()
    return 0


def publish_file(options: argparse.Namespace) -> int:
    """Publishes a batch, or merges an item into the current batch; a running platform serves it at once."""
    content = options.file.read_bytes()
    keys, database = _open(options)
    try:
        now = SystemClock().utc_now()
        batch = database.change(lambda connection: publish(connection, keys.item_signer, content, now))
    finally:
        database.close()
    print(batch.batch_id)
    return 0


def publish_theme(options: argparse.Namespace) -> int:
    """Publishes a theme pack; terminals take it on when nobody stands before them."""
    content = options.file.read_bytes()
    _change(
        options,
        lambda connection, signer, now: publish_document(connection, signer, Kind.THEME, content, now),
    )
    return 0


def publish_clips(options: argparse.Namespace) -> int:
    """Publishes the clips of signing of a folder; terminals show them from the next step on."""
    content = sheet_of(options.folder)
    _change(
        options,
        lambda connection, signer, now: publish_document(connection, signer, Kind.CLIPS, content, now),
    )
    return 0


def write_news(options: argparse.Namespace) -> int:
    """Proposes news from a file, approves what somebody else proposed, or recalls all of it at once."""
    if options.file is not None:
        content = options.file.read_bytes()
        print(_change(options, lambda change, _, now: propose_news(change, content, options.by, now)))
    elif options.approve:
        _change(
            options,
            lambda change, signer, now: approve_news(change, signer, options.approve, options.by, now),
        )
    else:
        _change(options, recall_news)
    return 0


def block(options: argparse.Namespace) -> int:
    """Proposes a block from a file, approves what somebody else proposed, lifts one, or lists all."""
    keys, database = _open(options)
    now, who = SystemClock().utc_now(), options.by
    try:
        if options.file is not None:
            wish = msgspec.json.decode(options.file.read_bytes(), type=BlockWish)
            print(database.change(lambda change: propose_block(change, keys, wish, who, now)))
        elif options.approve:
            database.change(lambda change: approve_block(change, options.approve, who, now))
        elif options.lift:
            database.change(lambda change: lift_block(change, options.lift, who, now))
        else:
            for known in database.change(known_blocks):
                print(msgspec.json.encode(known).decode("utf-8"))
    finally:
        database.close()
    return 0


def _change(options: argparse.Namespace, change: Callable[[Connection, Signer, datetime], _Made]) -> _Made:
    keys, database = _open(options)
    try:
        now = SystemClock().utc_now()
        return database.change(lambda connection: change(connection, keys.item_signer, now))
    finally:
        database.close()


def revoke_terminal(options: argparse.Namespace) -> int:
    """Withdraws a terminal's certificate at once."""
    _, database = _open(options)
    try:
        now = rfc3339(SystemClock().utc_now())
        done = database.change(lambda connection: revoke(connection, options.terminal, now))
    finally:
        database.close()
    if not done:
        raise ValueError(f"no terminal {options.terminal} that could be revoked")
    return 0


def allow_key_file(options: argparse.Namespace) -> int:
    """Prints the signed leave for a terminal to keep its key beside its data, for some days."""
    keys, database = _open(options)
    try:
        known = database.change(lambda connection: is_enrolled(connection, options.terminal))
    finally:
        database.close()
    if not known:
        raise ValueError(f"no terminal {options.terminal}")
    now = SystemClock().utc_now()
    policy = KeyPolicy(
        terminal_id=options.terminal,
        reason=options.reason,
        not_before=rfc3339(now),
        expires_at=rfc3339(now + timedelta(days=options.days)),
    )
    sys.stdout.write(sign_key_policy(policy, keys.item_signer).decode("utf-8"))
    return 0


def give_grant(options: argparse.Namespace) -> int:
    """Prints a grant for one member of staff, its visit code, and writes the grant's QR code to a file.

    Hand the grant over, and tell the visit code by another way.
    """
    keys, database = _open(options)
    database.close()
    now = SystemClock().utc_now()
    place = f"terminal/{options.terminal}" if options.terminal else f"site/{options.site}"
    ends = now + timedelta(hours=options.hours)
    grant, visit_code = make_grant(keys.item_signer, options.staff, StaffRole(options.role), place, now, ends)
    segno.make_qr(grant.text(), error="m", mode="byte").save(str(options.qr), kind="png", scale=8, border=4)
    print(f"grant:      {grant.text()}\nvisit code: {visit_code}\ngood until: {rfc3339(ends)}")
    return 0


def turn_faults(options: argparse.Namespace) -> int:
    """Turns fault switches of the running platform; prints where all of them stand."""
    names = ("refuse", "slow_ms", "error_500", "drop_answer_after_commit", "face_service_down")
    change = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    return _ask_console(options.root, "faults", change or None)


def give_command(options: argparse.Namespace) -> int:
    """Gives a terminal a command; a terminal that is there has it at once. Prints the command."""
    arguments = {name: getattr(options, name) for name in ("item_code", "event_id") if getattr(options, name)}
    if options.reason:
        zh, _, en = options.reason.partition("|")
        arguments["reason"] = {"zh": zh.strip(), "en": en.strip() or zh.strip()}
    wish = {"verb": options.command, "arguments": arguments, "valid_s": options.valid_s}
    return _ask_console(options.root, f"terminals/{options.terminal}/commands", wish)


def _ask_console(root: Path, door: str, content: object | None) -> int:
    """Asks the running platform, with ``content`` for a change; prints its answer."""
    try:
        running = msgspec.json.decode(platform_file(root).read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        raise ValueError(f"no platform is running under {root}") from None
    with requests.Session() as session:
        session.trust_env = False
        url = f"{running['console_url']}/console/{door}"
        answer = (
            session.get(url, timeout=_CONSOLE_WITHIN_S)
            if content is None
            else session.post(url, json=content, timeout=_CONSOLE_WITHIN_S)
        )
    print(answer.text)
    return 0 if answer.ok else 1


def _open(options: argparse.Namespace) -> tuple[Keys, Database]:
    root: Path = options.root
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Keys(root / "keys"), Database(options.database or sqlite_url(database_path(root)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m province_platform", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, run: object) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=(run.__doc__ or "").splitlines()[0], description=run.__doc__)
        made.add_argument("--root", type=Path, required=True, help="the platform's folder")
        made.set_defaults(verb=run)
        return made

    def verb_of_database(name: str, run: object) -> argparse.ArgumentParser:
        made = verb(name, run)
        made.add_argument(
            "--database",
            type=_database,
            metavar="URL",
            help="postgresql+psycopg://user@host/name; without it SQLite, in the platform's folder",
        )
        return made

    serving = verb_of_database("serve", serve)
    serving.add_argument("--listen", type=Address.parse, default="127.0.0.1:0", help="for terminals")
    serving.add_argument("--console", type=Address.parse, default="127.0.0.1:0", help="loopback only")
    serving.add_argument("--heartbeat", type=int, default=60, help="seconds, told to terminals at enrolment")
    profiles = [profile.value for profile in Profile]
    serving.add_argument("--profile", choices=profiles, default=profiles[0], help="of terminals that enrol")
    making = verb_of_database("enrolment-code", enrolment_code)
    making.add_argument("--site", required=True, help="site_id, such as WH-WC-001")
    making.add_argument("--name", required=True, help="终端名称")
    publishing = verb_of_database("publish", publish_file)
    publishing.add_argument("file", type=Path, help="a whole batch, or a single item")
    verb_of_database("publish-theme", publish_theme).add_argument(
        "file", type=Path, help="a theme pack in JSON"
    )
    verb_of_database("publish-clips", publish_clips).add_argument(
        "folder", type=Path, help="animated WebP files, and clips.toml with their places"
    )
    telling = verb_of_database("news", write_news)
    telling.add_argument("--by", default="", help="who you are; not needed for a recall")
    what = telling.add_mutually_exclusive_group(required=True)
    what.add_argument("--propose", dest="file", type=Path, help="a news sheet in JSON; prints the draft's id")
    what.add_argument("--approve", metavar="DRAFT", help="puts a draft on the screens")
    what.add_argument("--recall", action="store_true", help="takes all news from the screens")
    blocking = verb_of_database("block", block)
    blocking.add_argument("--by", default="", help="who you are; not needed for the list")
    done = blocking.add_mutually_exclusive_group(required=True)
    done.add_argument("--propose", dest="file", type=Path, help="an entry in JSON; prints its id")
    done.add_argument("--approve", metavar="ID", help="puts what somebody else proposed in force")
    done.add_argument("--lift", metavar="ID", help="ends a block, or drops a proposal")
    done.add_argument("--list", action="store_true", help="every entry, one JSON object a line")
    revoking = verb_of_database("revoke", revoke_terminal)
    revoking.add_argument("--terminal", required=True, help="terminal_id")
    commanding = verb("command", give_command)
    commanding.add_argument("terminal", metavar="TERMINAL", help="terminal_id, such as hubei-20001")
    commanding.add_argument("command", metavar="VERB", choices=[each.value for each in CommandVerb])
    commanding.add_argument("--reason", default="", metavar="ZH|EN", help="why, for people at the screen")
    commanding.add_argument("--item-code", default="", help="of the matter to suspend or resume")
    commanding.add_argument("--event-id", default="", help="one set-aside event; all of them without it")
    commanding.add_argument("--valid-s", type=int, default=3600, help="seconds within which it is to begin")
    _add_leaves(verb_of_database)
    turning = verb("faults", turn_faults)
    for switch in ("--refuse", "--error-500", "--face-service-down"):
        turning.add_argument(switch, action=argparse.BooleanOptionalAction)
    turning.add_argument("--slow-ms", type=int, metavar="MS")
    turning.add_argument("--drop-answer-after-commit", type=int, metavar="TIMES")
    return parser


def _add_leaves(verb_of_database: Callable[[str, object], argparse.ArgumentParser]) -> None:
    """What the province signs for one terminal or one visit."""
    allowing = verb_of_database("allow-key-file", allow_key_file)
    allowing.add_argument("--terminal", required=True, help="terminal_id")
    allowing.add_argument("--days", type=int, choices=range(1, 366), required=True, metavar="1…365")
    allowing.add_argument("--reason", required=True, help="why, in a sentence")
    granting = verb_of_database("grant", give_grant)
    granting.add_argument("--staff", required=True, metavar="NUMBER", help="staff number, such as WH-1024")
    granting.add_argument("--role", choices=[each.value for each in StaffRole], required=True)
    where = granting.add_mutually_exclusive_group(required=True)
    where.add_argument("--terminal", help="terminal_id")
    where.add_argument("--site", help="site_id: good at every terminal of the site")
    granting.add_argument("--hours", type=int, choices=range(1, 73), default=8, metavar="1…72")
    granting.add_argument("--qr", type=Path, required=True, help="file for the QR code (PNG)")


@contextmanager
def _set_by_signals(stopping: threading.Event) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: stopping.set())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _database(text: str) -> URL:
    try:
        return database_url(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
