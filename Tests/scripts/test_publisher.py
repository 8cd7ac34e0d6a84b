"""The reference publisher through real sockets on the loopback interface. Every wait is a poll with an end."""

import threading

import pytest
import zmq

from bus_publisher import HEARTBEAT_SECONDS, Publisher
from replay_scenarios.stream import Event, numbered

PATIENCE = 200  # turns of a bounded wait
SOURCE = 7


def prices(count, first=1):
    return [Event(number, SOURCE, "px.BTC.", "MarkPrice",
                  [{"instrument": 1, "price": number}, {"instrument": 2, "price": number}])
            for number in range(first, first + count)]


@pytest.fixture
def context():
    with zmq.Context() as context:
        yield context


@pytest.fixture
def publisher(context, schema):
    publisher = Publisher(schema, "tcp://127.0.0.1:*", "tcp://127.0.0.1:*", epoch=3, retain=100, context=context)
    yield publisher
    publisher.close()


@pytest.fixture
def subscriber(context, publisher):
    with context.socket(zmq.SUB) as socket:
        socket.connect(publisher.subscribers.get(zmq.LAST_ENDPOINT).decode())
        socket.subscribe("")
        assert publisher.wait_for_subscriber(5)
        yield socket


@pytest.fixture
def asker(context, publisher):
    with context.socket(zmq.DEALER) as socket:
        socket.set(zmq.LINGER, 0)
        socket.connect(publisher.requests.get(zmq.LAST_ENDPOINT).decode())
        yield socket


def received(publisher, socket):
    """The next frames of a socket, while the publisher does its work."""
    for _ in range(PATIENCE):
        if socket.poll(0):
            return socket.recv_multipart()
        publisher.serve(HEARTBEAT_SECONDS / 10)
    raise AssertionError("nothing came")


def answered(publisher, asker, schema, name, fields):
    """The messages of a recovery answer, and its end."""
    asker.send_multipart([b"", schema.encode(name, {"request": 9, **fields})])
    messages = []
    while True:
        topic, body = received(publisher, asker)
        if not topic:
            return messages, schema.decode(body)
        messages.append((topic, body))


def test_messages_arrive_as_two_frames_in_order(publisher, subscriber, schema):
    messages = list(numbered(prices(50), schema, epoch=3))
    for message in messages:
        publisher.publish(message)

    frames = [received(publisher, subscriber) for _ in messages]

    assert frames == [[message.topic, message.body] for message in messages]


def test_a_silent_source_says_its_next_number(publisher, subscriber, schema):
    [message] = numbered(prices(1), schema, epoch=3)
    publisher.publish(message)
    received(publisher, subscriber)

    topic, body = received(publisher, subscriber)

    assert topic == b"ctl."
    assert schema.decode(body) == ("SourceHeartbeat", {
        "source": SOURCE, "epoch": 3, "firstSequence": 3, "sendingTime": message.time, "entries": []})


def test_a_second_subscriber_hears_of_every_source_at_once(publisher, subscriber, context, schema):
    for source in (9, 4):
        for message in numbered([Event(1, source, "ref.", "AccountOpened", [{"account": 1}])], schema, epoch=3):
            publisher.publish(message)

    with context.socket(zmq.SUB) as late:
        late.connect(publisher.subscribers.get(zmq.LAST_ENDPOINT).decode())
        late.subscribe("")
        heard = [schema.decode(received(publisher, late)[1])[1]["source"] for _ in range(2)]

    assert heard == [9, 4]


def test_a_replay_brings_the_original_frames_that_carry_the_numbers(publisher, asker, schema):
    messages = list(numbered(prices(10), schema, epoch=3))
    for message in messages:
        publisher.publish(message)

    # Message n carries 2n-1 and 2n, so 4 to 7 lie in messages 2 to 4.
    found, done = answered(publisher, asker, schema, "BusReplayRequest",
                           {"source": SOURCE, "epoch": 3, "from": 4, "to": 7})

    assert found == [(message.topic, message.body) for message in messages[1:4]]
    assert done == ("BusRecoveryDone", {
        "request": 9, "source": SOURCE, "epoch": 3, "nextSequence": 9, "complete": "yes"})


@pytest.mark.parametrize(("asked", "following"), [
    ({"epoch": 3, "from": 1, "to": 4}, 1),  # beyond retention
    ({"epoch": 3, "from": 599, "to": 602}, 601),  # not sent yet
    ({"epoch": 2, "from": 500, "to": 501}, 500),  # another incarnation
])
def test_a_replay_that_lacks_something_says_so(publisher, asker, schema, asked, following):
    for message in numbered(prices(300), schema, epoch=3):
        publisher.publish(message)

    found, (_, done) = answered(publisher, asker, schema, "BusReplayRequest", {"source": SOURCE, **asked})

    assert (done["complete"], done["nextSequence"]) == ("no", following)
    assert len(found) == (asked["to"] == 602)


def test_a_snapshot_is_the_whole_source_and_joins_the_live_stream(publisher, subscriber, asker, schema):
    messages = list(numbered(prices(80), schema, epoch=3))
    for message in messages[:60]:
        publisher.publish(message)

    found, (_, done) = answered(publisher, asker, schema, "BusSnapshotRequest", {"source": SOURCE})
    for message in messages[60:]:
        publisher.publish(message)

    assert found == [(message.topic, message.body) for message in messages[:60]]
    assert (done["complete"], done["nextSequence"]) == ("yes", messages[60].first)


def test_a_snapshot_beyond_retention_says_so(publisher, asker, schema):
    for message in numbered(prices(300), schema, epoch=3):
        publisher.publish(message)

    found, (_, done) = answered(publisher, asker, schema, "BusSnapshotRequest", {"source": SOURCE})

    assert (done["complete"], done["nextSequence"]) == ("no", 601)
    assert 100 <= len(found) <= 125


@pytest.mark.parametrize("frames", [[b""], [b"", b"no message"], [b"px.", b"a topic"], [b"", b"too", b"many"]])
def test_a_request_that_makes_no_sense_is_counted_and_nothing_else_happens(publisher, asker, schema, frames):
    asker.send_multipart(frames)
    for message in numbered(prices(1), schema, epoch=3):
        publisher.publish(message)

    found, _ = answered(publisher, asker, schema, "BusSnapshotRequest", {"source": SOURCE})

    assert len(found) == 1 and publisher.rejected == 1


def test_a_slow_subscriber_loses_nothing(context, schema):
    publisher = Publisher(schema, "tcp://127.0.0.1:*", "tcp://127.0.0.1:*", context=context)
    messages = list(numbered(prices(60_000), schema))
    with context.socket(zmq.SUB) as subscriber:
        subscriber.set(zmq.RCVHWM, 10)
        subscriber.connect(publisher.subscribers.get(zmq.LAST_ENDPOINT).decode())
        subscriber.subscribe("px.")
        assert publisher.wait_for_subscriber(5)
        # The publisher's thread owns its sockets from here on; it ends when all is sent.
        thread = threading.Thread(target=lambda: [publisher.publish(message) for message in messages])
        thread.start()
        bodies = []
        while len(bodies) < len(messages) and subscriber.poll(5_000):
            bodies.append(subscriber.recv_multipart()[1])
        thread.join(5)
    publisher.close()

    assert bodies == [message.body for message in messages]
