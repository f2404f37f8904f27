"""One person may not take everybody's time: what comes faster than anybody works is declined, kindly.

The allowance is far above what people do (several albums of ten photos at once pass).
"""

from dataclasses import dataclass

PER_SECOND = 5.0
"""So fast the allowance comes back."""
TELL_SECONDS = 30.0
"""The sentence is not repeated sooner than that; taps are told each time, by a toast."""
REMEMBERED = 10_000
TOO_FAST = (
    "Pesan Anda datang lebih cepat daripada yang dapat saya olah, jadi yang terakhir belum diproses. "
    "Tunggu setengah menit, lalu kirim lagi yang belum dijawab."
)
TOAST = "Terlalu cepat. Tunggu setengah menit, lalu ketuk lagi."


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told_at: float = float("-inf")


class Flood:
    """Allowances by person, in this process: `burst` updates at once. Times are monotonic seconds."""

    def __init__(self, burst: int) -> None:
        self._burst = burst
        self._buckets: dict[int, _Bucket] = {}

    def takes(self, person: int, now: float) -> bool:
        """Whether this update of the person is within their allowance; counts it if so."""
        if not self._burst:
            return True
        bucket = self._buckets.pop(person, None) or _Bucket(self._burst, now)
        self._buckets[person] = bucket  # the last one asked for stands last
        if len(self._buckets) > REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * PER_SECOND)
        bucket.at = now
        if bucket.left < 1.0:
            return False
        bucket.left -= 1.0
        return True

    def tells(self, person: int, now: float) -> bool:
        """Whether the person is to be told now that it was too fast."""
        bucket = self._buckets[person]
        if now - bucket.told_at < TELL_SECONDS:
            return False
        bucket.told_at = now
        return True
