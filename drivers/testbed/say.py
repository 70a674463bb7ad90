"""Orders to a running testbed from a shell: ``python -m drivers.testbed.say --folder DIR put citizen``.

``look`` says how everything is; ``help`` also what can be done to each device, and how it can fail.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from drivers.testbed.client import OrderRefusedError, TestbedClient
from drivers.testbed.orders import Answer, Device, Seen


def main(arguments: list[str]) -> int:
    """The program; 0 when it was done, 1 when the testbed refused, 2 when there is none."""
    options = _parser().parse_args(arguments)
    bed = TestbedClient(options.folder)
    try:
        said = _obey(bed, options)
    except OrderRefusedError as refusal:
        print(f"no: {refusal}", file=sys.stderr)  # noqa: T201 -- a command talks to people
        return 1
    except OSError as fault:
        print(f"no testbed in {options.folder}: {fault.strerror}", file=sys.stderr)  # noqa: T201
        return 2
    print(said)  # noqa: T201
    return 0


def _obey(bed: TestbedClient, options: argparse.Namespace) -> str:
    match options.verb:
        case "do":
            bed.act(options.device, options.action, options.value)
        case "fault":
            bed.fault(options.device, options.name, options.times)
        case "cure":
            bed.cure(options.device)
        case "unplug":
            bed.unplug(options.device)
        case "plug":
            bed.plug_in(options.device)
        case "look":
            return _account(bed.look(), full=False)
        case "help":
            return _account(bed.look(), full=True)
    return "ok"


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(device.value for device in Device)
    parser = argparse.ArgumentParser(
        prog="python -m drivers.testbed.say",
        description="orders to a running testbed",
        epilog=f"devices: {names}",
    )
    parser.add_argument("--folder", type=Path, required=True, help="the testbed's folder")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("look", help="how everything is")
    verbs.add_parser("help", help="how everything is, what can be done, and how it can fail")
    explained = {
        "do": "what a person does: do id_card_reader put citizen",
        "fault": "makes something wrong: fault cabinet bad_crc",
        "cure": "ends what is wrong with a device",
        "unplug": "pulls the plug of a device",
        "plug": "plugs it in again",
    }
    for verb, what in explained.items():
        order = verbs.add_parser(verb, help=what)
        order.add_argument("device", type=_device, metavar="DEVICE")
        if verb == "do":
            order.add_argument("action", metavar="ACTION")
            order.add_argument("value", nargs="?", default="", metavar="VALUE")
        if verb == "fault":
            order.add_argument("name", metavar="FAULT")
            order.add_argument("times", nargs="?", type=int, metavar="TIMES")
    return parser


def _device(name: str) -> Device:
    try:
        return Device(name)
    except ValueError:
        raise argparse.ArgumentTypeError(f"no device is called {name!r}") from None


def _account(seen: Answer, *, full: bool) -> str:
    papers = [f"slips: {len(seen.slips)}", *(f"  {slip.picture}" for slip in seen.slips)]
    papers += [f"documents: {len(seen.pages)}", *(f"  {page.file}" for page in seen.pages)]
    return "\n".join([*(_line(device, full=full) for device in seen.devices), *papers])


def _line(seen: Seen, *, full: bool) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in seen.facts.items())
    wrong = f"  wrong: {', '.join(seen.wrong)}" if seen.wrong else ""
    lines = [f"{seen.device.value}  {'plugged' if seen.plugged else 'unplugged'}  {seen.address}{wrong}"]
    if facts:
        lines.append(f"  {facts}")
    if full:
        for doing in seen.doings:
            value = "|".join(doing.choices) or ("TEXT" if doing.text else "")
            lines.append(f"  do {seen.device.value} {doing.action} {value}".rstrip())
        lines += [f"  fault {seen.device.value} {name}" for name in seen.faults]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
