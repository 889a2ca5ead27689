"""What the program accepts, as the program itself says it: the help names options, laws, strategies and their parameters, and the
message of a refused value names its range. Nothing is listed here, so that a new law or strategy is tried from its first day."""

import dataclasses
import math
import os
import re
import subprocess

TOO_SMALL = "-1e300"  # below every range, and no name of anything


@dataclasses.dataclass(frozen=True)
class Parameter:
    key: str
    low: float  # the ends as printed; without meaning for a file
    high: float
    kind: str  # real, whole, share (a whole number, or a percentage of the workers) or file
    required: bool = True

    def end(self, top):
        """An end of the range, as the program may be given it."""
        value = self.high if top else self.low
        return f"{int(value)}" if self.kind in ("whole", "share") else f"{value!r}"


@dataclasses.dataclass(frozen=True)
class Form:
    """A law, a strategy or a form of communication."""

    name: str
    parameters: tuple

    def spec(self, values):
        return ":".join([self.name, *(f"{key}={value}" for key, value in values.items())])


class Grammar:
    """@param program  its path. It is started some hundred times, for milliseconds each."""

    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.help = {command: self.run(command, "--help").stdout for command in ("sweep", "plan", "draw")}
        self.options = {command: dict(self._options(text)) for command, text in self.help.items()}
        self.laws = self._forms("Laws", "--law")
        self.strategies = self._forms("Strategies", "--strategy")
        self.communications = self._forms("Communication", "--communication")
        self.exit_codes = self._exit_codes()
        self.engines = self._engines()
        tried = [option for option, value in self.options["sweep"].items() if not value.startswith("FILE")]  # a store would be made
        self.ranges = {option: self._range(option) for option in tried}
        self.choices = {option: self._choices(option) for option in tried}
        if not (self.laws and self.strategies and self.communications and len(self.exit_codes) > 2 and self.engines):
            raise ValueError(f"the help of {program} is not understood (its form has changed): change grammar.py with it")

    def run(self, *words):
        return subprocess.run([self.program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)

    def _exit_codes(self):
        text = re.search(r"Exit codes: (.*?)\n(?=\S+: |\Z)", self.run("--help").stdout, re.S)[1]
        return {int(code) for code in re.findall(r"\b(\d+)\b", text)}

    def _engines(self):
        lines = self.run("devices").stdout.split("\n\n")[0].splitlines()[1:]
        return ["auto", *(line.split()[0] for line in lines if line.split()[1] == "yes")]

    def _options(self, text):
        """Names of options and the word that stands for their value."""
        return re.findall(r"(?m)^  (?:-\w,)?(--[\w-]+) ([A-Z]\S*)", text)

    def _range(self, option):
        """The ends as texts, as a double does not hold all of them; or nothing where the program names none."""
        found = re.search(r"\(accepted: (\S+) to (\S+)\)", self.run("sweep", option, TOO_SMALL).stderr)
        return found and found.groups()

    @staticmethod
    def _accepted(message):
        found = re.search(r"\(accepted: (\S+) to (\S+)\): give a (whole )?", message)
        return found and (float(found[1]), float(found[2]), bool(found[3]))

    def _choices(self, option):
        found = re.search(r": use ([\w-]+(?:(?:, | or )[\w-]+)*)\n", self.run("sweep", option, TOO_SMALL).stderr)
        return re.split(", | or ", found[1]) if found else []

    def _forms(self, section, option):
        """The lines of a section of the help that begin with a name, and its parameters."""
        text = re.search(rf"(?ms)^{section}\b.*?:\n(  .*?)(?:\n\n|\Z)", self.help["sweep"])[1]
        lines = [line.split()[0] for line in text.splitlines() if re.match(r"  \S", line)]
        return [self._form(option, line) for line in lines if re.fullmatch(r"[a-z][a-z-]*(:\w+=|\[:\w+=\])*", line)]

    def _form(self, option, line):
        name = re.match(r"[a-z-]+", line)[0]
        return Form(name, tuple(self._parameters(option, name, re.findall(r"(\[?):(\w+)=", line))))

    def _parameters(self, option, name, keys):
        """Values are read one after the other: those that are in their range already are left there."""
        values = {key: TOO_SMALL for optional, key in keys if not optional}
        for optional, key in keys:
            accepted = None
            if not optional:
                message = self.run("sweep", option, Form(name, ()).spec(values)).stderr
                accepted = self._accepted(message) if f" {key} '" in message else None
            if accepted is None:  # a file, and what belongs to it
                yield Parameter(key, math.nan, math.nan, "file", not optional)
                continue
            low, high, whole = accepted
            parameter = Parameter(key, low, high, "whole" if whole else "real")
            values[key] = parameter.end(False)
            if whole and "whole number" not in self.run("sweep", option, Form(name, ()).spec({**values, key: "50%"})).stderr:
                parameter = dataclasses.replace(parameter, kind="share")
            yield parameter
