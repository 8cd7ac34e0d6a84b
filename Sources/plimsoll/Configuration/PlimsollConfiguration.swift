/// Where sockets, files and threads are: read once at start, validated, immutable afterwards.
///
/// Every key with its meaning: `config/README.md`.
struct PlimsollConfiguration: Equatable, Sendable {
    var log = LogSection()
    var bus = BusSection()
    var signals = EndpointPair(sbe: "tcp://127.0.0.1:5610", json: "tcp://127.0.0.1:5620")
    var state = StateSection()
    var queryEndpoint = "tcp://127.0.0.1:5612"
    var shardCount = 1
    var riskFile = "config/risk/plimsoll.yaml"
    var logLevel = "info"

    struct LogSection: Equatable, Sendable {
        var directory = "var/log"
        var id: UInt64 = 1
        var segmentMebibytes = 64
    }

    struct BusSection: Equatable, Sendable {
        var sbe = ["tcp://127.0.0.1:5600"]
        var json: [String] = []
        var sbeRecovery = ["tcp://127.0.0.1:5602"]
        var jsonRecovery: [String] = []
        var silenceMilliseconds = 300
    }

    struct EndpointPair: Equatable, Sendable {
        var sbe: String
        var json: String
    }

    struct StateSection: Equatable, Sendable {
        var endpoints = EndpointPair(sbe: "tcp://127.0.0.1:5611", json: "tcp://127.0.0.1:5621")
        var moveBasisPoints = 100
        var refreshSeconds = 60
        var heartbeatMilliseconds = 250
    }
}
