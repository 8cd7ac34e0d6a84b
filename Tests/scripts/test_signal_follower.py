"""Following the signals stream: every signal is acted on once, whatever is lost, repeated or late."""

from hypothesis import given
from hypothesis import strategies as st

from signal_follower import SignalFollower


def signal(number, epoch=1, log=5):
    return {"log": log, "epoch": epoch, "record": 10 * number, "pool": 7, "ordinal": 0, "signalNo": number}


def heartbeat(number, epoch=1, log=5):
    return {"log": log, "epoch": epoch, "signalNo": number}


@given(st.integers(1, 40).flatmap(lambda count: st.tuples(
    st.just(count), st.lists(st.integers(1, count), max_size=80))))
def test_each_signal_is_accepted_once_and_none_is_missed(stream):
    count, heard = stream
    follower, accepted = SignalFollower(), []
    for number in heard:
        if follower.accepts(signal(number)):
            accepted.append(number)
    follower.heard(heartbeat(count))
    while gap := follower.missing():
        for number in range(gap[0], gap[1] + 1):
            if follower.accepts(signal(number)):
                accepted.append(number)

    assert sorted(accepted) == list(range(1, count + 1))


def test_the_gap_before_a_signal_is_named():
    follower = SignalFollower()
    follower.accepts(signal(1))
    follower.accepts(signal(5))

    assert follower.missing() == (2, 4)


def test_a_loss_at_the_end_shows_in_the_heartbeat():
    follower = SignalFollower()
    follower.accepts(signal(1))
    follower.heard(heartbeat(3))

    assert follower.missing() == (2, 3)


def test_a_fenced_engine_is_ignored():
    follower = SignalFollower()
    follower.accepts(signal(1, epoch=4))

    assert not follower.accepts(signal(2, epoch=3))
    follower.heard(heartbeat(9, epoch=3))
    assert follower.missing() is None
    assert follower.fenced == 2


def test_a_restarted_engine_repeats_nothing():
    follower = SignalFollower()
    follower.accepts(signal(1, epoch=1))

    assert not follower.accepts(signal(1, epoch=2))
    assert follower.duplicates == 1


def test_what_the_engine_no_longer_has_is_counted_and_not_asked_for_again():
    follower = SignalFollower()
    follower.accepts(signal(4))
    follower.give_up(1, 3)

    assert follower.missing() is None
    assert follower.lost == 3


def test_another_log_begins_anew():
    follower = SignalFollower()
    for number in (1, 2, 3):
        follower.accepts(signal(number))

    assert follower.accepts(signal(1, epoch=1, log=6))
    assert follower.missing() is None
