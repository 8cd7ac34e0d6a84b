private import Glibc

/// The crash as a curve: how far the market has moved, and how frightened it is.
///
/// The fall comes in three waves, none of which turns up; the recovery starts fast and slows down; fear follows the
/// fall and fades slower than prices recover.
struct CrashPath: Sendable {
    private let terms: CrashTerms

    init(_ terms: CrashTerms) { self.terms = terms }

    /// Logarithm of spot over its level without the crash, for a crash beta of 1; never positive.
    ///
    /// - Parameter share: of the scenario's duration that has passed.
    func logMove(at share: Double) -> Double {
        let recovered = 1 - terms.recoveredPart * settled(recoveryProgress(at: share))
        return log(1 - terms.depth) * fallen(at: share) * recovered
    }

    /// From 0, calm, to 1, panic.
    func stress(at share: Double) -> Double {
        fallen(at: share) * exp(-1.5 * recoveryProgress(at: share))
    }

    private func fallen(at share: Double) -> Double {
        let progress = min(max((share - terms.beginShare) / terms.fallShare, 0), 1)
        let wave = 6 * Double.pi
        return progress + 0.8 * sin(wave * progress) / wave
    }

    private func recoveryProgress(at share: Double) -> Double {
        let begin = terms.beginShare + terms.fallShare
        return min(max((share - begin) / terms.recoveryShare, 0), 1)
    }

    private func settled(_ progress: Double) -> Double { (1 - exp(-3 * progress)) / (1 - exp(-3)) }
}
