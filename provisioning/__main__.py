"""``kiosk-provision VERB`` (``python -m provisioning VERB``)."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from foundation.clock import SystemClock
from foundation.masking import RedactingFormatter
from kiosk_app.config import TerminalPaths
from provisioning import check, enrol, site
from provisioning.context import Context
from provisioning.report import Report
from words import LANGUAGES, Words

Verb = Callable[[argparse.Namespace, Context], Report]
_VERBS: dict[str, tuple[ModuleType, str]] = {
    "check": (check, "检查本机，不改动 / look at everything, change nothing"),
    "enrol": (enrol, "用登记码登记本机 / enrol this machine with a code"),
    "site": (site, "写下本机的位置 / say where this machine stands"),
}


def main() -> int:
    """The command: runs the verb of the command line. Returns its exit code (README.md)."""
    _log_to_standard_error()
    return run_verb(sys.argv[1:])


def run_verb(arguments: Sequence[str]) -> int:
    """Runs one verb and prints its report. Returns its exit code; raises ``SystemExit`` for wrong options."""
    options = _parser().parse_args(arguments)
    context = Context(TerminalPaths(options.root), Words(options.lang), SystemClock())
    run: Verb = options.run
    report = run(options, context)
    print(report.as_json(options.verb) if options.json else report.text(context.words))
    return int(report.exit_code)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--root", type=Path, default=Path("/"), help="本机文件的根 / where this machine's files are"
    )
    common.add_argument("--lang", choices=LANGUAGES, default="zh", help="语言 / language")
    common.add_argument("--json", action="store_true", help="给程序读的结果 / the result for programs")
    parser = argparse.ArgumentParser(
        prog="kiosk-provision",
        description="装机与维护工具 / the technician's tool",
        epilog="退出码见 provisioning/README.md / exit codes: provisioning/README.md",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (module, meaning) in _VERBS.items():
        verb = verbs.add_parser(name, parents=[common], help=meaning, description=meaning)
        module.add_arguments(verb)
        verb.set_defaults(run=module.run)
    return parser


def _log_to_standard_error() -> None:
    """Faults of devices and the line, for who looks closer; a report does not depend on them."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.ERROR, handlers=[handler], force=True)


if __name__ == "__main__":
    sys.exit(main())
