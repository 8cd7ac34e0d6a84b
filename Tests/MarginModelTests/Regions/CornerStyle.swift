import MarginTestKit

/// What kind of pools and markets a corner test generates. The narrow ones leave a bound nothing to hide behind.
struct CornerStyle: Sendable, CustomStringConvertible {
    enum Sort: CaseIterable { case option, inverseOption, perpetual, inversePerpetual, future, inverseFuture }

    var name: String
    var rules: CornerRules
    var underlyings = 1...1
    var contracts = 1...1
    var sorts: [Sort] = [.option]
    /// Shares of short positions.
    var shorts = 0.5
    /// Whether a perpetual takes the delta out of every underlying.
    var isHedged = false
    /// How often there is coin.
    var coin = 0.0
    /// Ranges of underlyings; small ones leave the shapes alone to decide.
    var ranges = [0.16, 0.20, 0.30]
    /// Lower, upper level looked at.
    var levels: [(lower: Bool, upper: Bool)] = [(true, false)]
    var states = CornerState.allCases
    /// Width per relative move of spot: how a region's slack is divided.
    var speeds: [Double] = [1]
    /// Of a box, as powers of ten.
    var depth = -2.5 ... -0.6
    var width = -2.5 ... -0.6
    /// Relative basis per width, as a power of ten.
    var basis = -3.0 ... -1.0
    /// How often the market is at an edge of its box.
    var edge = 0.3
    /// Slack over initial margin, as a power of ten.
    var slack = -3.0...0.0
    var rate = 0.0
    var funding = 0.0
    /// In standard deviations.
    var moneyness = -2.5...2.5
    /// Days to expiry, as powers of ten.
    var days = -0.5...2.8
    var volatility = 0.15...2.5
    /// How much of the width time takes, where it takes some.
    var time = 0.3

    var description: String { name }

    /// Tails that do not decide.
    private static let near = [-0.0005, -0.0002, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005, 0.0005]

    /// Everything at once.
    static let whole = CornerStyle(
        name: "whole", rules: CornerRules(), underlyings: 1...4, contracts: 1...6, sorts: Sort.allCases, coin: 0.3,
        levels: [(true, true), (true, false), (false, true)], speeds: [0.01, 0.3, 1, 5, 50], rate: 0.1,
        funding: 0.005)

    /// Spreads whose scan is less than their minimum delta.
    static let floored = CornerStyle(
        name: "floored",
        rules: {
            var rules = CornerRules(); rules.deltaGross = 0.15; rules.deltaNet = 0.1; return rules
        }(),
        underlyings: 1...3, contracts: 2...4, sorts: [.option, .inverseOption, .perpetual, .inversePerpetual],
        isHedged: true, coin: 0.2, levels: [(true, false), (false, true)], speeds: [0.01, 1, 20])

    /// Hedged by perpetuals, without charges: curvature alone.
    static let curved = CornerStyle(
        name: "curved", rules: .bare, sorts: [.option, .inverseOption], isHedged: true,
        levels: [(true, false), (false, true)], speeds: [1e-6], edge: 0.8, slack: -2.5...1)

    /// Long-dated options of large volatility, in wide boxes, from edge to edge.
    static let wide = CornerStyle(
        name: "wide", rules: .bare, sorts: [.option], shorts: 1, isHedged: true, states: [.marginCall, .liquidating],
        speeds: [1e-6],
        depth: -0.7 ... -0.35, width: -4 ... -3.5, basis: -4 ... -3.5, edge: 1, slack: -1...1, moneyness: -0.7...0.3,
        days: 2.5...2.9, volatility: 1...2.5, time: 0)

    /// Volatility alone.
    static let vega = CornerStyle(
        name: "vega",
        rules: {
            var rules = CornerRules.bare; rules.tails = near; return rules
        }(), contracts: 1...2,
        sorts: [.option, .inverseOption], ranges: [0.001, 0.16],
        levels: [(true, false), (false, true)], speeds: [1e6], depth: -4 ... -2, width: -2 ... -0.5, basis: -6 ... -5,
        slack: -4 ... -1, moneyness: -1...1, time: 0)

    /// Marks and forwards against spot.
    static let basis = CornerStyle(
        name: "basis", rules: .bare, contracts: 1...2, sorts: Sort.allCases, levels: [(true, false), (false, true)],
        speeds: [1e6], basis: -1...0, time: 0)

    /// Discounts, of options so deep in the money that nothing else moves them but time.
    static let discount = CornerStyle(
        name: "discount", rules: .bare, sorts: [.option], shorts: 0.2, levels: [(true, false), (false, true)],
        speeds: [1e6], basis: -6 ... -5, rate: 0.5, moneyness: 15...25, days: 2.3...2.9,
        volatility: 0.15...0.3, time: 1)

    /// Charges on sums, of linear contracts.
    static let charged = CornerStyle(
        name: "charged",
        rules: {
            var rules = CornerRules(); rules.basisFloor = 0.03; return rules
        }(),
        contracts: 1...3, sorts: [.perpetual, .future], levels: [(true, false), (false, true)], speeds: [1e-6],
        funding: 0.01)

    /// The rotations of volatility, away from the money.
    static let skewed = CornerStyle(
        name: "skewed",
        rules: {
            var rules = CornerRules.bare; rules.skewCap = 0.35; return rules
        }(),
        sorts: [.option, .inverseOption], isHedged: true, levels: [(true, false), (false, true)],
        speeds: [1e-6], slack: -5 ... -2, moneyness: -1.5...1.5, days: 1...2.8, volatility: 0.2...0.6)

    /// Fees and naked shorts.
    static let naked = CornerStyle(
        name: "naked",
        rules: {
            var rules = CornerRules.bare;
            (rules.feeRate, rules.nakedMaintenance, rules.nakedInitial) = (0.01, 0.03, 0.05); return rules
        }(),
        shorts: 0.8, isHedged: true, levels: [(true, false), (false, true)],
        states: [.healthy, .warning, .restricted, .marginCall], speeds: [1e-6], slack: -4 ... -2)

    /// Basis rates that grow with time, and shapes that change with it.
    static let timed = CornerStyle(
        name: "timed",
        rules: {
            var rules = CornerRules(); rules.basisPerYear = 0.3; return rules
        }(),
        contracts: 1...2, sorts: [.option, .inverseOption, .future], isHedged: true,
        levels: [(true, false), (false, true)], speeds: [1e6], basis: -6 ... -5, rate: 0.05, time: 1)

    /// Several underlyings whose nodes are near one another, or apart.
    static let joint = CornerStyle(
        name: "joint", rules: .bare, underlyings: 2...4, contracts: 1...2, sorts: [.perpetual, .option], coin: 0.2,
        levels: [(true, false), (true, true), (false, true)], speeds: [1e-6, 1], slack: -3...0.5)

    /// Down shapes that fade with time: c_e far above ½.
    static let fading = CornerStyle(
        name: "fading",
        rules: {
            var rules = CornerRules.bare; rules.volDown = 0.5; rules.tails = near; return rules
        }(),
        sorts: [.option, .inverseOption], shorts: 0, ranges: [0.001],
        states: [.healthy, .warning, .restricted, .marginCall],
        speeds: [1e6], depth: -4 ... -2, width: -2 ... -1, basis: -6 ... -5, slack: -5 ... -2,
        moneyness: -0.3...0.3, days: 0.75...1.3, volatility: 2...2.5, time: 1)

    /// Volatilities, times and strikes as nobody quotes them.
    static let extreme = CornerStyle(
        name: "extreme", rules: CornerRules(), underlyings: 1...2, contracts: 1...3, sorts: Sort.allCases, coin: 0.3,
        levels: [(true, true), (true, false), (false, true)], speeds: [0.01, 1, 50], depth: -3 ... -0.3,
        width: -3 ... -0.3, basis: -2 ... -0.5, slack: -4...1, rate: 1, moneyness: -8...8, days: -1.5...3.3,
        volatility: 0.01...8)

    /// So many perpetuals against one another that sums of floats are off by what matters.
    static let crowded = CornerStyle(
        name: "crowded", rules: .bare, contracts: 80...160, sorts: [.perpetual], isHedged: true,
        levels: [(true, false), (false, true)], states: [.marginCall, .liquidating], speeds: [1e-6],
        depth: -1 ... -0.5, width: -6 ... -5, basis: -6 ... -5, slack: -2...2)

    /// Options one by one, for each bound alone.
    static let rows: [CornerStyle] = [
        single("rows", CornerRules(), CornerStyle(name: "", rules: CornerRules())),
        single("bare rows", .bare, vega), single("deep rows", CornerRules(), discount),
        single("wide rows", .bare, wide),
        single("skewed rows", skewed.rules, skewed), single("old rows", timed.rules, timed),
        single("extreme rows", CornerRules(), extreme),
    ]

    private static func single(_ name: String, _ rules: CornerRules, _ style: CornerStyle) -> CornerStyle {
        var style = style
        (style.name, style.rules, style.sorts, style.contracts) = (name, rules, [.option, .inverseOption], 1...2)
        style.isHedged = false
        style.edge = 0.6
        return style
    }

    /// All that a sound region must stand.
    static let all = [
        whole, floored, curved, wide, vega, basis, discount, charged, skewed, naked, timed, joint, fading, extreme,
    ]
}
