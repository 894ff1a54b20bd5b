"""What may be asked of the search by its address; what makes no sense is passed over."""

from __future__ import annotations

from django import forms


class SearchForm(forms.Form):
    """Words, of one kind of thing or of all, and a page of what was found."""

    q = forms.CharField(required=False)
    kind = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def asked(self) -> tuple[str, str, int]:
        """The words, the kind and the page."""
        self.is_valid()
        said = self.cleaned_data
        return said.get("q") or "", said.get("kind") or "", said.get("page") or 1
