"""GET /metrics: this process's figures and the state of the queues, in the words of Prometheus."""

from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.app import Edge
from bot.figures import LATENCY_SECONDS, Figures
from flows.operations.queues import Queues, queues_of


def exposition(edge: Edge) -> bytes:
    """Everything, as text. Reads the database once; raises what it raises when it does not answer."""
    with edge.db.reading() as session:
        queues = queues_of(session, edge.clock.now())
    registry = CollectorRegistry()
    registry.register(_Collected(edge.figures, queues))
    return generate_latest(registry)


class _Collected(Collector):
    """What was counted and read, handed to the library that writes it down."""

    def __init__(self, figures: Figures, queues: Queues) -> None:
        self._figures, self._queues = figures, queues

    def collect(self) -> Iterator[Metric]:
        counted, queues = self._figures, self._queues
        yield _filled(
            CounterMetricFamily("pandu_updates", "Updates by kind and outcome.", labels=("kind", "outcome")),
            counted.updates,
        )
        yield _filled(
            CounterMetricFamily("pandu_sends", "Messages by way and result.", labels=("way", "result")),
            counted.sends,
        )
        yield _filled(
            CounterMetricFamily("pandu_answers", "Answer desk screens shown.", labels=("shown",)),
            counted.answers,
        )
        yield self._latency()
        yield _filled(
            GaugeMetricFamily("pandu_outbox_due", "Messages that are due and wait.", labels=("lane",)),
            queues.depth,
        )
        yield _filled(
            GaugeMetricFamily("pandu_outbox_late_seconds", "How long the oldest waits.", labels=("lane",)),
            queues.late_seconds,
        )
        yield _filled(GaugeMetricFamily("pandu_jobs", "Long work by state.", labels=("state",)), queues.jobs)
        silent = counted.silent_seconds()
        yield GaugeMetricFamily("pandu_heart_silent_seconds", "Since due things were looked for.", silent)

    def _latency(self) -> HistogramMetricFamily:
        below, buckets = 0, []
        for bound, count in zip((*LATENCY_SECONDS, float("inf")), self._figures.latency, strict=True):
            below += count
            buckets.append(("+Inf" if bound == float("inf") else str(bound), float(below)))
        text = "From the arrival of an update to its reply."
        return HistogramMetricFamily(
            "pandu_update_seconds", text, buckets=buckets, sum_value=self._figures.latency_seconds
        )


def _filled(family: CounterMetricFamily | GaugeMetricFamily, values: Mapping[Any, float]) -> Metric:
    """The family with its values, by one label or by several."""
    for key, value in sorted(values.items()):
        family.add_metric((key,) if isinstance(key, str) else key, value)
    return family
