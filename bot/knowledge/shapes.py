"""Where the collection areas lie, as the optional `content/collection/areas.geojson` draws them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from bot.knowledge.collection import AreaId

FILE = "collection/areas.geojson"

Point = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
"""Longitude, latitude: GeoJSON has them in this order."""


def _closed(ring: list[Point]) -> list[Point]:
    if ring[0] != ring[-1]:
        raise ValueError("a ring must end where it begins")
    return ring


Ring = Annotated[list[Point], Field(min_length=4), AfterValidator(_closed)]
Rings = Annotated[list[Ring], Field(min_length=1)]


class _Polygon(BaseModel):
    type: Literal["Polygon"]
    coordinates: Rings


class _MultiPolygon(BaseModel):
    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1)]


class _Properties(BaseModel):
    area: AreaId


class _Feature(BaseModel):
    type: Literal["Feature"]
    properties: _Properties
    geometry: Annotated[_Polygon | _MultiPolygon, Field(discriminator="type")]


class _Features(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[_Feature]


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn piece of an area: outer ring first, then holes."""

    area: str
    rings: Sequence[Sequence[Point]]

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether a place lies within: a ray from it crosses the rings an odd number of times."""
        crossings = sum(_crossed(ring, latitude, longitude) for ring in self.rings)
        return crossings % 2 == 1


def _crossed(ring: Sequence[Point], latitude: float, longitude: float) -> int:
    count = 0
    for (east, north), (to_east, to_north) in pairwise(ring):
        if (north > latitude) != (to_north > latitude):
            share = (latitude - north) / (to_north - north)
            count += longitude < east + share * (to_east - east)
    return count


def read_shapes(text: str, areas: set[str]) -> tuple[tuple[Shape, ...], list[str]]:
    """Return the areas that a GeoJSON text draws, and what is wrong with it, one sentence each."""
    try:
        read = _Features.model_validate(json.loads(text))
    except ValidationError as error:
        return (), [
            f"{'.'.join(map(str, detail['loc']))}: {detail['msg'].removeprefix('Value error, ')}"
            for detail in error.errors(include_url=False, include_input=False)
        ]
    except (ValueError, RecursionError):
        return (), ["is not JSON"]
    strange = sorted({one.properties.area for one in read.features} - areas)
    return tuple(_shapes(read)), [f"area {name!r} does not exist" for name in strange]


def _shapes(read: _Features) -> Iterator[Shape]:
    for feature in read.features:
        geometry = feature.geometry
        pieces = [geometry.coordinates] if isinstance(geometry, _Polygon) else geometry.coordinates
        yield from (Shape(feature.properties.area, piece) for piece in pieces)
