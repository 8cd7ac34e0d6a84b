import MarginMethods
import MarginModel

/// Figures of two published responses of `private/pme/simulate`.
enum DeribitResponse {
    /// docs.deribit.com, `private/pme/simulate`, response example of June 2024: a segregated account in BTC.
    enum Segregated {
        static let index = 65666.19
        static let perpetual = [
            -0.05991206933333334, -0.04289159509090909, -0.027351162086956524, -0.013105765166666668, 0,
            0.012097629384615385, 0.023299138074074074, 0.033700538999999995, 0.043384601931034494,
        ]
        static let perpetualExtended =
            [-0.05991206933333334, -0.05991206933333334] + [Double](repeating: 0.04338460193103449, count: 6)
        static let future = [
            0.0002261969523809524, 0.00016193645454545456, 0.00010326382608695652, 0.00004948058333333334, 0,
            -0.00004567438461538462, -0.00008796548148148148, -0.0001272357857142857, -0.00016379779310344832,
        ]
        static let futureExtended =
            [0.0002261969523809524, 0.0002261969523809524] + [Double](repeating: -0.0001637977931034483, count: 6)
        static let aggregated = [
            -0.05968587238095239, -0.04272965863636364, -0.02724789826086957, -0.013056284583333334, 0, 0, 0, 0, 0,
        ]

        /// The future's expiry was 11 days ahead; its time does not matter as the roll shock sits on its floor.
        static var question: MarginCase {
            var market = MarginCase.Underlying(symbol: "BTC", spot: index, perpetual: 65910.57)
            let seconds = 950_400.0
            market.expiries = [MarginCase.Expiry(secondsToExpiry: seconds, forward: 67371.75)]
            return .account([market]) { account in
                account.marked = [
                    MarginCase.Marked(
                        underlying: "BTC", isInverse: true, size: 0.314538364 * 65910.57, entryPrice: 65910.57),
                    MarginCase.Marked(
                        underlying: "BTC", isInverse: true, secondsToExpiry: seconds, size: -0.001187534 * 67371.75,
                        entryPrice: 67371.75, mark: 67371.75),
                ]
            }
        }
    }

    /// A response of 15 February 2026, found in a public repository: ETH with the cross model's gain share.
    enum GainShare {
        static let index = 1949.34
        static let summed = [
            0.21939959699999997, 0.155989308849711, 0.09885036787912087, 0.04709624857068063, 0,
            -0.04304011233014354, -0.08252645391743119, -0.11888171996035243, -0.15246412672881357,
        ]
        static let summedExtended =
            [0.21939959699999997, 0.21939959699999997] + [Double](repeating: -0.15246412672881357, count: 6)
        static let aggregated = [
            0.13163975819999998, 0.09359358530982659, 0.05931022072747252, 0.028257749142408375, 0,
            -0.04304011233014354, -0.08252645391743119, -0.11888171996035243, -0.15246412672881357,
        ]

        static var question: MarginCase {
            .account([MarginCase.Underlying(symbol: "ETH", spot: index, perpetual: 1949.49)]) { account in
                account.marked = [
                    MarginCase.Marked(
                        underlying: "ETH", isInverse: true, size: -0.999487053 * 1949.49, entryPrice: 1949.49)
                ]
            }
        }
    }

    /// Each price bucket three times: volatility up, same, down make no difference to futures.
    static func cells(_ buckets: [Double]) -> [Double] { buckets.flatMap { [$0, $0, $0] } }
}
