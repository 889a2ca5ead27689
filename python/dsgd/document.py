"""What all results share: the JSON document of a command, as text and as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Optional

from .files import Path, write_whole

if TYPE_CHECKING:
    from typing_extensions import Self


class Document:
    """The result of a command. `document` is all that its JSON says."""

    COMMAND: ClassVar[str]  #: whose documents these are

    def __init__(self, document: dict[str, Any]) -> None:
        """:param document: as the command writes it with -o FILE.json
        :raises ValueError: for a document of another command
        """
        if not str(document.get("schema")).startswith(f"dsgd.{self.COMMAND}/"):
            raise ValueError(f"the document is no result of dsgd {self.COMMAND} (its schema says so): give one that is")
        self.document = document

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads a document. :raises ValueError: for text that is no JSON, or a document of another command"""
        result = cls(cls._read(text))
        result._text = text
        return result

    @classmethod
    def _read(cls, text: str) -> dict[str, Any]:
        document = json.loads(text)
        if not isinstance(document, dict):
            raise ValueError(f"the document is no result of dsgd {cls.COMMAND} (it is no JSON object): give one that is")
        return document

    _text: Optional[str] = None

    def save(self, path: Path) -> None:
        """Writes the JSON document, as the command does with -o FILE.json. An existing file is replaced whole.

        :raises OSError: where it cannot be written
        """
        write_whole(path, self._text or json.dumps(self.document, ensure_ascii=False))
