"""Following the signals stream without missing or repeating one, whatever the bus loses. No sockets here."""

REPLAY_MAX = 1_000  # signals asked for at once
IDENTITIES_MAX = 65_536  # signals remembered, the oldest forgotten first


class SignalFollower:
    """Which signals have been seen, and which are to be asked for again.

    Delivery is at least once: `accepts` says whether a signal is new. `missing` names the oldest gap, as known from
    the numbers of signals and from heartbeats, which say how many there are. A lower epoch comes from a fenced engine
    and is ignored.
    """

    def __init__(self, first=1):
        self.log, self.epoch, self.following, self.latest = None, 0, first, 0
        self.ahead = set()  # numbers seen beyond `following`
        self.identities = {}  # in order of acceptance
        self.duplicates = self.fenced = self.lost = 0

    def accepts(self, signal):
        """Whether a signal is to be acted on."""
        if not self._is_current(signal):
            return False
        self.latest = max(self.latest, signal["signalNo"])
        self._saw(signal["signalNo"])
        identity = signal["log"], signal["record"], signal["pool"], signal["ordinal"]
        if identity in self.identities:
            self.duplicates += 1
            return False
        self.identities[identity] = None
        if len(self.identities) > IDENTITIES_MAX:
            del self.identities[next(iter(self.identities))]
        return True

    def heard(self, heartbeat):
        """Takes in how many signals there are."""
        if self._is_current(heartbeat):
            self.latest = max(self.latest, heartbeat["signalNo"])

    def missing(self):
        """The oldest gap as (from, to), inclusive, or None."""
        if self.following > self.latest:
            return None
        last = min(self.ahead) - 1 if self.ahead else self.latest
        return self.following, min(last, self.following + REPLAY_MAX - 1)

    def give_up(self, first, last):
        """The engine no longer has these numbers."""
        for number in range(first, last + 1):
            if number >= self.following and number not in self.ahead:
                self.lost += 1
                self._saw(number)

    def _is_current(self, message):
        if message["epoch"] < self.epoch:
            self.fenced += 1
            return False
        if self.log not in (None, message["log"]):
            # Another log numbers its own signals, from 1.
            self.following, self.latest, self.ahead = 1, 0, set()
        self.log, self.epoch = message["log"], message["epoch"]
        return True

    def _saw(self, number):
        if number >= self.following:
            self.ahead.add(number)
        while self.following in self.ahead:
            self.ahead.remove(self.following)
            self.following += 1
