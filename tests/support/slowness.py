"""How busy the machine is, so that a limit in seconds means seconds of a machine that has time for us."""

import time

SAMPLE_SECONDS = 0.1


def slowness() -> float:
    """How many times longer computing takes now than it should; 1 on a machine with nothing else to do."""
    began, cpu = time.monotonic(), time.process_time()
    while time.process_time() - cpu < SAMPLE_SECONDS:
        sum(range(1000))
    return max(1.0, (time.monotonic() - began) / SAMPLE_SECONDS)
