import CMarginKernels
import MarginDomain

/// What is charged in initial margin by the size of a pool's owner: docs/margin-model.md §8.
extension RowTable {
    /// `x_u` and `y_u` of an owner with this much of the underlying, in quanta.
    func ownerRates(net: Double, contracts: Double, _ addOns: ParameterSet.AddOns) -> OwnerRates {
        var rates = OwnerRates()
        if depth > 0 {
            rates.liquidity = Self.extraMove(net / depth - 1, slope: addOns.liquiditySlope, cap: addOns.liquidityCap)
        }
        let interest = countedInterest(addOns)
        if interest > 0 {
            rates.concentration = Self.extraMove(
                contracts / interest - addOns.concentrationFree, slope: addOns.concentrationSlope,
                cap: addOns.concentrationCap)
        }
        return rates
    }

    /// `O_u`, at least the floor.
    private func countedInterest(_ addOns: ParameterSet.AddOns) -> Double {
        let floor = addOns.concentrationFloor * quantaPerDollar
        return openInterest > floor ? openInterest : floor
    }

    private static func extraMove(_ over: Double, slope: Double, cap: Double) -> Double {
        guard over > 0 else { return 0 }
        let move = slope * over
        return move < cap ? move : cap
    }

    /// Up to what size nothing is charged for certain.
    func freeSize(_ addOns: ParameterSet.AddOns) -> (net: Double, contracts: Double) {
        let interest = countedInterest(addOns)
        // SPEED: a little less than free, so that rounding need not be thought of; who is above takes the long way.
        return (
            addOns.liquiditySlope > 0 && depth > 0 ? depth : .infinity,
            addOns.concentrationSlope > 0 && interest > 0
                ? addOns.concentrationFree * interest * 0.999_999 : .infinity
        )
    }

    /// The sizes, with or without their signs, at which a rate reaches its cap; infinite without a charge.
    func cappedSize(_ addOns: ParameterSet.AddOns) -> (net: Double, contracts: Double) {
        let interest = countedInterest(addOns)
        return (
            addOns.liquiditySlope > 0 && depth > 0
                ? depth * (1 + addOns.liquidityCap / addOns.liquiditySlope) : .infinity,
            addOns.concentrationSlope > 0 && interest > 0
                ? interest * (addOns.concentrationFree + addOns.concentrationCap / addOns.concentrationSlope)
                : .infinity
        )
    }

    /// `O_u`: what of the underlying is open in the market, in quanta of delta.
    func openInterest(_ contracts: ContractTable) -> Double {
        var sum: Int128 = 0
        for (row, lots) in contracts.openLots.enumerated() where lots != 0 && isPriced(row: row) {
            let own = Int128(Int64(abs(vector(row, mk_centre)[mk_centre_own_delta])))
            sum += min(lots, OwnerSizes.lotsMax) * own
        }
        return Double(sum)
    }

    /// What of linear perpetuals is open in the market, in coins: added up in order of instrument.
    static func perpetualCoins(_ contracts: ContractTable) -> Double {
        var open: [(instrument: Instrument, lots: Int128)] = []
        for group in contracts.groups where group.expiry == .zero {
            for row in group.markedRows {
                guard let instrument = contracts.instruments[row], instrument.contract.settlement == .linear else {
                    continue
                }
                open.append((instrument, contracts.openLots[row]))
            }
        }
        open.sort { $0.instrument.id < $1.instrument.id }
        var coins = 0.0
        for held in open { coins += held.lots.nearestDouble * held.instrument.quantityExponent.scale }
        return coins
    }
}

extension OwnerSizes {
    /// More lots of one position are not counted.
    static let lotsMax: Int128 = 1 << 60
}
