import Crypto
import Foundation
import MarginDomain
import MarginLog

/// SHA-256 over the canonical bytes of all signals, in order: equal for every correct fold of the same log.
struct SignalDigest {
    private var hash = SHA256()
    private(set) var count = 0

    /// - Throws: ``WireError`` for a signal that does not fit a frame.
    mutating func add(_ signals: [Signal]) throws {
        for signal in signals {
            hash.update(data: try CanonicalSignal.bytes(of: signal))
            count += 1
        }
    }

    /// In lower-case hexadecimal.
    var text: String { hash.finalize().map { String(format: "%02x", $0) }.joined() }
}
