import CMarginKernels
import MarginTestKit

/// A way from a market to another: spot, and by the width volatilities, time, forwards and marks.
struct CornerMove {
    /// Whose way a position's volatility or mark goes: its own, its opponent's, up, down, or by chance.
    enum Pattern: CaseIterable { case with, against, up, down, chance, still }

    let part: CornerBook.Part
    let box: CornerBox
    let from: CornerMarket
    var spot = 0.0
    var width = 0.0
    var volatility = Pattern.chance
    var basis = Pattern.chance
    /// Part of the width that goes with time.
    var time = 0.0
    /// Least part of each in what it may have.
    var least = 1.0
    private let signs: [Double]

    init(part: CornerBook.Part, box: CornerBox, from: CornerMarket, _ random: inout SplitMix64) {
        (self.part, self.box, self.from) = (part, box, from)
        signs = part.lots.map { _ in random.chance(0.5) ? 1 : -1 }
    }

    /// Time does not pass where a style wants none.
    mutating func forget(_ style: CornerStyle, _ random: inout SplitMix64) {
        time = random.chance(style.time) ? random.pick([0.5, 1]) : 0
    }

    private func sign(_ pattern: Pattern, _ place: Int, own: Double) -> Double {
        switch pattern {
        case .with: own
        case .against: -own
        case .up: 1
        case .down: -1
        case .chance: signs[place]
        case .still: 0
        }
    }

    /// Which way the options of an expiry lean, by one of their signs.
    private func net(_ expiry: Int, _ sign: (CornerContract) -> Double) -> Double {
        var sum = 0.0
        for (place, contract) in part.table.contracts.enumerated() where contract.expiry == expiry && contract.isOption
        {
            sum += part.lots[place] * sign(contract)
        }
        return sum < 0 ? -1 : 1
    }

    /// How much more time passes than may, for tests that want too much.
    var haste: Double? = nil

    /// Where the way ends.
    var market: CornerMarket {
        var market = from
        market.spot *= 1 + spot
        for expiry in market.expiries.indices where expiry > 0 {
            let factor = haste ?? part.table.factor(expiry, box)
            var years = from.expiries[expiry].years * mk_exponential(-time * width / factor)
            // Beyond 30 days regions end at 30 days.
            if (years > 30.0 / 365) != (from.expiries[expiry].years > 30.0 / 365) {
                years = from.expiries[expiry].years
            }
            market.expiries[expiry].years = years
            // What discounts move by is measured by itself: rates may be published, too.
            let before = from.expiries[expiry].rate * from.expiries[expiry].years
            let turn = sign(volatility, expiry % max(1, signs.count), own: net(expiry) { _ in -1 })
            market.expiries[expiry].rate = (before + turn * box.carry * width) / years
            let side = sign(basis, expiry % max(1, signs.count), own: net(expiry) { $0.kind == .call ? 1 : -1 })
            market.expiries[expiry].forward *= (1 + spot) * mk_exponential(side * box.basis * width)
        }
        for (place, contract) in part.table.contracts.enumerated() {
            let own: Double = part.lots[place] < 0 ? -1 : 1
            if contract.isOption {
                market.quotes[place] *= mk_exponential(sign(volatility, place, own: own) * width * (1 - time))
            } else {
                market.quotes[place] *= (1 + spot) * mk_exponential(sign(basis, place, own: own) * box.basis * width)
            }
        }
        return market
    }
}
