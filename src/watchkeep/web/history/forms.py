"""What may be asked of the history by its address."""

from __future__ import annotations

from django import forms


class PageForm(forms.Form):
    """Which page, of everything or of one subject; `beside` with what Watchkeep did beside what people do."""

    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)
    about = forms.CharField(required=False, max_length=140)
    beside = forms.BooleanField(required=False)

    def asked(self) -> tuple[tuple[str, str] | None, int]:
        """The subject (kind, id) and the page; what makes no sense is passed over."""
        self.is_valid()
        kind, _, which = (self.cleaned_data.get("about") or "").partition(":")
        return ((kind, which) if kind and which else None, self.cleaned_data.get("page") or 1)

    @property
    def with_beside(self) -> bool:
        """Whether what Watchkeep did is asked for, too."""
        return bool(self.is_valid() and self.cleaned_data["beside"])
