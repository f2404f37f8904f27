"""One person may not take everybody's time: what comes faster than anybody works is declined, kindly.

The allowance is far above what people do (several albums of ten photos at once pass). It is counted on
Telegram's clock, by when a message was sent: what waited while the bot was away is no flood.
"""

from dataclasses import dataclass

PER_SECOND = 5.0
"""So fast the allowance comes back."""
TELL_SECONDS = 30.0
"""The sentence is not repeated sooner than that; taps are told each time, by a toast."""
REMEMBERED = 10_000
BACK_SECONDS = 60.0
"""What was sent so much before the person's newest begins a count of its own: a backlog came in between."""
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
    """Allowances by person, in this process: `burst` updates at once. `now` is in monotonic seconds."""

    def __init__(self, burst: int) -> None:
        self._burst = burst
        self._buckets: dict[int, _Bucket] = {}
        self._dated = (0.0, 0.0)  # when the last dated update was sent, and when it came

    def takes(self, person: int, now: float, sent_at: float | None = None) -> bool:
        """Whether this update of the person is within their allowance; counts it if so.

        `sent_at` is when Telegram says it was sent, in seconds since 1970. Taps carry no date: they were made
        about when the dated update before them was sent.
        """
        if not self._burst:
            return True
        if sent_at is not None:
            self._dated = (sent_at, now)
        at = self._dated[0] + now - self._dated[1]
        bucket = self._buckets.pop(person, None) or _Bucket(self._burst, at)
        self._buckets[person] = bucket  # the last one asked for stands last
        if len(self._buckets) > REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        bucket.left = min(self._burst, bucket.left + max(0.0, at - bucket.at) * PER_SECOND)
        bucket.at = at if at < bucket.at - BACK_SECONDS else max(at, bucket.at)
        if bucket.left < 1.0:
            return False
        bucket.left -= 1.0
        return True

    def gives_back(self, person: int) -> None:
        """What could not be committed comes again: it is not to be counted twice."""
        if (bucket := self._buckets.get(person)) is not None:
            bucket.left = min(self._burst, bucket.left + 1.0)

    def tells(self, person: int, now: float) -> bool:
        """Whether the person is to be told now that it was too fast."""
        bucket = self._buckets[person]
        if now - bucket.told_at < TELL_SECONDS:
            return False
        bucket.told_at = now
        return True
