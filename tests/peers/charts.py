# SPDX-License-Identifier: Apache-2.0
"""The charts of a run as SVG, without a library: lines of rate and p99 against connections, and a dot for each operation.

One colour a product (a palette that the colour-blind can tell apart), solid and filled for what is on disk, dashed and hollow
for what is in memory. Names stand at the ends of the lines, pushed apart where they would touch. Nothing has a background and
all text is of a middle grey, so that the pictures read on light and on dark pages.
"""

import math
from html import escape

import peers
import work

COLOURS = {"Stator": "#2a7fd4", "DynamoDB Local": "#d55e00", "Dynoxide": "#b868a0", "dynalite": "#009e73", "moto": "#b58900"}
TEXT, QUIET = "#767c85", "#8b919a"
FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
LINE_HEIGHT = 15
PLOT_WIDTH, PLOT_HEIGHT, NAMES_WIDTH = 300, 290, 184
LEFT, TOP, BETWEEN = 56, 90, 64


class Svg:
    def __init__(self, width, height, title):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
                      f'role="img" aria-label="{escape(title)}" font-family="{escape(FONT)}" font-size="12">',
                      f"<title>{escape(title)}</title>"]

    def text(self, x, y, words, anchor="start", colour=TEXT, weight="normal", size=12):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}" '
                          f'font-size="{size}">{escape(words)}</text>')

    def line(self, x1, y1, x2, y2, colour=QUIET, width=1.0, opacity=0.35):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
                          f'stroke-width="{width}" stroke-opacity="{opacity}"/>')

    def path(self, points, colour, kind):
        dashes = ' stroke-dasharray="5 4"' if kind == peers.MEMORY else ""
        self.parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" stroke="{colour}" '
                          f'stroke-width="2" stroke-linejoin="round"{dashes}/>')

    def dot(self, x, y, colour, kind, radius=3.5):
        """Filled for what is on disk, a ring for what is in memory."""
        fill = f'fill="{colour}"' if kind == peers.ON_DISK else 'fill="none"'
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" {fill} stroke="{colour}" stroke-width="1.6"/>')

    def write(self, path):
        path.write_text("\n".join([*self.parts, "</svg>"]) + "\n")


# ---- axes ----

def short(value):
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def short_us(value):
    return f"{value / 1e6:g} s" if value >= 1e6 else f"{value / 1000:g} ms" if value >= 1000 else f"{value:g} us"


class LogScale:
    """From values to places, over whole decades, or half ones where the values leave the rest empty."""

    def __init__(self, values, low_at, high_at):
        low, high = math.log10(min(values)), math.log10(max(values))
        self.low, self.high = math.floor(2 * low - 0.1) / 2, math.ceil(2 * high + 0.1) / 2
        self.low_at, self.high_at = low_at, high_at

    def at(self, value):
        return self.low_at + (math.log10(value) - self.low) / (self.high - self.low) * (self.high_at - self.low_at)

    def decades(self):
        return [10 ** power for power in range(math.ceil(self.low), math.floor(self.high) + 1)]


def apart(wanted, least, low, high):
    """Places near the wanted ones, in the same order, at least `least` apart, between low and high."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups = []  # of neighbours that touch: [sum of (wanted - offset), count]
    for i in order:
        groups.append([wanted[i], 1])
        while len(groups) > 1 and groups[-1][0] / groups[-1][1] < groups[-2][0] / groups[-2][1] + groups[-2][1] * least:
            total, count = groups.pop()
            groups[-1][0] += total - count * groups[-1][1] * least
            groups[-1][1] += count
    places, out = [], [0.0] * len(wanted)
    for total, count in groups:
        start = max(low, min(total / count, high - (count - 1) * least))
        start = max(start, places[-1] + least) if places else start
        places += [start + n * least for n in range(count)]
    for place, i in zip(places, order):
        out[i] = place
    return out


# ---- lines against connections ----

class Panel:
    """One diagram: x is the number of connections, y one figure of each server, both by powers."""

    def __init__(self, svg, left, title, told, figure, label):
        self.svg, self.left, self.title, self.told, self.figure, self.label = svg, left, title, told, figure, label

    def x(self, connections):
        steps = math.log2(connections) / math.log2(max(work.CONNECTIONS))
        return self.left + 12 + steps * (PLOT_WIDTH - 24)

    def axes(self, scale):
        bottom = TOP + PLOT_HEIGHT
        self.svg.text(self.left - 44, TOP - 16, self.title, weight="600", size=13)
        for value in scale.decades():
            self.svg.line(self.left, scale.at(value), self.left + PLOT_WIDTH, scale.at(value))
            self.svg.text(self.left - 8, scale.at(value) + 4, self.label(value), "end")
        for connections in work.CONNECTIONS:
            self.svg.line(self.x(connections), bottom, self.x(connections), bottom + 5, opacity=0.8)
            self.svg.text(self.x(connections), bottom + 20, str(connections), "middle")
        self.svg.line(self.left, bottom, self.left + PLOT_WIDTH, bottom, opacity=0.8)
        self.svg.text(self.left + PLOT_WIDTH / 2, bottom + 40, "connections, one request under way on each", "middle")

    def draw(self, rows):
        values = {peer: [(row.connections, self.told.figure(peer, row, self.figure)) for row in rows] for peer in self.told.peers}
        values = {peer: [pair for pair in pairs if pair[1]] for peer, pairs in values.items()}
        values = {peer: pairs for peer, pairs in values.items() if pairs}
        if not values:
            return
        scale = LogScale([value for pairs in values.values() for _, value in pairs], TOP + PLOT_HEIGHT, TOP)
        self.axes(scale)
        ends = []
        for peer, pairs in reversed(values.items()):  # Stator is drawn last, over the others
            points = [(self.x(connections), scale.at(value)) for connections, value in pairs]
            self.svg.path(points, COLOURS[peer.product], peer.kind)
            for point in points:
                self.svg.dot(*point, COLOURS[peer.product], peer.kind)
            ends.append((peer, points[-1]))
        self.names(ends)

    def names(self, ends):
        places = apart([y for _, (_, y) in ends], LINE_HEIGHT, TOP, TOP + PLOT_HEIGHT)
        for (peer, (x, y)), place in zip(ends, places):
            self.svg.line(x + 6, y, self.left + PLOT_WIDTH + 12, place, COLOURS[peer.product], 1, 0.5)
            self.svg.text(self.left + PLOT_WIDTH + 16, place + 4, peer.name, colour=COLOURS[peer.product],
                          weight="600" if peer.product == "Stator" else "normal")


def against_connections(path, told, operation):
    rows = [row for row in work.rows() if row.operation == operation]
    width = 2 * (LEFT + PLOT_WIDTH + NAMES_WIDTH) + BETWEEN / 2
    svg = Svg(width, TOP + PLOT_HEIGHT + 60, f"{operation}: requests a second and p99 against connections")
    svg.text(12, 24, rows[0].name, weight="600", size=16)
    svg.text(12, 44, "solid: on disk; dashed: in memory. Each server has one core, the load generator another.")
    Panel(svg, LEFT, "requests a second", told, "requests_per_s", short).draw(rows)
    Panel(svg, LEFT + PLOT_WIDTH + NAMES_WIDTH + BETWEEN, "p99 of the answers", told, "p99_us", short_us).draw(rows)
    svg.write(path)


# ---- a dot for each operation ----

NAME_WIDTH, ROW_HEIGHT, DOTS_WIDTH = 250, 30, 620


def legend(svg, told):
    x = 12.0
    for product, colour in COLOURS.items():
        if any(peer.product == product for peer in told.peers):
            svg.dot(x + 4, 44, colour, peers.ON_DISK, 4.5)
            svg.text(x + 14, 48, product)
            x += 32 + 7 * len(product)
    svg.text(x + 8, 48, "filled: on disk; hollow: in memory")


def operations(path, told):
    rows = [row for row in work.rows() if row.alone]
    values = [told.figure(peer, row, "requests_per_s") for row in rows for peer in told.peers]
    scale = LogScale([value for value in values if value], NAME_WIDTH, NAME_WIDTH + DOTS_WIDTH)
    bottom = TOP + ROW_HEIGHT * len(rows)
    svg = Svg(NAME_WIDTH + DOTS_WIDTH + 30, bottom + 50, "Requests a second of every operation")
    svg.text(12, 24, f"Requests a second, {work.ALONE} connections (Scan: one)", weight="600", size=16)
    legend(svg, told)
    for value in scale.decades():
        svg.line(scale.at(value), TOP, scale.at(value), bottom)
        svg.text(scale.at(value), bottom + 18, short(value), "middle")
    svg.text(NAME_WIDTH + DOTS_WIDTH / 2, bottom + 38, "requests a second", "middle")
    for number, row in enumerate(rows):
        y = TOP + ROW_HEIGHT * (number + 0.5)
        svg.text(NAME_WIDTH - 14, y + 4, row.name, "end")
        svg.line(NAME_WIDTH, y, NAME_WIDTH + DOTS_WIDTH, y, opacity=0.2)
        for peer in reversed(told.peers):
            value = told.figure(peer, row, "requests_per_s")
            if value:
                svg.dot(scale.at(value), y, COLOURS[peer.product], peer.kind, 5)
    svg.write(path)


def write_all(folder, told):
    folder.mkdir(parents=True, exist_ok=True)
    against_connections(folder / "get.svg", told, "GetItem")
    against_connections(folder / "put.svg", told, "PutItem")
    operations(folder / "operations.svg", told)
