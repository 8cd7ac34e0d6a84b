import MarginDomain
import Testing

@testable import MarginModel

/// Which old points go for what arrives: docs/event-rules.md §4, decision 0030.
@Suite struct SmileRenewalTests {
    private static let strikes = (0..<9).map { Int64(5_000_000 + $0 * 250_000) }
    private static let expiry = ModelWorld.after(days: 30)

    /// What becomes of volatilities at some strikes beside nine old ones of 0.6 at 50,000 to 70,000.
    private static func admission(_ volatilities: [Double], at strikes: [Int64]) -> SurfaceAdmission {
        var market = SurfaceAdmissionTests.market()
        let old = [Double](repeating: 0.6, count: Self.strikes.count)
        SurfaceAdmissionTests.stand(
            SurfaceAdmissionTests.points(days: 30, old, at: Self.strikes, age: 3600), in: &market)
        return market.admission(
            of: SurfaceAdmissionTests.points(days: 30, volatilities, at: strikes), at: ModelWorld.start)
    }

    @Test(arguments: [3, 0.95, 0.25])
    func `a wrong point clears no smile`(volatility: Double) {
        let admission = Self.admission([volatility], at: [6_000_000])

        #expect(admission.gone.isEmpty && admission.refused.count == 1)
    }

    @Test func `a wrong point far from the money, where prices are small, clears none either`() {
        let admission = Self.admission([3], at: [9_000_000])

        #expect(admission.gone.isEmpty && admission.refused.count == 1)
    }

    @Test func `a point that only its neighbours contradict takes them alone`() {
        let admission = Self.admission([0.68], at: [6_000_000])

        #expect(admission.refused.isEmpty)
        #expect(admission.gone[Self.expiry] == [Price(5_750_000), Price(6_250_000)])
    }

    @Test func `a rise by a third takes all that is old, though a single point brings it`() {
        let admission = Self.admission([0.8], at: [6_000_000])

        #expect(admission.refused.isEmpty)
        #expect(admission.gone[Self.expiry]?.count == 8)
    }

    @Test(arguments: [(5, true), (4, false)])
    func `whatever it is, as many points as go bring it about`(count: Int, isRenewed: Bool) {
        let arriving = Array(Self.strikes.prefix(count))

        let admission = Self.admission([Double](repeating: 1.5, count: count), at: arriving)

        #expect(admission.refused.isEmpty == isRenewed)
        #expect(admission.gone[Self.expiry]?.count == (isRenewed ? 4 : nil))
    }

    @Test func `of two points that arrive side by side the outer neighbours go`() {
        let renewal = SmileRenewal(
            of: Self.standing, by: SurfaceAdmissionTests.points(days: 30, [1, 1], at: [5_500_000, 5_600_000]),
            before: ModelWorld.start)

        #expect(renewal.old.count == 8)
        #expect(renewal.neighbours == [Price(5_250_000), Price(5_750_000)])
        #expect(renewal.steps.map(\.count) == [2, 8])
    }

    /// Nine points that are older than everything.
    private static var standing: ExpiryMarket {
        let points = SurfaceAdmissionTests.points(
            days: 30, [Double](repeating: 0.6, count: strikes.count), at: strikes, age: 3600)
        return ExpiryMarket().taking(points)
    }
}
