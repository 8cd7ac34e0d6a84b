/// Derive's liquidation: a Dutch auction of a slice of everything that an account has.
///
/// While the account is worth something, bidders pay a falling share of its worth for a slice; once it owes, they are
/// paid a rising amount for taking it. A published rule by itself: no pool is liquidated by it.
///
/// Source: `src/liquidation/DutchAuction.sol` of derivexyz/v2-core at 7736900d, from what it computes; the figures of
/// `test/auction/unit-tests` are conformance cases. Amounts in dollars, time in seconds since the auction began.
public struct DeriveAuction: Equatable, Sendable {
    /// Share of the worth that is asked at the beginning.
    public var startShare = 0.95
    /// Where the fast fall ends.
    public var cutoffShare = 0.7
    /// Seconds of the fast fall.
    public var fastSeconds = 900.0
    /// Seconds from the cutoff to nothing.
    public var slowSeconds = 43_200.0
    /// Seconds in which the payment for an insolvent account rises to its maintenance shortfall.
    public var insolventSeconds = 3600.0
    /// Of the distance from worth to maintenance margin, added to what must be restored.
    public var buffer = 0.15

    public init() {}

    /// `d(t)`: from the start to the cutoff, then to nothing, both linear.
    public func share(at seconds: Double) -> Double {
        guard seconds > fastSeconds else { return startShare - (startShare - cutoffShare) * seconds / fastSeconds }
        return cutoffShare * max(0, 1 - (seconds - fastSeconds) / slowSeconds)
    }

    /// `BM = MM + (MM − MtM)·buffer`: the balance that ends an auction once it is not negative.
    public func bufferBalance(_ account: Account) -> Double {
        account.maintenanceBalance + (account.maintenanceBalance - account.worth) * buffer
    }

    /// What all of a solvent account costs: `(MtM − R)·d`.
    public func bid(for account: Account, at seconds: Double) -> Double {
        (account.worth - account.reserved) * share(at: seconds)
    }

    /// The largest slice that may be bid for: `BM/(BM − MtM·d − R·(1 − d))`, between nothing and everything.
    public func sliceMax(of account: Account, at seconds: Double) -> Double {
        let balance = bufferBalance(account)
        guard balance < 0 else { return 0 }
        let share = share(at: seconds)
        return min(1, max(0, balance / (balance - account.worth * share - account.reserved * (1 - share))))
    }

    /// What is paid for taking all of an insolvent account: from `−MtM`, rising to `−MM`.
    public func payout(for account: Account, at seconds: Double) -> Double {
        let passed = min(1, seconds / insolventSeconds)
        return -account.worth + passed * (account.worth - account.maintenanceBalance)
    }

    /// An account under liquidation.
    public struct Account: Equatable, Sendable {
        /// Negative.
        public var maintenanceBalance: Double
        /// Of everything, at the marks; an account that is worth nothing or less is insolvent.
        public var worth: Double
        /// Cash paid by earlier bidders, which later ones do not buy.
        public var reserved: Double

        public init(maintenanceBalance: Double, worth: Double, reserved: Double = 0) {
            self.maintenanceBalance = maintenanceBalance
            self.worth = worth
            self.reserved = reserved
        }

        public var isSolvent: Bool { worth > 0 }
    }
}
