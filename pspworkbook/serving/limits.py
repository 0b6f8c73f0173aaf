"""So many times in so many seconds from one place, kept in memory: against guessing, and against floods."""

import ipaddress
import time
from collections import deque

from tornado.web import RequestHandler

MOST_SOURCES = 10_000


class Limit:
    """``most`` times in ``seconds``, for each source by itself."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._times: dict[str, deque[float]] = {}

    def spent(self, source: str) -> bool:
        """Whether this source has used up what it may."""
        times = self._times.get(source)
        while times and times[0] < time.monotonic() - self.seconds:
            times.popleft()
        return bool(times) and len(times or ()) >= self.most

    def take(self, source: str) -> bool:
        """Count one more; False when there were too many already."""
        if self.spent(source):
            return False
        if source not in self._times and len(self._times) >= MOST_SOURCES:
            self._times.pop(next(iter(self._times)))
        self._times.setdefault(source, deque()).append(time.monotonic())
        return True


def source_of(handler: RequestHandler) -> str:
    """Where a request comes from. Whoever has one IPv6 address has a whole network of them, so that counts as one."""
    text = handler.request.remote_ip or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv4Address):
        return text
    return str(address.ipv4_mapped or ipaddress.ip_network(f"{address}/64", strict=False))
