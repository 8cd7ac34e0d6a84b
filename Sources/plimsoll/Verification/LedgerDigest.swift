import Crypto
import Foundation
import MarginDomain
import MarginEngine

/// SHA-256 over what every member holds, in order: equal for every log that carries the same facts, whatever was
/// restarted in between.
enum LedgerDigest {
    static func text(of state: EngineState) -> String {
        var hash = SHA256()
        for line in lines(of: state) { hash.update(data: Data((line + "\n").utf8)) }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }

    /// One line a balance and a position, in order of member and asset or instrument.
    static func lines(of state: EngineState) -> [String] {
        state.allMembers.flatMap { member in
            state.balances(of: member).filter { $0.balance != .zero }.map {
                "\(member) asset \($0.asset) \($0.balance.units)"
            }
                + state.positions(of: member).map {
                    "\(member) instrument \($0.instrument) \($0.position.quantity.lots) \($0.position.cost.units)"
                }
        }
    }
}
