import Handover

/// Tells the publisher that the log's watermark moved; the log is opened before there is a publisher to tell.
final class CommitBell: Sendable {
    private let doorbell = LateValue<Doorbell>()

    func attach(_ doorbell: Doorbell) { self.doorbell.set(doorbell) }

    func ring() { doorbell.get?.ring() }
}
