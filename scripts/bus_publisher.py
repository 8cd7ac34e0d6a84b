"""A reference publisher of the bus: numbered sources on an XPUB socket, recovery on a ROUTER.

Recovery speaks two frames both ways, `topic | body`: the topic is empty for a question (BusReplayRequest,
BusSnapshotRequest) and for the end of its answer (BusRecoveryDone); in between come the original messages.

A subscriber that sees a gap asks for a range of a source (BusReplayRequest) and gets the original frames. A late
joiner asks for a snapshot of a source (BusSnapshotRequest), which is simply all of it: every message from sequence 1
to the latest, followed by the first number not covered. Nothing is compacted, so a subscriber that applies them and
goes on with the live stream holds exactly what it would hold had it been there from the start. What was dropped
beyond `retain` messages of a source is said with `complete = no`.

Nothing is lost between a connected subscriber and this publisher: XPUB_NODROP makes a send wait for the slowest
subscriber, and while it waits recovery is still served. Every source that is silent for 100 ms sends a heartbeat with
its next sequence number. A new subscriber hears of all sources at once, the one that spoke first (reference data)
first: sources are recovered one by one, and accounts must be known before their trades.
"""

import sys
import time
from bisect import bisect_right
from collections import deque
from itertools import chain

import zmq

from plimsoll_wire import WireError

HEARTBEAT_SECONDS = 0.1
HIGH_WATER = 20_000  # messages per subscriber that may wait
SERVICE_EVERY = 32  # messages published between two looks at the recovery socket
ANSWERS_AT_ONCE = 64  # recovery messages sent between two published ones
SETTLING_SECONDS = 0.2  # without a further subscription, after the first


class History:
    """The latest messages of one source, at most `retain` of them."""

    def __init__(self, retain):
        self.retain, self.messages, self.following = retain, [], 1

    def append(self, message):
        self.messages.append(message)
        self.following = message.first + message.count
        if len(self.messages) > self.retain + self.retain // 4:
            del self.messages[: -self.retain]

    @property
    def oldest(self):
        return self.messages[0].first if self.messages else self.following

    def between(self, first, last):
        """The messages that carry numbers from `first` to `last`, inclusive; a message is never cut."""
        start = max(0, bisect_right(self.messages, first, key=lambda message: message.first) - 1)
        end = bisect_right(self.messages, last, key=lambda message: message.first)
        return [message for message in self.messages[start:end] if message.first + message.count > first]


class Publisher:
    """Owns both sockets. Everything runs on the caller's thread, between its calls to `publish` and `serve`."""

    def __init__(self, schema, bind, recovery, epoch=1, retain=1_000_000, context=None):
        self.schema, self.epoch, self.retain = schema, epoch, retain
        context = context or zmq.Context.instance()
        self.subscribers = context.socket(zmq.XPUB)
        self.requests = context.socket(zmq.ROUTER)
        self.subscribers.set(zmq.XPUB_NODROP, 1)
        # Every subscription is told, also a second one for the same topic.
        self.subscribers.set(zmq.XPUB_VERBOSE, 1)
        self.subscribers.set(zmq.SNDHWM, HIGH_WATER)
        # An asker that is gone, or that does not read, is then an error instead of a silent loss.
        self.requests.set(zmq.ROUTER_MANDATORY, 1)
        for socket, address in ((self.subscribers, bind), (self.requests, recovery)):
            socket.set(zmq.LINGER, 1_000)
            socket.set(zmq.MAXMSGSIZE, 4_096)
            socket.bind(address)
        self.poller = zmq.Poller()
        self.poller.register(self.requests, zmq.POLLIN)
        self.histories, self.spoke = {}, {}  # by source; when it last sent, monotonic seconds
        self.answers = deque()
        self.event_time = self.published = self.heartbeats = self.recovered = self.rejected = 0

    def close(self):
        self.subscribers.close()
        self.requests.close()

    def wait_for_subscriber(self, seconds):
        """Whether someone subscribed in time; then its further subscriptions have been taken in as well."""
        waited = self.subscribers.poll(int(seconds * 1_000))
        while self.subscribers.poll(int(SETTLING_SECONDS * 1_000)):
            self.subscribers.recv()
        return bool(waited)

    def publish(self, message):
        """Sends a message and keeps it for replay; waits while a subscriber is behind."""
        self._send(message.topic, message.body)
        self.histories.setdefault(message.source, History(self.retain)).append(message)
        self.spoke[message.source] = time.monotonic()
        self.event_time = max(self.event_time, message.time)
        self.published += 1
        if self.published % SERVICE_EVERY == 0:
            self.serve(0)

    def serve(self, seconds):
        """Sends heartbeats and answers recovery requests for some time; 0 = what is due now."""
        until = time.monotonic() + seconds
        if self._take_subscriptions():
            self._beat(silence=0)
        while True:
            self._beat(HEARTBEAT_SECONDS)
            patience = min(HEARTBEAT_SECONDS / 4, max(0.0, until - time.monotonic()))
            if self.poller.poll(0 if self._answer() else int(patience * 1_000)):
                self._receive()
            if time.monotonic() >= until:
                return

    def _send(self, topic, body):
        while True:
            try:
                self.subscribers.send(topic, zmq.SNDMORE | zmq.DONTWAIT)
                break
            except zmq.Again:
                self._recover()
        # The room for a message was found with its first frame.
        self.subscribers.send(body)

    def _recover(self):
        """A turn of recovery while no message can be sent; never sends to subscribers itself."""
        if self.poller.poll(0 if self._answer() else 1):
            self._receive()

    def _take_subscriptions(self):
        """Whether anyone has subscribed since the last look."""
        is_new = False
        while self.subscribers.poll(0):
            is_new |= self.subscribers.recv()[:1] == b"\x01"
        return is_new

    def _beat(self, silence):
        """A heartbeat of every source that has said nothing for so many seconds."""
        now = time.monotonic()
        for source, spoke in self.spoke.items():
            if now - spoke >= silence:
                root = {"source": source, "epoch": self.epoch, "firstSequence": self.histories[source].following,
                        "sendingTime": self.event_time}
                self.spoke[source] = now
                self.heartbeats += 1
                self._send(b"ctl.", self.schema.encode("SourceHeartbeat", root, {"entries": []}))

    def _receive(self):
        frames = self.requests.recv_multipart()
        try:
            identity, topic, body = frames
            if topic:
                raise ValueError(f"a question has an empty topic, not {topic!r}")
            name, asked = self.schema.decode(body)
            answer = {"BusReplayRequest": self._replay, "BusSnapshotRequest": self._snapshot}[name](asked)
        except (ValueError, KeyError, WireError) as fault:  # frames, kind of message, bytes
            self.rejected += 1
            print(f"recovery request refused: {fault!r}", file=sys.stderr)
            return
        self.answers.append(([identity, *reply] for reply in answer))

    def _replay(self, asked):
        history = self.histories.get(asked["source"], History(self.retain))
        found = history.between(asked["from"], asked["to"]) if asked["epoch"] == self.epoch else []
        covered = found[-1].first + found[-1].count if found else asked["from"]
        whole = bool(found) and found[0].first <= asked["from"] and covered > asked["to"]
        return self._answered(found, asked, covered, whole)

    def _snapshot(self, asked):
        history = self.histories.get(asked["source"], History(self.retain))
        return self._answered(list(history.messages), asked, history.following, history.oldest == 1)

    def _answered(self, messages, asked, following, whole):
        done = {"request": asked["request"], "source": asked["source"], "epoch": self.epoch,
                "nextSequence": following, "complete": "yes" if whole else "no"}
        return chain(((message.topic, message.body) for message in messages),
                     [(b"", self.schema.encode("BusRecoveryDone", done, {}))])

    def _answer(self):
        """Sends some of what was asked for, in turns; whether more could be sent at once."""
        for _ in range(ANSWERS_AT_ONCE):
            if not self.answers:
                return False
            answer = self.answers.popleft()
            frames = next(answer, None)
            if frames is None:
                continue
            try:
                self.requests.send_multipart(frames, zmq.DONTWAIT)
                self.recovered += 1
                self.answers.append(answer)
            except zmq.Again:
                self.answers.append(chain([frames], answer))
                return False
            except zmq.ZMQError as fault:
                print(f"recovery ends, its asker is gone: {fault}", file=sys.stderr)
        return True
