"""Much that hangs on one post."""

from __future__ import annotations

from watchkeep.domain.concentration import POST_LEADS, Lead, leading


def led(post: str, kind: str, *labels: str) -> list[Lead]:
    return [Lead(post, post.title(), kind, label) for label in labels]  # type: ignore[arg-type]  # a kind


def test_a_post_that_leads_as_many_as_the_threshold_is_named_the_busiest_first() -> None:
    found = leading(
        [
            *led("chief", "risk", "R1", "R2"),
            *led("chief", "structure", "Gold"),
            *led("deputy", "control", "C1", "C2"),
            *led("head", "risk", "R3"),
            *led("head", "control", "C3", "C4"),
            *led("head", "structure", "Silver"),
        ]
    )
    assert [(each.title, len(each.leads)) for each in found] == [("Head", 4), ("Chief", POST_LEADS)]
    assert [each.label for each in found[0].of("control")] == ["C3", "C4"]


def test_what_a_post_leads_twice_counts_once() -> None:
    assert leading(led("chief", "risk", "R1", "R1", "R2")) == ()
    assert leading(led("chief", "risk", "R1", "R1", "R2"), at_least=2) != ()
