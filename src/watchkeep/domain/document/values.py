"""What every value of the register document is: frozen, strict, and written as before where it has grown."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class Frozen(BaseModel):
    """A value: never changed after it is made, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grown(Frozen):
    """A value that was given more fields since documents of it were frozen: one that says nothing in them is
    written as it was before, byte for byte.
    """

    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = write(self)
        for name in self.LATER:
            if getattr(self, name) == type(self).model_fields[name].get_default():
                said.pop(name, None)
        return said
