"""Every operation, and the addresses of all of them under /api/v1/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import Header, NinjaAPI, Path, Query

from watchkeep.api import problems
from watchkeep.api.bearing import Token, bearer_for
from watchkeep.api.shapes import (
    ChartOut,
    IndicatorOut,
    IndicatorPage,
    Observation,
    ObservationPage,
    Observations,
    Problem,
    Recorded,
    Reference,
    RiskOut,
    RiskPage,
    Slug,
)
from watchkeep.apps.indicators import queries
from watchkeep.apps.indicators.queries.known import key_used
from watchkeep.apps.people.queries import body_of
from watchkeep.apps.register import queries as registers
from watchkeep.domain.errors import Refused
from watchkeep.domain.indicator import Reading
from watchkeep.domain.indicator.periods import filled
from watchkeep.domain.spc import judged
from watchkeep.jobs.posting import Sent, post
from watchkeep.jobs.tables.risks import RiskLine, lines

PREFIX: Final = "/api/v1/"
# Bounded on both sides: a number without an end overflows a database.
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Which = Annotated[Reference, Path()]
_PROBLEMS: Final[dict[int, Any]] = dict.fromkeys((401, 403, 404, 413, 422, 429), Problem)

api = NinjaAPI(
    title="Watchkeep",
    version="1",
    description="Risks, indicators and their readings. Each call carries a token: Authorization: Bearer …",
    auth=Token(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
problems.attach(api)


@api.get(
    "risks",
    response={200: RiskPage, **_PROBLEMS},
    operation_id="list_risks",
    url_name="api-risks",
)
def list_risks(
    request: HttpRequest, register_slug: Slug = "", limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """The risks that the token's person may see, of every register or of the one of that short name."""
    viewer = bearer_for(request, "list_risks").actor
    if register_slug:
        registers.register(viewer, register_slug)  # one that is not there is missing, not empty
    every = list(lines(viewer, register=register_slug))
    speaking = queries.references_speaking(viewer)
    shown = every[offset : offset + limit]
    return {"count": len(every), "items": [_risk(each, speaking.get(each.id, ())) for each in shown]}


@api.get(
    "indicators",
    response={200: IndicatorPage, **_PROBLEMS},
    operation_id="list_indicators",
    url_name="api-indicators",
)
def list_indicators(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The indicators that the token's person may see."""
    viewer = bearer_for(request, "list_indicators").actor
    every = queries.indicators(viewer)
    return {"count": len(every), "items": [_indicator(each) for each in every[offset : offset + limit]]}


@api.get(
    "indicators/{reference}",
    response={200: IndicatorOut, **_PROBLEMS},
    operation_id="read_indicator",
    url_name="api-indicator",
)
def read_indicator(request: HttpRequest, reference: Which) -> IndicatorOut:
    """One indicator."""
    viewer = bearer_for(request, "read_indicator").actor
    return _indicator(queries.indicator_named(viewer, reference))


@api.get(
    "indicators/{reference}/observations",
    response={200: ObservationPage, **_PROBLEMS},
    operation_id="read_observations",
    url_name="api-readings",
)
def read_observations(
    request: HttpRequest,
    reference: Which,
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Its readings as they stand, and the periods without one: not yet due, late, missing."""
    viewer = bearer_for(request, "read_observations").actor
    series = filled(
        queries.series(viewer, reference),
        timezone.localdate(),
        year_start=body_of(viewer).year_starts_month,
    )
    found = [
        each
        for each in series.readings
        if (since is None or each.on >= since) and (until is None or each.on <= until)
    ]
    return {"count": len(found), "items": [_reading(each) for each in found[offset : offset + limit]]}


@api.get(
    "indicators/{reference}/chart",
    response={200: ChartOut, **_PROBLEMS},
    operation_id="read_chart",
    url_name="api-chart",
)
def read_chart(request: HttpRequest, reference: Which) -> dict[str, Any]:
    """Its control chart: the verdict with its sentence, the limits, the signals."""
    viewer = bearer_for(request, "read_chart").actor
    chart = judged(queries.series(viewer, reference), as_at=timezone.localdate())
    return {
        "reference": chart.series.key,
        "dialect": chart.dialect,
        "verdict": asdict(chart.verdict),
        "capability": chart.capability,
        "segments": [asdict(each) for each in chart.segments],
        "readings": [asdict(each) for each in chart.readings],
        "cautions": list(chart.cautions),
        "suggestions": list(chart.suggestions),
    }


@api.post(
    "observations",
    response={200: Recorded, 409: Problem, **_PROBLEMS},
    operation_id="post_observations",
    url_name="api-post",
)
def post_observations(
    request: HttpRequest,
    said: Observations,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Recorded:
    """Record readings, all or none; a row that cannot be is named, and nothing is kept of the others."""
    by = bearer_for(request, "post_observations").actor
    key = idempotency_key or said.key
    sent = [Sent(**each.model_dump()) for each in said.observations]
    try:
        taken = post(
            by, sent, source=said.source or f"API: {by.name}", key=key, reason=said.reason, early=said.early
        )
    except Refused as refused:
        if key and key_used(by, key):
            raise problems.KeyUsed(refused.sentence) from None
        raise
    return Recorded(**asdict(taken))


def _risk(line: RiskLine, speaking: Iterable[str]) -> RiskOut:
    return RiskOut(
        register_slug=line.slug,
        reference=line.reference or None,
        name=line.name,
        state=line.state,
        rating=line.rating or None,
        owner=line.owner or None,
        category=line.category or None,
        objective=line.objective or None,
        said_on=line.said_on,
        indicators=sorted(speaking, key=lambda each: (len(each), each)),
    )


def _indicator(row: queries.IndicatorRow) -> IndicatorOut:
    said = row.definition
    return IndicatorOut(
        reference=row.reference,
        name=said.name,
        unit=said.unit,
        better=said.better,
        frequency=said.frequency,
        kind=said.kind,
        source=said.source,
        owner=row.owner,
        last=_reading(row.last) if row.last else None,
    )


def _reading(reading: Reading) -> Observation:
    return Observation(**asdict(reading))


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all of this, for programs that make programs."""
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX), json_dumps_params={"indent": 1})


@csrf_exempt  # it does nothing but say so
def nothing(request: HttpRequest) -> HttpResponse:
    """An address under /api/ that is none."""
    return problems.problem(404, f"There is no such address; {PREFIX}openapi.json has all of them.")


urlpatterns: list[URLPattern] = [
    path("openapi.json", openapi, name="api-openapi"),
    *(each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"),
    re_path("", nothing, name="api-nothing"),
]
