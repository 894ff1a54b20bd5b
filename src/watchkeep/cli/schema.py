"""`watchkeep schema`: the JSON Schema of the register document."""

from __future__ import annotations

from watchkeep.cli.printing import echo


def schema() -> None:
    """Print the JSON Schema of the register document."""
    echo(schema_text(), nl=False)


def schema_text() -> str:
    """The schema as published in docs/reference/register-document.schema.json, to the byte."""
    import json

    from watchkeep.domain.document import RegisterDocument

    described = RegisterDocument.model_json_schema()
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **described}, indent=2) + "\n"
    )
