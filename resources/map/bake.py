"""Bake the world map: Natural Earth's boundaries in, projected and thinned shapes out.

Usage: ``python resources/map/bake.py PATH/50m.json [-o OUT.json]``

``50m.json`` comes out of the npm package named in PROVENANCE.md. The result is one line a
country, the same bytes for the same input, so that a difference can be read in review.

What is done, in this order: polygons are grouped by ISO 3166-1 code; boundaries shared by two
polygons of one code are dissolved; lines are thinned as shared arcs, so that neighbours still fit;
rings are cut at the meridian of 180 degrees; points are projected to Equal Earth and rounded.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Json = dict[str, Any]

WIDTH = 12_000
"""Width of the map in its own units. Ten units are one pixel of a picture 1,200 pixels wide."""
PIXEL = WIDTH / 1_200
THINNING = 0.15 * PIXEL**2
"""A point goes when the triangle with its neighbours is smaller than this (square units)."""
RING_SHARE = 0.02
"""... or smaller than this share of the smallest ring it belongs to: islands keep their shape."""
SMALLEST_RING = 0.2 * PIXEL**2
"""Rings smaller than this go, except the largest of a country."""
DOT_BELOW = 6 * PIXEL**2
"""A country smaller than this gets a dot."""

ANTARCTICA = "010"
UNASSIGNED = ""
"""The code of land that Natural Earth gives to no country: the Siachen Glacier."""

# Natural Earth's numbers and the ISO 3166-1 code drawn for each. Negative numbers are Natural
# Earth's own. Northern Cyprus and Somaliland have no ISO code and are drawn with the state whose
# territory they are to the United Nations; XK is the user-assigned code in common use for Kosovo.
_CODES = """
    -1 CY  -2 XK  -3 SO  004 AF  008 AL  012 DZ  016 AS  020 AD  024 AO  028 AG  031 AZ  032 AR
    036 AU  040 AT  044 BS  048 BH  050 BD  051 AM  052 BB  056 BE  060 BM  064 BT  068 BO  070 BA
    072 BW  076 BR  084 BZ  086 IO  090 SB  092 VG  096 BN  100 BG  104 MM  108 BI  112 BY  116 KH
    120 CM  124 CA  132 CV  136 KY  140 CF  144 LK  148 TD  152 CL  156 CN  158 TW  170 CO  174 KM
    178 CG  180 CD  184 CK  188 CR  191 HR  192 CU  196 CY  203 CZ  204 BJ  208 DK  212 DM  214 DO
    218 EC  222 SV  226 GQ  231 ET  232 ER  233 EE  234 FO  238 FK  239 GS  242 FJ  246 FI  248 AX
    250 FR  258 PF  260 TF  262 DJ  266 GA  268 GE  270 GM  275 PS  276 DE  288 GH  296 KI  300 GR
    304 GL  308 GD  316 GU  320 GT  324 GN  328 GY  332 HT  334 HM  336 VA  340 HN  344 HK  348 HU
    352 IS  356 IN  360 ID  364 IR  368 IQ  372 IE  376 IL  380 IT  384 CI  388 JM  392 JP  398 KZ
    400 JO  404 KE  408 KP  410 KR  414 KW  417 KG  418 LA  422 LB  426 LS  428 LV  430 LR  434 LY
    438 LI  440 LT  442 LU  446 MO  450 MG  454 MW  458 MY  462 MV  466 ML  470 MT  478 MR  480 MU
    484 MX  492 MC  496 MN  498 MD  499 ME  500 MS  504 MA  508 MZ  512 OM  516 NA  520 NR  524 NP
    528 NL  531 CW  533 AW  534 SX  540 NC  548 VU  554 NZ  558 NI  562 NE  566 NG  570 NU  574 NF
    578 NO  580 MP  583 FM  584 MH  585 PW  586 PK  591 PA  598 PG  600 PY  604 PE  608 PH  612 PN
    616 PL  620 PT  624 GW  626 TL  630 PR  634 QA  642 RO  643 RU  646 RW  652 BL  654 SH  659 KN
    660 AI  662 LC  663 MF  666 PM  670 VC  674 SM  678 ST  682 SA  686 SN  688 RS  690 SC  694 SL
    702 SG  703 SK  704 VN  705 SI  706 SO  710 ZA  716 ZW  724 ES  728 SS  729 SD  732 EH  740 SR
    748 SZ  752 SE  756 CH  760 SY  762 TJ  764 TH  768 TG  776 TO  780 TT  784 AE  788 TN  792 TR
    795 TM  796 TC  798 TV  800 UG  804 UA  807 MK  818 EG  826 GB  831 GG  832 JE  833 IM  834 TZ
    840 US  850 VI  854 BF  858 UY  860 UZ  862 VE  876 WF  882 WS  887 YE  894 ZM
"""
_WORDS = _CODES.split()
CODES = {**dict(zip(_WORDS[::2], _WORDS[1::2], strict=True)), "KAS": UNASSIGNED}

# Territories that Natural Earth draws with another country and ISO 3166-1 gives their own code:
# the number they stand under, the code, and the west, south, east and north of a box round them.
TERRITORIES = (
    ("250", "GF", -55, 2, -51, 6),
    ("250", "GP", -62, 15.8, -61, 16.6),
    ("250", "MQ", -61.3, 14.3, -60.7, 15),
    ("250", "RE", 55, -21.5, 56, -20.8),
    ("250", "YT", 45, -13.1, 45.4, -12.6),
    ("578", "SJ", -10, 70.5, -7, 71.5),
    ("578", "SJ", 10, 74, 34, 81),
    ("528", "BQ", -69, 11.9, -62, 18),
    ("554", "TK", -173, -10, -171, -8),
    ("IOA", "CX", 105, -11, 106, -10),
    ("IOA", "CC", 96, -13, 97, -11),
)

# Inhabited places with a code and no shape at this scale: a dot, from longitude and latitude.
DOTS = {"GI": ("Gibraltar", -5.35, 36.14)}

# Names that Natural Earth abbreviates or writes otherwise than data/vocabulary/countries.toml, and
# those of the territories set apart above.
_NAMES = """
    AG Antigua and Barbuda; AX Åland Islands; BA Bosnia and Herzegovina; BL Saint Barthélemy; BQ
    Bonaire, Sint Eustatius and Saba; CC Cocos (Keeling) Islands; CD DR Congo; CF Central African
    Republic; CI Ivory Coast; CK Cook Islands; CV Cape Verde; CX Christmas Island; CY Cyprus; DO
    Dominican Republic; EH Western Sahara; FK Falkland Islands; FO Faroe Islands; GF French
    Guiana; GP Guadeloupe; GQ Equatorial Guinea; GS South Georgia and the South Sandwich Islands;
    HM Heard Island and McDonald Islands; IO British Indian Ocean Territory; KN Saint Kitts and
    Nevis; KY Cayman Islands; MF Saint Martin; MH Marshall Islands; MP Northern Mariana Islands;
    MQ Martinique; PF French Polynesia; PM Saint Pierre and Miquelon; PN Pitcairn Islands; RE
    Réunion; SB Solomon Islands; SH Saint Helena, Ascension and Tristan da Cunha; SJ Svalbard and
    Jan Mayen; SO Somalia; SS South Sudan; ST São Tomé and Príncipe; SZ Eswatini; TC Turks and
    Caicos Islands; TF French Southern Territories; TK Tokelau; US United States; VA Vatican City;
    VC Saint Vincent and the Grenadines; VG British Virgin Islands; VI US Virgin Islands; WF
    Wallis and Futuna; YT Mayotte
"""
NAMES = dict(" ".join(entry.split()).split(maxsplit=1) for entry in _NAMES.split(";"))


@dataclass
class Country:
    """One code's land: its name and its rings, each a list of arc numbers (~n is n backwards)."""

    name: str
    rings: list[list[int]] = field(default_factory=list)


def equal_earth(lon: float, lat: float) -> Point:
    """Project degrees to Equal Earth on a sphere of radius 1, y growing southwards.

    Bojan Šavrič, Tom Patterson, Bernhard Jenny: "The Equal Earth map projection", International
    Journal of Geographical Information Science 33 (3), 2019 (online 2018), pages 454 to 465.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (3 * slope)
    return x, -theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def decode_arcs(topology: Json) -> list[Ring]:
    """Undo TopoJSON's delta coding and quantisation: degrees, as (longitude, latitude)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for coded in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in coded:
            x, y = x + step_x, y + step_y
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    return arcs


def code_of(number: str, corner: Point) -> str:
    """The code a polygon is drawn under, from its country's number and one of its points."""
    for owner, code, west, south, east, north in TERRITORIES:
        if number == owner and west <= corner[0] <= east and south <= corner[1] <= north:
            return code
    if number not in CODES:
        raise SystemExit(f"The map names a country {number!r} that the table does not know.")
    return CODES[number]


def group(topology: Json, arcs: list[Ring]) -> dict[str, Country]:
    """Gather polygons by code; Antarctica is left out."""
    countries: dict[str, Country] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        number = geometry["id"]
        if number == ANTARCTICA:
            continue
        for polygon in geometry["arcs"]:
            code = code_of(number, next(points_of(polygon[0], arcs)))
            name = NAMES.get(code, geometry["properties"]["name"])
            countries.setdefault(code, Country(name)).rings.extend(polygon)
    for country in countries.values():
        country.rings = dissolve(country.rings, arcs)
    return countries


def dissolve(rings: list[list[int]], arcs: list[Ring]) -> list[list[int]]:
    """Drop arcs that two rings of one country share, and join what remains into rings."""
    used = {arc for ring in rings for arc in ring}
    inner = {arc for arc in used if ~arc in used}
    whole = [ring for ring in rings if inner.isdisjoint(ring)]
    starts: dict[Point, list[int]] = defaultdict(list)
    for ring in rings:
        if not inner.isdisjoint(ring):
            for arc in ring:
                if arc not in inner:
                    starts[next(points_of([arc], arcs))].append(arc)
    while starts:
        _, (first, *_) = next(iter(starts.items()))
        ring, here = [], next(points_of([first], arcs))
        while here in starts:
            arc = starts[here].pop(0)
            if not starts[here]:
                del starts[here]
            ring.append(arc)
            *_, here = points_of([arc], arcs)
        whole.append(ring)
    return whole


def points_of(ring: Iterable[int], arcs: list[Ring]) -> Iterator[Point]:
    """The points of a ring of arc numbers, each joint once."""
    last = None
    for arc in ring:
        for point in arcs[arc] if arc >= 0 else reversed(arcs[~arc]):
            if point != last:
                yield point
            last = point


def unwrap(points: Iterable[Point]) -> Ring:
    """Make longitude continuous: a line over the Pacific runs on beyond 180 degrees."""
    line: Ring = []
    for lon, lat in points:
        if line:
            lon += 360 * round((line[-1][0] - lon) / 360)
        line.append((lon, lat))
    return line


def cut(ring: Iterable[Point]) -> list[Ring]:
    """Cut a ring at the meridian of 180 degrees into rings between -180 and 180."""
    line = unwrap(ring)
    turns = math.ceil((-180 - min(lon for lon, _ in line)) / 360 - 1e-9)
    line = [(lon + 360 * max(turns, 0), lat) for lon, lat in line]
    if max(lon for lon, _ in line) <= 180:
        return [line]
    east = [(lon - 360, lat) for lon, lat in _clip(line, east=True)]
    return [half for half in (_clip(line, east=False), east) if len(half) > 2]


def _clip(ring: Ring, *, east: bool) -> Ring:
    """Keep what lies on one side of 180 degrees (Sutherland and Hodgman, one edge)."""
    kept: Ring = []
    for (lon, lat), (to_lon, to_lat) in zip(ring, ring[1:] + ring[:1], strict=True):
        if lon == 180 or (lon > 180) == east:
            kept.append((lon, lat))
        if (lon - 180) * (to_lon - 180) < 0:
            kept.append((180.0, lat + (to_lat - lat) * (180 - lon) / (to_lon - lon)))
    return kept


def signed_area(ring: Ring) -> float:
    """Area within a ring by the shoelace formula; holes have the other sign than land."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairs) / 2


def centroid(ring: Ring) -> Point:
    """Centre of gravity of a ring, or the middle of its points where it has no area."""
    x0, y0 = ring[0]
    x = y = twice = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        twice += cross
        x += (ax + bx - 2 * x0) * cross
        y += (ay + by - 2 * y0) * cross
    if abs(twice) < 1e-12:
        return sum(a for a, _ in ring) / len(ring), sum(b for _, b in ring) / len(ring)
    return x0 + x / (3 * twice), y0 + y / (3 * twice)


def thin(line: Ring, limit: float) -> list[int]:
    """Visvalingam and Whyatt: drop the least significant point again and again.

    Returns the numbers of the points kept. A closed line keeps a triangle at least.
    """
    last = len(line) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    left = last + 1
    least = 4 if line[0] == line[-1] else 2

    def weight(i: int) -> float:
        return abs(signed_area([line[before[i]], line[i], line[after[i]]]))

    weights = {i: weight(i) for i in range(1, last)}
    heap = [(w, i) for i, w in weights.items()]
    heapq.heapify(heap)
    while heap and left > least:
        w, i = heapq.heappop(heap)
        if w >= limit:
            break
        if weights.get(i) != w:
            continue
        del weights[i]
        left -= 1
        before[after[i]], after[before[i]] = before[i], after[i]
        for j in (before[i], after[i]):
            if j in weights:
                weights[j] = max(weight(j), w)
                heapq.heappush(heap, (weights[j], j))
    return [0, *sorted(weights), last]


def svg_path(rings: Iterable[Ring]) -> str:
    """Whole numbers as ``Mx,yldx,dy dx,dyz`` a ring; rings that vanish in rounding are left out."""
    parts = []
    for ring in rings:
        points: list[tuple[int, int]] = []
        for x, y in ring:
            point = (round(x), round(y))
            if not points or point != points[-1]:
                points.append(point)
        while len(points) > 1 and points[-1] == points[0]:
            points.pop()
        if len(set(points)) < 3:
            continue
        steps = (f"{bx - ax},{by - ay}" for (ax, ay), (bx, by) in pairwise(points))
        parts.append(f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


class Bakery:
    """The map at full detail, and what is needed to draw it thinner at the final scale."""

    def __init__(self, topology: Json) -> None:
        """Read the topology and fit its land, without Antarctica, to the map's width."""
        self._arcs = decode_arcs(topology)
        self.countries = group(topology, self._arcs)
        flat = [
            equal_earth(*point)
            for country in self.countries.values()
            for ring in country.rings
            for part in cut(points_of(ring, self._arcs))
            for point in part
        ]
        self._left, self._top = min(x for x, _ in flat), min(y for _, y in flat)
        self._scale = WIDTH / (max(x for x, _ in flat) - self._left)
        self.height = math.ceil((max(y for _, y in flat) - self._top) * self._scale)
        self._thinned = self._thin_arcs()

    def shape(self, code: str) -> Json:
        """Everything kept about one country."""
        country = self.countries[code]
        full = self._rings(code, self._arcs)
        area = abs(sum(map(signed_area, full)))
        largest = max(full, key=lambda ring: abs(signed_area(ring)))
        middle = [round(value) for value in centroid(largest)]
        shape = {"name": country.name, "area": round(area, 1), "centroid": middle}
        if area < DOT_BELOW:
            shape["dot"] = middle
        return {**shape, "path": self.path(code)}

    def dot(self, name: str, lon: float, lat: float) -> Json:
        """A place without a shape."""
        x, y = map(round, self._place([(lon, lat)])[0])
        return {"name": name, "area": 0.0, "centroid": [x, y], "dot": [x, y], "path": ""}

    def path(self, code: str) -> str:
        """The thinned outline of one country; may be empty where rounding leaves nothing."""
        rings = self._rings(code, self._thinned)
        rings.sort(key=lambda ring: -abs(signed_area(ring)))
        kept = rings[:1] + [r for r in rings[1:] if abs(signed_area(r)) >= SMALLEST_RING]
        return svg_path(kept)

    def _rings(self, code: str, arcs: list[Ring]) -> list[Ring]:
        rings = (part for ring in self.countries[code].rings for part in cut(points_of(ring, arcs)))
        return [self._place(ring) for ring in rings]

    def _place(self, ring: Ring) -> Ring:
        flat = (equal_earth(*point) for point in ring)
        return [((x - self._left) * self._scale, (y - self._top) * self._scale) for x, y in flat]

    def _thin_arcs(self) -> list[Ring]:
        """Thin each arc as far as the smallest ring it belongs to can bear."""
        limits: dict[int, float] = defaultdict(lambda: THINNING)
        for country in self.countries.values():
            for ring in country.rings:
                area = abs(signed_area(self._place(unwrap(points_of(ring, self._arcs)))))
                for arc in (arc if arc >= 0 else ~arc for arc in ring):
                    limits[arc] = min(limits[arc], RING_SHARE * area)
        return [
            [arc[i] for i in thin(self._place(unwrap(arc)), limits[number])]
            for number, arc in enumerate(self._arcs)
        ]


def bake(topology: Json) -> str:
    """Turn a TopoJSON world into the text of world.json."""
    bakery = Bakery(topology)
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    shapes = {code: bakery.shape(code) for code in bakery.countries if code != UNASSIGNED}
    shapes |= {code: bakery.dot(*place) for code, place in DOTS.items()}
    body = ",\n".join(f'"{code}":{compact(shapes[code])}' for code in sorted(shapes))
    unassigned = bakery.path(UNASSIGNED) if UNASSIGNED in bakery.countries else ""
    head = f'"width":{WIDTH},"height":{bakery.height},"unassigned":"{unassigned}"'
    return f'{{{head},"shapes":{{\n{body}\n}}}}\n'


def main() -> None:
    """Read the file named on the command line and write the baked map."""
    parser = argparse.ArgumentParser(description="Bake the world map shapes.")
    parser.add_argument("topology", type=Path, help="world/50m.json of the npm package")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("world.json"))
    arguments = parser.parse_args()
    topology = json.loads(arguments.topology.read_text(encoding="utf-8"))
    arguments.output.write_text(bake(topology), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
